#include "marsad/simulation/traffic.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "marsad/geo/geodesic.hpp"

namespace marsad::simulation {

using geo::Geodetic;
using units::Angle;
using units::Length;
using units::PressureAltitude;
using units::Speed;

namespace {

constexpr Tick kFillingTicks = 2 * 3600;
constexpr Tick kSpawnEvery = 10;

/// How many of a kind fly at a time, and how readily one that is missing appears (probability at each look).
struct Population {
  TargetRole role;
  std::size_t size;
  double readiness;
};
constexpr Population kOverflights{TargetRole::overflight, 26, 0.25};
constexpr Population kAirportTraffic{TargetRole::airport_traffic, 22, 0.25};
constexpr Population kLightAircraft{TargetRole::light, 9, 0.05};

/// Appearances on a timetable: at `first`, then every `period`.
struct Timetable {
  Tick first;
  Tick period;
  [[nodiscard]] constexpr bool is_due(Tick tick) const noexcept {
    return tick >= first && (tick - first) % period == 0;
  }
};
constexpr Timetable kLosingTransponder{-1'260, 3'000};
constexpr Timetable kIntruder{-60, 6'000};

Angle nearer_runway(const Aerodrome& field, Angle wanted) {
  const Angle turn = (field.runway_bearing - wanted).wrapped();
  return abs(turn) <= Angle::degrees(90.0) ? field.runway_bearing
                                           : (field.runway_bearing + Angle::degrees(180.0)).normalised();
}

/// The last two points of an arrival: a fix on the extended centre line, and the threshold.
void append_approach(std::vector<Geodetic>& points, const Aerodrome& field, const Geodetic& from, Length final_leg) {
  const Angle landing = nearer_runway(field, way_to(from, field.reference_point).bearing);
  points.push_back(geo::destination(field.reference_point, landing + Angle::degrees(180.0), final_leg));
  points.push_back(field.reference_point);
}

Motion taking_off(const Aerodrome& field, const Geodetic& towards, Speed speed) {
  return {.position = field.reference_point,
          .speed = speed,
          .track_angle = nearer_runway(field, way_to(field.reference_point, towards).bearing)};
}

/// The point on the way from an outside place to an inside one at which the scene begins.
Geodetic entry_point(const Geodetic& outside, const Geodetic& inside) {
  const geo::GeodesicLine line = geo::geodesic_between(outside, inside);
  double out = 0.0;
  double in = 1.0;
  for (int halving = 0; halving < 30; ++halving) {
    const double middle = (out + in) / 2.0;
    const Geodetic point = geo::destination(outside, line.initial_bearing, line.distance * middle);
    (way_to(scene_centre(), point).distance > kSceneRadius ? out : in) = middle;
  }
  return geo::destination(outside, line.initial_bearing, line.distance * in);
}

bool is_inside(const Aerodrome& field) { return way_to(scene_centre(), field.reference_point).distance < kSceneRadius; }

const Aerodrome& draw_aerodrome(base::Random& random) {
  double total = 0.0;
  for (const Aerodrome& field : aerodromes()) total += field.share;
  double drawn = random.uniform(0.0, total);
  for (const Aerodrome& field : aerodromes()) {
    drawn -= field.share;
    if (drawn < 0.0) return field;
  }
  return aerodromes().back();
}

/// A cruising level by the semicircular rule: odd tens eastbound, even tens westbound.
Length cruise_height(base::Random& random, Angle bearing, int lowest_tens, int levels) {
  const int parity = bearing < Angle::degrees(180.0) ? 1 : 0;
  const int lowest = lowest_tens + ((lowest_tens % 2 + parity) % 2);
  const int tens = lowest + 2 * static_cast<int>(random.below(static_cast<std::uint64_t>(levels)));
  return height_of(PressureAltitude::flight_level(10.0 * tens));
}

Performance varied(Performance performance, base::Random& random) {
  performance.cruise = performance.cruise * random.uniform(0.94, 1.06);
  return performance;
}

}  // namespace

Traffic::Traffic(std::uint64_t seed) : random_(base::Random(seed).fork(1)), tick_(-kFillingTicks) {
  flights_.reserve(128);
  while (tick_ < 0) step();
}

void Traffic::step() {
  ++tick_;
  for (Flight& flight : flights_)
    if (!flight.has_ended()) flight.step();
  std::erase_if(flights_, [this](const Flight& flight) {
    return flight.has_ended() && flight.last_tick() + static_cast<Tick>(Flight::kMemoryTicks) < tick_;
  });
  spawn_due();
}

void Traffic::spawn_due() {
  owes_losing_transponder_ = owes_losing_transponder_ || kLosingTransponder.is_due(tick_);
  owes_intruder_ = owes_intruder_ || kIntruder.is_due(tick_);
  if (owes_losing_transponder_) owes_losing_transponder_ = !spawn_losing_transponder();
  if (owes_intruder_) owes_intruder_ = !spawn_intruder();
  if (tick_ % kSpawnEvery != 0) return;
  const auto is_missing = [this](const Population& population) {
    return count_of(population.role) < population.size && random_.chance(population.readiness);
  };
  if (is_missing(kOverflights)) spawn_overflight();
  if (is_missing(kAirportTraffic)) spawn_airport_traffic();
  if (is_missing(kLightAircraft)) spawn_light();
}

std::size_t Traffic::count_of(TargetRole role) const noexcept {
  return static_cast<std::size_t>(std::count_if(flights_.begin(), flights_.end(), [role](const Flight& flight) {
    return flight.role() == role && !flight.has_ended();
  }));
}

bool Traffic::is_free(const Motion& start) const noexcept {
  return std::none_of(flights_.begin(), flights_.end(), [&](const Flight& flight) {
    const auto other = flight.motion_at(kTickPeriod * static_cast<double>(tick_));
    return other && abs(other->position.height - start.position.height) < Length::feet(900.0) &&
           way_to(other->position, start.position).distance < Length::nautical_miles(8.0);
  });
}

/// False, and nothing happens, if the air at the start isn't free.
bool Traffic::add(Flight::Settings settings) {
  if (!is_free(settings.start)) return false;
  settings.id = TargetId(next_id_++);
  flights_.emplace_back(std::move(settings), tick_);
  return true;
}

/// Codes with a meaning of their own are left out, and those in use.
observation::ModeACode Traffic::free_mode_a() {
  constexpr std::array<std::uint16_t, 8> kReserved{0, 01000, 02000, 07000, 07500, 07600, 07700, 07777};
  for (;;) {
    const auto code = observation::ModeACode::from_bits(static_cast<std::uint16_t>(random_.below(4096)));
    const bool is_reserved = std::find(kReserved.begin(), kReserved.end(), code.bits()) != kReserved.end();
    const bool is_taken = std::any_of(flights_.begin(), flights_.end(),
                                      [code](const Flight& flight) { return flight.assigned_mode_a() == code; });
    if (!is_reserved && !is_taken) return code;
  }
}

Equipment Traffic::next_equipment(bool is_airliner) {
  Equipment equipment{.mode_ac = true, .mode_s = is_airliner, .adsb = is_airliner && random_.chance(0.92)};
  // A temporary block of 24-bit addresses, and operators that don't exist.
  equipment.address = observation::ModeSAddress(0xF00000U + static_cast<std::uint32_t>((next_id_ * 37) % 0x8000U));
  equipment.mode_a = free_mode_a();
  const std::string text =
      std::string("DM") + static_cast<char>('A' + random_.below(8)) + std::to_string(100 + next_id_ % 900);
  equipment.identification = observation::AircraftIdentification::from_text(text);
  equipment.precise_position = random_.chance(0.8);
  return equipment;
}

void Traffic::spawn_overflight() {
  const Airway& airway = airways()[random_.below(airways().size())];
  std::vector<Geodetic> points(airway.points.begin(), airway.points.end());
  if (random_.chance(0.5)) std::reverse(points.begin(), points.end());
  const Angle overall = way_to(points.front(), points.back()).bearing;
  const Performance performance = varied(airliner(), random_);
  const Length height = cruise_height(random_, overall, 28, 6);
  Motion start{
      .position = points.front(), .speed = performance.cruise, .track_angle = way_to(points[0], points[1]).bearing};
  start.position.height = height;
  points.erase(points.begin());
  add({.role = TargetRole::overflight,
       .performance = performance,
       .equipment = next_equipment(true),
       .plan = {.points = std::move(points), .cruise_height = height},
       .start = start});
}

void Traffic::spawn_airport_traffic() {
  const Aerodrome& from = draw_aerodrome(random_);
  const Aerodrome& to = draw_aerodrome(random_);
  if (&from == &to || !(from.is_domestic || to.is_domestic)) return;
  const Performance performance = varied(airliner(), random_);
  const geo::GeodesicLine line = geo::geodesic_between(from.reference_point, to.reference_point);
  const bool is_short = line.distance < Length::kilometres(450.0);
  const Length height = cruise_height(random_, line.initial_bearing, is_short ? 17 : 28, is_short ? 3 : 6);
  Flight::Settings settings{.role = TargetRole::airport_traffic,
                            .performance = performance,
                            .equipment = next_equipment(true),
                            .plan = {.cruise_height = height}};
  if (is_inside(from)) {
    settings.start = taking_off(from, to.reference_point, performance.approach);
    settings.plan.points.push_back(
        geo::destination(from.reference_point, settings.start.track_angle, Length::kilometres(9.0)));
  } else {
    settings.start.position = entry_point(from.reference_point, to.reference_point);
    settings.start.position.height = height;
    settings.start.speed = performance.cruise;
    settings.start.track_angle = way_to(settings.start.position, to.reference_point).bearing;
  }
  if (is_inside(to)) {
    append_approach(settings.plan.points, to, from.reference_point, Length::kilometres(19.0));
    settings.plan.lands_at = to.reference_point.height;
  } else {
    settings.plan.points.push_back(entry_point(to.reference_point, from.reference_point));
  }
  add(std::move(settings));
}

void Traffic::spawn_light() {
  const Aerodrome* field = &draw_aerodrome(random_);
  if (!field->is_domestic) field = &aerodrome("ORBI");
  const Performance performance = varied(light_aircraft(), random_);
  Flight::Settings settings{
      .role = TargetRole::light,
      .performance = performance,
      .equipment = next_equipment(false),
      .plan = {.cruise_height = field->reference_point.height + Length::metres(random_.uniform(450.0, 1'500.0)),
               .lands_at = field->reference_point.height}};
  // Half of them show the code that all flights under visual rules share.
  if (random_.chance(0.5)) settings.equipment.mode_a = observation::ModeACode::from_bits(07000);
  Angle bearing = Angle::degrees(random_.uniform(0.0, 360.0));
  const std::uint64_t turns = 3 + random_.below(4);
  for (std::uint64_t i = 0; i < turns; ++i) {
    settings.plan.points.push_back(
        geo::destination(field->reference_point, bearing, Length::kilometres(random_.uniform(15.0, 55.0))));
    bearing += Angle::degrees(random_.uniform(30.0, 80.0));
  }
  settings.start = taking_off(*field, settings.plan.points.front(), performance.approach);
  append_approach(settings.plan.points, *field, Geodetic(settings.plan.points.back()), Length::kilometres(5.0));
  add(std::move(settings));
}

bool Traffic::spawn_losing_transponder() {
  const Aerodrome& from = aerodrome("ORER");
  const Aerodrome& to = aerodrome("ORMM");
  const Geodetic baghdad = aerodrome("ORBI").reference_point;
  const Performance performance = airliner();
  Flight::Settings settings{.role = TargetRole::loses_transponder,
                            .performance = performance,
                            .equipment = next_equipment(true),
                            .plan = {.cruise_height = height_of(PressureAltitude::flight_level(210.0)),
                                     .lands_at = to.reference_point.height,
                                     .falls_silent_near = baghdad},
                            .start = taking_off(from, baghdad, performance.approach)};
  settings.equipment.adsb = true;
  settings.plan.points = {geo::destination(from.reference_point, settings.start.track_angle, Length::kilometres(9.0)),
                          geo::destination(baghdad, Angle::degrees(60.0), Length::kilometres(25.0))};
  append_approach(settings.plan.points, to, baghdad, Length::kilometres(19.0));
  return add(std::move(settings));
}

bool Traffic::spawn_intruder() {
  const std::span<const Geodetic> way = intruder_points();
  Motion start{.position = way.front(), .speed = Speed::knots(65.0), .track_angle = way_to(way[0], way[1]).bearing};
  start.position.height = Length::metres(1'450.0);
  return add({.role = TargetRole::unknown_intruder,
              .performance = slow_unknown(),
              .plan = {.points = {way.begin() + 1, way.end()}, .cruise_height = Length::metres(1'700.0)},
              .start = start});
}

}  // namespace marsad::simulation
