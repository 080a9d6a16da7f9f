#include "marsad/output/aircraft_json.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "marsad/output/json_writer.hpp"
#include "marsad/output/sensor_health.hpp"
#include "marsad/output/track_view.hpp"

namespace marsad::output {
namespace {

using observation::SensorKind;
using picture::AirPicture;
using picture::SystemTrack;

/// Where a position comes from, in readsb's words.
enum class PositionSource : std::uint8_t { adsb, mlat, radar };

/// A source counts while its last report is at most this old.
constexpr auto kSourceMaxAge = units::Duration::seconds(15.0);

PositionSource position_source(const AirPicture& picture, const SystemTrack& track) {
  PositionSource best = PositionSource::radar;
  for (const auto& contribution : track.contributions) {
    const auto* sensor = find_sensor(picture, contribution.sensor);
    if (sensor == nullptr || age_between(contribution.last, picture.time) > kSourceMaxAge) continue;
    if (sensor->kind == SensorKind::adsb) return PositionSource::adsb;
    if (sensor->kind == SensorKind::mlat) best = PositionSource::mlat;
  }
  return best;
}

const char* type_name(PositionSource source, bool has_icao_address) {
  switch (source) {
    case PositionSource::adsb:
      return has_icao_address ? "adsb_icao" : "adsb_other";
    case PositionSource::mlat:
      return "mlat";
    case PositionSource::radar:
      break;
  }
  return has_icao_address ? "tisb_icao" : "tisb_trackfile";
}

const char* emergency_name(std::uint8_t emergency) {
  constexpr std::array<const char*, 8> kNames{"none",  "general",  "lifeguard", "minfuel",
                                              "nordo", "unlawful", "downed",    "reserved"};
  return kNames[emergency & 7U];
}

/// Which track may use which 24-bit address: one per address, a confirmed one before a coasting one, then the oldest.
std::unordered_map<std::uint32_t, tracking::TrackId> address_owners(const std::vector<const SystemTrack*>& tracks) {
  std::unordered_map<std::uint32_t, tracking::TrackId> owners;
  for (const auto wanted : {picture::TrackState::confirmed, picture::TrackState::coasting})
    for (const auto* track : tracks)
      if (track->address && track->state == wanted) owners.try_emplace(track->address->value(), track->id);
  return owners;
}

void write_altitude(JsonWriter& json, const SystemTrack& track) {
  if (track.on_ground)
    json.key("alt_baro").text("ground");
  else if (track.pressure_altitude)
    json.key("alt_baro").number(std::round(track.pressure_altitude->feet()), 0);
  if (track.height_is_geometric) json.key("alt_geom").number(std::round(track.position.height.feet()), 0);
}

void write_motion(JsonWriter& json, const SystemTrack& track) {
  json.key("gs").number(ground_speed(track).knots(), 1);
  if (const auto angle = track_angle(track)) json.key("track").number(angle->degrees(), 2);
  if (track.vertical_rate) json.key("baro_rate").number(std::round(track.vertical_rate->feet_per_minute()), 0);
}

void write_codes(JsonWriter& json, const SystemTrack& track) {
  if (track.identification && !track.identification->empty()) {
    std::string padded(track.identification->text());
    padded.resize(8, ' ');
    json.key("flight").text(padded);
  }
  if (track.mode_a) json.key("squawk").text(view(track.mode_a->digits()));
  json.key("emergency").text(emergency_name(track.emergency));
  json.key("spi").integer(std::uint64_t{track.special_position_identification ? 1U : 0U});
}

void write_derived_list(JsonWriter& json, std::string_view name, bool derived) {
  json.key(name).begin_array();
  if (derived) {
    json.text("lat");
    json.text("lon");
  }
  json.end_array();
}

void write_aircraft(JsonWriter& json, const AirPicture& picture, const SystemTrack& track, bool owns_address) {
  const PositionSource source = position_source(picture, track);
  std::uint64_t reports = 0;
  for (const auto& contribution : track.contributions) reports += contribution.reports;

  std::string hex;
  if (!owns_address) hex += '~';
  hex += view(
      hex_digits(owns_address ? track.address->value() : static_cast<std::uint32_t>(track.id.value() & 0xFFFFFFU)));

  json.begin_object();
  json.key("hex").text(hex);
  json.key("type").text(type_name(source, owns_address));
  write_codes(json, track);
  write_altitude(json, track);
  write_motion(json, track);
  json.key("lat").number(track.position.latitude.degrees(), 6);
  json.key("lon").number(track.position.longitude.degrees(), 6);
  const double seen = age_between(track.last_update, picture.time).seconds();
  json.key("seen_pos").number(seen, 1);
  json.key("seen").number(seen, 1);
  json.key("messages").integer(reports);
  write_derived_list(json, "mlat", source == PositionSource::mlat);
  write_derived_list(json, "tisb", source == PositionSource::radar);
  json.end_object();
}

}  // namespace

void append_aircraft_json(std::string& out, const AirPicture& picture) {
  std::vector<const SystemTrack*> tracks;
  for (const auto& track : picture.tracks)
    if (is_established(track) && has_usable_state(track)) tracks.push_back(&track);
  const auto owners = address_owners(tracks);

  JsonWriter json(out);
  json.begin_object();
  json.key("now").number(picture.time.seconds_since_epoch(), 3);
  json.key("messages").integer(picture.input.target_reports);
  json.key("aircraft").begin_array();
  for (const auto* track : tracks) {
    const bool owns_address = track->address && owners.at(track->address->value()) == track->id;
    write_aircraft(json, picture, *track, owns_address);
  }
  json.end_array();
  json.end_object();
}

void append_receiver_json(std::string& out, const ReceiverDescription& receiver) {
  JsonWriter json(out);
  json.begin_object();
  json.key("version").text(receiver.version);
  json.key("refresh").number(std::round(receiver.refresh.seconds() * 1000.0), 0);
  json.key("history").integer(std::uint64_t{0});
  if (receiver.centre) {
    json.key("lat").number(receiver.centre->latitude.degrees(), 4);
    json.key("lon").number(receiver.centre->longitude.degrees(), 4);
  }
  json.end_object();
}

std::optional<geo::Geodetic> centre_of_sensors(const AirPicture& picture) {
  // The mean direction of the sites from the centre of a sphere: right across the antimeridian and good enough to open
  // a map.
  double x = 0.0;
  double y = 0.0;
  double z = 0.0;
  for (const auto& sensor : picture.sensors) {
    if (!sensor.site) continue;
    x += cos(sensor.site->latitude) * cos(sensor.site->longitude);
    y += cos(sensor.site->latitude) * sin(sensor.site->longitude);
    z += sin(sensor.site->latitude);
  }
  const double length = std::hypot(x, y, z);
  if (!(length > 1e-6)) return std::nullopt;
  return geo::Geodetic{units::Angle::radians(std::asin(std::clamp(z / length, -1.0, 1.0))),
                       units::Angle::radians(std::atan2(y, x)), units::Length()};
}

}  // namespace marsad::output
