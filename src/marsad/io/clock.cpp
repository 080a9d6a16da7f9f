#include "marsad/io/clock.hpp"

#include <chrono>

namespace marsad::io {

units::UtcTime SystemClock::now() const {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return units::UtcTime::nanoseconds_since_epoch(
      std::chrono::duration_cast<std::chrono::nanoseconds>(since_epoch).count());
}

}  // namespace marsad::io
