// A function of an ECEF point doesn't take an ENU point.
#include "marsad/geo/local_frame.hpp"

#ifdef MARSAD_FORBIDDEN
auto place = marsad::geo::to_geodetic(marsad::geo::EnuPosition());
#else
auto place = marsad::geo::to_geodetic(marsad::geo::EcefPosition());
#endif
