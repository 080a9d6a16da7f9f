#pragma once

#include <span>
#include <string_view>

#include "marsad/geo/geodetic.hpp"
#include "marsad/units/angle.hpp"
#include "marsad/units/length.hpp"

namespace marsad::simulation {

/// A real aerodrome, from public knowledge: reference point to about 0.1 NM, elevation above mean sea level taken as
/// height above the ellipsoid (the geoid lies within some metres of it here), true bearing of a runway to about five
/// degrees.
struct Aerodrome {
  std::string_view icao_code;
  geo::Geodetic reference_point;
  units::Angle runway_bearing;
  bool is_domestic = false;  ///< in the Baghdad FIR
  double share = 1.0;        ///< of the traffic between aerodromes, relative to the others
};

std::span<const Aerodrome> aerodromes() noexcept;

/// The aerodrome with this ICAO code. It must be one of `aerodromes`.
const Aerodrome& aerodrome(std::string_view icao_code) noexcept;

/// A plausible airway through the Baghdad FIR and its surroundings: turning points in the order of one of its two
/// senses. Not the published ones.
struct Airway {
  std::string_view name;
  std::span<const geo::Geodetic> points;  ///< height 0
};

std::span<const Airway> airways() noexcept;

/// See `DemoScene::border`.
std::span<const geo::Geodetic> border_line() noexcept;

/// Turning points of the intruder: from the mountains over the border, and back by another way.
std::span<const geo::Geodetic> intruder_points() noexcept;

/// The middle of the scene, and how far out of it flights begin and end that come from and go further.
geo::Geodetic scene_centre() noexcept;
inline constexpr units::Length kSceneRadius = units::Length::kilometres(620.0);

}  // namespace marsad::simulation
