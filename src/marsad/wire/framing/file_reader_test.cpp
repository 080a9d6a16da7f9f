#include "marsad/wire/framing/file_reader.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "marsad/base/random.hpp"
#include "marsad/wire/framing/blocks.hpp"
#include "marsad/wire/framing/envelope.hpp"
#include "marsad/wire/framing/test_files.hpp"

namespace marsad::wire::framing {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace)

struct Walked {
  std::vector<Bytes> payloads;
  std::vector<Datagram> datagrams;  // their payloads no longer count
  FramingCounters counters;
  std::vector<FramingFault> faults;
  FileKind kind{};
};

/// Whose last line comes out shortened where the file is cut off.
bool is_text(const std::string& name) { return name == "plots_csv" || name == "sbs" || name == "dump978"; }

/// Whose payloads aren't octets of the file as they stand.
bool is_rewritten(const std::string& name) { return name == "beast" || name == "avr" || name == "hex_csv"; }

Walked walk(std::span<const std::byte> content, std::optional<FileKind> told = {}) {
  Walked out;
  auto reader = FileReader::open(content, told);
  EXPECT_TRUE(reader.ok());
  if (!reader) return out;
  while (auto datagram = reader->next()) {
    out.payloads.emplace_back(datagram->payload.begin(), datagram->payload.end());
    datagram->payload = {};
    out.datagrams.push_back(*datagram);
  }
  EXPECT_EQ(reader->position(), content.size());
  out.kind = reader->kind();
  out.counters = reader->counters();
  out.faults.assign(reader->faults().begin(), reader->faults().end());
  return out;
}

std::uint64_t accounted(const FramingCounters& c) {
  return c.payload_octets + c.framing_octets + c.other_octets + c.skipped_octets;
}

/// Every octet in the books exactly once, and delivered octets are those counted, unless digits became octets.
void expect_balanced(const Walked& walked, std::size_t size) {
  EXPECT_EQ(accounted(walked.counters), size);
  std::uint64_t delivered = 0;
  for (const Bytes& payload : walked.payloads) delivered += payload.size();
  if (walked.kind != FileKind::avr && walked.kind != FileKind::hex_csv) {
    EXPECT_EQ(delivered, walked.counters.payload_octets);
  }
  EXPECT_EQ(walked.payloads.size(), walked.counters.datagrams);
  std::uint64_t skipped = 0;
  for (const FramingFault& fault : walked.faults) {
    skipped += fault.skipped_octets;
    EXPECT_LE(fault.offset, size);
  }
  if (walked.counters.faults <= FileReader::kFaultsKept) {
    EXPECT_EQ(walked.counters.faults, walked.faults.size());
    EXPECT_EQ(skipped, walked.counters.skipped_octets);
  }
}

Bytes ab() { return joined({block(48, 20), block(34, 12)}); }

TEST(FileReader, BalancesItsBooksOnEverySample) {
  for (const auto& [name, content] : samples()) {
    SCOPED_TRACE(name);
    const Walked walked = walk(content);
    expect_balanced(walked, content.size());
    EXPECT_EQ(walked.counters.faults, 0U);
    EXPECT_GT(walked.counters.datagrams, 1U);
    for (std::size_t i = 0; i < walked.payloads.size(); ++i) {
      if (name == "pcap" && walked.payloads[i].size() == 200) continue;  // put together from fragments
      if (is_rewritten(name)) continue;
      const auto there = content.begin() + static_cast<std::ptrdiff_t>(walked.datagrams[i].offset);
      EXPECT_TRUE(std::equal(walked.payloads[i].begin(), walked.payloads[i].end(), there)) << "offset of " << i;
    }
  }
}

TEST(FileReader, BalancesItsBooksWhereverASampleIsCutOff) {
  for (const auto& [name, content] : samples()) {
    const FileKind kind = *detect_kind(content);
    const Walked whole = walk(content);
    for (std::size_t size = 0; size <= content.size(); ++size) {
      SCOPED_TRACE(name + " cut to " + std::to_string(size));
      const auto cut = std::span(content).first(size);
      if (!FileReader::open(cut, kind)) continue;  // not even its header
      const Walked walked = walk(cut, kind);
      expect_balanced(walked, size);
      ASSERT_LE(walked.payloads.size(), whole.payloads.size());
      // What comes before the cut comes out as if nothing had happened; only a text row may come out shortened.
      const std::size_t sure = walked.payloads.size() - (is_text(name) && !walked.payloads.empty() ? 1 : 0);
      for (std::size_t i = 0; i < sure; ++i) EXPECT_EQ(walked.payloads[i], whole.payloads[i]);
    }
  }
}

TEST(FileReader, BalancesItsBooksOnThousandsOfMutations) {
  base::Random random(20240501);
  int walks = 0;
  int damaged = 0;
  for (const auto& [name, sound] : samples()) {
    const FileKind kind = *detect_kind(sound);
    for (int round = 0; round < 2000; ++round) {
      Bytes content = sound;
      const auto edits = 1 + random.below(4);
      for (std::uint64_t i = 0; i < edits; ++i) {
        const auto at = static_cast<std::size_t>(random.below(content.size()));
        const auto what = random.below(3);
        if (what == 0) content[at] ^= static_cast<std::byte>(1U << random.below(8));
        if (what == 1) content.erase(content.begin() + static_cast<std::ptrdiff_t>(at));
        if (what == 2)
          content.insert(content.begin() + static_cast<std::ptrdiff_t>(at), static_cast<std::byte>(random.below(256)));
      }
      SCOPED_TRACE(name + " round " + std::to_string(round));
      (void)detect_kind(content);
      if (!FileReader::open(content, kind)) continue;
      const Walked walked = walk(content, kind);
      expect_balanced(walked, content.size());
      ++walks;
      if (walked.counters.faults > 0) ++damaged;
      ASSERT_FALSE(::testing::Test::HasFailure());
    }
  }
  EXPECT_GT(walks, 8000);
  EXPECT_GT(damaged, 2000);
}

TEST(FileReader, RefusesWhatItCannotRead) {
  const auto unknown = FileReader::open(text("hello"));
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, base::FaultCode::unknown_format);
  const auto recording = FileReader::open(text("MARSADL1xxxxxxxxxxxxxxxx"));
  ASSERT_FALSE(recording);
  const auto wrong_header = FileReader::open(text("t_rx,t,sensor_id\n1,1,R\n"), FileKind::plots_csv);
  ASSERT_FALSE(wrong_header);
  EXPECT_EQ(wrong_header.error().code, base::FaultCode::bad_value);
}

TEST(RawAsterix, GivesOneDatagramForEachBlock) {
  const Bytes content = joined({block(48, 20), block(34, 12), block(253, 8)});
  const Walked walked = walk(content);
  ASSERT_EQ(walked.payloads.size(), 3U);
  EXPECT_EQ(walked.datagrams[2].offset, 32U);
  EXPECT_FALSE(walked.datagrams[0].receipt);
}

TEST(RawAsterix, GoesOnBehindRubbish) {
  const Bytes good = joined({block(48, 20), block(34, 12), block(48, 30), block(48, 40)});
  const Bytes content = joined({good, Bytes(17, std::byte{0}), good});
  const Walked walked = walk(content);
  EXPECT_EQ(walked.payloads.size(), 8U);
  ASSERT_EQ(walked.faults.size(), 1U);
  EXPECT_EQ(walked.faults[0], (FramingFault{base::FaultCode::bad_length, good.size(), 17}));
}

TEST(RawAsterix, DoesNotLetAWrongLengthSwallowItsNeighbours) {
  const Bytes good = joined({block(48, 20), block(34, 12), block(48, 30), block(48, 40), block(48, 21)});
  Bytes content = joined({good, good, good});
  content[good.size() + 1] = std::byte{0};
  content[good.size() + 2] = std::byte{200};  // the block of 20 claims 200
  const Walked walked = walk(content);
  EXPECT_EQ(walked.payloads.size(), 15U);
  EXPECT_EQ(walked.payloads[5].size(), 20U) << "its decoder will say that the length is wrong";
  EXPECT_EQ(walked.counters.skipped_octets, 0U);
}

TEST(Pcap, ReadsBothByteOrdersAndBothResolutions) {
  for (const ByteOrder order : {ByteOrder::little, ByteOrder::big}) {
    for (const bool nanoseconds : {false, true}) {
      const Walked walked = walk(pcap({ethernet(ipv4(udp(ab())))}, {.order = order, .nanoseconds = nanoseconds}));
      ASSERT_EQ(walked.payloads.size(), 1U);
      EXPECT_EQ(walked.payloads[0], ab());
      EXPECT_EQ(walked.datagrams[0].receipt->nanoseconds_since_epoch(), 1'700'000'000'250'000'000);
      const Source& source = walked.datagrams[0].source;
      EXPECT_EQ(source.sender_port, 1024);
      EXPECT_EQ(source.destination_port, 8600);
      EXPECT_EQ(source.destination,
                (std::array<std::uint8_t, 16>{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 239, 1, 2, 3}));
    }
  }
}

TEST(Pcap, OpensEveryLinkTypeAndTag) {
  const Bytes packet = ipv4(udp(ab()));
  const Bytes cooked = joined({bytes({0, 0, 0, 1, 0, 6, 1, 2, 3, 4, 5, 6, 0, 0, 8, 0}), packet});
  const Bytes cooked_2 = joined({bytes({8, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 6, 1, 2, 3, 4, 5, 6, 0, 0}), packet});
  const Bytes hop_by_hop = bytes({17, 0, 5, 2, 0, 0, 1, 0});
  const Bytes snap = joined({bytes({0xAA, 0xAA, 3, 0, 0, 0, 8, 0}), packet});
  const std::vector<std::pair<std::uint32_t, Bytes>> frames{
      {1, ethernet(packet)},
      {1, ethernet(packet, 0x0800, bytes({0x81, 0, 0, 5}))},
      {1, ethernet(packet, 0x0800, bytes({0x88, 0xA8, 0, 5, 0x81, 0, 0, 6}))},
      {1, joined({ethernet(packet), Bytes(9, std::byte{0})})},  // padding
      {1, ethernet(ipv4(udp(ab()), {.option_words = 3}))},
      {1, ethernet(ipv6(udp(ab())), 0x86DD)},
      {1, ethernet(ipv6(udp(ab()), 0, hop_by_hop), 0x86DD)},
      {1, ethernet_llc(ab())},
      {1, ethernet(snap, static_cast<std::uint16_t>(snap.size()))},
      {113, cooked},
      {276, cooked_2},
      {101, packet},
      {101, ipv6(udp(ab()))},
      {228, packet},
      {229, ipv6(udp(ab()))},
      {0, joined({bytes({2, 0, 0, 0}), packet})},
      {108, joined({bytes({0, 0, 0, 2}), packet})},
  };
  for (std::size_t i = 0; i < frames.size(); ++i) {
    SCOPED_TRACE(i);
    const Bytes content = pcap({frames[i].second}, {.link_type = frames[i].first});
    const Walked walked = walk(content);
    expect_balanced(walked, content.size());
    ASSERT_EQ(walked.payloads.size(), 1U);
    EXPECT_EQ(walked.payloads[0], ab());
    EXPECT_EQ(walked.counters.faults, 0U);
  }
}

TEST(Pcap, CountsOtherTrafficAsSuchAndNotAsDamage) {
  const Bytes dns = text("\x12\x34\x01.\x00 example");
  const Bytes content = pcap({ethernet(bytes({0, 1, 8, 0, 6, 4}), 0x0806), ethernet(ipv4(Bytes(20), {.protocol = 6})),
                              ethernet(ipv4(udp(dns, 53))), ethernet(Bytes(60), 0x88CC), ethernet(ipv4(udp(ab())))});
  const Walked walked = walk(content);
  expect_balanced(walked, content.size());
  EXPECT_EQ(walked.counters.other_frames, 4U);
  EXPECT_EQ(walked.counters.faults, 0U);
  EXPECT_EQ(walked.payloads.size(), 1U);
}

TEST(Pcap, DeliversGarbledDatagramsOfAFlowThatIsAsterix) {
  const Bytes garbled = bytes({0, 0, 0, 0, 1, 2, 3});
  const Walked walked =
      walk(pcap({ethernet(ipv4(udp(ab()))), ethernet(ipv4(udp(garbled))), ethernet(ipv4(udp(garbled, 9)))}));
  ASSERT_EQ(walked.payloads.size(), 2U);
  EXPECT_EQ(walked.payloads[1], garbled) << "its decoder counts the damage";
  EXPECT_EQ(walked.counters.other_frames, 1U);
}

TEST(Pcap, KeepsTrailersBehindTheBlocks) {
  const Bytes payload = joined({ab(), bytes({0, 0, 0, 0, 7})});
  const Walked walked = walk(pcap({ethernet(ipv4(udp(payload)))}));
  ASSERT_EQ(walked.payloads.size(), 1U);
  EXPECT_EQ(walked.payloads[0], payload);
}

TEST(Pcap, TakesOffOradisEnvelopes) {
  const Bytes a = block(1, 20);
  const Bytes b = block(2, 12);
  const Bytes content = pcap({ethernet(ipv4(udp(joined({oradis_part(a), oradis_part(joined({b, b}))}))))});
  const Walked walked = walk(content);
  expect_balanced(walked, content.size());
  ASSERT_EQ(walked.payloads.size(), 2U);
  EXPECT_EQ(walked.payloads[0], a);
  EXPECT_EQ(walked.payloads[1], joined({b, b}));
}

TEST(Pcap, PutsFragmentsTogetherInAnyOrder) {
  const Bytes whole = udp(block(62, 3000));
  std::vector<Bytes> frames;
  for (const std::size_t begin : {std::size_t{1480}, std::size_t{0}, std::size_t{2960}}) {
    const std::size_t end = std::min(begin + 1480, whole.size());
    const Bytes piece(whole.begin() + static_cast<std::ptrdiff_t>(begin),
                      whole.begin() + static_cast<std::ptrdiff_t>(end));
    frames.push_back(ethernet(ipv4(piece, {.more = end < whole.size(), .fragment_offset = begin})));
  }
  frames.push_back(frames[0]);  // a repetition, after the packet is whole: begins another that never ends
  const Bytes content = pcap(frames);
  const Walked walked = walk(content);
  expect_balanced(walked, content.size());
  ASSERT_EQ(walked.payloads.size(), 1U);
  EXPECT_EQ(walked.payloads[0], block(62, 3000));
  ASSERT_EQ(walked.faults.size(), 1U);
  EXPECT_EQ(walked.faults[0].code, base::FaultCode::truncated);
  EXPECT_EQ(walked.faults[0].skipped_octets, 1480U);
}

TEST(Pcap, GivesUpOldestUnfinishedPacketsAndContradictions) {
  std::vector<Bytes> frames;
  for (std::uint16_t id = 0; id < 40; ++id) {
    frames.push_back(ethernet(ipv4(Bytes(16), {.identification = id, .more = true})));
  }
  frames.push_back(ethernet(ipv4(Bytes(16, std::byte{9}), {.identification = 39, .more = true})));
  const Bytes content = pcap(frames);
  const Walked walked = walk(content);
  expect_balanced(walked, content.size());
  EXPECT_EQ(walked.payloads.size(), 0U);
  EXPECT_EQ(walked.counters.faults, 40U);
  EXPECT_EQ(walked.counters.skipped_octets, 41U * 16U);
}

TEST(Pcap, DoesNotPutTogetherPiecesOfDifferentPacketsWithTheSameNumber) {
  const Bytes whole = udp(block(62, 100));
  const Bytes head(whole.begin(), whole.begin() + 64);
  const Bytes tail(whole.begin() + 64, whole.end());
  std::vector<Bytes> frames{ethernet(ipv4(tail, {.fragment_offset = 64}))};
  for (int i = 0; i < 40; ++i) frames.push_back(ethernet(bytes({0, 1}), 0x0806));  // a second each
  frames.push_back(ethernet(ipv4(head, {.more = true})));
  const Bytes content = pcap(frames);
  const Walked walked = walk(content);
  expect_balanced(walked, content.size());
  EXPECT_TRUE(walked.payloads.empty());
  EXPECT_EQ(walked.counters.faults, 2U);
}

TEST(Pcap, DeliversWhatTheCaptureCutShortAndSaysSo) {
  Bytes frame = ethernet(ipv4(udp(joined({block(48, 20), block(48, 30)}))));
  frame.resize(frame.size() - 10);
  const Bytes content = pcap({frame});
  const Walked walked = walk(content);
  expect_balanced(walked, content.size());
  ASSERT_EQ(walked.payloads.size(), 1U);
  EXPECT_EQ(walked.payloads[0].size(), 40U);
  ASSERT_EQ(walked.faults.size(), 1U);
  EXPECT_EQ(walked.faults[0].code, base::FaultCode::truncated);
}

TEST(Pcap, ResumesBehindADamagedRecordHeader) {
  const Bytes frame = ethernet(ipv4(udp(ab())));
  Bytes content = pcap({frame, frame, frame, frame});
  const std::size_t second = 24 + 16 + frame.size();
  content[second + 11] = std::byte{0x7F};  // captured length of 2 GiB
  const Walked walked = walk(content);
  expect_balanced(walked, content.size());
  EXPECT_EQ(walked.payloads.size(), 3U);
  ASSERT_EQ(walked.faults.size(), 1U);
  EXPECT_EQ(walked.faults[0], (FramingFault{base::FaultCode::bad_length, second, 16 + frame.size()}));
}

TEST(Pcapng, HonoursByteOrderInterfacesAndTheirResolutions) {
  const Bytes frame = ethernet(ipv4(udp(ab())));
  for (const ByteOrder order : {ByteOrder::little, ByteOrder::big}) {
    const std::uint64_t binary = (std::uint64_t{1'700'000'000} << 20U) + (1U << 18U);  // 2^-20 s
    const Bytes content =
        joined({pcapng_section(order), pcapng_interface(6, order), pcapng_interface(9, order),
                pcapng_interface(0x80 | 20, order), pcapng_packet(frame, 0, 1'700'000'000'250'000, order),
                pcapng_packet(frame, 1, 1'700'000'000'250'000'001, order), pcapng_packet(frame, 2, binary, order)});
    const Walked walked = walk(content);
    expect_balanced(walked, content.size());
    ASSERT_EQ(walked.payloads.size(), 3U);
    EXPECT_EQ(walked.datagrams[0].receipt->nanoseconds_since_epoch(), 1'700'000'000'250'000'000);
    EXPECT_EQ(walked.datagrams[1].receipt->nanoseconds_since_epoch(), 1'700'000'000'250'000'001);
    EXPECT_EQ(walked.datagrams[2].receipt->nanoseconds_since_epoch(), 1'700'000'000'250'000'000);
  }
}

TEST(Pcapng, ReadsSimplePacketsAndSeveralSections) {
  const Bytes frame = ethernet(ipv4(udp(ab())));
  const auto simple = [&frame](ByteOrder order) {
    Bytes body;
    add_number(body, frame.size(), 4, order);
    add(body, frame);
    return pcapng_block(3, body, order);
  };
  const ByteOrder little = ByteOrder::little;
  const ByteOrder big = ByteOrder::big;
  const Bytes content =
      joined({pcapng_section(little), pcapng_interface(6, little), simple(little),
              pcapng_block(0xBAD, Bytes(8), little), pcapng_section(big), pcapng_interface(6, big), simple(big)});
  const Walked walked = walk(content);
  expect_balanced(walked, content.size());
  EXPECT_EQ(walked.payloads.size(), 2U);
  EXPECT_FALSE(walked.datagrams[0].receipt) << "simple packets have no time";
}

TEST(Pcapng, CountsAPacketOfAnUnknownInterface) {
  const ByteOrder order = ByteOrder::little;
  const Bytes packet = pcapng_packet(ethernet(ipv4(udp(ab()))), 3, 0, order);
  const Bytes content = joined({pcapng_section(order), pcapng_interface(6, order), packet});
  const Walked walked = walk(content);
  expect_balanced(walked, content.size());
  ASSERT_EQ(walked.faults.size(), 1U);
  EXPECT_EQ(walked.faults[0].code, base::FaultCode::bad_value);
  EXPECT_EQ(walked.faults[0].skipped_octets, packet.size());
}

TEST(FinalFrame, KeepsTheRecordersClockAndResumesBehindDamage) {
  Bytes damaged = final_frame(ab());
  damaged[1] = std::byte{0xFF};
  const Bytes content = joined({final_frame(ab(), 3'435'742), damaged, final_frame(ab())});
  const Walked walked = walk(content);
  expect_balanced(walked, content.size());
  ASSERT_EQ(walked.payloads.size(), 2U);
  EXPECT_DOUBLE_EQ(walked.datagrams[0].recorder_clock->seconds(), 34'357.42);
  EXPECT_FALSE(walked.datagrams[0].receipt);
  ASSERT_EQ(walked.faults.size(), 1U);
  EXPECT_EQ(walked.faults[0].skipped_octets, damaged.size());
}

TEST(Rply, ResumesBehindDamage) {
  Bytes damaged = rply_record(ab());
  damaged[3] = std::byte{0x80};
  const Bytes content = joined({rply_record(ab()), damaged, rply_record(ab())});
  const Walked walked = walk(content);
  expect_balanced(walked, content.size());
  EXPECT_EQ(walked.payloads.size(), 2U);
  EXPECT_EQ(walked.counters.skipped_octets, damaged.size());
}

TEST(PlotsCsv, GivesRowsWithTheirTimeOfReceipt) {
  for (const char* end : {"\n", "\r\n"}) {
    const Bytes content = plots_csv({"1.0,1.25,R1,PSR,,,,,,,,,,", "", "2,nonsense,R1,PSR,,,,,,,,,,"}, end);
    const Walked walked = walk(content);
    expect_balanced(walked, content.size());
    ASSERT_EQ(walked.payloads.size(), 2U);
    EXPECT_EQ(walked.payloads[0], text("1.0,1.25,R1,PSR,,,,,,,,,,"));
    EXPECT_EQ(walked.datagrams[0].kind, PayloadKind::plot_row);
    EXPECT_EQ(walked.datagrams[0].receipt->nanoseconds_since_epoch(), 1'250'000'000);
    EXPECT_FALSE(walked.datagrams[1].receipt);
    ASSERT_EQ(walked.faults.size(), 1U);
    EXPECT_EQ(walked.faults[0].code, base::FaultCode::bad_value);
  }
}

// Recordings that are not part of the project lie in $MARSAD_SHARED; their absence skips the test.
TEST(FileReader, AccountsForEveryOctetOfRealRecordings) {
  const char* shared = std::getenv("MARSAD_SHARED");
  const auto root = std::filesystem::path(shared == nullptr ? "" : shared) / "data" / "asterix";
  if (shared == nullptr || !std::filesystem::is_directory(root)) GTEST_SKIP() << "MARSAD_SHARED names no recordings";
  std::ifstream manifest(root / "MANIFEST.tsv");
  std::string line;
  std::getline(manifest, line);
  int files = 0;
  while (std::getline(manifest, line)) {
    const std::string name = line.substr(0, line.find('\t'));
    SCOPED_TRACE(name);
    std::ifstream file(root / name, std::ios::binary);
    const std::string characters(std::istreambuf_iterator<char>(file), {});
    const auto content = std::as_bytes(std::span(characters));
    const auto kind = detect_kind(content);
    ASSERT_TRUE(kind);
    const Walked walked = walk(content);
    expect_balanced(walked, content.size());
    EXPECT_EQ(walked.counters.skipped_octets, 0U);
    EXPECT_GT(walked.counters.datagrams, 0U);
    for (const Bytes& payload : walked.payloads) EXPECT_TRUE(begins_with_block(payload));
    ++files;
  }
  EXPECT_GT(files, 40);
}

}  // namespace
}  // namespace marsad::wire::framing
