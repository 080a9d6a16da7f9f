#pragma once

#include "marsad/base/json_members.hpp"
#include "marsad/wire/modes/extended_squitter.hpp"

namespace marsad::wire::modes {

/// Writes what the content of an extended squitter (ME) says by itself, by its type code: the registers BDS 0,5, 0,6,
/// 0,8, 0,9, 6,1, 6,2 and 6,5. Positions stay encoded ("cpr_odd", "cpr_lat", "cpr_lon"): one message doesn't tell them.
/// Returns whether the type code has a layout.
///
/// `version` is that of the sender's ADS-B, 0 until it is known; it decides how slow movement on the ground is cut.
bool append_squitter_members(base::JsonMembers& json, Register me, unsigned version = 0);

}  // namespace marsad::wire::modes
