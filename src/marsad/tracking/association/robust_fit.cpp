#include "marsad/tracking/association/robust_fit.hpp"

#include <algorithm>
#include <cmath>

#include "marsad/tracking/association/placed_report.hpp"

namespace marsad::tracking::association {
namespace {

/// Nearer than this the ordinary explanation needs no other.
constexpr double kOrdinaryDistance2 = 4.0;

double misplaced_variance(const AssociationSettings& settings) {
  return settings.misplaced_sigma.metres() * settings.misplaced_sigma.metres();
}

}  // namespace

RobustFit robust_fit_of(const filter::HorizontalState& state, const MotionSettings& motion,
                        const filter::PlaneMeasurement& measured, const AssociationSettings& settings) {
  const filter::Fit ordinary = filter::fit_of(state, motion, measured);
  const double p = settings.misplaced_probability;
  RobustFit out{ordinary.log_likelihood + std::log1p(-p), ordinary.distance2, 0.0, ordinary.distance2};
  if (ordinary.distance2 < kOrdinaryDistance2 || p <= 0.0) return out;
  filter::PlaneMeasurement loose = measured;
  loose.covariance += Eigen::Matrix2d::Identity() * misplaced_variance(settings);
  const filter::Fit misplaced = filter::fit_of(state, motion, loose);
  const double other = misplaced.log_likelihood + std::log(p);
  const double most = std::max(out.log_likelihood, other);
  const double sum = std::exp(out.log_likelihood - most) + std::exp(other - most);
  out.log_likelihood = most + std::log(sum);
  out.misplaced = std::exp(other - out.log_likelihood);
  out.distance2 = misplaced.distance2;
  return out;
}

RobustFit robust_fit_of(const Track& track, const filter::HorizontalState& state, observation::SensorId sensor,
                        const filter::PlaneMeasurement& measured, const AssociationSettings& settings) {
  if (!feeds_alone(track, sensor)) return robust_fit_of(state, track.motion, measured, settings);
  const filter::Fit ordinary = filter::fit_of(state, track.motion, measured);
  return {ordinary.log_likelihood, ordinary.distance2, 0.0, ordinary.distance2};
}

filter::PlaneMeasurement weighed(const filter::PlaneMeasurement& measured, const RobustFit& fit,
                                 const AssociationSettings& settings) {
  filter::PlaneMeasurement out = measured;
  if (fit.ordinary_distance2 <= settings.gate) return out;
  out.covariance += Eigen::Matrix2d::Identity() * (fit.misplaced * misplaced_variance(settings));
  if (fit.distance2 > settings.gate) out.covariance *= fit.distance2 / settings.gate;
  return out;
}

}  // namespace marsad::tracking::association
