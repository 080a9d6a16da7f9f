#include "marsad/wire/framing/receiver_writer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "marsad/base/random.hpp"
#include "marsad/wire/framing/message_stream.hpp"
#include "marsad/wire/framing/test_files.hpp"

namespace marsad::wire::framing {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace)

/// A message and the octets that it lies in.
struct Made {
  ReceiverMessage message;
  std::array<std::byte, 14> octets{};

  explicit Made(base::Random& random) {
    constexpr std::array kTypes{ReceiverMessage::Type::mode_ac, ReceiverMessage::Type::short_frame,
                                ReceiverMessage::Type::long_frame};
    message.type = kTypes[random.below(3)];
    // Many octets 1A, and never the sign of life, which is no message.
    for (std::byte& octet : octets)
      octet = random.chance(0.3) ? std::byte{0x1A} : static_cast<std::byte>(random.below(256));
    octets[0] |= std::byte{1};
    message.counter = random.chance(0.3) ? 0x1A1A'1A00'1A1AU : random.below(std::uint64_t{1} << 48U);
    message.signal = random.chance(0.3) ? 0x1A : static_cast<std::uint8_t>(random.below(256));
    message.message = std::span(octets).first(message_size(static_cast<std::uint8_t>(message.type)));
  }
};

ReceiverMessage only_message(StreamFormat format, std::span<const std::byte> octets, Bytes& kept) {
  MessageStream stream(format);
  int messages = 0;
  stream.put(octets, [&](const Datagram& datagram) {
    ++messages;
    kept.assign(datagram.payload.begin(), datagram.payload.end());
  });
  EXPECT_EQ(messages, 1);
  EXPECT_EQ(stream.counters().faults, 0U);
  return parse_receiver_message(kept).value_or(ReceiverMessage{});
}

TEST(ReceiverWriter, WritesBeastFramesThatReadBackInEveryBit) {
  base::Random random(5);
  for (int round = 0; round < 20'000; ++round) {
    const Made made(random);
    std::vector<std::byte> frame;
    append_beast(frame, made.message);
    Bytes kept;
    const ReceiverMessage read = only_message(StreamFormat::beast, frame, kept);
    ASSERT_EQ(read.type, made.message.type);
    ASSERT_EQ(read.counter, made.message.counter);
    ASSERT_EQ(read.signal, made.message.signal);
    ASSERT_TRUE(std::ranges::equal(read.message, made.message.message));
  }
}

TEST(ReceiverWriter, WritesAvrLinesThatReadBackAsFarAsTheirStyleTells) {
  base::Random random(6);
  for (int round = 0; round < 20'000; ++round) {
    const Made made(random);
    for (const AvrStyle style : {AvrStyle::plain, AvrStyle::with_counter, AvrStyle::counter_and_signal}) {
      std::string line;
      append_avr(line, made.message, style);
      Bytes kept;
      const ReceiverMessage read = only_message(StreamFormat::avr, std::as_bytes(std::span(line)), kept);
      ASSERT_EQ(read.type, made.message.type);
      ASSERT_EQ(read.counter, style == AvrStyle::plain ? 0 : made.message.counter);
      ASSERT_EQ(read.signal, style == AvrStyle::counter_and_signal ? made.message.signal : 0);
      ASSERT_TRUE(std::ranges::equal(read.message, made.message.message));
    }
  }
}

TEST(ReceiverWriter, WritesTheFormsOfTheField) {
  const Bytes octets = bytes({0x5D, 0x4B, 0x1A, 0xAA, 1, 2, 3});
  const ReceiverMessage message{ReceiverMessage::Type::short_frame, 0x01A0, 0x40, octets};
  std::vector<std::byte> frame;
  append_beast(frame, message);
  EXPECT_EQ(frame, bytes({0x1A, '2', 0, 0, 0, 0, 1, 0xA0, 0x40, 0x5D, 0x4B, 0x1A, 0x1A, 0xAA, 1, 2, 3}));
  std::string lines;
  append_avr(lines, message, AvrStyle::plain);
  append_avr(lines, message, AvrStyle::with_counter);
  append_avr(lines, message, AvrStyle::counter_and_signal);
  EXPECT_EQ(lines, "*5D4B1AAA010203;\n@0000000001A05D4B1AAA010203;\n<0000000001A0405D4B1AAA010203;\n");
}

TEST(ReceiverWriter, WritesNothingForAMessageWhoseSizeIsNotItsTypes) {
  const Bytes octets(6);
  std::vector<std::byte> frame;
  append_beast(frame, {ReceiverMessage::Type::short_frame, 1, 2, octets});
  EXPECT_TRUE(frame.empty());
}

}  // namespace
}  // namespace marsad::wire::framing
