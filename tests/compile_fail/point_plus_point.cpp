// Two points have a difference, not a sum.
#include "marsad/geo/frames.hpp"

using marsad::geo::Displacement;
using marsad::geo::Ecef;
using marsad::geo::EcefPosition;

#ifdef MARSAD_FORBIDDEN
auto there = EcefPosition() + EcefPosition();
#else
auto there = EcefPosition() + Displacement<Ecef>();
#endif
