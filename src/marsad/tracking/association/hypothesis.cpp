#include "marsad/tracking/association/hypothesis.hpp"

#include <algorithm>
#include <cmath>

#include "marsad/tracking/association/evidence.hpp"
#include "marsad/tracking/association/robust_fit.hpp"
#include "marsad/tracking/filter/multiple_models.hpp"

namespace marsad::tracking::association {
namespace {

const SensorContribution* contribution_of(const Track& track, observation::SensorId sensor) {
  const auto* found = std::ranges::find(track.contributions, sensor, &SensorContribution::sensor);
  return found == track.contributions.end() ? nullptr : found;
}

filter::HorizontalState state_for(const Track& track, const PlacedReport& placed) {
  const units::Duration ahead = placed.report->applicability - track.time;
  return ahead > units::Duration() ? filter::predict(track.horizontal, track.motion, ahead) : track.horizontal;
}

}  // namespace

double detection_probability(const SensorModel& sensor, const Track& track) {
  const SensorContribution* known = contribution_of(track, sensor.sensor.id);
  return known ? known->detection_probability : sensor.detection_probability;
}

bool is_repeated(const PlacedReport& placed, const Track& track) {
  if (!placed.sensor->rotating) return false;
  const SensorContribution* known = contribution_of(track, placed.report->sensor);
  if (!known) return false;
  const units::Duration since = abs(placed.report->applicability - known->last);
  return since < placed.sensor->sensor.characteristics.period * 0.5;
}

std::optional<Hypothesis> hypothesis_of(const PlacedReport& placed, const Track& track,
                                        const AssociationSettings& settings) {
  if (track.time - placed.report->applicability > settings.oldest_report) return std::nullopt;
  const std::optional<double> identity = identity_evidence(placed, track, settings);
  if (!identity) return std::nullopt;
  const bool same_address = placed.address && track.identity.address;
  const TrackMeasurement measured = measurement_for(placed, track);
  const RobustFit fit = robust_fit_of(track, state_for(track, placed), placed.report->sensor, measured.plane, settings);
  if (!(fit.distance2 < (same_address ? settings.same_address_gate : settings.gate))) return std::nullopt;
  const double pd = detection_probability(*placed.sensor, track);
  Hypothesis out;
  out.distance2 = fit.distance2;
  out.log_ratio = std::log(pd) + fit.log_likelihood - std::log(placed.extraneous_density_per_m2) + *identity +
                  altitude_evidence(placed, track, settings);
  if (!std::isfinite(out.log_ratio)) return std::nullopt;
  out.gain = out.log_ratio - std::log1p(-pd);
  return out;
}

}  // namespace marsad::tracking::association
