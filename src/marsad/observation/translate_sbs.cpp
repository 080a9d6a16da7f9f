#include <optional>

#include "marsad/observation/adsb_report.hpp"
#include "marsad/observation/translation.hpp"
#include "marsad/wire/framing/sbs_row.hpp"

/// Rows of SBS-1 (BaseStation) text. Each holds what one message said: what is remembered of the aircraft completes it.
namespace marsad::observation {

using mode_s::AircraftState;
using units::Angle;
using units::Length;
using units::PressureAltitude;
using units::Speed;
using units::UtcTime;
using wire::framing::SbsLine;
using wire::framing::SbsRow;

namespace {

void learn(AircraftState& state, const SbsRow& row, UtcTime time) {
  const auto name = AircraftIdentification::from_text(row.identification);
  if (!name.empty()) state.identification.set(name, time);
  if (row.altitude_ft) state.pressure_altitude.set(PressureAltitude::feet(*row.altitude_ft), time);
  if (row.ground_speed_kt && row.track_deg)
    state.velocity.set({.speed = Speed::knots(*row.ground_speed_kt),
                        .track_angle = Angle::degrees(*row.track_deg),
                        .supersonic = false},
                       time);
  if (row.vertical_rate_ft_min) state.barometric_rate.set(Speed::feet_per_minute(*row.vertical_rate_ft_min), time);
  if (const auto code = ModeACode::parse(row.mode_a)) state.mode_a.set(*code, time);
  if (row.emergency) state.emergency.set(*row.emergency ? 1 : 0, time);
  if (row.special_position) state.special_position_identification.set(*row.special_position, time);
  if (row.on_ground) state.on_ground.set(*row.on_ground, time);
}

}  // namespace

void translate_sbs_row(std::string_view line, const wire::framing::Source& source, Translation& work) {
  SbsRow row;
  const SbsLine what = wire::framing::parse_sbs_row(line, row);
  if (what == SbsLine::damaged) {
    ++work.counters.faults;
    work.counters.skipped_octets += line.size();
    return;
  }
  ++work.counters.records;
  if (what == SbsLine::other) {
    ++work.counters.untranslated;
    return;
  }
  const std::optional<SensorId> id = work.receiver_at(source);
  if (!id) return;
  const UtcTime time = work.believed(row.generated.value_or(work.receipt));
  AircraftState& state = work.receivers.row_aircraft(ModeSAddress(row.address), work.receipt).state;
  learn(state, row, time);
  if (!row.latitude_deg) {
    ++work.counters.absorbed;
    return;
  }
  mode_s::ResolvedPosition position;
  position.place = {Angle::degrees(*row.latitude_deg), Angle::degrees(*row.longitude_deg), Length()};
  position.time = time;
  position.on_surface = row.type == 2 || state.on_ground.within(time, units::Duration::seconds(10.0)).value_or(false);
  if (state.position.known()) position.previous = state.position.time();
  state.position.set(position, time);
  report_position(state, position, *id, work);
}

}  // namespace marsad::observation
