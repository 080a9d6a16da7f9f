#pragma once

#include <numbers>

#include "marsad/units/quantity.hpp"

namespace marsad::units {

/// A plane angle; radians inside. Directions (azimuth, bearing, heading, track angle) are angles clockwise from a
/// north that the name of the variable tells.
class Angle : public Quantity<Angle> {
 public:
  constexpr Angle() noexcept = default;
  static constexpr Angle radians(double value) noexcept { return Angle(value); }
  static constexpr Angle degrees(double value) noexcept { return Angle(value * (std::numbers::pi / 180.0)); }

  [[nodiscard]] constexpr double radians() const noexcept { return si_; }
  [[nodiscard]] constexpr double degrees() const noexcept { return si_ * (180.0 / std::numbers::pi); }

  /// The same direction in [0, 2 pi).
  [[nodiscard]] Angle normalised() const noexcept {
    constexpr double kTurn = 2.0 * std::numbers::pi;
    const double turned = std::fmod(si_, kTurn);
    const double positive = turned < 0.0 ? turned + kTurn : turned;
    return Angle(positive >= kTurn ? 0.0 : positive);
  }

  /// The same direction in (-pi, pi]: the shortest turn that reaches it.
  [[nodiscard]] Angle wrapped() const noexcept {
    const Angle positive = normalised();
    return positive.si_ > std::numbers::pi ? Angle(positive.si_ - 2.0 * std::numbers::pi) : positive;
  }

 private:
  friend class Quantity<Angle>;
  constexpr explicit Angle(double si) noexcept : Quantity(si) {}
};

inline double sin(Angle a) noexcept { return std::sin(a.radians()); }
inline double cos(Angle a) noexcept { return std::cos(a.radians()); }
inline double tan(Angle a) noexcept { return std::tan(a.radians()); }

}  // namespace marsad::units
