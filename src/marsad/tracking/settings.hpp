#pragma once

#include <cstddef>

#include "marsad/units/angle.hpp"
#include "marsad/units/length.hpp"
#include "marsad/units/speed.hpp"
#include "marsad/units/time.hpp"

namespace marsad::tracking {

/// How targets move, for the filters. Noise densities are those of white acceleration, in m2/s3 along each axis: over a
/// time T they spread the velocity by sqrt(density T) and the position by sqrt(density T^3 / 3).
struct MotionSettings {
  double steady_noise_m2s3 = 0.5;    ///< straight flight, with the unsteadiness of wind and pilots
  double turn_noise_m2s3 = 6.0;      ///< along a coordinated turn
  double agile_noise_m2s3 = 1600.0;  ///< a fighter at several g, or the onset of any manoeuvre
  units::Angle turn_rate_sigma = units::Angle::degrees(3.0);  ///< per second: spread of turn rates when a turn begins
  double turn_rate_noise_rad2s3 = 2e-5;                       ///< drift of the rate of a turn once established
  units::Duration steady_sojourn = units::Duration::seconds(90.0);  ///< mean time in a model before it changes
  units::Duration turn_sojourn = units::Duration::seconds(20.0);
  units::Duration agile_sojourn = units::Duration::seconds(10.0);
  units::Speed initial_speed_sigma = units::Speed::metres_per_second(170.0);  ///< per axis, before a second report
  double vertical_noise_m2s3 = 1.0;                                           ///< of the vertical speed
  units::Speed initial_climb_sigma = units::Speed::metres_per_second(12.0);

  friend bool operator==(const MotionSettings&, const MotionSettings&) = default;
};

/// Which reports may belong to which track, and what speaks for it.
struct AssociationSettings {
  double gate = 16.0;                ///< squared Mahalanobis distance; a true report is beyond it with probability 3e-4
  double same_address_gate = 400.0;  ///< the same where the Mode S address agrees: only the impossible is refused
  double misplaced_probability = 0.03;  ///< of a report beyond its stated noise: misalignment, a clock, a reflection
  units::Length misplaced_sigma = units::Length::metres(500.0);  ///< by how much, per axis
  double mode_a_error = 0.05;         ///< probability that a reported Mode A code is wrong, garbled or has just changed
  double altitude_error = 0.03;       ///< the same of a pressure altitude
  double new_targets_per_scan = 0.3;  ///< mean number of targets that a sensor meets for the first time in a scan
  units::Duration group_span = units::Duration::seconds(1.25);    ///< one assignment covers at most this much of a scan
  units::Duration oldest_report = units::Duration::seconds(8.0);  ///< older than a track's state by more: not used
  units::Duration stalest_report = units::Duration::seconds(30.0);  ///< older than the step by more: not used at all
  units::Duration furthest_ahead = units::Duration::seconds(5.0);   ///< of the step's time: a broken clock, not used

  friend bool operator==(const AssociationSettings&, const AssociationSettings&) = default;
};

/// When tracks begin and end.
struct LifecycleSettings {
  double confirm_existence = 0.985;  ///< and the report counts below
  double delete_existence = 0.01;
  double delete_tentative = 1e-5;  ///< of a tentative track, whose existence begins far below 1 where clutter is dense
  std::size_t confirm_reports_addressed = 2;  ///< with a Mode S address
  std::size_t confirm_reports_duplicate = 5;  ///< with one that another track has: a reflection doesn't last
  std::size_t confirm_reports_coded = 3;      ///< with a Mode A code
  std::size_t confirm_reports_primary = 4;
  double survival_per_second = 0.9995;
  double tentative_scans = 2.6;  ///< without a report for so many periods a tentative track ends
  double doubt_scans = 2.5;      ///< an established track that is no longer believed ends after so many, and
  units::Duration doubt_least = units::Duration::seconds(10.0);
  double coast_scans = 2.2;   ///< without a report for so many of the quickest sensor's periods: coasting
  double delete_scans = 7.0;  ///< the same: the end
  units::Duration coast_least = units::Duration::seconds(6.0);
  units::Duration delete_least = units::Duration::seconds(20.0);
  units::Duration delete_most = units::Duration::seconds(60.0);
  std::size_t max_tracks = 20'000;  ///< when full, a new report starts no track and is counted
  units::Duration number_quarantine = units::Duration::seconds(120.0);  ///< before a track number is used again

  friend bool operator==(const LifecycleSettings&, const LifecycleSettings&) = default;
};

/// All settings of a tracker. The defaults are general: nothing in them belongs to one sensor, area or kind of traffic.
struct TrackerSettings {
  MotionSettings air;
  MotionSettings surface{.steady_noise_m2s3 = 0.3,
                         .turn_noise_m2s3 = 1.0,
                         .agile_noise_m2s3 = 8.0,
                         .turn_rate_sigma = units::Angle::degrees(8.0),
                         .initial_speed_sigma = units::Speed::metres_per_second(12.0)};
  AssociationSettings association;
  LifecycleSettings lifecycle;

  friend bool operator==(const TrackerSettings&, const TrackerSettings&) = default;
};

}  // namespace marsad::tracking
