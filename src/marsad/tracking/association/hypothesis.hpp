#pragma once

#include <optional>

#include "marsad/tracking/association/placed_report.hpp"
#include "marsad/tracking/settings.hpp"
#include "marsad/tracking/track.hpp"

namespace marsad::tracking::association {

/// The hypothesis that a report belongs to a track.
struct Hypothesis {
  /// Logarithm of how much likelier the scan is with this pair than with the track missed and the report extraneous.
  /// The association with the greatest sum of these is the likeliest.
  double gain = 0.0;
  /// Logarithm of the likelihood of the report from this track over that of an extraneous report, with the detection
  /// probability in it: what the existence recursion needs.
  double log_ratio = 0.0;
  double distance2 = 0.0;  ///< squared Mahalanobis distance of the position
};

/// The probability with which `sensor` detects the target of `track` in a scan, learnt or else nominal.
double detection_probability(const SensorModel& sensor, const Track& track);

/// Absent if the pair is excluded: by the gate, by identity, or because the report is too old for the track.
std::optional<Hypothesis> hypothesis_of(const PlacedReport& placed, const Track& track,
                                        const AssociationSettings& settings);

/// True if a rotating sensor has already seen the track's target less than half a turn from the report.
bool is_repeated(const PlacedReport& placed, const Track& track);

}  // namespace marsad::tracking::association
