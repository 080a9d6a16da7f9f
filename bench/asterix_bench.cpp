// links: wire_asterix wire_framing base
// How fast ASTERIX is read and written, on one core, in records and octets a second, for the categories of real
// recordings (MARSAD_SHARED, or ../shared; what is not there is left out, and told).
//
//   Tables      the table-driven reader finds every item; no value is asked for
//   Typed       the typed records find every item, sub-item and repetition; two fields are asked for
//   TypedAll    and every field of every item is read and scaled
//   Json, Csv   the table-driven reader prints every field
//   Encode      the table-driven builder writes the record's octets from its fields

#include <benchmark/benchmark.h>

#include <array>
#include <cstddef>
#include <cstdio>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include "instruction_counter.hpp"
#include "marsad/base/check.hpp"
#include "marsad/wire/asterix/builder.hpp"
#include "marsad/wire/asterix/decode.hpp"
#include "marsad/wire/asterix/line_encoder.hpp"
#include "marsad/wire/asterix/print.hpp"
#include "marsad/wire/asterix/typed/all.hpp"
#include "marsad/wire/asterix/typed/decode.hpp"
#include "recordings.hpp"

namespace {

namespace asterix = marsad::wire::asterix;
using marsad::bench::Blocks;
using Octets = std::span<const std::byte>;

constexpr auto kIgnoreFault = [](const asterix::DecodeFault&) {};

/// Sums of all values, so that none can be left out: scaled numbers, and the bits of everything else.
class Sum {
 public:
  template <class Value>
  void operator()(asterix::Field field, const Value& value, std::size_t) {
    if constexpr (requires { value.value(); })
      numbers_[field.index % numbers_.size()] += value.value();
    else if constexpr (requires { value.raw; })
      bits_ += value.raw;
    else
      bits_ += static_cast<std::uint64_t>(value);
  }
  [[nodiscard]] double total() const {
    return std::accumulate(numbers_.begin(), numbers_.end(), static_cast<double>(bits_));
  }

 private:
  std::array<double, 4> numbers_{};  // several, so that no addition waits for the one before
  std::uint64_t bits_ = 0;
};

/// Runs `pass`, which reads all blocks once and returns its number of records, and keeps the books.
template <class Pass>
void measure(benchmark::State& state, const Blocks& blocks, Pass&& pass) {
  std::size_t records = 0;
  const marsad::bench::InstructionCounter instructions;
  for (auto _ : state) records += pass();
  const auto counted = static_cast<double>(records);
  if (const auto all = instructions.count()) state.counters["instructions/record"] = *all / counted;
  state.counters["octets/record"] =
      static_cast<double>(blocks.octets()) * static_cast<double>(state.iterations()) / counted;
  state.SetItemsProcessed(static_cast<std::int64_t>(records));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(blocks.octets()));
}

/// Calls `use` for every record as the tables read it.
template <class Use>
std::size_t each_record(const Blocks& blocks, const asterix::EditionSet& set, Use&& use) {
  std::size_t records = 0;
  blocks.each([&](Octets block) { records += asterix::decode_datagram(block, set, use, kIgnoreFault).records; });
  return records;
}

template <class Record, class Use>
std::size_t each_typed(const Blocks& blocks, Use&& use) {
  std::size_t records = 0;
  blocks.each(
      [&](Octets block) { records += asterix::typed::decode_datagram<Record>(block, use, kIgnoreFault).records; });
  return records;
}

void tables(benchmark::State& state, const Blocks& blocks, const asterix::EditionSet& set) {
  measure(state, blocks, [&] {
    return each_record(blocks, set,
                       [](const asterix::RecordView& record) { benchmark::DoNotOptimize(record.presence()); });
  });
}

template <class Record>
void typed_parse(benchmark::State& state, const Blocks& blocks) {
  measure(state, blocks, [&] {
    unsigned sum = 0;
    const std::size_t records = each_typed<Record>(blocks, [&](const Record& record) {
      if (const auto source = record.i010()) sum += static_cast<unsigned>(source->sac) + source->sic;
    });
    benchmark::DoNotOptimize(sum);
    return records;
  });
}

template <class Record>
void typed_all(benchmark::State& state, const Blocks& blocks) {
  measure(state, blocks, [&] {
    Sum sum;
    const std::size_t records = each_typed<Record>(blocks, [&](const Record& record) { record.visit(sum); });
    benchmark::DoNotOptimize(sum.total());
    return records;
  });
}

template <void (*kAppend)(std::string&, const asterix::RecordView&, const asterix::PrintOptions&)>
void print(benchmark::State& state, const Blocks& blocks, const asterix::EditionSet& set) {
  std::string text;
  std::size_t characters = 0;
  measure(state, blocks, [&] {
    return each_record(blocks, set, [&](const asterix::RecordView& record) {
      kAppend(text, record, {.receipt_time = 1683014400.125});
      if (text.size() < 1U << 16U) return;
      characters += text.size();
      text.clear();
    });
  });
  state.counters["characters/record"] =
      static_cast<double>(characters + text.size()) / static_cast<double>(state.items_processed());
}

void encode(benchmark::State& state, const Blocks& blocks, const asterix::EditionSet& set,
            const asterix::Edition& edition) {
  asterix::RecordBuilder builder(edition);
  std::vector<asterix::RecordBuilder> drafts;
  each_record(blocks, set, [&](const asterix::RecordView& record) {
    if (drafts.size() == 1000) return;
    builder.clear();
    builder.set_fields_of(record);
    drafts.push_back(builder);
  });
  std::vector<std::byte> out;
  std::size_t octets = 0;
  std::size_t records = 0;
  for (auto _ : state)
    for (const asterix::RecordBuilder& draft : drafts) {
      out.clear();
      const auto size = draft.append_to(out);
      octets += size.ok() ? size.value() : 0;
      ++records;
    }
  state.SetItemsProcessed(static_cast<std::int64_t>(records));
  state.SetBytesProcessed(static_cast<std::int64_t>(octets));
}

/// From the lines that decode prints.
void encode_lines(benchmark::State& state, const Blocks& blocks, const asterix::EditionSet& set) {
  std::vector<std::string> lines;
  each_record(blocks, set, [&](const asterix::RecordView& record) {
    if (lines.size() < 10'000) lines.push_back(asterix::record_to_json(record, {.receipt_time = 1683014400.125}));
  });
  asterix::LineEncoder encoder(set);
  std::size_t characters = 0;
  std::size_t octets = 0;
  for (auto _ : state)
    for (const std::string& line : lines) {
      const auto record = encoder.encode(line);
      octets += record.ok() ? record->octets.size() : 0;
      characters += line.size();
    }
  const auto records = static_cast<std::int64_t>(lines.size()) * state.iterations();
  state.SetItemsProcessed(records);
  state.SetBytesProcessed(static_cast<std::int64_t>(octets));
  state.counters["characters/record"] = static_cast<double>(characters) / static_cast<double>(records);
}

template <class Record>
void enter(const std::string& name, const std::string& file) {
  const auto blocks = std::make_shared<const Blocks>(
      Blocks::of(marsad::bench::shared_folder() / "data/asterix" / file, Record::kCategory));
  if (blocks->empty()) {
    std::fprintf(stderr, "%s: left out, there is no %s\n", name.c_str(), file.c_str());
    return;
  }
  asterix::EditionSet set;
  set.choose(Record::kCategory, Record::edition());
  const auto enter_one = [&](const char* what, auto run) {
    benchmark::RegisterBenchmark((name + "/" + what).c_str(), run)->Unit(benchmark::kMillisecond);
  };
  enter_one("Tables", [=](benchmark::State& state) { tables(state, *blocks, set); });
  enter_one("Typed", [=](benchmark::State& state) { typed_parse<Record>(state, *blocks); });
  enter_one("TypedAll", [=](benchmark::State& state) { typed_all<Record>(state, *blocks); });
  enter_one("Json", [=](benchmark::State& state) { print<asterix::append_json>(state, *blocks, set); });
  enter_one("Csv", [=](benchmark::State& state) { print<asterix::append_csv>(state, *blocks, set); });
  enter_one("EncodeLines", [=](benchmark::State& state) { encode_lines(state, *blocks, set); });
  enter_one("Encode", [=](benchmark::State& state) { encode(state, *blocks, set, Record::edition()); });
}

[[maybe_unused]] const bool kEntered = [] {
  enter<asterix::typed::cat048_1_32::Record>("CAT048-Barcelona",
                                             "bcn-230502/cat048_230502-est-080001_BCN_60MN_08_09.ast");
  enter<asterix::typed::cat021_2_4::Record>("CAT021-2.4-Alicante", "alicante/cat021_v24_record_Alicante-ADSB.ast");
  enter<asterix::typed::cat021_0_23::Record>("CAT021-0.23-Barcelona",
                                             "lebl-160510/cat021_v023_adsb_160510-lebl-220001.ast");
  enter<asterix::typed::cat062_1_21::Record>("CAT062-Italy", "italy/final_frame_062_065_large_packet_30min.ff");
  enter<asterix::typed::cat010_1_1::Record>("CAT010-Barcelona", "lebl-160510/cat010_smr_160510-lebl-220001.ast");
  enter<asterix::typed::cat020_1_11::Record>("CAT020-Barcelona", "lebl-160510/cat020_019_mlat_160510-lebl-220001.ast");
  return true;
}();

}  // namespace
