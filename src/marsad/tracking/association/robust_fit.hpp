#pragma once

#include "marsad/tracking/filter/multiple_models.hpp"
#include "marsad/tracking/settings.hpp"
#include "marsad/tracking/track.hpp"

namespace marsad::tracking::association {

/// How a report fits a track, where its stated noise may not be the whole truth: sensors are misaligned, clocks are
/// off.
struct RobustFit {
  double log_likelihood = 0.0;      ///< of the mixture of an ordinary and a misplaced report
  double distance2 = 0.0;           ///< squared Mahalanobis distance as a misplaced report: what the gate is for
  double misplaced = 0.0;           ///< probability that it is a misplaced one
  double ordinary_distance2 = 0.0;  ///< squared Mahalanobis distance as an ordinary report
};

/// With probability `misplaced_probability` a report is displaced by a further error of `misplaced_sigma` along each
/// axis. Where false plots are dense this makes little difference, since they explain a distant report better; where
/// they are rare it keeps a report of a misaligned sensor with its target.
RobustFit robust_fit_of(const filter::HorizontalState& state, const MotionSettings& motion,
                        const filter::PlaneMeasurement& measured, const AssociationSettings& settings);

/// The same for a report of `sensor` and `track`: a sensor that feeds a track alone is misaligned against nobody.
RobustFit robust_fit_of(const Track& track, const filter::HorizontalState& state, observation::SensorId sensor,
                        const filter::PlaneMeasurement& measured, const AssociationSettings& settings);

/// The measurement with the covariance that it deserves by its fit. Within the gate as an ordinary report it keeps its
/// own: what looks misplaced may as well be the beginning of a manoeuvre, which the models must see.
filter::PlaneMeasurement weighed(const filter::PlaneMeasurement& measured, const RobustFit& fit,
                                 const AssociationSettings& settings);

}  // namespace marsad::tracking::association
