#pragma once

#include <span>

#include "marsad/tracking/association/placed_report.hpp"
#include "marsad/tracking/settings.hpp"
#include "marsad/tracking/track.hpp"
#include "marsad/units/time.hpp"

namespace marsad::tracking::lifecycle {

/// Counts against `track` the scans in which a sensor that feeds it should have seen it by `now` and didn't. A sensor
/// that is silent altogether, that the track has left behind, or that has long stopped seeing this target, doesn't
/// count. `sensors` by id.
void account_for_misses(Track& track, units::UtcTime now, std::span<const association::SensorModel> sensors);

/// The phase that follows from existence, counts and silence at `now`. Terminated is final.
TrackPhase next_phase(const Track& track, units::UtcTime now, std::span<const association::SensorModel> sensors,
                      const LifecycleSettings& settings);

}  // namespace marsad::tracking::lifecycle
