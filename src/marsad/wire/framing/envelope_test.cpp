#include "marsad/wire/framing/envelope.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "marsad/wire/framing/block_stream.hpp"
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

TEST(BlockStream, CutsBlocksHoweverTheyArrive) {
  const std::vector<Bytes> blocks{block(48, 20), block(34, 4), block(62, 65'535), block(48, 7)};
  Bytes stream;
  for (const Bytes& one : blocks) test::add(stream, one);
  for (const std::size_t step : {1U, 2U, 3U, 19U, 20U, 1000U, 100'000U}) {
    BlockStream cutter;
    std::vector<Bytes> found;
    for (std::size_t at = 0; at < stream.size(); at += step) {
      auto piece = std::span<const std::byte>(stream).subspan(at, std::min<std::size_t>(step, stream.size() - at));
      while (!piece.empty()) {
        piece = piece.subspan(cutter.put(piece));
        if (const auto one = cutter.take()) found.emplace_back(one->begin(), one->end());
      }
    }
    EXPECT_EQ(found, blocks) << step;
    EXPECT_EQ(cutter.pending_octets(), 0U);
    EXPECT_FALSE(cutter.lost());
  }
}

TEST(BlockStream, IsLostAtAnImpossibleHeader) {
  for (const Bytes& header : {bytes({0, 0, 9}), bytes({48, 0, 3}), bytes({48, 0, 0})}) {
    BlockStream cutter;
    EXPECT_EQ(cutter.put(header), 3U);
    EXPECT_TRUE(cutter.lost());
    EXPECT_FALSE(cutter.take());
    EXPECT_EQ(cutter.put(block(48, 20)), 0U) << "nothing more is taken";
  }
  BlockStream torn;
  EXPECT_EQ(torn.put(bytes({48, 0, 20, 1, 2})), 5U);
  EXPECT_EQ(torn.pending_octets(), 5U);
}

}  // namespace
}  // namespace marsad::wire::framing
