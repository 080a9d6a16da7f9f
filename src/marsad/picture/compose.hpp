#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "marsad/picture/air_picture.hpp"
#include "marsad/tracking/track.hpp"
#include "marsad/units/time.hpp"

namespace marsad::picture {

/// The picture at `time`: every track extrapolated to it. A tentative track that rests on a single report is not shown;
/// one report is not a track. Emergency: the last reported emergency state, or what a Mode A code of 7500 (unlawful
/// interference, 5), 7600 (no communications, 4) or 7700 (general, 1) says where none was reported.
///
/// `tracks` in id order, as `tracking::Tracker::tracks` gives them; `sensors` in id order.
AirPicture compose(units::UtcTime time, std::uint64_t sequence, std::span<const tracking::Track> tracks,
                   std::vector<SensorStatus> sensors, const InputCounters& input);

}  // namespace marsad::picture
