#include "marsad/wire/framing/envelope.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "marsad/wire/framing/blocks.hpp"
#include "marsad/wire/framing/test_files.hpp"

namespace marsad::wire::framing {
namespace {

using test::block;
using test::Bytes;
using test::bytes;
using test::joined;
using test::oradis_part;

std::vector<Bytes> parts_of(const Bytes& payload) {
  std::vector<Bytes> out;
  EnvelopeParts parts(payload);
  while (const auto part = parts.next()) out.emplace_back(part->begin(), part->end());
  return out;
}

TEST(Envelope, IsTakenOffOnlyWhereAllLengthsAgree) {
  const Bytes a = block(1, 20);
  const Bytes b = joined({block(2, 12), block(1, 30)});
  EXPECT_EQ(parts_of(joined({oradis_part(a), oradis_part(b)})), (std::vector<Bytes>{a, b}));
  EXPECT_EQ(parts_of(joined({a, b})), (std::vector<Bytes>{joined({a, b})})) << "plain blocks are handed out whole";
  Bytes wrong = joined({oradis_part(a), oradis_part(b)});
  wrong.push_back(std::byte{0});
  EXPECT_EQ(parts_of(wrong), (std::vector<Bytes>{wrong}));
  Bytes late = oradis_part(a);
  late[2] = std::byte{0x7F};  // a time beyond midnight
  EXPECT_EQ(parts_of(late), (std::vector<Bytes>{late}));
  EXPECT_TRUE(parts_of({}).empty());
}

TEST(Envelope, TellsAsterixFromOtherDatagrams) {
  EXPECT_TRUE(looks_like_asterix(block(48, 20)));
  EXPECT_TRUE(looks_like_asterix(joined({block(48, 20), bytes({0, 0, 1})}))) << "a trailer";
  EXPECT_TRUE(looks_like_asterix(joined({block(99, 20), block(98, 5)}))) << "private categories, but all lengths agree";
  EXPECT_FALSE(looks_like_asterix(joined({block(99, 20), bytes({0, 0, 1})})));
  EXPECT_FALSE(looks_like_asterix({}));
  EXPECT_FALSE(looks_like_asterix(bytes({48, 0, 3}))) << "a block without a record";
  EXPECT_FALSE(looks_like_asterix(bytes({0, 0, 4, 0x80})));
  EXPECT_FALSE(looks_like_asterix(bytes({48, 0, 5, 0x80}))) << "longer than what is there";
}

TEST(Blocks, InARowAreCountedUpToALimit) {
  const Bytes four = joined({block(48, 20), block(34, 12), block(48, 30), block(62, 9)});
  EXPECT_EQ(block_run(four, 3).blocks, 3U);
  EXPECT_FALSE(block_run(four, 3).to_the_end);
  EXPECT_EQ(block_run(four, 9).blocks, 4U);
  EXPECT_TRUE(block_run(four, 9).to_the_end);
  EXPECT_EQ(block_run(joined({four, bytes({48, 0})}), 9).octets, four.size());
}

}  // namespace
}  // namespace marsad::wire::framing
