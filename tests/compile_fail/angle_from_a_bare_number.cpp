// A bare number is no angle: degrees or radians must be said.
#include "marsad/units/angle.hpp"

using marsad::units::Angle;

Angle turned(Angle azimuth);

#ifdef MARSAD_FORBIDDEN
auto azimuth = turned(90.0);
#else
auto azimuth = turned(Angle::degrees(90.0));
#endif
