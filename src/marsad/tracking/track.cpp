#include "marsad/tracking/track.hpp"

#include <cmath>

#include "marsad/tracking/filter/motion.hpp"
#include "marsad/tracking/filter/multiple_models.hpp"
#include "marsad/tracking/filter/vertical_filter.hpp"

namespace marsad::tracking {
namespace {

/// A height known no better than this (m) is as good as unknown.
constexpr double kUselessHeightSigma = 1'500.0;

filter::HorizontalState horizontal_at(const Track& track, units::Duration ahead) {
  if (ahead >= units::Duration()) return filter::predict(track.horizontal, track.motion, ahead);
  filter::HorizontalState past = track.horizontal;
  for (std::size_t m = 0; m < filter::kModelCount; ++m)
    past.models[m] = filter::predict(static_cast<filter::MotionModel>(m), past.models[m], track.motion, ahead);
  return past;
}

geo::HorizontalCovariance covariance_of(const Eigen::Matrix2d& m) { return {m(0, 0), m(0, 1), m(1, 1)}; }

bool is_useful(const filter::VerticalState& state) {
  return state.known && state.covariance(0, 0) < kUselessHeightSigma * kUselessHeightSigma;
}

void add_heights(TrackEstimate& out, const Track& track, units::UtcTime time) {
  const filter::VerticalState pressure = filter::predict(track.pressure_altitude, track.motion, time);
  const filter::VerticalState geometric = filter::predict(track.geometric_height, track.motion, time);
  if (is_useful(pressure)) {
    out.pressure_altitude = units::PressureAltitude::metres(pressure.mean[0]);
    out.vertical_rate = units::Speed::metres_per_second(pressure.mean[1]);
    out.position.height = units::Length::metres(pressure.mean[0]);
  }
  if (!is_useful(geometric)) return;
  out.position.height = units::Length::metres(geometric.mean[0]);
  out.height_is_geometric = true;
  if (!out.vertical_rate) out.vertical_rate = units::Speed::metres_per_second(geometric.mean[1]);
}

}  // namespace

TrackEstimate estimate_at(const Track& track, units::UtcTime time) {
  const filter::HorizontalState then = horizontal_at(track, time - track.time);
  const filter::GaussianState state = filter::combine(then);
  TrackEstimate out;
  const Eigen::Vector2d at = state.mean.segment<2>(filter::kEast);
  const Eigen::Matrix2d local_from_plane = track.plane.axes_from_local(at).transpose();
  const Eigen::Vector2d velocity = local_from_plane * state.mean.segment<2>(filter::kVelocityEast);
  const Eigen::Matrix2d position_covariance =
      local_from_plane * state.covariance.topLeftCorner<2, 2>() * local_from_plane.transpose();
  const Eigen::Matrix2d velocity_covariance =
      local_from_plane * state.covariance.block<2, 2>(2, 2) * local_from_plane.transpose();
  out.position = track.plane.locate(at, units::Length());
  out.position_covariance = covariance_of(position_covariance);
  out.position_covariance.east_east_m2 += track.assumed_height_covariance.east_east_m2;
  out.position_covariance.east_north_m2 += track.assumed_height_covariance.east_north_m2;
  out.position_covariance.north_north_m2 += track.assumed_height_covariance.north_north_m2;
  out.velocity_east = units::Speed::metres_per_second(velocity.x());
  out.velocity_north = units::Speed::metres_per_second(velocity.y());
  out.velocity_covariance_m2s2 = covariance_of(velocity_covariance);
  out.model_probability = then.probability;
  add_heights(out, track, time);
  return out;
}

}  // namespace marsad::tracking
