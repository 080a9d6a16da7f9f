#include "marsad/tracking/association/robust_fit.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace marsad::tracking::association {
namespace {

class RobustFitTest : public ::testing::Test {
 protected:
  [[nodiscard]] RobustFit fit(double metres_off) const {
    return robust_fit_of(state_, settings_, measured(metres_off), association_);
  }
  [[nodiscard]] static filter::PlaneMeasurement measured(double metres_off) {
    return {{metres_off, 0.0}, Eigen::Matrix2d::Identity() * 2'500.0, {}};
  }

  MotionSettings settings_;
  AssociationSettings association_;
  filter::HorizontalState state_ = filter::initial_state({0, 0}, Eigen::Matrix2d::Identity() * 400.0, settings_);
};

TEST_F(RobustFitTest, TakesANearReportAtItsWord) {
  const RobustFit near = fit(60.0);
  EXPECT_EQ(near.misplaced, 0.0);
  const filter::Fit ordinary = filter::fit_of(state_, settings_, measured(60.0));
  EXPECT_NEAR(near.log_likelihood, ordinary.log_likelihood, 0.05);
  EXPECT_EQ(weighed(measured(60.0), near, association_).covariance, measured(60.0).covariance);
}

TEST_F(RobustFitTest, KeepsADistantReportPossibleAndTrustsItLess) {
  const RobustFit far = fit(700.0);
  EXPECT_LT(far.distance2, association_.gate);
  EXPECT_GT(far.misplaced, 0.99);
  EXPECT_GT(weighed(measured(700.0), far, association_).covariance(0, 0), 1e5);
}

TEST_F(RobustFitTest, RefusesWhatNoMisalignmentExplains) { EXPECT_GT(fit(5'000.0).distance2, association_.gate); }

TEST_F(RobustFitTest, IsTheMixtureOfBothExplanations) {
  const double off = 250.0;
  const double p = association_.misplaced_probability;
  filter::PlaneMeasurement loose = measured(off);
  loose.covariance += Eigen::Matrix2d::Identity() * std::pow(association_.misplaced_sigma.metres(), 2);
  const double sum = (1.0 - p) * std::exp(filter::fit_of(state_, settings_, measured(off)).log_likelihood) +
                     p * std::exp(filter::fit_of(state_, settings_, loose).log_likelihood);
  EXPECT_NEAR(fit(off).log_likelihood, std::log(sum), 1e-9);
}

}  // namespace
}  // namespace marsad::tracking::association
