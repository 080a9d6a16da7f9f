#pragma once

#include "marsad/units/angle.hpp"
#include "marsad/units/length.hpp"

namespace marsad::geo {

/// A position on WGS-84: geodetic latitude, longitude, height above the ellipsoid.
struct Geodetic {
  units::Angle latitude;   ///< -90 to 90 degrees, north positive
  units::Angle longitude;  ///< -180 to 180 degrees, east positive
  units::Length height;    ///< above the ellipsoid

  friend bool operator==(const Geodetic&, const Geodetic&) = default;
};

/// Whether `position` is a place: all finite, latitude and longitude within their ranges.
[[nodiscard]] inline bool is_valid(const Geodetic& position) noexcept {
  return abs(position.latitude) <= units::Angle::degrees(90.0) &&
         abs(position.longitude) <= units::Angle::degrees(180.0) && is_finite(position.height);
}

/// The covariance of a horizontal position error, in square metres along local east and north. Symmetric by
/// construction; positive semi-definite is the duty of whoever fills it.
struct HorizontalCovariance {
  double east_east_m2 = 0.0;
  double east_north_m2 = 0.0;
  double north_north_m2 = 0.0;

  friend bool operator==(const HorizontalCovariance&, const HorizontalCovariance&) = default;
};

}  // namespace marsad::geo
