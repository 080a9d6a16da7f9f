#include "marsad/tracking/filter/vertical_filter.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace marsad::tracking::filter {
namespace {

constexpr double kRefusedDistance2 = 25.0;
constexpr double kRateLasts = 12.0;   // s
constexpr double kRateFading = 30.0;  // s, after that
constexpr double kOldest = 5.0;       // s
constexpr int kRefusalsBeforeRestart = 3;

void begin(VerticalState& state, const MotionSettings& settings, const HeightMeasurement& measured) {
  const double climb = settings.initial_climb_sigma.metres_per_second();
  const double sigma = measured.sigma.metres();
  state.known = true;
  state.time = measured.time;
  state.refused = 0;
  state.mean << measured.height.metres(), 0.0;
  state.covariance << sigma * sigma, 0.0, 0.0, climb * climb;
}

/// A scalar measurement of height (row 0) or rate (row 1), Joseph form.
void correct(VerticalState& state, int row, double difference, double variance) {
  const double total = state.covariance(row, row) + variance;
  const Eigen::Vector2d gain = state.covariance.col(row) / total;
  Eigen::Matrix2d rest = Eigen::Matrix2d::Identity();
  rest.col(row) -= gain;
  const Eigen::Matrix2d joseph = rest * state.covariance * rest.transpose() + variance * gain * gain.transpose();
  state.mean += gain * difference;
  state.covariance = 0.5 * (joseph + joseph.transpose());
}

}  // namespace

VerticalState predict(const VerticalState& state, const MotionSettings& settings, units::UtcTime time) {
  if (!state.known) return state;
  VerticalState out = state;
  const double dt = (time - state.time).seconds();
  const double t = std::abs(dt);
  const double q = settings.vertical_noise_m2s3;
  const double fade = std::exp(-std::max(dt - kRateLasts, 0.0) / kRateFading);
  const double reach = std::min(dt, kRateLasts) + kRateFading * (1.0 - fade);
  Eigen::Matrix2d f;
  f << 1.0, reach, 0.0, fade;
  Eigen::Matrix2d noise;
  noise << q * t * t * t / 3.0, q * dt * t / 2.0, q * dt * t / 2.0, q * t;
  out.time = time;
  out.mean = f * state.mean;
  const Eigen::Matrix2d moved = f * state.covariance * f.transpose() + noise;
  out.covariance = 0.5 * (moved + moved.transpose());
  return out;
}

HeightFit fit_of(const VerticalState& state, const MotionSettings& settings, const HeightMeasurement& measured) {
  const VerticalState then = predict(state, settings, measured.time);
  const double variance = then.covariance(0, 0) + measured.sigma.metres() * measured.sigma.metres();
  const double difference = measured.height.metres() - then.mean[0];
  const double distance2 = difference * difference / variance;
  return {distance2, -0.5 * (distance2 + std::log(2.0 * std::numbers::pi * variance))};
}

bool update(VerticalState& state, const MotionSettings& settings, const HeightMeasurement& measured) {
  if (!state.known) {
    begin(state, settings, measured);
    return true;
  }
  const double age = (state.time - measured.time).seconds();
  if (age > kOldest) return false;
  VerticalState then = predict(state, settings, std::max(state.time, measured.time));
  const double late = std::max(age, 0.0);
  const double difference = measured.height.metres() - (then.mean[0] - late * then.mean[1]);
  const double sigma = measured.sigma.metres();
  const double variance = sigma * sigma + late * late * then.covariance(1, 1);
  if (difference * difference > kRefusedDistance2 * (then.covariance(0, 0) + variance)) {
    if (++state.refused < kRefusalsBeforeRestart) return false;
    begin(state, settings, measured);
    return true;
  }
  correct(then, 0, difference, variance);
  then.refused = 0;
  state = then;
  return true;
}

bool update_rate(VerticalState& state, const MotionSettings& settings, units::UtcTime time, units::Speed rate,
                 units::Speed sigma) {
  if (!state.known || (state.time - time).seconds() > kOldest) return false;
  VerticalState then = predict(state, settings, std::max(state.time, time));
  const double variance = sigma.metres_per_second() * sigma.metres_per_second();
  const double difference = rate.metres_per_second() - then.mean[1];
  if (difference * difference > kRefusedDistance2 * (then.covariance(1, 1) + variance)) return false;
  correct(then, 1, difference, variance);
  state = then;
  return true;
}

}  // namespace marsad::tracking::filter
