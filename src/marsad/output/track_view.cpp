#include "marsad/output/track_view.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <iterator>

namespace marsad::output {

const char* name_of(picture::TrackState state) noexcept {
  switch (state) {
    case picture::TrackState::tentative:
      return "tentative";
    case picture::TrackState::confirmed:
      return "confirmed";
    case picture::TrackState::coasting:
      return "coasting";
    case picture::TrackState::terminated:
      return "terminated";
  }
  return "tentative";
}

bool is_alive(const picture::SystemTrack& track) noexcept { return track.state != picture::TrackState::terminated; }

bool is_established(const picture::SystemTrack& track) noexcept {
  return track.state == picture::TrackState::confirmed || track.state == picture::TrackState::coasting;
}

bool has_usable_state(const picture::SystemTrack& track) noexcept {
  const bool velocity_finite = is_finite(track.velocity_east) && is_finite(track.velocity_north);
  // Written so that NaN fails.
  const bool on_earth =
      std::abs(track.position.latitude.degrees()) <= 90.0 && std::abs(track.position.longitude.degrees()) <= 180.0;
  return velocity_finite && on_earth && is_finite(track.position.height);
}

units::Speed ground_speed(const picture::SystemTrack& track) noexcept {
  return units::Speed::metres_per_second(
      std::hypot(track.velocity_east.metres_per_second(), track.velocity_north.metres_per_second()));
}

std::optional<units::Angle> track_angle(const picture::SystemTrack& track) noexcept {
  if (!(ground_speed(track) >= units::Speed::metres_per_second(0.5))) return std::nullopt;
  const double east = track.velocity_east.metres_per_second();
  const double north = track.velocity_north.metres_per_second();
  return units::Angle::radians(std::atan2(east, north)).normalised();
}

std::array<char, 6> hex_digits(std::uint32_t bits24) noexcept {
  std::array<char, 6> digits{};
  for (std::size_t i = 0; i < digits.size(); ++i) digits[i] = "0123456789abcdef"[(bits24 >> (20U - 4U * i)) & 0xFU];
  return digits;
}

units::Duration age_between(units::UtcTime earlier, units::UtcTime later) noexcept {
  return later > earlier ? later - earlier : units::Duration();
}

void append_iso8601(std::string& out, units::UtcTime time) {
  using std::chrono::milliseconds;
  const auto since_epoch = std::chrono::round<milliseconds>(std::chrono::nanoseconds(time.nanoseconds_since_epoch()));
  const auto days = std::chrono::floor<std::chrono::days>(since_epoch);
  const std::chrono::year_month_day date{std::chrono::sys_days(days)};
  const std::chrono::hh_mm_ss<milliseconds> clock(since_epoch - days);
  fmt::format_to(std::back_inserter(out), "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                 static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                 clock.minutes().count(), clock.seconds().count(), clock.subseconds().count());
}

}  // namespace marsad::output
