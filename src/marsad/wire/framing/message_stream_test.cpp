#include "marsad/wire/framing/message_stream.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "marsad/base/random.hpp"
#include "marsad/wire/framing/test_files.hpp"

namespace marsad::wire::framing {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace)

struct Streamed {
  std::vector<Bytes> messages;
  std::vector<std::uint64_t> offsets;
  FramingCounters counters;
  bool lost = false;
};

/// The content in pieces of `size` octets, or of random size for 0.
Streamed stream(StreamFormat format, const Bytes& content, std::size_t size, base::Random& random) {
  Streamed out;
  MessageStream stream(format);
  const auto keep = [&out](const Datagram& datagram) {
    out.messages.emplace_back(datagram.payload.begin(), datagram.payload.end());
    out.offsets.push_back(datagram.offset);
  };
  auto rest = std::span<const std::byte>(content);
  while (!rest.empty()) {
    const std::size_t count = std::min<std::size_t>(rest.size(), size > 0 ? size : 1 + random.below(50));
    stream.put(rest.first(count), keep);
    rest = rest.subspan(count);
  }
  out.lost = stream.lost();
  stream.end(keep);
  EXPECT_EQ(stream.pending_octets(), 0U);
  out.counters = stream.counters();
  return out;
}

std::uint64_t accounted(const FramingCounters& c) {
  return c.payload_octets + c.framing_octets + c.other_octets + c.skipped_octets;
}

TEST(MessageStream, GivesWhatTheFileGivesHoweverItArrives) {
  base::Random random(17);
  int formats = 0;
  for (const auto& [name, content] : samples()) {
    const auto format = stream_format_named(name_of(*detect_kind(content)));
    if (!format) continue;
    ++formats;
    Streamed whole;
    auto reader = FileReader::open(content);
    while (const auto datagram = reader->next()) {
      whole.messages.emplace_back(datagram->payload.begin(), datagram->payload.end());
      whole.offsets.push_back(datagram->offset);
    }
    for (const std::size_t size : {std::size_t{1}, std::size_t{2}, std::size_t{7}, std::size_t{0}, content.size()}) {
      SCOPED_TRACE(name + " in pieces of " + std::to_string(size));
      const Streamed streamed = stream(*format, content, size, random);
      EXPECT_EQ(streamed.messages, whole.messages);
      EXPECT_EQ(streamed.offsets, whole.offsets);
      EXPECT_EQ(streamed.counters.faults, 0U);
      EXPECT_EQ(accounted(streamed.counters), content.size());
    }
  }
  EXPECT_EQ(formats, 7);
}

TEST(MessageStream, BalancesItsBooksOnThousandsOfMutations) {
  base::Random random(18);
  for (const auto& [name, sound] : samples()) {
    const auto format = stream_format_named(name_of(*detect_kind(sound)));
    if (!format) continue;
    for (int round = 0; round < 1000; ++round) {
      Bytes content = joined({sound, sound});
      for (int edit = 0; edit < 3; ++edit) {
        const auto at = static_cast<std::ptrdiff_t>(random.below(content.size()));
        if (random.chance(0.5))
          content[static_cast<std::size_t>(at)] ^= static_cast<std::byte>(1U << random.below(8));
        else
          content.erase(content.begin() + at);
      }
      const Streamed streamed = stream(*format, content, 0, random);
      ASSERT_EQ(accounted(streamed.counters), content.size()) << name << " round " << round;
      ASSERT_EQ(streamed.messages.size(), streamed.counters.datagrams);
    }
  }
}

TEST(MessageStream, DeliversAMessageWithItsLastOctet) {
  for (const auto& [name, content] : samples()) {
    const auto format = stream_format_named(name_of(*detect_kind(content)));
    if (!format || *format == StreamFormat::hex_csv) continue;
    SCOPED_TRACE(name);
    MessageStream stream(*format);
    std::uint64_t position = 0;
    for (const std::byte octet : content) {
      ++position;
      stream.put({&octet, 1}, [&](const Datagram& datagram) {
        constexpr std::uint64_t kLineEnd = 2;
        EXPECT_LE(position, datagram.offset + 2 * datagram.payload.size() + kLineEnd);
      });
    }
  }
}

TEST(MessageStream, OfAsterixIsLostAtAnImpossibleHeader) {
  base::Random random(1);
  const Bytes content = joined({block(48, 20), bytes({0, 0, 9}), block(48, 20), block(48, 20)});
  const Streamed streamed = stream(StreamFormat::asterix, content, 5, random);
  EXPECT_TRUE(streamed.lost);
  EXPECT_EQ(streamed.messages.size(), 1U);
  EXPECT_EQ(streamed.counters.skipped_octets, 43U);
}

TEST(MessageStream, BeginsAnewAfterItsEnd) {
  MessageStream stream(StreamFormat::asterix);
  int messages = 0;
  const auto count = [&messages](const Datagram&) { ++messages; };
  stream.put(joined({block(48, 20), bytes({48, 0})}), count);
  EXPECT_EQ(stream.pending_octets(), 2U);
  stream.end(count);
  EXPECT_EQ(stream.counters().skipped_octets, 2U);
  stream.put(block(34, 12), count);
  EXPECT_EQ(messages, 2);
}

TEST(MessageStream, DoesNotTakeARowForWholeThatWasBrokenOff) {
  MessageStream stream(StreamFormat::sbs);
  int messages = 0;
  const auto count = [&messages](const Datagram&) { ++messages; };
  const Bytes row = text("MSG,3,1,1,4B00AA,1,2018/04/03,19:02:28.136,,,,33000");
  stream.put(row, count);
  stream.break_off();
  EXPECT_EQ(messages, 0);
  EXPECT_EQ(stream.counters().skipped_octets, row.size());
  EXPECT_EQ(stream.counters().faults, 1U);
  stream.put(row, count);
  stream.end(count);
  EXPECT_EQ(messages, 1) << "as the last line of a datagram";
}

TEST(MessageStream, HoldsNoMoreThanOneMessageOfEndlessRubbish) {
  for (const StreamFormat format :
       {StreamFormat::beast, StreamFormat::avr, StreamFormat::sbs, StreamFormat::dump978, StreamFormat::hex_csv}) {
    MessageStream stream(format);
    const Bytes rubbish(1000, std::byte{'x'});
    for (int i = 0; i < 200; ++i) {
      stream.put(rubbish, [](const Datagram&) { ADD_FAILURE() << "no message"; });
      ASSERT_LE(stream.pending_octets(), 20'000U);
    }
  }
}

}  // namespace
}  // namespace marsad::wire::framing
