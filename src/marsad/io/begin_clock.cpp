#include "marsad/io/begin_clock.hpp"

#include <cstdint>

namespace marsad::io {

using units::Duration;
using units::UtcTime;

namespace {

constexpr std::int64_t kNanosecondsPerDay = 86'400'000'000'000;

UtcTime midnight_before(UtcTime time) noexcept {
  const std::int64_t since = time.nanoseconds_since_epoch() % kNanosecondsPerDay;
  return UtcTime::nanoseconds_since_epoch(time.nanoseconds_since_epoch() -
                                          (since < 0 ? since + kNanosecondsPerDay : since));
}

}  // namespace

UtcTime BeginClock::begin_by(std::optional<Duration> time_of_day) const noexcept {
  const UtcTime midnight = midnight_before(beginning_.time);
  if (!time_of_day) return beginning_.only_day ? midnight : beginning_.time;
  const UtcTime that_day = midnight + *time_of_day;
  if (beginning_.only_day) return that_day;
  const Duration half_day = Duration::seconds(43'200);
  const Duration day = Duration::seconds(86'400);
  if (that_day - beginning_.time > half_day) return that_day - day;
  return beginning_.time - that_day > half_day ? that_day + day : that_day;
}

std::optional<UtcTime> BeginClock::receipt(const wire::framing::Datagram& datagram) noexcept {
  if (!datagram.elapsed) return std::nullopt;
  const Duration since = datagram.recorder_clock ? *datagram.elapsed : Duration();
  if (!zero_) zero_ = begin_by(datagram.recorder_clock) - since;
  return *zero_ + *datagram.elapsed;
}

}  // namespace marsad::io
