// Typed records against their twin, the tables: random records of every typed edition, whole and damaged.

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "marsad/base/random.hpp"
#include "marsad/wire/asterix/builder.hpp"
#include "marsad/wire/asterix/typed/all.hpp"
#include "marsad/wire/asterix/typed/decode.hpp"
#include "marsad/wire/asterix/typed/twin.hpp"

namespace marsad::wire::asterix::typed {
namespace {

using Datagram = std::vector<std::byte>;

bool same(const DecodeFault& a, const DecodeFault& b) {
  return a.code == b.code && a.offset == b.offset && a.category == b.category && a.item == b.item &&
         a.skipped_octets == b.skipped_octets;
}

/// Both ways through one datagram must tell the same, in the same order.
template <class Record>
DatagramSummary expect_same(const Datagram& datagram) {
  EditionSet set;
  set.choose(Record::kCategory, Record::edition());
  DatagramReader reader(datagram, set);
  const DatagramSummary summary = decode_datagram<Record>(
      datagram,
      [&](const Record& record) {
        ASSERT_EQ(reader.next(), DatagramReader::Step::record);
        const auto found = difference(record, reader.record());
        ASSERT_FALSE(found) << *found;
      },
      [&](const DecodeFault& fault) {
        ASSERT_EQ(reader.next(), DatagramReader::Step::fault);
        EXPECT_TRUE(same(fault, reader.fault())) << "at " << fault.offset << " and " << reader.fault().offset;
      });
  EXPECT_EQ(reader.next(), DatagramReader::Step::end);
  EXPECT_EQ(summary.blocks, reader.summary().blocks);
  EXPECT_EQ(summary.records, reader.summary().records);
  EXPECT_EQ(summary.faults, reader.summary().faults);
  EXPECT_EQ(summary.skipped_octets, reader.summary().skipped_octets);
  EXPECT_EQ(summary.unexplained_items, reader.summary().unexplained_items);
  return summary;
}

/// A record with each field set with that probability.
void fill(RecordBuilder& builder, base::Random& random, double density) {
  const schema::EditionTables& tables = builder.edition().tables();
  const auto number = tables.category->number;
  if (tables.selector != schema::kNone) builder.set_raw(Field{number, tables.selector}, random.bits() & 1U);
  for (const schema::FieldSpec& spec : tables.fields) {
    if (spec.index == tables.selector || static_cast<double>(random.bits() % 1000) >= density * 1000) continue;
    const schema::Shape shape = tables.nodes[spec.node].shape;
    const bool repeats = shape == schema::Shape::repeat_count || shape == schema::Shape::repeat_fx;
    for (std::size_t i = repeats ? random.bits() % 3 + 1 : 1; i-- > 0;)
      builder.set_raw(Field{number, spec.index}, random.bits(), i);
  }
}

template <class Record>
Datagram block_of_random_records(base::Random& random) {
  BlockBuilder block(Record::kCategory);
  RecordBuilder builder(Record::edition());
  const double density = random.bits() % 4 == 0 ? 0.6 : 0.08;
  for (int i = 0; i < 4 || block.octets().size() <= 3; ++i) {
    builder.clear();
    fill(builder, random, density);
    static_cast<void>(block.add(builder));  // fields of another profile don't fit: the others still do
  }
  return {block.octets().begin(), block.octets().end()};
}

template <class Record>
class Typed : public testing::Test {
 protected:
  base::Random random_{48};
};
TYPED_TEST_SUITE(Typed, Every<testing::Types>);

TYPED_TEST(Typed, RecordsTellWhatTheTablesTell) {
  std::size_t records = 0;
  for (int i = 0; i < 300; ++i) {
    records += expect_same<TypeParam>(block_of_random_records<TypeParam>(this->random_)).records;
    if (this->HasFailure()) return;
  }
  EXPECT_GT(records, 300U);
}

TYPED_TEST(Typed, DamagedRecordsAreRefusedWhereTheTablesRefuseThem) {
  std::size_t faults = 0;
  for (int i = 0; i < 600; ++i) {
    Datagram datagram = block_of_random_records<TypeParam>(this->random_);
    for (std::uint64_t flips = 1 + this->random_.bits() % 4; flips-- > 0;)
      datagram[3 + this->random_.bits() % (datagram.size() - 3)] ^=
          static_cast<std::byte>(1U << this->random_.bits() % 8);
    faults += expect_same<TypeParam>(datagram).faults;
    if (this->HasFailure()) return;
  }
  EXPECT_GT(faults, 50U);
}

TYPED_TEST(Typed, ARecordCutShortAtAnyOctetIsRefusedWithoutReadingOn) {
  const Datagram whole = block_of_random_records<TypeParam>(this->random_);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    Datagram cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    expect_same<TypeParam>(cut);
    if (size <= 3) continue;
    cut[1] = static_cast<std::byte>(size >> 8);
    cut[2] = static_cast<std::byte>(size & 0xFFU);
    expect_same<TypeParam>(cut);
    if (this->HasFailure()) return;
  }
}

TYPED_TEST(Typed, OctetsWithoutSenseAreTakenApartAlike) {
  for (int i = 0; i < 2000; ++i) {
    const std::size_t size = 4 + this->random_.bits() % 60;
    Datagram datagram(size);
    for (std::byte& octet : datagram) octet = static_cast<std::byte>(this->random_.bits() & this->random_.bits());
    datagram[0] = static_cast<std::byte>(TypeParam::kCategory);
    datagram[1] = std::byte{0};
    datagram[2] = static_cast<std::byte>(size);
    expect_same<TypeParam>(datagram);
    if (this->HasFailure()) return;
  }
}

TEST(TypedDecode, TakesSeveralCategoriesAndCallsTheOthersUnknown) {
  Datagram datagram;
  for (const int category : {34, 48, 2, 34}) {
    RecordBuilder builder(*latest_edition(category));
    builder.set_raw(*find_field(category, "010/SAC"), 25);
    builder.set_raw(*find_field(category, "010/SIC"), 7);
    BlockBuilder block(category);
    ASSERT_TRUE(block.add(builder).ok());
    datagram.insert(datagram.end(), block.octets().begin(), block.octets().end());
  }
  std::string seen;
  const auto on_record = [&]<class Record>(const Record& record) {
    seen += std::to_string(Record::kCategory) + ":" + std::to_string(record.i010()->sic) + " ";
  };
  const DatagramSummary summary =
      decode_datagram<cat048_1_32::Record, cat034_1_29::Record>(datagram, on_record, [&](const DecodeFault& fault) {
        EXPECT_EQ(fault.code, base::FaultCode::unknown_edition);
        seen += "?" + std::to_string(fault.category) + " ";
      });
  EXPECT_EQ(seen, "34:7 48:7 ?2 34:7 ");
  EXPECT_EQ(summary.records, 3U);
}

TEST(TypedDecode, ReadsValuesThatAnEngineerKnows) {
  RecordBuilder builder(*find_edition(48, "1.32"));
  builder.set(cat048::I040_RHO, 53.25);
  builder.set(cat048::I040_THETA, 90);
  builder.set(cat048::I090_FL, -1.25);
  builder.set_text(cat048::I070_MODE3A, "7700");
  builder.set_text(cat048::I240_VALUE, "ROT415");
  builder.set(cat048::I130_SAM, -50);
  builder.set_raw(cat048::I250_BDS1, 4, 0);
  builder.set_raw(cat048::I250_BDS1, 6, 1);
  BlockBuilder block(48);
  ASSERT_TRUE(block.add(builder).ok());
  std::size_t records = 0;
  decode_datagram<cat048_1_32::Record>(
      block.octets(),
      [&](const cat048_1_32::Record& record) {
        ++records;
        EXPECT_FALSE(record.i140());
        EXPECT_FALSE(record.i030());
        EXPECT_TRUE(record.i030().empty());
        ASSERT_TRUE(record.i040() && record.i090() && record.i070() && record.i130() && record.i250());
        EXPECT_EQ(record.i040()->rho.value(), 53.25);
        EXPECT_EQ(record.i040()->theta.value(), 90.0);
        EXPECT_EQ(record.i090()->fl.value(), -1.25);
        EXPECT_EQ(record.i070()->mode3a.text(), "7700");
        EXPECT_EQ(record.i240()->text(), "ROT415");
        EXPECT_FALSE(record.i130()->srl());
        EXPECT_EQ(record.i130()->sam()->value(), -50.0);
        std::vector<int> registers;
        for (const auto one : record.i250()) registers.push_back(one.bds1);
        EXPECT_EQ(registers, (std::vector<int>{4, 6}));
      },
      [](const DecodeFault&) { FAIL(); });
  EXPECT_EQ(records, 1U);
}

}  // namespace
}  // namespace marsad::wire::asterix::typed
