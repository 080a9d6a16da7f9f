# How every room of the house is compiled, and the one function that declares a room.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
find_package(Threads REQUIRED)
include(install)

find_program(MARSAD_CCACHE ccache)
if(MARSAD_CCACHE)
  # Base-relative paths let several checkouts of the same tree share one cache.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
                                  ${MARSAD_CCACHE})
endif()

# What every room is compiled with. Those who use the library get the include folder, the language and the arithmetic;
# the warnings are ours alone.
# -Wno-missing-field-initializers: a designated initialiser names what it sets and leaves the rest to its default.
# -ffp-contract=off: the same picture, bit for bit, from every compiler and optimisation level (HOUSE, Repeatability).
set(own_flags -fno-math-errno -ffile-prefix-map=${CMAKE_SOURCE_DIR}/= -Werror=date-time -Wall -Wextra -Wpedantic -Wconversion
    -Wsign-conversion -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual -Wno-missing-field-initializers)
if(MARSAD_WERROR)
  list(APPEND own_flags -Werror)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 reports these falsely through std::optional, std::span and Eigen at -O2 with sanitizers.
  list(APPEND own_flags -Wno-maybe-uninitialized -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread -Wno-restrict)
endif()
add_library(marsad_flags INTERFACE)
set_target_properties(marsad_flags PROPERTIES EXPORT_NAME flags)
target_compile_features(marsad_flags INTERFACE cxx_std_20)
target_compile_options(marsad_flags INTERFACE -ffp-contract=off "$<BUILD_INTERFACE:${own_flags}>")
target_include_directories(marsad_flags INTERFACE $<BUILD_INTERFACE:${CMAKE_SOURCE_DIR}/src> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
if(MARSAD_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()
if(MARSAD_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
target_link_libraries(marsad_flags INTERFACE Threads::Threads)
install(TARGETS marsad_flags EXPORT marsad_core COMPONENT core)

if(MARSAD_TESTS)
  find_package(GTest REQUIRED)
endif()

# marsad_room(NAME [LINKS room...] [PRIVATE library...])
#   One folder, one static library marsad_NAME of every .cpp below it, and one test program marsad_NAME_test of every
#   *_test.cpp. LINKS names lower rooms whose headers this room may include; PRIVATE names third-party libraries used
#   in .cpp files only.
function(marsad_room name)
  cmake_parse_arguments(ROOM "" "" "LINKS;PRIVATE;PUBLIC" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  if(sources)
    add_library(marsad_${name} STATIC ${sources})
    target_link_libraries(marsad_${name} PUBLIC marsad_flags ${ROOM_PUBLIC} PRIVATE ${ROOM_PRIVATE})
    set(scope PUBLIC)
  else()
    add_library(marsad_${name} INTERFACE)
    target_link_libraries(marsad_${name} INTERFACE marsad_flags ${ROOM_PUBLIC})
    set(scope INTERFACE)
  endif()
  foreach(lower IN LISTS ROOM_LINKS)
    target_link_libraries(marsad_${name} ${scope} marsad_${lower})
  endforeach()
  marsad_install_room(${name})
  if(tests AND MARSAD_TESTS AND MARSAD_UNIT_TESTS)
    add_executable(marsad_${name}_test ${tests})
    target_link_libraries(marsad_${name}_test PRIVATE marsad_${name} GTest::gmock GTest::gtest_main)
    add_test(NAME unit.${name} COMMAND marsad_${name}_test --gtest_brief=1)
    set_tests_properties(unit.${name} PROPERTIES LABELS quick TIMEOUT 300)
  endif()
endfunction()

# marsad_count_allocations(ROOM): its unit tests may ask how often they allocated (base/allocation_count_test.hpp).
function(marsad_count_allocations room)
  if(TARGET marsad_${room}_test)
    target_sources(marsad_${room}_test PRIVATE ${CMAKE_SOURCE_DIR}/src/marsad/base/allocation_count_test.cpp)
  endif()
endfunction()

# Third-party libraries, found once for all rooms; which room may use which is the table in docs/architecture.md.
find_package(PkgConfig REQUIRED)
find_package(Eigen3 REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(fmt REQUIRED)
find_package(CLI11 REQUIRED)
find_package(Boost 1.81 REQUIRED)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(TOMLPP REQUIRED IMPORTED_TARGET tomlplusplus)
find_library(MARSAD_GEOGRAPHICLIB NAMES GeographicLib Geographic REQUIRED)
# Users of the installed library find theirs where it is on their machine (marsad-config.cmake.in).
set(GEOGRAPHICLIB_LIBRARY $<BUILD_INTERFACE:${MARSAD_GEOGRAPHICLIB}> $<INSTALL_INTERFACE:marsad::geographiclib>)
