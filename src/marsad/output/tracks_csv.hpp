#pragma once

#include <string>

#include "marsad/picture/air_picture.hpp"

namespace marsad::output {

/// Appends the header row of tracks.csv:
/// t,track_id,lat,lon,alt,vx,vy,vz,state,mode_s,mode3a,callsign,flight_level,sigma_major_m,sigma_minor_m,
/// sigma_orientation_deg,existence,sensors
void append_tracks_csv_header(std::string& out);

/// Appends one row per confirmed or coasting track of `picture`, at the picture's time: t in seconds since 1970 (or on
/// whatever scale the input's times are), positions in degrees and metres WGS-84, vx east, vy north and vz up in m/s.
/// Empty means not known. `sensors` are the names of those that contributed, separated by a semicolon. Quoted as in
/// RFC 4180; line ends are LF.
void append_tracks_csv_rows(std::string& out, const picture::AirPicture& picture);

}  // namespace marsad::output
