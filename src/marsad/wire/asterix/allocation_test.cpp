// The hot path allocates nothing.

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <vector>

#include "marsad/base/allocation_count_test.hpp"
#include "marsad/wire/asterix/block_assembler.hpp"
#include "marsad/wire/asterix/builder.hpp"
#include "marsad/wire/asterix/decode.hpp"
#include "marsad/wire/asterix/fields/cat048.hpp"
#include "marsad/wire/asterix/line_encoder.hpp"
#include "marsad/wire/asterix/print.hpp"

namespace marsad::wire::asterix {

namespace {

using base::testing::allocations_so_far;

void fill(RecordBuilder& builder) {
  builder.set_raw(cat048::I010_SAC, 1);
  builder.set(cat048::I040_RHO, 50);
  builder.set(cat048::I090_FL, 370);
  builder.set_text(cat048::I240_VALUE, "ROT415");
  builder.set_raw(cat048::I250_BDS1, 4, 2);
  builder.set(cat048::I130_SAM, -50);
}

TEST(Allocation, DecodingAndReadingFieldsAllocatesNothing) {
  RecordBuilder builder(*latest_edition(48));
  fill(builder);
  BlockBuilder block(48);
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(block.add(builder).ok());
  const EditionSet set = EditionSet::defaults();
  const std::size_t before = allocations_so_far();
  double sum = 0;
  const auto summary = decode_datagram(
      block.octets(), set,
      [&](const RecordView& record) {
        sum += *record.value(cat048::I040_RHO) + *record.value(cat048::I130_SAM);
        sum += static_cast<double>(record.text(cat048::I240_VALUE)->size() + *record.raw(cat048::I250_BDS1, 2));
      },
      [](const DecodeFault&) {});
  EXPECT_EQ(allocations_so_far(), before);
  EXPECT_EQ(summary.records, 100U);
  EXPECT_EQ(sum, 100 * (50 - 50 + 6 + 4));
}

TEST(Allocation, WarmBuildersAndPrintersAllocateNothing) {
  RecordBuilder builder(*latest_edition(48));
  BlockBuilder block(48);
  const EditionSet set = EditionSet::defaults();
  std::string line;
  line.reserve(4096);
  std::size_t before = 0;
  for (int i = 0; i < 3; ++i) {
    if (i == 1) before = allocations_so_far();
    builder.clear();
    block.clear();
    line.clear();
    fill(builder);
    ASSERT_TRUE(block.add(builder).ok());
    DatagramReader reader(block.octets(), set);
    ASSERT_EQ(reader.next(), DatagramReader::Step::record);
    append_json(line, reader.record());
  }
  EXPECT_EQ(allocations_so_far(), before);
}

TEST(Allocation, AWarmEncoderOfLinesAllocatesNothing) {
  RecordBuilder builder(*latest_edition(48));
  fill(builder);
  BlockBuilder block(48);
  ASSERT_TRUE(block.add(builder).ok());
  const EditionSet set = EditionSet::defaults();
  DatagramReader reader(block.octets(), set);
  ASSERT_EQ(reader.next(), DatagramReader::Step::record);
  const std::string lines[] = {
      record_to_json(reader.record()),
      R"({"cat":48,"items":{"I048/070":{"V":0,"G":0,"L":0,"MODE3A":"7000"}},"octets":"081e00"})",
      R"({"cat":48,"items":{"I048/070":{"MODE3A":"7001"}},"octets":"081e00"})",
      R"({"cat":48,"items":{"I048/041":1}})",
  };
  LineEncoder encoder(set);
  BlockAssembler assembler;
  std::size_t before = 0;
  std::size_t good = 0;
  for (int i = 0; i < 3; ++i) {
    if (i == 1) before = allocations_so_far();
    for (const std::string& line : lines) {
      const auto record = encoder.encode(line);
      if (!record.ok()) continue;
      assembler.clear();
      ASSERT_TRUE(assembler.add(*record));
      ++good;
    }
  }
  EXPECT_EQ(allocations_so_far(), before);
  EXPECT_EQ(good, 9U);
}

}  // namespace
}  // namespace marsad::wire::asterix
