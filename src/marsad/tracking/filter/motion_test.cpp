#include "marsad/tracking/filter/motion.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "marsad/geo/jacobian_check.hpp"

namespace marsad::tracking::filter {
namespace {

using units::Duration;

StateVector state(double ve, double vn, double turn_rate) {
  StateVector s;
  s << 1'000.0, -2'000.0, ve, vn, turn_rate;
  return s;
}

StateMatrix numerical(MotionModel model, const StateVector& at, double seconds) {
  StateVector steps;
  steps << 1.0, 1.0, 0.1, 0.1, 1e-3;
  return geo::numerical_jacobian<5, 5>(
      [&](const StateVector& x) { return StateVector(transition(model, x, Duration::seconds(seconds)).mean); }, at,
      steps);
}

TEST(Motion, EveryJacobianAgreesWithFiniteDifferences) {
  for (const MotionModel model : {MotionModel::steady, MotionModel::turn, MotionModel::agile}) {
    for (const double turn_rate : {0.0, 1e-7, -2e-4, 3e-4, 0.05, -0.2}) {
      for (const double seconds : {-4.0, -0.3, 0.0, 0.7, 4.0, 12.0}) {
        const StateVector at = state(180.0, -90.0, turn_rate);
        const Transition step = transition(model, at, Duration::seconds(seconds));
        EXPECT_LT(geo::jacobian_disagreement(step.jacobian, numerical(model, at, seconds)), 2e-5)
            << static_cast<int>(model) << ' ' << turn_rate << ' ' << seconds;
      }
    }
  }
}

TEST(Motion, ATurnIsTheLimitOfManySmallStraightSteps) {
  const StateVector start = state(0.0, 200.0, 0.06);
  double east = start[kEast], north = start[kNorth], ve = 0.0, vn = 200.0;
  constexpr int kSteps = 200'000;
  constexpr double kStep = 10.0 / kSteps;
  for (int i = 0; i < kSteps; ++i) {
    east += kStep * ve;
    north += kStep * vn;
    const double before = ve;
    ve += kStep * 0.06 * vn;
    vn -= kStep * 0.06 * before;
  }
  const StateVector end = transition(MotionModel::turn, start, Duration::seconds(10.0)).mean;
  EXPECT_NEAR(end[kEast], east, 0.05);
  EXPECT_NEAR(end[kNorth], north, 0.05);
  EXPECT_GT(end[kVelocityEast], 0.0) << "a positive turn rate turns right";
}

TEST(Motion, GoingBackUndoesGoingForth) {
  for (const double turn_rate : {0.0, 5e-4, 0.1, -0.3}) {
    const StateVector start = state(120.0, 160.0, turn_rate);
    const StateVector there = transition(MotionModel::turn, start, Duration::seconds(5.0)).mean;
    const StateVector back = transition(MotionModel::turn, there, Duration::seconds(-5.0)).mean;
    EXPECT_LT((back - start).norm(), 1e-9);
  }
}

TEST(Motion, NoiseOfTwoStepsIsTheNoiseOfOneLongStep) {
  const MotionSettings settings;
  const Duration half = Duration::seconds(2.0);
  const StateMatrix one = process_noise(MotionModel::steady, settings, half);
  const StateMatrix f = transition(MotionModel::steady, state(0, 0, 0), half).jacobian;
  const StateMatrix two = f * one * f.transpose() + one;
  const StateMatrix whole = process_noise(MotionModel::steady, settings, half * 2.0);
  const Eigen::Matrix4d difference = (two - whole).topLeftCorner(4, 4);
  EXPECT_LT(difference.norm(), 1e-9);
}

}  // namespace
}  // namespace marsad::tracking::filter
