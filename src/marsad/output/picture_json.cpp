#include "marsad/output/picture_json.hpp"

#include "marsad/output/error_ellipse.hpp"
#include "marsad/output/json_writer.hpp"
#include "marsad/output/sensor_health.hpp"
#include "marsad/output/track_view.hpp"

namespace marsad::output {
namespace {

using picture::AirPicture;
using picture::SystemTrack;

void write_input(JsonWriter& json, const picture::InputCounters& input) {
  json.begin_object();
  json.key("datagrams").integer(input.datagrams);
  json.key("octets").integer(input.octets);
  json.key("records").integer(input.records);
  json.key("target_reports").integer(input.target_reports);
  json.key("faults").integer(input.faults);
  json.key("skipped_octets").integer(input.skipped_octets);
  json.end_object();
}

void write_sensor(JsonWriter& json, const picture::SensorStatus& sensor, units::UtcTime now) {
  json.begin_object();
  json.key("id").integer(std::uint64_t{sensor.id.value()});
  json.key("name").text(sensor.name);
  json.key("kind").text(name_of(sensor.kind));
  json.key("sac").integer(std::uint64_t{sensor.key.sac});
  json.key("sic").integer(std::uint64_t{sensor.key.sic});
  json.key("configured").boolean(sensor.configured);
  json.key("has_site").boolean(sensor.has_site);
  if (sensor.site) {
    json.key("lat").number(sensor.site->latitude.degrees(), 6);
    json.key("lon").number(sensor.site->longitude.degrees(), 6);
  }
  if (sensor.range_max > units::Length()) json.key("range_max_m").number(sensor.range_max.metres(), 0);
  json.key("period_s").number(sensor.period.seconds(), 3);
  if (const auto age = age_of(sensor, now)) {
    json.key("age_s").number(age->seconds(), 3);
    json.key("latency_s").number(sensor.latency.seconds(), 3);
  }
  json.key("reports").integer(sensor.reports);
  json.key("unplaced").integer(sensor.unplaced);
  json.key("implausible").integer(sensor.implausible);
  json.key("state").text(name_of(health_of(sensor, now)));
  json.end_object();
}

void write_feed(JsonWriter& json, const FeedStatus& feed) {
  json.begin_object();
  json.key("name").text(feed.name);
  json.key("transport").text(feed.transport);
  json.key("format").text(feed.format);
  json.key("messages").integer(feed.messages);
  json.key("octets").integer(feed.octets);
  json.key("lost_datagrams").integer(feed.lost_datagrams);
  json.key("dropped_octets").integer(feed.dropped_octets);
  if (feed.transport == "tcp") {
    json.key("connections").integer(feed.connections);
    json.key("open").integer(feed.open);
    json.key("failed_connects").integer(feed.failed_connects);
    json.key("out_of_step").integer(feed.out_of_step);
  }
  json.end_object();
}

void write_output(JsonWriter& json, const OutputStatus& status) {
  json.begin_object();
  json.key("name").text(status.name);
  json.key("octets").integer(status.octets);
  json.key("lost_octets").integer(status.lost_octets);
  json.key("clients").integer(status.clients);
  json.key("connections").integer(status.connections);
  json.key("slow_clients").integer(status.slow_clients);
  json.key("failed_connects").integer(status.failed_connects);
  json.end_object();
}

void write_links(JsonWriter& json, const PublicationStatus& status) {
  if (!status.feeds.empty()) {
    json.key("feeds").begin_array();
    for (const FeedStatus& feed : status.feeds) write_feed(json, feed);
    json.end_array();
  }
  if (status.outputs.empty()) return;
  json.key("outputs").begin_array();
  for (const OutputStatus& output : status.outputs) write_output(json, output);
  json.end_array();
}

void write_status_members(JsonWriter& json, const AirPicture& picture, const PublicationStatus& status) {
  json.key("latency_s").number(status.latency.seconds(), 3);
  json.key("recording").boolean(status.recording);
  json.key("speed").number(status.speed, 3);
  json.key("title").text(status.title);
  json.key("input");
  write_input(json, picture.input);
  json.key("sensors").begin_array();
  for (const auto& sensor : picture.sensors) write_sensor(json, sensor, picture.time);
  json.end_array();
  write_links(json, status);
}

void write_contributions(JsonWriter& json, const AirPicture& picture, const SystemTrack& track) {
  json.begin_array();
  for (const auto& contribution : track.contributions) {
    json.begin_object();
    json.key("sensor").integer(std::uint64_t{contribution.sensor.value()});
    if (const auto* sensor = find_sensor(picture, contribution.sensor)) json.key("name").text(sensor->name);
    json.key("age_s").number(age_between(contribution.last, picture.time).seconds(), 3);
    json.key("reports").integer(std::uint64_t{contribution.reports});
    json.end_object();
  }
  json.end_array();
}

void write_identity(JsonWriter& json, const SystemTrack& track) {
  if (track.address) json.key("mode_s").text(view(hex_digits(track.address->value())));
  if (track.mode_a) json.key("mode3a").text(view(track.mode_a->digits()));
  if (track.identification) json.key("callsign").text(track.identification->text());
  if (track.emergency != 0) json.key("emergency").integer(std::uint64_t{track.emergency});
  if (track.special_position_identification) json.key("spi").boolean(true);
  if (track.on_ground) json.key("on_ground").boolean(true);
  if (track.simulated) json.key("simulated").boolean(true);
  if (track.primary_only) json.key("primary_only").boolean(true);
}

void write_kinematics(JsonWriter& json, const SystemTrack& track) {
  json.key("ve_mps").number(track.velocity_east.metres_per_second(), 2);
  json.key("vn_mps").number(track.velocity_north.metres_per_second(), 2);
  if (track.vertical_rate) json.key("vu_mps").number(track.vertical_rate->metres_per_second(), 2);
  if (track.pressure_altitude) json.key("flight_level").number(track.pressure_altitude->flight_level(), 2);
  const ErrorEllipse ellipse = error_ellipse(track.position_covariance);
  json.key("sigma_major_m").number(ellipse.sigma_major.metres(), 1);
  json.key("sigma_minor_m").number(ellipse.sigma_minor.metres(), 1);
  json.key("sigma_orientation_deg").number(ellipse.orientation.degrees(), 1);
}

/// Everything of a track but its position: the members that JSON and GeoJSON share.
void write_properties(JsonWriter& json, const AirPicture& picture, const SystemTrack& track) {
  json.key("id").integer(track.id.value());
  json.key("track_number").integer(std::uint64_t{track.track_number});
  json.key("state").text(name_of(track.state));
  json.key("height_is_geometric").boolean(track.height_is_geometric);
  write_kinematics(json, track);
  write_identity(json, track);
  json.key("existence").number(track.existence_probability, 4);
  json.key("age_s").number(age_between(track.initiated, picture.time).seconds(), 3);
  json.key("update_age_s").number(age_between(track.last_update, picture.time).seconds(), 3);
  json.key("contributions");
  write_contributions(json, picture, track);
}

void write_track(JsonWriter& json, const AirPicture& picture, const SystemTrack& track) {
  json.begin_object();
  json.key("lat").number(track.position.latitude.degrees(), 7);
  json.key("lon").number(track.position.longitude.degrees(), 7);
  json.key("height_m").number(track.position.height.metres(), 1);
  write_properties(json, picture, track);
  json.end_object();
}

void write_feature(JsonWriter& json, const AirPicture& picture, const SystemTrack& track) {
  json.begin_object();
  json.key("type").text("Feature");
  json.key("geometry").begin_object();
  json.key("type").text("Point");
  json.key("coordinates").begin_array();
  json.number(track.position.longitude.degrees(), 7);
  json.number(track.position.latitude.degrees(), 7);
  json.number(track.position.height.metres(), 1);
  json.end_array();
  json.end_object();
  json.key("properties").begin_object();
  write_properties(json, picture, track);
  json.end_object();
  json.end_object();
}

void write_time(JsonWriter& json, units::UtcTime time) {
  std::string iso;
  append_iso8601(iso, time);
  json.key("time").text(iso);
}

}  // namespace

void append_picture_json(std::string& out, const AirPicture& picture, const PublicationStatus& status) {
  JsonWriter json(out);
  json.begin_object();
  write_time(json, picture.time);
  json.key("t").number(picture.time.seconds_since_epoch(), 6);
  json.key("sequence").integer(picture.sequence);
  json.key("mode").text(name_of(status.mode));
  write_status_members(json, picture, status);
  json.key("tracks").begin_array();
  for (const auto& track : picture.tracks) write_track(json, picture, track);
  json.end_array();
  json.end_object();
}

void append_status_json(std::string& out, const AirPicture& picture, const PublicationStatus& status) {
  JsonWriter json(out);
  json.begin_object();
  write_status_members(json, picture, status);
  json.end_object();
}

void append_geojson(std::string& out, const AirPicture& picture) {
  JsonWriter json(out);
  json.begin_object();
  json.key("type").text("FeatureCollection");
  write_time(json, picture.time);
  json.key("features").begin_array();
  for (const auto& track : picture.tracks)
    if (is_alive(track) && has_usable_state(track)) write_feature(json, picture, track);
  json.end_array();
  json.end_object();
}

}  // namespace marsad::output
