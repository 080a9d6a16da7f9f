// links: base
#include <cstddef>
#include <cstdint>
#include <memory>

// A planted bug: behind a short password it reads one octet past the end of a heap block. `./run fuzz` and the test
// `fuzz.canary` fail unless it is found: a fuzzer or a sanitizer that is off must not look like clean code.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 4 || data[0] != 'M' || data[1] != 'S' || data[2] != 'D') return 0;
  const auto copy = std::make_unique<std::uint8_t[]>(size);
  for (std::size_t i = 0; i < size; ++i) copy[i] = data[i];
  const volatile std::uint8_t past_the_end = copy[data[3] == '!' ? size : size - 1];
  return past_the_end == 0 ? 0 : 0;
}
