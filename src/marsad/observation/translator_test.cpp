#include "marsad/observation/translator.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "marsad/base/allocation_count_test.hpp"
#include "marsad/base/random.hpp"
#include "marsad/observation/translator_test_support.hpp"
#include "marsad/wire/asterix/fields/cat021.hpp"
#include "marsad/wire/asterix/fields/cat048.hpp"
#include "marsad/wire/asterix/fields/cat062.hpp"

namespace marsad::observation::testing {
namespace {

namespace cat021 = asterix::cat021;
namespace cat048 = asterix::cat048;
namespace cat062 = asterix::cat062;

std::vector<std::byte> plot(double azimuth_deg) {
  return block(48, "1.31", [azimuth_deg](asterix::RecordBuilder& record) {
    record.set_raw(cat048::I010_SAC, 25);
    record.set_raw(cat048::I010_SIC, 201);
    record.set(cat048::I140_VALUE, kNoonTimeOfDay);
    record.set_raw(cat048::I020_TYP, 5);
    record.set(cat048::I040_RHO, 60.0);
    record.set(cat048::I040_THETA, azimuth_deg);
    record.set(cat048::I090_FL, 310.0);
    record.set_raw(cat048::I220_VALUE, 0x4CA123);
    record.set_text(cat048::I240_VALUE, "IAW101");
  });
}

std::vector<std::byte> adsb() {
  return block(21, "2.4", [](asterix::RecordBuilder& record) {
    record.set_raw(cat021::I010_SAC, 25);
    record.set_raw(cat021::I010_SIC, 3);
    record.set(cat021::I071_VALUE, kNoonTimeOfDay);
    record.set(cat021::I131_LAT, 33.0);
    record.set(cat021::I131_LON, 44.0);
    record.set_raw(cat021::I080_VALUE, 0x4CA123);
    record.set(cat021::I160_GS, 0.1);
    record.set(cat021::I160_TA, 10.0);
  });
}

bool is_sound(const TargetReport& report) {
  const auto finite = [](double value) { return std::isfinite(value); };
  bool sound = report.receipt == noon() && std::abs((report.applicability - report.receipt).seconds()) <= 600.0;
  if (report.position) {
    const geo::HorizontalCovariance& c = report.position_covariance;
    sound = sound && std::abs(report.position->latitude.degrees()) <= 90.0 &&
            std::abs(report.position->longitude.degrees()) <= 180.0;
    sound = sound && finite(report.position->height.metres()) && finite(c.east_north_m2) && c.east_east_m2 > 0.0 &&
            c.north_north_m2 > 0.0;
    sound = sound && c.east_east_m2 * c.north_north_m2 >= c.east_north_m2 * c.east_north_m2;
  }
  if (report.velocity)
    sound =
        sound && finite(report.velocity->east.metres_per_second()) && report.velocity->sigma.metres_per_second() > 0.0;
  if (report.pressure_altitude) sound = sound && finite(report.pressure_altitude->metres());
  return sound;
}

TEST(Translator, SharesOneDatagramAmongSeveralCategories) {
  Bench bench({setting("North", {25, 201}, SensorKind::mode_s, geodetic(33.0, 44.0))});
  std::vector<std::byte> both = plot(10.0);
  const std::vector<std::byte> second = adsb();
  both.insert(both.end(), second.begin(), second.end());
  bench.hear(both);
  ASSERT_EQ(bench.batch.reports.size(), 2U);
  EXPECT_EQ(bench.batch.reports[0].detection, Detection::mode_s);
  EXPECT_EQ(bench.batch.reports[1].detection, Detection::adsb);
  const TranslatorCounters& counters = bench.translator.counters();
  EXPECT_EQ(counters.datagrams, 1U);
  EXPECT_EQ(counters.octets, both.size());
  EXPECT_EQ(counters.records, 2U);
  EXPECT_EQ(counters.records_of_category[48], 1U);
  EXPECT_EQ(counters.records_of_category[21], 1U);
  EXPECT_EQ(counters.target_reports, 2U);
}

TEST(Translator, CountsWhatItCannotUseByReason) {
  Bench bench({});
  bench.hear(block(48, "1.31", [](asterix::RecordBuilder& record) { record.set(cat048::I040_RHO, 1.0); }));
  EXPECT_EQ(bench.translator.counters().unattributed, 1U);
  std::vector<std::byte> cut = plot(20.0);
  cut.resize(cut.size() - 3);
  bench.hear(cut);
  EXPECT_EQ(bench.translator.counters().faults, 1U);
  EXPECT_GT(bench.translator.counters().skipped_octets, 0U);
  EXPECT_TRUE(bench.batch.reports.empty());
}

TEST(Translator, AllocatesNothingOnceItIsWarm) {
  Bench bench({setting("North", {25, 201}, SensorKind::mode_s, geodetic(33.0, 44.0))});
  const std::vector<std::byte> radar = plot(123.0);
  const std::vector<std::byte> station = adsb();
  const std::string_view row = "43200.0,43200.0,lab,PSR,90000.0,12.5,,,,,,,,";
  const auto tick = [&] {
    bench.batch.clear();
    for (int i = 0; i < 50; ++i) bench.hear(radar).hear(station).hear_row(row);
  };
  const std::size_t cold = base::testing::allocations_so_far();
  tick();
  const std::size_t before = base::testing::allocations_so_far();
  EXPECT_GT(before, cold) << "the first tick must allocate, or nothing is counted";
  tick();
  EXPECT_EQ(base::testing::allocations_so_far() - before, 0U);
  EXPECT_EQ(bench.batch.reports.size(), 150U);
}

TEST(Translator, TheSameLogGivesTheSameReportsAndIds) {
  const auto run = [] {
    Bench bench({setting("North", {25, 201}, SensorKind::mode_s, geodetic(33.0, 44.0))});
    for (int i = 0; i < 20; ++i) bench.hear(plot(7.0 * i)).hear(adsb());
    return bench.batch.reports;
  };
  const std::vector<TargetReport> first = run();
  const std::vector<TargetReport> second = run();
  ASSERT_EQ(first.size(), second.size());
  for (std::size_t i = 0; i < first.size(); ++i) {
    EXPECT_EQ(first[i].sensor, second[i].sensor);
    EXPECT_EQ(first[i].position, second[i].position);
    EXPECT_EQ(first[i].position_covariance, second[i].position_covariance);
  }
}

TEST(Translator, RandomBitsInGoodRecordsNeverGiveAnUnsoundReport) {
  Bench bench({setting("North", {25, 201}, SensorKind::mode_s, geodetic(33.0, 44.0)),
               setting("ACC", {25, 100}, SensorKind::system_tracks, geodetic(33.0, 44.0))});
  base::Random random(7);
  const std::vector<std::vector<std::byte>> seeds{plot(10.0), adsb(),
                                                  block(62, "1.18", [](asterix::RecordBuilder& record) {
                                                    record.set_raw(cat062::I010_SAC, 25);
                                                    record.set_raw(cat062::I010_SIC, 100);
                                                    record.set(cat062::I100_X, 1'000.0);
                                                    record.set(cat062::I100_Y, 1'000.0);
                                                    record.set(cat062::I500_APC_X, 1.0);
                                                    record.set(cat062::I500_APC_Y, 1.0);
                                                    record.set(cat062::I500_COV, 1.0);
                                                    record.set(cat062::I185_VX, 1.0);
                                                    record.set(cat062::I185_VY, 1.0);
                                                  })};
  std::size_t reports = 0;
  for (int round = 0; round < 6'000; ++round) {
    std::vector<std::byte> octets = seeds[random.below(seeds.size())];
    for (std::uint64_t flips = 1 + random.below(6); flips > 0; --flips)
      octets[3 + random.below(octets.size() - 3)] ^= static_cast<std::byte>(1U << random.below(8));
    bench.batch.clear();
    bench.hear(octets);
    reports += bench.batch.reports.size();
    for (const TargetReport& report : bench.batch.reports) ASSERT_TRUE(is_sound(report)) << "round " << round;
  }
  EXPECT_GT(reports, 1'000U) << "most mutations must still be read, or the test shows nothing";
  EXPECT_GT(bench.translator.counters().faults, 100U);
}

}  // namespace
}  // namespace marsad::observation::testing
