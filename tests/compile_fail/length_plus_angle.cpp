// A length and an angle have no sum.
#include "marsad/units/angle.hpp"
#include "marsad/units/length.hpp"

using marsad::units::Angle;
using marsad::units::Length;

#ifdef MARSAD_FORBIDDEN
auto sum = Length::metres(1.0) + Angle::radians(1.0);
#else
auto sum = Length::metres(1.0) + Length::feet(1.0);
#endif
