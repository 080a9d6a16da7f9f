#include "marsad/tracking/filter/motion.hpp"

#include <algorithm>
#include <cmath>

namespace marsad::tracking::filter {
namespace {

/// Below this turned angle (rad) the closed forms lose digits and their series are exact to 1e-13.
constexpr double kSmallAngle = 1e-3;
/// No aircraft or missile that a radar follows for seconds turns faster (rad/s).
constexpr double kFastestTurn = 0.6;

/// The integrals of cos and sin along a turn, over w: S = sin(wT)/w, C = (1-cos(wT))/w, and their derivatives by w.
struct TurnIntegrals {
  double s, c, ds, dc;
};

TurnIntegrals turn_integrals(double w, double t) {
  const double a = w * t;
  if (std::abs(a) < kSmallAngle) {
    return {t * (1.0 - a * a / 6.0), t * (a / 2.0 - a * a * a / 24.0), t * t * (-a / 3.0 + a * a * a / 30.0),
            t * t * (0.5 - a * a / 8.0)};
  }
  const double sin_a = std::sin(a);
  const double cos_a = std::cos(a);
  return {sin_a / w, (1.0 - cos_a) / w, (a * cos_a - sin_a) / (w * w), (a * sin_a - 1.0 + cos_a) / (w * w)};
}

Transition straight(const StateVector& mean, double t) {
  Transition out{mean, StateMatrix::Identity()};
  out.mean[kEast] += t * mean[kVelocityEast];
  out.mean[kNorth] += t * mean[kVelocityNorth];
  out.mean[kTurnRate] = 0.0;
  out.jacobian(kEast, kVelocityEast) = t;
  out.jacobian(kNorth, kVelocityNorth) = t;
  out.jacobian(kTurnRate, kTurnRate) = 0.0;
  return out;
}

/// Turning right by angle a takes (vE, vN) to (vE cos a + vN sin a, vN cos a - vE sin a).
Transition turning(const StateVector& mean, double t) {
  const double w = std::clamp(mean[kTurnRate], -kFastestTurn, kFastestTurn);
  const double ve = mean[kVelocityEast];
  const double vn = mean[kVelocityNorth];
  const TurnIntegrals i = turn_integrals(w, t);
  const double cos_a = std::cos(w * t);
  const double sin_a = std::sin(w * t);
  Transition out;
  out.mean << mean[kEast] + i.s * ve + i.c * vn, mean[kNorth] - i.c * ve + i.s * vn, cos_a * ve + sin_a * vn,
      -sin_a * ve + cos_a * vn, w;
  out.jacobian << 1, 0, i.s, i.c, i.ds * ve + i.dc * vn,    //
      0, 1, -i.c, i.s, -i.dc * ve + i.ds * vn,              //
      0, 0, cos_a, sin_a, t * (-sin_a * ve + cos_a * vn),   //
      0, 0, -sin_a, cos_a, t * (-cos_a * ve - sin_a * vn),  //
      0, 0, 0, 0, 1;
  return out;
}

}  // namespace

Transition transition(MotionModel model, const StateVector& mean, units::Duration dt) {
  return model == MotionModel::turn ? turning(mean, dt.seconds()) : straight(mean, dt.seconds());
}

double noise_density(MotionModel model, const MotionSettings& settings) {
  switch (model) {
    case MotionModel::steady:
      return settings.steady_noise_m2s3;
    case MotionModel::turn:
      return settings.turn_noise_m2s3;
    case MotionModel::agile:
      return settings.agile_noise_m2s3;
  }
  return settings.agile_noise_m2s3;
}

StateMatrix process_noise(MotionModel model, const MotionSettings& settings, units::Duration dt) {
  const double t = std::abs(dt.seconds());
  const double q = noise_density(model, settings);
  const double turn_sigma = settings.turn_rate_sigma.radians();
  StateMatrix noise = StateMatrix::Zero();
  noise(kEast, kEast) = noise(kNorth, kNorth) = q * t * t * t / 3.0;
  noise(kVelocityEast, kVelocityEast) = noise(kVelocityNorth, kVelocityNorth) = q * t;
  noise(kEast, kVelocityEast) = noise(kVelocityEast, kEast) = q * t * t / 2.0;
  noise(kNorth, kVelocityNorth) = noise(kVelocityNorth, kNorth) = q * t * t / 2.0;
  noise(kTurnRate, kTurnRate) =
      model == MotionModel::turn ? settings.turn_rate_noise_rad2s3 * t : turn_sigma * turn_sigma;
  return noise;
}

GaussianState predict(MotionModel model, const GaussianState& state, const MotionSettings& settings,
                      units::Duration dt) {
  const Transition step = transition(model, state.mean, dt);
  GaussianState out;
  out.mean = step.mean;
  const StateMatrix moved = step.jacobian * state.covariance * step.jacobian.transpose();
  out.covariance = 0.5 * (moved + moved.transpose()) + process_noise(model, settings, dt);
  return out;
}

}  // namespace marsad::tracking::filter
