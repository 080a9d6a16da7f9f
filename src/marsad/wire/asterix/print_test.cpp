#include "marsad/wire/asterix/print.hpp"

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "marsad/base/random.hpp"
#include "marsad/wire/asterix/bits.hpp"
#include "marsad/wire/asterix/builder.hpp"
#include "marsad/wire/asterix/decimal_text.hpp"
#include "marsad/wire/asterix/decode.hpp"
#include "marsad/wire/asterix/fields/cat048.hpp"
#include "marsad/wire/asterix/print_twin.hpp"
#include "marsad/wire/asterix/random_record.hpp"

namespace marsad::wire::asterix {
namespace {

/// The register's number and the lowest octet of its bits; nothing of register 0,0.
void append_number_of_register(std::string& out, std::uint8_t bds, std::uint64_t bits) {
  if (bds != 0) out += "{\"bds\":" + std::to_string(bds) + ",\"low\":" + std::to_string(bits & 0xFFU) + "}";
}

/// The only record of a block of `builder`, printed.
template <class Print>
void print(const RecordBuilder& builder, Print&& print) {
  EditionSet set;
  set.choose(builder.edition().category(), builder.edition());
  BlockBuilder block(builder.edition().category());
  ASSERT_TRUE(block.add(builder).ok());
  DatagramReader reader(block.octets(), set);
  ASSERT_EQ(reader.next(), DatagramReader::Step::record);
  print(reader.record());
}

TEST(Print, PutsWhatARegisterSaysBesideItsOctets) {
  RecordBuilder builder(*latest_edition(48));
  builder.set_raw(cat048::I250_MBDATA, 0x0102, 0);
  builder.set_raw(cat048::I250_BDS1, 4, 0);
  builder.set_raw(cat048::I250_BDS2, 0xF, 0);
  builder.set_raw(cat048::I250_MBDATA, 0x03, 1);
  print(builder, [](const RecordView& record) {
    const std::string text = record_to_json(record, {.append_register = append_number_of_register});
    EXPECT_NE(text.find(R"([{"MBDATA":"00000000000102","BDS1":4,"BDS2":15,"register":{"bds":79,"low":2}},)"
                        R"({"MBDATA":"00000000000003","BDS1":0,"BDS2":0}])"),
              std::string::npos)
        << text;
    std::string row;
    append_csv(row, record, {.append_register = append_number_of_register});
    EXPECT_NE(row.find(R"(""register"":{""bds"":79,""low"":2}})"), std::string::npos) << row;
  });
}

TEST(Print, PutsWhatAnAdvisorySaysBehindTheItems) {
  RecordBuilder builder(*latest_edition(48));
  builder.set_raw(cat048::I260_VALUE, 0x30'C200'0884'42DB, 0);
  print(builder, [](const RecordView& record) {
    const std::string text = record_to_json(record, {.append_register = append_number_of_register});
    EXPECT_NE(text.find(R"("items":{"I048/260":"30c200088442db"},"advisory":{"bds":48,"low":219}})"), std::string::npos)
        << text;
    EXPECT_EQ(record_to_json(record, {}).find("advisory"), std::string::npos);
  });
}

using Characters = std::array<char, decimal::kMostCharacters>;

std::string scaled(std::uint64_t magnitude, bool is_negative, const schema::Content& content) {
  Characters text;
  return {text.data(), decimal::write_scaled(text.data(), magnitude, is_negative, content)};
}

/// The slow way: as the value is defined, by std::to_chars, whole numbers below 10^15 as integers.
std::string scaled_slowly(std::uint64_t magnitude, bool is_negative, const schema::Content& content) {
  const double value =
      (is_negative ? -1.0 : 1.0) * static_cast<double>(magnitude) * content.numerator / content.denominator;
  Characters text;
  char* const end = text.data() + text.size();
  const bool whole = std::abs(value) < 1e15 && value == std::trunc(value);
  return {text.data(), whole ? std::to_chars(text.data(), end, static_cast<std::int64_t>(value)).ptr
                             : std::to_chars(text.data(), end, value).ptr};
}

TEST(Decimal, EveryContentIsPrintedWithTheFewestDigitsThatReadBack) {
  base::Random random(7);
  std::size_t by_integers = 0;
  for (const schema::Content& content : schema::contents) {
    if (content.meaning != schema::Meaning::unsigned_number && content.meaning != schema::Meaning::signed_number)
      continue;
    SCOPED_TRACE(std::to_string(content.numerator) + "/" + std::to_string(content.denominator));
    by_integers += content.decimal.width > 0 ? 1 : 0;
    for (std::size_t width = 1; width <= 32; ++width)
      for (int i = 0; i < 150; ++i) {
        const std::uint64_t magnitude = i == 0   ? low_mask(width)
                                        : i == 1 ? 1ULL << (width - 1)
                                                 : random.bits() & low_mask(width);
        const bool is_negative = magnitude != 0 && random.bits() % 2 == 0;
        ASSERT_EQ(scaled(magnitude, is_negative, content), scaled_slowly(magnitude, is_negative, content)) << magnitude;
      }
    for (std::uint64_t magnitude = 0; magnitude < 5000; ++magnitude)
      ASSERT_EQ(scaled(magnitude, false, content), scaled_slowly(magnitude, false, content)) << magnitude;
  }
  EXPECT_GT(by_integers, 80U);
}

TEST(Decimal, IntegersOfEveryLengthAreTheirDigits) {
  base::Random random(8);
  for (unsigned bits = 0; bits < 64; ++bits)
    for (int i = 0; i < 200; ++i) {
      const std::uint64_t number = i == 0 ? low_mask(bits + 1) : random.bits() >> bits;
      Characters text;
      EXPECT_EQ(std::string(text.data(), decimal::write_integer(text.data(), number)), std::to_string(number));
      const auto with_sign = std::bit_cast<std::int64_t>(number);
      EXPECT_EQ(std::string(text.data(), decimal::write_integer(text.data(), with_sign)), std::to_string(with_sign));
    }
  for (std::uint64_t power = 1; power < 10'000'000'000'000'000'000U; power *= 10)
    for (const std::uint64_t number : {power - 1, power, power + 1}) {
      Characters text;
      EXPECT_EQ(std::string(text.data(), decimal::write_integer(text.data(), number)), std::to_string(number));
    }
}

TEST(Decimal, SecondsReadBackAsTheSameDouble) {
  base::Random random(9);
  const auto text_of = [](double seconds) {
    Characters text;
    return std::string(text.data(), decimal::write_seconds(text.data(), seconds));
  };
  for (int i = 0; i < 20'000; ++i) {
    const double second = static_cast<double>(random.bits() % (1ULL << 33U));
    for (const double seconds : {second + static_cast<double>(random.bits() % 1'000'000) / 1e6,
                                 second + random.uniform(), random.uniform(), -second - 0.5}) {
      Characters text;
      const std::string shortest(text.data(), decimal::write_shortest(text.data(), seconds));
      ASSERT_EQ(text_of(seconds), shortest);
      ASSERT_EQ(std::stod(shortest), seconds);
    }
  }
  EXPECT_EQ(text_of(1'700'000'000.0), "1700000000");
  EXPECT_EQ(text_of(0.000'001), "1e-06");
}

void expect_as_twin(const RecordView& record) {
  for (const bool raw : {false, true}) {
    std::string items;
    append_items_json(items, record, raw);
    ASSERT_EQ(items, twin::items_json(record, raw));
    std::string row, quoted;
    append_csv(row, record, {.raw = raw});
    for (const char character : items) quoted += character == '"' ? "\"\"" : std::string(1, character);
    ASSERT_TRUE(row.ends_with(",\"" + quoted + "\"\n")) << row;
  }
}

TEST(Print, GivesWhatItsSlowTwinGivesForRecordsOfEveryEdition) {
  base::Random random(10);
  std::size_t records = 0;
  for (const int category : described_categories())
    for (const Edition& edition : editions_of(category)) {
      SCOPED_TRACE("category " + std::to_string(category) + " edition " + std::string(edition.name()));
      EditionSet set;
      set.choose(category, edition);
      RandomRecord maker(edition);
      for (int i = 0; i < 60; ++i) {
        std::vector<std::byte> block(3, static_cast<std::byte>(category));
        maker.append_to(block, random);
        if (i % 2 == 0)
          block[3 + random.bits() % (block.size() - 3)] ^= static_cast<std::byte>(1U << random.bits() % 8);
        block[1] = static_cast<std::byte>(block.size() >> 8);
        block[2] = static_cast<std::byte>(block.size() & 0xFFU);
        DatagramReader reader(block, set);
        for (; reader.next() == DatagramReader::Step::record; ++records) expect_as_twin(reader.record());
        if (HasFailure()) return;
      }
    }
  EXPECT_GT(records, 3000U);
}

TEST(Print, WritesRecordsLongerThanItsBuffer) {
  RecordBuilder builder(*latest_edition(48));
  for (std::size_t i = 0; i < 250; ++i) builder.set_raw(cat048::I250_MBDATA, 0x1234'5678U + i, i);
  print(builder, [](const RecordView& record) {
    std::string items;
    append_items_json(items, record);
    EXPECT_EQ(items, twin::items_json(record, false));
    EXPECT_GT(items.size(), 8192U);
  });
}

}  // namespace
}  // namespace marsad::wire::asterix
