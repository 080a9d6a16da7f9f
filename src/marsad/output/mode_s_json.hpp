#pragma once

#include <string>

#include "marsad/observation/mode_s/resolver.hpp"

namespace marsad::output {

struct ModeSJsonOptions {
  bool has_time = true;  ///< receipt is known; otherwise "t" is null
  bool hex = true;       ///< the message itself as "hex"
  /// What the registers of Comm-B replies hold is inferred and printed ("bds", "bds_probability", "register").
  bool registers = true;
};

/// Appends one message as one JSON object on one line, without the line's end: only what the message gives, a position
/// only if it is resolved. ASCII. Names, with their units:
///
///     t                seconds since 1970 UTC, receipt
///     df, hex          downlink format; the message in hexadecimal digits, as corrected
///     mode_ac          four octal digits of a Mode A/C reply (then nothing of the following but alt_ft, spi)
///     icao             24-bit address; crc: ok, corrected, address (hidden in the parity), failed
///     verdict          why it was not accepted (`name_of(Verdict)`); absent for accepted messages
///     doubt            list: altitude, squawk, callsign contradict what was known of the aircraft
///     source           of DF18 and multilateration (`name_of(SourceKind)`); absent for the aircraft's own messages
///     ca, cf, fs, ...  the format's own codes, as numbers; ii or si the interrogator of a DF11 reply
///     tc               type code of an extended squitter
///     callsign, category ("A3"), squawk, emergency (0-7), alert, spi
///     alt_ft           pressure altitude; alt_geom_ft above the ellipsoid; geom_minus_baro_ft
///     surface          is it on the ground
///     lat, lon         degrees; cpr: global or local decoding. Without them position says why
///                      (`name_of(PositionVerdict)`); cpr_odd, cpr_lat, cpr_lon the numbers as sent
///     gs_kt, track_deg over ground, from true north; heading_deg, ias_kt, tas_kt; vrate_fpm with vrate_source baro or
///                      geom; `..._beyond` true for one beyond its scale
///     nic, rc_m        integrity; nic_a, nic_b, nic_c its supplements; nacp, nacv, sil, sda, gva, nic_baro, version
///     selected_altitude_ft, selected_altitude_source, selected_heading_deg or selected_track_deg, qnh_mb, autopilot,
///     vnav, altitude_hold,
///                      approach, lnav, acas
///     mb               the register of a Comm-B reply as hexadecimal digits; bds what it is taken for,
///     bds_probability,
///                      register what it then says
void append_mode_s_json(std::string& out, const observation::mode_s::Outcome& outcome,
                        const ModeSJsonOptions& options = {});

}  // namespace marsad::output
