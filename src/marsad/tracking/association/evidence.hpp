#pragma once

#include <optional>

#include "marsad/observation/identity.hpp"
#include "marsad/tracking/association/placed_report.hpp"
#include "marsad/tracking/settings.hpp"
#include "marsad/tracking/track.hpp"

namespace marsad::tracking::association {

/// A code that many aircraft use at once, so that sharing it says nothing: VFR and other conspicuity codes.
bool is_conspicuity(observation::ModeACode code);

/// 7500, 7600 or 7700: a code to which any aircraft may change at any moment.
bool is_emergency(observation::ModeACode code);

/// What the identity in a report says about its belonging to `track`, against its being another target: the natural
/// logarithm of the likelihood ratio, 0 if nothing is said; absent if it excludes it (different Mode S addresses).
std::optional<double> identity_evidence(const PlacedReport& placed, const Track& track,
                                        const AssociationSettings& settings);

/// The same of the reported pressure altitude, or of the height that a 3D radar measured, against any altitude in the
/// lower 12 km being as likely. A wrong altitude (garbled, or a jump) costs at most the logarithm of its probability.
double altitude_evidence(const PlacedReport& placed, const Track& track, const AssociationSettings& settings);

}  // namespace marsad::tracking::association
