// links: wire_asterix base
//
// Any octets as a datagram, in an edition of each category that the first octet chooses: every record that the decoder
// accepts is written back from its line of JSON, scaled and raw, as the same octets; the blocks of a datagram without
// damage come together again; and a record is called canonical exactly if its items alone give its octets.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "marsad/base/check.hpp"
#include "marsad/wire/asterix/block_assembler.hpp"
#include "marsad/wire/asterix/canonical.hpp"
#include "marsad/wire/asterix/decode.hpp"
#include "marsad/wire/asterix/line_encoder.hpp"
#include "marsad/wire/asterix/print.hpp"

namespace asterix = marsad::wire::asterix;

namespace {

asterix::EditionSet editions_chosen_by(unsigned choice) {
  asterix::EditionSet set = asterix::EditionSet::defaults();
  for (const int category : asterix::described_categories()) {
    const auto editions = asterix::editions_of(category);
    set.choose(category, editions[choice % editions.size()]);
  }
  return set;
}

/// One for all inputs, as in the program: what is left of one line must not show in the next.
asterix::LineEncoder& encoder() {
  static asterix::LineEncoder lines{asterix::EditionSet()};
  return lines;
}

bool items_suffice(const asterix::RecordView& record) {
  std::string line = "{\"cat\":" + std::to_string(record.category()) + ",\"edition\":\"";
  line += record.edition().name();
  line += "\",\"items\":";
  asterix::append_items_json(line, record);
  line += '}';
  const auto encoded = encoder().encode(line);
  return encoded.ok() && std::ranges::equal(encoded->octets, record.octets());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto datagram = std::as_bytes(std::span(data + 1, size - 1));
  const asterix::EditionSet set = editions_chosen_by(data[0]);
  const bool raw = (data[0] & 0x80U) != 0;
  std::vector<std::byte> again;
  asterix::BlockAssembler block;
  const auto close = [&] {
    again.insert(again.end(), block.octets().begin(), block.octets().end());
    block.clear();
  };
  const auto summary = asterix::decode_datagram(
      datagram, set,
      [&](const asterix::RecordView& record) {
        const bool canonical = asterix::is_canonical(record);
        MARSAD_CHECK(items_suffice(record) == canonical);
        const auto encoded = encoder().encode(asterix::record_to_json(record, {.raw = raw, .base_offset = 99}));
        MARSAD_CHECK(encoded.ok() && std::ranges::equal(encoded->octets, record.octets()));
        MARSAD_CHECK(encoded->origin == (canonical ? asterix::Origin::items : asterix::Origin::octets));
        if (block.add(*encoded)) return;
        close();
        MARSAD_CHECK(block.add(*encoded));
      },
      [](const asterix::DecodeFault&) {});
  close();
  MARSAD_CHECK(summary.faults > 0 || std::ranges::equal(again, datagram));
  return 0;
}
