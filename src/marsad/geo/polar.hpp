#pragma once

#include <optional>

#include "marsad/geo/geodetic.hpp"
#include "marsad/geo/local_frame.hpp"
#include "marsad/units/angle.hpp"
#include "marsad/units/length.hpp"

namespace marsad::geo {

/// What is known of a target's height above the ellipsoid before it is located: a value and its standard deviation.
struct HeightKnowledge {
  units::Length height;
  units::Length sigma;
};

/// What a rotating sensor measures: slant range, and azimuth clockwise from true north in the horizontal plane at the
/// sensor, with standard deviations.
struct PolarMeasurement {
  units::Length slant_range;
  units::Angle azimuth;
  units::Length sigma_range;
  units::Angle sigma_azimuth;
};

/// A measurement put on the map.
struct LocatedMeasurement {
  Geodetic position;
  HorizontalCovariance covariance;  ///< along east and north at `position`
  bool height_assumed = false;      ///< no height was known: the prior below stood in, and its spread is in the covariance
};

/// Stands in where no altitude is known: the middle of where aircraft fly, with a spread that covers it. Close to the
/// sensor the unknown height dominates the covariance along the line of sight, as it should.
inline constexpr HeightKnowledge kUnknownHeight{units::Length::metres(5'000.0), units::Length::metres(3'500.0)};

/// Locates a polar measurement from `site`. The point is where slant range, azimuth and height meet, solved on the
/// ellipsoid (the remaining slant-range error is below 1 mm); the covariance is the first-order propagation of range,
/// azimuth and height errors into east and north. A slant range shorter than the height difference allows (noise, or a
/// wrong altitude) gives the point with the smallest possible ground range and a covariance that says so. The azimuth is
/// that of the vertical plane in the site's own ENU frame.
LocatedMeasurement locate(const LocalFrame& site, const PolarMeasurement& measured, const std::optional<HeightKnowledge>& height);

/// The inverse: what a perfect sensor at `site` would measure of `target`.
struct PolarPosition {
  units::Length slant_range;
  units::Angle azimuth;
  units::Angle elevation;
};
PolarPosition polar_of(const LocalFrame& site, const Geodetic& target);

}  // namespace marsad::geo
