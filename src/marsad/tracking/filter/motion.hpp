#pragma once

#include <Eigen/Core>

#include "marsad/tracking/filter/horizontal_state.hpp"
#include "marsad/tracking/settings.hpp"
#include "marsad/units/time.hpp"

namespace marsad::tracking::filter {

/// A function of the state at one point: its value and its Jacobian there.
struct Transition {
  StateVector mean;
  StateMatrix jacobian;
};

/// Where `mean` is after `dt` (negative: was) by one model, without noise. Steady and agile: constant velocity; their
/// turn rate is that of straight flight, 0. Turn: a coordinated turn at the state's own turn rate, exact for any turn
/// rate including 0 (Bar-Shalom, Li, Kirubarajan, "Estimation with Applications to Tracking and Navigation", 2001,
/// section 11.7, with the sign of the turn rate positive to the right).
Transition transition(MotionModel model, const StateVector& mean, units::Duration dt);

/// White-noise acceleration density of `model`, m2/s3.
double noise_density(MotionModel model, const MotionSettings& settings);

/// The covariance that `model` adds over |dt|. For steady and agile the entry of the turn rate is the spread with which
/// a turn may begin.
StateMatrix process_noise(MotionModel model, const MotionSettings& settings, units::Duration dt);

/// `state` after `dt` (>= 0) by one model.
GaussianState predict(MotionModel model, const GaussianState& state, const MotionSettings& settings,
                      units::Duration dt);

}  // namespace marsad::tracking::filter
