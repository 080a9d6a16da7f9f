#include "marsad/simulation/radar.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <vector>

#include "marsad/geo/geodesic.hpp"

namespace marsad::simulation {
namespace {

using units::Angle;
using units::Duration;
using units::Length;
using units::Speed;

const geo::Geodetic kSite{Angle::degrees(33.0), Angle::degrees(44.0), Length::metres(50.0)};

/// Sees nearly all, exactly: its ranges are so long that hardly anything is lost.
RadarSettings perfect_radar() {
  RadarSettings settings;
  settings.name = "perfect";
  settings.antenna = kSite;
  settings.period = Duration::seconds(4.0);
  settings.first_azimuth = Angle::degrees(100.0);
  settings.primary_range = Length::nautical_miles(2'000.0);
  settings.secondary_range = Length::nautical_miles(2'000.0);
  settings.primary_detection = 1.0;
  settings.secondary_detection = 1.0;
  return settings;
}

Flight flight_at(std::uint64_t id, double bearing_deg, double distance_km, double height_m,
                 bool has_transponder = true) {
  Flight::Settings settings;
  settings.id = TargetId(id);
  settings.performance = airliner();
  settings.equipment.mode_ac = has_transponder;
  settings.equipment.mode_s = has_transponder;
  settings.equipment.mode_a = observation::ModeACode::from_bits(static_cast<std::uint16_t>(01230 + id));
  settings.start.position = geo::destination(kSite, Angle::degrees(bearing_deg), Length::kilometres(distance_km));
  settings.start.position.height = Length::metres(height_m);
  settings.start.speed = Speed::metres_per_second(220.0);
  settings.start.track_angle = Angle::degrees(70.0);
  settings.plan.points = {geo::destination(settings.start.position, Angle::degrees(70.0), Length::kilometres(300.0))};
  settings.plan.cruise_height = settings.start.position.height;
  return {settings, 0};
}

/// The plots of all sectors until `seconds`.
std::vector<Plot> plots_of(RotatingRadar& radar, std::vector<Flight>& flights, double seconds) {
  std::vector<Plot> plots;
  Tick tick = 0;
  while (radar.next_sector_end() <= Duration::seconds(seconds)) {
    for (; kTickPeriod * static_cast<double>(tick + 1) <= radar.next_sector_end(); ++tick)
      for (Flight& flight : flights) flight.step();
    for (const Plot& plot : radar.observe(flights).plots) plots.push_back(plot);
  }
  return plots;
}

TEST(RadioHorizon, lies_where_the_formula_puts_it) {
  // 4.12 km times the square root of each height in metres.
  const Length horizon = Length::metres(4'121.7 * (std::sqrt(50.0) + std::sqrt(10'000.0)));
  EXPECT_TRUE(is_above_radio_horizon(horizon * 0.999, Length::metres(50), Length::metres(10'000)));
  EXPECT_FALSE(is_above_radio_horizon(horizon * 1.001, Length::metres(50), Length::metres(10'000)));
  EXPECT_FALSE(is_above_radio_horizon(Length::metres(1), Length::metres(-5), Length::metres(-5)));
}

TEST(RotatingRadar, sees_each_target_once_a_rotation_when_the_beam_points_at_it) {
  std::vector<Flight> flights;
  for (std::uint64_t id = 1; id <= 30; ++id)
    flights.push_back(flight_at(id, 12.0 * static_cast<double>(id), 60.0 + 2.0 * static_cast<double>(id), 9e3));
  RotatingRadar radar(perfect_radar(), base::Random(1));
  std::map<std::uint64_t, std::vector<Duration>> times;
  for (const Plot& plot : plots_of(radar, flights, 80.0)) {
    const double beam_deg = 100.0 + 360.0 * plot.time.seconds() / 4.0;
    EXPECT_NEAR((Angle::degrees(beam_deg) - plot.azimuth).wrapped().degrees(), 0.0, 1e-3);
    EXPECT_TRUE(plot.by_primary && plot.by_secondary);
    times[plot.target->value()].push_back(plot.time);
  }
  EXPECT_EQ(times.size(), 30U);
  for (const auto& [id, passes] : times) {
    EXPECT_GE(passes.size(), 18U) << id;
    for (std::size_t i = 1; i < passes.size(); ++i) EXPECT_NEAR((passes[i] - passes[i - 1]).seconds(), 4.0, 0.1) << id;
  }
}

TEST(RotatingRadar, measures_without_noise_exactly_where_the_target_is) {
  std::vector<Flight> flights{flight_at(1, 45.0, 100.0, 9e3)};
  RotatingRadar radar(perfect_radar(), base::Random(1));
  const std::vector<Plot> plots = plots_of(radar, flights, 15.0);
  ASSERT_GE(plots.size(), 3U);
  for (const Plot& plot : plots) {
    const geo::PolarPosition there = geo::polar_of(geo::LocalFrame(kSite), flights[0].motion_at(plot.time)->position);
    EXPECT_NEAR(plot.slant_range.metres(), there.slant_range.metres(), 0.01);
    EXPECT_NEAR((plot.azimuth - there.azimuth).wrapped().degrees(), 0.0, 1e-6);
    EXPECT_NEAR(plot.pressure_altitude->feet(), pressure_altitude_at(Length::metres(9e3)).feet(), 50.0);
  }
}

TEST(RotatingRadar, sees_by_primary_alone_what_does_not_answer_and_by_secondary_alone_what_is_far) {
  std::vector<Flight> flights{flight_at(1, 45.0, 100.0, 9e3, false), flight_at(2, 90.0, 250.0, 9e3)};
  RadarSettings settings = perfect_radar();
  settings.primary_range = Length::nautical_miles(100.0);
  RotatingRadar radar(settings, base::Random(1));
  int silent = 0;
  int far = 0;
  for (const Plot& plot : plots_of(radar, flights, 15.0)) {
    const bool is_silent = plot.target == TargetId(1);
    ++(is_silent ? silent : far);
    EXPECT_EQ(plot.by_primary, is_silent);
    EXPECT_EQ(plot.by_secondary, !is_silent);
    EXPECT_EQ(plot.mode_a.has_value(), !is_silent);
    EXPECT_EQ(plot.pressure_altitude.has_value(), !is_silent);
    EXPECT_FALSE(plot.address);  // not a Mode S radar
  }
  EXPECT_GT(silent, 1);
  EXPECT_GT(far, 2);
}

TEST(RotatingRadar, sees_nothing_below_the_horizon_or_in_the_cone_of_silence_or_out_of_range) {
  std::vector<Flight> flights{flight_at(1, 45.0, 200.0, 500.0), flight_at(2, 90.0, 3.0, 9e3),
                              flight_at(3, 180.0, 390.0, 12e3)};
  RadarSettings settings = perfect_radar();
  settings.primary_range = Length::nautical_miles(100.0);
  settings.secondary_range = Length::nautical_miles(200.0);
  RotatingRadar radar(settings, base::Random(1));
  EXPECT_TRUE(plots_of(radar, flights, 12.0).empty());
}

TEST(RotatingRadar, tells_the_address_by_mode_s_and_never_garbles_then) {
  RadarSettings settings = perfect_radar();
  settings.mode_s = true;
  std::vector<Flight> flights{flight_at(1, 45.0, 100.0, 9e3), flight_at(2, 45.1, 100.5, 8e3)};
  RotatingRadar radar(settings, base::Random(1));
  for (const Plot& plot : plots_of(radar, flights, 15.0)) {
    EXPECT_TRUE(plot.by_mode_s);
    EXPECT_TRUE(plot.address);
    EXPECT_FALSE(plot.garbled);
  }
}

TEST(RotatingRadar, garbles_the_codes_of_close_neighbours_now_and_then) {
  std::vector<Flight> flights{flight_at(1, 45.0, 100.0, 9e3), flight_at(2, 45.1, 100.5, 8e3)};
  RotatingRadar radar(perfect_radar(), base::Random(1));
  int garbled = 0;
  int plots = 0;
  for (const Plot& plot : plots_of(radar, flights, 200.0)) {
    ++plots;
    garbled += plot.garbled ? 1 : 0;
    if (!plot.garbled) {
      EXPECT_EQ(plot.mode_a->bits(), 01230 + plot.target->value());
    }
  }
  EXPECT_GT(garbled, plots / 10);
  EXPECT_LT(garbled, plots / 2);
}

TEST(RotatingRadar, has_as_many_false_plots_as_it_is_told_to) {
  RadarSettings settings = perfect_radar();
  settings.primary_range = Length::nautical_miles(80.0);
  settings.false_plots_per_scan = 5.0;
  std::vector<Flight> none;
  RotatingRadar radar(settings, base::Random(1));
  const std::vector<Plot> plots = plots_of(radar, none, 4'000.0);
  EXPECT_NEAR(static_cast<double>(plots.size()), 5'000.0, 300.0);
  for (const Plot& plot : plots) {
    EXPECT_FALSE(plot.target || plot.mode_a || plot.by_secondary);
    EXPECT_LE(plot.slant_range, settings.primary_range);
  }
}

}  // namespace
}  // namespace marsad::simulation
