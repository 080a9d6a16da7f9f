#include <gtest/gtest.h>

#include <algorithm>

#include "marsad/base/random.hpp"
#include "marsad/wire/framing/beast_scan.hpp"
#include "marsad/wire/framing/file_reader.hpp"
#include "marsad/wire/framing/receiver_message.hpp"
#include "marsad/wire/framing/test_files.hpp"

namespace marsad::wire::framing {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace)

struct Heard {
  std::vector<Bytes> payloads;
  std::vector<Datagram> datagrams;  // their payloads no longer count
  FramingCounters counters;
  std::vector<FramingFault> faults;
};

Heard hear(const Bytes& content) {
  Heard out;
  auto reader = FileReader::open(content, FileKind::beast);
  EXPECT_TRUE(reader.ok());
  while (const auto datagram = reader->next()) {
    EXPECT_EQ(datagram->kind, PayloadKind::mode_s);
    EXPECT_TRUE(parse_receiver_message(datagram->payload));
    out.payloads.emplace_back(datagram->payload.begin(), datagram->payload.end());
    out.datagrams.push_back(*datagram);
  }
  out.counters = reader->counters();
  out.faults.assign(reader->faults().begin(), reader->faults().end());
  return out;
}

double elapsed_s(const Datagram& datagram) { return datagram.elapsed.value_or(units::Duration::seconds(-1)).seconds(); }

TEST(Beast, GivesEachMessageWithItsCounterAndSignal) {
  const Heard heard = hear(joined({beast_message(0x010203040506, squitter(14), 77), beast_message(9, squitter(7), 0x1A),
                                   beast_message(0x1A1A, bytes({0x1A, 0x1A}), 3)}));
  ASSERT_EQ(heard.payloads.size(), 3U);
  const auto first = parse_receiver_message(heard.payloads[0]);
  EXPECT_EQ(first->type, ReceiverMessage::Type::long_frame);
  EXPECT_EQ(first->counter, 0x010203040506U);
  EXPECT_EQ(first->signal, 77);
  EXPECT_TRUE(std::ranges::equal(first->message, squitter(14)));
  EXPECT_EQ(parse_receiver_message(heard.payloads[1])->signal, 0x1A);
  EXPECT_TRUE(std::ranges::equal(parse_receiver_message(heard.payloads[2])->message, bytes({0x1A, 0x1A})));
  EXPECT_EQ(heard.counters.faults, 0U);
}

TEST(Beast, LendsTheOctetsOfTheFileWhereNothingIsDoubled) {
  const Bytes plain = beast_message(5, Bytes(14, std::byte{0x77}));
  const Bytes content = joined({plain, plain, plain});
  auto reader = FileReader::open(content);
  ASSERT_TRUE(reader.ok());
  EXPECT_EQ(reader->kind(), FileKind::beast);
  const auto first = reader->next();
  EXPECT_EQ(first->payload.data(), content.data() + 1);
  EXPECT_EQ(first->offset, 1U);
}

TEST(Beast, LeavesOutStatusFramesHeartbeatsAndQuestionsButCountsThem) {
  const Bytes content =
      joined({beast_message(0, bytes({0, 0}), 0), beast_frame('4', Bytes(21)), beast_frame('5', Bytes(21)),
              beast_frame('P', Bytes(3)), beast_message(7, squitter(7))});
  const Heard heard = hear(content);
  EXPECT_EQ(heard.payloads.size(), 1U);
  EXPECT_EQ(heard.counters.other_frames, 3U);
  EXPECT_EQ(heard.counters.faults, 0U);
  EXPECT_EQ(hear(beast_message(0, bytes({0, 1}), 0)).payloads.size(), 1U) << "a Mode A code without a counter";
}

TEST(Beast, TakesReceiptTimesFromReadsbsTimeMarks) {
  Bytes mark = bytes({0x1A, 0xE8});
  add_number(mark, 1'700'000'000'026, 8, ByteOrder::little);  // holds 1A, not doubled
  ASSERT_NE(std::find(mark.begin() + 1, mark.end(), std::byte{0x1A}), mark.end());
  const Heard heard = hear(joined({beast_message(5, squitter(7)), mark, beast_message(6, squitter(7))}));
  ASSERT_EQ(heard.datagrams.size(), 2U);
  EXPECT_FALSE(heard.datagrams[0].receipt);
  EXPECT_EQ(heard.datagrams[1].receipt->nanoseconds_since_epoch(), 1'700'000'000'026'000'000);
}

TEST(Beast, FindsTheNextFrameBehindDamage) {
  const Bytes good = beast_message(0x1A0000, squitter(14));
  const Bytes torn(good.begin(), good.begin() + 11);
  const Bytes rubbish = bytes({0x1A, 0x1A, 0x33, 5, 6, 0x1A, 0x32, 7});
  const Bytes content = joined({good, torn, good, rubbish, good, good, torn});
  const Heard heard = hear(content);
  EXPECT_EQ(heard.payloads.size(), 4U);
  EXPECT_EQ(heard.counters.skipped_octets, torn.size() + rubbish.size() + torn.size());
  ASSERT_GE(heard.faults.size(), 3U);
  EXPECT_EQ(heard.faults.front(), (FramingFault{base::FaultCode::truncated, good.size(), torn.size()}));
  EXPECT_EQ(heard.faults.back(), (FramingFault{base::FaultCode::truncated, content.size() - torn.size(), torn.size()}));
}

TEST(Beast, IsRecognisedFromTheMiddleOfAFrame) {
  Bytes content;
  for (int i = 0; i < 9; ++i) add(content, beast_message(static_cast<std::uint64_t>(i) + 1, squitter(14)));
  content.erase(content.begin(), content.begin() + 5);
  EXPECT_EQ(detect_kind(content), FileKind::beast);
  EXPECT_EQ(hear(content).payloads.size(), 8U);
}

TEST(Beast, ScansForEscapesAsItsScalarTwinDoes) {
  base::Random random(11);
  for (int round = 0; round < 20'000; ++round) {
    std::array<std::byte, kScanOctets> octets{};
    for (std::byte& octet : octets)
      octet = random.chance(0.2) ? kBeastEscape : static_cast<std::byte>(random.below(256));
    ASSERT_EQ(escapes(octets.data()), escapes_scalar(octets.data()));
  }
}

TEST(Beast, TellsTheTimeByTheReceiversCounter) {
  constexpr std::uint64_t kSecond = 12'000'000;
  const Heard heard =
      hear(joined({beast_message(100 * kSecond, squitter(7)), beast_message(101 * kSecond, squitter(7)),
                   beast_message(ReceiverMessage::kMlatCounter, squitter(7)),
                   beast_message(100 * kSecond + 5, squitter(7)), beast_message(103 * kSecond, squitter(7))}));
  ASSERT_EQ(heard.datagrams.size(), 5U);
  EXPECT_DOUBLE_EQ(elapsed_s(heard.datagrams[0]), 0.0);
  EXPECT_DOUBLE_EQ(elapsed_s(heard.datagrams[1]), 1.0);
  EXPECT_DOUBLE_EQ(elapsed_s(heard.datagrams[2]), 1.0) << "made up from multilateration: no time";
  EXPECT_DOUBLE_EQ(elapsed_s(heard.datagrams[3]), 1.0) << "never decreasing";
  EXPECT_DOUBLE_EQ(elapsed_s(heard.datagrams[4]), 3.0);
  EXPECT_FALSE(heard.datagrams[0].recorder_clock);
}

/// A position squitter, always of the same aircraft.
Bytes position_squitter() {
  Bytes message(14, std::byte{0x11});
  message[0] = std::byte{0x8D};
  message[4] = std::byte{0x58};
  return message;
}

TEST(Beast, TellsCountersOfGpsFromThoseOfTwelveMegahertz) {
  Bytes free_running;
  Bytes by_gps;  // from 23:59:55
  for (std::uint64_t half_seconds = 0; half_seconds < 20; ++half_seconds) {
    add(free_running, beast_message(500'000'000 + half_seconds * 6'000'000, position_squitter()));
    const std::uint64_t second = (86'395 + half_seconds / 2) % 86'400;
    add(by_gps, beast_message(second << 30U | (half_seconds % 2 * 500'000'000 + 7), position_squitter()));
  }
  const Heard free = hear(free_running);
  EXPECT_NEAR(elapsed_s(free.datagrams.back()), 9.5, 1e-9);
  EXPECT_FALSE(free.datagrams.back().recorder_clock);

  const Heard gps = hear(by_gps);
  EXPECT_NEAR(elapsed_s(gps.datagrams.back()), 9.5, 1e-6);
  ASSERT_TRUE(gps.datagrams.back().recorder_clock);
  EXPECT_NEAR(gps.datagrams.front().recorder_clock->seconds(), 86'395.0, 1e-6);
  EXPECT_NEAR(gps.datagrams.back().recorder_clock->seconds(), 4.5, 1e-6);
}

}  // namespace
}  // namespace marsad::wire::framing
