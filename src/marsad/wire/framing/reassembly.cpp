#include "marsad/wire/framing/reassembly.hpp"

#include <algorithm>

namespace marsad::wire::framing {
namespace {
constexpr std::size_t kUnit = 8;  // fragments begin at multiples of 8 octets
// RFC 791 suggests 15 s at least, RFC 8200 demands 60 s at most.
constexpr units::Duration kLongestWait = units::Duration::seconds(30.0);
}  // namespace

Reassembly::Abandoned Reassembly::abandon(Slot& slot) {
  slot.used = false;
  return {slot.file_offset, slot.seen};
}

std::optional<Reassembly::Abandoned> Reassembly::abandon_one() {
  Slot* oldest = nullptr;
  for (Slot& slot : slots_) {
    if (slot.used && (oldest == nullptr || slot.began < oldest->began)) oldest = &slot;
  }
  if (oldest == nullptr) return std::nullopt;
  return abandon(*oldest);
}

Reassembly::Slot& Reassembly::slot_of(const Frame& frame, std::uint64_t file_offset,
                                      std::optional<units::UtcTime> receipt, std::optional<Abandoned>& abandoned) {
  const auto mine = std::find_if(slots_.begin(), slots_.end(), [&frame](const Slot& slot) {
    return slot.used && slot.identification == frame.fragment.identification && slot.source == frame.source;
  });
  if (mine != slots_.end()) {
    const bool late = receipt && mine->receipt && abs(*receipt - *mine->receipt) > kLongestWait;
    if (!late) return *mine;
    abandoned = abandon(*mine);
  }
  const auto is_free = [](const Slot& slot) { return !slot.used; };
  if (std::none_of(slots_.begin(), slots_.end(), is_free)) abandoned = abandon_one();
  Slot& slot = *std::find_if(slots_.begin(), slots_.end(), is_free);
  slot.used = true;
  slot.source = frame.source;
  slot.identification = frame.fragment.identification;
  slot.began = arrivals_++;
  slot.receipt = receipt;
  slot.file_offset = slot.head_offset = file_offset;
  slot.seen = 0;
  slot.covered = 0;
  slot.total.reset();
  slot.octets.clear();
  slot.filled.clear();
  return slot;
}

/// False if the piece contradicts what is there.
bool Reassembly::put(Slot& slot, const Frame& frame) {
  const std::size_t begin = frame.fragment.offset;
  const std::size_t end = begin + frame.payload.size();
  if (end > kLargestPacket) return false;
  if (frame.fragment.last && slot.total && *slot.total != end) return false;
  if (frame.fragment.last) slot.total = end;
  if (slot.total && std::max(end, slot.octets.size()) > *slot.total) return false;
  if (slot.octets.size() < end) slot.octets.resize(end);
  if (slot.filled.size() * kUnit < end) slot.filled.resize((end + kUnit - 1) / kUnit);
  for (std::size_t at = begin; at < end; at += kUnit) {
    const std::size_t count = std::min(kUnit, end - at);
    const auto piece = frame.payload.subspan(at - begin, count);
    const auto place = slot.octets.begin() + static_cast<std::ptrdiff_t>(at);
    if (slot.filled[at / kUnit]) {
      if (!std::equal(piece.begin(), piece.end(), place)) return false;
      continue;
    }
    std::copy(piece.begin(), piece.end(), place);
    slot.filled[at / kUnit] = true;
    slot.covered += count;
  }
  return true;
}

Reassembly::Outcome Reassembly::add(const Frame& frame, std::uint64_t file_offset,
                                    std::optional<units::UtcTime> receipt) {
  Outcome outcome;
  Slot& slot = slot_of(frame, file_offset, receipt, outcome.abandoned);
  slot.seen += frame.payload.size();
  if (frame.fragment.offset == 0) slot.head_offset = file_offset;
  if (!put(slot, frame)) {
    // Room was made only for a packet that had none yet, and such a packet can't contradict itself except by its size.
    const Abandoned own = abandon(slot);
    if (outcome.abandoned)
      outcome.abandoned->octets += own.octets;
    else
      outcome.abandoned = own;
    return outcome;
  }
  if (!slot.total || slot.covered != *slot.total) return outcome;
  outcome.complete = true;
  packet_.swap(slot.octets);
  packet_seen_ = slot.seen;
  packet_offset_ = slot.head_offset;
  slot.used = false;
  return outcome;
}

}  // namespace marsad::wire::framing
