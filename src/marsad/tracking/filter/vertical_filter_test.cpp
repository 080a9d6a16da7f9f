#include "marsad/tracking/filter/vertical_filter.hpp"

#include <gtest/gtest.h>

#include <Eigen/LU>
#include <cmath>

#include "marsad/base/random.hpp"

namespace marsad::tracking::filter {
namespace {

using units::Length;
using units::Speed;
using units::UtcTime;

UtcTime at(double seconds) { return UtcTime::seconds_since_epoch(seconds); }
HeightMeasurement height(double seconds, double metres) {
  return {at(seconds), Length::metres(metres), Length::metres(15.0)};
}

TEST(VerticalFilter, LearnsAClimb) {
  VerticalState state;
  for (int i = 0; i <= 20; ++i) EXPECT_TRUE(update(state, {}, height(4.0 * i, 3'000.0 + 40.0 * i)));
  EXPECT_NEAR(state.mean[1], 10.0, 0.6);
  EXPECT_NEAR(predict(state, {}, at(82.0)).mean[0], 3'820.0, 15.0);
}

TEST(VerticalFilter, RefusesAGarbledHeightAndStartsAfreshWhenItInsists) {
  VerticalState state;
  for (int i = 0; i < 10; ++i) update(state, {}, height(4.0 * i, 9'000.0));
  EXPECT_FALSE(update(state, {}, height(40.0, 1'200.0)));
  EXPECT_NEAR(state.mean[0], 9'000.0, 20.0);
  EXPECT_TRUE(update(state, {}, height(44.0, 9'000.0)));
  EXPECT_FALSE(update(state, {}, height(48.0, 1'200.0)));
  EXPECT_FALSE(update(state, {}, height(52.0, 1'200.0)));
  EXPECT_TRUE(update(state, {}, height(56.0, 1'200.0)));
  EXPECT_NEAR(state.mean[0], 1'200.0, 1.0);
}

TEST(VerticalFilter, UsesAReportThatIsALittleLateAndLeavesOutAnOldOne) {
  VerticalState state;
  for (int i = 0; i < 10; ++i) update(state, {}, height(4.0 * i, 3'000.0 + 40.0 * i));
  const UtcTime newest = state.time;
  EXPECT_TRUE(update(state, {}, height(35.0, 3'350.0)));
  EXPECT_EQ(state.time, newest);
  EXPECT_FALSE(update(state, {}, height(20.0, 3'200.0)));
}

TEST(VerticalFilter, TakesAReportedRate) {
  VerticalState state;
  EXPECT_FALSE(update_rate(state, {}, at(0.0), Speed::metres_per_second(8.0), Speed::metres_per_second(1.0)));
  update(state, {}, height(0.0, 3'000.0));
  EXPECT_TRUE(update_rate(state, {}, at(0.0), Speed::metres_per_second(8.0), Speed::metres_per_second(1.0)));
  EXPECT_NEAR(state.mean[1], 8.0, 0.2);
  EXPECT_FALSE(update_rate(state, {}, at(1.0), Speed::metres_per_second(400.0), Speed::metres_per_second(1.0)));
}

TEST(VerticalFilter, CovarianceStaysPositiveDefinite) {
  base::Random random(5);
  VerticalState state;
  double t = 0.0;
  for (int i = 0; i < 2'000; ++i) {
    t += random.uniform(-3.0, 10.0);
    update(state, {}, height(t, random.uniform(0.0, 12'000.0)));
    update_rate(state, {}, at(t), Speed::metres_per_second(random.uniform(-50, 50)), Speed::metres_per_second(0.5));
    ASSERT_GT(state.covariance(0, 0), 0.0);
    ASSERT_GT(state.covariance.determinant(), 0.0) << i;
  }
}

}  // namespace
}  // namespace marsad::tracking::filter
