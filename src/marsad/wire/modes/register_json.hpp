#pragma once

#include <cstdint>
#include <string>

#include "marsad/base/json_members.hpp"
#include "marsad/wire/modes/register.hpp"

namespace marsad::wire::modes {

/// Whether `append_register_json` knows the layout of a register.
[[nodiscard]] bool is_decoded_register(std::uint8_t bds) noexcept;

/// Appends what a register says as one JSON object: {"bds":"4,0","mcp_altitude_ft":33000,"pressure_setting_mb":1013.2}.
/// ASCII, only what the register gives, the unit at the end of a name. `"consistent":false` says that bits are set that
/// must be zero, so that it probably holds something else. Appends nothing for a register whose layout isn't known
/// here.
///
/// Registers: 0,5, 0,6, 0,8, 0,9, 6,1, 6,2 and 6,5 (contents of extended squitters), 1,0, 1,7, 1,8 to 1,C, 2,0, 2,1,
/// 3,0, 4,0, 4,4, 4,5, 5,0, 5,3, 6,0.
void append_register_json(std::string& out, std::uint8_t bds, Register reg);

/// The same as members of an object that the caller writes, without "bds"; false for a register that isn't decoded.
bool append_register_members(base::JsonMembers& json, std::uint8_t bds, Register reg);

/// The members of a resolution advisory: of BDS 3,0, of I048/260 and of the aircraft status message (TC 28).
void append_advisory_members(base::JsonMembers& json, const ResolutionAdvisory& advisory);

}  // namespace marsad::wire::modes
