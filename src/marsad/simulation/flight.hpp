#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "marsad/geo/frames.hpp"
#include "marsad/geo/geodetic.hpp"
#include "marsad/observation/identity.hpp"
#include "marsad/simulation/motion.hpp"
#include "marsad/simulation/truth.hpp"
#include "marsad/units/length.hpp"
#include "marsad/units/pressure_altitude.hpp"
#include "marsad/units/speed.hpp"
#include "marsad/units/time.hpp"

namespace marsad::simulation {

/// Counts whole seconds from the start of the scene; negative while the air fills before it. Rates of motion are set at
/// ticks and hold until the next.
using Tick = std::int64_t;
inline constexpr units::Duration kTickPeriod = units::Duration::seconds(1.0);

/// What an aircraft type can do.
struct Performance {
  units::Speed cruise{};
  units::Speed approach{};
  units::Speed climb{};             ///< vertical rate at sea level; it falls to a third at 12 km
  units::Speed steepest_descent{};  ///< vertical rate, as a positive size
  MotionLimits limits{};
  double primary_range_share = 1.0;  ///< of the range at which primary radar sees an airliner
};

Performance airliner() noexcept;
Performance light_aircraft() noexcept;
Performance slow_unknown() noexcept;

/// What an aircraft carries to be known by.
struct Equipment {
  bool mode_ac = false;
  bool mode_s = false;
  bool adsb = false;
  observation::ModeSAddress address{};
  observation::ModeACode mode_a{};
  observation::AircraftIdentification identification{};
  bool precise_position = true;  ///< ADS-B: NACp 9 instead of 8
};

/// Where a flight goes. At least one point.
struct FlightPlan {
  std::vector<geo::Geodetic> points{};  ///< turning points in order, heights not used
  units::Length cruise_height{};
  std::optional<units::Length> lands_at{};  ///< elevation of the aerodrome at the last point; absent: flies on and out
  std::optional<geo::Geodetic> falls_silent_near{};  ///< the transponder dies on coming within 65 km of this point
};

/// One target from its appearance to its end.
class Flight {
 public:
  struct Settings {
    TargetId id{};
    TargetRole role = TargetRole::overflight;
    Performance performance{};
    Equipment equipment{};
    FlightPlan plan{};
    Motion start{};
  };

  Flight(Settings settings, Tick first_tick);

  [[nodiscard]] TargetId id() const noexcept { return id_; }
  [[nodiscard]] TargetRole role() const noexcept { return role_; }
  [[nodiscard]] const Performance& performance() const noexcept { return performance_; }
  /// Empty from the moment on at which the transponder has died.
  [[nodiscard]] const Equipment& equipment_at(units::Duration time) const noexcept;
  /// Whether it is being used or not.
  [[nodiscard]] observation::ModeACode assigned_mode_a() const noexcept { return equipment_.mode_a; }
  [[nodiscard]] bool has_ended() const noexcept { return ended_; }
  [[nodiscard]] Tick last_tick() const noexcept { return last_tick_; }

  /// Sets the rates for the second that begins at `last_tick() + 1`, or ends the flight there.
  void step();

  /// The motion at `time` after the start of the scene: nothing before the first tick, after the end, or longer ago
  /// than the memory of `kMemoryTicks`.
  [[nodiscard]] std::optional<Motion> motion_at(units::Duration time) const noexcept;

  /// The position at the last tick: cheap, for a first look at who may be concerned.
  [[nodiscard]] const geo::EcefPosition& coarse_position() const noexcept { return coarse_position_; }

  /// The truth at `time`, where `motion_at` gives one.
  [[nodiscard]] std::optional<TruthState> truth_at(units::Duration time) const;

  static constexpr std::size_t kMemoryTicks = 20;

 private:
  [[nodiscard]] const Motion& motion_of(Tick tick) const noexcept;
  [[nodiscard]] units::Length distance_to_go(const Motion& motion) const noexcept;
  [[nodiscard]] MotionGoal goal(const Motion& motion) const noexcept;
  [[nodiscard]] units::Speed speed_goal(const Motion& motion, units::Length to_go) const noexcept;
  [[nodiscard]] bool is_passing(const Motion& motion) const noexcept;
  void begin(Tick tick, const Motion& motion);

  TargetId id_;
  TargetRole role_;
  Performance performance_;
  Equipment equipment_;
  Equipment equipment_when_silent_;
  std::optional<Tick> silent_from_;
  FlightPlan plan_;
  std::vector<units::Length> beyond_;  // way to go from each point to the last
  std::size_t next_point_ = 0;
  bool ended_ = false;
  Tick first_tick_;
  Tick last_tick_;
  geo::EcefPosition coarse_position_;
  std::array<Motion, kMemoryTicks> memory_;
};

/// Pressure altitude in the scene's atmosphere, in which 1.5 % more air lies below a level than in the standard one
/// (warm, and at sea level 1013.25 hPa).
units::PressureAltitude pressure_altitude_at(units::Length height) noexcept;
units::Length height_of(units::PressureAltitude altitude) noexcept;

/// Great circle on a sphere of the earth's mean radius: good enough to steer by.
struct WayTo {
  units::Length distance;
  units::Angle bearing;
};
WayTo way_to(const geo::Geodetic& from, const geo::Geodetic& to) noexcept;

}  // namespace marsad::simulation
