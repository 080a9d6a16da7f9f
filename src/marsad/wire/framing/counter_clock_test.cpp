#include "marsad/wire/framing/counter_clock.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "marsad/base/random.hpp"

namespace marsad::wire::framing {
namespace {

constexpr std::uint64_t kSecond = 12'000'000;

/// What the clock says to each of these counters, in seconds.
std::vector<double> told(const std::vector<std::uint64_t>& counters) {
  CounterClock clock(CounterKind::megahertz_12);
  std::vector<double> out;
  for (const std::uint64_t counter : counters)
    out.push_back(clock.elapsed(counter).value_or(units::Duration::seconds(-1)).seconds());
  return out;
}

TEST(CounterClock, GoesOnWhereTheCounterWraps) {
  const std::uint64_t top = std::uint64_t{1} << 48U;
  EXPECT_EQ(told({top - kSecond, top - 1 - kSecond / 2, kSecond}), (std::vector<double>{0.0, 0.5 - 1.0 / 12e6, 2.0}));
}

TEST(CounterClock, CountsOnWhereAReceiverStartsAnew) {
  EXPECT_EQ(told({1000 * kSecond, 1010 * kSecond, 1 * kSecond, 2 * kSecond, 3 * kSecond}),
            (std::vector<double>{0, 10, 10, 10, 11}));
  EXPECT_EQ(told({1000 * kSecond, 1010 * kSecond, 1 * kSecond, 61 * kSecond, 121 * kSecond, 181 * kSecond}),
            (std::vector<double>{0, 10, 10, 10, 70, 130}))
      << "with few messages";
}

TEST(CounterClock, BelievesALongSilenceOnceTheNextCounterConfirmsIt) {
  EXPECT_EQ(told({5 * kSecond, 3605 * kSecond, 3606 * kSecond}), (std::vector<double>{0, 0, 3601}));
  EXPECT_EQ(told({5 * kSecond, 105 * kSecond, 205 * kSecond, 305 * kSecond}), (std::vector<double>{0, 0, 200, 200}))
      << "one message every hundred seconds: half of them wait";
}

TEST(CounterClock, IsNotLedAstrayByOneDamagedCounter) {
  EXPECT_EQ(told({5 * kSecond, 6 * kSecond, 0x8000'0000'0000, 7 * kSecond, 3, 8 * kSecond}),
            (std::vector<double>{0, 1, 1, 2, 2, 3}));
}

TEST(CounterClock, SaysNothingBeforeTheFirstStamp) {
  EXPECT_EQ(told({0, 0xFF004D4C4154, 9, 0}), (std::vector<double>{-1, -1, 0, 0}));
}

TEST(CounterClock, NeverGoesBackWhateverTheCounters) {
  base::Random random(3);
  for (const CounterKind kind : {CounterKind::megahertz_12, CounterKind::gps}) {
    CounterClock clock(kind);
    units::Duration last;
    for (int i = 0; i < 200'000; ++i) {
      const auto now = clock.elapsed(random.below(std::uint64_t{1} << (1 + random.below(48))));
      if (!now) continue;
      ASSERT_GE(*now, last);
      last = *now;
    }
  }
}

}  // namespace
}  // namespace marsad::wire::framing
