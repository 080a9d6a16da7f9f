#include <optional>

#include "marsad/observation/adsb_report.hpp"
#include "marsad/observation/translation.hpp"
#include "marsad/wire/uat/downlink.hpp"
#include "marsad/wire/uat/line.hpp"

/// Messages of 978 MHz transceivers as lines of dump978. Each holds all that it means: nothing has to be remembered.
namespace marsad::observation {

using mode_s::AircraftState;
using mode_s::SourceKind;
using units::Angle;
using units::Length;
using units::PressureAltitude;
using units::Speed;
using units::UtcTime;
using wire::uat::AddressQualifier;
using wire::uat::Downlink;
using wire::uat::StateVector;

namespace {

SourceKind source_of(AddressQualifier qualifier) {
  switch (qualifier) {
    case AddressQualifier::adsb_icao:
      return SourceKind::transponder;
    case AddressQualifier::tisb_icao:
      return SourceKind::tis_b;
    case AddressQualifier::tisb_track:
      return SourceKind::tis_b_other;
    case AddressQualifier::adsr_other:
      return SourceKind::adsr_other;
    default:
      return SourceKind::anonymous;
  }
}

void learn_motion(AircraftState& state, const StateVector& vector, UtcTime time) {
  if (vector.pressure_altitude_ft)
    state.pressure_altitude.set(PressureAltitude::feet(*vector.pressure_altitude_ft), time);
  if (vector.geometric_height_ft) state.geometric_height.set(Length::feet(*vector.geometric_height_ft), time);
  const bool is_track = vector.direction_kind == wire::uat::GroundDirection::true_track ||
                        vector.air_ground != wire::uat::AirGround::ground;
  if (vector.ground_speed_kt && vector.direction_deg && is_track)
    state.velocity.set({.speed = Speed::knots(*vector.ground_speed_kt),
                        .track_angle = Angle::degrees(*vector.direction_deg),
                        .supersonic = vector.air_ground == wire::uat::AirGround::supersonic},
                       time);
  if (vector.barometric_rate_ft_min)
    state.barometric_rate.set(Speed::feet_per_minute(*vector.barometric_rate_ft_min), time);
  if (vector.geometric_rate_ft_min)
    state.geometric_rate.set(Speed::feet_per_minute(*vector.geometric_rate_ft_min), time);
}

void learn_status(AircraftState& state, const wire::uat::ModeStatus& status, UtcTime time) {
  const std::string_view text = status.text();
  if (!status.is_flight_plan) {
    const auto identification = AircraftIdentification::from_text(text);
    if (!identification.empty()) state.identification.set(identification, time);
  } else if (const auto code = ModeACode::parse(text)) {
    state.mode_a.set(*code, time);
  }
  state.emergency.set(status.emergency, time);
  state.special_position_identification.set(status.ident, time);
  state.quality.version.set(status.version, time);
  state.quality.nacp.set(status.nac_p, time);
  state.quality.nacv.set(status.nac_v, time);
}

void translate_downlink(const Downlink& message, UtcTime time, SensorId id, Translation& work) {
  if (!message.state || !message.state->position) {
    ++work.counters.absorbed;
    return;
  }
  AircraftState state;
  state.address = ModeSAddress(message.address);
  state.source = source_of(message.qualifier);
  learn_motion(state, *message.state, time);
  if (message.status) learn_status(state, *message.status, time);
  mode_s::ResolvedPosition position;
  position.place = {Angle::degrees(message.state->position->lat_deg), Angle::degrees(message.state->position->lon_deg),
                    Length()};
  position.time = time;
  position.on_surface = message.state->air_ground == wire::uat::AirGround::ground;
  position.nic = message.state->nic;
  report_position(state, position, id, work);
}

}  // namespace

void translate_uat(std::string_view text, const wire::framing::Source& source, Translation& work) {
  const auto line = wire::uat::parse_line(text);
  const bool is_downlink = line.ok() && line->kind == wire::uat::Line::Kind::downlink;
  const auto fault = [&work, text] {
    ++work.counters.faults;
    work.counters.skipped_octets += text.size();
  };
  if (!line.ok()) return fault();
  if (!is_downlink) {
    ++work.counters.records;
    ++work.counters.untranslated;
    return;
  }
  const auto message = wire::uat::decode_downlink(line->message());
  if (!message.ok()) return fault();
  ++work.counters.records;
  const std::optional<SensorId> id = work.receiver_at(source);
  if (!id) return;
  UtcTime time = work.receipt;
  constexpr double kFarthestS = 4e9;
  if (line->receipt_s && *line->receipt_s > 0.0 && *line->receipt_s < kFarthestS)
    time = work.believed(UtcTime::seconds_since_epoch(*line->receipt_s));
  translate_downlink(*message, time, *id, work);
}

}  // namespace marsad::observation
