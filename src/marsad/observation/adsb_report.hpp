#pragma once

#include "marsad/observation/mode_s/aircraft_state.hpp"
#include "marsad/observation/sensor.hpp"
#include "marsad/observation/target_report.hpp"
#include "marsad/observation/translation.hpp"

namespace marsad::observation {

/// Makes, counts and appends the report of a receiver `id` that a position of an aircraft is worth, with what else was
/// heard of the aircraft shortly before. For the room only.
///
/// - Applicability is the position's time: a squitter is sent within 0.1 s of what it tells, and the covariance holds
///   that.
/// - Pressure altitude and geometric height heard within 10 s; Mode A code and identification within 120 s; emergency
///   and SPI within 25 s.
/// - Velocity if it was heard since the position before, within 5 s, so that no velocity is used twice. Its sigma grows
///   by 2 m/s for each second since.
/// - Covariance from NACp, else NIC or NUCp (`adsb_position_sigma`), and the velocity's sigma from NACv.
/// - An address that is none of ICAO's is doubtful.
void report_position(const mode_s::AircraftState& state, const mode_s::ResolvedPosition& position, SensorId id,
                     Translation& work);

}  // namespace marsad::observation
