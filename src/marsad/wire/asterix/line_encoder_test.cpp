// What the decoder prints, the encoder writes back: laws for every edition, and the answers to wrong lines.

#include "marsad/wire/asterix/line_encoder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "marsad/base/random.hpp"
#include "marsad/wire/asterix/bits.hpp"
#include "marsad/wire/asterix/canonical.hpp"
#include "marsad/wire/asterix/decode.hpp"
#include "marsad/wire/asterix/print.hpp"
#include "marsad/wire/asterix/random_record.hpp"

namespace marsad::wire::asterix {
namespace {

using Octets = std::vector<std::byte>;

std::vector<const Edition*> all_editions() {
  std::vector<const Edition*> all;
  for (const int category : described_categories())
    for (const Edition& edition : editions_of(category)) all.push_back(&edition);
  return all;
}

std::string hexadecimal(std::span<const std::byte> octets) {
  std::string text;
  for (const std::byte octet : octets)
    for (const unsigned digit : {std::to_integer<unsigned>(octet) >> 4, std::to_integer<unsigned>(octet) & 15U})
      text += "0123456789abcdef"[digit];
  return text;
}

/// The octets that a line gives, in hexadecimal digits; or the message of its fault.
std::string encoded(std::string_view line, bool raw = false) {
  LineEncoder encoder(EditionSet::defaults(), raw);
  const auto record = encoder.encode(line);
  return record.ok() ? hexadecimal(record->octets) : message_of(record.error());
}

Octets with_header(int category, std::span<const std::byte> record) {
  const std::size_t size = record.size() + 3;
  Octets block{static_cast<std::byte>(category), static_cast<std::byte>(size >> 8), static_cast<std::byte>(size)};
  block.insert(block.end(), record.begin(), record.end());
  return block;
}

/// Do the items alone give these octets?
bool items_suffice(const RecordView& record) {
  std::string items;
  append_items_json(items, record);
  base::JsonReader reader(items);
  ItemEncoder encoder(record.edition());
  EncodeFault fault;
  EXPECT_TRUE(encoder.read(reader, false, fault)) << items << "\n" << message_of(fault);
  Octets octets;
  return encoder.append_to(octets, fault) && std::ranges::equal(octets, record.octets());
}

/// Every record of the block is written back from its line, scaled and raw, and the flag tells if its items suffice.
/// Returns how many records there were.
std::size_t expect_exact(LineEncoder& encoder, const Edition& edition, const Octets& block) {
  EditionSet set;
  set.choose(edition.category(), edition);
  std::size_t records = 0;
  decode_datagram(
      block, set,
      [&](const RecordView& record) {
        ++records;
        EXPECT_EQ(items_suffice(record), is_canonical(record)) << record_to_json(record);
        for (const bool raw : {false, true}) {
          const std::string line = record_to_json(record, {.raw = raw, .receipt_time = 1.5, .base_offset = 7});
          const auto again = encoder.encode(line);
          ASSERT_TRUE(again.ok()) << line << "\n" << message_of(again.error());
          EXPECT_EQ(hexadecimal(again->octets), hexadecimal(record.octets())) << line;
          EXPECT_EQ(&again->edition->tables(), &edition.tables());
          EXPECT_EQ(again->receipt_time, 1.5);
          EXPECT_EQ(again->offset, 7 + record.offset());
          EXPECT_EQ(again->origin, is_canonical(record) ? Origin::items : Origin::octets);
        }
      },
      [](const DecodeFault&) {});
  return records;
}

TEST(LineEncoder, WritesRandomRecordsOfEveryEditionBackAsTheyWere) {
  LineEncoder encoder(EditionSet::defaults());
  base::Random random(31);
  for (const Edition* edition : all_editions()) {
    SCOPED_TRACE("category " + std::to_string(edition->category()) + " edition " + std::string(edition->name()));
    RandomRecord records(*edition);
    for (int i = 0; i < 40; ++i) {
      Octets record;
      records.append_to(record, random);
      EXPECT_EQ(expect_exact(encoder, *edition, with_header(edition->category(), record)), 1U);
    }
  }
}

TEST(LineEncoder, WritesUncanonicalAndDamagedRecordsBackAsTheyWere) {
  LineEncoder encoder(EditionSet::defaults());
  base::Random random(32);
  std::size_t tried = 0, decoded = 0;
  for (const Edition* edition : all_editions()) {
    SCOPED_TRACE("category " + std::to_string(edition->category()) + " edition " + std::string(edition->name()));
    RandomRecord records(*edition);
    for (int i = 0; i < 100; ++i) {
      Octets record;
      records.append_to(record, random);
      for (std::uint64_t flips = 1 + random.bits() % 4; flips-- > 0;)
        record[random.bits() % record.size()] ^= static_cast<std::byte>(1U << random.bits() % 8);
      decoded += expect_exact(encoder, *edition, with_header(edition->category(), record));
      ++tried;
    }
  }
  EXPECT_GT(decoded, tried / 4);
}

TEST(LineEncoder, WritesWhatPeopleWriteByHand) {
  EXPECT_EQ(encoded(R"({"cat":48,"items":{"I048/010":{"SAC":25,"SIC":201}}})"), "8019c9");
  EXPECT_EQ(encoded(R"( {"items": {"I048/140": 1.5e0, "I048/010": {"SIC": 201.0, "SAC": 25}}, "cat": 48} )"),
            "c019c90000c0");
  EXPECT_EQ(encoded(R"({"cat":48,"note":[1,{"a":null}],"items":{"I048/010":{"SAC":1},"I048/140":null}})"), "800100");
  EXPECT_EQ(encoded(R"({"cat":48,"items":{"I048/040":{"RHO":1,"THETA":180}}})"), "1001008000");
  EXPECT_EQ(encoded(R"({"cat":48,"raw":true,"items":{"I048/040":{"RHO":1,"THETA":180}}})"), "10000100b4");
  EXPECT_EQ(encoded(R"({"cat":48,"items":{"I048/040":{"RHO":1,"THETA":180}},"raw":true})"), "10000100b4");
  EXPECT_EQ(encoded(R"({"cat":48,"items":{"I048/040":{"RHO":1,"THETA":180}}})", true), "10000100b4");
  EXPECT_EQ(encoded(R"({"cat":48,"items":{"I048\/070":{"MODE3\u0041":"7000"}}})"), "080e00");
  EXPECT_EQ(encoded(R"({"cat":48,"items":{"I048/240":"AB1"}})"), "0140042c60820820");
}

TEST(LineEncoder, WritesEmptyCompoundsAndEmptyRepetitions) {
  EXPECT_EQ(encoded(R"({"cat":62,"items":{"I062/290":{}}})"), "010200");
  EXPECT_EQ(encoded(R"({"cat":48,"items":{"I048/250":[]}})"), "012000");
}

TEST(LineEncoder, TakesTheDigitsOfARegisterAndPassesOverItsExplanation) {
  EXPECT_EQ(
      encoded(R"({"cat":48,"items":{"I048/250":[{"MBDATA":"00112233445566","BDS1":4,"BDS2":0,"register":{"a":1}}]}})"),
      "0120010011223344556640");
}

TEST(LineEncoder, TakesSubItemsAndSelectorsInAnyOrder) {
  const auto same = [](std::string_view a, std::string_view b) {
    EXPECT_EQ(encoded(a), encoded(b));
    EXPECT_EQ(encoded(a).find(' '), std::string::npos) << encoded(a);
  };
  same(R"({"cat":21,"items":{"I021/150":{"IM":1,"AS":0.84}}})",
       R"({"cat":21,"items":{"I021/150":{"AS":0.84,"IM":1}}})");
  same(R"({"cat":62,"items":{"I062/380":{"ADR":1,"TAR":{"TI":1},"IAS":{"IM":1,"IAS":0.5}}}})",
       R"({"cat":62,"items":{"I062/380":{"IAS":{"IAS":0.5,"IM":1},"TAR":{"TI":1},"ADR":1}}})");
  same(R"({"cat":1,"items":{"I001/020":{"TYP":1},"I001/161":7}})",
       R"({"cat":1,"items":{"I001/161":7,"I001/020":{"TYP":1}}})");
}

TEST(LineEncoder, AnswersWrongLinesWithPlaceAndRemedy) {
  const auto expect = [](std::string_view line, std::string_view wanted) {
    EXPECT_NE(encoded(line).find(wanted), std::string::npos) << line << "\n" << encoded(line);
  };
  expect(R"({"cat":48,"items":{"I048/041":1}})", R"(no item "I048/041"; the nearest that it has is "I048/040")");
  expect(R"({"cat":48,"items":{"I048/040":{"RH0":1}}})", R"(I048/040 has no "RH0")");
  expect(R"({"cat":48,"items":{"I048/040":{"RHO":256}}})", "I048/040/RHO: a number from 0 to 255.99609375 NM");
  expect(R"({"cat":48,"items":{"I048/040":{"RHO":-0.01}}})", "I048/040/RHO");
  expect(R"({"cat":48,"items":{"I048/040":{"RHO":1e300}}})", "I048/040/RHO");
  expect(R"({"cat":48,"items":{"I048/040":{"RHO":"1"}}})", "I048/040/RHO: a number");
  expect(R"({"cat":48,"items":{"I048/040":7}})", "I048/040: an object is wanted");
  expect(R"({"cat":48,"items":{"I048/040":{"RHO":{"A":1}}}})", "I048/040/RHO: a number");
  expect(R"({"cat":48,"items":{"I048/010":{"SAC":1.5}}})", "a whole number from 0 to 255");
  expect(R"({"cat":48,"items":{"I048/010":{"SAC":256}}})", "a whole number from 0 to 255");
  expect(R"({"cat":48,"items":{"I048/070":{"MODE3A":"7800"}}})", "4 octal digits");
  expect(R"({"cat":48,"items":{"I048/240":"abc"}})", "capital letters");
  expect(R"({"cat":48,"items":{"I048/240":"ABCDEFGHI"}})", "at most 8");
  expect(R"({"cat":48,"items":{"I048/250":[{"MBDATA":"123"}]}})", "14 hexadecimal digits");
  expect(R"({"cat":48,"items":{"I048/030":[]}})", "an array of 1 to 255");
  expect(R"({"cat":48,"items":{"I048/SP":"0"}})", "hexadecimal digits");
  expect(R"({"cat":48,"items":{"I048/RE":{"ERR":1,"ERR":2}}})", R"("ERR" is there twice)");
  expect(R"({"cat":48,"items":{}})", "at least one");
  expect(R"({"cat":48,"items":[]})", "an object is wanted");
  expect(R"({"cat":48})", R"("items" is missing)");
  expect(R"({"items":{}})", R"("cat" is missing)");
  expect(R"({"cat":3,"items":{}})", "no edition of this category");
  expect(R"({"cat":48,"edition":"9.9","items":{}})", "1.32");
  expect(R"({"cat":"48","items":{}})", R"("cat" has a value of another kind)");
  expect(R"({"cat":48,"cat":48,"items":{}})", R"("cat" is there twice)");
  expect(R"({"cat":1,"items":{"I001/161":7}})", "I001/020/TYP");
  expect("", "not JSON");
  expect("x", "not JSON");
  expect(R"({"cat":48,"items":{"I048/010":{"SAC":25,"SIC":201})", "not JSON");
  expect(R"({"cat":48,"items":{"I048/010":{"SAC":1}}} x)", "more text after the object");
  expect(R"({"cat":48,"items":{"I048/010":{"SAC":1}},"octets":"8g"})", R"("octets")");
}

TEST(LineEncoder, NeverWritesARecordThatNoBlockCanHold) {
  // Category 240: 255 video blocks of 256 octets, and special purpose octets on top; as items, and as octets.
  std::string blocks, octets = "0016ff";
  for (int i = 0; i < 255; ++i) blocks += (i == 0 ? "\"" : ",\"") + std::string(512, '0') + "\"";
  octets += std::string(std::size_t{255} * 512, '0') + "ff" + std::string(508, '0');
  const std::string items =
      R"({"cat":240,"items":{"I240/052":[)" + blocks + R"(],"I240/SP":")" + std::string(508, '0') + R"("})";
  EXPECT_NE(encoded(items + "}").find("65,532"), std::string::npos);
  EXPECT_NE(encoded(items + R"(,"octets":")" + octets + R"("})").find("65,532"), std::string::npos);
}

TEST(LineEncoder, SaysAtWhichOctetOfTheLineTheFaultIs) {
  LineEncoder encoder(EditionSet::defaults());
  const std::string_view line = R"({"cat":48,"items":{"I048/040":{"RHO":256}}})";
  const auto result = encoder.encode(line);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(line.substr(result.error().column, 3), "256");
}

TEST(LineEncoder, LetsChangedItemsWinOverTheOctetsAndKeepsTheOthersAsTheyWere) {
  // I048/070 with its spare bit set, and I048/010.
  const std::string items =
      R"({"cat":48,"items":{"I048/010":{"SAC":25,"SIC":201},"I048/070":{"V":0,"G":0,"L":0,"MODE3A":)";
  const std::string octets = R"(,"octets":"8819c91e00"})";
  LineEncoder encoder(EditionSet::defaults());
  const auto unchanged = encoder.encode(items + R"("7000"}})" + octets);
  ASSERT_TRUE(unchanged.ok());
  EXPECT_EQ(unchanged->origin, Origin::octets);
  EXPECT_EQ(hexadecimal(unchanged->octets), "8819c91e00");
  const auto reformatted = encoder.encode(
      R"({"octets":"8819C91E00","items":{"I048/070":{"MODE3A":"7000"}, "I048/010":{"SIC":201,"SAC":25.0}},"cat":48})");
  ASSERT_TRUE(reformatted.ok());
  EXPECT_EQ(reformatted->origin, Origin::octets);
  const auto changed = encoder.encode(items + R"("7001"}})" + octets);
  ASSERT_TRUE(changed.ok());
  EXPECT_EQ(changed->origin, Origin::edited);
  EXPECT_EQ(hexadecimal(changed->octets), "8819c90e01");
  const auto other = encoder.encode(
      R"({"cat":48,"items":{"I048/010":{"SAC":25,"SIC":202},"I048/070":{"MODE3A":"7000"}},"octets":"8819c91e00"})");
  ASSERT_TRUE(other.ok());
  EXPECT_EQ(other->origin, Origin::edited);
  EXPECT_EQ(hexadecimal(other->octets), "8819ca1e00");
  const auto without = encoder.encode(R"({"cat":48,"items":{"I048/070":{"MODE3A":"7000"}},"octets":"8819c91e00"})");
  ASSERT_TRUE(without.ok());
  EXPECT_EQ(hexadecimal(without->octets), "081e00");
}

}  // namespace
}  // namespace marsad::wire::asterix
