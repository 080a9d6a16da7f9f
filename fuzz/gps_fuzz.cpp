// links: wire_framing base
#include "framing_fuzz.hpp"

// Any octets, read as gps: every octet must be accounted for once.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return marsad::fuzz::balance(marsad::wire::framing::FileKind::gps, data, size);
}
