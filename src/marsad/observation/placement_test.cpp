#include "marsad/observation/placement.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "marsad/observation/sensor_registry.hpp"

namespace marsad::observation {
namespace {

using units::Angle;
using units::Length;

const geo::Geodetic kSite{Angle::degrees(33.0), Angle::degrees(44.0), Length::metres(100.0)};

Sensor sensor_at_site(SensorKind kind) {
  Sensor sensor;
  sensor.kind = kind;
  sensor.characteristics = typical_characteristics(kind);
  sensor.characteristics.site = kSite;
  return sensor;
}

TEST(HeightKnown, PressureAltitudeIsDoubtedMoreTheHigherItIs) {
  const Sensor sensor = sensor_at_site(SensorKind::ssr);
  TargetReport report;
  report.pressure_altitude = units::PressureAltitude::metres(0.0);
  EXPECT_DOUBLE_EQ(height_known(report, sensor, Length{})->sigma.metres(), 150.0);
  report.pressure_altitude = units::PressureAltitude::metres(8'000.0);
  EXPECT_DOUBLE_EQ(height_known(report, sensor, Length{})->sigma.metres(), 250.0);
  EXPECT_DOUBLE_EQ(height_known(report, sensor, Length{})->height.metres(), 8'000.0);
}

TEST(HeightKnown, FallsBackToMeasuredHeightThenToTheGroundThenToNothing) {
  const Sensor sensor = sensor_at_site(SensorKind::ssr);
  TargetReport report;
  EXPECT_FALSE(height_known(report, sensor, Length::metres(1e5)));
  report.on_ground = true;
  EXPECT_DOUBLE_EQ(height_known(report, sensor, Length::metres(1e5))->height.metres(), 100.0);
  report.geometric_height = Length::metres(3'000.0);
  EXPECT_DOUBLE_EQ(height_known(report, sensor, Length::metres(1e5))->height.metres(), 3'000.0);
  EXPECT_NEAR(height_known(report, sensor, Length::metres(1e5))->sigma.metres(), 523.6, 0.1) << "0.3 degrees at 100 km";
  report.pressure_altitude = units::PressureAltitude::metres(2'000.0);
  report.quality.altitude_garbled = true;
  EXPECT_DOUBLE_EQ(height_known(report, sensor, Length::metres(1e5))->height.metres(), 3'000.0);
}

TEST(Placement, CartesianAndGeodeticPositionsAgree) {
  const Sensor sensor = sensor_at_site(SensorKind::mlat);
  const std::optional<geo::LocalFrame> frame(kSite);
  TargetReport report;
  report.geometric_height = Length::metres(9'000.0);
  for (const double distance_m : {0.0, 1'000.0, 50'000.0, 200'000.0}) {
    place_cartesian(report, sensor, frame, Length::metres(0.6 * distance_m), Length::metres(-0.8 * distance_m),
                    circular(Length::metres(5.0)));
    const Eigen::Vector3d enu_m = frame->to_enu(*report.position).metres();
    EXPECT_NEAR(enu_m.x(), 0.6 * distance_m, 0.001) << distance_m;
    EXPECT_NEAR(enu_m.y(), -0.8 * distance_m, 0.001) << distance_m;
    EXPECT_DOUBLE_EQ(report.position->height.metres(), 9'000.0);
  }
}

TEST(Placement, StereographicDistancesAreThoseOfTheEarth) {
  const Sensor sensor = sensor_at_site(SensorKind::system_tracks);
  const std::optional<geo::LocalFrame> frame(kSite);
  TargetReport report;
  // On the plane 400 km stand for an arc of 2 R atan(400 / 2R) = 399.87 km; along the meridian one degree is 110.9 km
  // here.
  place_stereographic(report, sensor, frame, Length{}, Length::kilometres(400.0), circular(Length::metres(50.0)));
  ASSERT_TRUE(report.position);
  EXPECT_NEAR(report.position->latitude.degrees(), 33.0 + 399.87 / 110.95, 0.004);
  EXPECT_NEAR(report.position->longitude.degrees(), 44.0, 1e-9);
  report.position.reset();
  place_stereographic(report, sensor, frame, Length::kilometres(9'000.0), Length{}, circular(Length::metres(50.0)));
  EXPECT_FALSE(report.position);
  EXPECT_TRUE(report.quality.position_implausible);
}

TEST(Placement, ARangeThatNoSensorHasGivesNoPlace) {
  Sensor sensor = sensor_at_site(SensorKind::ssr);
  const std::optional<geo::LocalFrame> frame(kSite);
  for (const double range_nm : {20'000.0, 65'535.0, 1e8}) {
    TargetReport report;
    place_polar(report, sensor, frame, Length::nautical_miles(range_nm), Angle::degrees(10.0));
    EXPECT_FALSE(report.position) << range_nm;
    EXPECT_TRUE(report.quality.position_implausible) << range_nm;
  }
  TargetReport overhead;
  place_polar(overhead, sensor, frame, Length{}, Angle{});
  EXPECT_TRUE(overhead.position) << "a range of nothing is a place, however doubtful";
}

TEST(Placement, GeodeticNumbersThatAreNoPlaceAreRefused) {
  const Sensor sensor = sensor_at_site(SensorKind::system_tracks);
  for (const auto& [latitude, longitude] :
       {std::pair{90.1, 0.0}, {10.0, 180.5}, {std::nan(""), 1.0}, {1.0, std::nan("")}}) {
    TargetReport report;
    place_geodetic(report, sensor, std::nullopt, latitude, longitude, circular(Length::metres(5.0)));
    EXPECT_FALSE(report.position);
    EXPECT_TRUE(report.quality.position_implausible);
  }
}

TEST(Placement, EllipticalKeepsOnlyCovariancesThatCanBe) {
  EXPECT_EQ(elliptical(Length::metres(3.0), Length::metres(4.0), 6.0, Length::metres(1.0)),
            (geo::HorizontalCovariance{9.0, 6.0, 16.0}));
  EXPECT_EQ(elliptical(Length::metres(3.0), Length::metres(4.0), -12.0, Length::metres(1.0)),
            (geo::HorizontalCovariance{9.0, 0.0, 16.0}));
  EXPECT_EQ(elliptical(Length{}, Length::metres(4.0), 0.0, Length::metres(1.0)),
            (geo::HorizontalCovariance{1.0, 0.0, 16.0}));
}

}  // namespace
}  // namespace marsad::observation
