// Only meaningful products exist: a speed and a duration make a length.
#include "marsad/units/speed.hpp"

using marsad::units::Duration;
using marsad::units::Length;
using marsad::units::Speed;

#ifdef MARSAD_FORBIDDEN
Length way = Speed::knots(100.0) * Speed::knots(2.0);
#else
Length way = Speed::knots(100.0) * Duration::seconds(2.0);
#endif
