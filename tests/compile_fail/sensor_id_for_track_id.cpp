// The number of a sensor is not the number of a track.
#include "marsad/observation/sensor.hpp"
#include "marsad/tracking/track_id.hpp"

using marsad::observation::SensorId;
using marsad::tracking::TrackId;

bool is_open(TrackId track);

#ifdef MARSAD_FORBIDDEN
bool open = is_open(SensorId(1));
#else
bool open = is_open(TrackId(1));
#endif
