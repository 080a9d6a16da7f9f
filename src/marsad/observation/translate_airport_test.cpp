#include <gtest/gtest.h>

#include <cmath>

#include "marsad/geo/local_frame.hpp"
#include "marsad/observation/translator_test_support.hpp"
#include "marsad/wire/asterix/fields/cat010.hpp"
#include "marsad/wire/asterix/fields/cat019.hpp"
#include "marsad/wire/asterix/fields/cat020.hpp"
#include "marsad/wire/asterix/fields/cat021.hpp"

namespace marsad::observation::testing {
namespace {

namespace cat010 = asterix::cat010;
namespace cat019 = asterix::cat019;
namespace cat020 = asterix::cat020;
namespace cat021 = asterix::cat021;

const geo::Geodetic kReference = geodetic(33.26, 44.23, 34.0);

std::vector<SensorSetting> airport() {
  return {setting("SMR", {0, 7}, SensorKind::smr, kReference), setting("MLAT", {0, 107}, SensorKind::mlat, kReference),
          setting("ADS-B", {0, 107}, SensorKind::adsb, std::nullopt)};
}

void identify10(asterix::RecordBuilder& record, unsigned sic, unsigned message_type, std::optional<unsigned> type) {
  record.set_raw(cat010::I010_SAC, 0);
  record.set_raw(cat010::I010_SIC, sic);
  record.set_raw(cat010::I000_VALUE, message_type);
  record.set(cat010::I140_VALUE, kNoonTimeOfDay - 0.25);
  if (type) record.set_raw(cat010::I020_TYP, *type);
}

void identify20(asterix::RecordBuilder& record) {
  record.set_raw(cat020::I010_SAC, 0);
  record.set_raw(cat020::I010_SIC, 107);
  record.set_raw(cat020::I020_MS, 1);
  record.set(cat020::I140_VALUE, kNoonTimeOfDay - 0.25);
}

TEST(Airport, SensorsThatShareACodeAreToldApartByWhatTheySend) {
  Bench bench(airport());
  const auto record10 = [&bench](unsigned sic, unsigned type) {
    bench.hear(block(10, "1.1", [&](asterix::RecordBuilder& record) { identify10(record, sic, 1, type); }));
    return bench.report().sensor;
  };
  EXPECT_EQ(record10(7, 3), SensorId(0));
  EXPECT_EQ(record10(107, 1), SensorId(1));
  bench.hear(block(20, "1.10", identify20));
  EXPECT_EQ(bench.report().sensor, SensorId(1));
  bench.hear(block(21, "2.4", [](asterix::RecordBuilder& record) {
    record.set_raw(cat021::I010_SAC, 0);
    record.set_raw(cat021::I010_SIC, 107);
  }));
  EXPECT_EQ(bench.report().sensor, SensorId(2));
  EXPECT_EQ(bench.translator.registry().size(), 3U) << "nothing unknown was registered";
}

TEST(Airport, ASurfaceRadarsCartesianPlotLiesOnTheGroundAroundItsSite) {
  Bench bench(airport());
  bench.hear(block(10, "1.1", [](asterix::RecordBuilder& record) {
    identify10(record, 7, 1, 3);
    record.set(cat010::I042_X, 900.0);
    record.set(cat010::I042_Y, -1'200.0);
  }));
  const TargetReport& report = bench.report();
  EXPECT_EQ(report.detection, Detection::smr);
  EXPECT_TRUE(report.on_ground);
  ASSERT_TRUE(report.position);
  const Eigen::Vector3d enu_m = geo::LocalFrame(kReference).to_enu(*report.position).metres();
  EXPECT_NEAR(enu_m.x(), 900.0, 0.01);
  EXPECT_NEAR(enu_m.y(), -1'200.0, 0.01);
  EXPECT_NEAR(report.position->height.metres(), 34.0, 0.001);
  EXPECT_NEAR(report.position_covariance.east_east_m2, 36.0, 1e-9);
}

TEST(Airport, ACoordinateAtTheEndOfItsFieldIsNoPlace) {
  Bench bench(airport());
  bench.hear(block(10, "1.1", [](asterix::RecordBuilder& record) {
    identify10(record, 107, 1, 1);
    record.set(cat010::I042_X, 40'000.0);
    record.set(cat010::I042_Y, 100.0);
  }));
  EXPECT_TRUE(bench.report().quality.position_implausible);
  EXPECT_FALSE(is_measurement(bench.report()));
}

TEST(Airport, APolarSurfacePlotIsPlacedInMetres) {
  Bench bench(airport());
  bench.hear(block(10, "1.1", [](asterix::RecordBuilder& record) {
    identify10(record, 7, 1, 3);
    record.set(cat010::I040_RHO, 2'000.0);
    record.set(cat010::I040_TH, 180.0);
  }));
  const Eigen::Vector3d enu_m = geo::LocalFrame(kReference).to_enu(*bench.report().position).metres();
  EXPECT_NEAR(enu_m.x(), 0.0, 0.1);
  EXPECT_NEAR(enu_m.y(), -2'000.0, 1.0);
}

TEST(Airport, StatedDeviationsBecomeTheCovarianceAndBadCorrelationIsDropped) {
  Bench bench(airport());
  const auto stated = [&bench](double covariance) -> geo::HorizontalCovariance {
    bench.hear(block(10, "1.1", [&](asterix::RecordBuilder& record) {
      identify10(record, 107, 1, 1);
      record.set(cat010::I042_X, 100.0);
      record.set(cat010::I042_Y, 100.0);
      record.set(cat010::I500_DEVX, 4.0);
      record.set(cat010::I500_DEVY, 6.0);
      record.set(cat010::I500_COVXY, covariance);
    }));
    return bench.report().position_covariance;
  };
  EXPECT_EQ(stated(12.0), (geo::HorizontalCovariance{16.0, 12.0, 36.0}));
  EXPECT_EQ(stated(40.0), (geo::HorizontalCovariance{16.0, 0.0, 36.0})) << "a correlation above one is nonsense";
}

TEST(Airport, StatusMessagesBelongToTheSensorThatIsKnown) {
  Bench bench(airport());
  bench.hear(block(10, "1.1", [](asterix::RecordBuilder& record) {
    identify10(record, 7, 3, std::nullopt);
    record.set_raw(cat010::I550_NOGO, 2);
  }));
  EXPECT_EQ(bench.message().sensor, SensorId(0));
  EXPECT_FALSE(bench.message().operational);
  EXPECT_TRUE(bench.batch.reports.empty());
  bench.hear(block(10, "1.1", [](asterix::RecordBuilder& record) { identify10(record, 99, 2, std::nullopt); }));
  EXPECT_EQ(bench.batch.messages.size(), 1U);
  EXPECT_EQ(bench.translator.counters().unattributed, 1U) << "a status alone doesn't tell what kind of sensor it is";
}

TEST(Airport, CoastedAndGhostTracksAreFlagged) {
  Bench bench(airport());
  bench.hear(block(10, "1.1", [](asterix::RecordBuilder& record) {
    identify10(record, 107, 1, 1);
    record.set_raw(cat010::I170_CST, 3);
    record.set_raw(cat010::I170_GHO, 1);
  }));
  EXPECT_TRUE(bench.report().quality.extrapolated);
  EXPECT_TRUE(bench.report().quality.suspected_false);
}

TEST(Multilateration, GeodeticPositionsAreTakenAsTheyAre) {
  Bench bench({});
  bench.hear(block(20, "1.10", [](asterix::RecordBuilder& record) {
    identify20(record);
    record.set(cat020::I041_LAT, 33.3);
    record.set(cat020::I041_LON, 44.4);
    record.set(cat020::I090_FL, 55.0);
    record.set_raw(cat020::I220_VALUE, 0xABCDEF);
    record.set(cat020::I500_SDP_X, 3.0);
    record.set(cat020::I500_SDP_Y, 0.25);
    record.set_raw(cat020::I020_GBS, 0);
  }));
  const TargetReport& report = bench.report();
  EXPECT_EQ(report.detection, Detection::mlat);
  ASSERT_TRUE(report.position) << "no site is needed for geodetic reports";
  EXPECT_NEAR(report.position->latitude.degrees(), 33.3, 1e-5);
  EXPECT_NEAR(report.position->longitude.degrees(), 44.4, 1e-5);
  EXPECT_EQ(report.position_covariance, (geo::HorizontalCovariance{9.0, 0.0, 1.0}))
      << "no axis is better than the floor";
  const Sensor& sensor = bench.translator.registry().get(report.sensor);
  EXPECT_FALSE(sensor.configured);
  EXPECT_EQ(sensor.kind, SensorKind::mlat);
}

TEST(Multilateration, CartesianPositionsWaitForTheReferencePointThatTheStatusMessageTells) {
  Bench bench({});
  const auto target = block(20, "1.10", [](asterix::RecordBuilder& record) {
    identify20(record);
    record.set(cat020::I042_X, 10'000.0);
    record.set(cat020::I042_Y, 20'000.0);
    record.set(cat020::I105_VALUE, 9'000.0);
  });
  EXPECT_TRUE(bench.hear(target).report().quality.site_unknown);
  bench.hear(block(19, "1.3", [](asterix::RecordBuilder& record) {
    record.set_raw(cat019::I010_SAC, 0);
    record.set_raw(cat019::I010_SIC, 107);
    record.set_raw(cat019::I000_VALUE, 2);
    record.set(cat019::I140_VALUE, kNoonTimeOfDay);
    record.set(cat019::I600_LAT, 33.26);
    record.set(cat019::I600_LON, 44.23);
    record.set(cat019::I610_VALUE, 30.0);
    record.set(cat019::I620_VALUE, 4.0);
  }));
  ASSERT_TRUE(bench.hear(target).report().position);
  EXPECT_NEAR(bench.report().position->height.feet(), 9'000.0, 7.0);
  const Eigen::Vector3d enu_m = geo::LocalFrame(kReference).to_enu(*bench.report().position).metres();
  EXPECT_NEAR(enu_m.x(), 10'000.0, 1.0);
  EXPECT_NEAR(enu_m.y(), 20'000.0, 1.0);
  EXPECT_EQ(bench.counters().unplaced, 1U);
}

TEST(Multilateration, ASensorsOwnWordDoesNotMoveAConfiguredSite) {
  Bench bench(airport());
  bench.hear(block(19, "1.3", [](asterix::RecordBuilder& record) {
    record.set_raw(cat019::I010_SAC, 0);
    record.set_raw(cat019::I010_SIC, 107);
    record.set(cat019::I600_LAT, 10.0);
    record.set(cat019::I600_LON, 10.0);
    record.set(cat019::I610_VALUE, 0.0);
  }));
  EXPECT_EQ(bench.translator.registry().get(SensorId(1)).characteristics.site, kReference);
}

TEST(Multilateration, OneOfTwoCategoriesWithTheSameTargetsCanBeRefused) {
  std::vector<SensorSetting> settings = airport();
  settings[1].categories = {20, 19};
  Bench bench(settings);
  bench.hear(block(10, "1.1", [](asterix::RecordBuilder& record) { identify10(record, 107, 1, 1); }));
  EXPECT_TRUE(bench.batch.reports.empty());
  EXPECT_EQ(bench.translator.counters().unwanted, 1U);
  EXPECT_EQ(bench.counters(1).unwanted, 1U);
  bench.hear(block(20, "1.10", identify20));
  EXPECT_EQ(bench.report().sensor, SensorId(1));
}

}  // namespace
}  // namespace marsad::observation::testing
