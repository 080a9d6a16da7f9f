#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "marsad/units/time.hpp"

namespace marsad::tracking::lifecycle {

/// Hands out the recyclable 16-bit track numbers, 1 to 65,535 in turn, and keeps a released one back for a while so
/// that no consumer takes a new track for the old one (I062/040).
class TrackNumbers {
 public:
  explicit TrackNumbers(units::Duration quarantine);

  /// The next number that is neither in use nor kept back; absent if there is none.
  std::optional<std::uint16_t> take(units::UtcTime now);

  /// `number` must be in use.
  void release(std::uint16_t number, units::UtcTime now);

  [[nodiscard]] std::size_t in_use() const noexcept { return in_use_; }

 private:
  struct Slot {
    bool used = false;
    bool ever_used = false;
    units::UtcTime released;
  };

  units::Duration quarantine_;
  std::vector<Slot> slots_;
  std::size_t next_ = 1;
  std::size_t in_use_ = 0;
};

}  // namespace marsad::tracking::lifecycle
