#include <gtest/gtest.h>

#include <cmath>

#include "marsad/geo/polar.hpp"
#include "marsad/observation/placement.hpp"
#include "marsad/observation/translator_test_support.hpp"
#include "marsad/wire/asterix/fields/cat001.hpp"
#include "marsad/wire/asterix/fields/cat002.hpp"
#include "marsad/wire/asterix/fields/cat048.hpp"

namespace marsad::observation::testing {
namespace {

namespace cat001 = asterix::cat001;
namespace cat002 = asterix::cat002;
namespace cat048 = asterix::cat048;

const geo::Geodetic kSite = geodetic(33.25, 44.25, 40.0);

std::vector<SensorSetting> radar() { return {setting("North", {25, 201}, SensorKind::mode_s, kSite)}; }

void identify(asterix::RecordBuilder& record, double time_of_day = kNoonTimeOfDay - 1.5) {
  record.set_raw(cat048::I010_SAC, 25);
  record.set_raw(cat048::I010_SIC, 201);
  record.set(cat048::I140_VALUE, time_of_day);
}

void at(asterix::RecordBuilder& record, double range_nm, double azimuth_deg) {
  record.set(cat048::I040_RHO, range_nm);
  record.set(cat048::I040_THETA, azimuth_deg);
}

std::vector<std::byte> plot(const std::function<void(asterix::RecordBuilder&)>& more) {
  return block(48, "1.31", [&](asterix::RecordBuilder& record) {
    identify(record);
    record.set_raw(cat048::I020_TYP, 5);
    at(record, 60.0, 90.0);
    more(record);
  });
}

TEST(Monoradar, AFullModeSPlotBecomesAReportInSiUnits) {
  Bench bench(radar());
  const TargetReport& report = bench
                                   .hear(plot([](asterix::RecordBuilder& record) {
                                     record.set_raw(cat048::I070_MODE3A, 01234);
                                     record.set(cat048::I090_FL, 350.0);
                                     record.set_raw(cat048::I220_VALUE, 0x4CA123);
                                     record.set_text(cat048::I240_VALUE, "IAW101");
                                     record.set_raw(cat048::I161_TRN, 77);
                                   }))
                                   .report();
  EXPECT_EQ(report.sensor, SensorId(0));
  EXPECT_EQ(report.detection, Detection::mode_s);
  EXPECT_EQ(report.receipt, noon());
  EXPECT_EQ(report.applicability, noon() - units::Duration::seconds(1.5));
  EXPECT_FALSE(report.quality.time_from_receipt);
  EXPECT_EQ(report.mode_a->digits(), (std::array<char, 4>{'1', '2', '3', '4'}));
  EXPECT_DOUBLE_EQ(report.pressure_altitude->flight_level(), 350.0);
  EXPECT_EQ(report.address, ModeSAddress(0x4CA123));
  EXPECT_EQ(report.identification->text(), "IAW101");
  EXPECT_EQ(report.local_track_number, 77);
  ASSERT_TRUE(report.polar);
  EXPECT_NEAR(report.polar->slant_range.nautical_miles(), 60.0, 1.0 / 256.0);
  EXPECT_NEAR(report.polar->azimuth.degrees(), 90.0, 360.0 / 65536.0);
  ASSERT_TRUE(report.position);
  const geo::PolarPosition back = geo::polar_of(geo::LocalFrame(kSite), *report.position);
  EXPECT_NEAR(back.slant_range.metres(), report.polar->slant_range.metres(), 0.1);
  EXPECT_NEAR(back.azimuth.degrees(), report.polar->azimuth.degrees(), 1e-5);
  EXPECT_NEAR(report.position->height.metres(), 35'000.0 * 0.3048, 0.1);
  EXPECT_FALSE(report.quality.height_assumed);
}

TEST(Monoradar, TheCovarianceIsThatOfRangeAzimuthAndHeight) {
  Bench bench(radar());
  const TargetReport& report =
      bench.hear(plot([](asterix::RecordBuilder& record) { record.set(cat048::I090_FL, 350.0); })).report();
  // Due east: range errors lie along east, azimuth errors along north.
  const double across_m = 60.0 * 1852.0 * report.polar->sigma_azimuth.radians();
  EXPECT_NEAR(std::sqrt(report.position_covariance.north_north_m2), across_m, 0.02 * across_m);
  EXPECT_NEAR(std::sqrt(report.position_covariance.east_east_m2),
              std::hypot(40.0, std::hypot(150.0, 267.0) * 10'600.0 / 110'600.0), 5.0);
}

TEST(Monoradar, WithoutAltitudeTheHeightIsAssumedAndTheCovarianceSaysSo) {
  Bench bench(radar());
  const TargetReport& with = bench
                                 .hear(plot([](asterix::RecordBuilder& record) {
                                   record.set(cat048::I090_FL, 200.0);
                                   at(record, 8.0, 90.0);
                                 }))
                                 .report();
  const double known = with.position_covariance.east_east_m2;
  const TargetReport& without =
      bench.hear(plot([](asterix::RecordBuilder& record) { at(record, 8.0, 90.0); })).report();
  EXPECT_TRUE(without.quality.height_assumed);
  EXPECT_GT(without.position_covariance.east_east_m2, 10.0 * known);
}

TEST(Monoradar, TheDetectionTypeDecidesWhatMadeTheReport) {
  const std::array<std::pair<unsigned, Detection>, 7> types{{{1, Detection::psr},
                                                             {2, Detection::ssr},
                                                             {3, Detection::ssr_psr},
                                                             {4, Detection::mode_s},
                                                             {5, Detection::mode_s},
                                                             {6, Detection::mode_s_psr},
                                                             {7, Detection::mode_s_psr}}};
  for (const auto& [type, detection] : types) {
    Bench bench(radar());
    const unsigned bits = type;
    bench.hear(plot([bits](asterix::RecordBuilder& record) { record.set_raw(cat048::I020_TYP, bits); }));
    EXPECT_EQ(bench.report().detection, detection) << "type " << type;
    EXPECT_FALSE(bench.report().quality.extrapolated);
  }
}

TEST(Monoradar, ATrackWithoutDetectionIsKeptButIsNoMeasurement) {
  Bench bench(radar());
  bench.hear(plot([](asterix::RecordBuilder& record) { record.set_raw(cat048::I020_TYP, 0); }));
  EXPECT_TRUE(bench.report().quality.extrapolated);
  EXPECT_FALSE(is_measurement(bench.report()));
  EXPECT_EQ(bench.counters().extrapolated, 1U);
}

TEST(Monoradar, DoubtsOfTheRadarReachTheReport) {
  Bench bench(radar());
  const TargetReport& garbled = bench
                                    .hear(plot([](asterix::RecordBuilder& record) {
                                      record.set_raw(cat048::I070_MODE3A, 07700);
                                      record.set_raw(cat048::I070_G, 1);
                                      record.set_raw(cat048::I070_V, 1);
                                      record.set(cat048::I090_FL, 100.0);
                                      record.set_raw(cat048::I090_G, 1);
                                      record.set_raw(cat048::I030_VALUE, 16, 0);
                                      record.set_raw(cat048::I030_VALUE, 1, 1);
                                    }))
                                    .report();
  EXPECT_TRUE(garbled.quality.mode_a_garbled);
  EXPECT_TRUE(garbled.quality.mode_a_unvalidated);
  EXPECT_TRUE(garbled.quality.altitude_garbled);
  EXPECT_TRUE(garbled.quality.height_assumed) << "a garbled altitude must not place a plot";
  EXPECT_TRUE(garbled.quality.suspected_false) << "the second warning counts too";
  EXPECT_TRUE(garbled.quality.address_doubtful);
  EXPECT_EQ(garbled.emergency, 0) << "a garbled 7700 is no emergency";
}

TEST(Monoradar, EmergencyCodesSpecialPositionAndTargetFlagsAreRead) {
  Bench bench(radar());
  bench.hear(plot([](asterix::RecordBuilder& record) {
    record.set_raw(cat048::I070_MODE3A, 07500);
    record.set_raw(cat048::I020_SPI, 1);
    record.set_raw(cat048::I020_SIM, 1);
    record.set_raw(cat048::I020_RAB, 1);
    record.set_raw(cat048::I020_TST, 1);
    record.set_raw(cat048::I230_STAT, 1);
  }));
  EXPECT_EQ(bench.report().emergency, 5);
  EXPECT_TRUE(bench.report().special_position_identification);
  EXPECT_TRUE(bench.report().simulated);
  EXPECT_TRUE(bench.report().fixed_transponder);
  EXPECT_TRUE(bench.report().test_target);
  EXPECT_TRUE(bench.report().on_ground);
}

TEST(Monoradar, NegativeFlightLevelsAreSignedAndImpossibleOnesDoubted) {
  Bench bench(radar());
  bench.hear(plot([](asterix::RecordBuilder& record) { record.set_raw(cat048::I090_FL, 0x3FFB); }));
  EXPECT_DOUBLE_EQ(bench.report().pressure_altitude->flight_level(), -1.25);
  EXPECT_FALSE(bench.report().quality.altitude_garbled);
  bench.hear(plot([](asterix::RecordBuilder& record) { record.set(cat048::I090_FL, -1'500.0); }));
  EXPECT_TRUE(bench.report().quality.altitude_garbled);
  EXPECT_TRUE(bench.report().quality.height_assumed);
}

TEST(Monoradar, AddressesOfNoAircraftAreNotTaken) {
  for (const unsigned bits : {0U, 0xFFFFFFU}) {
    Bench bench(radar());
    bench.hear(plot([bits](asterix::RecordBuilder& record) { record.set_raw(cat048::I220_VALUE, bits); }));
    EXPECT_FALSE(bench.report().address);
    EXPECT_TRUE(bench.report().quality.address_doubtful);
  }
}

TEST(Monoradar, A3dRadarsHeightPlacesThePlot) {
  Bench bench(radar());
  bench.hear(plot([](asterix::RecordBuilder& record) { record.set(cat048::I110_3DH, 20'000.0); }));
  EXPECT_NEAR(bench.report().geometric_height->feet(), 20'000.0, 12.5);
  EXPECT_NEAR(bench.report().position->height.feet(), 20'000.0, 12.5);
  EXPECT_FALSE(bench.report().quality.height_assumed);
}

TEST(Monoradar, ARangeBeyondTheSensorsReachIsFlaggedAndCounted) {
  std::vector<SensorSetting> settings = radar();
  settings[0].characteristics.range_max = units::Length::nautical_miles(100.0);
  Bench bench(settings);
  bench.hear(plot([](asterix::RecordBuilder& record) { at(record, 120.0, 10.0); }));
  EXPECT_TRUE(bench.report().quality.position_implausible);
  EXPECT_FALSE(is_measurement(bench.report()));
  EXPECT_EQ(bench.counters().implausible, 1U);
  bench.hear(plot([](asterix::RecordBuilder& record) { at(record, 99.0, 10.0); }));
  EXPECT_TRUE(is_measurement(bench.report()));
}

TEST(Monoradar, TheExtendedRangeReplacesTheSaturatedOne) {
  std::vector<SensorSetting> settings = radar();
  settings[0].characteristics.range_max = units::Length::nautical_miles(400.0);
  Bench bench(settings);
  bench.hear(plot([](asterix::RecordBuilder& record) {
    record.set_raw(cat048::I020_ERR, 1);
    record.set_raw(cat048::I040_RHO, 0xFFFF);
    EXPECT_TRUE(record.set(cat048::RE_ERR, 300.0));
  }));
  EXPECT_NEAR(bench.report().polar->slant_range.nautical_miles(), 300.0, 0.01);
}

TEST(Monoradar, WithoutASiteTheReportStaysUnplacedAndIsCounted) {
  Bench bench({setting("North", {25, 201}, SensorKind::mode_s, std::nullopt)});
  bench.hear(plot([](asterix::RecordBuilder&) {}));
  EXPECT_TRUE(bench.report().polar);
  EXPECT_FALSE(bench.report().position);
  EXPECT_TRUE(bench.report().quality.site_unknown);
  EXPECT_EQ(bench.counters().unplaced, 1U);
  EXPECT_EQ(bench.counters().without_position, 0U);
}

TEST(Monoradar, ALocalTracksCartesianPositionStandsInForAMissingPolarOne) {
  Bench bench(radar());
  bench.hear(block(48, "1.31", [](asterix::RecordBuilder& record) {
    identify(record);
    record.set_raw(cat048::I020_TYP, 5);
    record.set(cat048::I042_X, -30.0);
    record.set(cat048::I042_Y, 40.0);
  }));
  ASSERT_TRUE(bench.report().polar);
  EXPECT_NEAR(bench.report().polar->slant_range.nautical_miles(), 50.0, 0.02);
  EXPECT_NEAR(bench.report().polar->azimuth.degrees(), 323.13, 0.02);
}

TEST(Monoradar, AReportWithoutAnyPositionStillCarriesItsIdentity) {
  Bench bench(radar());
  bench.hear(block(48, "1.31", [](asterix::RecordBuilder& record) {
    identify(record);
    record.set_raw(cat048::I220_VALUE, 0x123456);
  }));
  EXPECT_EQ(bench.report().address, ModeSAddress(0x123456));
  EXPECT_EQ(bench.report().detection, Detection::mode_s) << "only a Mode S reply has an address";
  EXPECT_FALSE(bench.report().position);
  EXPECT_EQ(bench.counters().without_position, 1U);
}

TEST(Monoradar, MidnightBetweenMeasurementAndReceiptIsHarmless) {
  Bench bench(radar());
  const units::UtcTime midnight = noon() + units::Duration::seconds(43'200.0);
  const auto late = block(48, "1.31", [](asterix::RecordBuilder& record) { identify(record, 86'399.0); });
  EXPECT_EQ(bench.hear(late, midnight + units::Duration::seconds(0.5)).report().applicability,
            midnight - units::Duration::seconds(1.0));
  const auto early = block(48, "1.31", [](asterix::RecordBuilder& record) { identify(record, 0.5); });
  EXPECT_EQ(bench.hear(early, midnight).report().applicability, midnight + units::Duration::seconds(0.5));
}

TEST(Monoradar, AClockThatCannotBeRightIsReplacedByReceipt) {
  Bench bench(radar());
  for (const double time_of_day :
       {kNoonTimeOfDay + 3'600.0, kNoonTimeOfDay - 7'200.0, kNoonTimeOfDay + 31.0, 100'000.0}) {
    bench.hear(block(48, "1.31", [time_of_day](asterix::RecordBuilder& record) {
      identify(record, time_of_day);
      if (time_of_day > kSecondsPerDay) record.set_raw(cat048::I140_VALUE, 12'800'000);
    }));
    EXPECT_EQ(bench.report().applicability, noon()) << time_of_day;
    EXPECT_TRUE(bench.report().quality.time_from_receipt) << time_of_day;
  }
  EXPECT_EQ(bench.counters().untimed, 4U);
  bench.hear(block(48, "1.31", [](asterix::RecordBuilder& record) { identify(record, kNoonTimeOfDay - 300.0); }));
  EXPECT_FALSE(bench.report().quality.time_from_receipt) << "late is not wrong";
  EXPECT_DOUBLE_EQ(bench.counters().latency.seconds(), 300.0);
}

TEST(MonoradarLegacy, APlotTakesItsFullTimeFromTheRadarsOwnNorthMarker) {
  Bench bench(radar());
  // The radar's clock is 260 s behind receipt: only its own CAT002 can tell which 512 s are meant.
  const double radar_time = kNoonTimeOfDay - 260.0;
  bench.hear(block(2, "1.2", [radar_time](asterix::RecordBuilder& record) {
    record.set_raw(cat002::I010_SAC, 25);
    record.set_raw(cat002::I010_SIC, 201);
    record.set_raw(cat002::I000_VALUE, 1);
    record.set(cat002::I030_VALUE, radar_time);
    record.set(cat002::I041_VALUE, 4.8);
  }));
  EXPECT_EQ(bench.message().kind, SensorMessage::Kind::north_marker);
  EXPECT_NEAR(bench.message().rotation_period->seconds(), 4.8, 0.01);
  bench.hear(block(1, "1.3", [radar_time](asterix::RecordBuilder& record) {
    record.set_raw(cat001::I010_SAC, 25);
    record.set_raw(cat001::I010_SIC, 201);
    record.set_raw(cat001::I020_SSRPSR, 3);
    record.set(cat001::I040_RHO, 40.0);
    record.set(cat001::I040_THETA, 45.0);
    record.set(cat001::I141_VALUE, std::fmod(radar_time + 0.5, 512.0));
    record.set_raw(cat001::I070_MODE3A, 07600);
    record.set(cat001::I090_HGT, 120.0);
  }));
  EXPECT_EQ(bench.report().detection, Detection::ssr_psr);
  EXPECT_EQ(bench.report().applicability, noon() - units::Duration::seconds(259.5));
  EXPECT_EQ(bench.report().emergency, 4);
  EXPECT_TRUE(bench.report().position);
}

TEST(MonoradarLegacy, WithoutATimeReceiptStandsIn) {
  Bench bench(radar());
  bench.hear(block(1, "1.3", [](asterix::RecordBuilder& record) {
    record.set_raw(cat001::I010_SAC, 25);
    record.set_raw(cat001::I010_SIC, 201);
    record.set_raw(cat001::I020_SSRPSR, 1);
    record.set(cat001::I040_RHO, 40.0);
    record.set(cat001::I040_THETA, 45.0);
  }));
  EXPECT_TRUE(bench.report().quality.time_from_receipt);
  EXPECT_EQ(bench.report().detection, Detection::psr);
}

TEST(MonoradarLegacy, ATrackIsPlacedFromItsCartesianPosition) {
  Bench bench(radar());
  bench.hear(block(1, "1.3", [](asterix::RecordBuilder& record) {
    record.set_raw(cat001::I010_SAC, 25);
    record.set_raw(cat001::I010_SIC, 201);
    record.set_raw(cat001::I020_TYP, 1);
    record.set_raw(cat001::I020_SSRPSR, 2);
    record.set_raw(cat001::I161_VALUE, 501);
    record.set(cat001::I042_X, 30.0);
    record.set(cat001::I042_Y, -40.0);
    record.set_raw(cat001::I030_VALUE, 2, 0);
  }));
  EXPECT_EQ(bench.report().local_track_number, 501);
  EXPECT_NEAR(bench.report().polar->slant_range.nautical_miles(), 50.0, 0.03);
  EXPECT_NEAR(bench.report().polar->azimuth.degrees(), 143.13, 0.05);
  EXPECT_TRUE(bench.report().quality.suspected_false);
}

}  // namespace
}  // namespace marsad::observation::testing
