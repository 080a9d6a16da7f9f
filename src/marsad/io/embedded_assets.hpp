#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace marsad::io {

/// One file of the operator's page, carried inside the program so that it needs nothing beside itself on disk or
/// network.
struct EmbeddedAsset {
  std::string_view path;          ///< as the browser asks for it, with the leading slash: "/index.html"
  std::string_view content_type;  ///< MIME type, with the character set where the content is text
  std::span<const std::byte> content;
};

/// Every file of the page, in order of `path` (compared octet by octet); "/index.html" is always among them. What it
/// points to lives as long as the program. Built from `web/` (`MARSAD_WEB=ON`), or one page that says how to build it
/// (`OFF`).
std::span<const EmbeddedAsset> web_assets();

}  // namespace marsad::io
