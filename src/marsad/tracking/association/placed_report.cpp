#include "marsad/tracking/association/placed_report.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "marsad/geo/polar.hpp"
#include "marsad/tracking/filter/vertical_filter.hpp"

namespace marsad::tracking::association {

using observation::Detection;
using observation::SensorKind;
using observation::TargetReport;
using units::Length;

namespace {

constexpr double kLeastVariance = 1.0;      // m2: nothing is measured better than to a metre
constexpr double kLargestSigma = 30'000.0;  // m: worse is no position
constexpr double kReachSigmas = 4.5;
constexpr double kLeastDensity = 1e-18;              // per m2: nothing is certain to be a known target
constexpr double kPressureToGeometricSigma = 120.0;  // m: weather, when a pressure altitude stands in for a height
constexpr double kSharedHeightSigma = 150.0;         // m: what is left of an assumed height from plot to plot
constexpr double kTypicalElevationSine = 0.1;        // targets without altitude are rarely higher above the horizon
constexpr double kFastest = 4'000.0;                 // m/s
constexpr double kSteepest = 2'000.0;                // m/s
constexpr units::Angle kElevationSigma = units::Angle::degrees(0.3);  // of a 3D radar that states none
constexpr double kReportedHeightSigma = 20.0;                         // m, of ADS-B and multilateration
constexpr double kPressureAltitudeSigma = 15.0;                       // m: 100 ft steps, and the transponder's own

bool is_within(double value, double low, double high) { return value >= low && value <= high; }

bool is_possible(const geo::Geodetic& p) {
  return is_within(p.latitude.degrees(), -90.0, 90.0) && is_within(p.longitude.degrees(), -360.0, 360.0) &&
         is_within(p.height.metres(), -5'000.0, 2e6);
}

bool is_possible(const geo::HorizontalCovariance& c) {
  constexpr double kMost = kLargestSigma * kLargestSigma;
  return is_within(c.east_east_m2, 0.0, kMost) && is_within(c.north_north_m2, 0.0, kMost) &&
         c.east_north_m2 * c.east_north_m2 <= c.east_east_m2 * c.north_north_m2 * (1.0 + 1e-9);
}

bool is_possible(const geo::PolarMeasurement& p) {
  return is_within(p.slant_range.metres(), 0.0, geo::kLongestSlantRange.metres()) && is_finite(p.azimuth) &&
         is_finite(p.sigma_range) && is_finite(p.sigma_azimuth);
}

bool has_possible_motion(const TargetReport& r) {
  if (r.velocity) {
    const auto& v = *r.velocity;
    if (!is_within(v.east.metres_per_second(), -kFastest, kFastest)) return false;
    if (!is_within(v.north.metres_per_second(), -kFastest, kFastest)) return false;
    if (!is_within(v.sigma.metres_per_second(), 0.0, kFastest)) return false;
  }
  if (r.vertical_rate && !is_within(r.vertical_rate->metres_per_second(), -kSteepest, kSteepest)) return false;
  if (r.pressure_altitude && !is_within(r.pressure_altitude->metres(), -2'000.0, 60'000.0)) return false;
  return !r.geometric_height || is_within(r.geometric_height->metres(), -5'000.0, 2e6);
}

Eigen::Matrix2d matrix_of(const geo::HorizontalCovariance& c) {
  Eigen::Matrix2d m;
  m << c.east_east_m2 + kLeastVariance, c.east_north_m2, c.east_north_m2, c.north_north_m2 + kLeastVariance;
  return m;
}

std::optional<geo::HeightKnowledge> known_height(const Track& track, units::UtcTime time) {
  const auto from = [&](const filter::VerticalState& state, double extra) -> std::optional<geo::HeightKnowledge> {
    if (!state.known) return std::nullopt;
    const filter::VerticalState then = filter::predict(state, track.motion, time);
    const double sigma = std::sqrt(then.covariance(0, 0) + extra * extra);
    if (sigma > geo::kUnknownHeight.sigma.metres()) return std::nullopt;
    return geo::HeightKnowledge{Length::metres(then.mean[0]), Length::metres(sigma)};
  };
  if (auto geometric = from(track.geometric_height, 0.0)) return geometric;
  return from(track.pressure_altitude, kPressureToGeometricSigma);
}

geo::HeightKnowledge assumed_height(const PlacedReport& placed) {
  const double range = placed.report->polar->slant_range.metres();
  const double above = placed.sensor->site->origin().height.metres() + kTypicalElevationSine * range;
  const double height = std::min(geo::kUnknownHeight.height.metres(), std::max(above, 300.0));
  const double ratio = geo::kUnknownHeight.sigma / geo::kUnknownHeight.height;
  return {Length::metres(height), Length::metres(std::max(ratio * height, kSharedHeightSigma))};
}

bool can_be_relocated(const PlacedReport& placed) {
  return placed.report->quality.height_assumed && placed.report->polar && placed.sensor->site;
}

struct Spot {
  geo::EcefPosition point;
  Eigen::Matrix2d covariance;
};

Spot located(const PlacedReport& placed, const geo::HeightKnowledge& height) {
  const geo::LocatedMeasurement at = geo::locate(*placed.sensor->site, *placed.report->polar, height);
  return {geo::to_ecef(at.position), matrix_of(at.covariance)};
}

TrackMeasurement in_plane(const filter::TangentPlane& plane, const Spot& spot) {
  TrackMeasurement out;
  out.plane.position = plane.project(spot.point);
  const Eigen::Matrix2d turn = plane.axes_from_local(out.plane.position);
  out.plane.covariance = turn * spot.covariance * turn.transpose();
  return out;
}

/// Measures with an assumed height, its spread apart if `alone`.
TrackMeasurement with_assumed_height(const PlacedReport& placed, const filter::TangentPlane& plane, bool alone) {
  const geo::HeightKnowledge assumed = assumed_height(placed);
  const Spot whole = located(placed, assumed);
  TrackMeasurement full = in_plane(plane, whole);
  if (!alone) return full;
  const Spot shared = located(placed, {assumed.height, Length::metres(kSharedHeightSigma)});
  TrackMeasurement out = in_plane(plane, shared);
  out.assumed_height_covariance = full.plane.covariance - out.plane.covariance;
  return out;
}

}  // namespace

SensorModel model_of(const observation::Sensor& sensor, const AssociationSettings& settings) {
  const observation::SensorCharacteristics& c = sensor.characteristics;
  SensorModel model;
  model.sensor = sensor;
  if (c.site && is_possible(*c.site)) model.site.emplace(*c.site);
  model.rotating =
      sensor.kind == SensorKind::psr || sensor.kind == SensorKind::ssr || sensor.kind == SensorKind::mode_s;
  model.detection_probability = std::clamp(c.detection_probability, 0.2, 0.98);
  const double range = std::clamp(c.range_max.metres(), 1'000.0, 1e6);
  const double false_plots = std::clamp(c.false_plots_per_scan, 0.0, 1e5);
  const double area = std::numbers::pi * range * range;
  model.new_target_density_per_m2 = settings.new_targets_per_scan / area;
  model.false_density_per_m2 = false_plots / area;
  if (model.rotating) model.clutter.emplace(c);
  return model;
}

Admission admission_of(const TargetReport& report, units::UtcTime now, const AssociationSettings& settings) {
  if (!report.position) return Admission::unplaced;
  if (report.test_target || report.fixed_transponder || !observation::is_measurement(report)) return Admission::refused;
  if (!is_possible(*report.position) || !is_possible(report.position_covariance)) return Admission::refused;
  if (!has_possible_motion(report) || (report.polar && !is_possible(*report.polar))) return Admission::refused;
  if (report.applicability - now > settings.furthest_ahead) return Admission::refused;
  if (now - report.applicability > settings.stalest_report) return Admission::late;
  return Admission::admitted;
}

bool feeds_alone(const Track& track, observation::SensorId sensor) {
  return std::ranges::all_of(track.contributions, [&](const SensorContribution& c) { return c.sensor == sensor; });
}

PlacedReport place(const TargetReport& report, const SensorModel& sensor, std::size_t index) {
  PlacedReport placed;
  placed.report = &report;
  placed.sensor = &sensor;
  placed.index = index;
  const bool mapped = sensor.clutter && report.polar;
  const double false_density = mapped ? sensor.clutter->density_per_m2(*report.polar) : sensor.false_density_per_m2;
  placed.extraneous_density_per_m2 = std::max(false_density + sensor.new_target_density_per_m2, kLeastDensity);
  placed.initial_existence = std::clamp(sensor.new_target_density_per_m2 / placed.extraneous_density_per_m2, 1e-6, 0.9);
  if (!report.quality.address_doubtful) placed.address = report.address;
  placed.point = geo::to_ecef(*report.position);
  placed.covariance = matrix_of(report.position_covariance);
  placed.reach_m = kReachSigmas * std::sqrt(placed.covariance.trace());
  return placed;
}

TrackMeasurement measurement_for(const PlacedReport& placed, const Track& track) {
  TrackMeasurement out;
  if (!can_be_relocated(placed)) {
    out = in_plane(track.plane, {placed.point, placed.covariance});
  } else if (const auto height = known_height(track, placed.report->applicability)) {
    out = in_plane(track.plane, located(placed, *height));
  } else {
    out = with_assumed_height(placed, track.plane, feeds_alone(track, placed.report->sensor));
  }
  out.plane.age = std::max(track.time - placed.report->applicability, units::Duration());
  return out;
}

TrackMeasurement first_measurement(const PlacedReport& placed, const filter::TangentPlane& plane) {
  if (can_be_relocated(placed)) return with_assumed_height(placed, plane, true);
  return in_plane(plane, {placed.point, placed.covariance});
}

std::optional<MeasuredHeight> geometric_height_of(const PlacedReport& placed) {
  const TargetReport& report = *placed.report;
  if (!report.geometric_height) return std::nullopt;
  double sigma = kReportedHeightSigma;
  if (report.polar) {
    const double elevation = placed.sensor->sensor.characteristics.sigma_elevation.value_or(kElevationSigma).radians();
    sigma = std::max(50.0, report.polar->slant_range.metres() * elevation);
  }
  return MeasuredHeight{*report.geometric_height, Length::metres(sigma)};
}

std::optional<MeasuredPressureAltitude> pressure_altitude_of(const PlacedReport& placed) {
  if (!placed.report->pressure_altitude) return std::nullopt;
  return MeasuredPressureAltitude{Length::metres(placed.report->pressure_altitude->metres()),
                                  Length::metres(kPressureAltitudeSigma)};
}

}  // namespace marsad::tracking::association
