// links: wire_framing base
#include "stream_fuzz.hpp"

// Any octets, read as aircraft.json, file and stream: every octet must be accounted for once.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace marsad::wire::framing;  // NOLINT(google-build-using-namespace)
  (void)marsad::fuzz::file_and_stream(FileKind::aircraft_json, StreamFormat::aircraft_json, data, size);
  return 0;
}
