#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "marsad/observation/mode_s/aircraft_state.hpp"
#include "marsad/observation/mode_s/position_track.hpp"
#include "marsad/observation/mode_s/recent_frames.hpp"
#include "marsad/units/time.hpp"
#include "marsad/wire/modes/register_inference.hpp"

namespace marsad::observation::mode_s {

/// A value that waits for a second message to say the same before it replaces a different one that was believed.
template <class T>
struct Candidate {
  T value{};
  bool waiting = false;
};

/// One row of the table: what is told to others, and the resolver's own notes.
struct Aircraft {
  AircraftState state;
  PositionTrack track;
  RecentFrames recent;
  Candidate<ModeACode> mode_a_candidate;
  Candidate<AircraftIdentification> identification_candidate;
  Candidate<units::PressureAltitude> altitude_candidate;
  wire::modes::RegisterContext registers;         ///< what earlier Comm-B replies taught
  std::optional<units::UtcTime> register_motion;  ///< when speed and track of `registers` were told
};

/// Aircraft by source and address: open addressing with linear probing over 8-octet slots, so that a look-up touches
/// one cache line of the index and then the aircraft. Holds at most `capacity` aircraft; when it is full, one that has
/// not been heard for long gives way: of a fixed number of rows behind a moving hand, the one heard longest ago, those
/// heard only once or twice first, so that a flood of invented addresses displaces itself. Memory is taken once, by the
/// constructor. The same calls give the same table.
class AircraftTable {
 public:
  explicit AircraftTable(std::size_t capacity);

  /// The aircraft, or nothing. Valid until the next `find_or_add`.
  [[nodiscard]] Aircraft* find(SourceKind source, ModeSAddress address) noexcept;
  /// The aircraft, made if it is not there yet; `now` decides who gives way.
  Aircraft& find_or_add(SourceKind source, ModeSAddress address, units::UtcTime now);
  /// Forgets who was last heard more than `memory` before `now`, looking at a few rows per call: all of them in
  /// `capacity / kRowsPerCall` calls. Returns how many it forgot.
  std::size_t age(units::UtcTime now, units::Duration memory);

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] std::size_t capacity() const noexcept { return rows_.size(); }
  [[nodiscard]] std::uint64_t displaced() const noexcept { return displaced_; }  ///< made to give way while still young

  /// Calls `visit` with the state of every aircraft, in the order of the rows.
  template <class Visit>
  void for_each(Visit&& visit) const {
    for (std::size_t row = 0; row < used_.size(); ++row)
      if (used_[row] != 0) visit(rows_[row]->state);
  }

  static constexpr std::size_t kRowsPerCall = 4;

 private:
  struct Slot {
    std::uint32_t key = kEmpty;
    std::uint32_t row = 0;
  };
  static constexpr std::uint32_t kEmpty = 0xFFFF'FFFF;  // no key: sources are fewer than 255

  [[nodiscard]] static std::uint32_t key_of(SourceKind source, ModeSAddress address) noexcept {
    return static_cast<std::uint32_t>(source) << 24U | (address.value() & 0xFF'FFFFU);
  }
  [[nodiscard]] std::size_t home_of(std::uint32_t key) const noexcept;
  [[nodiscard]] std::size_t slot_of(std::uint32_t key) const noexcept;
  std::uint32_t free_row(units::UtcTime now);
  void make_room(units::UtcTime now);
  void remove(std::uint32_t row);

  std::vector<Slot> slots_;
  std::vector<std::unique_ptr<Aircraft>> rows_;  // made on first use, then kept
  std::vector<std::uint8_t> used_;
  std::vector<std::uint32_t> free_;
  std::size_t size_ = 0;
  std::size_t hand_ = 0;
  std::uint64_t displaced_ = 0;
};

}  // namespace marsad::observation::mode_s
