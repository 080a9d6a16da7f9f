#pragma once

#include "marsad/geo/geodetic.hpp"
#include "marsad/units/angle.hpp"
#include "marsad/units/length.hpp"

namespace marsad::output {

/// The one-sigma ellipse of a horizontal position error.
struct ErrorEllipse {
  units::Length sigma_major;  ///< never below `sigma_minor`
  units::Length sigma_minor;  ///< never negative
  units::Angle orientation;   ///< of the major axis, clockwise from north, in [0, 180) degrees; 0 for a circle
};

/// Principal axes of `covariance`. An eigenvalue that rounding made negative counts as 0; a covariance that is not
/// finite gives a zero ellipse with infinite `sigma_major`, which every text form writes as "not known".
[[nodiscard]] ErrorEllipse error_ellipse(const geo::HorizontalCovariance& covariance) noexcept;

}  // namespace marsad::output
