#include "marsad/simulation/adsb_receiver.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "marsad/geo/ellipsoid.hpp"
#include "marsad/geo/polar.hpp"
#include "marsad/simulation/radar.hpp"

namespace marsad::simulation {

using units::Angle;
using units::Duration;
using units::Length;
using units::PressureAltitude;
using units::Speed;

namespace {

constexpr Speed kSigmaVelocity = Speed::metres_per_second(0.5);
constexpr Length kSigmaHeight = Length::metres(10.0);

/// The fraction of a second at which an aircraft reports: spread evenly over the ids by the golden ratio.
double phase_of(TargetId id) noexcept {
  const double turned = static_cast<double>(id.value()) * 0.6180339887498949;
  return turned - std::floor(turned);
}

geo::Geodetic moved(const geo::Geodetic& from, Length east, Length north, Length up) noexcept {
  const geo::CurvatureRadii radii = geo::curvature_radii(from.latitude);
  return {
      .latitude = from.latitude + Angle::radians(north / (radii.meridian + from.height)),
      .longitude = (from.longitude + Angle::radians(east / ((radii.prime_vertical + from.height) * cos(from.latitude))))
                       .wrapped(),
      .height = from.height + up};
}

}  // namespace

Length sigma_of_position(const Equipment& equipment) noexcept {
  return Length::metres(equipment.precise_position ? 8.0 : 25.0);
}

AdsbReceiver::AdsbReceiver(AdsbReceiverSettings settings, const base::Random& random)
    : settings_(std::move(settings)), frame_(settings_.antenna), random_(random) {}

bool AdsbReceiver::hears(const Motion& motion) {
  const geo::PolarPosition seen = geo::polar_of(frame_, motion.position);
  if (seen.slant_range > settings_.range) return false;
  if (!is_above_radio_horizon(seen.slant_range * cos(seen.elevation), settings_.antenna.height, motion.position.height))
    return false;
  const double share = seen.slant_range / settings_.range;
  return random_.chance(settings_.reception * (1.0 - 0.5 * share * share * share * share));
}

std::vector<AdsbReport> AdsbReceiver::listen(std::span<const Flight> flights) {
  const Duration begin = settings_.period * static_cast<double>(sendings_);
  const Duration end = next_sending();
  ++sendings_;
  std::vector<AdsbReport> reports;
  for (const Flight& flight : flights) {
    const double phase = phase_of(flight.id());
    const Duration time = Duration::seconds(std::ceil(begin.seconds() - phase) + phase);
    if (time >= end) continue;
    const Equipment& equipment = flight.equipment_at(time);
    const std::optional<Motion> motion = flight.motion_at(time);
    if (!equipment.adsb || !motion || !hears(*motion)) continue;
    const Length sigma = sigma_of_position(equipment);
    const Length east = sigma * random_.normal();
    const Length north = sigma * random_.normal();
    const Length up = kSigmaHeight * random_.normal();
    const Speed v_east = motion->speed * sin(motion->track_angle) + kSigmaVelocity * random_.normal();
    const Speed v_north = motion->speed * cos(motion->track_angle) + kSigmaVelocity * random_.normal();
    const double altitude_ft = std::round(pressure_altitude_at(motion->position.height).feet() / 25.0) * 25.0;
    reports.push_back(
        {.time = time,
         .position = moved(motion->position, east, north, up),
         .ground_speed = Speed::metres_per_second(std::hypot(v_east.metres_per_second(), v_north.metres_per_second())),
         .track_angle =
             Angle::radians(std::atan2(v_east.metres_per_second(), v_north.metres_per_second())).normalised(),
         .vertical_rate = motion->vertical_rate,
         .pressure_altitude = PressureAltitude::feet(altitude_ft),
         .equipment = equipment,
         .target = flight.id()});
  }
  std::stable_sort(reports.begin(), reports.end(),
                   [](const AdsbReport& a, const AdsbReport& b) { return a.time < b.time; });
  return reports;
}

}  // namespace marsad::simulation
