#pragma once

#include "marsad/units/time.hpp"

namespace marsad::tracking::lifecycle {

/// The recursion of the probability that a track has a target, after the integrated probabilistic data association
/// filter (Musicki, Evans, Stankovic, IEEE Trans. Automatic Control 39(6), 1994, doi 10.1109/9.293185) with the one
/// report that the assignment gave it. Probabilities stay within [1e-6, 1 - 1e-6], so that a track can always be
/// believed again, and given up again.

/// A target may have gone without a sign.
double existence_after(double existence, units::Duration dt, double survival_per_second);

/// The sensor should have seen it, and didn't.
double existence_missed(double existence, double detection_probability);

/// What a transponder-dependent sensor's silence says: the target may have gone, or its transponder may have failed.
/// The one failure explains the silence of all such sensors, so their misses are no independent evidence of an end.
struct TransponderBelief {
  double existence = 0.0;
  double transponder_works = 0.0;  ///< given that the target exists
};
TransponderBelief transponder_missed(const TransponderBelief& before, double detection_probability);

/// Of a transponder that has just answered.
inline constexpr double kTransponderWorks = 0.99;

/// A report was assigned; `log_ratio` is the logarithm of its likelihood from the target, times the detection
/// probability, over the density of extraneous reports.
double existence_detected(double existence, double detection_probability, double log_ratio);

}  // namespace marsad::tracking::lifecycle
