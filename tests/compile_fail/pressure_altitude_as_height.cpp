// A flight level is not a height above the ellipsoid.
#include "marsad/geo/geodetic.hpp"
#include "marsad/units/pressure_altitude.hpp"

using marsad::units::Angle;
using marsad::units::Length;
using marsad::units::PressureAltitude;

#ifdef MARSAD_FORBIDDEN
marsad::geo::Geodetic place{Angle(), Angle(), PressureAltitude::flight_level(330.0)};
#else
marsad::geo::Geodetic place{Angle(), Angle(), Length::metres(10'000.0)};
#endif
