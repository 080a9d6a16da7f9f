#pragma once

#include "marsad/tracking/association/placed_report.hpp"
#include "marsad/tracking/track.hpp"

namespace marsad::tracking::fusion {

/// Takes over what the report says of the target's identity. An address once known stays. A Mode A code is replaced
/// when another one has been heard three times in a row (an emergency code: twice); garbled ones are left out.
void learn_identity(Track& track, const association::PlacedReport& placed);

}  // namespace marsad::tracking::fusion
