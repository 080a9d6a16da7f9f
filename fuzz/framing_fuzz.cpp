// links: wire_framing base
#include <algorithm>

#include "framing_fuzz.hpp"
#include "marsad/wire/framing/block_stream.hpp"

// The kind is detected from the content, and the remaining kinds are told by the first octet; then the same octets go
// through the cutter of byte streams.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using marsad::wire::framing::FileKind;
  (void)marsad::fuzz::balance({}, data, size);
  if (size == 0) return 0;
  const bool rows = data[0] % 2 != 0;
  (void)marsad::fuzz::balance(rows ? FileKind::plots_csv : FileKind::asterix_raw, data + 1, size - 1);

  marsad::wire::framing::BlockStream stream;
  auto rest = std::as_bytes(std::span(data, size));
  while (!rest.empty() && !stream.lost()) {
    const std::size_t used = stream.put(rest.first(std::min<std::size_t>(rest.size(), 1 + data[0])));
    rest = rest.subspan(used);
    if (const auto block = stream.take())
      MARSAD_CHECK(block->size() >= 4);
    else
      MARSAD_CHECK(used > 0 || stream.lost());
  }
  return 0;
}
