#pragma once

#include <cstdint>
#include <optional>

#include "marsad/picture/air_picture.hpp"
#include "marsad/units/time.hpp"

namespace marsad::output {

/// How a sensor is doing at the picture's time.
enum class SensorHealth : std::uint8_t {
  unknown,  ///< never heard
  ok,
  late,    ///< nothing for more than one and a half of its periods (and the second between two pictures)
  silent,  ///< nothing for more than three of its periods (and that second)
};

/// "ok", "late", "silent" or "unknown".
[[nodiscard]] const char* name_of(SensorHealth health) noexcept;

/// Time since the last receipt from `sensor` at the picture's time, never negative; nothing if it was never heard.
[[nodiscard]] std::optional<units::Duration> age_of(const picture::SensorStatus& sensor,
                                                    units::UtcTime picture_time) noexcept;

[[nodiscard]] SensorHealth health_of(const picture::SensorStatus& sensor, units::UtcTime picture_time) noexcept;

/// The sensor with `id`, or nullptr. The sensors of a picture are in id order.
[[nodiscard]] const picture::SensorStatus* find_sensor(const picture::AirPicture& picture,
                                                       observation::SensorId id) noexcept;

}  // namespace marsad::output
