#pragma once

#include <cstdint>

#include "marsad/base/tagged.hpp"

namespace marsad::tracking {

struct TrackIdTag;
/// A system track's own identity: 64 bits, counted from 1 in the order of initiation, never used again.
using TrackId = base::Tagged<TrackIdTag, std::uint64_t>;

}  // namespace marsad::tracking
