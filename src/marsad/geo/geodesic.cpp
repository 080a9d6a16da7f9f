#include "marsad/geo/geodesic.hpp"

#include <GeographicLib/Geodesic.hpp>

namespace marsad::geo {

using units::Angle;
using units::Length;

GeodesicLine geodesic_between(const Geodetic& from, const Geodetic& to) {
  double distance_m = 0.0;
  double initial_deg = 0.0;
  double final_deg = 0.0;
  GeographicLib::Geodesic::WGS84().Inverse(from.latitude.degrees(), from.longitude.degrees(), to.latitude.degrees(),
                                           to.longitude.degrees(), distance_m, initial_deg, final_deg);
  return {.distance = Length::metres(distance_m),
          .initial_bearing = Angle::degrees(initial_deg).normalised(),
          .final_bearing = Angle::degrees(final_deg).normalised()};
}

Geodetic destination(const Geodetic& from, Angle initial_bearing, Length distance) {
  double latitude_deg = 0.0;
  double longitude_deg = 0.0;
  GeographicLib::Geodesic::WGS84().Direct(from.latitude.degrees(), from.longitude.degrees(), initial_bearing.degrees(),
                                          distance.metres(), latitude_deg, longitude_deg);
  return {Angle::degrees(latitude_deg), Angle::degrees(longitude_deg), from.height};
}

}  // namespace marsad::geo
