#include "marsad/tracking/fusion/absorb.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "marsad/tracking/association/hypothesis.hpp"
#include "marsad/tracking/association/robust_fit.hpp"
#include "marsad/tracking/filter/multiple_models.hpp"
#include "marsad/tracking/filter/vertical_filter.hpp"
#include "marsad/tracking/fusion/contributions.hpp"
#include "marsad/tracking/fusion/identity.hpp"
#include "marsad/tracking/lifecycle/existence.hpp"

namespace marsad::tracking::fusion {

using association::PlacedReport;
using association::TrackMeasurement;
using observation::TargetReport;
using units::Length;
using units::Speed;

namespace {

constexpr double kVelocityGate = 36.0;
constexpr double kLeastVelocitySigma = 0.5;   // m/s
constexpr double kRadarVelocitySigma = 20.0;  // m/s: a sensor's own tracker lags in turns
constexpr double kClimbSigma = 1.5;           // m/s
constexpr double kHighestAnchor = 60'000.0;   // m

void advance(Track& track, units::UtcTime time) {
  if (time <= track.time) return;
  track.horizontal = filter::predict(track.horizontal, track.motion, time - track.time);
  track.time = time;
}

geo::HorizontalCovariance covariance_of(const Eigen::Matrix2d& m) {
  return {std::max(m(0, 0), 0.0), m(0, 1), std::max(m(1, 1), 0.0)};
}

void update_position(Track& track, const PlacedReport& placed, const AssociationSettings& settings) {
  const TrackMeasurement measured = association::measurement_for(placed, track);
  const association::RobustFit fit =
      association::robust_fit_of(track, track.horizontal, placed.report->sensor, measured.plane, settings);
  filter::update(track.horizontal, track.motion, association::weighed(measured.plane, fit, settings));
  track.assumed_height_covariance = covariance_of(measured.assumed_height_covariance);
}

void update_velocity(Track& track, const TargetReport& report, double least_sigma) {
  if (!report.velocity) return;
  const observation::HorizontalVelocity& reported = *report.velocity;
  const filter::GaussianState now = filter::combine(track.horizontal);
  const Eigen::Matrix2d turn = track.plane.axes_from_local(now.mean.segment<2>(filter::kEast));
  filter::VelocityMeasurement measured;
  measured.velocity = turn * Eigen::Vector2d(reported.east.metres_per_second(), reported.north.metres_per_second());
  measured.sigma = Speed::metres_per_second(std::max(reported.sigma.metres_per_second(), least_sigma));
  measured.age = std::max(track.time - report.applicability, units::Duration());
  if (filter::fit_of(track.horizontal, track.motion, measured).distance2 < kVelocityGate)
    filter::update(track.horizontal, track.motion, measured);
}

void update_heights(Track& track, const PlacedReport& placed) {
  const TargetReport& report = *placed.report;
  const units::UtcTime time = report.applicability;
  const auto pressure = association::pressure_altitude_of(placed);
  if (pressure && !report.quality.altitude_garbled)
    filter::update(track.pressure_altitude, track.motion, {time, pressure->above_standard_surface, pressure->sigma});
  if (const auto height = association::geometric_height_of(placed))
    filter::update(track.geometric_height, track.motion, {time, height->height, height->sigma});
  if (!report.vertical_rate) return;
  const Speed sigma = Speed::metres_per_second(kClimbSigma);
  filter::update_rate(track.pressure_altitude, track.motion, time, *report.vertical_rate, sigma);
  filter::update_rate(track.geometric_height, track.motion, time, *report.vertical_rate, sigma);
}

/// Only what knows the difference may say so: a primary plot doesn't.
void choose_motion(Track& track, const TargetReport& report, const TrackerSettings& settings) {
  using observation::Detection;
  if (report.detection == Detection::psr) return;
  track.on_ground = report.on_ground || report.detection == Detection::smr;
  track.motion = track.on_ground ? settings.surface : settings.air;
}

Length anchor_height(const Track& track, Length otherwise) {
  double height = otherwise.metres();
  if (track.pressure_altitude.known) height = track.pressure_altitude.mean[0];
  if (track.geometric_height.known) height = track.geometric_height.mean[0];
  return Length::metres(std::clamp(height, -500.0, kHighestAnchor));
}

void keep_near_anchor(Track& track) {
  const filter::GaussianState now = filter::combine(track.horizontal);
  const Eigen::Vector2d at = now.mean.segment<2>(filter::kEast);
  if (at.norm() < filter::TangentPlane::kReach.metres()) return;
  const Length height = anchor_height(track, track.plane.anchor().height);
  const filter::TangentPlane next(track.plane.locate(at, height));
  const Eigen::Matrix2d turn = track.plane.axes_to(next);
  filter::change_axes(track.horizontal, turn, -(turn * at));
  track.plane = next;
}

void count(Track& track, const PlacedReport& placed) {
  ++track.reports;
  track.last_update = std::max(track.last_update, placed.report->applicability);
  credit(track, *placed.sensor, placed.report->applicability);
}

}  // namespace

void absorb(Track& track, const PlacedReport& placed, double log_ratio, const TrackerSettings& settings) {
  const TargetReport& report = *placed.report;
  const double pd = association::detection_probability(*placed.sensor, track);
  advance(track, report.applicability);
  update_position(track, placed, settings.association);
  if (!placed.sensor->rotating) update_velocity(track, report, kLeastVelocitySigma);
  update_heights(track, placed);
  learn_identity(track, placed);
  choose_motion(track, report, settings);
  count(track, placed);
  track.existence = lifecycle::existence_detected(track.existence, pd, log_ratio);
  keep_near_anchor(track);
}

Track begin_track(TrackId id, const PlacedReport& placed, const TrackerSettings& settings) {
  const TargetReport& report = *placed.report;
  geo::Geodetic anchor = *report.position;
  anchor.height = Length::metres(std::clamp(anchor.height.metres(), -500.0, kHighestAnchor));
  Track track{filter::TangentPlane(anchor)};
  track.id = id;
  track.time = track.initiated = track.last_update = report.applicability;
  track.motion = settings.air;
  choose_motion(track, report, settings);
  const TrackMeasurement first = association::first_measurement(placed, track.plane);
  track.horizontal = filter::initial_state(first.plane.position, first.plane.covariance, track.motion);
  track.assumed_height_covariance = covariance_of(first.assumed_height_covariance);
  update_velocity(track, report, placed.sensor->rotating ? kRadarVelocitySigma : kLeastVelocitySigma);
  update_heights(track, placed);
  learn_identity(track, placed);
  count(track, placed);
  track.existence = placed.initial_existence;
  return track;
}

void join(Track& kept, const Track& other) {
  const auto spread = [](const Track& t) {
    return filter::combine(t.horizontal).covariance.topLeftCorner<2, 2>().trace();
  };
  if (spread(other) < spread(kept)) {
    kept.plane = other.plane;
    kept.time = other.time;
    kept.horizontal = other.horizontal;
    kept.assumed_height_covariance = other.assumed_height_covariance;
  }
  if (!kept.pressure_altitude.known) kept.pressure_altitude = other.pressure_altitude;
  if (!kept.geometric_height.known) kept.geometric_height = other.geometric_height;
  TrackIdentity& own = kept.identity;
  if (!own.address) own.address = other.identity.address;
  if (own.address == other.identity.address)
    own.address_heard = std::max(own.address_heard, other.identity.address_heard);
  if (!own.mode_a) own.mode_a = other.identity.mode_a;
  if (!own.identification) own.identification = other.identity.identification;
  own.transponder = own.transponder || other.identity.transponder;
  kept.transponder_works = std::max(kept.transponder_works, other.transponder_works);
  kept.reports += other.reports;
  kept.last_update = std::max(kept.last_update, other.last_update);
  kept.existence = std::max(kept.existence, other.existence);
  for (const SensorContribution& contribution : other.contributions) merge_contribution(kept, contribution);
}

}  // namespace marsad::tracking::fusion
