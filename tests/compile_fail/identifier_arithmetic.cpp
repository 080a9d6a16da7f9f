// Identifiers take no part in arithmetic.
#include "marsad/tracking/track_id.hpp"

using marsad::tracking::TrackId;

#ifdef MARSAD_FORBIDDEN
auto next = TrackId(1) + 1;
#else
auto next = TrackId(TrackId(1).value() + 1);
#endif
