#include "marsad/observation/record_criteria.hpp"

#include <algorithm>
#include <utility>

#include "marsad/geo/geodesic.hpp"
#include "marsad/observation/record_keys.hpp"
#include "marsad/observation/time_of_day.hpp"

namespace marsad::observation {

using units::UtcTime;
using wire::asterix::RecordView;

bool RecordCriteria::empty() const noexcept {
  return sources.empty() && !times_of_day && !from && !until && addresses.empty() && mode_3a.empty() &&
         identifications.empty() && areas.empty();
}

bool holds(const DayInterval& interval, double seconds_of_day) noexcept {
  if (interval.from_s <= interval.to_s) return seconds_of_day >= interval.from_s && seconds_of_day <= interval.to_s;
  return seconds_of_day >= interval.from_s || seconds_of_day <= interval.to_s;
}

bool holds(const Box& box, const geo::Geodetic& position) noexcept {
  if (position.latitude < box.south || position.latitude > box.north) return false;
  const units::Angle longitude = position.longitude;
  if (box.west <= box.east) return longitude >= box.west && longitude <= box.east;
  return longitude >= box.west || longitude <= box.east;
}

bool holds(const Circle& circle, const geo::Geodetic& position) noexcept {
  return geo::geodesic_between(circle.centre, position).distance <= circle.radius;
}

RecordMatcher::RecordMatcher(RecordCriteria criteria, SensorRegistry registry,
                             const wire::asterix::EditionSet& editions)
    : criteria_(std::move(criteria)), translator_(std::move(registry), editions) {}

bool RecordMatcher::is_in_time(const RecordView& record, UtcTime receipt) const {
  if (criteria_.from && receipt < *criteria_.from) return false;
  if (criteria_.until && receipt >= *criteria_.until) return false;
  if (!criteria_.times_of_day) return true;
  std::optional<double> time = time_of_record(record);
  if (const auto truncated = truncated_time_of_record(record); !time && truncated)
    time = time_of_day(resolve_truncated_time(*truncated, receipt));
  return time && holds(*criteria_.times_of_day, *time);
}

bool RecordMatcher::is_in_area(const RecordView& record, UtcTime receipt) {
  std::optional<geo::Geodetic> position = position_of_record(record);
  if (!position) {
    batch_.clear();
    latest_receipt_ = std::max(latest_receipt_, receipt);  // a translator's time only goes forward
    translator_.translate(record, latest_receipt_, batch_);
    if (!batch_.reports.empty()) {
      position = batch_.reports.front().position;
      if (!position) ++unplaced_;
    }
  }
  if (!position) return false;
  return std::ranges::any_of(criteria_.areas, [&](const auto& area) {
    return std::visit([&](const auto& shape) { return holds(shape, *position); }, area);
  });
}

bool RecordMatcher::matches(const RecordView& record, UtcTime receipt) {
  const auto any = [](const auto& values, auto&& is_so) {
    return values.empty() || std::ranges::any_of(values, is_so);
  };
  return any(criteria_.sources, [&](const auto& source) { return record.source() == source; }) &&
         is_in_time(record, receipt) &&
         any(criteria_.addresses, [&](std::uint32_t address) { return names_address(record, address); }) &&
         any(criteria_.mode_3a, [&](std::uint16_t code) { return names_mode_3a(record, code); }) &&
         any(criteria_.identifications, [&](const auto& text) { return names_identification(record, text); }) &&
         (criteria_.areas.empty() || is_in_area(record, receipt));
}

}  // namespace marsad::observation
