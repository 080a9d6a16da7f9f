// Counts what the global operator new hands out. In a file of its own, or g++ 12 sees the free below inlined next to a
// new expression and calls them a mismatch.

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace {
std::atomic<std::size_t> allocations{0};
}

namespace marsad::wire::asterix {
std::size_t allocations_so_far() noexcept;
std::size_t allocations_so_far() noexcept { return allocations; }
}  // namespace marsad::wire::asterix

void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size != 0 ? size : 1)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
