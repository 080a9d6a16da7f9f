#pragma once

#include "marsad/units/quantity.hpp"

namespace marsad::units {

/// An acceleration; metres per second squared inside. Standard gravity is 9.80665 m/s2.
class Acceleration : public Quantity<Acceleration> {
 public:
  constexpr Acceleration() noexcept = default;
  static constexpr Acceleration metres_per_second2(double value) noexcept { return Acceleration(value); }
  static constexpr Acceleration standard_gravities(double value) noexcept { return Acceleration(value * 9.80665); }

  [[nodiscard]] constexpr double metres_per_second2() const noexcept { return si_; }

 private:
  friend class Quantity<Acceleration>;
  constexpr explicit Acceleration(double si) noexcept : Quantity(si) {}
};

}  // namespace marsad::units
