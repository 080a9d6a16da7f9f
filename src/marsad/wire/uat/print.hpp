#pragma once

#include <string>

#include "marsad/wire/uat/downlink.hpp"
#include "marsad/wire/uat/line.hpp"
#include "marsad/wire/uat/uplink.hpp"

namespace marsad::wire::uat {

/// Append a message as members of a JSON object, without the braces around them, so that the caller can put its own
/// members before: ASCII, only what the message gives, the unit at the end of a name. A downlink has the names of the
/// Mode S messages ("icao", "callsign", "alt_ft", "lat", "gs_kt", "vrate_fpm", ...) and "uat": "downlink".
void append_members(std::string& out, const Downlink& message);
void append_members(std::string& out, const Uplink& message);

/// Appends the message of a line as one JSON object, `{...}`. Returns what `decode_downlink` and `decode_uplink` refuse
/// and appends nothing then.
[[nodiscard]] base::Result<bool> append_uat_json(std::string& out, const Line& line);

}  // namespace marsad::wire::uat
