#pragma once

#include <compare>

#include "marsad/units/length.hpp"

namespace marsad::units {

/// An altitude above the 1013.25 hPa surface in the ICAO standard atmosphere (Mode C, flight level): a point on a scale
/// of its own, which is neither a height above the ellipsoid nor above the ground. Metres inside; one flight level is
/// 100 ft.
class PressureAltitude {
 public:
  constexpr PressureAltitude() noexcept = default;
  static constexpr PressureAltitude metres(double value) noexcept { return PressureAltitude(value); }
  static constexpr PressureAltitude feet(double value) noexcept { return PressureAltitude(value * 0.3048); }
  static constexpr PressureAltitude flight_level(double value) noexcept { return feet(value * 100.0); }

  [[nodiscard]] constexpr double metres() const noexcept { return metres_; }
  [[nodiscard]] constexpr double feet() const noexcept { return metres_ / 0.3048; }
  [[nodiscard]] constexpr double flight_level() const noexcept { return feet() / 100.0; }

  friend constexpr Length operator-(PressureAltitude a, PressureAltitude b) noexcept {
    return Length::metres(a.metres_ - b.metres_);
  }
  friend constexpr PressureAltitude operator+(PressureAltitude a, Length d) noexcept {
    return PressureAltitude(a.metres_ + d.metres());
  }
  friend constexpr PressureAltitude operator-(PressureAltitude a, Length d) noexcept {
    return PressureAltitude(a.metres_ - d.metres());
  }
  friend constexpr auto operator<=>(PressureAltitude, PressureAltitude) noexcept = default;

 private:
  constexpr explicit PressureAltitude(double metres) noexcept : metres_(metres) {}

  double metres_ = 0.0;
};

}  // namespace marsad::units
