#pragma once

#include <string>

#include "marsad/observation/mode_s/resolver.hpp"
#include "marsad/units/time.hpp"

namespace marsad::output {

/// Appends an accepted message as one row of SBS-1 (BaseStation) text, `MSG,type,...` with 22 fields and a carriage
/// return and line feed, and returns true; nothing and false for what has no row: other verdicts, formats and type
/// codes. Rows hold what their message says; the fields that BaseStation doesn't have stay out.
///
///     1 identification   2 surface position   3 airborne position   4 airborne velocity
///     5 altitude reply   6 identity reply     7 air to air          8 all-call
///
/// Both date-times, generated and logged, are UTC with milliseconds: receipt, and `logged`. Altitude is pressure
/// altitude in feet, speed in knots, track in degrees, vertical rate in ft/min; latitude and longitude have five
/// decimals and come only with a resolved position. Flags (alert, emergency, SPI, on ground) are -1, 0 or, where the
/// message does not tell, empty.
///
/// Source: Kinetic Avionic BaseStation, "Socket data and BST files".
bool append_sbs_row(std::string& out, const observation::mode_s::Outcome& outcome, units::UtcTime logged);

}  // namespace marsad::output
