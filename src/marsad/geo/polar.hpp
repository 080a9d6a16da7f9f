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
  bool height_assumed = false;  ///< no height was known: the prior below stood in, and its spread is in the covariance
};

/// Stands in where no altitude is known: the middle of where aircraft fly, with a spread that covers it. Close to the
/// sensor the unknown height dominates the covariance along the line of sight, as it should.
inline constexpr HeightKnowledge kUnknownHeight{units::Length::metres(5'000.0), units::Length::metres(3'500.0)};

/// The longest slant range that `locate` accepts; beyond it a radar measurement means nothing.
inline constexpr units::Length kLongestSlantRange = units::Length::kilometres(5'000.0);

/// Locates a polar measurement from `site`: the point where slant range, azimuth (of a vertical plane in the site's own
/// ENU frame) and height above the ellipsoid meet, solved on the ellipsoid by quasi-Newton steps whose slope is that of
/// the osculating sphere. The remaining slant-range error is below 1 mm (measured: 10 nm), the height is kept exactly.
///
/// The covariance is the first-order propagation of the range, azimuth and height errors into east and north at the
/// point. Where the line of sight grows vertical first order would grow without bound: the standard deviation of the
/// ground range is then limited to that of the square root of its square, sqrt(2 r sqrt(var_range + var_height sin2
/// e)).
///
/// Degenerate cases:
/// - no height known: `kUnknownHeight` stands in and `height_assumed` is true;
/// - slant range shorter than the height difference (noise, a wrong altitude, or the prior just named): the point
/// straight
///   above or below the site at the known height, the smallest ground range there is. The covariance along the azimuth
///   then also covers the contradiction, up to the slant range itself;
/// - a target straight overhead is the limit of both cases and continuous with them;
/// - a site at or next to a pole, or a path over the antimeridian, needs no special care; a point on the axis has
///   longitude 0, and its covariance is along that meridian;
/// - any number of the measurement or the height not finite, a negative slant range, or one over `kLongestSlantRange`:
///   latitude, longitude, height and covariance are NaN. `is_valid(position)` tells. Negative standard deviations count
///   by their size.
///
/// Cost: no allocation, about half a microsecond on a 2020s server core.
LocatedMeasurement locate(const LocalFrame& site, const PolarMeasurement& measured,
                          const std::optional<HeightKnowledge>& height);

/// A position in the polar coordinates of a site: geometric (straight-line) slant range, azimuth in [0, 360) degrees,
/// elevation above the horizontal plane of the site. A target at the site has azimuth and elevation 0.
struct PolarPosition {
  units::Length slant_range;
  units::Angle azimuth;
  units::Angle elevation;
};

/// The inverse: what a perfect sensor at `site` would measure of `target`. Refraction isn't modelled. NaN gives NaN.
PolarPosition polar_of(const LocalFrame& site, const Geodetic& target);

}  // namespace marsad::geo
