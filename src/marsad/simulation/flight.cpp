#include "marsad/simulation/flight.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "marsad/base/check.hpp"
#include "marsad/geo/local_frame.hpp"

namespace marsad::simulation {

using units::Acceleration;
using units::Angle;
using units::Duration;
using units::Length;
using units::PressureAltitude;
using units::Speed;

namespace {

constexpr double kMeanRadiusM = 6'371'008.8;
constexpr double kAtmosphereStretch = 1.015;
const double kGlideSlope = std::tan(Angle::degrees(3.0).radians());
constexpr Length kSilenceDistance = Length::kilometres(65.0);

std::size_t slot_of(Tick tick) noexcept {
  constexpr auto kSlots = static_cast<Tick>(Flight::kMemoryTicks);
  return static_cast<std::size_t>(((tick % kSlots) + kSlots) % kSlots);
}

Tick tick_of(Duration time) noexcept { return static_cast<Tick>(std::floor(time / kTickPeriod)); }
Duration time_of(Tick tick) noexcept { return kTickPeriod * static_cast<double>(tick); }

}  // namespace

Performance airliner() noexcept {
  return {.cruise = Speed::knots(455.0),
          .approach = Speed::knots(140.0),
          .climb = Speed::feet_per_minute(2'600.0),
          .steepest_descent = Speed::feet_per_minute(2'800.0),
          .limits = {},
          .primary_range_share = 1.0};
}

Performance light_aircraft() noexcept {
  return {.cruise = Speed::knots(105.0),
          .approach = Speed::knots(65.0),
          .climb = Speed::feet_per_minute(700.0),
          .steepest_descent = Speed::feet_per_minute(800.0),
          .limits = {.bank = Angle::degrees(30.0), .roll_in = Duration::seconds(3.0)},
          .primary_range_share = 0.8};
}

Performance slow_unknown() noexcept {
  return {.cruise = Speed::knots(90.0),
          .approach = Speed::knots(60.0),
          .climb = Speed::feet_per_minute(500.0),
          .steepest_descent = Speed::feet_per_minute(500.0),
          .limits = {.bank = Angle::degrees(30.0), .roll_in = Duration::seconds(3.0)},
          .primary_range_share = 0.75};
}

PressureAltitude pressure_altitude_at(Length height) noexcept {
  return PressureAltitude::metres(height.metres() / kAtmosphereStretch);
}

Length height_of(PressureAltitude altitude) noexcept { return Length::metres(altitude.metres() * kAtmosphereStretch); }

WayTo way_to(const geo::Geodetic& from, const geo::Geodetic& to) noexcept {
  const double sin_from = sin(from.latitude);
  const double cos_from = cos(from.latitude);
  const double sin_to = sin(to.latitude);
  const double cos_to = cos(to.latitude);
  const Angle turn = to.longitude - from.longitude;
  const double east = sin(turn) * cos_to;
  const double north = cos_from * sin_to - sin_from * cos_to * cos(turn);
  const double up = sin_from * sin_to + cos_from * cos_to * cos(turn);
  return {.distance = Length::metres(kMeanRadiusM * std::atan2(std::hypot(east, north), up)),
          .bearing = Angle::radians(std::atan2(east, north)).normalised()};
}

Flight::Flight(Settings settings, Tick first_tick)
    : id_(settings.id),
      role_(settings.role),
      performance_(settings.performance),
      equipment_(settings.equipment),
      plan_(std::move(settings.plan)),
      first_tick_(first_tick),
      last_tick_(first_tick) {
  MARSAD_CHECK(!plan_.points.empty());
  beyond_.resize(plan_.points.size());
  for (std::size_t i = plan_.points.size() - 1; i > 0; --i)
    beyond_[i - 1] = beyond_[i] + way_to(plan_.points[i - 1], plan_.points[i]).distance;
  begin(first_tick, settings.start);
}

void Flight::begin(Tick tick, const Motion& motion) {
  last_tick_ = tick;
  memory_[slot_of(tick)] = steer(motion, goal(motion), performance_.limits, kTickPeriod);
  coarse_position_ = geo::to_ecef(motion.position);
}

const Motion& Flight::motion_of(Tick tick) const noexcept { return memory_[slot_of(tick)]; }

void Flight::step() {
  MARSAD_CHECK(!ended_);
  const Motion now = simulation::advance(motion_of(last_tick_), kTickPeriod);
  while (next_point_ + 1 < plan_.points.size() && is_passing(now)) ++next_point_;
  const bool at_last = next_point_ + 1 == plan_.points.size();
  const bool has_landed = plan_.lands_at && distance_to_go(now) < Length::metres(250.0);
  if (has_landed || (at_last && is_passing(now))) {
    ended_ = true;
    return;
  }
  if (plan_.falls_silent_near && !silent_from_ &&
      way_to(now.position, *plan_.falls_silent_near).distance < kSilenceDistance) {
    silent_from_ = last_tick_ + 1;
  }
  begin(last_tick_ + 1, now);
}

Length Flight::distance_to_go(const Motion& motion) const noexcept {
  return way_to(motion.position, plan_.points[next_point_]).distance + beyond_[next_point_];
}

bool Flight::is_passing(const Motion& motion) const noexcept {
  const WayTo here = way_to(motion.position, plan_.points[next_point_]);
  const Length radius = turn_radius(motion.speed, performance_.limits);
  const bool is_behind = abs((here.bearing - motion.track_angle).wrapped()) > Angle::degrees(90.0);
  if (is_behind && here.distance < radius * 2.0) return true;
  if (next_point_ + 1 == plan_.points.size()) return false;
  // Turn early enough to roll out on the next leg.
  const Angle next_bearing = way_to(plan_.points[next_point_], plan_.points[next_point_ + 1]).bearing;
  const double turn = std::min(std::abs((next_bearing - here.bearing).wrapped().radians()), 2.4);
  const Length lead = radius * std::tan(turn / 2.0) + motion.speed * performance_.limits.roll_in;
  return here.distance < lead;
}

Speed Flight::speed_goal(const Motion& motion, Length to_go) const noexcept {
  const Speed cruise = performance_.cruise;
  const Speed slow = std::min(cruise, Speed::knots(250.0));
  const double height_share = std::clamp((motion.position.height.metres() - 3'000.0) / 5'000.0, 0.0, 1.0);
  const Speed by_height = slow + (cruise - slow) * height_share;
  if (!plan_.lands_at) return by_height;
  const double km = to_go / Length::kilometres(1.0);
  if (km > 28.0) return by_height;
  const double approach_share = std::clamp((28.0 - km) / 18.0, 0.0, 1.0);
  return std::min(by_height, slow + (performance_.approach - slow) * approach_share);
}

MotionGoal Flight::goal(const Motion& motion) const noexcept {
  const WayTo way = way_to(motion.position, plan_.points[next_point_]);
  const Length to_go = way.distance + beyond_[next_point_];
  Length height = plan_.cruise_height;
  if (plan_.lands_at) {
    // Aim at the glide path some seconds ahead: the height loop lags by as much.
    const Length ahead = std::max(to_go - motion.speed * Duration::seconds(12.0), Length());
    height = std::min(height, *plan_.lands_at + ahead * kGlideSlope);
  }
  const bool climbs = height > motion.position.height;
  const double thin_air = std::clamp(motion.position.height.metres() / 12'000.0, 0.0, 1.0);
  return {.track_angle = way.bearing,
          .speed = speed_goal(motion, to_go),
          .height = height,
          .vertical_rate = climbs ? performance_.climb * (1.0 - 0.67 * thin_air) : performance_.steepest_descent};
}

std::optional<Motion> Flight::motion_at(Duration time) const noexcept {
  const Tick tick = tick_of(time);
  const Tick oldest = std::max(first_tick_, last_tick_ + 1 - static_cast<Tick>(kMemoryTicks));
  if (tick < oldest || tick > last_tick_) return std::nullopt;
  return simulation::advance(motion_of(tick), time - time_of(tick));
}

const Equipment& Flight::equipment_at(Duration time) const noexcept {
  return silent_from_ && tick_of(time) >= *silent_from_ ? equipment_when_silent_ : equipment_;
}

std::optional<TruthState> Flight::truth_at(Duration time) const {
  const std::optional<Motion> motion = motion_at(time);
  if (!motion) return std::nullopt;
  const Equipment& equipment = equipment_at(time);
  TruthState truth{.id = id_,
                   .role = role_,
                   .position = motion->position,
                   .east = motion->speed * sin(motion->track_angle),
                   .north = motion->speed * cos(motion->track_angle),
                   .up = motion->vertical_rate,
                   .load = load(*motion),
                   .pressure_altitude = pressure_altitude_at(motion->position.height),
                   .emits_adsb = equipment.adsb};
  if (equipment.mode_ac) truth.mode_a = equipment.mode_a;
  if (equipment.mode_s) truth.address = equipment.address;
  if (equipment.mode_s) truth.identification = equipment.identification;
  return truth;
}

}  // namespace marsad::simulation
