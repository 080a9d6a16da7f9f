#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "marsad/base/random.hpp"
#include "marsad/geo/local_frame.hpp"
#include "marsad/geo/polar.hpp"
#include "marsad/observation/identity.hpp"
#include "marsad/simulation/flight.hpp"
#include "marsad/units/angle.hpp"
#include "marsad/units/length.hpp"
#include "marsad/units/pressure_altitude.hpp"
#include "marsad/units/time.hpp"

namespace marsad::simulation {

/// A rotating radar as it should be: all nominal, no bias.
struct RadarSettings {
  std::string name{};
  std::uint8_t sac = 0;
  std::uint8_t sic = 0;
  geo::Geodetic antenna{};
  units::Duration period{};       ///< of one rotation
  units::Angle first_azimuth{};   ///< where the beam points at the start of the scene
  units::Length primary_range{};  ///< on an airliner; 0: no primary radar
  units::Length secondary_range{};
  bool mode_s = false;
  units::Length sigma_range{};
  units::Angle sigma_azimuth{};
  double primary_detection = 0.9;  ///< probability, near
  double secondary_detection = 0.98;
  double false_plots_per_scan = 0.0;
};

/// What one pass of the beam over one target gave.
struct Plot {
  units::Duration time{};       ///< of the beam's passing, after the start of the scene
  units::Length slant_range{};  ///< with noise
  units::Angle azimuth{};       ///< with noise, clockwise from true north
  bool by_primary = false;
  bool by_secondary = false;
  bool by_mode_s = false;  ///< the secondary part is a Mode S roll-call reply
  bool garbled = false;    ///< Mode A and C replies overlapped: codes may be wrong
  std::optional<observation::ModeACode> mode_a{};
  std::optional<units::PressureAltitude> pressure_altitude{};  ///< in steps of 100 ft, by Mode S of 25 ft
  std::optional<observation::ModeSAddress> address{};
  std::optional<observation::AircraftIdentification> identification{};
  std::optional<TargetId> target{};  ///< absent: a false plot
};

/// One 32nd of a rotation.
struct Sector {
  int number = 0;  ///< 0 begins at north
  units::Duration begin{};
  units::Duration end{};
  std::vector<Plot> plots{};  ///< in order of time
};

/// Turns, and sees what it would see.
class RotatingRadar {
 public:
  static constexpr int kSectors = 32;

  RotatingRadar(RadarSettings settings, const base::Random& random);

  [[nodiscard]] const RadarSettings& settings() const noexcept { return settings_; }
  /// When the beam leaves the sector that comes next.
  [[nodiscard]] units::Duration next_sector_end() const noexcept { return crossing(next_crossing_ + 1); }
  /// The next sector. The motion of the flights must be known over it.
  [[nodiscard]] Sector observe(std::span<const Flight> flights);

 private:
  struct Passing;
  [[nodiscard]] units::Duration crossing(std::int64_t number) const noexcept;
  [[nodiscard]] std::optional<Passing> passing_of(const Flight& flight, const Sector& sector) const;
  [[nodiscard]] std::optional<Plot> detect(const Flight& flight, const Passing& passing);
  void add_noise(Plot& plot);
  void add_false_plots(Sector& sector);
  void garble_neighbours(Sector& sector);

  RadarSettings settings_;
  geo::LocalFrame frame_;
  base::Random random_;
  std::int64_t next_crossing_ = 0;  // counts sectors from the one that begins at north before the start of the scene
};

/// Whether a straight ray over a smooth sphere of 4/3 earth radius joins two heights above it at a ground distance.
/// Heights below 0 count as 0. Source: ITU-R P.310 (effective earth radius), d = sqrt(2 k R h1) + sqrt(2 k R h2).
bool is_above_radio_horizon(units::Length ground_distance, units::Length height_a, units::Length height_b) noexcept;

}  // namespace marsad::simulation
