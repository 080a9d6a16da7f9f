#pragma once

#include "marsad/units/quantity.hpp"

namespace marsad::units {

/// A length, distance or geometric height difference; metres inside. Feet and nautical miles are for the wire and the
/// screen. 1 NM = 1852 m, 1 ft = 0.3048 m exactly.
class Length : public Quantity<Length> {
 public:
  constexpr Length() noexcept = default;
  static constexpr Length metres(double value) noexcept { return Length(value); }
  static constexpr Length kilometres(double value) noexcept { return Length(value * 1000.0); }
  static constexpr Length nautical_miles(double value) noexcept { return Length(value * 1852.0); }
  static constexpr Length feet(double value) noexcept { return Length(value * 0.3048); }

  [[nodiscard]] constexpr double metres() const noexcept { return si_; }
  [[nodiscard]] constexpr double nautical_miles() const noexcept { return si_ / 1852.0; }
  [[nodiscard]] constexpr double feet() const noexcept { return si_ / 0.3048; }

 private:
  friend class Quantity<Length>;
  constexpr explicit Length(double si) noexcept : Quantity(si) {}
};

}  // namespace marsad::units
