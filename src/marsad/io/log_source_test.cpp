#include "marsad/io/log_source.hpp"

#include <gtest/gtest.h>

#include <string>

#include "marsad/base/random.hpp"
#include "marsad/recording/writer.hpp"
#include "marsad/wire/framing/test_files.hpp"

namespace marsad::io {
namespace {

using recording::EntryKind;
using recording::LogEntry;
using units::Duration;
using units::UtcTime;
using wire::framing::ByteOrder;
using wire::framing::PayloadKind;
using wire::framing::test::block;
using wire::framing::test::Bytes;
using wire::framing::test::final_frame;
using wire::framing::test::joined;
using wire::framing::test::plots_csv;
using wire::framing::test::samples;
using wire::framing::test::text;

/// One entry as text: "tick 2", "datagram 1.5 a", "configuration 1.5 text", times in seconds after the base.
std::string told(const LogEntry& entry, double base_s) {
  const double seconds = entry.receipt.seconds_since_epoch() - base_s;
  std::string time = std::to_string(seconds);
  time.resize(time.find('.') + 2);
  const std::string payload(reinterpret_cast<const char*>(entry.payload.data()), entry.payload.size());
  switch (entry.kind) {
    case EntryKind::tick:
      return "tick " + time;
    case EntryKind::datagram:
      return "datagram " + time + " " + payload.substr(0, payload.find(','));
    case EntryKind::configuration:
      return "configuration " + time + " " + payload;
    case EntryKind::operator_action:
      return "action " + time;
  }
  return {};
}

std::vector<std::string> log_of(LogSource& source, double base_s = 0.0) {
  std::vector<std::string> out;
  while (const auto entry = source.next()) out.push_back(told(*entry, base_s));
  return out;
}

std::string row(const std::string& name, const std::string& receipt) {
  return name + "," + receipt + ",R1,PSR,,,,,,,,,,";
}

LogSource opened(std::vector<LogInput> inputs, LogSourceSettings settings = {}) {
  auto source = LogSource::open(std::move(inputs), std::move(settings));
  EXPECT_TRUE(source.ok()) << (source ? "" : source.error());
  return std::move(source).value();
}

using Told = std::vector<std::string>;

TEST(LogSource, MergesByTimeThenInputAndTicksBehindWhatWasReceivedByThen) {
  const Bytes first = plots_csv({row("a", "0.5"), row("b", "1"), row("c", "3.5")});
  const Bytes second = plots_csv({row("x", "0.5"), row("y", "1.2")});
  auto source =
      opened({{.path = "one", .content = first}, {.path = "two", .content = second}}, {.configuration = "k = 1"});
  EXPECT_EQ(log_of(source), (Told{"configuration 0.5 k = 1", "datagram 0.5 a", "datagram 0.5 x", "datagram 1.0 b",
                                  "tick 1.0", "datagram 1.2 y", "tick 2.0", "tick 3.0", "datagram 3.5 c", "tick 4.0"}));
  EXPECT_EQ(source.reports()[0].entries, 3U);
  EXPECT_EQ(source.reports()[1].framing.datagrams, 2U);
  EXPECT_DOUBLE_EQ(source.progress(), 1.0);
}

TEST(LogSource, DoesNotTickThroughALongSilence) {
  const Bytes file = plots_csv({row("a", "10.5"), row("b", "20000.5"), row("c", "20001.2")});
  auto source = opened({{.path = "f", .content = file}});
  EXPECT_EQ(log_of(source), (Told{"datagram 10.5 a", "tick 11.0", "datagram 20000.5 b", "tick 20001.0",
                                  "datagram 20001.2 c", "tick 20002.0"}));
}

TEST(LogSource, NeverGoesBackInTime) {
  const Bytes file = plots_csv({row("a", "5"), row("b", "4"), row("c", "6")});
  auto source = opened({{.path = "f", .content = file}}, {.tick_period = Duration::seconds(10)});
  EXPECT_EQ(log_of(source), (Told{"datagram 5.0 a", "datagram 5.0 b", "datagram 6.0 c", "tick 10.0"}));
  EXPECT_EQ(source.reports()[0].lifted_receipts, 1U);
}

TEST(LogSource, DoesNotBelieveOneTimeFarAheadOfBothNeighbours) {
  const Bytes file = plots_csv({row("a", "5"), row("b", "999999999"), row("c", "6"), row("d", "7")});
  auto source = opened({{.path = "f", .content = file}}, {.tick_period = Duration::seconds(10)});
  EXPECT_EQ(log_of(source),
            (Told{"datagram 5.0 a", "datagram 5.0 b", "datagram 6.0 c", "datagram 7.0 d", "tick 10.0"}));
  EXPECT_EQ(source.reports()[0].implausible_receipts, 1U);

  const Bytes at_once = plots_csv({row("b", "999999999"), row("c", "6"), row("d", "7")});
  auto again = opened({{.path = "f", .content = at_once}}, {.tick_period = Duration::seconds(10)});
  EXPECT_EQ(log_of(again), (Told{"datagram 6.0 b", "datagram 6.0 c", "datagram 7.0 d", "tick 10.0"}));
}

TEST(LogSource, LendsATimeToEntriesWithoutOne) {
  const Bytes file = plots_csv({row("a", ""), row("b", "?"), row("c", "6"), row("d", ""), row("e", "7")});
  auto source = opened({{.path = "f", .content = file}}, {.tick_period = Duration::seconds(10)});
  EXPECT_EQ(log_of(source), (Told{"datagram 6.0 a", "datagram 6.0 b", "datagram 6.0 c", "datagram 6.0 d",
                                  "datagram 7.0 e", "tick 10.0"}));
  EXPECT_EQ(source.reports()[0].without_receipt, 3U);
}

TEST(LogSource, CountsFromTheBeginningWhereAFileOnlyTellsTheTimeSinceThen) {
  using wire::framing::test::beast_message;
  using wire::framing::test::squitter;
  constexpr std::uint64_t kSecond = 12'000'000;
  const Bytes file = joined({beast_message(0, squitter(7)), beast_message(7 * kSecond, squitter(7)),
                             beast_message(9 * kSecond, squitter(14)), beast_message(8 * kSecond, squitter(14))});
  auto source = opened({{.path = "f", .content = file, .beginning = Beginning{UtcTime::seconds_since_epoch(100.0)}}},
                       {.tick_period = Duration::seconds(50)});
  std::vector<double> receipts;
  while (const auto entry = source.next())
    if (entry->kind == EntryKind::datagram) {
      EXPECT_EQ(entry->payload_kind, PayloadKind::mode_s);
      receipts.push_back(entry->receipt.seconds_since_epoch());
    }
  EXPECT_EQ(receipts, (std::vector<double>{100.0, 100.0, 102.0, 102.0}));
  EXPECT_EQ(source.reports()[0].without_receipt, 1U) << "the one without a stamp";
}

TEST(LogSource, AsksForTheTimesOfFilesThatKeepNone) {
  const Bytes file = joined({block(48, 20), block(34, 12), block(62, 40)});
  int asked = 0;
  const auto receipt_of = [&asked](std::span<const std::byte> payload, PayloadKind kind) -> std::optional<UtcTime> {
    ++asked;
    EXPECT_EQ(kind, PayloadKind::asterix);
    if (payload.size() == 12) return std::nullopt;
    return UtcTime::seconds_since_epoch(static_cast<double>(payload.size()));
  };
  auto source =
      opened({{.path = "f", .content = file, .receipt_of = receipt_of}}, {.tick_period = Duration::seconds(100)});
  std::vector<double> times;
  while (const auto entry = source.next()) times.push_back(entry->receipt.seconds_since_epoch());
  EXPECT_EQ(times, (std::vector<double>{20, 20, 40, 100}));
  EXPECT_EQ(asked, 3);
}

TEST(LogSource, KeepsTheStepsOfARecordersClockAndSetsItByTheData) {
  // The recorder is an hour behind; the data are up to 1 s old and then, in one datagram, nonsense.
  const Bytes file = joined({final_frame(block(48, 20), 100'000), final_frame(block(34, 12), 100'250),
                             final_frame(block(48, 21), 100'500), final_frame(block(48, 22), 100'700)});
  const auto receipt_of = [](std::span<const std::byte> payload, PayloadKind) -> std::optional<UtcTime> {
    if (payload.size() == 20) return UtcTime::seconds_since_epoch(4600);
    if (payload.size() == 21) return UtcTime::seconds_since_epoch(4606);
    if (payload.size() == 22) return UtcTime::seconds_since_epoch(99'999);
    return std::nullopt;
  };
  auto source =
      opened({{.path = "f", .content = file, .receipt_of = receipt_of}}, {.tick_period = Duration::seconds(10'000)});
  std::vector<double> times;
  while (const auto entry = source.next()) times.push_back(entry->receipt.seconds_since_epoch());
  ASSERT_EQ(times.size(), 5U);
  EXPECT_DOUBLE_EQ(times[0], 4600);
  EXPECT_DOUBLE_EQ(times[1], 4602.5);
  EXPECT_DOUBLE_EQ(times[2], 4606) << "not received before it was true";
  EXPECT_DOUBLE_EQ(times[3], 4608);
}

class VectorSink final : public recording::OctetSink {
 public:
  bool write(std::span<const std::byte> more) override {
    octets.insert(octets.end(), more.begin(), more.end());
    return true;
  }
  Bytes octets;
};

Bytes recorded(LogSource source) {
  VectorSink sink;
  recording::Writer writer(sink);
  while (const auto entry = source.next()) EXPECT_TRUE(writer.append(*entry));
  EXPECT_TRUE(writer.close());
  return sink.octets;
}

TEST(LogSource, PassesARecordingThroughUnchanged) {
  const Bytes capture = samples()[1].second;
  const auto source = [&capture] { return opened({{.path = "c", .content = capture}}, {.configuration = "k = 1"}); };
  auto live = source();
  const Told expected = log_of(live, 1'700'000'000);
  EXPECT_GT(expected.size(), 5U);
  const Bytes recording = recorded(source());
  auto replayed = opened({{.path = "r", .content = recording}}, {.configuration = "other"});
  EXPECT_EQ(log_of(replayed, 1'700'000'000), expected) << "its own ticks and configuration";
  EXPECT_EQ(recorded(opened({{.path = "r", .content = recording}})), recording) << "to the last bit";

  auto changed =
      opened({{.path = "r", .content = recording}}, {.configuration = "other", .replace_configurations = true});
  Told replaced = expected;
  replaced.front() = "configuration 0.2 other";
  EXPECT_EQ(log_of(changed, 1'700'000'000), replaced);
}

TEST(LogSource, MakesTicksAnewWhenARecordingIsMergedWithSomethingElse) {
  const Bytes rows = plots_csv({row("a", "0.5"), row("b", "2.5")});
  const Bytes recording = recorded(opened({{.path = "c", .content = rows}}, {.configuration = "k = 1"}));
  const Bytes more = plots_csv({row("x", "3.5")});
  auto source =
      opened({{.path = "r", .content = recording}, {.path = "x", .content = more}}, {.configuration = "other"});
  EXPECT_EQ(log_of(source), (Told{"configuration 0.5 k = 1", "datagram 0.5 a", "tick 1.0", "tick 2.0", "datagram 2.5 b",
                                  "tick 3.0", "datagram 3.5 x", "tick 4.0"}));
}

TEST(LogSource, KeepsItsLawsOnThousandsOfMutations) {
  std::vector<Bytes> sound;
  for (const auto& [name, content] : samples()) sound.push_back(content);
  sound.push_back(recorded(opened({{.path = "c", .content = sound[1]}}, {.configuration = "k = 1"})));
  base::Random random(11);
  int merges = 0;
  for (int round = 0; round < 3000; ++round) {
    Bytes one = sound[random.below(sound.size())];
    Bytes other = sound[random.below(sound.size())];
    for (std::uint64_t i = random.below(4); i > 0; --i)
      one[random.below(one.size())] = static_cast<std::byte>(random.below(256));
    other.resize(random.below(other.size() + 1));
    auto source = LogSource::open({{.path = "one", .content = one}, {.path = "other", .content = other}},
                                  {.tick_period = Duration::seconds(60)});
    if (!source) continue;
    ++merges;
    SCOPED_TRACE(round);
    std::optional<UtcTime> last;
    std::uint64_t entries = 0;
    while (const auto entry = source->next()) {
      ASSERT_GE(entry->receipt, last.value_or(entry->receipt));
      last = entry->receipt;
      if (entry->kind != EntryKind::tick && entry->kind != EntryKind::configuration) ++entries;
    }
    std::uint64_t datagrams = 0;
    for (const LogInputReport& report : source->reports()) datagrams += report.framing.datagrams;
    EXPECT_GE(entries, datagrams) << "none is lost in the merge";
    EXPECT_DOUBLE_EQ(source->progress(), 1.0);
  }
  EXPECT_GT(merges, 1000);
}

TEST(LogSource, RefusesUnknownInputByName) {
  const Bytes rubbish = text("hello");
  const auto unknown = LogSource::open({{.path = "x.bin", .content = rubbish}});
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error(), "x.bin: no known kind of recording begins like this");
  const Bytes torn = text("MARSADL1");
  const auto recording = LogSource::open({{.path = "x.mrl", .content = torn}});
  ASSERT_FALSE(recording);
  EXPECT_EQ(recording.error(), "x.mrl: not readable as recording: truncated at octet 8");
}

TEST(LogSource, OfNothingIsEmpty) {
  auto source = opened({});
  EXPECT_FALSE(source.next());
  const Bytes only_header = plots_csv({});
  auto empty = opened({{.path = "f", .content = only_header}}, {.configuration = "k = 1"});
  EXPECT_FALSE(empty.next());
}

}  // namespace
}  // namespace marsad::io
