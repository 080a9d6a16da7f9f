// Points of two frames have no difference, and one is never taken for the other.
#include "marsad/geo/frames.hpp"

using marsad::geo::EcefPosition;
using marsad::geo::EnuPosition;

#ifdef MARSAD_FORBIDDEN
auto difference = EnuPosition() - EcefPosition();
#else
auto difference = EcefPosition() - EcefPosition();
#endif
