// links: wire_asterix base
//
// Random valid records of every category, in all its editions one after another, with all items, sub-items and
// expansion fields at random: what was encoded is decoded to the same values, and whatever way a record takes back to
// octets, from its values or from its line of JSON, they are the same octets.
//
// MARSAD_PROPERTY_RECORDS sets the number of records of each category (2000; `./run properties` takes 100,000),
// MARSAD_PROPERTY_SEED the seed, which a failure prints.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "marsad/base/random.hpp"
#include "marsad/wire/asterix/builder.hpp"
#include "marsad/wire/asterix/canonical.hpp"
#include "marsad/wire/asterix/decode.hpp"
#include "marsad/wire/asterix/line_encoder.hpp"
#include "marsad/wire/asterix/print.hpp"
#include "marsad/wire/asterix/random_record.hpp"

namespace marsad::wire::asterix {
namespace {

using Octets = std::vector<std::byte>;
using schema::FieldSpec;

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text != nullptr && *text != '\0' ? std::strtoull(text, nullptr, 10) : otherwise;
}

Octets with_header(int category, const Octets& record) {
  const std::size_t size = record.size() + 3;
  Octets block{static_cast<std::byte>(category), static_cast<std::byte>(size >> 8), static_cast<std::byte>(size)};
  block.insert(block.end(), record.begin(), record.end());
  return block;
}

/// Sets a field as a user of the codec would: a text as text, a number in its unit, a wide field as octets.
bool set_value(RecordBuilder& builder, const RecordView& record, Field field, std::size_t i) {
  if (const auto text = record.text(field, i)) return builder.set_text(field, text->view(), i);
  if (const auto value = record.value(field, i)) {
    const bool exact = builder.edition().find(field)->width <= 53;
    return exact ? builder.set(field, *value, i) : builder.set_raw(field, *record.raw(field, i), i);
  }
  return builder.set_octets(field, record.octets(field, i), i);
}

/// The record built anew from its values; what has no value, such as an empty compound item, is set from the record.
void build_by_values(RecordBuilder& builder, const RecordView& record) {
  builder.clear();
  builder.set_fields_of(record);
  const schema::EditionTables& tables = record.edition().tables();
  // First the fields that tell what others mean, then all.
  for (int round = 0; round < 2; ++round)
    for (const FieldSpec& spec : tables.fields) {
      const Field field{tables.category->number, spec.index};
      if (round == 0 && spec.case_count > 0) continue;
      const std::size_t count = record.count(field);
      for (std::size_t i = 0; i < count; ++i) {
        // Other bits first, so that it is the value that sets them right.
        if (round == 0 && !record.edition().find(field)->only_in_case && spec.index != tables.selector)
          builder.set_raw(field, 0, i);
        ASSERT_TRUE(set_value(builder, record, field, i)) << name_of(field);
      }
    }
}

class CodecProperties : public testing::TestWithParam<int> {
 protected:
  void check(const RecordView& record, const Octets& octets) {
    ASSERT_EQ(Octets(record.octets().begin(), record.octets().end()), octets);
    EXPECT_TRUE(is_canonical(record));
    RecordBuilder& builder =
        *builders_.try_emplace(&record.edition(), std::make_unique<RecordBuilder>(record.edition())).first->second;
    build_by_values(builder, record);
    again_.clear();
    ASSERT_TRUE(builder.append_to(again_).ok());
    ASSERT_EQ(again_, octets);
    for (const bool raw : {false, true}) {
      line_.clear();
      append_json(line_, record, {.raw = raw});
      const auto encoded = lines_.encode(line_);
      ASSERT_TRUE(encoded.ok()) << message_of(encoded.error()) << "\n" << line_;
      EXPECT_EQ(encoded->origin, Origin::items);
      ASSERT_TRUE(std::ranges::equal(encoded->octets, octets)) << line_;
    }
  }

  LineEncoder lines_{EditionSet()};
  std::map<const Edition*, std::unique_ptr<RecordBuilder>> builders_;
  Octets again_;
  std::string line_;
};

TEST_P(CodecProperties, EveryRecordComesBackFromItsValuesAndFromItsLine) {
  const std::uint64_t count = number_from("MARSAD_PROPERTY_RECORDS", 2000);
  const std::uint64_t seed = number_from("MARSAD_PROPERTY_SEED", 20261123);
  base::Random random(seed);
  const auto editions = editions_of(GetParam());
  std::vector<RandomRecord> records(editions.begin(), editions.end());
  for (std::uint64_t i = 0; i < count; ++i) {
    const Edition& edition = editions[i % editions.size()];
    SCOPED_TRACE(testing::Message() << "edition " << edition.name() << ", record " << i << ", seed " << seed);
    Octets octets;
    records[i % editions.size()].append_to(octets, random);
    EditionSet set;
    set.choose(GetParam(), edition);
    const Octets block = with_header(GetParam(), octets);
    DatagramReader reader(block, set);
    ASSERT_EQ(reader.next(), DatagramReader::Step::record);
    ASSERT_NO_FATAL_FAILURE(check(reader.record(), octets));
    ASSERT_EQ(reader.next(), DatagramReader::Step::end);
    ASSERT_EQ(reader.summary().unexplained_items, 0U);
    if (HasFailure()) return;
  }
}

std::vector<int> all_categories() {
  const auto categories = described_categories();
  return {categories.begin(), categories.end()};
}

INSTANTIATE_TEST_SUITE_P(Category, CodecProperties, testing::ValuesIn(all_categories()),
                         [](const auto& instance) { return std::to_string(1000 + instance.param).substr(1); });

}  // namespace
}  // namespace marsad::wire::asterix
