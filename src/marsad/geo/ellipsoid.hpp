#pragma once

#include "marsad/units/angle.hpp"
#include "marsad/units/length.hpp"

namespace marsad::geo {

/// The WGS-84 ellipsoid. Source: NGA.STND.0036 (2014), table 3.1 (a and 1/f are defining, the others derived).
namespace wgs84 {
inline constexpr double kSemiMajorAxisM = 6'378'137.0;
inline constexpr double kFlattening = 1.0 / 298.257223563;
inline constexpr double kSemiMinorAxisM = kSemiMajorAxisM * (1.0 - kFlattening);
inline constexpr double kEccentricity2 = kFlattening * (2.0 - kFlattening);  ///< first, squared
inline constexpr double kSecondEccentricity2 = kEccentricity2 / ((1.0 - kFlattening) * (1.0 - kFlattening));
}  // namespace wgs84

/// The two principal radii of curvature of the ellipsoid at a latitude: a step of dN metres north turns the latitude by
/// dN / (meridian + height), a step of dE metres east the longitude by dE / ((prime_vertical + height) cos latitude).
struct CurvatureRadii {
  units::Length meridian;
  units::Length prime_vertical;
};

/// Exact to the rounding of a double at every latitude. `sin_latitude` in [-1, 1].
CurvatureRadii curvature_radii(double sin_latitude) noexcept;
CurvatureRadii curvature_radii(units::Angle latitude) noexcept;

/// Radius of curvature of the normal section in the direction `azimuth` (Euler's theorem): how strongly the ground
/// falls away from the horizontal plane in that direction.
units::Length curvature_radius(double sin_latitude, units::Angle azimuth) noexcept;

}  // namespace marsad::geo
