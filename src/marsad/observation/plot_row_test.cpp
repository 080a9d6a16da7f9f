#include "marsad/observation/plot_row.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

#include "marsad/geo/polar.hpp"
#include "marsad/observation/translator_test_support.hpp"

namespace marsad::observation::testing {
namespace {

constexpr std::string_view kRadarRow = "0.1462,0.6888,3,MODES,104789.92,100.31616,1363,ECC2AE,92.75,,,,,";
constexpr std::string_view kAdsbRow =
    "0.8001,1.0289,7,ADSB,,,5405,52DC8A,285.00,43.2924944,9.0245171,8686.80,166.84,-123.90";

std::string_view fault_of(std::string_view row) {
  const auto parsed = parse_plot_row(row);
  return parsed ? "none" : name_of(parsed.error());
}

TEST(PlotRow, ReadsARadarRow) {
  const auto row = parse_plot_row(kRadarRow);
  ASSERT_TRUE(row);
  EXPECT_EQ(row->applicability.nanoseconds_since_epoch(), 146'200'000);
  EXPECT_EQ(row->receipt.nanoseconds_since_epoch(), 688'800'000);
  EXPECT_EQ(row->sensor, "3");
  EXPECT_EQ(row->type, PlotType::mode_s);
  EXPECT_EQ(row->range_m, 104789.92);
  EXPECT_EQ(row->azimuth_deg, 100.31616);
  EXPECT_EQ(row->mode_a, ModeACode::parse("1363"));
  EXPECT_EQ(row->address, ModeSAddress(0xECC2AE));
  EXPECT_EQ(row->flight_level, 92.75);
  EXPECT_FALSE(row->latitude_deg || row->height_m || row->velocity_east_ms);
}

TEST(PlotRow, ReadsAnAdsbRowWithACarriageReturn) {
  const auto row = parse_plot_row(std::string(kAdsbRow) + "\r");
  ASSERT_TRUE(row);
  EXPECT_EQ(row->type, PlotType::adsb);
  EXPECT_EQ(row->latitude_deg, 43.2924944);
  EXPECT_EQ(row->height_m, 8686.80);
  EXPECT_EQ(row->velocity_north_ms, -123.90);
}

TEST(PlotRow, TellsEveryFaultByItsReason) {
  EXPECT_EQ(fault_of(""), "field_count");
  EXPECT_EQ(fault_of("1,2,3"), "field_count");
  EXPECT_EQ(fault_of(std::string(kRadarRow) + ","), "field_count");
  EXPECT_EQ(fault_of("t,t_rx,sensor_id,type,range_m,azimuth_deg,mode3a,mode_s,fl,lat,lon,alt_m,ve,vn"), "time");
  EXPECT_EQ(fault_of(",1,3,PSR,1,2,,,,,,,,"), "time");
  EXPECT_EQ(fault_of("1e300,1,3,PSR,1,2,,,,,,,,"), "time");
  EXPECT_EQ(fault_of("1,nan,3,PSR,1,2,,,,,,,,"), "time");
  EXPECT_EQ(fault_of("1,1,,PSR,1,2,,,,,,,,"), "sensor");
  EXPECT_EQ(fault_of("1,1,a\x01,PSR,1,2,,,,,,,,"), "sensor");
  EXPECT_EQ(fault_of("1,1,a\xFF,PSR,1,2,,,,,,,,"), "sensor") << "not UTF-8";
  EXPECT_EQ(fault_of("1,1,\xED\xA0\x80,PSR,1,2,,,,,,,,"), "sensor") << "a surrogate";
  EXPECT_EQ(fault_of("1,1,\xD8\xB1,PSR,1,2,,,,,,,,"), "none") << "an Arabic letter";
  EXPECT_EQ(fault_of("1,1," + std::string(65, 'a') + ",PSR,1,2,,,,,,,,"), "sensor");
  EXPECT_EQ(fault_of("1,1,3,psr,1,2,,,,,,,,"), "type");
  EXPECT_EQ(fault_of("1,1,3,PSR,inf,2,,,,,,,,"), "number");
  EXPECT_EQ(fault_of("1,1,3,PSR,1 ,2,,,,,,,,"), "number");
  EXPECT_EQ(fault_of("1,1,3,PSR,1e99,2,,,,,,,,"), "number");
  EXPECT_EQ(fault_of("1,1,3,SSR,1,2,1238,,,,,,,"), "code");
  EXPECT_EQ(fault_of("1,1,3,SSR,1,2,,12345,,,,,,"), "code");
  EXPECT_EQ(fault_of("1,1,3,SSR,1,2,,-12345,,,,,,"), "code");
  EXPECT_EQ(fault_of("1,1,3,PSR,1,,,,,,,,,"), "position");
  EXPECT_EQ(fault_of("1,1,3,PSR,-1,2,,,,,,,,"), "position");
  EXPECT_EQ(fault_of("1,1,3,ADSB,,,,,,91,0,,,"), "position");
  EXPECT_EQ(fault_of("1,1,3,ADSB,,,,,,,8,,,"), "position");
  EXPECT_EQ(fault_of("1,1,3,ADSB,,,,,,1,1,,5,"), "position");
}

TEST(PlotRow, BecomesAReportOfTheSensorNamedInIt) {
  SensorSetting radar = setting("3", {}, SensorKind::mode_s, geodetic(44.6, 9.3, 331.0));
  radar.code.reset();
  Bench bench({radar});
  const units::UtcTime receipt = units::UtcTime::seconds_since_epoch(0.6888);
  const TargetReport& report = bench.hear_row(kRadarRow, receipt).report();
  EXPECT_EQ(report.sensor, SensorId(0));
  EXPECT_EQ(report.detection, Detection::mode_s);
  EXPECT_EQ(report.receipt, receipt);
  EXPECT_EQ(report.applicability.nanoseconds_since_epoch(), 146'200'000);
  const geo::PolarPosition seen = geo::polar_of(geo::LocalFrame(*radar.characteristics.site), *report.position);
  EXPECT_NEAR(seen.slant_range.metres(), 104789.92, 0.1);
  EXPECT_NEAR(seen.azimuth.degrees(), 100.31616, 1e-6);
}

TEST(PlotRow, A3dRadarsHeightIsTrustedAsFarAsItsElevationError) {
  SensorSetting radar = setting("1", {}, SensorKind::psr, geodetic(45.0, 10.0, 351.0));
  radar.code.reset();
  radar.characteristics.sigma_elevation = units::Angle::degrees(0.3);
  Bench bench({radar});
  const TargetReport& report = bench.hear_row("0.1,0.6,1,PSR,20000.0,90.0,,,,,,8000.0,,").report();
  EXPECT_FALSE(report.quality.height_assumed);
  EXPECT_NEAR(report.position->height.metres(), 8'000.0, 1e-6);
  // Range error of the ground point: the height error times tan(elevation), 7649 m over 18480 m.
  const double height_share_m = 20'000.0 * 0.3 * 3.14159265 / 180.0 * 7'649.0 / 18'480.0;
  EXPECT_NEAR(std::sqrt(report.position_covariance.east_east_m2), std::hypot(80.0 * 20.0 / 18.48, height_share_m), 3.0);
}

TEST(PlotRow, AnAdsbRowNeedsNoConfiguration) {
  Bench bench({});
  const TargetReport& report = bench.hear_row(kAdsbRow).report();
  EXPECT_EQ(bench.translator.registry().get(report.sensor).name, "7");
  EXPECT_NEAR(report.position->longitude.degrees(), 9.0245171, 1e-9);
  EXPECT_NEAR(report.geometric_height->metres(), 8686.80, 1e-9);
  EXPECT_NEAR(report.velocity->east.metres_per_second(), 166.84, 1e-9);
  EXPECT_TRUE(is_measurement(report));
}

TEST(PlotRow, BadRowsAreCountedByReason) {
  Bench bench({});
  constexpr std::string_view kBadNumber = "1,1,3,PSR,1,x,,,,,,,,";
  bench.hear_row("rubbish").hear_row(kBadNumber).hear_row(kBadNumber);
  EXPECT_TRUE(bench.batch.reports.empty());
  const TranslatorCounters& counters = bench.translator.counters();
  EXPECT_EQ(counters.faults, 3U);
  EXPECT_EQ(counters.row_faults[static_cast<std::size_t>(RowFault::field_count)], 1U);
  EXPECT_EQ(counters.row_faults[static_cast<std::size_t>(RowFault::number)], 2U);
  EXPECT_EQ(counters.skipped_octets, 7U + 2U * kBadNumber.size());
  EXPECT_EQ(bench.translator.registry().size(), 0U) << "a bad row registers nobody";
}

}  // namespace
}  // namespace marsad::observation::testing
