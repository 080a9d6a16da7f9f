// links: wire_asterix base
//
// Any text as lines of JSON to be encoded: no crash, every fault has a message and a place in the line, and what is
// encoded is a record that decodes, and comes back once more.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "marsad/base/check.hpp"
#include "marsad/wire/asterix/decode.hpp"
#include "marsad/wire/asterix/line_encoder.hpp"
#include "marsad/wire/asterix/print.hpp"

namespace asterix = marsad::wire::asterix;

namespace {

/// The record in a data block of its own must decode to itself.
void check_decodes(const asterix::EncodedRecord& record) {
  const std::size_t size = record.octets.size() + 3;
  MARSAD_CHECK(size <= 0xFFFF);
  std::vector<std::byte> block{static_cast<std::byte>(record.edition->category()), static_cast<std::byte>(size >> 8),
                               static_cast<std::byte>(size)};
  block.insert(block.end(), record.octets.begin(), record.octets.end());
  asterix::EditionSet set;
  set.choose(record.edition->category(), *record.edition);
  asterix::DatagramReader reader(block, set);
  MARSAD_CHECK(reader.next() == asterix::DatagramReader::Step::record);
  MARSAD_CHECK(std::ranges::equal(reader.record().octets(), record.octets));
  static asterix::LineEncoder again{asterix::EditionSet()};
  const auto encoded = again.encode(asterix::record_to_json(reader.record()));
  MARSAD_CHECK(encoded.ok() && std::ranges::equal(encoded->octets, std::span(block).subspan(3)));
  MARSAD_CHECK(reader.next() == asterix::DatagramReader::Step::end);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  static asterix::LineEncoder encoder(asterix::EditionSet::defaults());
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    const auto encoded = encoder.encode(line);
    if (encoded.ok()) {
      check_decodes(*encoded);
    } else {
      MARSAD_CHECK(!asterix::message_of(encoded.error()).empty());
      MARSAD_CHECK(encoded.error().column <= line.size());
    }
  }
  return 0;
}
