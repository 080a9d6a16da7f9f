#include "marsad/observation/time_of_day.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>

namespace marsad::observation {
namespace {

using units::Duration;
using units::UtcTime;

UtcTime at(std::int64_t day, double seconds) {
  return UtcTime::nanoseconds_since_epoch(day * 86'400'000'000'000) + Duration::seconds(seconds);
}

TEST(TimeOfDay, IsTheMomentNearestToReceipt) {
  EXPECT_EQ(resolve_time_of_day(30'000.0, at(19'000, 30'001.5)), at(19'000, 30'000.0));
  EXPECT_EQ(resolve_time_of_day(30'000.0, at(19'000, 29'990.0)), at(19'000, 30'000.0));
}

TEST(TimeOfDay, PassesMidnightInBothDirections) {
  EXPECT_EQ(resolve_time_of_day(86'399.5, at(19'000, 0.4)), at(18'999, 86'399.5)) << "a late report after midnight";
  EXPECT_EQ(resolve_time_of_day(0.25, at(19'000, 86'399.9)), at(19'001, 0.25)) << "an early clock before midnight";
  EXPECT_EQ(resolve_time_of_day(86'400.0, at(19'000, 86'399.9)), at(19'001, 0.0)) << "a counter that wraps late";
  EXPECT_EQ(resolve_time_of_day(86'400.0, at(19'001, 0.1)), at(19'001, 0.0));
}

TEST(TimeOfDay, WorksBefore1970) {
  EXPECT_EQ(resolve_time_of_day(10.0, at(-3, 11.0)), at(-3, 10.0));
  EXPECT_EQ(resolve_time_of_day(86'399.0, at(-3, 1.0)), at(-4, 86'399.0));
}

TEST(TimeOfDay, RefusesWhatIsNoTimeOfDay) {
  const UtcTime near = at(19'000, 100.0);
  for (const double bad : {-0.1, 86'401.0, 127'426.1, std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_FALSE(is_time_of_day(bad));
    EXPECT_EQ(resolve_time_of_day(bad, near), near);
  }
}

TEST(TimeOfDay, EverySecondOfTheDayReturnsToItselfAtAnyDelayUnderTwelveHours) {
  for (int second = 0; second < 86'400; second += 617) {
    for (const double delay : {-43'000.0, -1.0, 0.0, 7.5, 43'000.0}) {
      const UtcTime truth = at(17'000, second);
      EXPECT_EQ(resolve_time_of_day(second, truth + Duration::seconds(delay)), truth) << second << " late by " << delay;
    }
  }
}

TEST(TruncatedTime, IsCompletedToTheMomentNearestToTheReference) {
  for (int second = 0; second < 86'400; second += 331) {
    for (const double delay : {-190.0, -1.0, 0.0, 3.0, 190.0}) {
      const UtcTime truth = at(17'000, second);
      const double truncated = std::fmod(static_cast<double>(second), 512.0);
      EXPECT_EQ(resolve_truncated_time(truncated, truth + Duration::seconds(delay)), truth)
          << second << " late by " << delay;
    }
  }
}

TEST(TruncatedTime, StartsAgainAtMidnight) {
  EXPECT_EQ(resolve_truncated_time(383.5, at(17'001, 0.5)), at(17'000, 86'399.5));
  EXPECT_EQ(resolve_truncated_time(0.5, at(17'000, 86'399.5)), at(17'001, 0.5));
}

TEST(TruncatedTime, RefusesWhatDoesNotFitSixteenBits) {
  const UtcTime near = at(17'000, 5.0);
  EXPECT_EQ(resolve_truncated_time(512.0, near), near);
  EXPECT_EQ(resolve_truncated_time(-1.0, near), near);
}

}  // namespace
}  // namespace marsad::observation
