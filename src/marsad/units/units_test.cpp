#include <gtest/gtest.h>

#include <numbers>

#include "marsad/units/acceleration.hpp"
#include "marsad/units/angle.hpp"
#include "marsad/units/length.hpp"
#include "marsad/units/pressure_altitude.hpp"
#include "marsad/units/speed.hpp"
#include "marsad/units/time.hpp"

namespace marsad::units {
namespace {

TEST(Angle, NormalisesAndWraps) {
  EXPECT_NEAR(Angle::degrees(-10).normalised().degrees(), 350, 1e-12);
  EXPECT_NEAR(Angle::degrees(730).normalised().degrees(), 10, 1e-12);
  EXPECT_NEAR(Angle::degrees(350).wrapped().degrees(), -10, 1e-12);
  EXPECT_NEAR(Angle::degrees(-180).wrapped().degrees(), 180, 1e-12);
  EXPECT_LT(Angle::radians(-1e-300).normalised().radians(), 2 * std::numbers::pi);
}

TEST(Length, ConvertsByTheExactDefinitions) {
  EXPECT_DOUBLE_EQ(Length::nautical_miles(1).metres(), 1852);
  EXPECT_DOUBLE_EQ(Length::feet(1).metres(), 0.3048);
  EXPECT_DOUBLE_EQ(Length::metres(1852).nautical_miles(), 1);
}

TEST(Speed, IsLengthOverTime) {
  EXPECT_DOUBLE_EQ((Speed::knots(3600) * Duration::seconds(1)).nautical_miles(), 1);
  EXPECT_DOUBLE_EQ((Length::metres(100) / Duration::seconds(20)).metres_per_second(), 5);
  EXPECT_DOUBLE_EQ(Speed::feet_per_minute(60).metres_per_second(), 0.3048);
}

TEST(UtcTime, KeepsNanosecondsThroughDifferencesAndSums) {
  const auto start = UtcTime::nanoseconds_since_epoch(1'700'000'000'123'456'789);
  const UtcTime later = start + Duration::seconds(0.25);
  EXPECT_EQ(later.nanoseconds_since_epoch(), 1'700'000'000'373'456'789);
  EXPECT_DOUBLE_EQ((later - start).seconds(), 0.25);
  EXPECT_LT(start, later);
}

TEST(PressureAltitude, DifferenceOfTwoPointsIsALength) {
  const Length climb = PressureAltitude::flight_level(100) - PressureAltitude::feet(9000);
  EXPECT_NEAR(climb.feet(), 1000, 1e-9);
  EXPECT_NEAR((PressureAltitude::flight_level(10) + Length::feet(500)).flight_level(), 15, 1e-9);
}

TEST(Acceleration, KnowsStandardGravity) {
  EXPECT_DOUBLE_EQ(Acceleration::standard_gravities(1).metres_per_second2(), 9.80665);
}

}  // namespace
}  // namespace marsad::units
