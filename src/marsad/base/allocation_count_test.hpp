#pragma once

#include <cstddef>

namespace marsad::base::testing {

/// How often this test program has called operator new. For the tests of a room whose CMakeLists.txt says
/// marsad_count_allocations.
std::size_t allocations_so_far() noexcept;

}  // namespace marsad::base::testing
