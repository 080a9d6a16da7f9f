#include "marsad/geo/ellipsoid.hpp"

#include <cmath>

namespace marsad::geo {

using units::Angle;
using units::Length;

CurvatureRadii curvature_radii(double sin_latitude) noexcept {
  const double w2 = 1.0 - wgs84::kEccentricity2 * sin_latitude * sin_latitude;
  const double prime_vertical_m = wgs84::kSemiMajorAxisM / std::sqrt(w2);
  const double meridian_m = prime_vertical_m * (1.0 - wgs84::kEccentricity2) / w2;
  return {.meridian = Length::metres(meridian_m), .prime_vertical = Length::metres(prime_vertical_m)};
}

CurvatureRadii curvature_radii(Angle latitude) noexcept { return curvature_radii(sin(latitude)); }

Length curvature_radius(double sin_latitude, Angle azimuth) noexcept {
  const CurvatureRadii radii = curvature_radii(sin_latitude);
  const double s = sin(azimuth);
  const double c = cos(azimuth);
  return Length::metres(1.0 / (c * c / radii.meridian.metres() + s * s / radii.prime_vertical.metres()));
}

}  // namespace marsad::geo
