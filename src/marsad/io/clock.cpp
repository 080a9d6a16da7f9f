#include "marsad/io/clock.hpp"

#include <algorithm>
#include <chrono>

namespace marsad::io {

units::UtcTime SystemClock::now() const {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return units::UtcTime::nanoseconds_since_epoch(
      std::chrono::duration_cast<std::chrono::nanoseconds>(since_epoch).count());
}

units::UtcTime SteadyClock::now() const {
  const auto since_start = std::chrono::steady_clock::now().time_since_epoch();
  return units::UtcTime::nanoseconds_since_epoch(
      std::chrono::duration_cast<std::chrono::nanoseconds>(since_start).count());
}

ForwardClock::ForwardClock(const Clock& wall, const Clock& steady)
    : wall_(wall), steady_(steady), last_(wall.now()), last_steady_(steady.now()) {}

units::UtcTime ForwardClock::now() const {
  const units::UtcTime steady = steady_.now();
  const units::UtcTime wall = wall_.now();
  last_ = wall >= last_ ? wall : last_ + (steady - last_steady_);
  last_steady_ = steady;
  return last_;
}

units::Duration ForwardClock::ahead() const { return std::max(now() - wall_.now(), units::Duration()); }

}  // namespace marsad::io
