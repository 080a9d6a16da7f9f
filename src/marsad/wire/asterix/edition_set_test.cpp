#include <gtest/gtest.h>

#include <array>
#include <vector>

#include "marsad/wire/asterix/builder.hpp"
#include "marsad/wire/asterix/data_source.hpp"
#include "marsad/wire/asterix/decode.hpp"
#include "marsad/wire/asterix/edition.hpp"
#include "marsad/wire/asterix/fields/cat021.hpp"

namespace marsad::wire::asterix {
namespace {

const Edition& edition(std::string_view name) { return *find_edition(21, name); }

TEST(DataSource, LiesInTheFirstSlotOfEveryEditionThatHasOne) {
  for (const std::uint8_t category : described_categories()) {
    const bool has_source = latest_edition(category)->tables().source_item != schema::kSpareSlot;
    for (const Edition& each : editions_of(category)) {
      const schema::EditionTables& tables = each.tables();
      EXPECT_EQ(tables.source_item != schema::kSpareSlot, has_source) << int{category} << " " << each.name();
      if (!has_source) continue;
      for (const schema::Profile& profile : tables.profiles)
        EXPECT_EQ(profile.slots[0], tables.source_item) << int{category} << " " << each.name();
      const schema::Node& node = tables.nodes[tables.roots[tables.source_item]];
      EXPECT_TRUE(node.shape == schema::Shape::fixed && node.size == 2) << int{category} << " " << each.name();
    }
  }
}

TEST(DataSource, IsToldFromTheOctetsBehindThePresenceMap) {
  constexpr std::array kRecord{std::byte{0x81}, std::byte{0x01}, std::byte{0x40}, std::byte{7}, std::byte{9}};
  EXPECT_EQ(peek_source(48, kRecord), (DataSource{7, 9}));
  EXPECT_EQ(peek_source(150, kRecord), std::nullopt);  // has a destination instead
  EXPECT_EQ(peek_source(300, kRecord), std::nullopt);
  for (std::size_t size = 0; size < kRecord.size(); ++size)
    EXPECT_EQ(peek_source(48, std::span(kRecord).first(size)), std::nullopt);
}

TEST(EditionSet, ASourcesOwnEditionGoesBeforeItsCategorys) {
  EditionSet set = EditionSet::defaults();
  EXPECT_FALSE(set.depends_on_source(21));
  set.choose(21, DataSource{0, 107}, edition("0.23"));
  set.choose(21, DataSource{0, 5}, edition("0.26"));
  set.choose(21, DataSource{0, 107}, edition("0.24"));
  EXPECT_TRUE(set.depends_on_source(21));
  EXPECT_FALSE(set.depends_on_source(48));
  EXPECT_EQ(set.of(21, DataSource{0, 107}), &edition("0.24"));
  EXPECT_EQ(set.of(21, DataSource{0, 5}), &edition("0.26"));
  EXPECT_EQ(set.of(21, DataSource{0, 6}), EditionSet::defaults().of(21));
  EXPECT_EQ(set.of(21, std::nullopt), EditionSet::defaults().of(21));
  ASSERT_EQ(set.of_sources().size(), 2U);
  EXPECT_EQ(set.of_sources()[0].source, (DataSource{0, 5}));
}

RecordBuilder report(std::string_view name, unsigned sic) {
  RecordBuilder builder(edition(name));
  builder.set_raw(cat021::I010_SAC, 20);
  builder.set_raw(cat021::I010_SIC, sic);
  builder.set_raw(cat021::I040_ATP, 0);
  builder.set(cat021::I130_LAT, 33.5);
  builder.set(cat021::I130_LON, 44.5);
  return builder;
}

TEST(EditionSet, RecordsOfOneBlockAreReadByTheEditionOfTheirOwnSource) {
  BlockBuilder block(21);
  const std::array records{report("0.23", 1), report("2.4", 2), report("0.23", 1)};
  for (const RecordBuilder& record : records) ASSERT_TRUE(block.add(record).ok());
  EditionSet set = EditionSet::defaults();
  set.choose(21, DataSource{20, 1}, edition("0.23"));
  std::vector<const Edition*> used;
  std::vector<double> latitudes;
  const auto summary = decode_datagram(
      block.octets(), set,
      [&](const RecordView& record) {
        used.push_back(&record.edition());
        latitudes.push_back(record.value(cat021::I130_LAT).value_or(0.0));
      },
      [](const DecodeFault&) {});
  EXPECT_EQ(summary.faults, 0U);
  EXPECT_EQ(used, (std::vector{&edition("0.23"), EditionSet::defaults().of(21), &edition("0.23")}));
  for (const double latitude : latitudes) EXPECT_NEAR(latitude, 33.5, 1e-4);
}

TEST(EditionSet, WithoutAnEditionForTheCategoryOnlyTheSourcesNamedAreRead) {
  EditionSet set;
  set.choose(21, DataSource{20, 1}, edition("0.23"));
  BlockBuilder block(21);
  const std::array records{report("0.23", 1), report("0.23", 9)};
  for (const RecordBuilder& record : records) ASSERT_TRUE(block.add(record).ok());
  const auto summary = decode_datagram(
      block.octets(), set, [](const RecordView&) {},
      [](const DecodeFault& fault) { EXPECT_EQ(fault.code, base::FaultCode::unknown_edition); });
  EXPECT_EQ(summary.records, 1U);
  EXPECT_EQ(summary.faults, 1U);
}

}  // namespace
}  // namespace marsad::wire::asterix
