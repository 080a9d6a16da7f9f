#pragma once

#include <string>

#include "marsad/output/publication_status.hpp"
#include "marsad/picture/air_picture.hpp"

namespace marsad::output {

/// Appends the whole picture as one JSON object (docs/web-protocol.md, "Picture as JSON"): time, sequence, mode, the
/// status members of `append_status_json`, and "tracks". SI units with the unit in the name; what isn't known is
/// absent. Always valid JSON in valid UTF-8, whatever bytes the names hold; a number that is not finite is null.
void append_picture_json(std::string& out, const picture::AirPicture& picture, const PublicationStatus& status);

/// Appends the object that ends every binary frame: latency_s, recording, speed, title, input, sensors.
void append_status_json(std::string& out, const picture::AirPicture& picture, const PublicationStatus& status);

/// Appends the picture as a GeoJSON FeatureCollection (RFC 7946): one Point [lon, lat, height in metres above the
/// ellipsoid] per track that hasn't ended, properties as in the tracks of the picture's JSON.
void append_geojson(std::string& out, const picture::AirPicture& picture);

}  // namespace marsad::output
