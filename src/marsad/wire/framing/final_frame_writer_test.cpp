#include "marsad/wire/framing/final_frame_writer.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "marsad/wire/framing/file_reader.hpp"
#include "marsad/wire/framing/test_files.hpp"

namespace marsad::wire::framing {
namespace {

using test::Bytes;

TEST(FinalFrameWriter, WritesWhatTheReaderReads) {
  const Bytes first = test::block(48, 20), second = test::block(62, 30);
  Bytes file;
  const auto noon = units::UtcTime::seconds_since_epoch(86400.0 * 3 + 43200.5);
  ASSERT_FALSE(append_final_frame(file, first, noon));
  ASSERT_FALSE(append_final_frame(file, second, noon));
  auto reader = FileReader::open(file);
  ASSERT_TRUE(reader.ok());
  for (const Bytes& wanted : {first, second}) {
    const auto datagram = reader->next();
    ASSERT_TRUE(datagram);
    EXPECT_TRUE(std::ranges::equal(datagram->payload, wanted));
    ASSERT_TRUE(datagram->recorder_clock);
    EXPECT_DOUBLE_EQ(datagram->recorder_clock->seconds(), 43200.5);
  }
  EXPECT_FALSE(reader->next());
  EXPECT_EQ(reader->counters().faults, 0U);
}

TEST(FinalFrameWriter, RefusesWhatItsLengthCannotTell) {
  Bytes file;
  EXPECT_TRUE(append_final_frame(file, Bytes(65524), units::UtcTime()));
  EXPECT_TRUE(file.empty());
  EXPECT_FALSE(append_final_frame(file, Bytes(65523), units::UtcTime()));
  EXPECT_EQ(file.size(), 65535U);
}

TEST(FinalFrameWriter, CountsTimesBefore1970FromTheMidnightBeforeThem) {
  Bytes file;
  ASSERT_FALSE(append_final_frame(file, test::block(48, 20), units::UtcTime::seconds_since_epoch(-1.0)));
  auto reader = FileReader::open(file, FileKind::final_frame);
  ASSERT_TRUE(reader.ok());
  EXPECT_DOUBLE_EQ(reader->next()->recorder_clock->seconds(), 86399.0);
}

}  // namespace
}  // namespace marsad::wire::framing
