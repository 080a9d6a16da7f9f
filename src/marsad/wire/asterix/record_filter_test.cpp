#include "marsad/wire/asterix/record_filter.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>
#include <vector>

#include "marsad/base/random.hpp"
#include "marsad/wire/asterix/decode.hpp"
#include "marsad/wire/asterix/fields/cat048.hpp"

namespace marsad::wire::asterix {
namespace {

using Octets = std::vector<std::byte>;

Octets octets(std::initializer_list<int> values) {
  Octets out;
  for (const int value : values) out.push_back(static_cast<std::byte>(value));
  return out;
}

Octets joined(std::initializer_list<Octets> parts) {
  Octets out;
  for (const Octets& part : parts) out.insert(out.end(), part.begin(), part.end());
  return out;
}

/// A CAT048 record: source and time of day.
Octets plot(int sac, int sic, int seconds) { return octets({0xC0, sac, sic, 0, seconds / 2, seconds % 2 * 128}); }

Octets block(int category, std::initializer_list<Octets> records) {
  Octets out = octets({category, 0, 0});
  for (const Octets& record : records) out.insert(out.end(), record.begin(), record.end());
  out[1] = static_cast<std::byte>(out.size() >> 8U);
  out[2] = static_cast<std::byte>(out.size() & 0xFFU);
  return out;
}

bool is_from(const RecordView& record, int sic) { return record.source() && record.source()->sic == sic; }

Octets filtered(RecordFilter& filter, const Octets& datagram, const RecordFilter::Wanted& wanted) {
  const auto kept = filter.filter(datagram, wanted);
  return {kept.begin(), kept.end()};
}

RecordFilter by_record(bool keep_undecoded = false) {
  return {EditionSet::defaults(), {.categories = {}, .keep_undecoded = keep_undecoded}};
}

TEST(RecordFilter, KeepsRecordsWithTheirOctetsAndMendsTheLength) {
  RecordFilter filter = by_record();
  const Octets datagram = joined({block(48, {plot(25, 1, 1), plot(25, 2, 2), plot(25, 1, 3)}),
                                  block(48, {plot(25, 2, 4)}), block(48, {plot(25, 1, 5), plot(25, 1, 6)})});
  const Octets kept = filtered(filter, datagram, [](const RecordView& record) { return is_from(record, 1); });
  EXPECT_EQ(kept, joined({block(48, {plot(25, 1, 1), plot(25, 1, 3)}), block(48, {plot(25, 1, 5), plot(25, 1, 6)})}));
  EXPECT_EQ(filter.counters(), (FilterCounters{.datagrams = 1,
                                               .kept_datagrams = 1,
                                               .blocks = 3,
                                               .whole_blocks = 1,
                                               .rebuilt_blocks = 1,
                                               .records = 6,
                                               .kept_records = 4}));
}

TEST(RecordFilter, NothingLeftIsNoDatagram) {
  RecordFilter filter = by_record();
  EXPECT_TRUE(filtered(filter, block(48, {plot(1, 1, 1)}), [](const RecordView&) { return false; }).empty());
  EXPECT_EQ(filter.counters().kept_datagrams, 0U);
}

TEST(RecordFilter, ARecordOfCategory001KeepsTheSourceThatADroppedOneNamed) {
  // Plots: 010, 020, 040 in the first; 020, 040 in those that follow.
  const Octets first = octets({0xE0, 8, 24, 0x20, 0x10, 0, 0x40, 0});
  const Octets second = octets({0x60, 0x20, 0x20, 0, 0x40, 0});
  const Octets third = octets({0x60, 0x20, 0x30, 0, 0x40, 0});
  const Octets sourced = octets({0xE0, 8, 24, 0x20, 0x20, 0, 0x40, 0});
  RecordFilter filter = by_record();
  const Octets datagram = block(1, {first, second, third});
  const Octets kept = filtered(filter, datagram, [&](const RecordView& record) { return record.offset() > 3; });
  EXPECT_EQ(kept, block(1, {sourced, third}));
  EXPECT_EQ(filter.counters().sourced_records, 1U);
  // Both still say who sent them, and the record that isn't the first after a dropped one is untouched.
  decode_datagram(
      kept, EditionSet::defaults(),
      [](const RecordView& record) {
        EXPECT_EQ(record.source(), (DataSource{8, 24}));
      },
      [](const DecodeFault&) { ADD_FAILURE(); });
  const Octets head = filtered(filter, datagram, [&](const RecordView& record) { return record.offset() < 12; });
  EXPECT_EQ(head, block(1, {first, second}));
}

TEST(RecordFilter, WhatCanNotBeDecodedIsDroppedAndCountedOrKept) {
  const Octets unknown = block(30, {octets({1, 2, 3, 4})});
  const Octets torn = block(48, {plot(25, 1, 1), octets({0xC0, 25})});
  const Octets trailer = octets({0xA5, 0xA5});
  const Octets datagram = joined({unknown, torn, trailer});
  const auto all = [](const RecordView&) { return true; };
  RecordFilter dropping = by_record();
  EXPECT_EQ(filtered(dropping, datagram, all), block(48, {plot(25, 1, 1)}));
  EXPECT_EQ(dropping.counters().undecoded, 3U);
  EXPECT_EQ(dropping.counters().undecoded_octets, 4U + 2U + 2U);
  RecordFilter keeping = by_record(true);
  EXPECT_EQ(filtered(keeping, datagram, all), datagram);
  EXPECT_EQ(keeping.counters().undecoded, 3U);
}

TEST(RecordFilter, CategoriesAreKeptOrDroppedWithoutALookInside) {
  RecordFilter::Options options;
  options.categories.fill(BlockChoice::drop);
  options.categories[30] = BlockChoice::keep;
  RecordFilter filter(EditionSet::defaults(), options);
  const Octets unknown = block(30, {octets({1, 2, 3, 4})});
  const Octets datagram = joined({block(48, {plot(25, 1, 1)}), unknown, block(48, {octets({0xFF})})});
  EXPECT_EQ(filtered(filter, datagram, [](const RecordView&) -> bool { throw 1; }), unknown);
  EXPECT_EQ(filter.counters().undecoded, 0U);
}

TEST(RecordFilter, KeepingAllIsTheIdentityOnAnyOctets) {
  base::Random random(11);
  RecordFilter filter = by_record(true);
  for (int i = 0; i < 3000; ++i) {
    Octets datagram =
        joined({block(48, {plot(25, 1, 1), plot(25, 2, 2)}), block(1, {octets({0xE0, 8, 24, 0x20, 1, 2, 3, 4})})});
    for (int flips = i % 5; flips > 0; --flips)
      datagram[random.below(static_cast<std::uint32_t>(datagram.size()))] = static_cast<std::byte>(random.bits());
    EXPECT_EQ(filtered(filter, datagram, [](const RecordView&) { return true; }), datagram);
  }
}

}  // namespace
}  // namespace marsad::wire::asterix
