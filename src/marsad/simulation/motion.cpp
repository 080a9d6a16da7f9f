#include "marsad/simulation/motion.hpp"

#include <algorithm>
#include <cmath>

#include "marsad/geo/ellipsoid.hpp"

namespace marsad::simulation {

using units::Acceleration;
using units::Angle;
using units::Duration;
using units::Length;
using units::Speed;

namespace {

constexpr double kGravity = Acceleration::standard_gravities(1.0).metres_per_second2();
constexpr double kTurnGain = 0.25;      // share of the remaining turn made in a second
constexpr double kVerticalGain = 0.08;  // share of the remaining height made in a second

/// The mean of the unit vector along the track over a turn of `turn` radians from `start`: sin(x)/x times the middle.
struct MeanTrack {
  double east;
  double north;
};
MeanTrack mean_track(Angle start, double turn) noexcept {
  const double half = turn / 2.0;
  const double shrink = std::abs(half) < 1e-4 ? 1.0 - half * half / 6.0 : std::sin(half) / half;
  const Angle middle = start + Angle::radians(half);
  return {.east = shrink * sin(middle), .north = shrink * cos(middle)};
}

double most_turn_rate(Speed speed, const MotionLimits& limits) noexcept {
  return kGravity * tan(limits.bank) / std::max(speed.metres_per_second(), 15.0);
}

}  // namespace

Motion advance(const Motion& motion, Duration time) noexcept {
  const double dt = time.seconds();
  Motion after = motion;
  const double speed_after = std::max(motion.speed.metres_per_second() + motion.along.metres_per_second2() * dt, 0.0);
  const double way_m = (motion.speed.metres_per_second() + speed_after) / 2.0 * dt;
  const double rise_m =
      (motion.vertical_rate.metres_per_second() + motion.vertical.metres_per_second2() * dt / 2.0) * dt;

  const geo::CurvatureRadii radii = geo::curvature_radii(motion.position.latitude);
  const double height_m = motion.position.height.metres() + rise_m / 2.0;
  // On a great circle the track angle grows with the convergence of the meridians.
  const double convergence =
      way_m * sin(motion.track_angle) * tan(motion.position.latitude) / (radii.prime_vertical.metres() + height_m);
  const MeanTrack track = mean_track(motion.track_angle, motion.turn_rate_rad_s * dt + convergence);
  const Angle turn_north = Angle::radians(way_m * track.north / (radii.meridian.metres() + height_m));
  const Angle middle_latitude = motion.position.latitude + turn_north * 0.5;
  const Angle turn_east =
      Angle::radians(way_m * track.east / ((radii.prime_vertical.metres() + height_m) * cos(middle_latitude)));

  after.position.latitude += turn_north;
  after.position.longitude = (motion.position.longitude + turn_east).wrapped();
  after.position.height += Length::metres(rise_m);
  after.speed = Speed::metres_per_second(speed_after);
  after.vertical_rate += Speed::metres_per_second(motion.vertical.metres_per_second2() * dt);
  after.track_angle =
      (motion.track_angle + Angle::radians(motion.turn_rate_rad_s * dt) + turn_east * sin(middle_latitude))
          .normalised();
  return after;
}

Motion steer(const Motion& motion, const MotionGoal& goal, const MotionLimits& limits, Duration step) noexcept {
  const double dt = step.seconds();
  Motion steered = motion;

  const double to_turn = (goal.track_angle - motion.track_angle).wrapped().radians();
  const double most = most_turn_rate(motion.speed, limits);
  const double wanted_turn = std::clamp(kTurnGain * to_turn, -most, most);
  const double most_change = most * dt / limits.roll_in.seconds();
  steered.turn_rate_rad_s =
      motion.turn_rate_rad_s + std::clamp(wanted_turn - motion.turn_rate_rad_s, -most_change, most_change);

  const double limit_along = limits.along.metres_per_second2();
  steered.along = Acceleration::metres_per_second2(
      std::clamp((goal.speed - motion.speed).metres_per_second() / dt, -limit_along, limit_along));

  const double to_climb_m = (goal.height - motion.position.height).metres();
  const double most_rate = std::abs(goal.vertical_rate.metres_per_second());
  const double wanted_rate = std::clamp(kVerticalGain * to_climb_m, -most_rate, most_rate);
  const double limit_vertical = limits.vertical.metres_per_second2();
  steered.vertical = Acceleration::metres_per_second2(
      std::clamp((wanted_rate - motion.vertical_rate.metres_per_second()) / dt, -limit_vertical, limit_vertical));
  return steered;
}

Length turn_radius(Speed speed, const MotionLimits& limits) noexcept {
  return Length::metres(speed.metres_per_second() / most_turn_rate(speed, limits));
}

Acceleration load(const Motion& motion) noexcept {
  const double lateral = motion.speed.metres_per_second() * motion.turn_rate_rad_s;
  const double up = kGravity + motion.vertical.metres_per_second2();
  const double along = motion.along.metres_per_second2();
  return Acceleration::metres_per_second2(std::sqrt(lateral * lateral + up * up + along * along));
}

}  // namespace marsad::simulation
