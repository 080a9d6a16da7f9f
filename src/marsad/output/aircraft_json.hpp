#pragma once

#include <optional>
#include <string>

#include "marsad/geo/geodetic.hpp"
#include "marsad/output/publication_status.hpp"
#include "marsad/picture/air_picture.hpp"
#include "marsad/units/time.hpp"

namespace marsad::output {

/// Appends the picture in the form of readsb's aircraft.json, so that tar1090 and its relatives work on our picture.
/// Names and units (knots, feet, feet a minute, degrees true) are those of readsb's README-json.md.
///
/// A track's "hex" is its 24-bit address, six lower-case digits; a track without one, or one whose address another
/// track of this picture already uses, gets "~" and the last 24 bits of its track id, as readsb marks non-ICAO
/// addresses. Tentative and terminated tracks are left out: these clients have no notion of them.
void append_aircraft_json(std::string& out, const picture::AirPicture& picture);

/// What receiver.json says about this server.
struct ReceiverDescription {
  std::string version;                                      ///< of marsad
  units::Duration refresh = units::Duration::seconds(1.0);  ///< between pictures
  std::optional<geo::Geodetic> centre;                      ///< where the map opens
};

/// Appends receiver.json: version, refresh in milliseconds, history 0 (none kept), lat and lon of the centre if known.
void append_receiver_json(std::string& out, const ReceiverDescription& receiver);

/// The middle of the sensors with a site, or nothing.
[[nodiscard]] std::optional<geo::Geodetic> centre_of_sensors(const picture::AirPicture& picture);

}  // namespace marsad::output
