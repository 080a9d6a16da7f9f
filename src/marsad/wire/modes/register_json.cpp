#include "marsad/wire/modes/register_json.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "marsad/wire/modes/altitude.hpp"
#include "marsad/wire/modes/extended_squitter.hpp"
#include "marsad/wire/modes/squitter_json.hpp"

namespace marsad::wire::modes {
namespace {

using base::JsonMembers;

void put(JsonMembers& json, std::string_view key, const std::optional<double>& value, int decimals = 0) {
  if (value) json.number(key, *value, decimals);
}
void put(JsonMembers& json, std::string_view key, const std::optional<bool>& value) {
  if (value) json.boolean(key, *value);
}
void put_if(JsonMembers& json, std::string_view key, bool value) {
  if (value) json.boolean(key, true);
}
void put(JsonMembers& json, std::string_view key, const std::optional<Severity>& value) {
  constexpr std::array<std::string_view, 4> kNames{"nil", "light", "moderate", "severe"};
  if (value) json.text(key, kNames[static_cast<std::size_t>(*value)]);
}
void put_consistent(JsonMembers& json, bool consistent) {
  if (!consistent) json.boolean("consistent", false);
}
/// Directions print clockwise from north, 0 to 360.
void put_direction(JsonMembers& json, std::string_view key, const std::optional<double>& value) {
  if (value) json.number(key, *value < 0 ? *value + 360.0 : *value, 1);
}

std::string_view without_blanks_at_end(std::string_view text) { return text.substr(0, text.find_last_not_of(' ') + 1); }

/// "4,0"
void append_bds(std::string& out, unsigned bds) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  out.push_back('"');
  out.push_back(kDigits[bds >> 4U & 0xFU]);
  out.push_back(',');
  out.push_back(kDigits[bds & 0xFU]);
  out.push_back('"');
}

template <class Announces>
void put_announced(JsonMembers& json, const Announces& announces) {
  std::string& out = json.key("registers");
  char mark = '[';
  for (unsigned bds = 1; bds <= 0xFF; ++bds) {
    if (!announces.has(bds)) continue;
    out.push_back(mark);
    append_bds(out, bds);
    mark = ',';
  }
  out.append(mark == '[' ? "[]" : "]");
}

/// The names of the bits that are set, the first name being that of the highest of `names.size()` bits.
void put_names(JsonMembers& json, std::string_view key, unsigned bits, std::span<const std::string_view> names) {
  std::string& out = json.key(key);
  char mark = '[';
  for (std::size_t i = 0; i < names.size(); ++i) {
    if ((bits >> (names.size() - 1 - i) & 1U) == 0) continue;
    out.push_back(mark);
    out.append("\"").append(names[i]).append("\"");
    mark = ',';
  }
  out.append(mark == '[' ? "[]" : "]");
}

void append_capability(JsonMembers& json, Register reg) {
  const auto capability = decode_bds_10(reg);
  put_consistent(json, capability.consistent);
  put_if(json, "continued", capability.continued);
  put_if(json, "overlay", capability.overlay);
  json.boolean("acas_operational", capability.acas_operational);
  json.integer("acas_code", capability.acas);
  json.integer("subnetwork_version", capability.subnetwork_version);
  put_if(json, "enhanced_protocol", capability.enhanced_protocol);
  json.boolean("specific_services", capability.specific_services);
  json.integer("uplink_elm", capability.uplink_elm);
  json.integer("downlink_elm", capability.downlink_elm);
  json.boolean("identification", capability.identification);
  put_if(json, "squitter", capability.squitter);
  json.boolean("surveillance_identifier", capability.surveillance_identifier);
  json.boolean("common_usage", capability.common_usage);
  json.hex("terminals", capability.terminals, 4);
}

void append_common_usage(JsonMembers& json, Register reg) {
  const auto capability = decode_bds_17(reg);
  put_consistent(json, capability.consistent);
  put_announced(json, capability);
}

void append_identification(JsonMembers& json, Register reg) {
  const auto identification = decode_bds_20(reg);
  put_consistent(json, identification.consistent);
  json.text("callsign", without_blanks_at_end(identification.view()));
}

void append_registration(JsonMembers& json, Register reg) {
  const auto registration = decode_bds_21(reg);
  put_consistent(json, registration.consistent);
  const auto text = [](const auto& letters) {
    return without_blanks_at_end(std::string_view(letters.data(), letters.size()));
  };
  if (registration.aircraft) json.text("registration", text(*registration.aircraft));
  if (registration.airline) json.text("airline", text(*registration.airline));
}

void append_advisory(JsonMembers& json, Register reg) {
  const auto advisory = decode_bds_30(reg);
  put_consistent(json, advisory.consistent);
  append_advisory_members(json, advisory);
}

void append_vertical_intention(JsonMembers& json, Register reg) {
  constexpr std::array<std::string_view, 4> kSources{"unknown", "aircraft", "mcp", "fms"};
  const auto intention = decode_bds_40(reg);
  put_consistent(json, intention.consistent);
  put(json, "mcp_altitude_ft", intention.mcp_altitude_ft);
  put(json, "fms_altitude_ft", intention.fms_altitude_ft);
  put(json, "pressure_setting_mb", intention.pressure_setting_mb, 1);
  put(json, "vnav", intention.vnav);
  put(json, "altitude_hold", intention.altitude_hold);
  put(json, "approach", intention.approach);
  if (intention.target_source) json.text("target_source", kSources[*intention.target_source]);
}

void append_routine(JsonMembers& json, Register reg) {
  constexpr std::array<std::string_view, 5> kSources{"invalid", "inertial", "gnss", "dme_dme", "vor_dme"};
  const auto report = decode_bds_44(reg);
  put_consistent(json, report.consistent);
  if (report.source < kSources.size()) json.text("source", kSources[report.source]);
  put(json, "wind_speed_kt", report.wind_speed_kt);
  put(json, "wind_from_deg", report.wind_from_deg, 1);
  json.number("air_temperature_c", report.air_temperature_c, 2);
  put(json, "static_pressure_hpa", report.static_pressure_hpa);
  put(json, "turbulence", report.turbulence);
  put(json, "humidity_percent", report.humidity_percent, 1);
}

void append_hazard(JsonMembers& json, Register reg) {
  const auto report = decode_bds_45(reg);
  put_consistent(json, report.consistent);
  put(json, "turbulence", report.turbulence);
  put(json, "wind_shear", report.wind_shear);
  put(json, "microburst", report.microburst);
  put(json, "icing", report.icing);
  put(json, "wake_vortex", report.wake_vortex);
  put(json, "air_temperature_c", report.air_temperature_c, 2);
  put(json, "static_pressure_hpa", report.static_pressure_hpa);
  put(json, "radio_height_ft", report.radio_height_ft);
}

void append_track_and_turn(JsonMembers& json, Register reg) {
  const auto track = decode_bds_50(reg);
  put_consistent(json, track.consistent);
  put(json, "roll_deg", track.roll_deg, 1);
  put_direction(json, "track_deg", track.true_track_deg);
  put(json, "gs_kt", track.ground_speed_kt);
  put(json, "track_rate_deg_s", track.track_rate_deg_s, 3);
  put(json, "tas_kt", track.true_airspeed_kt);
}

void append_air_state(JsonMembers& json, Register reg) {
  const auto state = decode_bds_53(reg);
  put_consistent(json, state.consistent);
  put_direction(json, "magnetic_heading_deg", state.magnetic_heading_deg);
  put(json, "ias_kt", state.indicated_airspeed_kt);
  put(json, "mach", state.mach, 3);
  put(json, "tas_kt", state.true_airspeed_kt, 1);
  put(json, "vrate_fpm", state.altitude_rate_ft_min);
}

void append_heading_and_speed(JsonMembers& json, Register reg) {
  const auto heading = decode_bds_60(reg);
  put_consistent(json, heading.consistent);
  put_direction(json, "magnetic_heading_deg", heading.magnetic_heading_deg);
  put(json, "ias_kt", heading.indicated_airspeed_kt);
  put(json, "mach", heading.mach, 3);
  put(json, "barometric_vrate_fpm", heading.barometric_rate_ft_min);
  put(json, "inertial_vrate_fpm", heading.inertial_rate_ft_min);
}

template <std::uint8_t Bds>
void append_services(JsonMembers& json, Register reg) {
  const auto capability = decode_services_capability(Bds, reg);
  put_consistent(json, capability.consistent);
  put_announced(json, capability);
}

/// Registers that are the contents of extended squitters. One that holds a squitter of another kind is inconsistent.
template <SquitterKind Kind>
void append_squitter(JsonMembers& json, Register reg) {
  const SquitterKind found = squitter_kind(type_code_of(reg));
  const bool empty = Kind == SquitterKind::airborne_position && found == SquitterKind::no_position;
  put_consistent(json, found == Kind || empty);
  if (found == Kind || empty) append_squitter_members(json, reg);
}

struct Printer {
  std::uint8_t bds;
  void (*append)(JsonMembers&, Register);
};

constexpr std::array kPrinters{
    Printer{0x05, append_squitter<SquitterKind::airborne_position>},
    Printer{0x06, append_squitter<SquitterKind::surface_position>},
    Printer{0x08, append_squitter<SquitterKind::identification>},
    Printer{0x09, append_squitter<SquitterKind::airborne_velocity>},
    Printer{0x61, append_squitter<SquitterKind::aircraft_status>},
    Printer{0x62, append_squitter<SquitterKind::target_state>},
    Printer{0x65, append_squitter<SquitterKind::operational_status>},
    Printer{0x10, append_capability},
    Printer{0x17, append_common_usage},
    Printer{0x18, append_services<0x18>},
    Printer{0x19, append_services<0x19>},
    Printer{0x1A, append_services<0x1A>},
    Printer{0x1B, append_services<0x1B>},
    Printer{0x1C, append_services<0x1C>},
    Printer{0x20, append_identification},
    Printer{0x21, append_registration},
    Printer{0x30, append_advisory},
    Printer{0x40, append_vertical_intention},
    Printer{0x44, append_routine},
    Printer{0x45, append_hazard},
    Printer{0x50, append_track_and_turn},
    Printer{0x53, append_air_state},
    Printer{0x60, append_heading_and_speed},
};

const Printer* printer_of(std::uint8_t bds) noexcept {
  const auto found = std::ranges::find(kPrinters, bds, &Printer::bds);
  return found == kPrinters.end() ? nullptr : &*found;
}

}  // namespace

void append_advisory_members(JsonMembers& json, const ResolutionAdvisory& advisory) {
  constexpr std::array<std::string_view, 6> kOneSense{"corrective",     "downward",          "increased_rate",
                                                      "sense_reversal", "altitude_crossing", "positive"};
  constexpr std::array<std::string_view, 6> kTwoSenses{"correct_upward", "climb",    "correct_downward",
                                                       "descend",        "crossing", "sense_reversal"};
  constexpr std::array<std::string_view, 4> kComplements{"not_below", "not_above", "not_left", "not_right"};
  constexpr unsigned kFirstBit = 0x2000;  // of the 14: all threats are evaded in one sense
  const bool one_sense = (advisory.active & kFirstBit) != 0;
  json.boolean("advisory_active", advisory.active != 0 && !advisory.terminated);
  if (one_sense || (advisory.multiple_threats && advisory.active != 0))
    put_names(json, "advisory", advisory.active >> 7U & 0x3FU, one_sense ? kOneSense : kTwoSenses);
  json.hex("advisory_code", advisory.active, 4);
  if (advisory.complements != 0) put_names(json, "complements", advisory.complements, kComplements);
  json.boolean("terminated", advisory.terminated);
  json.boolean("multiple_threats", advisory.multiple_threats);
  if (advisory.threat_address) json.hex("threat_icao", *advisory.threat_address, 6);
  if (advisory.threat_altitude_code) put(json, "threat_alt_ft", altitude_ft_13(*advisory.threat_altitude_code));
  put(json, "threat_range_nm", advisory.threat_range_nm, 1);
  put(json, "threat_bearing_deg", advisory.threat_bearing_deg);
}

bool is_decoded_register(std::uint8_t bds) noexcept { return printer_of(bds) != nullptr; }

bool append_register_members(JsonMembers& json, std::uint8_t bds, Register reg) {
  const Printer* printer = printer_of(bds);
  if (printer == nullptr) return false;
  printer->append(json, reg);
  return true;
}

void append_register_json(std::string& out, std::uint8_t bds, Register reg) {
  if (!is_decoded_register(bds)) return;
  out.push_back('{');
  JsonMembers json(out);
  append_bds(json.key("bds"), bds);
  append_register_members(json, bds, reg);
  out.push_back('}');
}

}  // namespace marsad::wire::modes
