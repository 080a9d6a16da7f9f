#include "marsad/observation/mode_s/aircraft_table.hpp"

#include <algorithm>
#include <bit>
#include <optional>

#include "marsad/base/check.hpp"

namespace marsad::observation::mode_s {

using units::Duration;
using units::UtcTime;

namespace {

/// Rows that are compared to find the one that gives way.
constexpr std::size_t kCompared = 64;
/// An aircraft heard no more often than this is taken for older than it is by `kPenalty` when room is needed.
constexpr std::uint64_t kSeldom = 2;
constexpr Duration kPenalty = Duration::seconds(60.0);

}  // namespace

AircraftTable::AircraftTable(std::size_t capacity) {
  const std::size_t rows = std::clamp<std::size_t>(capacity, 1, std::size_t{1} << 24U);
  slots_.resize(std::bit_ceil(rows * 2));
  rows_.resize(rows);
  used_.resize(rows, 0);
  free_.reserve(rows);
  for (std::size_t row = rows; row-- > 0;) free_.push_back(static_cast<std::uint32_t>(row));
}

std::size_t AircraftTable::home_of(std::uint32_t key) const noexcept {
  const std::uint64_t mixed = std::uint64_t{key} * 0x9E37'79B9'7F4A'7C15U;
  return static_cast<std::size_t>(mixed >> 32U) & (slots_.size() - 1);
}

std::size_t AircraftTable::slot_of(std::uint32_t key) const noexcept {
  std::size_t slot = home_of(key);
  while (slots_[slot].key != key && slots_[slot].key != kEmpty) slot = (slot + 1) & (slots_.size() - 1);
  return slot;
}

Aircraft* AircraftTable::find(SourceKind source, ModeSAddress address) noexcept {
  const Slot& slot = slots_[slot_of(key_of(source, address))];
  return slot.key == kEmpty ? nullptr : rows_[slot.row].get();
}

Aircraft& AircraftTable::find_or_add(SourceKind source, ModeSAddress address, UtcTime now) {
  const std::uint32_t key = key_of(source, address);
  std::size_t slot = slot_of(key);
  if (slots_[slot].key != kEmpty) return *rows_[slots_[slot].row];
  const std::uint32_t row = free_row(now);
  slot = slot_of(key);  // making room may have moved the slots
  slots_[slot] = {key, row};
  used_[row] = 1;
  ++size_;
  if (rows_[row] == nullptr) {
    rows_[row] = std::make_unique<Aircraft>();
  } else {
    *rows_[row] = Aircraft{};
  }
  AircraftState& state = rows_[row]->state;
  state.address = address;
  state.source = source;
  state.first_heard = now;
  state.last_heard = now;
  return *rows_[row];
}

std::uint32_t AircraftTable::free_row(UtcTime now) {
  if (free_.empty()) make_room(now);
  const std::uint32_t row = free_.back();
  free_.pop_back();
  return row;
}

void AircraftTable::make_room(UtcTime now) {
  std::optional<std::size_t> oldest;
  Duration greatest;
  for (std::size_t i = 0; i < std::min(kCompared, rows_.size()); ++i) {
    const std::size_t row = hand_;
    hand_ = (hand_ + 1) % rows_.size();
    const AircraftState& state = rows_[row]->state;
    Duration age = now - state.last_heard;
    if (state.messages <= kSeldom) age += kPenalty;
    if (oldest && age <= greatest) continue;
    oldest = row;
    greatest = age;
  }
  MARSAD_CHECK(oldest.has_value());
  remove(static_cast<std::uint32_t>(*oldest));
  ++displaced_;
}

std::size_t AircraftTable::age(UtcTime now, Duration memory) {
  std::size_t forgotten = 0;
  for (std::size_t i = 0; i < kRowsPerCall; ++i) {
    const std::size_t row = hand_;
    hand_ = hand_ + 1 == rows_.size() ? 0 : hand_ + 1;
    if (used_[row] == 0 || now - rows_[row]->state.last_heard <= memory) continue;
    remove(static_cast<std::uint32_t>(row));
    ++forgotten;
  }
  return forgotten;
}

void AircraftTable::remove(std::uint32_t row) {
  const AircraftState& state = rows_[row]->state;
  std::size_t hole = slot_of(key_of(state.source, state.address));
  MARSAD_CHECK(slots_[hole].row == row && slots_[hole].key != kEmpty);
  // Those behind the hole that may stand nearer to their home move up, so that no search stops short of them.
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t next = (hole + 1) & mask; slots_[next].key != kEmpty; next = (next + 1) & mask) {
    const std::size_t home = home_of(slots_[next].key);
    if (((next - home) & mask) < ((next - hole) & mask)) continue;
    slots_[hole] = slots_[next];
    hole = next;
  }
  slots_[hole] = Slot{};
  used_[row] = 0;
  free_.push_back(row);
  --size_;
}

}  // namespace marsad::observation::mode_s
