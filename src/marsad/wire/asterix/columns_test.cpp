#include "marsad/wire/asterix/columns.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "marsad/base/random.hpp"
#include "marsad/wire/asterix/builder.hpp"
#include "marsad/wire/asterix/decode.hpp"
#include "marsad/wire/asterix/fields/cat048.hpp"

namespace marsad::wire::asterix {
namespace {

using Octets = std::vector<std::byte>;
using schema::FieldSpec;

std::size_t root_of(const schema::EditionTables& tables, std::size_t node) {
  while (tables.nodes[node].parent != schema::kNone) node = tables.nodes[node].parent;
  return node;
}

/// A block of records of random fields in random editions of a category, each with the edition that it is in.
struct Sample {
  explicit Sample(int number) : category(number) {}

  void add_records(base::Random& random, std::size_t count) {
    const auto editions = editions_of(category);
    for (std::size_t i = 0; i < count; ++i) {
      const Edition& edition = editions[random.bits() % editions.size()];
      RecordBuilder builder(edition);
      fill(builder, random);
      BlockBuilder block(category);
      if (!block.add(builder).ok()) continue;
      blocks.emplace_back(&edition, Octets(block.octets().begin(), block.octets().end()));
    }
  }

  static void fill(RecordBuilder& builder, base::Random& random) {
    const schema::EditionTables& tables = builder.edition().tables();
    const auto number = static_cast<std::uint8_t>(builder.edition().category());
    const auto& profile = tables.profiles[random.bits() % tables.profiles.size()];
    if (tables.selector != schema::kNone) builder.set_raw(Field{number, tables.selector}, profile.selector_value);
    for (const FieldSpec& spec : tables.fields) {
      const std::uint8_t root = tables.nodes[root_of(tables, spec.node)].position;
      const bool fits = std::ranges::find(profile.slots, root) != profile.slots.end();
      if (!fits || spec.index == tables.selector || spec.width > 64 || random.bits() % 8 != 0) continue;
      for (std::size_t i = 0; i < 1 + random.bits() % 3; ++i)
        if (!builder.set_raw(Field{number, spec.index}, random.bits(), i)) break;
    }
  }

  /// Calls `look(record, row)` for each record.
  template <class Look>
  void each(Look&& look) const {
    std::size_t row = 0;
    for (const auto& [edition, octets] : blocks) {
      EditionSet set;
      set.choose(category, *edition);
      DatagramReader reader(octets, set);
      ASSERT_EQ(reader.next(), DatagramReader::Step::record);
      look(reader.record(), row++);
    }
  }

  int category;
  std::vector<std::pair<const Edition*, Octets>> blocks;
};

template <class Value>
Value element(const Column& column, std::size_t i) {
  Value value{};
  std::memcpy(&value, column.elements().data() + i * column.element_octets(), sizeof value);
  return value;
}

std::uint64_t integer(const Column& column, std::size_t i) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, column.elements().data() + i * column.element_octets(), column.element_octets());
  return bits;
}

/// The characters before the padding.
std::string characters(const Column& column, std::size_t i) {
  std::string text;
  for (std::size_t at = 0; at < column.element_octets(); at += sizeof(char32_t)) {
    char32_t character = 0;
    std::memcpy(&character, column.elements().data() + i * column.element_octets() + at, sizeof character);
    text += static_cast<char>(character);
  }
  while (!text.empty() && text.back() == '\0') text.pop_back();
  return text;
}

/// The element `i` of a column against what the record says of repetition `n`: the slow way.
void expect_element(const Column& column, std::size_t i, const RecordView& record, Field field, std::size_t n) {
  SCOPED_TRACE(column.name() + " " + std::string(record.edition().name()));
  switch (column.kind()) {
    case ColumnKind::number:
      ASSERT_EQ(element<double>(column, i), *record.value(field, n));
      break;
    case ColumnKind::text: {
      std::string expected(record.text(field, n)->view());
      while (!expected.empty() && expected.back() == '\0') expected.pop_back();
      ASSERT_EQ(characters(column, i), expected);
      break;
    }
    case ColumnKind::unsigned_integer:
      ASSERT_EQ(integer(column, i), *record.raw(field, n));
      break;
    case ColumnKind::signed_integer: {
      const auto shift = static_cast<unsigned>(64 - 8 * column.element_octets());
      ASSERT_EQ(static_cast<std::int64_t>(integer(column, i) << shift) >> shift, *record.raw_signed(field, n));
      break;
    }
    case ColumnKind::octets:
      FAIL() << "no field of 64 bits or less is octets";
  }
}

void expect_row(const Column& column, std::size_t row, const RecordView& record, Field field) {
  const bool described = record.edition().describes(field);
  const std::size_t count = record.count(field);
  if (!column.ragged()) {
    ASSERT_EQ(column.presence()[row] != 0, count > 0) << column.name();
    if (count > 0) return expect_element(column, row, record, field, 0);
    if (column.kind() == ColumnKind::number) {
      ASSERT_TRUE(std::isnan(element<double>(column, row)));
    }
    return;
  }
  const auto begin = static_cast<std::size_t>(column.offsets()[row]);
  const auto end = static_cast<std::size_t>(column.offsets()[row + 1]);
  ASSERT_EQ(end - begin, described ? count : 0) << column.name();
  for (std::size_t i = begin; i < end; ++i) expect_element(column, i, record, field, i - begin);
}

Column* find(ColumnTable& table, std::string_view name) {
  const auto found = std::ranges::find(table.columns(), name, &Column::name);
  return found == table.columns().end() ? nullptr : &*found;
}

void expect_same(const Sample& sample, bool raw) {
  ColumnTable table(sample.category, {.raw = raw});
  sample.each([&](const RecordView& record, std::size_t) { table.take(record, 0, std::nullopt); });
  table.finish();
  ASSERT_EQ(table.rows(), sample.blocks.size());
  std::size_t present = 0;
  for (const Column& column : table.columns()) {
    const auto field = find_field(sample.category, std::string_view(column.name()).substr(5));
    if (!field) continue;
    ASSERT_EQ(column.presence().size(), table.rows());
    sample.each([&](const RecordView& record, std::size_t row) { expect_row(column, row, record, *field); });
    present += column.present_rows();
  }
  std::size_t expected = 0;
  sample.each([&](const RecordView& record, std::size_t) {
    for (const FieldSpec& spec : record.edition().tables().fields)
      if (record.has(Field{static_cast<std::uint8_t>(sample.category), spec.index})) ++expected;
  });
  ASSERT_EQ(present, expected) << "fields that no column shows";
}

TEST(Columns, HoldWhatRecordViewsSayOfEveryFieldOfEveryCategory) {
  base::Random random(48);
  for (const int category : described_categories()) {
    Sample sample(category);
    sample.add_records(random, 60);
    SCOPED_TRACE(category);
    expect_same(sample, false);
    expect_same(sample, true);
    if (testing::Test::HasFatalFailure()) return;
  }
}

TEST(Columns, AreOnlyThoseThatWereSelected) {
  base::Random random(7);
  Sample sample(48);
  sample.add_records(random, 200);
  ColumnTable table(48);
  ASSERT_TRUE(table.select("I048/040"));
  ASSERT_TRUE(table.select("240"));
  ASSERT_TRUE(table.select("I048/070/MODE3A"));
  EXPECT_FALSE(table.select("I048/041"));
  EXPECT_FALSE(table.select("I021/040")) << "of another category";
  EXPECT_FALSE(table.select("I048/04"));
  sample.each([&](const RecordView& record, std::size_t) { table.take(record, 0, std::nullopt); });
  table.finish();
  std::vector<std::string> names;
  for (const Column& column : table.columns()) names.push_back(column.name());
  EXPECT_EQ(names, (std::vector<std::string>{"I048/040/RHO", "I048/040/THETA", "I048/070/MODE3A", "I048/240"}));
}

TEST(Columns, KnowWhereRecordsLayWhenTheyCameAndWhoSentThem) {
  RecordBuilder builder(*latest_edition(48));
  builder.set_raw(cat048::I010_SAC, 25);
  builder.set_raw(cat048::I010_SIC, 201);
  BlockBuilder block(48);
  ASSERT_TRUE(block.add(builder).ok());
  builder.clear();
  builder.set(cat048::I140_VALUE, 3600.0);
  ASSERT_TRUE(block.add(builder).ok());
  const EditionSet editions = EditionSet::defaults();
  DatagramReader reader(block.octets(), editions);
  ColumnTable table(48);
  ASSERT_EQ(reader.next(), DatagramReader::Step::record);
  table.take(reader.record(), 1000, units::UtcTime::seconds_since_epoch(5.0));
  ASSERT_EQ(reader.next(), DatagramReader::Step::record);
  table.take(reader.record(), 1000, std::nullopt);
  table.finish();
  EXPECT_EQ(table.record_offsets()[0], 1003U);
  EXPECT_EQ(table.record_offsets()[1], 1006U);
  EXPECT_EQ(table.receipts()[0], 5'000'000'000);
  EXPECT_EQ(table.receipts()[1], ColumnTable::kNoReceipt);
  EXPECT_EQ(table.sources()[0], 25U << 8U | 201U);
  EXPECT_EQ(table.sources()[1], 25U << 8U | 201U) << "inherited from the record before";
  EXPECT_EQ(find(table, "I048/140")->unit(), "s");
  EXPECT_EQ(element<double>(*find(table, "I048/140"), 1), 3600.0);
  EXPECT_EQ(find(table, "I048/010/SAC")->element_octets(), 1U);
}

TEST(Columns, KeepItemsWithoutDescriptionAsOctets) {
  RecordBuilder builder(*latest_edition(48));
  const Octets special{std::byte{3}, std::byte{0xAB}, std::byte{0xCD}};
  ASSERT_TRUE(builder.set_octets(*find_item(48, "SP"), special));
  BlockBuilder block(48);
  ASSERT_TRUE(block.add(builder).ok());
  const EditionSet editions = EditionSet::defaults();
  DatagramReader reader(block.octets(), editions);
  ASSERT_EQ(reader.next(), DatagramReader::Step::record);
  ColumnTable table(48);
  table.take(reader.record(), 0, std::nullopt);
  table.finish();
  const Column* column = find(table, "I048/SP");
  ASSERT_NE(column, nullptr);
  EXPECT_TRUE(column->ragged());
  EXPECT_TRUE(std::ranges::equal(column->elements(), Octets{std::byte{0xAB}, std::byte{0xCD}}));
  EXPECT_EQ(column->offsets()[1], 2);
}

TEST(Columns, NeverMeetAFieldWhoseEditionsDisagreeAboutItsNature) {
  // Columns are laid out for the category: a field may be a number here and a code there, nothing else.
  for (const int category : described_categories()) {
    std::map<std::uint16_t, bool> is_text;
    for (const Edition& edition : editions_of(category))
      for (const FieldSpec& spec : edition.tables().fields) {
        const auto meaning = schema::contents[spec.content].meaning;
        const bool text =
            meaning == schema::Meaning::octal || meaning == schema::Meaning::ascii || meaning == schema::Meaning::icao;
        const auto [entry, added] = is_text.emplace(spec.index, text);
        EXPECT_EQ(entry->second, text) << category << " "
                                       << name_of(Field{static_cast<std::uint8_t>(category), spec.index});
      }
  }
}

}  // namespace
}  // namespace marsad::wire::asterix
