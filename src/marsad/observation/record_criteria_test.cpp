#include "marsad/observation/record_criteria.hpp"

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

#include "marsad/observation/record_keys.hpp"
#include "marsad/wire/asterix/builder.hpp"
#include "marsad/wire/asterix/decode.hpp"
#include "marsad/wire/asterix/fields/cat001.hpp"
#include "marsad/wire/asterix/fields/cat021.hpp"
#include "marsad/wire/asterix/fields/cat048.hpp"

namespace marsad::observation {
namespace {

namespace asterix = wire::asterix;
namespace cat021 = asterix::cat021;
namespace cat048 = asterix::cat048;
using asterix::RecordBuilder;
using units::Angle;
using units::UtcTime;

const UtcTime kReceipt = UtcTime::seconds_since_epoch(1'000'000'000.0);  // 01:46:40

RecordBuilder report(double latitude, double longitude) {
  RecordBuilder record(*asterix::latest_edition(21));
  record.set_raw(cat021::I010_SAC, 20);
  record.set_raw(cat021::I010_SIC, 129);
  record.set(cat021::I073_VALUE, 86390.0);
  record.set_raw(cat021::I080_VALUE, 0x3412ABU);
  record.set_raw(cat021::I070_MODE3A, 04004);
  record.set_text(cat021::I170_VALUE, "IAW123");
  record.set(cat021::I130_LAT, latitude);
  record.set(cat021::I130_LON, longitude);
  return record;
}

bool matches(const RecordCriteria& criteria, const RecordBuilder& record, SensorRegistry registry = {},
             int category = 21) {
  asterix::BlockBuilder block(static_cast<std::uint8_t>(category));
  EXPECT_TRUE(block.add(record).ok());
  const auto editions = asterix::EditionSet::defaults();
  RecordMatcher matcher(criteria, std::move(registry), editions);
  bool matched = false;
  const auto summary = asterix::decode_datagram(
      block.octets(), editions, [&](const asterix::RecordView& view) { matched = matcher.matches(view, kReceipt); },
      [](const asterix::DecodeFault&) {});
  EXPECT_EQ(summary.records, 1U);
  return matched;
}

Box box(double south, double west, double north, double east) {
  return {Angle::degrees(south), Angle::degrees(west), Angle::degrees(north), Angle::degrees(east)};
}

Circle circle(double latitude, double longitude, double radius_m) {
  return {{Angle::degrees(latitude), Angle::degrees(longitude), {}}, units::Length::metres(radius_m)};
}

TEST(RecordCriteria, WithoutAnyEveryRecordMatches) {
  EXPECT_TRUE(RecordCriteria{}.empty());
  EXPECT_TRUE(matches({}, report(33.0, 44.0)));
}

TEST(RecordCriteria, AllThatAreGivenMustHoldAndOfTheValuesOfOneAny) {
  RecordCriteria criteria;
  criteria.sources = {{1, 1}, {20, 129}};
  criteria.addresses = {0x3412AB};
  criteria.mode_3a = {04004, 07700};
  criteria.identifications = {"XYZ", "IAW*"};
  EXPECT_FALSE(criteria.empty());
  EXPECT_TRUE(matches(criteria, report(33.0, 44.0)));
  for (RecordCriteria* other : {&criteria}) {
    RecordCriteria wrong = *other;
    wrong.sources = {{20, 130}};
    EXPECT_FALSE(matches(wrong, report(33.0, 44.0)));
    wrong = *other;
    wrong.addresses = {0x3412AC};
    EXPECT_FALSE(matches(wrong, report(33.0, 44.0)));
    wrong = *other;
    wrong.mode_3a = {0};
    EXPECT_FALSE(matches(wrong, report(33.0, 44.0)));
    wrong = *other;
    wrong.identifications = {"IAW12"};
    EXPECT_FALSE(matches(wrong, report(33.0, 44.0)));
  }
}

TEST(RecordCriteria, TimesOfDayMayGoAcrossMidnight) {
  EXPECT_TRUE(matches({.times_of_day = DayInterval{86380.0, 86399.0}}, report(33.0, 44.0)));
  EXPECT_TRUE(matches({.times_of_day = DayInterval{86380.0, 10.0}}, report(33.0, 44.0)));
  EXPECT_FALSE(matches({.times_of_day = DayInterval{86395.0, 10.0}}, report(33.0, 44.0)));
  EXPECT_FALSE(matches({.times_of_day = DayInterval{0.0, 86389.0}}, report(33.0, 44.0)));
  RecordBuilder timeless(*asterix::latest_edition(21));
  timeless.set_raw(cat021::I010_SAC, 20);
  timeless.set_raw(cat021::I010_SIC, 129);
  EXPECT_FALSE(matches({.times_of_day = DayInterval{0.0, 86400.0}}, timeless));
}

TEST(RecordCriteria, ATruncatedTimeIsCompletedByReceipt) {
  RecordBuilder plot(*asterix::latest_edition(1));
  plot.set_raw(asterix::cat001::I010_SAC, 1);
  plot.set_raw(asterix::cat001::I010_SIC, 2);
  plot.set_raw(asterix::cat001::I020_TYP, 0);
  plot.set(asterix::cat001::I141_VALUE, 256.0);  // 6400 s of day are 12 periods of 512 s and 256 s
  EXPECT_TRUE(matches({.times_of_day = DayInterval{6390.0, 6410.0}}, plot, {}, 1));
  EXPECT_FALSE(matches({.times_of_day = DayInterval{250.0, 260.0}}, plot, {}, 1));
}

TEST(RecordCriteria, ReceiptIsFromOneMomentUntilBeforeAnother) {
  const units::Duration second = units::Duration::seconds(1.0);
  EXPECT_TRUE(matches({.from = kReceipt, .until = kReceipt + second}, report(33.0, 44.0)));
  EXPECT_FALSE(matches({.from = kReceipt + second}, report(33.0, 44.0)));
  EXPECT_FALSE(matches({.until = kReceipt}, report(33.0, 44.0)));
}

TEST(RecordCriteria, AreasAreBoxesAndCircles) {
  const auto in = [](std::variant<Box, Circle> area, double latitude, double longitude) {
    RecordCriteria criteria;
    criteria.areas = {area};
    return matches(criteria, report(latitude, longitude));
  };
  EXPECT_TRUE(in(box(32.0, 43.0, 34.0, 45.0), 33.0, 44.0));
  EXPECT_FALSE(in(box(32.0, 43.0, 34.0, 45.0), 34.1, 44.0));
  EXPECT_FALSE(in(box(32.0, 43.0, 34.0, 45.0), 33.0, 42.9));
  EXPECT_TRUE(in(box(-10.0, 170.0, 10.0, -170.0), 0.0, 179.0));
  EXPECT_TRUE(in(box(-10.0, 170.0, 10.0, -170.0), 0.0, -179.0));
  EXPECT_FALSE(in(box(-10.0, 170.0, 10.0, -170.0), 0.0, 0.0));
  // One degree of latitude at 33 degrees is 110 904 m.
  EXPECT_TRUE(in(circle(32.0, 44.0, 111'000.0), 33.0, 44.0));
  EXPECT_FALSE(in(circle(32.0, 44.0, 110'800.0), 33.0, 44.0));
}

RecordBuilder plot() {
  RecordBuilder record(*asterix::latest_edition(48));
  record.set_raw(cat048::I010_SAC, 25);
  record.set_raw(cat048::I010_SIC, 10);
  record.set(cat048::I140_VALUE, 6400.0);
  record.set_raw(cat048::I020_TYP, 2);
  record.set(cat048::I040_RHO, 54.0);  // 100 km to the east
  record.set(cat048::I040_THETA, 90.0);
  return record;
}

TEST(RecordCriteria, APlotIsWhereItsRadarsSitePutsItAndNowhereWithoutOne) {
  SensorSetting radar;
  radar.name = "R";
  radar.kind = SensorKind::mode_s;
  radar.code = SacSic{25, 10};
  radar.characteristics.site = geo::Geodetic{Angle::degrees(33.0), Angle::degrees(44.0), {}};
  RecordCriteria criteria;
  criteria.areas = {circle(33.0, 45.0707, 3000.0)};
  EXPECT_TRUE(matches(criteria, plot(), SensorRegistry({radar}), 48));
  EXPECT_FALSE(matches(criteria, plot(), {}, 48));
  criteria.areas = {circle(33.0, 44.0, 50'000.0)};
  EXPECT_FALSE(matches(criteria, plot(), SensorRegistry({radar}), 48));
}

TEST(RecordKeys, AreKnownForTheCategoriesThatHaveThem) {
  EXPECT_TRUE(has_key(48, RecordKey::address));
  EXPECT_FALSE(has_key(1, RecordKey::address));
  EXPECT_TRUE(has_key(62, RecordKey::position));
  EXPECT_FALSE(has_key(48, RecordKey::position));
  EXPECT_FALSE(has_key(-1, RecordKey::position));
  EXPECT_GE(categories_with(RecordKey::time_of_day).size(), 24U);
}

}  // namespace
}  // namespace marsad::observation
