#include "marsad/tracking/lifecycle/phases.hpp"

#include <algorithm>
#include <cmath>

#include "marsad/tracking/lifecycle/existence.hpp"

namespace marsad::tracking::lifecycle {

using association::SensorModel;
using units::Duration;
using units::UtcTime;

namespace {

constexpr double kLearning = 0.1;          // of the detection probability, per opportunity
constexpr double kBlindBelow = 0.3;        // a sensor that sees the target less often says nothing by missing it
constexpr double kOtherwisePeriod = 10.0;  // s, for a track whose sensors are all unknown
constexpr int kMostMisses = 20;            // counted at once, after a gap in the log
const Duration kReportLatency = Duration::seconds(2.0);

/// At most one opportunity a second: asynchronous sensors state how often they mean to report, not when.
Duration opportunity_interval(const SensorModel& sensor) {
  return std::max(sensor.sensor.characteristics.period, Duration::seconds(1.0));
}

bool is_silent(const SensorModel& sensor, UtcTime now) {
  return !sensor.last_report || now - *sensor.last_report > opportunity_interval(sensor) * 1.5 + kReportLatency;
}

bool needs_transponder(const SensorModel& sensor) {
  using observation::SensorKind;
  const SensorKind kind = sensor.sensor.kind;
  return kind == SensorKind::ssr || kind == SensorKind::mode_s || kind == SensorKind::adsb || kind == SensorKind::mlat;
}

void believe_less(Track& track, const SensorModel& sensor, double detection_probability) {
  if (!needs_transponder(sensor)) {
    track.existence = existence_missed(track.existence, detection_probability);
    return;
  }
  const TransponderBelief after = transponder_missed({track.existence, track.transponder_works}, detection_probability);
  track.existence = after.existence;
  track.transponder_works = after.transponder_works;
}

void miss(Track& track, const SensorModel& sensor, SensorContribution& contribution, bool counts) {
  if (!counts) return;
  if (contribution.detection_probability >= kBlindBelow)
    believe_less(track, sensor, contribution.detection_probability);
  contribution.detection_probability += kLearning * (0.0 - contribution.detection_probability);
}

/// The shortest period among the sensors that still see the target.
Duration quickest_period(const Track& track, std::span<const SensorModel> sensors) {
  Duration quickest = Duration::seconds(kOtherwisePeriod);
  bool found = false;
  for (const SensorContribution& c : track.contributions) {
    if (c.sensor.value() >= sensors.size()) continue;
    const Duration period = opportunity_interval(sensors[c.sensor.value()]);
    if (c.detection_probability < kBlindBelow || (found && period >= quickest)) continue;
    quickest = period;
    found = true;
  }
  return quickest;
}

bool is_confirmable(const Track& track, const LifecycleSettings& settings) {
  std::size_t needed = settings.confirm_reports_primary;
  if (track.identity.mode_a) needed = settings.confirm_reports_coded;
  if (track.identity.address)
    needed = track.identity.duplicate_address ? settings.confirm_reports_duplicate : settings.confirm_reports_addressed;
  return track.reports >= needed && track.existence >= settings.confirm_existence;
}

}  // namespace

void account_for_misses(Track& track, UtcTime now, std::span<const SensorModel> sensors) {
  for (SensorContribution& contribution : track.contributions) {
    if (contribution.sensor.value() >= sensors.size()) continue;
    const SensorModel& sensor = sensors[contribution.sensor.value()];
    const Duration interval = opportunity_interval(sensor);
    const Duration grace = interval * 0.5 + kReportLatency;
    const bool counts = !is_silent(sensor, now);
    int misses = 0;
    while (now - contribution.last_opportunity > interval + grace && misses++ < kMostMisses) {
      miss(track, sensor, contribution, counts);
      contribution.last_opportunity = contribution.last_opportunity + interval;
    }
    if (misses > kMostMisses) contribution.last_opportunity = now - interval;
  }
}

TrackPhase next_phase(const Track& track, UtcTime now, std::span<const SensorModel> sensors,
                      const LifecycleSettings& settings) {
  if (track.phase == TrackPhase::terminated) return track.phase;
  const Duration silence = now - track.last_update;
  const Duration period = quickest_period(track, sensors);
  if (track.phase == TrackPhase::tentative) {
    const Duration patience = std::max(period * settings.tentative_scans + kReportLatency, settings.coast_least);
    if (silence > patience || track.existence < settings.delete_tentative) return TrackPhase::terminated;
    return is_confirmable(track, settings) ? TrackPhase::confirmed : TrackPhase::tentative;
  }
  const Duration end = std::clamp(period * settings.delete_scans, settings.delete_least, settings.delete_most);
  const Duration doubt = std::max(period * settings.doubt_scans, settings.doubt_least);
  const bool disbelieved = track.existence < settings.delete_existence && silence > doubt;
  if (silence > end || disbelieved) return TrackPhase::terminated;
  const Duration coast = std::max(period * settings.coast_scans, settings.coast_least);
  return silence > coast ? TrackPhase::coasting : TrackPhase::confirmed;
}

}  // namespace marsad::tracking::lifecycle
