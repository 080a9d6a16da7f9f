#pragma once

#include <Eigen/Core>
#include <array>

#include "marsad/tracking/filter/horizontal_state.hpp"
#include "marsad/tracking/settings.hpp"
#include "marsad/units/time.hpp"

namespace marsad::tracking::filter {

/// A measured position in the plane of the track (m), with its covariance (m2), that was true `age` before the moment
/// of the state. An age above 0 is a report that arrived after newer ones: the state is taken back to its time for the
/// comparison, and what the motion may have done in between counts as noise of the measurement.
struct PlaneMeasurement {
  Eigen::Vector2d position;
  Eigen::Matrix2d covariance;
  units::Duration age;
};

/// A measured velocity in the axes of the plane (m/s), with one standard deviation for both axes; `age` as above.
struct VelocityMeasurement {
  Eigen::Vector2d velocity;
  units::Speed sigma;
  units::Duration age;
};

/// How well a measurement fits the mixture of models.
struct Fit {
  double log_likelihood = 0.0;  ///< natural logarithm of the predictive density (per m2, or per (m/s)2)
  double distance2 = 0.0;       ///< smallest squared Mahalanobis distance over the models
};

/// Probabilities that a target that follows the model of the row follows that of the column `dt` later.
Eigen::Matrix3d model_transitions(const MotionSettings& settings, units::Duration dt);

/// One prediction of the interacting multiple models over `dt` >= 0: mixing, then each model's own prediction (Blom and
/// Bar-Shalom, IEEE Trans. Automatic Control 33(8), 1988, doi 10.1109/9.1299). The transition probabilities depend on
/// `dt`, so that two steps in a row need not be of one length.
HorizontalState predict(const HorizontalState& state, const MotionSettings& settings, units::Duration dt);

/// The fit alone; the state stays as it is.
Fit fit_of(const HorizontalState& state, const MotionSettings& settings, const PlaneMeasurement& measured);
Fit fit_of(const HorizontalState& state, const MotionSettings& settings, const VelocityMeasurement& measured);

/// Updates all models and their probabilities (Joseph form; the covariances stay symmetric and positive definite).
/// Returns the fit before the update. A measurement that fits no model at all (beyond the range of a double) leaves the
/// probabilities as they are.
Fit update(HorizontalState& state, const MotionSettings& settings, const PlaneMeasurement& measured);
Fit update(HorizontalState& state, const MotionSettings& settings, const VelocityMeasurement& measured);

/// A state from one position (m) and its covariance (m2); the velocity is 0 with the spread of the settings.
HorizontalState initial_state(const Eigen::Vector2d& position, const Eigen::Matrix2d& covariance,
                              const MotionSettings& settings);

/// Moves the state into other axes: all vectors turned by `turn`, then positions moved by `shift` (m).
void change_axes(HorizontalState& state, const Eigen::Matrix2d& turn, const Eigen::Vector2d& shift);

/// True if every number is finite and every covariance positive definite.
bool is_sound(const HorizontalState& state);

}  // namespace marsad::tracking::filter
