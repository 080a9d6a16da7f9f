// links: wire_asterix base
//
// Any octets as data blocks, read by the typed records that the first octet chooses and by the tables: the same records
// with the same fields, the same faults, the same books. What is read is printed by the fast printer and by its slow
// twin: the same characters.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>
#include <vector>

#include "marsad/wire/asterix/decode.hpp"
#include "marsad/wire/asterix/print.hpp"
#include "marsad/wire/asterix/print_twin.hpp"
#include "marsad/wire/asterix/typed/all.hpp"
#include "marsad/wire/asterix/typed/decode.hpp"
#include "marsad/wire/asterix/typed/twin.hpp"

namespace asterix = marsad::wire::asterix;

namespace {

using asterix::DatagramReader;
using asterix::DecodeFault;

void check(bool condition) {
  if (!condition) std::abort();
}

void check_printing(const asterix::RecordView& record, bool raw) {
  std::string items;
  asterix::append_items_json(items, record, raw);
  check(items == asterix::twin::items_json(record, raw));
}

template <class Record>
void compare(std::span<const std::byte> datagram, bool raw) {
  asterix::EditionSet set;
  set.choose(Record::kCategory, Record::edition());
  DatagramReader reader(datagram, set);
  const auto summary = asterix::typed::decode_datagram<Record>(
      datagram,
      [&](const Record& record) {
        check(reader.next() == DatagramReader::Step::record);
        check(!asterix::typed::difference(record, reader.record()));
        check_printing(reader.record(), raw);
      },
      [&](const DecodeFault& fault) {
        check(reader.next() == DatagramReader::Step::fault);
        const DecodeFault& other = reader.fault();
        check(fault.code == other.code && fault.offset == other.offset && fault.category == other.category &&
              fault.item == other.item && fault.skipped_octets == other.skipped_octets);
      });
  check(reader.next() == DatagramReader::Step::end);
  const auto& expected = reader.summary();
  check(summary.blocks == expected.blocks && summary.records == expected.records && summary.faults == expected.faults &&
        summary.skipped_octets == expected.skipped_octets && summary.unexplained_items == expected.unexplained_items);
}

template <class... Records>
struct Comparisons {
  static void run(std::size_t choice, std::vector<std::byte>& datagram, bool raw) {
    std::size_t number = 0;
    const auto try_one = [&]<class Record>(std::type_identity<Record>) {
      if (number++ != choice % sizeof...(Records)) return;
      if (!datagram.empty()) datagram[0] = static_cast<std::byte>(Record::kCategory);
      compare<Record>(datagram, raw);
    };
    (try_one(std::type_identity<Records>{}), ...);
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto octets = std::as_bytes(std::span(data + 1, size - 1));
  std::vector<std::byte> datagram(octets.begin(), octets.end());
  asterix::typed::Every<Comparisons>::run(data[0] >> 1, datagram, (data[0] & 1) != 0);
  return 0;
}
