#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "marsad/picture/air_picture.hpp"
#include "marsad/units/angle.hpp"
#include "marsad/units/speed.hpp"
#include "marsad/units/time.hpp"

namespace marsad::output {

/// What several outputs derive from a track in the same way.

/// "tentative", "confirmed", "coasting" or "terminated".
[[nodiscard]] const char* name_of(picture::TrackState state) noexcept;

/// Still in the picture: not terminated.
[[nodiscard]] bool is_alive(const picture::SystemTrack& track) noexcept;

/// Established: confirmed or coasting.
[[nodiscard]] bool is_established(const picture::SystemTrack& track) noexcept;

/// Position and velocity are finite numbers, latitude within 90 and longitude within 180 degrees: fit to be sent.
[[nodiscard]] bool has_usable_state(const picture::SystemTrack& track) noexcept;

[[nodiscard]] units::Speed ground_speed(const picture::SystemTrack& track) noexcept;

/// Direction of motion over ground, clockwise from north in [0, 360) degrees; nothing below 0.5 m/s, where it is noise.
[[nodiscard]] std::optional<units::Angle> track_angle(const picture::SystemTrack& track) noexcept;

/// The 24-bit address as six lower-case hex digits.
[[nodiscard]] std::array<char, 6> hex_digits(std::uint32_t bits24) noexcept;
[[nodiscard]] inline std::string_view view(const std::array<char, 6>& digits) noexcept {
  return {digits.data(), digits.size()};
}
[[nodiscard]] inline std::string_view view(const std::array<char, 4>& digits) noexcept {
  return {digits.data(), digits.size()};
}

/// Time from `earlier` to `later`, 0 if it is the other way round.
[[nodiscard]] units::Duration age_between(units::UtcTime earlier, units::UtcTime later) noexcept;

/// Appends ISO 8601 in UTC, rounded to the millisecond: 2026-03-01T12:34:56.789Z.
void append_iso8601(std::string& out, units::UtcTime time);

}  // namespace marsad::output
