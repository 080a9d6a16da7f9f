#pragma once

#include <cstdint>
#include <optional>

#include "marsad/base/tagged.hpp"
#include "marsad/geo/geodetic.hpp"
#include "marsad/observation/identity.hpp"
#include "marsad/units/acceleration.hpp"
#include "marsad/units/pressure_altitude.hpp"
#include "marsad/units/speed.hpp"

namespace marsad::simulation {

struct TargetIdTag;
/// A simulated target's own number, counted from 1 in the order of appearance, never used again.
using TargetId = base::Tagged<TargetIdTag, std::uint64_t>;

/// What part a target plays in the scene.
enum class TargetRole : std::uint8_t {
  overflight,         ///< crosses at cruising level, Mode S and mostly ADS-B
  airport_traffic,    ///< arrives or departs
  light,              ///< low and slow, Mode A and C only
  loses_transponder,  ///< an airliner that falls silent on the way: primary radar alone goes on seeing it
  unknown_intruder,   ///< low, slow, no transponder at all; crosses the border from the mountains and goes back
};

/// The truth about one target at one moment, to judge what was made of it.
struct TruthState {
  TargetId id{};
  TargetRole role = TargetRole::overflight;
  geo::Geodetic position{};
  units::Speed east{};  ///< velocity over ground in the local frame at `position`
  units::Speed north{};
  units::Speed up{};
  units::Acceleration
      load{};  ///< what the airframe feels: gravity and manoeuvre together; 9.81 m/s2 in straight flight
  units::PressureAltitude pressure_altitude{};
  std::optional<observation::ModeSAddress> address{};  ///< what the transponder would tell; absent: none, or it is off
  std::optional<observation::ModeACode> mode_a{};
  std::optional<observation::AircraftIdentification> identification{};
  bool emits_adsb = false;
};

}  // namespace marsad::simulation
