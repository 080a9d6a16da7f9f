#include "marsad/base/allocation_count_test.hpp"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {
std::atomic<std::size_t> allocations{0};
}  // namespace

// Replaced for the whole test program. In a file of its own, or g++ 12 sees the free below inlined next to a new
// expression and calls them a mismatch.
void* operator new(std::size_t size) {
  ++allocations;
  if (void* const memory = std::malloc(size != 0 ? size : 1)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace marsad::base::testing {
std::size_t allocations_so_far() noexcept { return allocations; }
}  // namespace marsad::base::testing
