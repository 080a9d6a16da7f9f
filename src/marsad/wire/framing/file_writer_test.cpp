#include "marsad/wire/framing/file_writer.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "marsad/wire/framing/file_reader.hpp"
#include "marsad/wire/framing/test_files.hpp"

namespace marsad::wire::framing {
namespace {

using test::Bytes;
using units::UtcTime;

TEST(FileWriter, TakesTheKindFromTheNamesEnding) {
  EXPECT_EQ(kind_for_writing("a/b.PCAP"), FileKind::pcap);
  EXPECT_EQ(kind_for_writing("x.ff"), FileKind::final_frame);
  EXPECT_EQ(kind_for_writing("x.y.ast"), FileKind::asterix_raw);
  EXPECT_EQ(kind_for_writing("x.marsad"), std::nullopt);
  EXPECT_EQ(kind_for_writing(""), std::nullopt);
  EXPECT_FALSE(can_write(FileKind::pcapng));
}

TEST(FileWriter, WhatItWritesTheReaderReads) {
  const std::array payloads{test::block(48, 20), test::joined({test::block(48, 10), test::block(34, 9)})};
  for (const FileKind kind : {FileKind::asterix_raw, FileKind::pcap, FileKind::final_frame}) {
    SCOPED_TRACE(name_of(kind));
    const FileWriter writer(kind);
    Bytes file;
    writer.begin(file);
    for (const Bytes& payload : payloads) {
      Datagram datagram;
      datagram.payload = payload;
      ASSERT_FALSE(writer.append(file, datagram, UtcTime::seconds_since_epoch(86400.0 * 2 + 10.02)));
    }
    auto reader = FileReader::open(file);
    ASSERT_TRUE(reader.ok());
    EXPECT_EQ(reader->kind(), kind);
    Bytes read;
    while (const auto datagram = reader->next()) {
      read.insert(read.end(), datagram->payload.begin(), datagram->payload.end());
      if (kind == FileKind::final_frame) {
        EXPECT_NEAR(datagram->recorder_clock->seconds(), 10.02, 0.0101);
      }
      if (kind == FileKind::pcap) {
        EXPECT_EQ(datagram->receipt, UtcTime::seconds_since_epoch(86400.0 * 2 + 10.02));
      }
    }
    EXPECT_EQ(read, test::joined({payloads[0], payloads[1]}));
    EXPECT_EQ(reader->counters().faults, 0U);
  }
}

TEST(FileWriter, SplitsBetweenBlocksWhatIsTooLargeForOneFrame) {
  const Bytes payload = test::joined({test::block(48, 60000), test::block(48, 60000), test::block(62, 30)});
  for (const FileKind kind : {FileKind::asterix_raw, FileKind::pcap, FileKind::final_frame}) {
    const FileWriter writer(kind);
    Bytes file;
    writer.begin(file);
    Datagram datagram;
    datagram.payload = payload;
    ASSERT_FALSE(writer.append(file, datagram));
    auto reader = FileReader::open(file);
    ASSERT_TRUE(reader.ok());
    Bytes read;
    std::size_t datagrams = 0;
    while (const auto part = reader->next()) {
      read.insert(read.end(), part->payload.begin(), part->payload.end());
      ++datagrams;
    }
    EXPECT_EQ(read, payload);
    EXPECT_EQ(datagrams, 3U);
  }
}

TEST(FileWriter, ABlockThatFitsNoFrameIsRefusedAndNothingWritten) {
  const Bytes payload = test::joined({test::block(48, 10), test::block(48, 65535)});
  Datagram datagram;
  datagram.payload = payload;
  Bytes file;
  EXPECT_TRUE(FileWriter(FileKind::pcap).append(file, datagram));
  EXPECT_TRUE(FileWriter(FileKind::final_frame).append(file, datagram));
  EXPECT_TRUE(file.empty());
  EXPECT_FALSE(FileWriter(FileKind::asterix_raw).append(file, datagram));
  EXPECT_EQ(file, payload);
}

}  // namespace
}  // namespace marsad::wire::framing
