#include "marsad/simulation/traffic.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "marsad/geo/geodesic.hpp"
#include "marsad/geo/local_frame.hpp"

namespace marsad::simulation {
namespace {

using units::Angle;
using units::Duration;
using units::Length;
using units::Speed;

TEST(Geography, has_every_aerodrome_once_and_turning_points_near_the_scene) {
  std::set<std::string_view> codes;
  for (const Aerodrome& field : aerodromes()) {
    EXPECT_TRUE(codes.insert(field.icao_code).second) << field.icao_code;
    EXPECT_TRUE(geo::is_valid(field.reference_point));
    EXPECT_EQ(&aerodrome(field.icao_code), &field);
  }
  for (const Airway& airway : airways())
    for (const geo::Geodetic& point : airway.points)
      EXPECT_LT(geo::geodesic_between(scene_centre(), point).distance, Length::kilometres(900.0)) << airway.name;
}

TEST(Geography, draws_the_border_from_north_to_south) {
  const auto line = border_line();
  EXPECT_TRUE(std::is_sorted(line.begin(), line.end(),
                             [](const geo::Geodetic& a, const geo::Geodetic& b) { return a.latitude > b.latitude; }));
}

class Seeds : public testing::TestWithParam<std::uint64_t> {};
INSTANTIATE_TEST_SUITE_P(Traffic, Seeds, testing::Values(0, 1, ~0ULL));

TEST_P(Seeds, keep_40_to_80_flights_with_codes_of_their_own_for_three_hours) {
  Traffic traffic(GetParam());
  std::set<std::uint64_t> seen;
  for (int minute = 0; minute < 180; ++minute) {
    std::set<std::uint32_t> addresses;
    std::map<std::uint16_t, int> codes;
    std::size_t count = 0;
    for (const Flight& flight : traffic.flights()) {
      const auto truth = flight.truth_at(kTickPeriod * static_cast<double>(traffic.tick()));
      if (!truth) continue;
      ++count;
      seen.insert(truth->id.value());
      if (truth->address) {
        EXPECT_TRUE(addresses.insert(truth->address->value()).second);
      }
      if (truth->mode_a) ++codes[truth->mode_a->bits()];
    }
    EXPECT_GE(count, 40U) << minute;
    EXPECT_LE(count, 80U) << minute;
    for (const auto& [code, users] : codes) EXPECT_TRUE(users == 1 || code == 07000) << code;
    for (int second = 0; second < 60; ++second) traffic.step();
  }
  EXPECT_GT(seen.size(), 150U);
}

TEST_P(Seeds, let_departures_climb_and_arrivals_land_on_their_aerodrome) {
  Traffic traffic(GetParam());
  int landed = 0;
  int left_ground = 0;
  std::map<std::uint64_t, double> height_before_m;
  for (int step = 0; step < 2 * 3600; ++step) {
    for (const Flight& flight : traffic.flights()) {
      const auto truth = flight.truth_at(kTickPeriod * static_cast<double>(traffic.tick()));
      if (flight.has_ended() && flight.last_tick() + 1 == traffic.tick() &&
          flight.role() == TargetRole::airport_traffic) {
        const auto last = flight.truth_at(kTickPeriod * static_cast<double>(flight.last_tick()));
        const auto& fields = aerodromes();
        const auto near = std::find_if(fields.begin(), fields.end(), [&](const Aerodrome& field) {
          return geo::geodesic_between(field.reference_point, last->position).distance < Length::metres(600.0);
        });
        if (near == fields.end()) continue;  // left the scene
        ++landed;
        EXPECT_NEAR(last->position.height.metres(), near->reference_point.height.metres(), 60.0) << near->icao_code;
        EXPECT_LT(std::hypot(last->east.metres_per_second(), last->north.metres_per_second()), 85.0);
      }
      if (!truth) continue;
      const auto before = height_before_m.find(truth->id.value());
      if (before == height_before_m.end() && truth->position.height < Length::metres(1'100.0)) ++left_ground;
      height_before_m[truth->id.value()] = truth->position.height.metres();
    }
    traffic.step();
  }
  EXPECT_GT(landed, 15);
  EXPECT_GT(left_ground, 15);
}

TEST_P(Seeds, bring_the_two_that_the_scene_is_about_in_time) {
  Traffic traffic(GetParam());
  std::optional<Tick> silent;
  bool intruder = false;
  while (traffic.tick() < 600) {
    for (const Flight& flight : traffic.flights()) {
      const auto truth = flight.truth_at(kTickPeriod * static_cast<double>(traffic.tick()));
      if (!truth) continue;
      intruder = intruder || truth->role == TargetRole::unknown_intruder;
      if (truth->role == TargetRole::loses_transponder && !truth->address && !silent) silent = traffic.tick();
    }
    traffic.step();
  }
  EXPECT_TRUE(intruder);
  ASSERT_TRUE(silent);
  EXPECT_GT(*silent, 120);
  EXPECT_LT(*silent, 420);
}

TEST(Flight, remembers_its_motion_for_twenty_seconds_and_no_longer) {
  Flight::Settings settings;
  settings.id = TargetId(1);
  settings.performance = airliner();
  settings.start.position = {Angle::degrees(33.0), Angle::degrees(44.0), Length::metres(9'000.0)};
  settings.start.speed = Speed::metres_per_second(220.0);
  settings.plan.points = {{Angle::degrees(36.0), Angle::degrees(44.0), Length()}};
  settings.plan.cruise_height = Length::metres(9'000.0);
  Flight flight(settings, 100);
  EXPECT_FALSE(flight.motion_at(Duration::seconds(99.9)));
  EXPECT_TRUE(flight.motion_at(Duration::seconds(100.0)));
  EXPECT_TRUE(flight.motion_at(Duration::seconds(100.9)));
  EXPECT_FALSE(flight.motion_at(Duration::seconds(101.0)));
  for (int i = 0; i < 40; ++i) flight.step();
  EXPECT_FALSE(flight.motion_at(Duration::seconds(120.9)));
  EXPECT_TRUE(flight.motion_at(Duration::seconds(121.0)));
  EXPECT_TRUE(flight.motion_at(Duration::seconds(140.5)));
  const auto early = flight.motion_at(Duration::seconds(129.999));
  const auto late = flight.motion_at(Duration::seconds(130.001));
  EXPECT_NEAR(geo::geodesic_between(early->position, late->position).distance.metres(), 0.44, 0.05);
}

TEST(Flight, flies_over_its_points_and_ends_behind_the_last) {
  Flight::Settings settings;
  settings.id = TargetId(1);
  settings.performance = airliner();
  settings.start.position = {Angle::degrees(33.0), Angle::degrees(44.0), Length::metres(9'000.0)};
  settings.start.speed = Speed::metres_per_second(220.0);
  settings.start.track_angle = Angle::degrees(180.0);  // away from the first point
  settings.plan.points = {{Angle::degrees(33.5), Angle::degrees(44.3), Length()},
                          {Angle::degrees(33.5), Angle::degrees(45.0), Length()},
                          {Angle::degrees(33.1), Angle::degrees(44.6), Length()}};
  settings.plan.cruise_height = Length::metres(9'000.0);
  Flight flight(settings, 0);
  std::vector<Length> nearest(3, Length::kilometres(1e3));
  while (!flight.has_ended() && flight.last_tick() < 3'600) {
    const geo::Geodetic here = flight.motion_at(kTickPeriod * static_cast<double>(flight.last_tick()))->position;
    for (std::size_t i = 0; i < 3; ++i)
      nearest[i] = std::min(nearest[i], geo::geodesic_between(here, settings.plan.points[i]).distance);
    flight.step();
  }
  EXPECT_TRUE(flight.has_ended());
  EXPECT_LT(nearest[0], Length::kilometres(8.0));   // turned early towards the next leg
  EXPECT_LT(nearest[1], Length::kilometres(30.0));  // a turn by 130 degrees at 11 km radius cuts far
  EXPECT_LT(nearest[2], Length::kilometres(3.0));
}

}  // namespace
}  // namespace marsad::simulation
