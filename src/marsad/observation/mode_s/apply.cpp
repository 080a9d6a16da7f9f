#include "marsad/observation/mode_s/apply.hpp"

#include "marsad/wire/modes/altitude.hpp"
#include "marsad/wire/modes/message.hpp"

namespace marsad::observation::mode_s {

using units::Duration;
using units::Length;
using units::PressureAltitude;
using units::UtcTime;
using wire::modes::AltitudeCoding;
using wire::modes::Frame;

namespace {

/// How far two altitudes of one aircraft may lie apart: a margin for the coding and for errors, and what the fastest
/// climbers do (18,000 ft/min).
constexpr double kAltitudeMarginFt = 1'000.0;
constexpr double kGreatestRateFtS = 300.0;
/// After this a value is no longer evidence against a new one.
constexpr Duration kAltitudeLife = Duration::seconds(60.0);
constexpr Duration kIdentityLife = Duration::seconds(300.0);

Length apart(PressureAltitude a, PressureAltitude b) { return Length::metres(std::abs(a.metres() - b.metres())); }

bool is_reachable(const Timed<PressureAltitude>& from, PressureAltitude to, UtcTime now) {
  const double elapsed_s = std::abs(from.age(now).seconds());
  return apart(from.value(), to) <= Length::feet(kAltitudeMarginFt + kGreatestRateFtS * elapsed_s);
}

/// Whether `value` may be believed, given what was believed before; if not, it waits to be said again.
template <class T>
bool is_believed(const Timed<T>& known, Candidate<T>& candidate, const T& value, bool proved, UtcTime now) {
  const bool said_before = candidate.waiting && candidate.value == value;
  if (proved || said_before || (known.fresh(now, kIdentityLife) && known.value() == value)) {
    candidate.waiting = false;
    return true;
  }
  candidate = {value, true};
  return false;
}

void note_flight_status(Aircraft& aircraft, wire::modes::FlightStatus status, UtcTime now) {
  if (const auto on_ground = status.on_ground()) aircraft.state.on_ground.set(*on_ground, now);
  if (status.code() <= 5) aircraft.state.special_position_identification.set(status.special_position(), now);
}

}  // namespace

void note_altitude(Aircraft& aircraft, std::uint16_t code13, const Application& work) {
  const std::optional<double> altitude_ft = wire::modes::altitude_ft_13(code13);
  if (!altitude_ft) return;
  const UtcTime now = work.out.reception.receipt;
  const PressureAltitude altitude = PressureAltitude::feet(*altitude_ft);
  AircraftState& state = aircraft.state;
  Candidate<PressureAltitude>& candidate = aircraft.altitude_candidate;
  const bool contradicts =
      state.pressure_altitude.fresh(now, kAltitudeLife) && !is_reachable(state.pressure_altitude, altitude, now);
  const bool said_before = candidate.waiting && apart(candidate.value, altitude) <= Length::feet(kAltitudeMarginFt);
  if (contradicts && !said_before) {
    candidate = {altitude, true};
    work.out.doubts.altitude = true;
    ++work.counters.doubtful_altitudes;
    return;
  }
  candidate.waiting = false;
  state.pressure_altitude.set(altitude, now);
  state.altitude_in_25_ft.set(wire::modes::altitude_coding_13(code13) == AltitudeCoding::steps_25_ft, now);
}

void note_mode_a(Aircraft& aircraft, std::uint16_t bits, bool proved, const Application& work) {
  const UtcTime now = work.out.reception.receipt;
  const ModeACode code = ModeACode::from_bits(bits);
  Timed<ModeACode>& known = aircraft.state.mode_a;
  if (is_believed(known, aircraft.mode_a_candidate, code, proved, now)) return known.set(code, now);
  if (!known.fresh(now, kIdentityLife)) return;
  work.out.doubts.mode_a = true;
  ++work.counters.doubtful_mode_a;
}

void note_identification(Aircraft& aircraft, std::string_view text, bool proved, const Application& work) {
  const UtcTime now = work.out.reception.receipt;
  const auto identification = AircraftIdentification::from_text(text);
  if (identification.empty()) return;
  Timed<AircraftIdentification>& known = aircraft.state.identification;
  if (is_believed(known, aircraft.identification_candidate, identification, proved, now))
    return known.set(identification, now);
  if (!known.fresh(now, kIdentityLife)) return;
  work.out.doubts.identification = true;
  ++work.counters.doubtful_identifications;
}

void apply(const Frame& frame, Aircraft& aircraft, const Application& work) {
  const UtcTime now = work.out.reception.receipt;
  if (!wire::modes::is_consistent(frame)) {
    work.out.doubts.reserved = true;
    ++work.counters.inconsistent;
    return;
  }
  switch (frame.downlink_format()) {
    case 0:
    case 16: {
      const wire::modes::ShortAirAir air(frame);
      aircraft.state.on_ground.set(air.on_ground(), now);
      return note_altitude(aircraft, air.altitude_code(), work);
    }
    case 11:
      if (const auto on_ground = wire::modes::AllCall(frame).on_ground()) aircraft.state.on_ground.set(*on_ground, now);
      return;
    case 17:
    case 18:
    case 19:
      return apply_squitter(frame, aircraft, work);
    case 4:
    case 20: {
      const wire::modes::SurveillanceAltitude reply(frame);
      note_flight_status(aircraft, reply.flight_status(), now);
      note_altitude(aircraft, reply.altitude_code(), work);
      break;
    }
    case 5:
    case 21: {
      const wire::modes::SurveillanceIdentity reply(frame);
      note_flight_status(aircraft, reply.flight_status(), now);
      note_mode_a(aircraft, reply.mode_a(), false, work);
      break;
    }
    default:
      return;
  }
  if (frame.is_long()) apply_register(frame, aircraft, work);
}

}  // namespace marsad::observation::mode_s
