#include "marsad/tracking/association/grouping.hpp"

#include <algorithm>
#include <cstdint>
#include <tuple>

namespace marsad::tracking::association {
namespace {

using observation::TargetReport;

/// Bounds the search for an address in a group; a larger burst of one sensor is assigned in parts.
constexpr std::size_t kLargestGroup = 512;

auto content_of(const PlacedReport& placed) {
  const TargetReport& r = *placed.report;
  const Eigen::Vector3d& p = placed.point.metres();
  const units::Length range = r.polar ? r.polar->slant_range : units::Length();
  const units::Angle azimuth = r.polar ? r.polar->azimuth : units::Angle();
  return std::tuple(r.applicability, r.receipt, r.address, r.mode_a, p.x(), p.y(), p.z(), range, azimuth,
                    r.pressure_altitude, r.geometric_height, r.detection, r.identification, r.local_track_number);
}

/// Whether a group can hold one more report.
bool fits(std::span<const PlacedReport> group, const PlacedReport& next, units::Duration span) {
  if (group.empty()) return true;
  if (group.size() >= kLargestGroup || next.report->sensor != group.front().report->sensor) return false;
  if (next.report->applicability - group.front().report->applicability > span) return false;
  if (!next.address) return true;
  return std::ranges::none_of(group, [&](const PlacedReport& p) { return p.address == next.address; });
}

}  // namespace

void group_by_scan(std::vector<PlacedReport>& reports, units::Duration span, std::vector<ReportGroup>& groups) {
  std::ranges::sort(reports, [](const PlacedReport& a, const PlacedReport& b) {
    if (a.report->sensor != b.report->sensor) return a.report->sensor < b.report->sensor;
    return content_of(a) < content_of(b);
  });
  groups.clear();
  std::size_t first = 0;
  for (std::size_t i = 0; i <= reports.size(); ++i) {
    const std::span<const PlacedReport> open(reports.data() + first, i - first);
    if (i < reports.size() && fits(open, reports[i], span)) continue;
    if (!open.empty()) groups.push_back({first, i - first, reports[i - 1].report->applicability});
    first = i;
  }
  std::ranges::sort(groups, [](const ReportGroup& a, const ReportGroup& b) {
    return std::tuple(a.last, a.first) < std::tuple(b.last, b.first);
  });
}

}  // namespace marsad::tracking::association
