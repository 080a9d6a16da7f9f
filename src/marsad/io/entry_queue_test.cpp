#include "marsad/io/entry_queue.hpp"

#include <gtest/gtest.h>

#include <array>
#include <thread>

namespace marsad::io {
namespace {

using recording::EntryKind;
using units::Duration;
using units::UtcTime;

UtcTime at(double seconds) { return UtcTime::seconds_since_epoch(seconds); }

TEST(EntryQueue, KeepsTheOctetsAfterTheSenderHasForgottenThem) {
  EntryQueue queue;
  {
    const std::array<std::byte, 3> octets{std::byte{1}, std::byte{2}, std::byte{3}};
    ASSERT_TRUE(queue.push({.payload = octets, .receipt = {}, .kind = {}, .source = {}, .offset = 0}, at(5)));
  }
  std::vector<OwnedEntry> entries;
  ASSERT_TRUE(queue.pop_all(entries, Duration::seconds(1)));
  ASSERT_EQ(entries.size(), 1U);
  ASSERT_EQ(entries[0].entry.payload.size(), 3U);
  EXPECT_EQ(entries[0].entry.payload[2], std::byte{3});
}

TEST(EntryQueue, NeverLetsTimeGoBack) {
  EntryQueue queue;
  queue.push_tick(at(10));
  ASSERT_TRUE(queue.push({}, at(9)));
  std::vector<OwnedEntry> entries;
  ASSERT_TRUE(queue.pop_all(entries, Duration::seconds(1)));
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[1].entry.kind, EntryKind::datagram);
  EXPECT_EQ(entries[1].entry.receipt, at(10));
  EXPECT_EQ(queue.lifted_receipts(), 1U);
}

TEST(EntryQueue, RefusesAndCountsDatagramsWhenFullButNeverTicks) {
  EntryQueue queue;
  for (std::size_t i = 0; i < EntryQueue::kMaxEntries; ++i) ASSERT_TRUE(queue.push({}, at(1)));
  EXPECT_FALSE(queue.push({}, at(1)));
  EXPECT_EQ(queue.refused(), 1U);
  queue.push_tick(at(2));
  std::vector<OwnedEntry> entries;
  ASSERT_TRUE(queue.pop_all(entries, Duration::seconds(1)));
  EXPECT_EQ(entries.size(), EntryQueue::kMaxEntries + 1);
}

TEST(EntryQueue, BoundsTheOctetsThatWaitAndNotOnlyTheEntries) {
  EntryQueue queue;
  const std::vector<std::byte> large(std::size_t{32} << 20U);
  const wire::framing::Datagram datagram{.payload = large, .receipt = {}, .kind = {}, .source = {}, .offset = 0};
  for (std::size_t i = 0; i < EntryQueue::kMaxOctets / large.size(); ++i) ASSERT_TRUE(queue.push(datagram, at(1)));
  EXPECT_FALSE(queue.push(datagram, at(1)));
  EXPECT_EQ(queue.refused(), 1U);
  std::vector<OwnedEntry> entries;
  ASSERT_TRUE(queue.pop_all(entries, Duration::seconds(1)));
  EXPECT_TRUE(queue.push(datagram, at(1)));
}

TEST(EntryQueue, EndsTheReaderOnceClosedAndEmpty) {
  EntryQueue queue;
  queue.push_tick(at(1));
  std::thread closer([&] { queue.close(); });
  std::vector<OwnedEntry> entries;
  int ticks = 0;
  while (queue.pop_all(entries, Duration::seconds(1))) ticks += static_cast<int>(entries.size());
  closer.join();
  EXPECT_EQ(ticks, 1);
}

}  // namespace
}  // namespace marsad::io
