// Laws that hold for every field of every edition, tried with random values from a fixed seed.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "marsad/base/random.hpp"
#include "marsad/wire/asterix/bits.hpp"
#include "marsad/wire/asterix/builder.hpp"
#include "marsad/wire/asterix/decode.hpp"
#include "marsad/wire/asterix/detection.hpp"
#include "marsad/wire/asterix/print.hpp"

namespace marsad::wire::asterix {
namespace {

using Octets = std::vector<std::byte>;
using schema::FieldSpec;
using schema::Shape;

std::vector<const Edition*> all_editions() {
  std::vector<const Edition*> all;
  for (const int category : described_categories())
    for (const Edition& edition : editions_of(category)) all.push_back(&edition);
  return all;
}

std::string label(const Edition& edition) {
  return "category " + std::to_string(edition.category()) + " edition " + std::string(edition.name());
}

Field field_of(const Edition& edition, const FieldSpec& spec) {
  return {static_cast<std::uint8_t>(edition.category()), spec.index};
}

bool repeats(const Edition& edition, const FieldSpec& spec) {
  const Shape shape = edition.tables().nodes[spec.node].shape;
  return shape == Shape::repeat_count || shape == Shape::repeat_fx;
}

/// The profile in which a record with only this item can be written; its selector is set, if it needs to be.
void choose_profile(RecordBuilder& builder, std::size_t root) {
  const schema::EditionTables& tables = builder.edition().tables();
  if (tables.selector == schema::kNone) return;
  const Field selector{tables.category->number, tables.selector};
  for (const schema::Profile& profile : tables.profiles)
    for (const std::uint8_t slot : profile.slots)
      if (slot < tables.roots.size() && tables.roots[slot] == root) builder.set_raw(selector, profile.selector_value);
}

std::size_t root_of(const Edition& edition, std::size_t node) {
  const auto nodes = edition.tables().nodes;
  while (nodes[node].parent != schema::kNone) node = nodes[node].parent;
  return node;
}

/// Sets the fields whose values make a field with cases be there.
void satisfy_case(RecordBuilder& builder, const FieldSpec& spec) {
  const schema::EditionTables& tables = builder.edition().tables();
  if (spec.case_count == 0) return;
  const schema::Case& first = tables.cases[spec.first_case];
  for (std::size_t i = 0; i < 2 && first.selector[i] != schema::kNone; ++i)
    builder.set_raw(Field{tables.category->number, first.selector[i]}, first.key[i]);
}

Octets block_of(const RecordBuilder& builder) {
  BlockBuilder block(builder.edition().category());
  EXPECT_TRUE(block.add(builder).ok());
  return {block.octets().begin(), block.octets().end()};
}

class Law : public testing::Test {
 protected:
  /// Calls `look` with the record that `builder` writes; the record must be good and fill the block.
  template <class Look>
  void decode(const RecordBuilder& builder, Look&& look) {
    EditionSet set;
    set.choose(builder.edition().category(), builder.edition());
    const Octets block = block_of(builder);
    DatagramReader reader(block, set);
    ASSERT_EQ(reader.next(), DatagramReader::Step::record);
    look(reader.record());
    ASSERT_EQ(reader.next(), DatagramReader::Step::end);
    ASSERT_EQ(reader.summary().unexplained_items, 0U);
  }

  /// A record with about a tenth of its fields set.
  void fill(RecordBuilder& builder) {
    const schema::EditionTables& tables = builder.edition().tables();
    const auto& profile = tables.profiles[random_.bits() % tables.profiles.size()];
    if (tables.selector != schema::kNone)
      builder.set_raw(Field{tables.category->number, tables.selector}, profile.selector_value);
    for (const FieldSpec& spec : tables.fields) {
      const std::uint8_t root = tables.nodes[root_of(builder.edition(), spec.node)].position;
      const bool fits = std::ranges::find(profile.slots, root) != profile.slots.end();
      if (!fits || spec.index == tables.selector || spec.width > 64 || random_.bits() % 10 != 0) continue;
      const std::size_t count = repeats(builder.edition(), spec) ? 1 + random_.bits() % 3 : 1;
      for (std::size_t i = 0; i < count; ++i) builder.set_raw(field_of(builder.edition(), spec), random_.bits(), i);
    }
  }

  base::Random random_{20260101};
};

TEST_F(Law, EveryFieldOfEveryEditionReadsBackWhatWasSet) {
  for (const Edition* edition : all_editions()) {
    RecordBuilder builder(*edition);
    for (const FieldSpec& spec : edition->tables().fields) {
      if (spec.width > 64) continue;
      const Field field = field_of(*edition, spec);
      SCOPED_TRACE(label(*edition) + " " + std::string(name_of(field)));
      builder.clear();
      choose_profile(builder, root_of(*edition, spec.node));
      satisfy_case(builder, spec);
      const bool is_selector = spec.index == edition->tables().selector;
      const std::uint64_t bits = is_selector ? 1 : random_.bits() & low_mask(spec.width);
      const std::size_t repetition = repeats(*edition, spec) ? random_.bits() % 3 : 0;
      ASSERT_TRUE(builder.set_raw(field, bits, repetition));
      if (spec.only_in_case) satisfy_case(builder, spec);
      decode(builder, [&](const RecordView& record) {
        EXPECT_EQ(record.raw(field, repetition), bits);
        EXPECT_EQ(record.count(field), repetition + 1);
        EXPECT_EQ(record.raw(field, repetition + 1), std::nullopt);
      });
    }
  }
}

TEST_F(Law, EveryValueSurvivesTheWayThroughItsUnit) {
  for (const Edition* edition : all_editions()) {
    RecordBuilder builder(*edition);
    for (const FieldSpec& spec : edition->tables().fields) {
      const auto meaning = schema::contents[spec.content].meaning;
      const bool is_number = meaning == schema::Meaning::signed_number || meaning == schema::Meaning::unsigned_number;
      if (!is_number || spec.width > 53 || spec.case_count > 0) continue;
      const Field field = field_of(*edition, spec);
      SCOPED_TRACE(label(*edition) + " " + std::string(name_of(field)));
      for (const std::uint64_t bits : {random_.bits() & low_mask(spec.width), low_mask(spec.width), std::uint64_t{1}}) {
        builder.clear();
        choose_profile(builder, root_of(*edition, spec.node));
        ASSERT_TRUE(builder.set_raw(field, bits));
        std::optional<double> value;
        decode(builder, [&](const RecordView& record) { value = record.value(field); });
        ASSERT_TRUE(value.has_value());
        ASSERT_TRUE(builder.set(field, *value));
        decode(builder, [&](const RecordView& record) { EXPECT_EQ(record.raw(field), bits) << *value; });
      }
    }
  }
}

TEST_F(Law, EncodingTheFieldsOfADecodedRecordGivesTheSameOctets) {
  for (const Edition* edition : all_editions()) {
    SCOPED_TRACE(label(*edition));
    RecordBuilder builder(*edition), again(*edition);
    for (int i = 0; i < 20; ++i) {
      builder.clear();
      fill(builder);
      Octets octets;
      if (!builder.append_to(octets).ok()) continue;
      decode(builder, [&](const RecordView& record) {
        again.clear();
        again.set_fields_of(record);
        Octets same;
        ASSERT_TRUE(again.append_to(same).ok());
        EXPECT_EQ(same, octets);
      });
    }
  }
}

TEST_F(Law, DamagedRecordsOfEveryEditionAreDecodedOrSkippedButNeverLost) {
  for (const Edition* edition : all_editions()) {
    SCOPED_TRACE(label(*edition));
    EditionSet set;
    set.choose(edition->category(), *edition);
    RecordBuilder builder(*edition);
    for (int i = 0; i < 150; ++i) {
      builder.clear();
      fill(builder);
      BlockBuilder block(edition->category());
      if (!block.add(builder).ok()) continue;
      Octets damaged(block.octets().begin(), block.octets().end());
      for (std::uint64_t flips = random_.bits() % 4; flips-- > 0;)
        damaged[random_.bits() % damaged.size()] ^= static_cast<std::byte>(1U << random_.bits() % 8);
      damaged.resize(damaged.size() - random_.bits() % 3 * (random_.bits() % damaged.size()) / 2);
      std::size_t good = 0;
      const auto summary = decode_datagram(
          damaged, set,
          [&](const RecordView& record) {
            good += record.octets().size();
            EXPECT_FALSE(record_to_json(record).empty());
          },
          [](const DecodeFault&) {});
      EXPECT_EQ(good + 3 * summary.blocks + summary.skipped_octets, damaged.size());
    }
  }
}

}  // namespace
}  // namespace marsad::wire::asterix
