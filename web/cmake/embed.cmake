# cmake -DDIST=dir -DOUTPUT=file.cpp -P embed.cmake
# Writes the C++ file that carries every file of DIST and defines marsad::io::web_assets().
cmake_minimum_required(VERSION 3.25)

set(types
    "html=text/html\; charset=utf-8" "js=text/javascript\; charset=utf-8" "mjs=text/javascript\; charset=utf-8"
    "css=text/css\; charset=utf-8" "json=application/json" "svg=image/svg+xml" "png=image/png" "woff2=font/woff2"
    "woff=font/woff" "txt=text/plain\; charset=utf-8" "webmanifest=application/manifest+json" "ico=image/x-icon")

function(content_type_of path result)
  string(REGEX MATCH "[^.]*$" ending "${path}")
  set(${result} "application/octet-stream" PARENT_SCOPE)
  foreach(entry IN LISTS types)
    if(entry MATCHES "^${ending}=(.*)$")
      set(${result} "${CMAKE_MATCH_1}" PARENT_SCOPE)
    endif()
  endforeach()
endfunction()

file(GLOB_RECURSE files RELATIVE ${DIST} ${DIST}/*)
list(SORT files COMPARE STRING CASE SENSITIVE)
list(LENGTH files count)
if(NOT "index.html" IN_LIST files)
  message(FATAL_ERROR "${DIST} has no index.html")
endif()

set(index 0)
foreach(file IN LISTS files)
  content_type_of("${file}" type)
  file(SHA256 ${DIST}/${file} digest)
  string(APPEND blobs "// ${file} ${digest}\nasm(\".pushsection .rodata\\n.balign 16\\n.hidden marsad_web_asset_${index}\\n\"\n"
         "    \".globl marsad_web_asset_${index}\\nmarsad_web_asset_${index}:\\n.incbin \\\"${DIST}/${file}\\\"\\n\"\n"
         "    \".hidden marsad_web_asset_${index}_end\\n.globl marsad_web_asset_${index}_end\\nmarsad_web_asset_${index}_end:\\n\"\n"
         "    \".byte 0\\n.popsection\\n\");\n")
  string(APPEND symbols "extern const std::byte marsad_web_asset_${index}[];\nextern const std::byte marsad_web_asset_${index}_end[];\n")
  string(APPEND rows "      EmbeddedAsset{\"/${file}\", \"${type}\", {marsad_web_asset_${index}, marsad_web_asset_${index}_end}},\n")
  math(EXPR index "${index} + 1")
endforeach()

file(WRITE ${OUTPUT} "// Written by web/cmake/embed.cmake.
#include <array>
#include <cstddef>

#include \"marsad/io/embedded_assets.hpp\"

${blobs}
extern \"C\" {
${symbols}}

namespace marsad::io {

std::span<const EmbeddedAsset> web_assets() {
  static const std::array<EmbeddedAsset, ${count}> assets = {{
${rows}  }};
  return assets;
}

}  // namespace marsad::io
")
