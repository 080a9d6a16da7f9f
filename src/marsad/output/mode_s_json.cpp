#include "marsad/output/mode_s_json.hpp"

#include <array>
#include <optional>
#include <string_view>

#include "marsad/output/member_writer.hpp"
#include "marsad/wire/modes/altitude.hpp"
#include "marsad/wire/modes/extended_squitter.hpp"
#include "marsad/wire/modes/message.hpp"
#include "marsad/wire/modes/parity.hpp"
#include "marsad/wire/modes/register_inference.hpp"
#include "marsad/wire/modes/register_json.hpp"

namespace marsad::output {
namespace {

using observation::mode_s::Outcome;
using observation::mode_s::ParityState;
using observation::mode_s::PositionVerdict;
using observation::mode_s::SourceKind;
using observation::mode_s::Verdict;
using wire::modes::ExtendedSquitter;
using wire::modes::Frame;
using wire::modes::Register;
using wire::modes::SquitterKind;

std::string_view name_of(ParityState parity) noexcept {
  switch (parity) {
    case ParityState::ok:
      return "ok";
    case ParityState::corrected:
      return "corrected";
    case ParityState::address:
      return "address";
    case ParityState::failed:
      break;
  }
  return "failed";
}

void put_if(MemberWriter& write, std::string_view name, const std::optional<double>& value, int decimals) {
  if (value) write.number(name, *value, decimals);
}
void put_if(MemberWriter& write, std::string_view name, const std::optional<bool>& value) {
  if (value) write.boolean(name, *value);
}
void put_if(MemberWriter& write, std::string_view name, const std::optional<std::uint8_t>& value) {
  if (value) write.integer(name, *value);
}

void put_time(MemberWriter& write, const Outcome& outcome, bool has_time) {
  if (!has_time) return write.null("t");
  const std::int64_t nanoseconds = outcome.reception.receipt.nanoseconds_since_epoch();
  write.nanoseconds("t", nanoseconds);
}

void put_head(MemberWriter& write, const Outcome& outcome, const ModeSJsonOptions& options) {
  put_time(write, outcome, options.has_time);
  const Frame& frame = *outcome.frame;
  write.integer("df", frame.downlink_format());
  if (options.hex) {
    if (frame.is_long()) {
      write.hexadecimal("hex", frame.high(), 16, frame.low() >> 16U, 12);
    } else {
      write.hexadecimal("hex", frame.high() >> 8U, 14);
    }
  }
  if (outcome.address) write.hexadecimal("icao", outcome.address->value(), 6);
  write.text("crc", name_of(outcome.parity));
  if (outcome.verdict != Verdict::accepted) write.text("verdict", observation::mode_s::name_of(outcome.verdict));
  if (outcome.source != SourceKind::transponder) write.text("source", observation::mode_s::name_of(outcome.source));
}

void put_doubts(MemberWriter& write, const Outcome& outcome) {
  if (!outcome.doubts.any()) return;
  write.begin_list("doubt");
  if (outcome.doubts.altitude) write.element("altitude");
  if (outcome.doubts.mode_a) write.element("squawk");
  if (outcome.doubts.identification) write.element("callsign");
  if (outcome.doubts.reserved) write.element("reserved");
  write.end_list();
}

void put_mode_ac(MemberWriter& write, const Outcome& outcome, const ModeSJsonOptions& options) {
  put_time(write, outcome, options.has_time);
  const auto reply = wire::modes::decode_mode_ac(outcome.mode_ac);
  write.octal("mode_ac", reply.mode_a);
  if (reply.special_position) write.boolean("spi", true);
  put_if(write, "alt_ft", reply.altitude_ft, 0);
}

void put_air_air(MemberWriter& write, const Frame& frame) {
  const wire::modes::LongAirAir air(frame);
  write.boolean("surface", air.on_ground());
  write.integer("sl", air.sensitivity_level());
  write.integer("ri", air.reply_information());
  if (!frame.is_long()) write.boolean("cc", wire::modes::ShortAirAir(frame).cross_link());
  put_if(write, "alt_ft", air.altitude_ft(), 0);
  if (frame.is_long()) write.hexadecimal("mv", frame.payload(), 14);
}

void put_flight_status(MemberWriter& write, const wire::modes::SurveillanceAltitude& reply) {
  const auto status = reply.flight_status();
  write.integer("fs", status.code());
  put_if(write, "surface", status.on_ground());
  if (status.alert()) write.boolean("alert", true);
  if (status.special_position()) write.boolean("spi", true);
  write.integer("dr", reply.downlink_request());
  write.integer("um", reply.utility_message());
}

void put_surveillance(MemberWriter& write, const Frame& frame) {
  const wire::modes::SurveillanceAltitude altitude(frame);
  put_flight_status(write, altitude);
  if (frame.downlink_format() % 2 == 0) {
    put_if(write, "alt_ft", altitude.altitude_ft(), 0);
  } else {
    write.octal("squawk", wire::modes::SurveillanceIdentity(frame).mode_a());
  }
  if (frame.is_long()) write.hexadecimal("mb", frame.payload(), 14);
}

/// What the register of a Comm-B reply is taken for, and what it then says. For a reply that was not accepted nothing
/// is known of the aircraft but its altitude.
void put_register(std::string& out, MemberWriter& write, const Outcome& outcome) {
  const Frame& frame = *outcome.frame;
  const Register message(frame.payload());
  wire::modes::RegisterGuesses guesses = outcome.guesses;
  if (outcome.verdict != Verdict::accepted) {
    wire::modes::RegisterContext context;
    if (frame.downlink_format() == 20) context.altitude_ft = wire::modes::CommBAltitude(frame).altitude_ft();
    guesses = wire::modes::infer_register(message, context);
  }
  const auto bds = wire::modes::believed_register(guesses, 0.5);
  if (!bds) return;
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  const std::array<char, 3> name{kDigits[*bds >> 4U], ',', kDigits[*bds & 0xFU]};
  write.text("bds", {name.data(), name.size()});
  write.number("bds_probability", guesses[0].probability, 4);
  if (!wire::modes::is_decoded_register(*bds)) return;
  write.flush();
  out += ",\"register\":";
  wire::modes::append_register_json(out, *bds, message);
}

void put_all_call(MemberWriter& write, const Outcome& outcome) {
  const wire::modes::AllCall reply(*outcome.frame);
  write.integer("ca", reply.capability());
  put_if(write, "surface", reply.on_ground());
  if (outcome.parity == ParityState::failed) return;
  const auto interrogator = wire::modes::interrogator_of(wire::modes::parity_syndrome(*outcome.frame));
  if (interrogator && (interrogator->surveillance || interrogator->code != 0))
    write.integer(interrogator->surveillance ? "si" : "ii", interrogator->code);
}

void put_comm_d(MemberWriter& write, const Frame& frame) {
  const wire::modes::CommD message(frame);
  write.boolean("ke", message.acknowledgement());
  write.integer("nd", message.segment());
  write.hexadecimal("md", message.message_head(), 4, message.message_tail(), 16);
}

void put_position(MemberWriter& write, const Outcome& outcome, const wire::modes::cpr::Encoded& cpr) {
  if (outcome.position) {
    write.number("lat", outcome.position->place.latitude.degrees(), 6);
    write.number("lon", outcome.position->place.longitude.degrees(), 6);
    write.text("cpr", outcome.position->by_pair ? "global" : "local");
  } else if (outcome.position_verdict != PositionVerdict::none) {
    write.text("position", observation::mode_s::name_of(outcome.position_verdict));
  }
  write.integer("cpr_odd", cpr.odd ? 1 : 0);
  write.integer("cpr_lat", cpr.lat);
  write.integer("cpr_lon", cpr.lon);
}

void put_integrity(MemberWriter& write, const Outcome& outcome) {
  if (!outcome.integrity) return;
  write.integer("nic", outcome.integrity->nic);
  put_if(write, "rc_m", outcome.integrity->rc_m, 1);
}

void put_identification(MemberWriter& write, Register me) {
  const auto message = wire::modes::decode_identification(me);
  if (!message.text().empty()) write.text("callsign", message.text());
  const std::array<char, 2> category{message.category_set, static_cast<char>('0' + message.category)};
  write.text("category", {category.data(), category.size()});
}

void put_surface_position(MemberWriter& write, const Outcome& outcome, Register me) {
  const auto message = wire::modes::decode_surface_position(me);
  const unsigned version = outcome.aircraft != nullptr ? outcome.aircraft->quality.version.value() : 0U;
  write.boolean("surface", true);
  put_if(write, "gs_kt", message.ground_speed_kt(version), 3);
  if (message.movement() == wire::modes::Movement::above_175_kt) write.boolean("gs_beyond", true);
  put_if(write, "track_deg", message.track_deg, 2);
  put_position(write, outcome, message.cpr);
  put_integrity(write, outcome);
}

void put_airborne_position(MemberWriter& write, const Outcome& outcome, Register me) {
  const auto message = wire::modes::decode_airborne_position(me);
  if (message.has_position()) write.boolean("surface", false);
  put_if(write, message.geometric() ? "alt_geom_ft" : "alt_ft", message.altitude_ft(), 0);
  write.integer("ss", message.surveillance_status);
  const bool own = outcome.source == SourceKind::transponder || outcome.source == SourceKind::anonymous;
  if (message.has_position() && own) write.boolean("nic_b", message.nic_supplement_b);
  if (message.has_position()) put_position(write, outcome, message.cpr);
  put_integrity(write, outcome);
}

void put_scaled(MemberWriter& write, std::string_view name, std::string_view beyond,
                const wire::modes::Scaled& scaled) {
  put_if(write, name, scaled.value, 0);
  if (scaled.saturated) write.boolean(beyond, true);
}

void put_motion(MemberWriter& write, const wire::modes::AirborneVelocity& motion) {
  write.integer("subtype", motion.subtype);
  put_if(write, "gs_kt", motion.ground_speed_kt(), 1);
  if (motion.east_kt.saturated || motion.north_kt.saturated) write.boolean("gs_beyond", true);
  put_if(write, "track_deg", motion.track_deg(), 2);
  put_if(write, "heading_deg", motion.heading_deg, 2);
  put_scaled(write, motion.true_airspeed ? "tas_kt" : "ias_kt", motion.true_airspeed ? "tas_beyond" : "ias_beyond",
             motion.airspeed_kt);
  put_scaled(write, "vrate_fpm", "vrate_beyond", motion.vertical_rate_ft_min);
  if (motion.vertical_rate_ft_min.value) write.text("vrate_source", motion.vertical_rate_barometric ? "baro" : "geom");
  put_scaled(write, "geom_minus_baro_ft", "geom_minus_baro_beyond", motion.geometric_minus_barometric_ft);
}

void put_velocity(MemberWriter& write, const Outcome& outcome, Register me) {
  if (outcome.source == SourceKind::tis_b || outcome.source == SourceKind::tis_b_other) {
    const auto message = wire::modes::decode_tisb_velocity(me);
    put_motion(write, message.velocity);
    write.integer("nacp", message.nac_p);
    put_if(write, "nacv", message.nac_v);
    put_if(write, "sil", message.sil);
    return;
  }
  const bool knows_version = outcome.aircraft != nullptr && outcome.source != SourceKind::adsr;
  const unsigned version = knows_version ? outcome.aircraft->quality.version.value() : 0;
  const auto message = wire::modes::decode_airborne_velocity(me, version);
  put_motion(write, message);
  write.integer("nacv", message.nac_v);
}

void put_aircraft_status(MemberWriter& write, Register me) {
  write.integer("subtype", wire::modes::subtype_of(me));
  const auto status = wire::modes::decode_emergency_status(me);
  if (!status) return;
  write.integer("emergency", status->state);
  if (status->mode_a != 0) write.octal("squawk", status->mode_a);
}

void put_target_state(MemberWriter& write, Register me) {
  const auto target = wire::modes::decode_target_state(me);
  if (!target) return;
  write.integer("subtype", target->subtype);
  put_if(write, "selected_altitude_ft", target->selected_altitude_ft, 0);
  if (target->selected_altitude_ft && target->subtype == 1)
    write.text("selected_altitude_source", target->altitude_from_fms ? "fms" : "mcp");
  put_if(write, "qnh_mb", target->pressure_setting_mb, 1);
  put_if(write, target->heading_is_track ? "selected_track_deg" : "selected_heading_deg", target->selected_heading_deg,
         2);
  put_if(write, "autopilot", target->autopilot);
  put_if(write, "vnav", target->vnav);
  put_if(write, "altitude_hold", target->altitude_hold);
  put_if(write, "approach", target->approach);
  put_if(write, "lnav", target->lnav);
  write.boolean("acas", target->acas_operational);
  write.integer("nacp", target->nac_p);
  write.boolean("nic_baro", target->nic_baro);
  write.integer("sil", target->sil);
  if (target->subtype == 0) write.integer("emergency", target->emergency);
}

void put_operational_status(MemberWriter& write, Register me) {
  const auto status = wire::modes::decode_operational_status(me);
  if (!status) return;
  write.integer("subtype", status->subtype);
  write.integer("version", status->version);
  write.hexadecimal("capability_class", status->capability_class, 4);
  write.hexadecimal("operational_mode", status->operational_mode, 4);
  if (status->version == 0) return;
  write.boolean("nic_a", status->nic_supplement_a);
  put_if(write, "nic_c", status->nic_supplement_c);
  write.integer("nacp", status->nac_p);
  put_if(write, "nacv", status->nac_v);
  put_if(write, "gva", status->gva);
  write.integer("sil", status->sil);
  if (status->version >= 2) write.text("sil_per", status->sil_per_sample ? "sample" : "hour");
  put_if(write, "sda", status->sda);
  put_if(write, "nic_baro", status->nic_baro);
  put_if(write, "acas", status->acas_operational);
  write.boolean("magnetic_north", status->magnetic_north);
  if (const auto dimensions = status->dimensions()) {
    put_if(write, "length_m", dimensions->length_m, 1);
    put_if(write, "width_m", dimensions->width_m, 1);
  }
}

void put_coarse(MemberWriter& write, Register me) {
  const auto message = wire::modes::decode_tisb_coarse(me);
  put_if(write, "alt_ft", message.altitude_ft(), 0);
  put_if(write, "track_deg", message.track_deg, 2);
  put_if(write, "gs_kt", message.ground_speed_kt(), 1);
}

void put_squitter(MemberWriter& write, const Outcome& outcome) {
  const ExtendedSquitter squitter(*outcome.frame);
  write.integer(outcome.frame->downlink_format() == 17 ? "ca" : "cf", squitter.subfield());
  // What a damaged squitter says is not worth saying.
  if (outcome.parity == ParityState::failed) return;
  const Register me = squitter.message();
  if (squitter.source() == wire::modes::SquitterSource::tisb_coarse) return put_coarse(write, me);
  if (!squitter.has_type_code()) return;
  write.integer("tc", squitter.type_code());
  switch (wire::modes::squitter_kind(squitter.type_code())) {
    case SquitterKind::identification:
      return put_identification(write, me);
    case SquitterKind::surface_position:
      return put_surface_position(write, outcome, me);
    case SquitterKind::no_position:
    case SquitterKind::airborne_position:
      return put_airborne_position(write, outcome, me);
    case SquitterKind::airborne_velocity:
      return put_velocity(write, outcome, me);
    case SquitterKind::aircraft_status:
      return put_aircraft_status(write, me);
    case SquitterKind::target_state:
      return put_target_state(write, me);
    case SquitterKind::operational_status:
      return put_operational_status(write, me);
    case SquitterKind::test:
      if (const auto mode_a = wire::modes::decode_test(me).mode_a) write.octal("squawk", *mode_a);
      return;
    default:
      return;
  }
}

void put_message(MemberWriter& write, const Outcome& outcome) {
  const Frame& frame = *outcome.frame;
  switch (frame.downlink_format()) {
    case 0:
    case 16:
      return put_air_air(write, frame);
    case 4:
    case 5:
    case 20:
    case 21:
      return put_surveillance(write, frame);
    case 11:
      return put_all_call(write, outcome);
    case 17:
    case 18:
      return put_squitter(write, outcome);
    case 24:
      return put_comm_d(write, frame);
    default:
      return;
  }
}

}  // namespace

void append_mode_s_json(std::string& out, const Outcome& outcome, const ModeSJsonOptions& options) {
  MemberWriter write(out);
  write.begin();
  if (outcome.frame) {
    put_head(write, outcome, options);
    put_doubts(write, outcome);
    put_message(write, outcome);
  } else if (outcome.verdict == Verdict::mode_ac) {
    put_mode_ac(write, outcome, options);
  } else {
    put_time(write, outcome, options.has_time);
    write.text("verdict", observation::mode_s::name_of(outcome.verdict));
  }
  const bool is_reply =
      outcome.frame && (outcome.frame->downlink_format() == 20 || outcome.frame->downlink_format() == 21);
  if (options.registers && is_reply) put_register(out, write, outcome);
  write.end();
}

}  // namespace marsad::output
