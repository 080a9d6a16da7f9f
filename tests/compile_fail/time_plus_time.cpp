// Two moments have a difference, not a sum.
#include "marsad/units/time.hpp"

using marsad::units::Duration;
using marsad::units::UtcTime;

#ifdef MARSAD_FORBIDDEN
auto later = UtcTime() + UtcTime();
#else
auto later = UtcTime() + Duration::seconds(1.0);
#endif
