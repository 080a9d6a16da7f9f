#include "marsad/observation/receipt_estimator.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "marsad/observation/translator_test_support.hpp"
#include "marsad/wire/asterix/fields/cat001.hpp"
#include "marsad/wire/asterix/fields/cat048.hpp"

namespace marsad::observation::testing {
namespace {

namespace cat048 = asterix::cat048;
constexpr auto kAsterix = wire::framing::PayloadKind::asterix;

std::vector<std::byte> heard(double time_of_day, unsigned sic = 1) {
  return block(48, "1.31", [=](asterix::RecordBuilder& record) {
    record.set_raw(cat048::I010_SAC, 25);
    record.set_raw(cat048::I010_SIC, sic);
    record.set(cat048::I140_VALUE, time_of_day);
  });
}

units::UtcTime day() { return noon() - units::Duration::seconds(kNoonTimeOfDay); }

/// Seconds since the start of the first day at which each time of day of a sequence was received.
class Stream {
 public:
  double operator()(double time_of_day, unsigned sic = 1) {
    const auto receipt = estimator_.receipt_of(heard(time_of_day, sic), kAsterix);
    if (!receipt) return -1.0;
    EXPECT_GE(*receipt, last_) << "receipt times never decrease";
    last_ = *receipt;
    return (*receipt - day()).seconds();
  }
  void prime(double time_of_day) { estimator_.prime(heard(time_of_day), kAsterix); }

 private:
  ReceiptEstimator estimator_{noon()};
  units::UtcTime last_;
};

TEST(ReceiptEstimator, FollowsTheLatestTimeOfDay) {
  Stream stream;
  EXPECT_DOUBLE_EQ(stream(1'000.0), 1'000.0);
  EXPECT_DOUBLE_EQ(stream(1'002.5), 1'002.5);
  EXPECT_DOUBLE_EQ(stream(1'001.0), 1'002.5) << "late records don't turn the clock back";
  EXPECT_DOUBLE_EQ(stream(1'004.0), 1'004.0);
}

TEST(ReceiptEstimator, CarriesTheDateOverMidnight) {
  Stream stream;
  EXPECT_DOUBLE_EQ(stream(86'399.0), 86'399.0);
  EXPECT_DOUBLE_EQ(stream(0.5), 86'400.5);
  EXPECT_DOUBLE_EQ(stream(86'399.5), 86'400.5) << "a late one from before midnight";
  EXPECT_DOUBLE_EQ(stream(3.0), 86'403.0);
}

TEST(ReceiptEstimator, ASingleWildTimeChangesNothing) {
  Stream stream;
  stream(1'000.0);
  EXPECT_DOUBLE_EQ(stream(50'000.0), 1'000.0);
  EXPECT_DOUBLE_EQ(stream(1'001.0), 1'001.0);
  EXPECT_DOUBLE_EQ(stream(80'000.0), 1'001.0);
  EXPECT_DOUBLE_EQ(stream(20.0), 1'001.0);
  EXPECT_DOUBLE_EQ(stream(1'002.0), 1'002.0);
}

TEST(ReceiptEstimator, FollowsALastingPauseOfTheRecording) {
  Stream stream;
  stream(1'000.0);
  double receipt = 0.0;
  for (int i = 0; i < 10; ++i) receipt = stream(4'000.0 + i);
  EXPECT_DOUBLE_EQ(receipt, 4'009.0);
}

TEST(ReceiptEstimator, ATimeThatLiesBehindForLongIsTheNextDay) {
  Stream stream;
  stream(40'000.0);
  double receipt = 0.0;
  for (int i = 0; i < 10; ++i) receipt = stream(30'000.0 + i);
  EXPECT_DOUBLE_EQ(receipt, 86'400.0 + 30'009.0);
}

TEST(ReceiptEstimator, AClockThatNeverAgreedIsNotFollowedWhileOthersSpeak) {
  Stream stream;
  double receipt = 0.0;
  for (int i = 0; i < 200; ++i) {
    receipt = stream(1'000.0 + i, 1);
    for (int burst = 0; burst < 8; ++burst) receipt = stream(9'000.0 + i, 2);
  }
  EXPECT_DOUBLE_EQ(receipt, 1'199.0);
}

TEST(ReceiptEstimator, PrimingKeepsAWildFirstTimeFromSettingTheStart) {
  Stream unprimed;
  EXPECT_DOUBLE_EQ(unprimed(70'000.0), 70'000.0);
  Stream stream;
  for (const double time : {70'000.0, 1'000.0, 1'000.5, 1'001.0}) stream.prime(time);
  EXPECT_DOUBLE_EQ(stream(70'000.0), 1'000.0);
  EXPECT_DOUBLE_EQ(stream(1'000.0), 1'000.0);
  EXPECT_DOUBLE_EQ(stream(1'000.5), 1'000.5);
}

TEST(ReceiptEstimator, KnowsNothingBeforeTheFirstTime) {
  ReceiptEstimator estimator(noon());
  const auto timeless = block(48, "1.31", [](asterix::RecordBuilder& record) { record.set_raw(cat048::I010_SAC, 25); });
  EXPECT_FALSE(estimator.receipt_of(timeless, kAsterix));
  EXPECT_FALSE(estimator.receipt_of({}, kAsterix));
  const std::vector<std::byte> rubbish(100, std::byte{0xFF});
  EXPECT_FALSE(estimator.receipt_of(rubbish, kAsterix));
  EXPECT_TRUE(estimator.receipt_of(heard(5.0), kAsterix));
}

TEST(ReceiptEstimator, TruncatedTimesKeepTheClockGoing) {
  const auto legacy = [](double time_of_day) {
    return block(1, "1.3", [time_of_day](asterix::RecordBuilder& record) {
      record.set_raw(asterix::cat001::I010_SAC, 25);
      record.set_raw(asterix::cat001::I010_SIC, 1);
      record.set(asterix::cat001::I141_VALUE, std::fmod(time_of_day, 512.0));
    });
  };
  ReceiptEstimator alone(noon());
  double receipt = 0.0;
  for (double time = 500.0; time < 3'000.0; time += 5.0)
    receipt = (*alone.receipt_of(legacy(time), kAsterix) - day()).seconds();
  EXPECT_DOUBLE_EQ(receipt, 2'995.0) << "unwrapped every 512 s";

  ReceiptEstimator with_full_times(noon());
  EXPECT_TRUE(with_full_times.receipt_of(legacy(30'000.0), kAsterix)) << "a provisional start";
  EXPECT_EQ(with_full_times.receipt_of(heard(30'001.0), kAsterix), day() + units::Duration::seconds(30'001.0));
  EXPECT_EQ(with_full_times.receipt_of(legacy(30'002.0), kAsterix), day() + units::Duration::seconds(30'002.0));
}

TEST(ReceiptEstimator, TakesTheReceiptTimeOfAPlotRow) {
  ReceiptEstimator estimator(noon());
  const auto row = [&estimator](std::string_view text) {
    return estimator.receipt_of(std::as_bytes(std::span(text)), wire::framing::PayloadKind::plot_row);
  };
  EXPECT_FALSE(row("not a row"));
  EXPECT_EQ(row("0.5,1.25,1,PSR,1000,10,,,,,,,,"), units::UtcTime::seconds_since_epoch(1.25));
  EXPECT_EQ(row("0.5,1.00,1,PSR,1000,10,,,,,,,,"), units::UtcTime::seconds_since_epoch(1.25)) << "never back";
  EXPECT_EQ(row("not a row"), units::UtcTime::seconds_since_epoch(1.25));
}

}  // namespace
}  // namespace marsad::observation::testing
