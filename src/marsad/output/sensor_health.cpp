#include "marsad/output/sensor_health.hpp"

#include <algorithm>

#include "marsad/output/track_view.hpp"

namespace marsad::output {

const char* name_of(SensorHealth health) noexcept {
  switch (health) {
    case SensorHealth::unknown:
      return "unknown";
    case SensorHealth::ok:
      return "ok";
    case SensorHealth::late:
      return "late";
    case SensorHealth::silent:
      return "silent";
  }
  return "unknown";
}

std::optional<units::Duration> age_of(const picture::SensorStatus& sensor, units::UtcTime picture_time) noexcept {
  if (!sensor.last_receipt) return std::nullopt;
  return age_between(*sensor.last_receipt, picture_time);
}

SensorHealth health_of(const picture::SensorStatus& sensor, units::UtcTime picture_time) noexcept {
  const auto age = age_of(sensor, picture_time);
  if (!age) return SensorHealth::unknown;
  const auto tick = units::Duration::seconds(1.0);
  if (*age <= sensor.period * 1.5 + tick) return SensorHealth::ok;
  return *age <= sensor.period * 3.0 + tick ? SensorHealth::late : SensorHealth::silent;
}

const picture::SensorStatus* find_sensor(const picture::AirPicture& picture, observation::SensorId id) noexcept {
  const auto found = std::ranges::lower_bound(picture.sensors, id, {}, &picture::SensorStatus::id);
  return found != picture.sensors.end() && found->id == id ? &*found : nullptr;
}

}  // namespace marsad::output
