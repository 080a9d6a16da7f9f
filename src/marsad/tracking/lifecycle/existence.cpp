#include "marsad/tracking/lifecycle/existence.hpp"

#include <algorithm>
#include <cmath>

namespace marsad::tracking::lifecycle {
namespace {

double kept_in_bounds(double probability) { return std::clamp(probability, 1e-6, 1.0 - 1e-6); }

double weighed(double existence, double ratio) {
  return kept_in_bounds(existence * ratio / (1.0 - existence + existence * ratio));
}

}  // namespace

double existence_after(double existence, units::Duration dt, double survival_per_second) {
  return kept_in_bounds(existence * std::pow(survival_per_second, std::max(dt.seconds(), 0.0)));
}

double existence_missed(double existence, double detection_probability) {
  return weighed(existence, 1.0 - detection_probability);
}

TransponderBelief transponder_missed(const TransponderBelief& before, double detection_probability) {
  const double answered = detection_probability * before.transponder_works;
  return {weighed(before.existence, 1.0 - answered),
          before.transponder_works * (1.0 - detection_probability) / (1.0 - answered)};
}

double existence_detected(double existence, double detection_probability, double log_ratio) {
  return weighed(existence, 1.0 - detection_probability + std::exp(std::min(log_ratio, 50.0)));
}

}  // namespace marsad::tracking::lifecycle
