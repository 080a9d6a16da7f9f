#include "marsad/tracking/association/clutter_map.hpp"

#include <gtest/gtest.h>

#include <numbers>

#include "marsad/base/random.hpp"

namespace marsad::tracking::association {
namespace {

using units::Angle;
using units::Duration;
using units::Length;

observation::SensorCharacteristics radar() {
  observation::SensorCharacteristics c;
  c.range_max = Length::kilometres(100.0);
  c.period = Duration::seconds(4.0);
  c.false_plots_per_scan = 50.0;
  return c;
}

geo::PolarMeasurement at(double range_km, double azimuth_deg) {
  return {Length::kilometres(range_km), Angle::degrees(azimuth_deg), Length::metres(50.0), Angle::degrees(0.1)};
}

TEST(ClutterMap, BeginsWithTheNominalDensityEverywhere) {
  const ClutterMap map(radar());
  const double nominal = 50.0 / (std::numbers::pi * 1e10);
  for (const auto& place : {at(1.0, 0.0), at(40.0, 359.999), at(99.9, 180.0), at(500.0, -20.0)})
    EXPECT_NEAR(map.density_per_m2(place), nominal, 1e-6 * nominal);
}

TEST(ClutterMap, LearnsAPatchAndForgetsIt) {
  ClutterMap map(radar());
  const double nominal = map.density_per_m2(at(52.0, 85.0));
  for (int scan = 0; scan < 60; ++scan) {
    for (int plot = 0; plot < 10; ++plot) map.add(at(52.0, 85.0), 1.0);
    map.forget(Duration::seconds(4.0));
  }
  const double area = std::numbers::pi * 6'250.0 * 6'250.0 * 17.0 / 32.0;  // the ninth ring's part of a sector
  EXPECT_NEAR(map.density_per_m2(at(52.0, 85.0)), 10.0 / area, 1.0 / area);
  EXPECT_LT(map.density_per_m2(at(52.0, 200.0)), 0.1 * nominal) << "where nothing false came it is quiet";
  for (int scan = 0; scan < 300; ++scan) map.forget(Duration::seconds(4.0));
  EXPECT_NEAR(map.density_per_m2(at(52.0, 85.0)), 0.05 * nominal, 1e-3 * nominal) << "but never without any";
}

TEST(ClutterMap, SurvivesAbsurdCharacteristicsAndPlaces) {
  observation::SensorCharacteristics c;
  c.range_max = Length::metres(-1.0);
  c.period = Duration::seconds(0.0);
  c.false_plots_per_scan = -3.0;
  ClutterMap map(c);
  map.add(at(-5.0, 1e6), 1.0);
  map.add(at(1e9, -1e6), 1.0);
  map.forget(Duration::seconds(-4.0));
  EXPECT_GT(map.density_per_m2(at(-5.0, 1e6)), 0.0);
}

}  // namespace
}  // namespace marsad::tracking::association
