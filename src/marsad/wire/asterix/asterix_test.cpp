#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "marsad/base/random.hpp"
#include "marsad/wire/asterix/bits.hpp"
#include "marsad/wire/asterix/builder.hpp"
#include "marsad/wire/asterix/decode.hpp"
#include "marsad/wire/asterix/fields/cat001.hpp"
#include "marsad/wire/asterix/fields/cat021.hpp"
#include "marsad/wire/asterix/fields/cat048.hpp"
#include "marsad/wire/asterix/fields/cat062.hpp"
#include "marsad/wire/asterix/print.hpp"

namespace marsad::wire::asterix {
namespace {

using Octets = std::vector<std::byte>;

Octets octets_of(std::initializer_list<unsigned> values) {
  Octets octets;
  for (const unsigned value : values) octets.push_back(static_cast<std::byte>(value));
  return octets;
}

std::vector<DecodeFault> faults_of(const Octets& datagram, const EditionSet& set = EditionSet::defaults()) {
  std::vector<DecodeFault> faults;
  decode_datagram(
      datagram, set, [](const RecordView&) {}, [&](const DecodeFault& fault) { faults.push_back(fault); });
  return faults;
}

Octets block_of(const RecordBuilder& record) {
  BlockBuilder block(record.edition().category());
  EXPECT_TRUE(block.add(record).ok());
  return {block.octets().begin(), block.octets().end()};
}

/// Decodes the only record of a block in the builder's edition and hands it to `look`.
template <class Look>
void with_record(const RecordBuilder& builder, Look&& look) {
  EditionSet set;
  set.choose(builder.edition().category(), builder.edition());
  const Octets block = block_of(builder);
  DatagramReader reader(block, set);
  ASSERT_EQ(reader.next(), DatagramReader::Step::record);
  look(reader.record());
  EXPECT_EQ(reader.next(), DatagramReader::Step::end);
}

TEST(Bits, ReadBackWhatWasWrittenAtEveryPlaceAndWidth) {
  base::Random random(1);
  for (std::size_t bit = 0; bit < 16; ++bit)
    for (std::size_t width = 1; width <= 64; ++width) {
      Octets octets(11, std::byte{0xA5});
      const Octets before = octets;
      const std::uint64_t value = random.bits() & low_mask(width);
      write_bits(octets, bit, width, value);
      ASSERT_EQ(read_bits(octets, bit, width), value) << bit << " " << width;
      write_bits(octets, bit, width, read_bits(before, bit, width));
      ASSERT_EQ(octets, before) << "bits beside the field changed";
    }
}

TEST(Bits, SignsAreExtendedFromTheHighestBit) {
  EXPECT_EQ(sign_extend(0x3FFB, 14), -5);
  EXPECT_EQ(sign_extend(0x1FFF, 14), 0x1FFF);
  EXPECT_EQ(sign_extend(1, 1), -1);
  EXPECT_EQ(sign_extend(~std::uint64_t{0}, 64), -1);
}

TEST(Editions, AllCategoriesAreDescribedAndEveryEditionIsFoundByItsName) {
  const std::set<int> described(described_categories().begin(), described_categories().end());
  for (const int category : {1, 2, 10, 19, 20, 21, 34, 48, 62, 63, 65}) EXPECT_TRUE(described.contains(category));
  std::size_t editions = 0;
  for (const int category : described)
    for (const Edition& edition : editions_of(category)) {
      ++editions;
      EXPECT_EQ(find_edition(category, edition.name()), &edition);
    }
  EXPECT_EQ(editions, 68U);
  EXPECT_EQ(find_edition(48, "9.99"), nullptr);
  EXPECT_EQ(find_edition(3, "1.0"), nullptr);
  EXPECT_EQ(latest_edition(255), nullptr);
}

TEST(Editions, OlderOnesAreReadByTheNearestDescribedOne) {
  ASSERT_NE(find_edition(48, "1.15"), nullptr);
  EXPECT_EQ(find_edition(48, "1.15")->name(), "1.27");
  EXPECT_EQ(find_edition(62, "1.12")->name(), "1.16");
}

TEST(Editions, NamesAndConstantsAgree) {
  EXPECT_EQ(find_item(48, "040"), cat048::I040);
  EXPECT_EQ(find_field(48, "040/RHO"), cat048::I040_RHO);
  EXPECT_EQ(find_field(62, "380/SAL/ALT"), cat062::I380_SAL_ALT);
  EXPECT_EQ(name_of(cat048::I250_BDS1), "250/BDS1");
  EXPECT_EQ(item_of(cat048::RE_ERR), cat048::RE);
  EXPECT_EQ(latest_edition(48)->unit_of(cat048::I040_RHO), "NM");
  EXPECT_EQ(latest_edition(48)->step_of(cat048::I040_RHO), 1.0 / 256);
}

TEST(Decode, ReportsWhereAndWhyABlockFailed) {
  const auto past_end = faults_of(octets_of({48, 0, 9, 0x80, 1}));
  ASSERT_EQ(past_end.size(), 1U);
  EXPECT_EQ(past_end[0].code, base::FaultCode::truncated);
  EXPECT_EQ(past_end[0].skipped_octets, 5U);
  const auto short_length = faults_of(octets_of({48, 0, 3, 0, 0, 0}));
  ASSERT_EQ(short_length.size(), 1U);
  EXPECT_EQ(short_length[0].code, base::FaultCode::bad_length);
  EXPECT_EQ(short_length[0].skipped_octets, 6U);
  const auto item = faults_of(octets_of({48, 0, 6, 0xC0, 1, 2}));
  ASSERT_EQ(item.size(), 1U);
  EXPECT_EQ(item[0].item, cat048::I140);
  EXPECT_EQ(item[0].offset, 6U);
  EXPECT_EQ(item[0].skipped_octets, 3U);
}

TEST(Decode, ReadsOnAfterADamagedBlockAndAnUnknownCategory) {
  const Octets datagram = octets_of({3, 0, 5, 1, 2, 48, 0, 5, 0xC0, 1, 48, 0, 6, 0x80, 7, 8});
  std::vector<DataSource> sources;
  const auto summary = decode_datagram(
      datagram, EditionSet::defaults(), [&](const RecordView& record) { sources.push_back(*record.source()); },
      [](const DecodeFault&) {});
  EXPECT_EQ(sources, (std::vector<DataSource>{{7, 8}}));
  EXPECT_EQ(summary.faults, 2U);
  EXPECT_EQ(summary.skipped_octets, 7U);
}

TEST(Decode, ATrailerAfterTheLastBlockIsOneCountedFault) {
  const auto faults = faults_of(octets_of({48, 0, 6, 0x80, 7, 8, 0, 0, 0, 0, 0}));
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].offset, 7U);
  EXPECT_EQ(faults[0].skipped_octets, 5U);
}

TEST(Decode, AnUndefinedSlotAndAnExpansionLengthOfZeroAreFaults) {
  EXPECT_EQ(faults_of(octets_of({65, 0, 7, 0x81, 0x80, 1, 2})).at(0).code, base::FaultCode::bad_value);
  EXPECT_EQ(faults_of(octets_of({65, 0, 8, 0x81, 0x04, 1, 2, 0})).at(0).code, base::FaultCode::bad_length);
  EXPECT_EQ(faults_of(octets_of({48, 0, 10, 0x01, 0x01, 0x01, 0x01, 0x80, 1, 2})).at(0).code,
            base::FaultCode::bad_value);
}

TEST(Decode, ARepetitionOfZeroIsPresentAndEmpty) {
  const Octets block = octets_of({48, 0, 8, 0x81, 0x20, 1, 2, 0});
  const EditionSet set = EditionSet::defaults();
  DatagramReader reader(block, set);
  ASSERT_EQ(reader.next(), DatagramReader::Step::record);
  EXPECT_TRUE(reader.record().has(cat048::I250));
  EXPECT_EQ(reader.record().count(cat048::I250_BDS1), 0U);
  EXPECT_EQ(reader.record().raw(cat048::I250_BDS1), std::nullopt);
}

TEST(Decode, ARecordWithoutItemsIsARecord) {
  const Octets block = octets_of({48, 0, 7, 0x00, 0x80, 1, 2});
  std::size_t records = 0;
  decode_datagram(
      block, EditionSet::defaults(), [&](const RecordView&) { ++records; }, [](const DecodeFault&) {});
  EXPECT_EQ(records, 2U);
}

TEST(Decode, TheDataSourceIsInheritedWithinABlockOnly) {
  std::vector<std::optional<DataSource>> sources;
  decode_datagram(
      octets_of({1, 0, 9, 0xC0, 8, 24, 0x20, 0x40, 0x20, 1, 0, 5, 0x40, 0x20}), EditionSet::defaults(),
      [&](const RecordView& record) { sources.push_back(record.source()); }, [](const DecodeFault&) {});
  EXPECT_EQ(sources, (std::vector<std::optional<DataSource>>{DataSource{8, 24}, DataSource{8, 24}, std::nullopt}));
}

TEST(RecordView, FieldsOfOtherCategoriesAndEditionsAreAbsent) {
  RecordBuilder builder(*find_edition(48, "1.27"));
  ASSERT_TRUE(builder.set_raw(cat048::I010_SAC, 1));
  EXPECT_FALSE(builder.set_raw(cat048::I020_ADSB_EP, 1)) << "not in edition 1.27";
  with_record(builder, [](const RecordView& record) {
    EXPECT_FALSE(record.has(cat062::I010));
    EXPECT_EQ(record.raw(cat062::I010_SAC), std::nullopt);
    EXPECT_EQ(record.raw(cat048::I020_ADSB_EP), std::nullopt);
    EXPECT_EQ(record.raw(cat048::I010_SIC), 0U);
    EXPECT_EQ(record.value(Field{48, 60000}), std::nullopt);
  });
}

TEST(RecordView, ExtentsThatWereNotSentAreAbsent) {
  RecordBuilder builder(*latest_edition(48));
  ASSERT_TRUE(builder.set_raw(cat048::I020_TYP, 5));
  with_record(builder, [](const RecordView& record) {
    EXPECT_TRUE(record.has(cat048::I020_RAB));
    EXPECT_FALSE(record.has(cat048::I020_TST));
    EXPECT_EQ(record.octets(cat048::I020).size(), 1U);
  });
}

TEST(RecordView, TextsKeepDamagedCharactersVisible) {
  RecordBuilder builder(*latest_edition(48));
  ASSERT_TRUE(builder.set_raw(cat048::I240_VALUE, 0x48F500C75820));
  with_record(builder, [](const RecordView& record) { EXPECT_EQ(record.text(cat048::I240_VALUE)->view(), "ROT@15"); });
  ASSERT_TRUE(builder.set_text(cat048::I240_VALUE, "AB1"));
  with_record(builder, [](const RecordView& record) { EXPECT_EQ(record.text(cat048::I240_VALUE)->view(), "AB1"); });
  EXPECT_FALSE(builder.set_text(cat048::I240_VALUE, "TOO LONG!"));
  EXPECT_FALSE(builder.set_text(cat048::I240_VALUE, "lower"));
}

TEST(RecordBuilder, RoundsToTheNearestStepAndSaturates) {
  RecordBuilder builder(*latest_edition(48));
  ASSERT_TRUE(builder.set(cat048::I040_RHO, 52.501));
  ASSERT_TRUE(builder.set(cat048::I040_THETA, -1));
  ASSERT_TRUE(builder.set(cat048::I090_FL, -1e9));
  ASSERT_TRUE(builder.set(cat048::I200_GSP, 1e9));
  EXPECT_FALSE(builder.set(cat048::I200_HDG, std::nan("")));
  with_record(builder, [](const RecordView& record) {
    EXPECT_EQ(record.value(cat048::I040_RHO), 52.5);
    EXPECT_EQ(record.value(cat048::I040_THETA), 0);
    EXPECT_EQ(record.value(cat048::I090_FL), -2048);
    EXPECT_EQ(record.raw(cat048::I200_GSP), 0xFFFFU);
  });
}

TEST(RecordBuilder, OctalCodesAreTexts) {
  RecordBuilder builder(*latest_edition(48));
  ASSERT_TRUE(builder.set_text(cat048::I070_MODE3A, "0021"));
  EXPECT_FALSE(builder.set_text(cat048::I070_MODE3A, "0081"));
  EXPECT_FALSE(builder.set_text(cat048::I070_MODE3A, "00211"));
  with_record(builder, [](const RecordView& record) {
    EXPECT_EQ(record.text(cat048::I070_MODE3A)->view(), "0021");
    EXPECT_EQ(record.raw(cat048::I070_MODE3A), 021U);
  });
}

TEST(RecordBuilder, RefusesItemsOfTheOtherProfile) {
  RecordBuilder builder(*latest_edition(1));
  ASSERT_TRUE(builder.set_raw(cat001::I020_TYP, 0));
  ASSERT_TRUE(builder.set_raw(cat001::I161_VALUE, 7));
  Octets out = octets_of({1, 2, 3});
  EXPECT_EQ(builder.append_to(out).error().code, base::FaultCode::bad_value);
  EXPECT_EQ(out.size(), 3U);
  ASSERT_TRUE(builder.set_raw(cat001::I020_TYP, 1));
  EXPECT_TRUE(builder.append_to(out).ok());
}

TEST(RecordBuilder, TakesWholeItemsOnlyInTheirShape) {
  RecordBuilder builder(*latest_edition(48));
  EXPECT_TRUE(builder.set_octets(cat048::SP, octets_of({3, 1, 2})));
  EXPECT_FALSE(builder.set_octets(cat048::SP, octets_of({4, 1, 2})));
  EXPECT_FALSE(builder.set_octets(cat048::I140, octets_of({1, 2})));
  with_record(builder, [](const RecordView& record) {
    EXPECT_EQ(record.octets(cat048::SP).size(), 3U);
    EXPECT_EQ(record_to_json(record).substr(record_to_json(record).find("items")), R"(items":{"I048/SP":"0102"}})");
  });
}

TEST(RecordBuilder, ForgetsEverythingOnClear) {
  RecordBuilder builder(*latest_edition(62));
  ASSERT_TRUE(builder.set(cat062::I380_SAL_ALT, 1000));
  ASSERT_TRUE(builder.set_octets(cat062::SP, octets_of({1})));
  builder.clear();
  EXPECT_TRUE(builder.empty());
  Octets out;
  EXPECT_FALSE(builder.append_to(out).ok());
}

TEST(BlockBuilder, KeepsToItsLimitAndStaysAsItWas) {
  RecordBuilder builder(*latest_edition(48));
  ASSERT_TRUE(builder.set_raw(cat048::I010_SAC, 9));
  BlockBuilder block(48);
  block.limit_to(7);
  EXPECT_TRUE(block.add(builder).ok());
  EXPECT_EQ(block.add(builder).error().code, base::FaultCode::too_large);
  EXPECT_EQ(block.octets().size(), 6U);
  EXPECT_EQ(block.records(), 1U);
  block.clear();
  EXPECT_TRUE(block.octets().empty());
  EXPECT_FALSE(BlockBuilder(62).add(builder).ok());
}

TEST(Print, IsValidJsonWhateverTheTextHolds) {
  RecordBuilder builder(*latest_edition(62));
  const Octets callsign = octets_of({'A', '"', '\\', 0x01, 0xFF, '\n', '~'});
  ASSERT_TRUE(builder.set_octets(cat062::I390_CS, callsign));
  with_record(builder, [](const RecordView& record) {
    EXPECT_NE(record_to_json(record).find(R"("A\"\\\u0001\u00ff\u000a~")"), std::string::npos)
        << record_to_json(record);
  });
}

TEST(Print, GivesRawIntegersOnRequestAndTheTimeOfReceipt) {
  RecordBuilder builder(*latest_edition(48));
  ASSERT_TRUE(builder.set(cat048::I040_RHO, 1));
  ASSERT_TRUE(builder.set_text(cat048::I070_MODE3A, "7000"));
  with_record(builder, [](const RecordView& record) {
    EXPECT_EQ(record_to_json(record, {.raw = true, .receipt_time = 1.5, .base_offset = 100}),
              R"({"cat":48,"edition":"1.32","t":1.5,"offset":103,"raw":true,"items":{"I048/040":{"RHO":256,"THETA":0},)"
              R"("I048/070":{"V":0,"G":0,"L":0,"MODE3A":3584}}})");
    std::string row;
    append_csv(row, record);
    EXPECT_EQ(row,
              "48,1.32,,3,,,\"{\"\"I048/040\"\":{\"\"RHO\"\":1,\"\"THETA\"\":0},\"\"I048/070\"\":{\"\"V\"\":0,"
              "\"\"G\"\":0,\"\"L\"\":0,\"\"MODE3A\"\":\"\"7000\"\"}}\"\n");
  });
}

TEST(Print, SchemaTellsUnitsAndSteps) {
  std::string schema;
  append_schema_json(schema, *latest_edition(48));
  EXPECT_NE(schema.find(R"({"name":"040/RHO","bits":16,"meaning":"unsigned number","step":0.00390625,"unit":"NM"})"),
            std::string::npos);
}

}  // namespace
}  // namespace marsad::wire::asterix
