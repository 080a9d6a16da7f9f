#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <vector>

#include "marsad/recording/log_entry.hpp"
#include "marsad/recording/receipt_order.hpp"
#include "marsad/units/time.hpp"
#include "marsad/wire/framing/datagram.hpp"

namespace marsad::io {

/// One log entry that owns its octets: what travels from the receiving threads to the one that steps the system.
struct OwnedEntry {
  recording::LogEntry entry;  ///< its payload points into `octets`
  std::vector<std::byte> octets;
};

/// Where the feeds and the clock meet: it gives everything that enters the system its place in the one order that
/// counts. Many threads push, one pops. Receipt times never go back: an entry stamped before its predecessor gets the
/// predecessor's time (a datagram that waited in a kernel buffer while the clock ticked) and is counted.
///
/// Bounded: when `kMaxEntries` or `kMaxOctets` wait, datagrams are refused and counted; ticks never are.
class EntryQueue {
 public:
  static constexpr std::size_t kMaxEntries = 1U << 18U;
  static constexpr std::size_t kMaxOctets = 128U << 20U;  ///< of their payloads

  /// Copies the datagram in. False: the queue is full, the datagram is lost and counted.
  bool push(const wire::framing::Datagram& datagram, units::UtcTime receipt);

  void push_tick(units::UtcTime time);

  /// Moves all that waits into `entries` (its old contents are dropped), waiting for something at most
  /// `patience`. False once the queue is closed and empty.
  bool pop_all(std::vector<OwnedEntry>& entries, units::Duration patience);

  /// Wakes the reader for good.
  void close();

  [[nodiscard]] std::uint64_t refused() const;
  /// Entries that got their predecessor's time.
  [[nodiscard]] std::uint64_t lifted_receipts() const;

 private:
  void append(OwnedEntry entry);

  mutable std::mutex mutex_;
  std::condition_variable filled_;
  std::vector<OwnedEntry> waiting_;
  std::size_t waiting_octets_ = 0;
  recording::ReceiptOrder order_;
  std::uint64_t refused_ = 0;
  bool closed_ = false;
};

}  // namespace marsad::io
