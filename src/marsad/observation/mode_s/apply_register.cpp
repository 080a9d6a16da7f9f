#include <array>
#include <optional>

#include "marsad/observation/mode_s/apply.hpp"
#include "marsad/wire/modes/register.hpp"
#include "marsad/wire/modes/register_inference.hpp"

namespace marsad::observation::mode_s {

using units::Angle;
using units::Duration;
using units::PressureAltitude;
using units::Speed;
using units::UtcTime;
using wire::modes::Register;
using wire::modes::RegisterContext;

namespace {

/// How old what is known of the aircraft may be to weigh a register against it.
constexpr Duration kContextLife = Duration::seconds(10.0);

/// Speed and track: by ADS-B, else by an earlier BDS 5,0, neither if they are old. What turned since would be held
/// against the next one.
void refresh_motion(Aircraft& aircraft, UtcTime now) {
  RegisterContext& context = aircraft.registers;
  if (const auto velocity = aircraft.state.velocity.within(now, kContextLife)) {
    context.ground_speed_kt = velocity->speed.knots();
    context.true_track_deg = velocity->track_angle.degrees();
  } else if (!aircraft.register_motion || now - *aircraft.register_motion > kContextLife) {
    context.ground_speed_kt.reset();
    context.true_track_deg.reset();
  }
}

void refresh(Aircraft& aircraft, UtcTime now) {
  RegisterContext& context = aircraft.registers;
  const AircraftState& state = aircraft.state;
  context.altitude_ft.reset();
  context.vertical_rate_ft_min.reset();
  if (const auto altitude = state.pressure_altitude.within(now, kContextLife)) context.altitude_ft = altitude->feet();
  if (const auto rate = state.barometric_rate.within(now, kContextLife))
    context.vertical_rate_ft_min = rate->feet_per_minute();
  refresh_motion(aircraft, now);
  if (!state.identification.known()) return;
  std::array<char, 8> letters{};
  letters.fill(' ');
  state.identification.value().text().copy(letters.data(), letters.size());
  context.identification = letters;
}

void apply_intention(const wire::modes::SelectedVerticalIntention& intention, Intent& intent, UtcTime now) {
  if (intention.mcp_altitude_ft) intent.mcp_altitude.set(PressureAltitude::feet(*intention.mcp_altitude_ft), now);
  if (intention.fms_altitude_ft) intent.fms_altitude.set(PressureAltitude::feet(*intention.fms_altitude_ft), now);
  if (intention.pressure_setting_mb) intent.pressure_setting_hpa.set(*intention.pressure_setting_mb, now);
}

void apply_turn(const wire::modes::TrackAndTurn& turn, AirData& data, UtcTime now) {
  if (turn.roll_deg) data.roll.set(Angle::degrees(*turn.roll_deg), now);
  if (turn.true_airspeed_kt)
    data.true_airspeed.set({.speed = Speed::knots(*turn.true_airspeed_kt), .is_true = true}, now);
}

void apply_heading(const wire::modes::HeadingAndSpeed& heading, AirData& data, UtcTime now) {
  if (heading.magnetic_heading_deg) data.magnetic_heading.set(Angle::degrees(*heading.magnetic_heading_deg), now);
  if (heading.indicated_airspeed_kt)
    data.indicated_airspeed.set({.speed = Speed::knots(*heading.indicated_airspeed_kt), .is_true = false}, now);
  if (heading.mach) data.mach.set(*heading.mach, now);
  if (heading.barometric_rate_ft_min)
    data.barometric_rate.set(Speed::feet_per_minute(*heading.barometric_rate_ft_min), now);
  if (heading.inertial_rate_ft_min) data.inertial_rate.set(Speed::feet_per_minute(*heading.inertial_rate_ft_min), now);
}

}  // namespace

void apply_register(const wire::modes::Frame& frame, Aircraft& aircraft, const Application& work) {
  if (!work.settings.registers) return;
  const Register message(frame.payload());
  const UtcTime now = work.out.reception.receipt;
  AircraftState& state = aircraft.state;
  refresh(aircraft, now);
  work.out.guesses = wire::modes::infer_register(message, aircraft.registers);
  const std::optional<std::uint8_t> bds = wire::modes::believed_register(work.out.guesses);
  if (!bds) return;
  ++work.counters.believed_registers;
  const bool has_velocity = state.velocity.fresh(now, kContextLife);
  wire::modes::remember_register(aircraft.registers, *bds, message, !has_velocity);
  if (*bds == 0x50 && !has_velocity) aircraft.register_motion = now;
  switch (*bds) {
    case 0x20:
      return note_identification(aircraft, wire::modes::decode_bds_20(message).view(), false, work);
    case 0x40:
      return apply_intention(wire::modes::decode_bds_40(message), state.intent, now);
    case 0x50:
      return apply_turn(wire::modes::decode_bds_50(message), state.air_data, now);
    case 0x60:
      return apply_heading(wire::modes::decode_bds_60(message), state.air_data, now);
    default:
      return;
  }
}

}  // namespace marsad::observation::mode_s
