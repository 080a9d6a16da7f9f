#pragma once

#include "marsad/geo/geodetic.hpp"
#include "marsad/units/angle.hpp"
#include "marsad/units/length.hpp"

namespace marsad::geo {

/// The shortest path on the WGS-84 ellipsoid between the feet of two positions; heights take no part.
struct GeodesicLine {
  units::Length distance;
  units::Angle initial_bearing;  ///< at the first position, clockwise from true north, in [0, 360) degrees
  units::Angle final_bearing;    ///< at the second position, in the direction of travel, in [0, 360) degrees
};

/// Karney, "Algorithms for geodesics", J. Geodesy 87 (2013), doi 10.1007/s00190-012-0578-z, by GeographicLib: error
/// below 15 nm. Two equal positions have distance 0 and bearings that mean nothing. Between antipodal points one of the
/// many shortest paths is given. Latitudes outside +-90 degrees and NaN give NaN. About 1 microsecond: not for the hot
/// path.
GeodesicLine geodesic_between(const Geodetic& from, const Geodetic& to);

/// The position reached from `from` after `distance` along the geodesic that leaves with `initial_bearing`; the height
/// is kept. A negative distance goes backwards. Longitude in [-180, 180] degrees.
Geodetic destination(const Geodetic& from, units::Angle initial_bearing, units::Length distance);

}  // namespace marsad::geo
