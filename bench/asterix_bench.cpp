// links: wire_asterix base
// How fast records are decoded, in records and octets a second: plain radar plots, ADS-B, system tracks.

#include <benchmark/benchmark.h>

#include <cstddef>
#include <vector>

#include "marsad/base/check.hpp"
#include "marsad/wire/asterix/builder.hpp"
#include "marsad/wire/asterix/decode.hpp"
#include "marsad/wire/asterix/fields/cat021.hpp"
#include "marsad/wire/asterix/fields/cat048.hpp"
#include "marsad/wire/asterix/fields/cat062.hpp"

namespace {

using namespace marsad::wire::asterix;

constexpr std::size_t kRecordsInBlock = 30;

template <class Fill>
std::vector<std::byte> block_of(int category, const char* edition_name, Fill&& fill) {
  const Edition* edition = find_edition(category, edition_name);
  MARSAD_CHECK(edition != nullptr);
  BlockBuilder block(category);
  RecordBuilder record(*edition);
  for (std::size_t i = 0; i < kRecordsInBlock; ++i) {
    record.clear();
    fill(record, static_cast<double>(i));
    MARSAD_CHECK(block.add(record).ok());
  }
  return {block.octets().begin(), block.octets().end()};
}

std::vector<std::byte> plots() {
  return block_of(48, "1.31", [](RecordBuilder& record, double i) {
    record.set(cat048::I010_SAC, 25);
    record.set(cat048::I010_SIC, 1);
    record.set(cat048::I140_VALUE, 1000.0 + i);
    record.set(cat048::I040_RHO, 50.0 + i);
    record.set(cat048::I040_THETA, 10.0 * i);
    record.set(cat048::I090_FL, 100.0 + i);
    record.set(cat048::I220_VALUE, 4'000'000.0 + i);
  });
}

std::vector<std::byte> adsb() {
  return block_of(21, "2.4", [](RecordBuilder& record, double i) {
    record.set(cat021::I010_SAC, 25);
    record.set(cat021::I010_SIC, 2);
    record.set(cat021::I080_VALUE, 4'000'000.0 + i);
    record.set(cat021::I131_LAT, 33.0 + 0.1 * i);
    record.set(cat021::I131_LON, 44.0);
    record.set(cat021::I145_VALUE, 350.0);
  });
}

std::vector<std::byte> system_tracks() {
  return block_of(62, "1.20", [](RecordBuilder& record, double i) {
    record.set(cat062::I010_SAC, 25);
    record.set(cat062::I010_SIC, 3);
    record.set(cat062::I070_VALUE, 1000.0);
    record.set(cat062::I105_LAT, 33.0 + 0.1 * i);
    record.set(cat062::I105_LON, 44.0);
    record.set(cat062::I185_VX, 200.0);
    record.set(cat062::I040_VALUE, i);
  });
}

void decode(benchmark::State& state, const std::vector<std::byte>& datagram, Field field) {
  const EditionSet editions = EditionSet::defaults();
  std::size_t records = 0;
  double sum = 0.0;
  for (auto _ : state) {
    decode_datagram(
        datagram, editions,
        [&](const RecordView& record) {
          ++records;
          sum += record.value(field).value_or(0.0);
        },
        [](const DecodeFault&) { MARSAD_CHECK(false); });
  }
  MARSAD_CHECK(records == static_cast<std::size_t>(state.iterations()) * kRecordsInBlock);
  benchmark::DoNotOptimize(sum);
  state.SetItemsProcessed(static_cast<std::int64_t>(records));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(datagram.size()));
}

void DecodePlots(benchmark::State& state) { decode(state, plots(), cat048::I040_RHO); }
void DecodeAdsb(benchmark::State& state) { decode(state, adsb(), cat021::I131_LAT); }
void DecodeSystemTracks(benchmark::State& state) { decode(state, system_tracks(), cat062::I105_LAT); }
BENCHMARK(DecodePlots);
BENCHMARK(DecodeAdsb);
BENCHMARK(DecodeSystemTracks);

}  // namespace
