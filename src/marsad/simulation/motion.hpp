#pragma once

#include "marsad/geo/geodetic.hpp"
#include "marsad/units/acceleration.hpp"
#include "marsad/units/angle.hpp"
#include "marsad/units/length.hpp"
#include "marsad/units/speed.hpp"
#include "marsad/units/time.hpp"

namespace marsad::simulation {

/// How fast the rates of a motion themselves may be. `bank` limits the turn, the accelerations limit the change of
/// speed and of vertical rate, `roll_in` is the time to build up a full turn.
struct MotionLimits {
  units::Angle bank = units::Angle::degrees(25.0);
  units::Acceleration along = units::Acceleration::metres_per_second2(0.6);
  units::Acceleration vertical = units::Acceleration::metres_per_second2(0.8);
  units::Duration roll_in = units::Duration::seconds(4.0);
};

/// A point moving over the ellipsoid, with the rates that hold until they are set anew.
struct Motion {
  geo::Geodetic position{};
  units::Speed speed{};            ///< over ground, horizontal, not negative
  units::Angle track_angle{};      ///< clockwise from true north
  units::Speed vertical_rate{};    ///< up positive
  double turn_rate_rad_s = 0.0;    ///< clockwise positive
  units::Acceleration along{};     ///< of `speed`
  units::Acceleration vertical{};  ///< of `vertical_rate`
};

/// The same motion after `time`, at constant turn rate and accelerations: an arc on the ellipsoid whose radii of
/// curvature are taken at its start. Meant for `time` of at most some seconds: over one second at 300 m/s the error
/// against the exact path is below 1 mm away from the poles.
Motion advance(const Motion& motion, units::Duration time) noexcept;

/// What the pilot wants next.
struct MotionGoal {
  units::Angle track_angle;
  units::Speed speed;
  units::Length height;
  units::Speed vertical_rate;  ///< the size at which to climb or descend to `height`
};

/// Sets the rates of `motion` for the coming `step` so that it approaches `goal` within `limits`. Turns the short way.
Motion steer(const Motion& motion, const MotionGoal& goal, const MotionLimits& limits, units::Duration step) noexcept;

/// The radius of the tightest turn at `speed`.
units::Length turn_radius(units::Speed speed, const MotionLimits& limits) noexcept;

/// What the airframe feels: gravity, centripetal and vertical acceleration together.
units::Acceleration load(const Motion& motion) noexcept;

}  // namespace marsad::simulation
