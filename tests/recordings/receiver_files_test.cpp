// Every recording of receivers' messages is told by its content and read without an undecoded octet, and the times in
// it span what is known of it. The table is printed.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "marsad/wire/framing/file_reader.hpp"
#include "marsad/wire/framing/message_stream.hpp"
#include "marsad/wire/framing/receiver_message.hpp"
#include "marsad/wire/framing/receiver_writer.hpp"
#include "shared_folder.hpp"

namespace marsad::wire::framing {
namespace {

/// One recording and what is known of it.
struct Known {
  const char* name;
  FileKind kind;
  std::uint64_t messages;
  double seconds;  ///< from its first to its last message, to the second; negative where it tells no time
};

// Messages: as the programs that wrote the files, or lines of the texts, count them.
constexpr std::array kKnown{
    Known{"beast/denzen84_ulss7_20180403T190228Z.beast", FileKind::beast, 13'954, 61},
    Known{"beast/raw_adsb_20260106_081303.bin", FileKind::beast, 197'237, 900},
    Known{"beast/raw_adsb_20260106_124352.bin", FileKind::beast, 165'984, 900},
    Known{"beast/raw_adsb_20260107_001214.bin", FileKind::beast, 112'454, 900},
    Known{"beast/xoolive_traffic_sample_dump1090.beast", FileKind::beast, 239, 24},
    Known{"raw_hex/pyModeS_data_20150303.txt", FileKind::hex_csv, 4516, 179},
    Known{"raw_hex/pyModeS_sample_data_adsb.csv", FileKind::hex_csv, 2000, 730},
    Known{"raw_hex/pyModeS_sample_data_commb_df20.csv", FileKind::hex_csv, 5000, 26},
    Known{"raw_hex/pyModeS_sample_data_commb_df21.csv", FileKind::hex_csv, 5000, 61},
    Known{"raw_hex/xoolive_rs1090_short_flights_20250729.csv", FileKind::hex_csv, 486, 61},
    Known{"sbs_uat/denzen84_ulss7_20180403_decoded_sbs.txt", FileKind::sbs, 8622, 61},
    Known{"sbs_uat/stratux_gms5002-09072015-problem-stratux-es.log", FileKind::sbs, 1060, 206},
    Known{"sbs_uat/stratux_gms5002-09072015-problem-stratux-uat.log", FileKind::dump978, 686, 207},
};

std::filesystem::path folder() { return marsad::shared_folder() / "data/modes"; }

std::vector<std::byte> content_of(const char* name) {
  std::ifstream file(folder() / name, std::ios::binary);
  const std::vector<char> characters{std::istreambuf_iterator<char>(file), {}};
  std::vector<std::byte> octets(characters.size());
  std::ranges::transform(characters, octets.begin(), [](char character) { return static_cast<std::byte>(character); });
  return octets;
}

class ReceiverFiles : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(folder())) GTEST_SKIP() << "no recordings in " << folder();
  }
};

/// Seconds from the first to the last message by what the file tells of time.
class Span {
 public:
  void add(const Datagram& datagram) {
    double now_s = -1.0;
    if (datagram.receipt)
      now_s = datagram.receipt->seconds_since_epoch();
    else if (datagram.elapsed)
      now_s = datagram.elapsed->seconds();
    else
      return;
    if (first_s_ < 0.0) first_s_ = now_s;
    seconds_ = now_s - first_s_;
  }
  [[nodiscard]] double seconds() const noexcept { return seconds_; }

 private:
  double first_s_ = -1.0;
  double seconds_ = -1.0;
};

TEST_F(ReceiverFiles, AreReadWithoutAnUndecodedOctet) {
  std::printf("%-60s %-8s %8s %9s %9s %7s %7s %8s\n", "file", "kind", "messages", "payload", "framing", "other",
              "skipped", "seconds");
  for (const Known& known : kKnown) {
    SCOPED_TRACE(known.name);
    const auto content = content_of(known.name);
    auto reader = FileReader::open(content);
    ASSERT_TRUE(reader.ok());
    EXPECT_EQ(reader->kind(), known.kind);
    Span span;
    while (const auto datagram = reader->next()) span.add(*datagram);
    const FramingCounters& c = reader->counters();
    std::printf("%-60s %-8s %8lu %9lu %9lu %7lu %7lu %8.3f\n", known.name, name_of(reader->kind()), c.datagrams,
                c.payload_octets, c.framing_octets, c.other_octets, c.skipped_octets, span.seconds());
    EXPECT_EQ(c.datagrams, known.messages);
    EXPECT_EQ(c.faults, 0U);
    EXPECT_EQ(c.skipped_octets, 0U);
    EXPECT_EQ(c.payload_octets + c.framing_octets + c.other_octets, content.size());
    EXPECT_NEAR(span.seconds(), known.seconds, 0.6);
  }
}

TEST_F(ReceiverFiles, OfBeastAreWrittenBackOctetForOctet) {
  for (const Known& known : kKnown) {
    if (known.kind != FileKind::beast) continue;
    SCOPED_TRACE(known.name);
    const auto content = content_of(known.name);
    auto reader = FileReader::open(content);
    ASSERT_TRUE(reader.ok());
    std::vector<std::byte> written;
    std::vector<std::byte> expected;  // the file without the signs of life
    while (const auto datagram = reader->next()) {
      append_beast(written, *parse_receiver_message(datagram->payload));
      const std::size_t begin = datagram->offset - 1;
      expected.insert(expected.end(), content.begin() + static_cast<std::ptrdiff_t>(begin),
                      content.begin() + static_cast<std::ptrdiff_t>(reader->position()));
    }
    EXPECT_EQ(written, expected);
  }
}

TEST_F(ReceiverFiles, GiveTheSameMessagesAsLiveStreams) {
  for (const Known& known : kKnown) {
    SCOPED_TRACE(known.name);
    const auto content = content_of(known.name);
    MessageStream stream(*stream_format_named(name_of(known.kind)));
    const auto nothing = [](const Datagram&) {};
    constexpr std::size_t kRead = 1460;
    for (std::size_t at = 0; at < content.size(); at += kRead)
      stream.put(std::span(content).subspan(at, std::min(kRead, content.size() - at)), nothing);
    stream.end(nothing);
    EXPECT_EQ(stream.counters().datagrams, known.messages);
    EXPECT_EQ(stream.counters().faults, 0U);
  }
}

}  // namespace
}  // namespace marsad::wire::framing
