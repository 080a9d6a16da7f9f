#pragma once

#include "marsad/tracking/filter/vertical_state.hpp"
#include "marsad/tracking/settings.hpp"
#include "marsad/units/length.hpp"
#include "marsad/units/speed.hpp"
#include "marsad/units/time.hpp"

namespace marsad::tracking::filter {

/// One measured height on the reference of the state, with its standard deviation.
struct HeightMeasurement {
  units::UtcTime time;
  units::Length height;
  units::Length sigma;
};

/// `state` moved to `time` (earlier or later); the covariance grows with |dt|. The rate fades when no report
/// has come for 12 s: climbs end. An unknown state stays unknown.
VerticalState predict(const VerticalState& state, const MotionSettings& settings, units::UtcTime time);

/// Squared Mahalanobis distance and log density (per m) of a measured height under `state`, which must be known.
struct HeightFit {
  double distance2;
  double log_likelihood;
};
HeightFit fit_of(const VerticalState& state, const MotionSettings& settings, const HeightMeasurement& measured);

/// Updates `state`, or begins it. A height beyond five standard deviations is refused (a garbled Mode C), until three
/// in a row say that the state is wrong: it then starts afresh. Reports older than the state by more than 5 s are left
/// out. Returns whether the measurement was used.
bool update(VerticalState& state, const MotionSettings& settings, const HeightMeasurement& measured);

/// Updates the rate of a known state; one that is far off is left out.
bool update_rate(VerticalState& state, const MotionSettings& settings, units::UtcTime time, units::Speed rate,
                 units::Speed sigma);

}  // namespace marsad::tracking::filter
