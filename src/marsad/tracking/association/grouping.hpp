#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "marsad/tracking/association/placed_report.hpp"
#include "marsad/units/time.hpp"

namespace marsad::tracking::association {

/// Reports of one sensor that are assigned together: a part of one scan, in which each target appears at most once.
struct ReportGroup {
  std::size_t first = 0;  ///< in the regrouped sequence
  std::size_t count = 0;
  units::UtcTime last;  ///< applicability of its last report
};

/// Sorts reports by sensor, applicability and then everything that distinguishes two reports, so that the order in
/// which they arrived plays no part, and cuts the sequence into groups: one sensor, at most `span` long, no Mode S
/// address twice. The groups follow each other by the applicability of their last report.
void group_by_scan(std::vector<PlacedReport>& reports, units::Duration span, std::vector<ReportGroup>& groups);

}  // namespace marsad::tracking::association
