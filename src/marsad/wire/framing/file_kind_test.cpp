#include "marsad/wire/framing/file_kind.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "marsad/wire/framing/test_files.hpp"

namespace marsad::wire::framing {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace)

TEST(FileKind, IsToldFromTheContentOfEverySample) {
  for (const auto& [name, content] : samples()) {
    const auto kind = detect_kind(content);
    ASSERT_TRUE(kind) << name;
    const std::string found = name_of(*kind);
    EXPECT_EQ(kind_named(found), kind);
    std::string wanted = name == "asterix_raw" ? "asterix" : name;
    std::replace(wanted.begin(), wanted.end(), '_', '-');
    EXPECT_EQ(found, wanted);
  }
  EXPECT_EQ(detect_kind(text("MARSADL1 and more")), FileKind::marsad_recording);
}

TEST(FileKind, OfUnknownContentIsNotGuessed) {
  EXPECT_FALSE(detect_kind({}));
  EXPECT_FALSE(detect_kind(bytes({0})));
  EXPECT_FALSE(detect_kind(text("0 this is a text that begins with the number of a category\n")));
  EXPECT_FALSE(detect_kind(text("{\"cat\": 48}\n")));
  EXPECT_FALSE(detect_kind(text("time,icao,value\n1495353600,4B00AA,17\n")));
  EXPECT_FALSE(detect_kind(text("*** a heading; and more ***\n\nand a text\n")));
  EXPECT_FALSE(detect_kind(text("- one;\n- two;\n+ three;\n")));
  EXPECT_FALSE(detect_kind(text("<xml version=1.0;>\n")));
  EXPECT_FALSE(detect_kind(text("t,t_rx,sensor_id,type\n1,1,R1,PSR\n"))) << "columns are missing";
  EXPECT_FALSE(detect_kind(Bytes(4096, std::byte{0})));
  EXPECT_FALSE(detect_kind(Bytes(4096, std::byte{0xCD})));
  EXPECT_FALSE(detect_kind(bytes({0xD4, 0xC3, 0xB2, 0xA1, 2, 0, 4, 0}))) << "a pcap header cut short";
  EXPECT_FALSE(detect_kind(block(99, 40))) << "a category that nobody has assigned";
}

TEST(FileKind, OfACompressedFileIsNotGuessed) {
  // Behind the magic stands what would be a chain of data blocks.
  std::vector<std::byte> octets{std::byte{0x1F}, std::byte{0x8B}, std::byte{0x08}};
  octets.resize(64, std::byte{0x00});
  EXPECT_EQ(compressor_of(octets), "gzip");
  EXPECT_FALSE(detect_kind(octets));
  EXPECT_EQ(compressor_of(std::span(octets).first(2)), "");
}

TEST(FileKind, OfRawAsterixSurvivesATornEnd) {
  const Bytes whole = joined({block(48, 30), block(34, 12)});
  for (std::size_t size = 31; size <= whole.size(); ++size) {
    EXPECT_EQ(detect_kind(std::span(whole).first(size)), FileKind::asterix_raw) << size;
  }
  EXPECT_FALSE(detect_kind(std::span(whole).first(29))) << "one torn block is no evidence";
}

TEST(FileKind, NamesAreUniqueAndUnknownOnesHaveNoKind) {
  EXPECT_FALSE(kind_named("beast2"));
  EXPECT_FALSE(kind_named(""));
  EXPECT_EQ(kind_named("pcap"), FileKind::pcap);
  EXPECT_EQ(kind_named("final-frame"), FileKind::final_frame);
}

}  // namespace
}  // namespace marsad::wire::framing
