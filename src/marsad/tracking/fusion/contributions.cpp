#include "marsad/tracking/fusion/contributions.hpp"

#include <algorithm>

#include "marsad/base/check.hpp"

namespace marsad::tracking::fusion {
namespace {

constexpr double kLearning = 0.1;  // of the detection probability, per opportunity

SensorContribution& insert(Track& track, const SensorContribution& contribution) {
  auto& all = track.contributions;
  if (all.full()) {
    const auto* oldest = std::ranges::min_element(all, {}, &SensorContribution::last);
    all.erase_at(static_cast<std::size_t>(oldest - all.begin()));
  }
  MARSAD_CHECK(all.try_push_back(contribution));
  std::size_t at = all.size() - 1;
  for (; at > 0 && contribution.sensor < all[at - 1].sensor; --at) std::swap(all[at], all[at - 1]);
  return all[at];
}

SensorContribution* find(Track& track, observation::SensorId sensor) {
  auto* found = std::ranges::find(track.contributions, sensor, &SensorContribution::sensor);
  return found == track.contributions.end() ? nullptr : found;
}

}  // namespace

void credit(Track& track, const association::SensorModel& sensor, units::UtcTime time) {
  SensorContribution* known = find(track, sensor.sensor.id);
  if (!known) {
    known = &insert(track, {.sensor = sensor.sensor.id,
                            .last = time,
                            .last_opportunity = time,
                            .reports = 0,
                            .detection_probability = sensor.detection_probability});
  }
  known->last = std::max(known->last, time);
  known->last_opportunity = std::max(known->last_opportunity, time);
  ++known->reports;
  known->detection_probability += kLearning * (0.99 - known->detection_probability);
}

void merge_contribution(Track& track, const SensorContribution& contribution) {
  SensorContribution* known = find(track, contribution.sensor);
  if (!known) {
    insert(track, contribution);
    return;
  }
  const std::uint32_t both = known->reports + contribution.reports;
  if (contribution.last > known->last) *known = contribution;
  known->reports = both;
}

}  // namespace marsad::tracking::fusion
