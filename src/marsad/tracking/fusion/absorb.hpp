#pragma once

#include "marsad/tracking/association/placed_report.hpp"
#include "marsad/tracking/settings.hpp"
#include "marsad/tracking/track.hpp"
#include "marsad/tracking/track_id.hpp"

namespace marsad::tracking::fusion {

/// Lets `track` take in a report that was assigned to it: motion, heights, identity, contribution and existence.
/// A report older than the track's state updates it through the state taken back. A position beyond the gate, which
/// only the Mode S address can have brought here, counts for less the farther it is off. Touches nothing but the track.
void absorb(Track& track, const association::PlacedReport& placed, double log_ratio, const TrackerSettings& settings);

/// A tentative track from a first report.
Track begin_track(TrackId id, const association::PlacedReport& placed, const TrackerSettings& settings);

/// Joins two tracks of one target: `kept` takes over what `other` knows better (state, identity) or besides
/// (contributions).
void join(Track& kept, const Track& other);

}  // namespace marsad::tracking::fusion
