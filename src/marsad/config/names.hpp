#pragma once

#include <array>
#include <string_view>

#include "marsad/observation/sensor.hpp"

namespace marsad::config {

/// The words of `kind` in `[[sensor]]`, in the order of `observation::SensorKind`.
inline constexpr std::array<std::string_view, 7> kSensorKindNames{"psr",  "ssr",  "mode_s",       "smr",
                                                                  "mlat", "adsb", "system_tracks"};

/// The words of `kind` in `[[feed]]`, in the order of `FeedKind`.
inline constexpr std::array<std::string_view, 2> kFeedKindNames{"udp", "tcp"};

/// The family under which a sensor of this kind is recognised on the wire (`observation::SensorKey`).
constexpr observation::SensorKind family_of(observation::SensorKind kind) noexcept {
  using enum observation::SensorKind;
  return kind == ssr || kind == mode_s ? psr : kind;
}

}  // namespace marsad::config
