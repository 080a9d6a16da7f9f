#pragma once

#include <source_location>

namespace marsad::base {

/// Reports a broken invariant of our own code (never of the input) on standard error and aborts.
[[noreturn]] void check_failed(const char* condition, std::source_location where) noexcept;

}  // namespace marsad::base

/// Aborts, in every build, when our own code has broken an invariant. Input must never be able to reach it: expected
/// failures are values (`Result`), data of poor quality are counted.
#define MARSAD_CHECK(condition)                                                  \
  do {                                                                           \
    if (!(condition)) [[unlikely]]                                               \
      ::marsad::base::check_failed(#condition, std::source_location::current()); \
  } while (false)
