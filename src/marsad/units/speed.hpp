#pragma once

#include "marsad/units/length.hpp"
#include "marsad/units/quantity.hpp"
#include "marsad/units/time.hpp"

namespace marsad::units {

/// A speed or one component of a velocity; metres per second inside. 1 kt = 1852/3600 m/s.
class Speed : public Quantity<Speed> {
 public:
  constexpr Speed() noexcept = default;
  static constexpr Speed metres_per_second(double value) noexcept { return Speed(value); }
  static constexpr Speed knots(double value) noexcept { return Speed(value * (1852.0 / 3600.0)); }
  static constexpr Speed nautical_miles_per_second(double value) noexcept { return Speed(value * 1852.0); }
  static constexpr Speed feet_per_minute(double value) noexcept { return Speed(value * (0.3048 / 60.0)); }

  [[nodiscard]] constexpr double metres_per_second() const noexcept { return si_; }
  [[nodiscard]] constexpr double knots() const noexcept { return si_ * (3600.0 / 1852.0); }
  [[nodiscard]] constexpr double feet_per_minute() const noexcept { return si_ * (60.0 / 0.3048); }

 private:
  friend class Quantity<Speed>;
  constexpr explicit Speed(double si) noexcept : Quantity(si) {}
};

constexpr Length operator*(Speed speed, Duration time) noexcept {
  return Length::metres(speed.metres_per_second() * time.seconds());
}
constexpr Length operator*(Duration time, Speed speed) noexcept { return speed * time; }
constexpr Speed operator/(Length distance, Duration time) noexcept {
  return Speed::metres_per_second(distance.metres() / time.seconds());
}

}  // namespace marsad::units
