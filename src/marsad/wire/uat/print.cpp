#include "marsad/wire/uat/print.hpp"

#include "marsad/base/json_members.hpp"

namespace marsad::wire::uat {
namespace {

using base::JsonMembers;

constexpr int kPositionDecimals = 6;

void put(JsonMembers& json, std::string_view key, const std::optional<double>& value, int decimals = 1) {
  if (value) json.number(key, *value, decimals);
}
void put(JsonMembers& json, std::string_view key, const std::optional<std::uint8_t>& value) {
  if (value) json.integer(key, *value);
}
void put(JsonMembers& json, std::string_view key, const std::optional<bool>& value) {
  if (value) json.boolean(key, *value);
}
void put_if(JsonMembers& json, std::string_view key, bool value) {
  if (value) json.boolean(key, true);
}

std::string_view name_of(AddressQualifier qualifier) {
  constexpr std::array<std::string_view, 8> kNames{"adsb_icao",       "adsb_other",   "tisb_icao",  "tisb_track",
                                                   "surface_vehicle", "fixed_beacon", "adsr_other", "reserved"};
  return kNames[static_cast<std::size_t>(qualifier)];
}

std::string_view direction_key(GroundDirection kind) {
  constexpr std::array<std::string_view, 4> kNames{"", "track_deg", "magnetic_heading_deg", "true_heading_deg"};
  return kNames[static_cast<std::size_t>(kind)];
}

void put_position(JsonMembers& json, const Position& position) {
  json.number("lat", position.lat_deg, kPositionDecimals);
  json.number("lon", position.lon_deg, kPositionDecimals);
}

void append_state(JsonMembers& json, const StateVector& state) {
  put(json, "alt_ft", state.pressure_altitude_ft, 0);
  put(json, "geometric_height_ft", state.geometric_height_ft, 0);
  if (state.position) put_position(json, *state.position);
  json.boolean("surface", state.air_ground == AirGround::ground);
  put_if(json, "supersonic", state.air_ground == AirGround::supersonic);
  put(json, "gs_kt", state.ground_speed_kt);
  if (state.direction_deg) json.number(direction_key(state.direction_kind), *state.direction_deg, 1);
  put(json, "vrate_fpm", state.barometric_rate_ft_min, 0);
  put(json, "geometric_vrate_fpm", state.geometric_rate_ft_min, 0);
  json.integer("nic", state.nic);
  put(json, "size_code", state.size_code);
  put(json, "utc_coupled", state.utc_coupled);
  put(json, "tisb_site", state.tisb_site);
}

void append_status(JsonMembers& json, const ModeStatus& status) {
  if (!status.text().empty()) json.text(status.is_flight_plan ? "squawk" : "callsign", status.text());
  json.integer("emitter_category", status.emitter_category);
  json.integer("emergency", status.emergency);
  json.integer("version", status.version);
  json.integer("nacp", status.nac_p);
  json.integer("nacv", status.nac_v);
  json.integer("sil", status.sil);
  put(json, "sil_per_sample", status.sil_per_sample);
  put(json, "sda", status.sda);
  put(json, "gva", status.gva);
  json.boolean("nic_baro", status.nic_baro);
  put(json, "nic_supplement", status.nic_supplement);
  put(json, "single_antenna", status.single_antenna);
  put(json, "traffic_display", status.traffic_display);
  put(json, "uat_in", status.uat_in);
  put(json, "es_in", status.es_in);
  put_if(json, "tcas_operational", status.tcas_operational);
  put_if(json, "resolution_advisory", status.resolution_advisory);
  put_if(json, "ident", status.ident);
  put_if(json, "atc_services", status.atc_services);
}

void append_target(JsonMembers& json, const TargetState& target) {
  put(json, target.from_fms ? "fms_altitude_ft" : "mcp_altitude_ft", target.selected_altitude_ft, 0);
  put(json, "pressure_setting_mb", target.pressure_setting_mb);
  put(json, "selected_heading_deg", target.selected_heading_deg);
  if (!target.modes_known) return;
  json.boolean("autopilot", target.autopilot);
  json.boolean("vnav", target.vnav);
  json.boolean("altitude_hold", target.altitude_hold);
  json.boolean("approach", target.approach);
  json.boolean("lnav", target.lnav);
}

void append_product(JsonMembers& json, const Frame& frame) {
  const Product& product = *frame.product;
  json.integer("product", product.id);
  if (const auto name = product_name(product.id); !name.empty()) json.text("name", name);
  put(json, "month", product.month);
  put(json, "day", product.day);
  json.integer("hours", product.hours);
  json.integer("minutes", product.minutes);
  put(json, "seconds", product.seconds);
  put_if(json, "segmented", product.segmented);
  if (!has_text(product)) return;
  std::string text;
  append_product_text(text, frame);
  json.text("text", text);
}

}  // namespace

void append_members(std::string& out, const Downlink& message) {
  JsonMembers json(out);
  json.text("uat", "downlink");
  json.integer("type", message.type);
  json.hex(is_icao_address(message.qualifier) ? "icao" : "address", message.address, 6);
  json.text("qualifier", name_of(message.qualifier));
  if (message.status) append_status(json, *message.status);
  if (message.state) append_state(json, *message.state);
  if (message.target) append_target(json, *message.target);
}

void append_members(std::string& out, const Uplink& message) {
  JsonMembers json(out);
  json.text("uat", "uplink");
  put_position(json, message.station);
  json.boolean("position_valid", message.position_valid);
  json.boolean("utc_coupled", message.utc_coupled);
  json.integer("slot", message.slot);
  json.integer("tisb_site", message.tisb_site);
  if (message.damaged_octets > 0) json.integer("damaged_octets", static_cast<std::int64_t>(message.damaged_octets));
  if (!message.has_application_data) return;
  json.key("frames").push_back('[');
  for (const Frame& frame : message.frames) {
    out.append(&frame == message.frames.begin() ? "{" : ",{");
    JsonMembers members(out);
    members.integer("type", frame.type);
    members.integer("octets", static_cast<std::int64_t>(frame.data.size()));
    if (frame.product) append_product(members, frame);
    out.push_back('}');
  }
  out.push_back(']');
}

base::Result<bool> append_uat_json(std::string& out, const Line& line) {
  if (line.kind == Line::Kind::downlink) {
    const auto message = decode_downlink(line.message());
    if (!message) return message.error();
    out.push_back('{');
    append_members(out, *message);
  } else {
    const auto message = decode_uplink(line.message());
    if (!message) return message.error();
    out.push_back('{');
    append_members(out, *message);
  }
  out.push_back('}');
  return true;
}

}  // namespace marsad::wire::uat
