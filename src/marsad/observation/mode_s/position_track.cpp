#include "marsad/observation/mode_s/position_track.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace marsad::observation::mode_s {

using geo::Geodetic;
using units::Angle;
using units::Duration;
using units::Length;
using units::Speed;
namespace cpr = wire::modes::cpr;

namespace {

constexpr double kEarthRadiusM = 6'371'000.0;
constexpr Speed kFastOnSurface = Speed::knots(25.0);
/// Local decoding tells apart what is nearer than 180 NM (surface: 45 NM); what moved less than this is safe.
constexpr Length kAirborneReach = Length::nautical_miles(150.0);
constexpr Length kSurfaceReach = Length::nautical_miles(40.0);
/// On top of the reported speed: what it may have grown by since.
constexpr double kSpeedGrowth = 1.25;
constexpr Speed kSpeedMargin = Speed::metres_per_second(50.0);
constexpr std::uint8_t kMostTrust = 4;

Geodetic geodetic(const cpr::Position& position) {
  return {Angle::degrees(position.lat_deg), Angle::degrees(position.lon_deg), Length()};
}
cpr::Position position(const Geodetic& place) { return {place.latitude.degrees(), place.longitude.degrees()}; }

/// The greatest speed that the aircraft may have had.
Speed speed_limit(bool on_surface, std::optional<Speed> reported, const PositionSettings& settings) {
  const Speed most = on_surface ? settings.greatest_surface_speed : settings.greatest_speed;
  return reported ? std::min(most, *reported * kSpeedGrowth + kSpeedMargin) : most;
}

/// How far it may be from where it was `elapsed` ago.
Length farthest(bool on_surface, std::optional<Speed> reported, Duration elapsed, const PositionSettings& settings) {
  const Length tolerance = on_surface ? settings.surface_tolerance : settings.airborne_tolerance;
  return tolerance +
         Length::metres(speed_limit(on_surface, reported, settings).metres_per_second() * std::abs(elapsed.seconds()));
}

bool is_within_range(const Geodetic& place, const ReceiverSite* site) {
  return site == nullptr || rough_distance(place, site->place) <= site->range;
}

}  // namespace

Length rough_distance(const Geodetic& a, const Geodetic& b) noexcept {
  constexpr double kTurn = 2.0 * std::numbers::pi;
  const double north = a.latitude.radians() - b.latitude.radians();
  double turn = std::abs(a.longitude.radians() - b.longitude.radians());
  if (turn > std::numbers::pi) turn = kTurn - turn;
  const double east = turn * std::cos(0.5 * (a.latitude.radians() + b.latitude.radians()));
  return Length::metres(kEarthRadiusM * std::sqrt(north * north + east * east));
}

PositionOutcome PositionTrack::take(const PositionMessage& message, const PositionSettings& settings) {
  if (message.encoded.lat == 0 && message.encoded.lon == 0) return {.verdict = PositionVerdict::unavailable};
  if (any_ && message.time < newest_) return {.verdict = PositionVerdict::out_of_order};
  remember(message);
  bool crossing = false;
  if (const auto outcome = from_pair(message, settings, crossing)) return *outcome;
  if (const auto outcome = from_reference(message, settings)) return *outcome;
  return {.verdict = crossing ? PositionVerdict::crossing : PositionVerdict::single};
}

void PositionTrack::remember(const PositionMessage& message) {
  if (any_ && message.on_surface != on_surface_) halves_ = {};
  any_ = true;
  newest_ = message.time;
  on_surface_ = message.on_surface;
  halves_[message.encoded.odd ? 1 : 0] = {message.encoded, message.time, true};
}

std::optional<PositionOutcome> PositionTrack::from_pair(const PositionMessage& message,
                                                        const PositionSettings& settings, bool& crossing) {
  const Half& partner = halves_[message.encoded.odd ? 0 : 1];
  const Duration airborne = settings.airborne_pair;
  const bool fast = message.speed.value_or(Speed()) > kFastOnSurface;
  const Duration surface = fast ? settings.fast_surface_pair : settings.surface_pair;
  if (!partner.known || message.time - partner.time > (message.on_surface ? surface : airborne)) return std::nullopt;
  std::optional<cpr::Position> decoded;
  if (!message.on_surface) {
    decoded = cpr::airborne_global(halves_[0].encoded, halves_[1].encoded, message.encoded.odd);
  } else if (fix_.known && message.time - fix_.time <= settings.surface_reference_life) {
    decoded = cpr::surface_global(halves_[0].encoded, halves_[1].encoded, message.encoded.odd, position(fix_.place));
  } else if (message.site != nullptr) {
    decoded =
        cpr::surface_global(halves_[0].encoded, halves_[1].encoded, message.encoded.odd, position(message.site->place));
  } else {
    return std::nullopt;
  }
  crossing = !decoded;
  if (!decoded) return std::nullopt;
  return judge_pair(geodetic(*decoded), message, settings);
}

PositionOutcome PositionTrack::judge_pair(const Geodetic& place, const PositionMessage& message,
                                          const PositionSettings& settings) {
  PositionOutcome outcome{.verdict = PositionVerdict::resolved, .place = place, .by_pair = true};
  if (!is_within_range(place, message.site)) return {.verdict = PositionVerdict::beyond_range};
  const auto reachable_from = [&](const Fix& from) {
    const Duration elapsed = message.time - from.time;
    return rough_distance(place, from.place) <=
           farthest(message.on_surface && from.on_surface, message.speed, elapsed, settings);
  };
  if (!fix_.known || message.time - fix_.time > settings.reference_life) {
    trust_ = 0;
  } else if (reachable_from(fix_)) {
    trust_ = static_cast<std::uint8_t>(std::min<int>(trust_ + 1, kMostTrust));
  } else {
    candidates_ = static_cast<std::uint8_t>(candidate_.known && reachable_from(candidate_) ? candidates_ + 1 : 1);
    candidate_ = {place, message.time, message.on_surface, true};
    if (candidates_ < 2 + trust_ / 2) return {.verdict = PositionVerdict::implausible};
    outcome.jumped = true;
    trust_ = 0;
  }
  accept(place, message);
  candidate_.known = false;
  candidates_ = 0;
  return outcome;
}

std::optional<PositionOutcome> PositionTrack::from_reference(const PositionMessage& message,
                                                             const PositionSettings& settings) {
  if (!fix_.known) return std::nullopt;
  const Duration elapsed = message.time - fix_.time;
  const bool on_surface = message.on_surface && fix_.on_surface;
  const Length reach = farthest(on_surface, message.speed, elapsed, settings);
  if (elapsed > settings.reference_life || reach > (message.on_surface ? kSurfaceReach : kAirborneReach))
    return std::nullopt;
  const auto decoded = message.on_surface ? cpr::surface_local(message.encoded, position(fix_.place))
                                          : cpr::airborne_local(message.encoded, position(fix_.place));
  if (!decoded) return std::nullopt;
  const Geodetic place = geodetic(*decoded);
  if (!is_within_range(place, message.site)) return PositionOutcome{.verdict = PositionVerdict::beyond_range};
  if (rough_distance(place, fix_.place) > reach) return PositionOutcome{.verdict = PositionVerdict::implausible};
  accept(place, message);
  return PositionOutcome{.verdict = PositionVerdict::resolved, .place = place};
}

void PositionTrack::accept(const Geodetic& place, const PositionMessage& message) {
  fix_ = {place, message.time, message.on_surface, true};
}

}  // namespace marsad::observation::mode_s
