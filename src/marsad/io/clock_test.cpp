#include "marsad/io/clock.hpp"

#include <gtest/gtest.h>

namespace marsad::io {
namespace {

using units::Duration;
using units::UtcTime;

class SetClock final : public Clock {
 public:
  [[nodiscard]] UtcTime now() const override { return UtcTime::seconds_since_epoch(seconds); }
  double seconds = 0;
};

TEST(ForwardClock, FollowsTheComputersClock) {
  SetClock wall, steady;
  wall.seconds = 1000;
  const ForwardClock clock(wall, steady);
  wall.seconds = 1001.5;
  steady.seconds = 1.5;
  EXPECT_EQ(clock.now(), UtcTime::seconds_since_epoch(1001.5));
  wall.seconds = 5000;  // set forward
  EXPECT_EQ(clock.now(), UtcTime::seconds_since_epoch(5000));
  EXPECT_EQ(clock.ahead(), Duration());
}

TEST(ForwardClock, GoesOnWhenTheComputersClockIsSetBackAndTellsByHowMuchItIsAhead) {
  SetClock wall, steady;
  wall.seconds = 1000;
  const ForwardClock clock(wall, steady);
  wall.seconds = 400;
  for (int second = 1; second <= 3; ++second) {
    wall.seconds += 1;
    steady.seconds += 1;
    EXPECT_EQ(clock.now(), UtcTime::seconds_since_epoch(1000.0 + second));
  }
  EXPECT_EQ(clock.ahead(), Duration::seconds(600));
  wall.seconds = 1100;
  EXPECT_EQ(clock.now(), UtcTime::seconds_since_epoch(1100));
}

}  // namespace
}  // namespace marsad::io
