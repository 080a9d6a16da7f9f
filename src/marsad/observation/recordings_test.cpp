#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "marsad/observation/receipt_estimator.hpp"
#include "marsad/observation/translator_test_support.hpp"

/// Real recordings, which are not part of the project: they lie in $MARSAD_SHARED/data/asterix, and the tests are
/// skipped where that is absent.
namespace marsad::observation::testing {
namespace {

constexpr auto kAsterix = wire::framing::PayloadKind::asterix;

/// The octets of a recording; empty if there are none here.
std::vector<std::byte> recording(const std::string& path) {
  const char* const shared = std::getenv("MARSAD_SHARED");
  if (shared == nullptr) return {};
  std::ifstream file(std::filesystem::path(shared) / "data" / "asterix" / path, std::ios::binary);
  const std::vector<char> characters{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const auto octets = std::as_bytes(std::span(characters));
  return {octets.begin(), octets.end()};
}

#define SKIP_WITHOUT(octets) \
  if ((octets).empty()) GTEST_SKIP() << "no recordings: MARSAD_SHARED names no folder with data/asterix"

/// Calls `on_block(octets of one data block)` for each block of a raw file.
template <class OnBlock>
void for_each_block(std::span<const std::byte> file, OnBlock&& on_block) {
  while (file.size() >= 3) {
    const std::size_t length = std::to_integer<std::size_t>(file[1]) << 8U | std::to_integer<std::size_t>(file[2]);
    if (length < 3 || length > file.size()) return;
    on_block(file.first(length));
    file = file.subspan(length);
  }
}

/// All reports of a raw file, with receipt times estimated from 2016-05-10 on.
struct Heard {
  std::vector<TargetReport> reports;
  bool monotone = true;
  units::Duration span;
};

Heard hear(Bench& bench, const std::vector<std::byte>& file, const asterix::EditionSet& editions) {
  Heard heard;
  ReceiptEstimator estimator(units::UtcTime::seconds_since_epoch(16'931 * kSecondsPerDay), editions);
  std::optional<units::UtcTime> first;
  units::UtcTime last;
  for_each_block(file, [&](std::span<const std::byte> octets) {
    const units::UtcTime receipt = estimator.receipt_of(octets, kAsterix).value_or(last);
    heard.monotone = heard.monotone && receipt >= last;
    first = first.value_or(receipt);
    last = receipt;
    bench.hear(octets, receipt);
  });
  if (first) heard.span = last - *first;
  heard.reports = std::move(bench.batch.reports);
  return heard;
}

/// Between the points at the height of `a`: what two sensors know of a height is not what is compared here.
double metres_between(const geo::Geodetic& a, geo::Geodetic b) {
  b.height = a.height;
  return (geo::to_ecef(a) - geo::to_ecef(b)).metres().norm();
}

double median(std::vector<double> values) {
  if (values.empty()) return -1.0;
  std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2));
  return values[values.size() / 2];
}

const geo::Geodetic kReferencePoint = geodetic(41.297063, 2.078447, 50.0);

std::vector<SensorSetting> lebl() {
  return {setting("MLAT", {0, 107}, SensorKind::mlat, kReferencePoint),
          setting("ADS-B", {0, 107}, SensorKind::adsb, kReferencePoint)};
}

Heard hear_lebl(const std::string& name, std::pair<int, const char*> edition) {
  Bench bench(lebl(), edition);
  asterix::EditionSet editions = asterix::EditionSet::defaults();
  editions.choose(edition.first, *asterix::find_edition(edition.first, edition.second));
  return hear(bench, recording("lebl-160510/" + name), editions);
}

TEST(Recordings, EveryRecordOfAnHourOfBarcelonasRadarBecomesAPlacedReport) {
  const std::vector<std::byte> file = recording("bcn-230502/cat048_230502-est-080001_BCN_60MN_08_09.ast");
  SKIP_WITHOUT(file);
  Bench bench({setting("BCN", {20, 129}, SensorKind::mode_s, geodetic(41.300702, 2.102058, 27.257))});
  const Heard heard = hear(bench, file, asterix::EditionSet::defaults());
  EXPECT_EQ(heard.reports.size(), 44'085U);
  EXPECT_TRUE(heard.monotone);
  EXPECT_NEAR(heard.span.seconds(), 3'599.0, 1.5);
  std::set<ModeSAddress> addresses;
  for (const TargetReport& report : heard.reports) {
    ASSERT_TRUE(report.position);
    EXPECT_NEAR(report.position->latitude.degrees(), 41.3, 1.1);
    EXPECT_NEAR(report.position->longitude.degrees(), 2.1, 1.4);
    if (report.address) addresses.insert(*report.address);
  }
  // An independent decoder sees 177 addresses too; a count of 178 values includes "none".
  EXPECT_EQ(addresses.size(), 177U);
  EXPECT_EQ(bench.counters().extrapolated, 172U);
  EXPECT_EQ(bench.counters().untimed, 0U);
  EXPECT_EQ(bench.counters().implausible, 0U);
  EXPECT_EQ(bench.translator.registry().size(), 1U);
}

TEST(Recordings, MultilaterationSaysTheSameInTwoCategories) {
  const Heard in10 = hear_lebl("cat010_mlat_160510-lebl-220001.ast", {10, "1.1"});
  SKIP_WITHOUT(in10.reports);
  const Heard in20 = hear_lebl("cat020_019_mlat_160510-lebl-220001.ast", {20, "1.10"});
  EXPECT_TRUE(in10.monotone && in20.monotone) << "over midnight";
  EXPECT_NEAR(in10.span.seconds(), 7'260.2, 0.5);
  ASSERT_EQ(in10.reports.size(), 69'933U);
  ASSERT_EQ(in20.reports.size(), 69'933U);
  std::map<std::pair<std::int64_t, std::uint16_t>, const TargetReport*> by_time_and_track;
  for (const TargetReport& report : in10.reports)
    if (report.local_track_number && is_measurement(report))
      by_time_and_track[{report.applicability.nanoseconds_since_epoch(), *report.local_track_number}] = &report;
  std::vector<double> apart_m;
  for (const TargetReport& report : in20.reports) {
    if (!report.local_track_number || !is_measurement(report)) continue;
    const auto same =
        by_time_and_track.find({report.applicability.nanoseconds_since_epoch(), *report.local_track_number});
    if (same != by_time_and_track.end()) apart_m.push_back(metres_between(*same->second->position, *report.position));
  }
  ASSERT_GT(apart_m.size(), 60'000U);
  // CAT010 rounds to 1 m, CAT020 to 0.5 m.
  EXPECT_LT(median(apart_m), 1.0);
  EXPECT_LT(*std::ranges::max_element(apart_m), 2.0);
}

TEST(Recordings, AdsbOfEdition023AgreesWithMultilaterationOfTheSameAircraft) {
  const Heard adsb = hear_lebl("cat021_v023_adsb_160510-lebl-220001.ast", {21, "0.23"});
  SKIP_WITHOUT(adsb.reports);
  const Heard mlat = hear_lebl("cat020_019_mlat_160510-lebl-220001.ast", {20, "1.10"});
  EXPECT_EQ(adsb.reports.size(), 49'330U);
  EXPECT_TRUE(adsb.monotone) << "over midnight";
  std::map<ModeSAddress, std::vector<const TargetReport*>> by_address;
  for (const TargetReport& report : mlat.reports)
    if (report.address && is_measurement(report)) by_address[*report.address].push_back(&report);
  std::vector<double> apart_m;
  std::set<ModeSAddress> common;
  for (const TargetReport& report : adsb.reports) {
    if (!report.address || !is_measurement(report) || !by_address.contains(*report.address)) continue;
    const auto& others = by_address[*report.address];
    const auto later = std::ranges::lower_bound(others, report.applicability, {}, &TargetReport::applicability);
    if (later == others.end() || abs((*later)->applicability - report.applicability) > units::Duration::seconds(0.3))
      continue;
    apart_m.push_back(metres_between(*(*later)->position, *report.position));
    common.insert(*report.address);
  }
  EXPECT_GE(common.size(), 20U);
  ASSERT_GT(apart_m.size(), 5'000U);
  EXPECT_LT(median(apart_m), 40.0);
}

TEST(Recordings, ASurfaceRadarWithoutASiteIsReportedAsUnplaced) {
  const std::vector<std::byte> file = recording("lebl-160510/cat010_smr_160510-lebl-220001.ast");
  SKIP_WITHOUT(file);
  Bench bench({});
  const Heard heard = hear(bench, file, asterix::EditionSet::defaults());
  EXPECT_TRUE(heard.monotone);
  EXPECT_EQ(bench.translator.counters().records, 77'345U);
  EXPECT_EQ(bench.translator.counters().target_reports + bench.translator.counters().messages, 77'345U);
  ASSERT_EQ(bench.translator.registry().size(), 1U);
  EXPECT_EQ(bench.translator.registry().sensors()[0].kind, SensorKind::smr);
  EXPECT_EQ(bench.counters().unplaced + bench.counters().without_position, bench.counters().reports);
  EXPECT_NE(what_is_needed(bench.translator.registry().sensors()[0]).find("latitude ="), std::string::npos);
}

}  // namespace
}  // namespace marsad::observation::testing
