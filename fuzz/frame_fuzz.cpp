// links: output base

#include <cstddef>
#include <cstdint>
#include <span>

#include "marsad/output/frame.hpp"

/// Any octets are a frame or a fault within them.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto octets = std::as_bytes(std::span(data, size));
  const auto frame = marsad::output::decode_frame(octets);
  if (!frame && frame.error().offset > size) __builtin_trap();
  return 0;
}
