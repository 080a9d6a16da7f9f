#include <algorithm>

#include "marsad/observation/mode_s/apply.hpp"
#include "marsad/wire/modes/altitude.hpp"
#include "marsad/wire/modes/extended_squitter.hpp"
#include "marsad/wire/modes/message.hpp"
#include "marsad/wire/modes/quality.hpp"

namespace marsad::observation::mode_s {

using units::Angle;
using units::Duration;
using units::Length;
using units::PressureAltitude;
using units::Speed;
using units::UtcTime;
using wire::modes::Register;
using wire::modes::SquitterKind;

namespace {

/// How long a reported speed bounds where the aircraft may be.
constexpr Duration kSpeedLife = Duration::seconds(30.0);
/// How old the other altitude may be when a difference between the two is added to it.
constexpr Duration kDifferenceLife = Duration::seconds(10.0);

template <class T, class U>
void set_if(Timed<T>& timed, const std::optional<U>& value, UtcTime now) {
  if (value) timed.set(static_cast<T>(*value), now);
}

/// In TIS-B and ADS-R the bit of NIC supplement B is the one that tells whose the address is.
bool has_supplement_b(SourceKind source) {
  return source == SourceKind::transponder || source == SourceKind::anonymous || source == SourceKind::multilateration;
}

void identify(Register me, Aircraft& aircraft, const Application& work) {
  const auto message = wire::modes::decode_identification(me);
  const auto set = static_cast<std::uint8_t>('E' - message.category_set);  // as type code: D 1, A 4
  aircraft.state.category.set(static_cast<std::uint8_t>(set << 4U | message.category), work.out.reception.receipt);
  if (message.legal) note_identification(aircraft, message.text(), true, work);
}

wire::modes::Integrity integrity_of(const AircraftState& state, unsigned type_code, bool b, const Application& work) {
  const UtcTime now = work.out.reception.receipt;
  const Quality& quality = state.quality;
  const Duration life = work.settings.supplement_life;
  return wire::modes::nic_of(type_code, quality.version.value(),
                             {.a = quality.nic_supplement_a.within(now, life),
                              .b = b,
                              .c = quality.nic_supplement_c.within(now, life),
                              .d = quality.nic_supplement_d.within(now, life)});
}

void locate(const wire::modes::cpr::Encoded& encoded, unsigned type_code, bool on_surface, bool supplement_b,
            Aircraft& aircraft, const Application& work) {
  AircraftState& state = aircraft.state;
  const UtcTime now = work.out.reception.receipt;
  const wire::modes::Integrity integrity = integrity_of(state, type_code, supplement_b, work);
  work.out.integrity = integrity;
  std::optional<Speed> speed;
  if (state.velocity.fresh(now, kSpeedLife)) speed = state.velocity.value().speed;
  const PositionOutcome outcome = aircraft.track.take(
      {.encoded = encoded, .time = now, .on_surface = on_surface, .speed = speed, .site = work.site},
      work.settings.positions);
  work.out.position_verdict = outcome.verdict;
  if (outcome.jumped) ++work.counters.jumps;
  if (outcome.verdict != PositionVerdict::resolved) return;
  ResolvedPosition position{.place = outcome.place,
                            .time = now,
                            .on_surface = on_surface,
                            .by_pair = outcome.by_pair,
                            .type_code = static_cast<std::uint8_t>(type_code),
                            .nic = integrity.nic,
                            .containment = {},
                            .previous = {}};
  if (state.position.known()) position.previous = state.position.time();
  if (integrity.rc_m) position.containment = Length::metres(*integrity.rc_m);
  state.position.set(position, now);
  work.out.position = position;
}

void apply_surface(Register me, Aircraft& aircraft, const Application& work) {
  AircraftState& state = aircraft.state;
  const UtcTime now = work.out.reception.receipt;
  const auto message = wire::modes::decode_surface_position(me);
  state.on_ground.set(true, now);
  const auto speed_kt = message.ground_speed_kt(state.quality.version.value());
  const bool is_stopped = speed_kt && *speed_kt == 0.0;
  if (speed_kt && (message.track_deg || is_stopped)) {
    const Angle track = Angle::degrees(message.track_deg.value_or(0.0));
    state.velocity.set({.speed = Speed::knots(*speed_kt), .track_angle = track, .supersonic = false}, now);
  }
  locate(message.cpr, message.type_code, true, false, aircraft, work);
}

void apply_airborne(Register me, Aircraft& aircraft, const Application& work) {
  AircraftState& state = aircraft.state;
  const UtcTime now = work.out.reception.receipt;
  const auto message = wire::modes::decode_airborne_position(me);
  constexpr std::uint8_t kSpecialPosition = 3;
  state.special_position_identification.set(message.surveillance_status == kSpecialPosition, now);
  if (!message.geometric()) {
    note_altitude(aircraft, wire::modes::with_m_bit(message.altitude_code), work);
  } else if (const auto height_ft = message.altitude_ft()) {
    state.geometric_height.set(Length::feet(*height_ft), now);
  }
  if (!message.has_position()) return;
  state.on_ground.set(false, now);
  const bool b = has_supplement_b(state.source) && message.nic_supplement_b;
  if (has_supplement_b(state.source)) state.quality.nic_supplement_b.set(b, now);
  locate(message.cpr, message.type_code, false, b, aircraft, work);
}

void apply_difference(AircraftState& state, double difference_ft, UtcTime now) {
  const Length difference = Length::feet(difference_ft);
  state.height_above_pressure_altitude.set(difference, now);
  if (state.pressure_altitude.fresh(now, kDifferenceLife))
    state.geometric_height.set(Length::metres(state.pressure_altitude.value().metres()) + difference, now);
}

void apply_motion(const wire::modes::AirborneVelocity& motion, AircraftState& state, UtcTime now) {
  constexpr std::uint8_t kSupersonicGround = 2;
  const auto speed_kt = motion.ground_speed_kt();
  if (speed_kt)
    state.velocity.set({.speed = Speed::knots(*speed_kt),
                        .track_angle = Angle::degrees(motion.track_deg().value_or(0.0)),
                        .supersonic = motion.subtype == kSupersonicGround},
                       now);
  if (motion.heading_deg) {
    state.heading.set(Angle::degrees(*motion.heading_deg), now);
    // Of true north only if the operational status of version 1 or later says nothing else.
    if (state.quality.version.value() == 0) state.heading_is_magnetic.set(true, now);
  }
  if (motion.airspeed_kt.value)
    state.airspeed.set({.speed = Speed::knots(*motion.airspeed_kt.value), .is_true = motion.true_airspeed}, now);
  if (motion.vertical_rate_ft_min.value) {
    auto& rate = motion.vertical_rate_barometric ? state.barometric_rate : state.geometric_rate;
    rate.set(Speed::feet_per_minute(*motion.vertical_rate_ft_min.value), now);
  }
  if (motion.geometric_minus_barometric_ft.value)
    apply_difference(state, *motion.geometric_minus_barometric_ft.value, now);
}

void apply_velocity(Register me, AircraftState& state, UtcTime now) {
  if (state.source == SourceKind::tis_b || state.source == SourceKind::tis_b_other) {
    const auto message = wire::modes::decode_tisb_velocity(me);
    apply_motion(message.velocity, state, now);
    state.quality.nacp.set(message.nac_p, now);
    set_if(state.quality.nacv, message.nac_v, now);
    set_if(state.quality.sil, message.sil, now);
    return;
  }
  constexpr unsigned kBeforeExtendedDifference = 2;  // in a rebroadcast message IMF takes one of its bits
  const unsigned version = state.quality.version.value();
  const auto message = wire::modes::decode_airborne_velocity(
      me, state.source == SourceKind::adsr ? std::min(version, kBeforeExtendedDifference) : version);
  set_if(state.quality.nic_supplement_d, message.nic_supplement_d, now);
  apply_motion(message, state, now);
  constexpr std::uint8_t kLastSubtype = 4;
  if (message.subtype < 1 || message.subtype > kLastSubtype) return;
  state.quality.nacv.set(message.nac_v, now);
  state.intent_change.set(message.intent_change, now);
}

void apply_status(Register me, Aircraft& aircraft, const Application& work) {
  if (wire::modes::decode_resolution_advisory_broadcast(me))
    aircraft.state.resolution_advisory.set(me.value(), work.out.reception.receipt);
  const auto status = wire::modes::decode_emergency_status(me);
  if (!status) return;
  aircraft.state.emergency.set(status->state, work.out.reception.receipt);
  if (status->mode_a != 0) note_mode_a(aircraft, status->mode_a, true, work);
}

void apply_target_state(Register me, AircraftState& state, UtcTime now) {
  const auto target = wire::modes::decode_target_state(me);
  if (!target) return;
  Quality& quality = state.quality;
  quality.nacp.set(target->nac_p, now);
  quality.nic_baro.set(target->nic_baro, now);
  quality.sil.set(target->sil, now);
  if (target->subtype == 0) {
    state.emergency.set(target->emergency, now);
  } else {
    quality.sil_per_sample.set(target->sil_per_sample, now);
  }
  if (target->selected_altitude_ft) {
    auto& altitude = target->altitude_from_fms ? state.intent.fms_altitude : state.intent.mcp_altitude;
    altitude.set(PressureAltitude::feet(*target->selected_altitude_ft), now);
  }
  set_if(state.intent.pressure_setting_hpa, target->pressure_setting_mb, now);
  if (target->selected_heading_deg && !target->heading_is_track)
    state.intent.selected_heading.set(Angle::degrees(*target->selected_heading_deg), now);
}

void apply_operational_status(Register me, AircraftState& state, UtcTime now) {
  const auto status = wire::modes::decode_operational_status(me);
  if (!status) return;
  Quality& quality = state.quality;
  quality.version.set(status->version, now);
  if (status->version == 0) return;
  state.operational_status.set(*status, now);
  quality.nic_supplement_a.set(status->nic_supplement_a, now);
  set_if(quality.nic_supplement_c, status->nic_supplement_c, now);
  quality.nacp.set(status->nac_p, now);
  set_if(quality.nacv, status->nac_v, now);
  set_if(quality.gva, status->gva, now);
  quality.sil.set(status->sil, now);
  set_if(quality.sda, status->sda, now);
  set_if(quality.nic_baro, status->nic_baro, now);
  if (status->version >= 2) quality.sil_per_sample.set(status->sil_per_sample, now);
  state.heading_is_magnetic.set(status->magnetic_north, now);
}

}  // namespace

void apply_squitter(const wire::modes::Frame& frame, Aircraft& aircraft, const Application& work) {
  const wire::modes::ExtendedSquitter squitter(frame);
  const UtcTime now = work.out.reception.receipt;
  AircraftState& state = aircraft.state;
  const Register me = squitter.message();
  if (!squitter.has_type_code()) {
    // Coarse TIS-B: the altitude is used, the position (163 m at best) is left to the radars that it comes from.
    note_altitude(aircraft, wire::modes::with_m_bit(wire::modes::decode_tisb_coarse(me).altitude_code), work);
    return;
  }
  switch (wire::modes::squitter_kind(squitter.type_code())) {
    case SquitterKind::identification:
      return identify(me, aircraft, work);
    case SquitterKind::surface_position:
      return apply_surface(me, aircraft, work);
    case SquitterKind::no_position:
      work.out.position_verdict = PositionVerdict::unavailable;
      work.out.integrity = wire::modes::Integrity{};
      [[fallthrough]];
    case SquitterKind::airborne_position:
      return apply_airborne(me, aircraft, work);
    case SquitterKind::airborne_velocity:
      return apply_velocity(me, state, now);
    case SquitterKind::aircraft_status:
      return apply_status(me, aircraft, work);
    case SquitterKind::target_state:
      return apply_target_state(me, state, now);
    case SquitterKind::operational_status:
      return apply_operational_status(me, state, now);
    case SquitterKind::test:
      if (const auto mode_a = wire::modes::decode_test(me).mode_a) note_mode_a(aircraft, *mode_a, true, work);
      return;
    default:
      return;
  }
}

}  // namespace marsad::observation::mode_s
