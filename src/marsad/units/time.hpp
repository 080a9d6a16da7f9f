#pragma once

#include <cmath>
#include <compare>
#include <cstdint>

#include "marsad/units/quantity.hpp"

namespace marsad::units {

/// A span of time; seconds inside.
class Duration : public Quantity<Duration> {
 public:
  constexpr Duration() noexcept = default;
  static constexpr Duration seconds(double value) noexcept { return Duration(value); }
  static constexpr Duration milliseconds(double value) noexcept { return Duration(value * 1e-3); }

  [[nodiscard]] constexpr double seconds() const noexcept { return si_; }

 private:
  friend class Quantity<Duration>;
  constexpr explicit Duration(double si) noexcept : Quantity(si) {}
};

/// A moment in UTC: nanoseconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX). An integer, so that a
/// receipt time survives the log unchanged; from 1678 to 2262.
class UtcTime {
 public:
  constexpr UtcTime() noexcept = default;
  static constexpr UtcTime nanoseconds_since_epoch(std::int64_t value) noexcept { return UtcTime(value); }
  /// Rounds to the nanosecond; a double resolves about 0.2 microseconds today.
  static UtcTime seconds_since_epoch(double value) noexcept { return UtcTime(std::llround(value * 1e9)); }

  [[nodiscard]] constexpr std::int64_t nanoseconds_since_epoch() const noexcept { return nanoseconds_; }
  [[nodiscard]] constexpr double seconds_since_epoch() const noexcept {
    return static_cast<double>(nanoseconds_) * 1e-9;
  }

  friend constexpr Duration operator-(UtcTime a, UtcTime b) noexcept {
    return Duration::seconds(static_cast<double>(a.nanoseconds_ - b.nanoseconds_) * 1e-9);
  }
  friend UtcTime operator+(UtcTime t, Duration d) noexcept {
    return UtcTime(t.nanoseconds_ + std::llround(d.seconds() * 1e9));
  }
  friend UtcTime operator-(UtcTime t, Duration d) noexcept { return t + (-d); }
  friend constexpr auto operator<=>(UtcTime, UtcTime) noexcept = default;

 private:
  constexpr explicit UtcTime(std::int64_t nanoseconds) noexcept : nanoseconds_(nanoseconds) {}

  std::int64_t nanoseconds_ = 0;
};

}  // namespace marsad::units
