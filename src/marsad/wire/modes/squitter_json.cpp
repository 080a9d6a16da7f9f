#include "marsad/wire/modes/squitter_json.hpp"

#include <array>
#include <string_view>

#include "marsad/wire/modes/register_json.hpp"

namespace marsad::wire::modes {
namespace {

using base::JsonMembers;

void put(JsonMembers& json, std::string_view key, const std::optional<double>& value, int decimals = 0) {
  if (value) json.number(key, *value, decimals);
}
void put(JsonMembers& json, std::string_view key, const Scaled& value, int decimals = 0) {
  put(json, key, value.value, decimals);
}
void put(JsonMembers& json, std::string_view key, const std::optional<bool>& value) {
  if (value) json.boolean(key, *value);
}
void put(JsonMembers& json, std::string_view key, const std::optional<std::uint8_t>& value) {
  if (value) json.integer(key, *value);
}
void put_if(JsonMembers& json, std::string_view key, bool value) {
  if (value) json.boolean(key, true);
}

void put_cpr(JsonMembers& json, const cpr::Encoded& cpr) {
  json.boolean("cpr_odd", cpr.odd);
  json.integer("cpr_lat", cpr.lat);
  json.integer("cpr_lon", cpr.lon);
}

void put_mode_a(JsonMembers& json, std::uint16_t mode_a) {
  std::array<char, 4> digits;
  for (unsigned i = 0; i < 4; ++i)
    digits[i] = static_cast<char>('0' + (static_cast<unsigned>(mode_a) >> (9 - 3 * i) & 7U));
  json.text("squawk", {digits.data(), digits.size()});
}

void append_identification(JsonMembers& json, Register me) {
  const auto identification = decode_identification(me);
  json.text("callsign", identification.text());
  const std::array<char, 2> category{identification.category_set, static_cast<char>('0' + identification.category)};
  json.text("category", {category.data(), category.size()});
}

void append_surface(JsonMembers& json, Register me, unsigned version) {
  const auto position = decode_surface_position(me);
  json.boolean("surface", true);
  put(json, "gs_kt", position.ground_speed_kt(version), 3);
  put(json, "track_deg", position.track_deg, 1);
  put_cpr(json, position.cpr);
}

void append_airborne(JsonMembers& json, Register me) {
  const auto position = decode_airborne_position(me);
  put(json, position.geometric() ? "geometric_height_ft" : "alt_ft", position.altitude_ft());
  json.integer("surveillance_status", position.surveillance_status);
  if (position.has_position()) put_cpr(json, position.cpr);
}

void append_velocity(JsonMembers& json, Register me, unsigned version) {
  const auto velocity = decode_airborne_velocity(me, version);
  json.integer("subtype", velocity.subtype);
  put(json, "gs_kt", velocity.ground_speed_kt(), 1);
  put(json, "track_deg", velocity.track_deg(), 1);
  put(json, "heading_deg", velocity.heading_deg, 1);
  put(json, velocity.true_airspeed ? "tas_kt" : "ias_kt", velocity.airspeed_kt);
  put(json, velocity.vertical_rate_barometric ? "vrate_fpm" : "geometric_vrate_fpm", velocity.vertical_rate_ft_min);
  put(json, "geometric_minus_barometric_ft", velocity.geometric_minus_barometric_ft);
  json.integer("nacv", velocity.nac_v);
}

void append_status(JsonMembers& json, Register me) {
  json.integer("subtype", subtype_of(me));
  if (const auto emergency = decode_emergency_status(me)) {
    json.integer("emergency", emergency->state);
    if (emergency->mode_a != 0) put_mode_a(json, emergency->mode_a);
  } else if (const auto advisory = decode_resolution_advisory_broadcast(me)) {
    append_advisory_members(json, *advisory);
  }
}

void append_target(JsonMembers& json, Register me) {
  const auto target = decode_target_state(me);
  if (!target) return;
  json.integer("subtype", target->subtype);
  put(json, target->altitude_from_fms ? "fms_altitude_ft" : "mcp_altitude_ft", target->selected_altitude_ft);
  put(json, "pressure_setting_mb", target->pressure_setting_mb, 1);
  put(json, target->heading_is_track ? "selected_track_deg" : "selected_heading_deg", target->selected_heading_deg, 1);
  put(json, "autopilot", target->autopilot);
  put(json, "vnav", target->vnav);
  put(json, "altitude_hold", target->altitude_hold);
  put(json, "approach", target->approach);
  put(json, "lnav", target->lnav);
  json.boolean("acas_operational", target->acas_operational);
  json.integer("nacp", target->nac_p);
  json.boolean("nic_baro", target->nic_baro);
  json.integer("sil", target->sil);
}

void append_operational(JsonMembers& json, Register me) {
  const auto status = decode_operational_status(me);
  if (!status) return;
  json.integer("subtype", status->subtype);
  json.integer("version", status->version);
  json.boolean("nic_supplement_a", status->nic_supplement_a);
  put(json, "nic_supplement_c", status->nic_supplement_c);
  json.integer("nacp", status->nac_p);
  put(json, "nacv", status->nac_v);
  json.integer("sil", status->sil);
  put_if(json, "sil_per_sample", status->sil_per_sample);
  put(json, "sda", status->sda);
  put(json, "gva", status->gva);
  put(json, "nic_baro", status->nic_baro);
  put(json, "acas_operational", status->acas_operational);
  put_if(json, "resolution_advisory", status->resolution_advisory);
  put_if(json, "ident", status->ident);
  put_if(json, "magnetic_north", status->magnetic_north);
  if (const auto size = status->dimensions()) {
    put(json, "length_m", size->length_m, 1);
    put(json, "width_m", size->width_m, 1);
  }
}

}  // namespace

bool append_squitter_members(JsonMembers& json, Register me, unsigned version) {
  const unsigned type_code = type_code_of(me);
  const SquitterKind kind = squitter_kind(type_code);
  if (kind == SquitterKind::reserved) return false;
  json.integer("tc", type_code);
  switch (kind) {
    case SquitterKind::identification:
      append_identification(json, me);
      break;
    case SquitterKind::surface_position:
      append_surface(json, me, version);
      break;
    case SquitterKind::no_position:
    case SquitterKind::airborne_position:
      append_airborne(json, me);
      break;
    case SquitterKind::airborne_velocity:
      append_velocity(json, me, version);
      break;
    case SquitterKind::aircraft_status:
      append_status(json, me);
      break;
    case SquitterKind::target_state:
      append_target(json, me);
      break;
    case SquitterKind::operational_status:
      append_operational(json, me);
      break;
    default:
      break;
  }
  return true;
}

}  // namespace marsad::wire::modes
