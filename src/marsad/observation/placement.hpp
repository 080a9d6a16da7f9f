#pragma once

#include <optional>

#include "marsad/geo/geodetic.hpp"
#include "marsad/geo/local_frame.hpp"
#include "marsad/geo/polar.hpp"
#include "marsad/observation/sensor.hpp"
#include "marsad/observation/target_report.hpp"
#include "marsad/units/angle.hpp"
#include "marsad/units/length.hpp"

namespace marsad::observation {

/// Puts positions into target reports. Each function expects altitude, height and on_ground to be in the report
/// already, since they decide where a range leads; sets `position`, its covariance and the flags that belong to it.
/// What the position can't be (beyond the sensor's range, off the globe, at 0 N 0 E) is flagged `position_implausible`.
/// All lengths in metres, angles from true north clockwise; the result is WGS-84.

/// An implausible range is one beyond `range_max` by more than this share of it and this margin.
inline constexpr double kRangeTolerance = 1.05;
inline constexpr units::Length kRangeMargin = units::Length::nautical_miles(2.0);

/// One sigma of two dimensions from the radius that holds 95 % of a circular normal error: sqrt(-2 ln 0.05).
inline constexpr double kRadius95PerSigma = 2.447746830680816;

/// What the report knows of its target's height above the ellipsoid: the pressure altitude with a standard deviation of
/// 150 m and 2.5 % of it in quadrature, else the height that a 3D radar measured (its elevation error at that range,
/// 0.3 degrees if not stated, at least 100 m), else the site's own height for a target on the ground, else nothing. A
/// garbled altitude is nothing.
[[nodiscard]] std::optional<geo::HeightKnowledge> height_known(const TargetReport& report, const Sensor& sensor,
                                                               units::Length slant_range);

/// Slant range and azimuth from the sensor. `frame` absent: `polar` is filled and the position stays absent.
void place_polar(TargetReport& report, const Sensor& sensor, const std::optional<geo::LocalFrame>& frame,
                 units::Length slant_range, units::Angle azimuth);

/// East and north of the sensor's reference point, in its horizontal plane, as multilateration and surface radars give
/// them. Without `frame` the position stays absent.
void place_cartesian(TargetReport& report, const Sensor& sensor, const std::optional<geo::LocalFrame>& frame,
                     units::Length east, units::Length north, const geo::HorizontalCovariance& covariance);

/// East and north on the stereographic plane that touches the earth at the reference point (I062/100). Taken on the
/// sphere that fits there; off by less than 0.1 % of the distance within 500 km.
void place_stereographic(TargetReport& report, const Sensor& sensor, const std::optional<geo::LocalFrame>& frame,
                         units::Length east, units::Length north, const geo::HorizontalCovariance& covariance);

/// Latitude and longitude as reported, in degrees: any finite numbers.
void place_geodetic(TargetReport& report, const Sensor& sensor, const std::optional<geo::LocalFrame>& frame,
                    double latitude_deg, double longitude_deg, const geo::HorizontalCovariance& covariance);

/// The same in every direction: `sigma` of each axis.
[[nodiscard]] geo::HorizontalCovariance circular(units::Length sigma) noexcept;

/// From standard deviations of east and north and their covariance; what is not positive definite loses its covariance,
/// and no deviation is taken to be below `floor`.
[[nodiscard]] geo::HorizontalCovariance elliptical(units::Length sigma_east, units::Length sigma_north,
                                                   double covariance_m2, units::Length floor) noexcept;

}  // namespace marsad::observation
