#pragma once

#include <cstddef>

namespace marsad::output::testing {

/// How often this test program has called operator new.
std::size_t allocations_so_far() noexcept;

}  // namespace marsad::output::testing
