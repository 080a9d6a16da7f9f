#include "marsad/tracking/filter/multiple_models.hpp"

#include <Eigen/Cholesky>
#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "marsad/tracking/filter/motion.hpp"

namespace marsad::tracking::filter {
namespace {

constexpr double kLeastProbability = 1e-6;  // a model never dies out: it could not come back
using Observation = Eigen::Matrix<double, 2, kStateSize>;

/// A measurement seen by one model: how far off, with what covariance, through which linear map.
struct Innovation {
  Eigen::Vector2d difference;
  Eigen::Matrix2d noise;
  Eigen::Matrix2d covariance;
  Eigen::Matrix2d inverse;
  Observation map;
  double distance2;
  double log_likelihood;
};

Innovation innovation_of(const GaussianState& state, const Eigen::Vector2d& difference, const Observation& map,
                         const Eigen::Matrix2d& noise) {
  Innovation in;
  in.difference = difference;
  in.map = map;
  in.noise = noise;
  const Eigen::Matrix2d seen = map * state.covariance * map.transpose() + noise;
  in.covariance = 0.5 * (seen + seen.transpose());
  const double determinant = in.covariance.determinant();
  in.inverse << in.covariance(1, 1), -in.covariance(0, 1), -in.covariance(1, 0), in.covariance(0, 0);
  in.inverse /= determinant;
  in.distance2 = difference.dot(in.inverse * difference);
  in.log_likelihood = -0.5 * (in.distance2 + std::log(determinant)) - std::log(2.0 * std::numbers::pi);
  return in;
}

/// The model's state taken back by `age`, with the map from the present state to it and the noise in between.
struct Past {
  StateVector mean;
  StateMatrix jacobian;
  StateMatrix noise;
};

Past taken_back(MotionModel model, const GaussianState& state, const MotionSettings& settings, units::Duration age) {
  if (age.seconds() == 0.0) return {state.mean, StateMatrix::Identity(), StateMatrix::Zero()};
  const Transition back = transition(model, state.mean, -age);
  return {back.mean, back.jacobian, process_noise(model, settings, age)};
}

Innovation seen_by(MotionModel model, const GaussianState& state, const MotionSettings& settings,
                   const PlaneMeasurement& measured) {
  const Past past = taken_back(model, state, settings, measured.age);
  return innovation_of(state, measured.position - past.mean.segment<2>(kEast), past.jacobian.topRows<2>(),
                       measured.covariance + past.noise.topLeftCorner<2, 2>());
}

Innovation seen_by(MotionModel model, const GaussianState& state, const MotionSettings& settings,
                   const VelocityMeasurement& measured) {
  const Past past = taken_back(model, state, settings, measured.age);
  const double variance = measured.sigma.metres_per_second() * measured.sigma.metres_per_second();
  const Eigen::Matrix2d noise = Eigen::Matrix2d::Identity() * variance + past.noise.block<2, 2>(2, 2);
  return innovation_of(state, measured.velocity - past.mean.segment<2>(kVelocityEast), past.jacobian.middleRows<2>(2),
                       noise);
}

template <class Measurement>
std::array<Innovation, kModelCount> innovations(const HorizontalState& state, const MotionSettings& settings,
                                                const Measurement& measured) {
  std::array<Innovation, kModelCount> out;
  for (std::size_t m = 0; m < kModelCount; ++m)
    out[m] = seen_by(static_cast<MotionModel>(m), state.models[m], settings, measured);
  return out;
}

Fit joint_fit(const HorizontalState& state, const std::array<Innovation, kModelCount>& in) {
  double best = -std::numeric_limits<double>::infinity();
  Fit fit{0.0, std::numeric_limits<double>::infinity()};
  for (const Innovation& one : in) {
    best = std::max(best, one.log_likelihood);
    fit.distance2 = std::min(fit.distance2, one.distance2);
  }
  double sum = 0.0;
  for (std::size_t m = 0; m < kModelCount; ++m) sum += state.probability[m] * std::exp(in[m].log_likelihood - best);
  fit.log_likelihood = best + std::log(std::max(sum, std::numeric_limits<double>::min()));
  return fit;
}

void correct(GaussianState& state, const Innovation& in) {
  const Eigen::Matrix<double, kStateSize, 2> gain = state.covariance * in.map.transpose() * in.inverse;
  const StateMatrix rest = StateMatrix::Identity() - gain * in.map;
  const StateMatrix kept = rest * state.covariance * rest.transpose();
  const StateMatrix added = gain * in.noise * gain.transpose();
  const StateMatrix joseph = kept + added;
  state.mean += gain * in.difference;
  state.covariance = 0.5 * (joseph + joseph.transpose());
}

void normalise(std::array<double, kModelCount>& probability) {
  double sum = 0.0;
  for (double& p : probability) sum += p = std::max(p, kLeastProbability);
  for (double& p : probability) p /= sum;
}

template <class Measurement>
Fit update_all(HorizontalState& state, const MotionSettings& settings, const Measurement& measured) {
  const std::array<Innovation, kModelCount> in = innovations(state, settings, measured);
  const Fit fit = joint_fit(state, in);
  for (std::size_t m = 0; m < kModelCount; ++m) {
    correct(state.models[m], in[m]);
    state.probability[m] *= std::exp(in[m].log_likelihood - fit.log_likelihood);
  }
  normalise(state.probability);
  return fit;
}

GaussianState mixed(const HorizontalState& state, const std::array<double, kModelCount>& weight) {
  GaussianState out{StateVector::Zero(), StateMatrix::Zero()};
  for (std::size_t i = 0; i < kModelCount; ++i) out.mean += weight[i] * state.models[i].mean;
  for (std::size_t i = 0; i < kModelCount; ++i) {
    const StateVector away = state.models[i].mean - out.mean;
    out.covariance += weight[i] * (state.models[i].covariance + away * away.transpose());
  }
  return out;
}

}  // namespace

GaussianState combine(const HorizontalState& state) { return mixed(state, state.probability); }

Eigen::Matrix3d model_transitions(const MotionSettings& settings, units::Duration dt) {
  // Where a model's time is over, the target goes on like this: out of a straight a turn is likelier than agile flight,
  // and turns and agile flight end in straights more often than in each other.
  static constexpr double kNext[3][3] = {{0.0, 0.7, 0.3}, {0.8, 0.0, 0.2}, {0.6, 0.4, 0.0}};
  const double sojourn[3] = {settings.steady_sojourn.seconds(), settings.turn_sojourn.seconds(),
                             settings.agile_sojourn.seconds()};
  Eigen::Matrix3d out;
  for (int i = 0; i < 3; ++i) {
    const double stay = std::exp(-dt.seconds() / sojourn[i]);
    for (int j = 0; j < 3; ++j) out(i, j) = i == j ? stay : (1.0 - stay) * kNext[i][j];
  }
  return out;
}

HorizontalState predict(const HorizontalState& state, const MotionSettings& settings, units::Duration dt) {
  const Eigen::Matrix3d change = model_transitions(settings, dt);
  HorizontalState out;
  for (std::size_t j = 0; j < kModelCount; ++j) {
    std::array<double, kModelCount> weight{};
    double sum = 0.0;
    for (std::size_t i = 0; i < kModelCount; ++i)
      sum += weight[i] = change(static_cast<int>(i), static_cast<int>(j)) * state.probability[i];
    out.probability[j] = sum;
    if (sum > 0.0)
      for (double& w : weight) w /= sum;
    else
      weight[j] = 1.0;
    out.models[j] = predict(static_cast<MotionModel>(j), mixed(state, weight), settings, dt);
  }
  normalise(out.probability);
  return out;
}

Fit fit_of(const HorizontalState& state, const MotionSettings& settings, const PlaneMeasurement& measured) {
  return joint_fit(state, innovations(state, settings, measured));
}

Fit fit_of(const HorizontalState& state, const MotionSettings& settings, const VelocityMeasurement& measured) {
  return joint_fit(state, innovations(state, settings, measured));
}

Fit update(HorizontalState& state, const MotionSettings& settings, const PlaneMeasurement& measured) {
  return update_all(state, settings, measured);
}

Fit update(HorizontalState& state, const MotionSettings& settings, const VelocityMeasurement& measured) {
  return update_all(state, settings, measured);
}

HorizontalState initial_state(const Eigen::Vector2d& position, const Eigen::Matrix2d& covariance,
                              const MotionSettings& settings) {
  GaussianState first;
  first.mean = StateVector::Zero();
  first.mean.segment<2>(kEast) = position;
  const double speed = settings.initial_speed_sigma.metres_per_second();
  const double turn = settings.turn_rate_sigma.radians();
  first.covariance = StateMatrix::Zero();
  first.covariance.topLeftCorner<2, 2>() = covariance;
  first.covariance(kVelocityEast, kVelocityEast) = first.covariance(kVelocityNorth, kVelocityNorth) = speed * speed;
  first.covariance(kTurnRate, kTurnRate) = turn * turn;
  HorizontalState out;
  out.models.fill(first);
  out.probability = {0.8, 0.1, 0.1};
  return out;
}

void change_axes(HorizontalState& state, const Eigen::Matrix2d& turn, const Eigen::Vector2d& shift) {
  StateMatrix full = StateMatrix::Identity();
  full.block<2, 2>(kEast, kEast) = turn;
  full.block<2, 2>(kVelocityEast, kVelocityEast) = turn;
  for (GaussianState& model : state.models) {
    model.mean = full * model.mean;
    model.mean.segment<2>(kEast) += shift;
    const StateMatrix turned = full * model.covariance * full.transpose();
    model.covariance = 0.5 * (turned + turned.transpose());
  }
}

bool is_sound(const HorizontalState& state) {
  for (std::size_t m = 0; m < kModelCount; ++m) {
    const GaussianState& model = state.models[m];
    if (!std::isfinite(state.probability[m]) || !model.mean.allFinite() || !model.covariance.allFinite()) return false;
    if (Eigen::LLT<StateMatrix>(model.covariance).info() != Eigen::Success) return false;
  }
  return true;
}

}  // namespace marsad::tracking::filter
