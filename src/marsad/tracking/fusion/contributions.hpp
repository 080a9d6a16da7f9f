#pragma once

#include "marsad/tracking/association/placed_report.hpp"
#include "marsad/tracking/track.hpp"
#include "marsad/units/time.hpp"

namespace marsad::tracking::fusion {

/// The sensor has seen the target: counts the report, and learns the detection probability. A sensor new to a track
/// that remembers its maximum takes the place of the one heard longest ago.
void credit(Track& track, const association::SensorModel& sensor, units::UtcTime time);

/// Adds what another track knows of a sensor; of the same sensor the later one stays, and the counts add up.
void merge_contribution(Track& track, const SensorContribution& contribution);

}  // namespace marsad::tracking::fusion
