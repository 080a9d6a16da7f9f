#include "marsad/base/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace marsad::base {

void check_failed(const char* condition, std::source_location where) noexcept {
  std::fprintf(stderr, "marsad: this is a bug: '%s' does not hold in %s (%s:%u)\n", condition, where.function_name(),
               where.file_name(), static_cast<unsigned>(where.line()));
  std::abort();
}

}  // namespace marsad::base
