#include <gtest/gtest.h>

#include <cmath>

#include "marsad/geo/polar.hpp"
#include "marsad/observation/translator_test_support.hpp"
#include "marsad/wire/asterix/fields/cat034.hpp"
#include "marsad/wire/asterix/fields/cat062.hpp"
#include "marsad/wire/asterix/fields/cat063.hpp"
#include "marsad/wire/asterix/fields/cat065.hpp"

namespace marsad::observation::testing {
namespace {

namespace cat034 = asterix::cat034;
namespace cat062 = asterix::cat062;
namespace cat063 = asterix::cat063;
namespace cat065 = asterix::cat065;

std::vector<std::byte> track(const std::function<void(asterix::RecordBuilder&)>& fill) {
  return block(62, "1.18", [&](asterix::RecordBuilder& record) {
    record.set_raw(cat062::I010_SAC, 25);
    record.set_raw(cat062::I010_SIC, 100);
    record.set(cat062::I070_VALUE, kNoonTimeOfDay - 2.0);
    fill(record);
  });
}

TEST(SystemTrack, BecomesAReportWithItsStatedAccuracy) {
  Bench bench({}, {62, "1.18"});
  bench.hear(track([](asterix::RecordBuilder& record) {
    record.set(cat062::I105_LAT, 36.0);
    record.set(cat062::I105_LON, 43.0);
    record.set(cat062::I136_VALUE, 250.0);
    record.set(cat062::I185_VX, -200.0);
    record.set(cat062::I185_VY, 50.0);
    record.set(cat062::I220_VALUE, 1'500.0);
    record.set_raw(cat062::I040_VALUE, 4'711);
    record.set_raw(cat062::I060_MODE3A, 02345);
    record.set_raw(cat062::I380_ADR, 0x710101);
    record.set_text(cat062::I380_ID, "SVA55");
    record.set(cat062::I500_APC_X, 80.0);
    record.set(cat062::I500_APC_Y, 120.0);
    record.set(cat062::I500_COV, -50.0);
    record.set(cat062::I500_ATV_X, 3.0);
    record.set(cat062::I500_ATV_Y, 4.0);
  }));
  const TargetReport& report = bench.report();
  EXPECT_EQ(report.detection, Detection::system_track);
  EXPECT_EQ(report.applicability, noon() - units::Duration::seconds(2.0));
  EXPECT_NEAR(report.position->latitude.degrees(), 36.0, 1e-5);
  EXPECT_EQ(report.position_covariance, (geo::HorizontalCovariance{6'400.0, -2'500.0, 14'400.0}));
  EXPECT_DOUBLE_EQ(report.velocity->east.metres_per_second(), -200.0);
  EXPECT_DOUBLE_EQ(report.velocity->sigma.metres_per_second(), 4.0);
  EXPECT_NEAR(report.vertical_rate->feet_per_minute(), 1'500.0, 6.25);
  EXPECT_EQ(report.local_track_number, 4'711);
  EXPECT_EQ(report.address, ModeSAddress(0x710101));
  EXPECT_EQ(report.identification->text(), "SVA55");
  EXPECT_TRUE(is_measurement(report));
}

TEST(SystemTrack, WithoutALatitudeTheStereographicPlaneOfAKnownCentreServes) {
  const geo::Geodetic centre = geodetic(33.25, 44.25, 0.0);
  Bench bench({setting("ACC", {25, 100}, SensorKind::system_tracks, centre)}, {62, "1.18"});
  bench.hear(track([](asterix::RecordBuilder& record) {
    record.set(cat062::I100_X, 300'000.0);
    record.set(cat062::I100_Y, 0.0);
  }));
  ASSERT_TRUE(bench.report().position);
  const geo::PolarPosition seen = geo::polar_of(geo::LocalFrame(centre), *bench.report().position);
  EXPECT_NEAR(seen.azimuth.degrees(), 90.0, 0.01);
  EXPECT_NEAR(seen.slant_range.metres(), 300'000.0, 200.0);
  Bench lost({}, {62, "1.18"});
  lost.hear(track([](asterix::RecordBuilder& record) {
    record.set(cat062::I100_X, 300'000.0);
    record.set(cat062::I100_Y, 0.0);
  }));
  EXPECT_TRUE(lost.report().quality.site_unknown);
}

TEST(SystemTrack, AQnhAltitudeIsNoPressureAltitude) {
  Bench bench({}, {62, "1.18"});
  const auto with = [&bench](unsigned qnh) {
    bench.hear(track([qnh](asterix::RecordBuilder& record) {
      record.set_raw(cat062::I135_QNH, qnh);
      record.set(cat062::I135_CTB, 45.0);
    }));
    return bench.report().pressure_altitude.has_value();
  };
  EXPECT_TRUE(with(0));
  EXPECT_FALSE(with(1));
}

TEST(SystemTrack, CoastedAndEndingTracksAreNoMeasurements) {
  Bench bench({}, {62, "1.18"});
  for (const asterix::Field state : {cat062::I080_CST, cat062::I080_TSE}) {
    bench.hear(track([state](asterix::RecordBuilder& record) {
      record.set(cat062::I105_LAT, 36.0);
      record.set(cat062::I105_LON, 43.0);
      record.set_raw(state, 1);
    }));
    EXPECT_FALSE(is_measurement(bench.report()));
  }
}

TEST(ServiceMessages, NorthMarkersAndSectorsCarryAzimuthAndRotation) {
  Bench bench({setting("North", {25, 201}, SensorKind::mode_s, geodetic(33.0, 44.0))}, {34, "1.29"});
  const auto service = [](unsigned type, double azimuth_deg) {
    return block(34, "1.29", [=](asterix::RecordBuilder& record) {
      record.set_raw(cat034::I010_SAC, 25);
      record.set_raw(cat034::I010_SIC, 201);
      record.set_raw(cat034::I000_VALUE, type);
      record.set(cat034::I030_VALUE, kNoonTimeOfDay - 0.125);
      record.set(cat034::I020_VALUE, azimuth_deg);
      record.set(cat034::I041_VALUE, 5.0);
    });
  };
  bench.hear(service(2, 45.0));
  EXPECT_EQ(bench.message().kind, SensorMessage::Kind::sector_crossing);
  EXPECT_DOUBLE_EQ(bench.message().azimuth->degrees(), 45.0);
  EXPECT_EQ(bench.message().applicability, noon() - units::Duration::seconds(0.125));
  bench.hear(service(1, 0.0));
  EXPECT_EQ(bench.message().kind, SensorMessage::Kind::north_marker);
  EXPECT_DOUBLE_EQ(bench.translator.registry().get(SensorId(0)).characteristics.period.seconds(), 4.0)
      << "configured stays";
  EXPECT_EQ(bench.counters().messages, 2U);
}

TEST(ServiceMessages, AnUnknownRadarTellsItsSitePeriodAndState) {
  Bench bench({}, {34, "1.29"});
  bench.hear(block(34, "1.29", [](asterix::RecordBuilder& record) {
    record.set_raw(cat034::I010_SAC, 25);
    record.set_raw(cat034::I010_SIC, 9);
    record.set_raw(cat034::I000_VALUE, 1);
    record.set(cat034::I041_VALUE, 12.0);
    record.set(cat034::I120_LAT, 33.0);
    record.set(cat034::I120_LON, 44.0);
    record.set(cat034::I120_HGT, 120.0);
    record.set_raw(cat034::I050_COM_NOGO, 1);
    record.set_raw(cat034::I050_SSR_ANT, 0);
  }));
  const Sensor& sensor = bench.translator.registry().get(bench.message().sensor);
  EXPECT_FALSE(bench.message().operational);
  EXPECT_EQ(sensor.kind, SensorKind::ssr);
  EXPECT_DOUBLE_EQ(sensor.characteristics.period.seconds(), 12.0);
  ASSERT_TRUE(sensor.characteristics.site);
  EXPECT_NEAR(sensor.characteristics.site->latitude.degrees(), 33.0, 1e-4);
  EXPECT_TRUE(bench.translator.registry().frame(sensor.id));
}

TEST(ServiceMessages, StatesOfAnotherSystemAreHeard) {
  Bench bench({}, {65, "1.5"});
  bench.hear(block(65, "1.5", [](asterix::RecordBuilder& record) {
    record.set_raw(cat065::I010_SAC, 25);
    record.set_raw(cat065::I010_SIC, 100);
    record.set_raw(cat065::I000_VALUE, 1);
    record.set(cat065::I030_VALUE, kNoonTimeOfDay);
    record.set_raw(cat065::I040_NOGO, 2);
  }));
  EXPECT_FALSE(bench.message().operational);
  bench.hear(block(63, "1.6", [](asterix::RecordBuilder& record) {
    record.set_raw(cat063::I010_SAC, 25);
    record.set_raw(cat063::I010_SIC, 100);
    record.set(cat063::I030_VALUE, kNoonTimeOfDay);
    record.set_raw(cat063::I050_SAC, 25);
    record.set_raw(cat063::I050_SIC, 201);
  }));
  EXPECT_EQ(bench.translator.registry().size(), 1U) << "one system, not the sensors that it names";
  EXPECT_EQ(bench.counters().messages, 2U);
}

}  // namespace
}  // namespace marsad::observation::testing
