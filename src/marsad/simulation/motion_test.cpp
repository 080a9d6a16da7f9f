#include "marsad/simulation/motion.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "marsad/geo/geodesic.hpp"
#include "marsad/geo/local_frame.hpp"

namespace marsad::simulation {
namespace {

using units::Acceleration;
using units::Angle;
using units::Duration;
using units::Length;
using units::Speed;

Motion flying(double track_deg, double speed_ms, double latitude_deg = 33.0) {
  Motion motion;
  motion.position = {Angle::degrees(latitude_deg), Angle::degrees(44.0), Length::metres(9'000.0)};
  motion.speed = Speed::metres_per_second(speed_ms);
  motion.track_angle = Angle::degrees(track_deg);
  return motion;
}

double distance_m(const geo::Geodetic& a, const geo::Geodetic& b) {
  return (geo::to_ecef(a) - geo::to_ecef(b)).metres().norm();
}

TEST(Motion, follows_the_geodesic_when_it_does_not_turn) {
  for (double track_deg = 0.0; track_deg < 360.0; track_deg += 37.0) {
    Motion motion = flying(track_deg, 250.0);
    motion.position.height = Length();
    const geo::Geodetic start = motion.position;
    for (int second = 0; second < 1'000; ++second) motion = advance(motion, Duration::seconds(1.0));
    const geo::Geodetic expected = geo::destination(start, Angle::degrees(track_deg), Length::kilometres(250.0));
    EXPECT_LT(distance_m(motion.position, expected), 1.0) << track_deg;
  }
}

TEST(Motion, flies_a_circle_of_the_radius_that_speed_and_turn_rate_make) {
  Motion motion = flying(90.0, 200.0);
  motion.turn_rate_rad_s = 0.02;
  const geo::LocalFrame frame(motion.position);
  const double radius_m = 200.0 / 0.02;
  for (int second = 0; second < 314; ++second) {
    motion = advance(motion, Duration::seconds(1.0));
    const Eigen::Vector3d p = frame.to_enu(motion.position).metres();
    EXPECT_NEAR(std::hypot(p.x(), p.y() + radius_m), radius_m, 15.0);
  }
  EXPECT_LT(distance_m(motion.position, frame.origin()), 200.0);
}

TEST(Motion, arrives_at_the_same_place_in_two_halves_as_in_one) {
  Motion motion = flying(213.0, 240.0);
  motion.turn_rate_rad_s = 0.02;
  motion.along = Acceleration::metres_per_second2(0.5);
  motion.vertical = Acceleration::metres_per_second2(0.7);
  motion.vertical_rate = Speed::metres_per_second(-4.0);
  const Motion once = advance(motion, Duration::seconds(1.0));
  const Motion twice = advance(advance(motion, Duration::seconds(0.4)), Duration::seconds(0.6));
  EXPECT_LT(distance_m(once.position, twice.position), 1e-2);
  EXPECT_NEAR(once.speed.metres_per_second(), twice.speed.metres_per_second(), 1e-9);
  EXPECT_NEAR(once.vertical_rate.metres_per_second(), twice.vertical_rate.metres_per_second(), 1e-9);
  EXPECT_NEAR((once.track_angle - twice.track_angle).wrapped().radians(), 0.0, 1e-7);
}

TEST(Motion, never_flies_backwards) {
  Motion motion = flying(0.0, 1.0);
  motion.along = Acceleration::metres_per_second2(-5.0);
  EXPECT_EQ(advance(motion, Duration::seconds(1.0)).speed, Speed());
}

TEST(Steer, turns_the_short_way_within_the_bank_and_rolls_out_on_the_track) {
  const MotionLimits limits;
  for (const double goal_deg : {350.0, 200.0, 90.0, 181.0, 5.0}) {
    Motion motion = flying(10.0, 230.0);
    const MotionGoal goal{Angle::degrees(goal_deg), motion.speed, motion.position.height, Speed::metres_per_second(10)};
    const double to_turn = (goal.track_angle - motion.track_angle).wrapped().radians();
    for (int second = 0; second < 240; ++second) {
      motion = steer(motion, goal, limits, Duration::seconds(1.0));
      const double lateral_g = motion.speed.metres_per_second() * std::abs(motion.turn_rate_rad_s) / 9.80665;
      EXPECT_LE(lateral_g, tan(limits.bank) * 1.001);
      if (second < 5) {
        EXPECT_GE(motion.turn_rate_rad_s * to_turn, 0.0) << goal_deg;
      }
      motion = advance(motion, Duration::seconds(1.0));
    }
    EXPECT_NEAR((motion.track_angle - goal.track_angle).wrapped().degrees(), 0.0, 0.1) << goal_deg;
  }
}

TEST(Steer, climbs_to_a_level_without_overshooting_it_by_more_than_a_separation_allows) {
  const MotionLimits limits;
  Motion motion = flying(0.0, 200.0);
  const Length level = motion.position.height + Length::metres(1'000.0);
  double highest_m = 0.0;
  for (int second = 0; second < 300; ++second) {
    motion = advance(steer(motion, {motion.track_angle, motion.speed, level, Speed::metres_per_second(13)}, limits,
                           Duration::seconds(1.0)),
                     Duration::seconds(1.0));
    highest_m = std::max(highest_m, motion.position.height.metres());
    EXPECT_LE(std::abs(motion.vertical_rate.metres_per_second()), 13.01);
  }
  EXPECT_NEAR(motion.position.height.metres(), level.metres(), 0.5);
  EXPECT_LT(highest_m - level.metres(), 30.0);
}

TEST(Load, is_one_gravity_in_straight_flight_and_more_in_a_turn) {
  Motion motion = flying(0.0, 230.0);
  EXPECT_NEAR(load(motion).metres_per_second2(), 9.80665, 1e-9);
  motion.turn_rate_rad_s = 9.80665 / 230.0;
  EXPECT_NEAR(load(motion).metres_per_second2(), 9.80665 * std::sqrt(2.0), 1e-6);
}

}  // namespace
}  // namespace marsad::simulation
