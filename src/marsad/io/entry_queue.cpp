#include "marsad/io/entry_queue.hpp"

#include <chrono>
#include <utility>

namespace marsad::io {

bool EntryQueue::push(const wire::framing::Datagram& datagram, units::UtcTime receipt) {
  OwnedEntry owned;
  owned.octets.assign(datagram.payload.begin(), datagram.payload.end());
  owned.entry = {.kind = recording::EntryKind::datagram,
                 .receipt = receipt,
                 .payload_kind = datagram.kind,
                 .source = datagram.source,
                 .payload = {}};
  const std::lock_guard lock(mutex_);
  const bool full = waiting_.size() >= kMaxEntries || owned.octets.size() > kMaxOctets - waiting_octets_;
  if (full || closed_) {
    ++refused_;
    return false;
  }
  waiting_octets_ += owned.octets.size();
  append(std::move(owned));
  return true;
}

void EntryQueue::push_tick(units::UtcTime time) {
  OwnedEntry owned;
  owned.entry.kind = recording::EntryKind::tick;
  owned.entry.receipt = time;
  const std::lock_guard lock(mutex_);
  append(std::move(owned));
}

void EntryQueue::append(OwnedEntry entry) {
  entry.entry.receipt = order_.admit(entry.entry.receipt);
  waiting_.push_back(std::move(entry));
  OwnedEntry& kept = waiting_.back();
  kept.entry.payload = kept.octets;
  filled_.notify_one();
}

bool EntryQueue::pop_all(std::vector<OwnedEntry>& entries, units::Duration patience) {
  entries.clear();
  std::unique_lock lock(mutex_);
  filled_.wait_for(lock, std::chrono::duration<double>(patience.seconds()),
                   [this] { return closed_ || !waiting_.empty(); });
  std::swap(entries, waiting_);
  waiting_octets_ = 0;
  return !(closed_ && entries.empty());
}

void EntryQueue::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  filled_.notify_all();
}

std::uint64_t EntryQueue::refused() const {
  const std::lock_guard lock(mutex_);
  return refused_;
}

std::uint64_t EntryQueue::lifted_receipts() const {
  const std::lock_guard lock(mutex_);
  return order_.lifted();
}

}  // namespace marsad::io
