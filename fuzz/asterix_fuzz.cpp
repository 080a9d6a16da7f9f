// links: wire_asterix base
//
// Any octets as a datagram, in an edition of each category that the first octet chooses: every record is printed, and
// what was decoded is encoded and decoded again. Nothing may crash, read outside the datagram, or lose count of octets.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>
#include <vector>

#include "marsad/wire/asterix/builder.hpp"
#include "marsad/wire/asterix/decode.hpp"
#include "marsad/wire/asterix/detection.hpp"
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

void check(bool condition) {
  if (!condition) std::abort();
}

/// A record written from its fields must decode to the same fields.
void check_round_trip(const asterix::RecordView& record) {
  asterix::RecordBuilder builder(record.edition());
  builder.set_fields_of(record);
  asterix::BlockBuilder block(record.category());
  if (!block.add(builder).ok()) return;
  asterix::EditionSet set;
  set.choose(record.category(), record.edition());
  asterix::DatagramReader reader(block.octets(), set);
  check(reader.next() == asterix::DatagramReader::Step::record);
  for (const auto& spec : record.edition().tables().fields) {
    const asterix::Field field{static_cast<std::uint8_t>(record.category()), spec.index};
    check(reader.record().count(field) == record.count(field));
    for (std::size_t i = 0; i < record.count(field); ++i) check(reader.record().raw(field, i) == record.raw(field, i));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto datagram = std::as_bytes(std::span(data + 1, size - 1));
  const asterix::EditionSet set = editions_chosen_by(data[0]);
  std::size_t good = 0, skipped = 0;
  const auto summary = asterix::decode_datagram(
      datagram, set,
      [&](const asterix::RecordView& record) {
        good += record.octets().size();
        static_cast<void>(asterix::record_to_json(record, {.raw = (data[0] & 1) != 0}));
        check_round_trip(record);
      },
      [&](const asterix::DecodeFault& fault) { skipped += fault.skipped_octets; });
  check(good + skipped <= datagram.size() && skipped == summary.skipped_octets);
  check(good + skipped + 3 * summary.blocks == datagram.size());
  asterix::EditionDetector detector(16);
  detector.observe(datagram);
  static_cast<void>(detector.editions(set));
  return 0;
}
