#include "marsad/observation/placement.hpp"

#include <algorithm>
#include <cmath>

namespace marsad::observation {

using geo::HeightKnowledge;
using geo::HorizontalCovariance;
using geo::LocalFrame;
using units::Angle;
using units::Length;

namespace {

constexpr double kPressureSigmaM = 150.0;      // QNH of +-20 hPa, and the geoid
constexpr double kPressureSigmaShare = 0.025;  // temperature 7 K off the standard atmosphere
constexpr double kElevationSigmaRad = 0.3 * 3.14159265358979323846 / 180.0;
constexpr double kHeightSigmaFloorM = 100.0;
constexpr double kGroundSigmaM = 100.0;  // of an airport's surface against its sensor's site
constexpr double kEarthRadiusM = 6'371'000.0;

void put(TargetReport& report, const geo::Geodetic& position, const HorizontalCovariance& covariance) {
  report.position = position;
  report.position_covariance = covariance;
}

/// The height that stands in the position of a report located without range: what it knows, else the sensor's own, else
/// the ellipsoid. It moves a geodetic position not at all and a cartesian one by the slope of the plane only.
Length height_standing_in(const TargetReport& report, const Sensor& sensor) {
  if (report.geometric_height) return *report.geometric_height;
  if (report.pressure_altitude && !report.quality.altitude_garbled)
    return Length::metres(report.pressure_altitude->metres());
  return sensor.characteristics.site ? sensor.characteristics.site->height : Length{};
}

bool beyond_reach(Length distance, const Sensor& sensor) {
  return distance > sensor.characteristics.range_max * kRangeTolerance + kRangeMargin;
}

/// The point `height` above the ellipsoid whose horizontal coordinates at the frame's origin are east and north. Each
/// step corrects the rise by the height missed, which shrinks the miss by the square of the distance over the earth's
/// radius: two steps leave under a millimetre within 500 km.
geo::Geodetic above_plane(const LocalFrame& frame, double east_m, double north_m, Length height) {
  double rise_m =
      (height - frame.origin().height).metres() - (east_m * east_m + north_m * north_m) / (2.0 * kEarthRadiusM);
  geo::Geodetic point{};
  for (int step = 0; step < 4; ++step) {
    point = frame.to_geodetic(geo::EnuPosition(Eigen::Vector3d(east_m, north_m, rise_m)));
    rise_m += (height - point.height).metres();
  }
  point.height = height;
  return point;
}

}  // namespace

std::optional<HeightKnowledge> height_known(const TargetReport& report, const Sensor& sensor, Length slant_range) {
  if (report.pressure_altitude && !report.quality.altitude_garbled) {
    const double altitude_m = report.pressure_altitude->metres();
    return HeightKnowledge{Length::metres(altitude_m),
                           Length::metres(std::hypot(kPressureSigmaM, kPressureSigmaShare * altitude_m))};
  }
  if (report.geometric_height) {
    const double elevation_rad =
        sensor.characteristics.sigma_elevation ? sensor.characteristics.sigma_elevation->radians() : kElevationSigmaRad;
    return HeightKnowledge{*report.geometric_height,
                           Length::metres(std::max(kHeightSigmaFloorM, slant_range.metres() * elevation_rad))};
  }
  if (report.on_ground && sensor.characteristics.site)
    return HeightKnowledge{sensor.characteristics.site->height, Length::metres(kGroundSigmaM)};
  return std::nullopt;
}

void place_polar(TargetReport& report, const Sensor& sensor, const std::optional<LocalFrame>& frame, Length slant_range,
                 Angle azimuth) {
  report.polar = geo::PolarMeasurement{.slant_range = slant_range,
                                       .azimuth = azimuth,
                                       .sigma_range = sensor.characteristics.sigma_range,
                                       .sigma_azimuth = sensor.characteristics.sigma_azimuth};
  if (beyond_reach(slant_range, sensor)) report.quality.position_implausible = true;
  report.quality.site_unknown = !frame;
  if (!frame) return;
  const geo::LocatedMeasurement located = geo::locate(*frame, *report.polar, height_known(report, sensor, slant_range));
  // Farther than any sensor sees, `locate` gives no place.
  if (!is_finite(located.position.latitude) || !is_finite(located.position.longitude)) {
    report.quality.position_implausible = true;
    return;
  }
  put(report, located.position, located.covariance);
  report.quality.height_assumed = located.height_assumed;
}

void place_cartesian(TargetReport& report, const Sensor& sensor, const std::optional<LocalFrame>& frame, Length east,
                     Length north, const HorizontalCovariance& covariance) {
  if (beyond_reach(Length::metres(std::hypot(east.metres(), north.metres())), sensor))
    report.quality.position_implausible = true;
  report.quality.site_unknown = !frame;
  if (frame)
    put(report, above_plane(*frame, east.metres(), north.metres(), height_standing_in(report, sensor)), covariance);
}

void place_stereographic(TargetReport& report, const Sensor& sensor, const std::optional<LocalFrame>& frame,
                         Length east, Length north, const HorizontalCovariance& covariance) {
  const double distance_m = std::hypot(east.metres(), north.metres());
  if (beyond_reach(Length::metres(distance_m), sensor)) report.quality.position_implausible = true;
  // Beyond a radius the plane wraps towards the antipode, where no system's tracks are.
  report.quality.site_unknown = !frame;
  if (!frame || distance_m > kEarthRadiusM) return;
  const double central_angle = 2.0 * std::atan(distance_m / (2.0 * kEarthRadiusM));
  const double shrink = distance_m > 0.0 ? kEarthRadiusM * std::sin(central_angle) / distance_m : 1.0;
  put(report, above_plane(*frame, east.metres() * shrink, north.metres() * shrink, height_standing_in(report, sensor)),
      covariance);
}

void place_geodetic(TargetReport& report, const Sensor& sensor, const std::optional<LocalFrame>& frame,
                    double latitude_deg, double longitude_deg, const HorizontalCovariance& covariance) {
  const bool on_globe = std::abs(latitude_deg) <= 90.0 && std::abs(longitude_deg) <= 180.0;
  if (!on_globe) {
    report.quality.position_implausible = true;
    return;
  }
  const geo::Geodetic position{Angle::degrees(latitude_deg), Angle::degrees(longitude_deg),
                               height_standing_in(report, sensor)};
  put(report, position, covariance);
  const bool null_island = latitude_deg == 0.0 && longitude_deg == 0.0;
  const bool far =
      frame && beyond_reach(Length::metres((geo::to_ecef(position) - frame->origin_ecef()).metres().norm()), sensor);
  if (null_island || far) report.quality.position_implausible = true;
}

HorizontalCovariance circular(Length sigma) noexcept {
  const double variance = sigma.metres() * sigma.metres();
  return {.east_east_m2 = variance, .east_north_m2 = 0.0, .north_north_m2 = variance};
}

HorizontalCovariance elliptical(Length sigma_east, Length sigma_north, double covariance_m2, Length floor) noexcept {
  const double east_m = std::max(sigma_east.metres(), floor.metres());
  const double north_m = std::max(sigma_north.metres(), floor.metres());
  const bool definite = std::abs(covariance_m2) < 0.999 * east_m * north_m;
  return {.east_east_m2 = east_m * east_m,
          .east_north_m2 = definite ? covariance_m2 : 0.0,
          .north_north_m2 = north_m * north_m};
}

}  // namespace marsad::observation
