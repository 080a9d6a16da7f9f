#include "marsad/io/begin_clock.hpp"

#include <gtest/gtest.h>

namespace marsad::io {
namespace {

using units::Duration;
using units::UtcTime;

constexpr double kNoon = 1'700'049'600.0;  // 2023-11-15T12:00:00Z
constexpr double kMidnight = kNoon - 43'200.0;

double receipt_s(BeginClock& clock, double elapsed_s, std::optional<double> time_of_day_s = {}) {
  wire::framing::Datagram datagram;
  datagram.elapsed = Duration::seconds(elapsed_s);
  if (time_of_day_s) datagram.recorder_clock = Duration::seconds(*time_of_day_s);
  return clock.receipt(datagram)->seconds_since_epoch();
}

TEST(BeginClock, CountsFromTheTimeGiven) {
  BeginClock clock({UtcTime::seconds_since_epoch(kNoon), false});
  EXPECT_DOUBLE_EQ(receipt_s(clock, 0.0), kNoon);
  EXPECT_DOUBLE_EQ(receipt_s(clock, 899.5), kNoon + 899.5);
  BeginClock day({UtcTime::seconds_since_epoch(kNoon), true});
  EXPECT_DOUBLE_EQ(receipt_s(day, 1.0), kMidnight + 1.0);
}

TEST(BeginClock, KeepsTheTimeOfDayThatTheReceiverShows) {
  BeginClock day({UtcTime::seconds_since_epoch(kMidnight), true});
  EXPECT_DOUBLE_EQ(receipt_s(day, 0.0, 86'399.0), kMidnight + 86'399.0);
  EXPECT_DOUBLE_EQ(receipt_s(day, 2.0, 1.0), kMidnight + 86'401.0) << "over midnight";

  BeginClock shortly_before_midnight({UtcTime::seconds_since_epoch(kMidnight - 2.0), false});
  EXPECT_DOUBLE_EQ(receipt_s(shortly_before_midnight, 0.0, 3.0), kMidnight + 3.0);
  BeginClock shortly_after_midnight({UtcTime::seconds_since_epoch(kMidnight + 2.0), false});
  EXPECT_DOUBLE_EQ(receipt_s(shortly_after_midnight, 0.0, 86'397.0), kMidnight - 3.0);
}

TEST(BeginClock, SaysNothingOfAMessageWithoutAStamp) {
  BeginClock clock({UtcTime::seconds_since_epoch(kNoon), false});
  EXPECT_FALSE(clock.receipt({}));
}

}  // namespace
}  // namespace marsad::io
