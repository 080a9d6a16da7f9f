#include "marsad/observation/time_of_day.hpp"

#include <array>
#include <cmath>
#include <cstdint>

namespace marsad::observation {

using units::Duration;
using units::UtcTime;

namespace {

constexpr std::int64_t kDayNs = 86'400'000'000'000;
constexpr double kTruncationPeriodS = 512.0;
constexpr double kLeapSecondS = 1.0;

/// Midnight at or before `time`; days before 1970 too.
UtcTime midnight_before(UtcTime time) noexcept {
  const std::int64_t ns = time.nanoseconds_since_epoch();
  const std::int64_t remainder = ((ns % kDayNs) + kDayNs) % kDayNs;
  return UtcTime::nanoseconds_since_epoch(ns - remainder);
}

std::int64_t distance_ns(UtcTime a, UtcTime b) noexcept {
  return std::abs(a.nanoseconds_since_epoch() - b.nanoseconds_since_epoch());
}

}  // namespace

bool is_time_of_day(double seconds_of_day) noexcept {
  return seconds_of_day >= 0.0 && seconds_of_day < kSecondsPerDay + kLeapSecondS;
}

double time_of_day(UtcTime time) noexcept { return (time - midnight_before(time)).seconds(); }

UtcTime resolve_time_of_day(double seconds_of_day, UtcTime near) noexcept {
  if (!is_time_of_day(seconds_of_day)) return near;
  const UtcTime today = midnight_before(near) + Duration::seconds(seconds_of_day);
  const std::int64_t ahead = today.nanoseconds_since_epoch() - near.nanoseconds_since_epoch();
  if (ahead > kDayNs / 2) return UtcTime::nanoseconds_since_epoch(today.nanoseconds_since_epoch() - kDayNs);
  if (ahead < -kDayNs / 2) return UtcTime::nanoseconds_since_epoch(today.nanoseconds_since_epoch() + kDayNs);
  return today;
}

UtcTime resolve_truncated_time(double seconds, UtcTime near) noexcept {
  if (!(seconds >= 0.0 && seconds < kTruncationPeriodS)) return near;
  // The counter starts again at midnight too, so the last period of a day is a short one: the candidates around `near`
  // are the same phase in its own period, the one before, the one after, and the last and first of the days.
  const UtcTime midnight = midnight_before(near);
  const double period = std::floor((near - midnight).seconds() / kTruncationPeriodS);
  UtcTime best = near;
  std::int64_t best_distance = kDayNs;
  const auto consider = [&](UtcTime day, double index) {
    const double seconds_of_day = index * kTruncationPeriodS + seconds;
    if (index < 0.0 || seconds_of_day >= kSecondsPerDay) return;
    const UtcTime candidate = day + Duration::seconds(seconds_of_day);
    if (distance_ns(candidate, near) >= best_distance) return;
    best = candidate;
    best_distance = distance_ns(candidate, near);
  };
  for (const double step : std::array{0.0, -1.0, 1.0}) consider(midnight, period + step);
  const double last_period = std::floor(kSecondsPerDay / kTruncationPeriodS);
  for (const double step : std::array{0.0, 1.0})
    consider(midnight - Duration::seconds(kSecondsPerDay), last_period - step);
  consider(midnight + Duration::seconds(kSecondsPerDay), 0.0);
  return best;
}

}  // namespace marsad::observation
