#include <gtest/gtest.h>

#include <algorithm>

#include "marsad/wire/framing/file_reader.hpp"
#include "marsad/wire/framing/test_files.hpp"

namespace marsad::wire::framing {
namespace {

using test::Bytes;

Bytes record(std::uint64_t counts, std::size_t block_octets = 12) {
  Bytes out = test::joined({test::block(48, block_octets), test::bytes({0x21, 0x43, 0x65, 0x87, 0, 0})});
  test::add_number(out, counts, 3, ByteOrder::big);
  test::add(out, test::bytes({0}));
  return out;
}

Bytes file(std::initializer_list<Bytes> records) {
  return test::joined({Bytes(2200, std::byte{0xCD}), test::joined(records)});
}

TEST(Gps, EachBlockIsADatagramWithTheRecordersClock) {
  const Bytes content = file({record(128), record(192, 20), record(256)});
  auto reader = FileReader::open(content);
  ASSERT_TRUE(reader.ok());
  EXPECT_EQ(reader->kind(), FileKind::gps);
  std::vector<double> clocks;
  std::size_t octets = 0;
  while (const auto datagram = reader->next()) {
    clocks.push_back(datagram->recorder_clock->seconds());
    octets += datagram->payload.size();
    EXPECT_EQ(u8_at(content, datagram->offset), 48);
  }
  EXPECT_EQ(clocks, (std::vector{1.0, 1.5, 2.0}));
  EXPECT_EQ(octets, 44U);
  EXPECT_EQ(reader->counters().framing_octets, 2200U + 30U);
}

TEST(Gps, DamageIsSkippedUpToTheNextCertainRecords) {
  Bytes content = file({record(1), record(2), record(3), record(4), record(5), record(6)});
  content[2200 + 22 * 2 + 1] = std::byte{0x7F};  // the third record's length
  auto reader = FileReader::open(content, FileKind::gps);
  ASSERT_TRUE(reader.ok());
  std::size_t datagrams = 0;
  while (reader->next()) ++datagrams;
  EXPECT_EQ(datagrams, 5U);
  EXPECT_EQ(reader->counters().skipped_octets, 22U);
  EXPECT_EQ(reader->counters().payload_octets + reader->counters().framing_octets + 22U, content.size());
}

TEST(Gps, IsNotSeenInOtherFiles) {
  EXPECT_NE(detect_kind(file({record(1), test::block(48, 12)})), FileKind::gps);
  Bytes other = file({record(1), record(2), record(3)});
  other[2200 + 22 + 12] = std::byte{0x22};  // another constant
  EXPECT_NE(detect_kind(other), FileKind::gps);
  EXPECT_NE(detect_kind(Bytes(2200)), FileKind::gps);
}

}  // namespace
}  // namespace marsad::wire::framing
