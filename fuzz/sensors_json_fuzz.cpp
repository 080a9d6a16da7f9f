// links: config
//
// Any text as a sensors.json: sensors that can be told apart with numbers in their ranges, or one line that says what
// is wrong. Nothing may throw.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "marsad/config/sensors_json.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto read = marsad::config::sensors_from_json({reinterpret_cast<const char*>(data), size});
  if (!read) {
    if (read.error().empty()) std::abort();
    return 0;
  }
  for (const auto& sensor : *read) {
    const auto& figures = sensor.characteristics;
    const bool sound = !sensor.name.empty() && figures.sigma_range.metres() > 0.0 &&
                       figures.sigma_azimuth.radians() > 0.0 && figures.period.seconds() > 0.0 &&
                       figures.range_min < figures.range_max;
    if (!sound) std::abort();
  }
  if (!marsad::observation::SensorRegistry::conflicts(*read).empty()) std::abort();
  return 0;
}
