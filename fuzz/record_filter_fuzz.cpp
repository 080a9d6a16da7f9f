// links: observation wire_asterix wire_framing geo units base
//
// Any octets as a datagram, in editions that the first octet chooses, filtered by a choice that the second makes. To
// keep all is the identity; what is kept is exactly the wanted records, in order, with their octets and their sources;
// the statistics count every record and block once.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <vector>

#include "marsad/observation/stream_statistics.hpp"
#include "marsad/units/time.hpp"
#include "marsad/wire/asterix/decode.hpp"
#include "marsad/wire/asterix/record_filter.hpp"
#include "marsad/wire/framing/datagram.hpp"

namespace asterix = marsad::wire::asterix;
namespace observation = marsad::observation;

namespace {

using Octets = std::vector<std::byte>;

void check(bool condition) {
  if (!condition) std::abort();
}

/// An edition for each category, and others for sources with an odd SIC. (Not in category 001, whose random field
/// sequences can name another source than the one that the edition was chosen by.)
asterix::EditionSet editions_chosen_by(unsigned choice) {
  asterix::EditionSet set = asterix::EditionSet::defaults();
  for (const int category : asterix::described_categories()) {
    const auto editions = asterix::editions_of(category);
    set.choose(category, editions[choice % editions.size()]);
    for (unsigned sic = 1; sic < 256 && choice >= 128 && category != 1; sic += 2)
      set.choose(category, {static_cast<std::uint8_t>(choice), static_cast<std::uint8_t>(sic)},
                 editions[(choice + sic) % editions.size()]);
  }
  return set;
}

struct Record {
  Octets octets;
  std::optional<asterix::DataSource> source;
};

std::vector<Record> records_of(std::span<const std::byte> datagram, const asterix::EditionSet& editions,
                               std::size_t* faults = nullptr) {
  std::vector<Record> records;
  const auto summary = asterix::decode_datagram(
      datagram, editions,
      [&](const asterix::RecordView& record) {
        records.push_back({{record.octets().begin(), record.octets().end()}, record.source()});
      },
      [](const asterix::DecodeFault&) {});
  if (faults != nullptr) *faults = summary.faults;
  return records;
}

void check_identity(std::span<const std::byte> datagram, const asterix::EditionSet& editions) {
  asterix::RecordFilter all(editions, {.categories = {}, .keep_undecoded = true});
  const auto kept = all.filter(datagram, [](const asterix::RecordView&) { return true; });
  check(Octets(kept.begin(), kept.end()) == Octets(datagram.begin(), datagram.end()));
}

void check_choice(std::span<const std::byte> datagram, const asterix::EditionSet& editions, unsigned choice) {
  asterix::RecordFilter filter(editions, {});
  std::size_t number = 0;
  std::vector<bool> wanted;
  const auto kept = filter.filter(datagram, [&](const asterix::RecordView&) {
    wanted.push_back((choice >> (number++ % 8) & 1U) != 0);
    return bool{wanted.back()};
  });
  const auto before = records_of(datagram, editions);
  std::size_t faults = 0;
  const auto after = records_of(kept, editions, &faults);
  check(wanted.size() == before.size() && faults == 0);
  std::size_t next = 0, sourced = 0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (!wanted[i]) continue;
    check(next < after.size() && after[next].source == before[i].source);
    if (after[next].octets != before[i].octets) {
      ++sourced;
      check(after[next].octets.size() == before[i].octets.size() + 2);
    }
    ++next;
  }
  check(next == after.size() && sourced == filter.counters().sourced_records);
}

void check_statistics(std::span<const std::byte> datagram, const asterix::EditionSet& editions) {
  observation::StreamStatistician statistician(editions);
  marsad::wire::framing::Datagram one;
  one.payload = datagram;
  one.receipt = marsad::units::UtcTime::seconds_since_epoch(1.7e9);
  statistician.begin_input();
  statistician.take(one, *one.receipt);
  const auto records = records_of(datagram, editions);
  std::uint64_t counted = 0, octets = 0;
  for (const observation::StreamStatistics* stream : statistician.streams()) {
    counted += stream->records;
    octets += stream->octets;
    for (const std::uint64_t having : stream->item_records) check(having <= stream->records);
    check(stream->timed_records <= stream->records && stream->span_s() >= 0.0);
  }
  check(counted == records.size() && octets <= datagram.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const auto datagram = std::as_bytes(std::span(data + 2, size - 2));
  const asterix::EditionSet editions = editions_chosen_by(data[0]);
  check_identity(datagram, editions);
  check_choice(datagram, editions, data[1]);
  check_statistics(datagram, editions);
  return 0;
}
