// links: wire_framing base
#include "stream_fuzz.hpp"

// The kind is detected from the content, and the remaining kinds are told by the first octet; then the same octets come
// as a live stream of data blocks.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using marsad::wire::framing::FileKind;
  (void)marsad::fuzz::balance({}, data, size);
  if (size == 0) return 0;
  const bool rows = data[0] % 2 != 0;
  (void)marsad::fuzz::balance(rows ? FileKind::plots_csv : FileKind::asterix_raw, data + 1, size - 1);
  (void)marsad::fuzz::file_and_stream(FileKind::asterix_raw, marsad::wire::framing::StreamFormat::asterix, data, size);
  return 0;
}
