#include "marsad/simulation/radar.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace marsad::simulation {

using observation::ModeACode;
using units::Angle;
using units::Duration;
using units::Length;
using units::PressureAltitude;

/// The moment at which the beam meets a target, and where it meets it.
struct RotatingRadar::Passing {
  Duration time;
  Motion motion;
  geo::PolarPosition seen;
};

namespace {

constexpr double kTurn = 2.0 * std::numbers::pi;
constexpr Angle kConeOfSilence = Angle::degrees(50.0);  // elevation above which nothing is seen
constexpr Length kShortestRange = Length::metres(500.0);
constexpr Length kMostTravel = Length::metres(1'500.0);  // of a target since its last tick, generously
constexpr Length kGarblingRange = Length::nautical_miles(1.7);
constexpr Angle kGarblingAzimuth = Angle::degrees(1.2);
constexpr double kGarblingProbability = 0.3;

/// Falls from `near` by `loss` of it at `range_max`, with the fourth power of the range as what comes back does.
double detection_probability(double near, double loss, Length range, Length range_max) noexcept {
  if (range > range_max) return 0.0;
  const double share = range / range_max;
  return near * (1.0 - loss * share * share * share * share);
}

PressureAltitude in_steps(PressureAltitude altitude, double step_ft) noexcept {
  return PressureAltitude::feet(std::round(altitude.feet() / step_ft) * step_ft);
}

}  // namespace

bool is_above_radio_horizon(Length ground_distance, Length height_a, Length height_b) noexcept {
  constexpr double kEffectiveRadiusM = 4.0 / 3.0 * 6'371'000.0;
  const auto horizon_m = [](Length height) {
    return std::sqrt(2.0 * kEffectiveRadiusM * std::max(height.metres(), 0.0));
  };
  return ground_distance.metres() <= horizon_m(height_a) + horizon_m(height_b);
}

RotatingRadar::RotatingRadar(RadarSettings settings, const base::Random& random)
    : settings_(std::move(settings)), frame_(settings_.antenna), random_(random) {
  while (crossing(next_crossing_) < Duration()) ++next_crossing_;
}

/// Crossing 0 is the last pass of north before the start of the scene.
Duration RotatingRadar::crossing(std::int64_t number) const noexcept {
  const double turned = settings_.first_azimuth.normalised().radians() / kTurn;
  return settings_.period * (static_cast<double>(number) / kSectors - turned);
}

std::optional<RotatingRadar::Passing> RotatingRadar::passing_of(const Flight& flight, const Sector& sector) const {
  // A first look at the place of the last tick: is the target within this sector, give or take its own travel?
  const Eigen::Vector3d coarse = frame_.to_enu(flight.coarse_position()).metres();
  const Length range = Length::metres(coarse.norm());
  if (range > std::max(settings_.primary_range, settings_.secondary_range) + kMostTravel) return std::nullopt;
  const double width = kTurn / kSectors;
  const Angle middle = Angle::radians((sector.number + 0.5) * width);
  const Length ground = Length::metres(std::hypot(coarse.x(), coarse.y()));
  const Angle away = (Angle::radians(std::atan2(coarse.x(), coarse.y())) - middle).wrapped();
  if (ground > kMostTravel * 2.0 && abs(away).radians() > width / 2.0 + kMostTravel / (ground - kMostTravel))
    return std::nullopt;

  // The beam is at azimuth a at begin + (a - begin azimuth) period / turn: iterate, since the target moves meanwhile.
  // The rate of a target's azimuth is a thousandth of the beam's, so that three rounds are exact.
  Duration time = (sector.begin + sector.end) * 0.5;
  Passing passing{};
  for (int round = 0; round < 3; ++round) {
    const std::optional<Motion> motion = flight.motion_at(time);
    if (!motion) return std::nullopt;
    passing = {.time = time, .motion = *motion, .seen = geo::polar_of(frame_, motion->position)};
    const Angle from_middle = (passing.seen.azimuth - middle).wrapped();
    time = (sector.begin + sector.end) * 0.5 + settings_.period * (from_middle.radians() / kTurn);
  }
  passing.time = time;
  if (time < sector.begin || time >= sector.end) return std::nullopt;
  return passing;
}

std::optional<Plot> RotatingRadar::detect(const Flight& flight, const Passing& passing) {
  const Length range = passing.seen.slant_range;
  const Length ground = range * cos(passing.seen.elevation);
  if (range < kShortestRange || passing.seen.elevation > kConeOfSilence) return std::nullopt;
  if (!is_above_radio_horizon(ground, settings_.antenna.height, passing.motion.position.height)) return std::nullopt;
  const Equipment& equipment = flight.equipment_at(passing.time);
  const Length primary_range = settings_.primary_range * flight.performance().primary_range_share;
  const bool answers = equipment.mode_ac || equipment.mode_s;

  Plot plot{.time = passing.time, .slant_range = range, .azimuth = passing.seen.azimuth, .target = flight.id()};
  plot.by_primary = random_.chance(detection_probability(settings_.primary_detection, 0.6, range, primary_range));
  plot.by_secondary = answers && random_.chance(detection_probability(settings_.secondary_detection, 0.3, range,
                                                                      settings_.secondary_range));
  if (!plot.by_primary && !plot.by_secondary) return std::nullopt;
  if (plot.by_secondary) {
    plot.by_mode_s = settings_.mode_s && equipment.mode_s;
    plot.mode_a = equipment.mode_a;
    plot.pressure_altitude =
        in_steps(pressure_altitude_at(passing.motion.position.height), plot.by_mode_s ? 25.0 : 100.0);
    if (plot.by_mode_s) plot.address = equipment.address;
    if (plot.by_mode_s) plot.identification = equipment.identification;
  }
  add_noise(plot);
  return plot;
}

void RotatingRadar::add_noise(Plot& plot) {
  plot.slant_range += settings_.sigma_range * random_.normal();
  plot.azimuth = (plot.azimuth + settings_.sigma_azimuth * random_.normal()).normalised();
}

void RotatingRadar::add_false_plots(Sector& sector) {
  if (settings_.primary_range <= Length()) return;
  const std::uint64_t count = random_.poisson(settings_.false_plots_per_scan / kSectors);
  for (std::uint64_t i = 0; i < count; ++i) {
    const double share = random_.uniform();
    // Half of them spread evenly over the area, half of them clutter near the radar.
    const double along = random_.uniform();
    const double range_share = random_.chance(0.5) ? std::sqrt(along) : 0.02 + 0.2 * along;
    Plot plot{.time = sector.begin + (sector.end - sector.begin) * share,
              .slant_range = settings_.primary_range * range_share};
    plot.azimuth = Angle::radians((sector.number + share) * kTurn / kSectors);
    plot.by_primary = true;
    sector.plots.push_back(plot);
  }
}

void RotatingRadar::garble_neighbours(Sector& sector) {
  if (settings_.mode_s) return;
  for (std::size_t i = 0; i < sector.plots.size(); ++i) {
    for (std::size_t j = i + 1; j < sector.plots.size(); ++j) {
      Plot& a = sector.plots[i];
      Plot& b = sector.plots[j];
      const bool close = abs(a.slant_range - b.slant_range) < kGarblingRange &&
                         abs((a.azimuth - b.azimuth).wrapped()) < kGarblingAzimuth;
      if (!close || !a.mode_a || !b.mode_a || !random_.chance(kGarblingProbability)) continue;
      // Overlapping pulses add up: each shows bits of the other.
      const auto both = static_cast<std::uint16_t>(a.mode_a->bits() | b.mode_a->bits());
      Plot& victim = random_.chance(0.5) ? a : b;
      victim.mode_a = ModeACode::from_bits(both);
      a.garbled = true;
      b.garbled = true;
    }
  }
}

Sector RotatingRadar::observe(std::span<const Flight> flights) {
  Sector sector{.number = static_cast<int>(next_crossing_ % kSectors),
                .begin = crossing(next_crossing_),
                .end = crossing(next_crossing_ + 1),
                .plots = {}};
  ++next_crossing_;
  for (const Flight& flight : flights) {
    const std::optional<Passing> passing = passing_of(flight, sector);
    if (!passing) continue;
    if (const std::optional<Plot> plot = detect(flight, *passing)) sector.plots.push_back(*plot);
  }
  add_false_plots(sector);
  garble_neighbours(sector);
  std::stable_sort(sector.plots.begin(), sector.plots.end(),
                   [](const Plot& a, const Plot& b) { return a.time < b.time; });
  return sector;
}

}  // namespace marsad::simulation
