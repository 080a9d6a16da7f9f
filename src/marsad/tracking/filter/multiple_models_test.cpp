#include "marsad/tracking/filter/multiple_models.hpp"

#include <gtest/gtest.h>

#include <Eigen/LU>
#include <cmath>

#include "marsad/base/random.hpp"
#include "marsad/tracking/filter/motion.hpp"

namespace marsad::tracking::filter {
namespace {

using units::Duration;
using units::Speed;

/// Models that all mean straight flight with one noise: the mixture is then a single Kalman filter.
MotionSettings degenerate() {
  MotionSettings s;
  s.steady_noise_m2s3 = s.turn_noise_m2s3 = s.agile_noise_m2s3 = 3.0;
  s.turn_rate_sigma = units::Angle::radians(1e-12);
  s.turn_rate_noise_rad2s3 = 0.0;
  return s;
}

PlaneMeasurement measured(double east, double north, double sigma, double age = 0.0) {
  return {Eigen::Vector2d(east, north), Eigen::Matrix2d::Identity() * sigma * sigma, Duration::seconds(age)};
}

struct PlainKalman {
  Eigen::Vector4d mean;
  Eigen::Matrix4d covariance;

  void predict(double t, double q) {
    Eigen::Matrix4d f = Eigen::Matrix4d::Identity();
    f(0, 2) = f(1, 3) = t;
    Eigen::Matrix4d noise = Eigen::Matrix4d::Zero();
    noise(0, 0) = noise(1, 1) = q * t * t * t / 3.0;
    noise(0, 2) = noise(2, 0) = noise(1, 3) = noise(3, 1) = q * t * t / 2.0;
    noise(2, 2) = noise(3, 3) = q * t;
    mean = f * mean;
    covariance = f * covariance * f.transpose() + noise;
  }

  void update(const PlaneMeasurement& z) {
    Eigen::Matrix<double, 2, 4> h = Eigen::Matrix<double, 2, 4>::Zero();
    h(0, 0) = h(1, 1) = 1.0;
    const Eigen::Matrix2d s = h * covariance * h.transpose() + z.covariance;
    const Eigen::Matrix<double, 4, 2> gain = covariance * h.transpose() * s.inverse();
    mean += gain * (z.position - h * mean);
    covariance = (Eigen::Matrix4d::Identity() - gain * h) * covariance;
  }
};

TEST(MultipleModels, WithOneKindOfMotionEqualsASingleKalmanFilter) {
  const MotionSettings settings = degenerate();
  HorizontalState state = initial_state({100.0, 200.0}, Eigen::Matrix2d::Identity() * 2'500.0, settings);
  PlainKalman plain;
  const GaussianState first = combine(state);
  plain.mean = first.mean.head<4>();
  plain.covariance = first.covariance.topLeftCorner<4, 4>();
  base::Random random(3);
  for (int i = 0; i < 200; ++i) {
    const double dt = random.uniform(0.0, 6.0);
    state = predict(state, settings, Duration::seconds(dt));
    plain.predict(dt, 3.0);
    const PlaneMeasurement z = measured(random.uniform(-500, 500), random.uniform(-500, 500), random.uniform(10, 200));
    update(state, settings, z);
    plain.update(z);
    const GaussianState both = combine(state);
    ASSERT_LT((both.mean.head(4) - plain.mean).norm(), 1e-5 * (1.0 + plain.mean.norm())) << i;
    const Eigen::Matrix4d spread = both.covariance.topLeftCorner(4, 4);
    ASSERT_LT((spread - plain.covariance).norm(), 1e-6 * plain.covariance.norm()) << i;
  }
}

TEST(MultipleModels, ALateReportCountsAsIfItHadComeInTime) {
  MotionSettings settings = degenerate();
  settings.steady_noise_m2s3 = settings.turn_noise_m2s3 = settings.agile_noise_m2s3 = 0.0;
  const HorizontalState start = initial_state({0.0, 0.0}, Eigen::Matrix2d::Identity() * 1e4, settings);
  const PlaneMeasurement early = measured(400.0, 10.0, 50.0);
  const PlaneMeasurement newer = measured(830.0, -20.0, 50.0);
  HorizontalState in_order = predict(start, settings, Duration::seconds(2.0));
  update(in_order, settings, early);
  in_order = predict(in_order, settings, Duration::seconds(2.0));
  update(in_order, settings, newer);
  HorizontalState late = predict(start, settings, Duration::seconds(4.0));
  update(late, settings, newer);
  PlaneMeasurement aged = early;
  aged.age = Duration::seconds(2.0);
  update(late, settings, aged);
  EXPECT_LT((combine(late).mean - combine(in_order).mean).norm(), 1e-6);
  EXPECT_LT((combine(late).covariance - combine(in_order).covariance).norm(), 1e-4);
}

TEST(MultipleModels, TransitionProbabilitiesAreAStochasticMatrixAndTheIdentityForNoTime) {
  const MotionSettings settings;
  for (const double seconds : {0.0, 0.1, 4.0, 12.0, 600.0}) {
    const Eigen::Matrix3d p = model_transitions(settings, Duration::seconds(seconds));
    EXPECT_LT((p.rowwise().sum() - Eigen::Vector3d::Ones()).norm(), 1e-12);
    EXPECT_GE(p.minCoeff(), 0.0);
  }
  EXPECT_EQ(model_transitions(settings, Duration()), Eigen::Matrix3d::Identity());
}

TEST(MultipleModels, CovariancesStayPositiveDefiniteUnderAnyInput) {
  const MotionSettings settings;
  base::Random random(17);
  for (int run = 0; run < 30; ++run) {
    HorizontalState state = initial_state({0, 0}, Eigen::Matrix2d::Identity() * 1e4, settings);
    for (int i = 0; i < 120; ++i) {
      state = predict(state, settings, Duration::seconds(random.chance(0.1) ? 60.0 : random.uniform(0.0, 5.0)));
      const double reach = random.chance(0.05) ? 1e6 : 2e3;
      const double sigma = std::exp(random.uniform(0.0, 9.0));
      const double age = random.chance(0.3) ? random.uniform(0.0, 8.0) : 0.0;
      update(state, settings, measured(random.uniform(-reach, reach), random.uniform(-reach, reach), sigma, age));
      if (random.chance(0.3)) {
        const Eigen::Vector2d v(random.uniform(-900, 900), random.uniform(-900, 900));
        update(state, settings, VelocityMeasurement{v, Speed::metres_per_second(1.0), Duration::seconds(age)});
      }
      ASSERT_TRUE(is_sound(state)) << run << ' ' << i;
      ASSERT_NEAR(state.probability[0] + state.probability[1] + state.probability[2], 1.0, 1e-12);
    }
  }
}

TEST(MultipleModels, ATurningTargetMakesTheTurnModelLikely) {
  const MotionSettings settings;
  HorizontalState state = initial_state({0, 0}, Eigen::Matrix2d::Identity() * 100.0, settings);
  StateVector truth;
  truth << 0.0, 0.0, 200.0, 0.0, 0.05;
  for (int i = 0; i < 12; ++i) {
    truth = transition(MotionModel::turn, truth, Duration::seconds(4.0)).mean;
    state = predict(state, settings, Duration::seconds(4.0));
    update(state, settings, measured(truth[kEast], truth[kNorth], 10.0));
  }
  EXPECT_GT(state.probability[1], 0.5);
  EXPECT_NEAR(combine(state).mean[kTurnRate], 0.05, 0.015);
}

TEST(MultipleModels, TurningTheAxesAndBackChangesNothing) {
  const MotionSettings settings;
  HorizontalState state = initial_state({300, -40}, Eigen::Matrix2d::Identity() * 100.0, settings);
  const HorizontalState before = state;
  Eigen::Matrix2d turn;
  turn << std::cos(0.4), -std::sin(0.4), std::sin(0.4), std::cos(0.4);
  change_axes(state, turn, {50.0, 60.0});
  change_axes(state, turn.transpose(), -(turn.transpose() * Eigen::Vector2d(50.0, 60.0)));
  EXPECT_LT((combine(state).mean - combine(before).mean).norm(), 1e-9);
  EXPECT_LT((combine(state).covariance - combine(before).covariance).norm(), 1e-7);
}

}  // namespace
}  // namespace marsad::tracking::filter
