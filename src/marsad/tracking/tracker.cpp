#include "marsad/tracking/tracker.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <vector>

#include "marsad/base/inline_vector.hpp"
#include "marsad/tracking/association/assignment.hpp"
#include "marsad/tracking/association/grouping.hpp"
#include "marsad/tracking/association/hypothesis.hpp"
#include "marsad/tracking/association/placed_report.hpp"
#include "marsad/tracking/association/track_grid.hpp"
#include "marsad/tracking/filter/multiple_models.hpp"
#include "marsad/tracking/fusion/absorb.hpp"
#include "marsad/tracking/lifecycle/address_index.hpp"
#include "marsad/tracking/lifecycle/duplicates.hpp"
#include "marsad/tracking/lifecycle/existence.hpp"
#include "marsad/tracking/lifecycle/phases.hpp"
#include "marsad/tracking/lifecycle/track_numbers.hpp"

namespace marsad::tracking {

using association::Admission;
using association::Hypothesis;
using association::PlacedReport;
using association::ReportGroup;
using association::SensorModel;
using units::Duration;
using units::UtcTime;

namespace {

constexpr std::uint32_t kNone = association::kUnassigned;
constexpr std::size_t kCandidates = 16;  // the best of so many tracks are considered for one report
constexpr std::size_t kPieceSize = 64;   // items that one piece of parallel work takes
constexpr double kReachSigmas = 4.5;

/// A track that one report may belong to.
struct Candidate {
  std::uint32_t track = kNone;
  Hypothesis hypothesis;
};
using Candidates = base::InlineVector<Candidate, kCandidates>;

/// What becomes of one report of the group in hand.
struct Outcome {
  std::uint32_t track = kNone;  ///< updates this one
  double log_ratio = 0.0;
  bool repeated = false;  ///< of a target that this sensor has already reported in this scan
};

/// Runs `work(i)` for i below `count` in pieces; without the executor where one piece would do.
template <class Work>
void in_pieces(base::Executor& executor, std::size_t count, const Work& work) {
  const std::size_t pieces = (count + kPieceSize - 1) / kPieceSize;
  const auto piece = [count, &work](std::size_t p) {
    const std::size_t end = std::min(count, (p + 1) * kPieceSize);
    for (std::size_t i = p * kPieceSize; i < end; ++i) work(i);
  };
  if (pieces <= 1) {
    if (pieces == 1) piece(0);
    return;
  }
  executor.for_each_index(pieces, piece);
}

bool is_established(const Track& track) {
  return track.phase == TrackPhase::confirmed || track.phase == TrackPhase::coasting;
}

/// Keeps the candidates of greatest gain, in the order of tracks.
void consider(Candidates& candidates, const Candidate& candidate) {
  if (candidates.try_push_back(candidate)) return;
  std::size_t worst = 0;
  for (std::size_t i = 1; i < candidates.size(); ++i)
    if (candidates[i].hypothesis.gain < candidates[worst].hypothesis.gain) worst = i;
  if (candidates[worst].hypothesis.gain >= candidate.hypothesis.gain) return;
  candidates.erase_at(worst);
  static_cast<void>(candidates.try_push_back(candidate));
}

association::TrackSpot spot_of(const Track& track, UtcTime now) {
  const Duration ahead = std::max(now - track.time, Duration());
  const filter::HorizontalState then = filter::predict(track.horizontal, track.motion, ahead);
  const filter::GaussianState mixture = filter::combine(then);
  double variance = 0.0;
  for (const filter::GaussianState& model : then.models)
    variance = std::max(variance, model.covariance.topLeftCorner<2, 2>().trace());
  // Reports of the step are up to some seconds older than `now`: the target was that far back along its way.
  const double back = mixture.mean.segment<2>(filter::kVelocityEast).norm() * std::max(ahead.seconds(), 3.0);
  const auto& assumed = track.assumed_height_covariance;
  const double spread = std::sqrt(variance + assumed.east_east_m2 + assumed.north_north_m2);
  return {track.plane.locate(mixture.mean.segment<2>(filter::kEast), units::Length()), kReachSigmas * spread + back};
}

}  // namespace

/// Everything that a tracker keeps from step to step, and the scratch of one step, kept to spare allocations.
struct Tracker::Workspace {
  Workspace(const TrackerSettings& chosen, base::Executor& borrowed)
      : settings(chosen), executor(&borrowed), numbers(chosen.lifecycle.number_quarantine) {}

  void step(const TrackerInput& input);

  void forget_terminated();
  void learn_sensors(std::span<const observation::Sensor> sensors);
  void admit(const TrackerInput& input);
  void admit_one(const observation::TargetReport& report, std::size_t index, UtcTime now);
  void build_indices(UtcTime now);
  void process(const ReportGroup& group);
  void match_addresses(std::span<const PlacedReport> group);
  Outcome match_address(const PlacedReport& placed) const;
  void gather_candidates(std::span<const PlacedReport> group, bool established);
  void gather_for(const PlacedReport& placed, bool established, std::size_t i);
  void assign(std::span<const PlacedReport> group);
  void update_tracks(std::span<const PlacedReport> group);
  void learn_clutter(std::span<const PlacedReport> group);
  void begin_tracks(std::span<const PlacedReport> group);
  void live_on(UtcTime now, Duration since);
  void change_phase(Track& track, UtcTime now);

  TrackerSettings settings;
  base::Executor* executor;
  std::vector<Track> tracks;  // by id
  std::uint64_t last_id = 0;
  std::optional<UtcTime> last_step;
  std::vector<SensorModel> sensors;  // by SensorId
  lifecycle::TrackNumbers numbers;
  lifecycle::AddressIndex addresses;
  TrackerCounters counters;
  std::vector<Association> associations;  // of the last step

  std::vector<PlacedReport> placed;
  std::vector<ReportGroup> groups;
  std::vector<association::TrackSpot> spots;
  association::TrackGrid grid;
  association::AssignmentSolver solver;
  std::vector<Outcome> outcomes;                 // by report of the group
  std::vector<Candidates> candidates;            // by report of the group
  std::vector<std::vector<std::uint32_t>> near;  // by report of the group
  std::vector<std::uint8_t> taken;               // by track: has a report of the group in hand
  std::vector<association::Pairing> pairings;
  std::vector<std::uint32_t> columns;  // tracks that take part in the assignment, ascending
};

void Tracker::Workspace::forget_terminated() {
  std::erase_if(tracks, [](const Track& track) { return track.phase == TrackPhase::terminated; });
}

void Tracker::Workspace::learn_sensors(std::span<const observation::Sensor> given) {
  for (std::size_t i = 0; i < given.size(); ++i) {
    const bool known = i < sensors.size() && sensors[i].sensor.kind == given[i].kind &&
                       sensors[i].sensor.characteristics == given[i].characteristics;
    if (known) continue;
    SensorModel model = association::model_of(given[i], settings.association);
    model.sensor.id = observation::SensorId(static_cast<std::uint16_t>(i));
    if (i < sensors.size()) {
      model.last_report = sensors[i].last_report;
      sensors[i] = std::move(model);
    } else {
      sensors.push_back(std::move(model));
    }
  }
}

void Tracker::Workspace::admit_one(const observation::TargetReport& report, std::size_t index, UtcTime now) {
  ++counters.received;
  if (report.sensor.value() >= sensors.size()) {
    ++counters.unplaced;
    return;
  }
  switch (association::admission_of(report, now, settings.association)) {
    case Admission::unplaced:
      ++counters.unplaced;
      return;
    case Admission::refused:
      ++counters.refused;
      return;
    case Admission::late:
      ++counters.late;
      return;
    case Admission::admitted:
      break;
  }
  SensorModel& sensor = sensors[report.sensor.value()];
  sensor.last_report = std::max(sensor.last_report.value_or(report.applicability), report.applicability);
  placed.push_back(association::place(report, sensor, index));
}

void Tracker::Workspace::admit(const TrackerInput& input) {
  placed.clear();
  for (std::size_t i = 0; i < input.reports.size(); ++i) admit_one(input.reports[i], i, input.time);
  association::group_by_scan(placed, settings.association.group_span, groups);
}

void Tracker::Workspace::build_indices(UtcTime now) {
  spots.resize(tracks.size());
  in_pieces(*executor, tracks.size(), [&](std::size_t i) { spots[i] = spot_of(tracks[i], now); });
  grid.build(spots);
  addresses.build(tracks);
  taken.assign(tracks.size(), 0);
}

Outcome Tracker::Workspace::match_address(const PlacedReport& report) const {
  Outcome best;
  double best_gain = 0.0;
  for (const auto& entry : addresses.of(*report.address)) {
    const Track& track = tracks[entry.track];
    const auto hypothesis = association::hypothesis_of(report, track, settings.association);
    if (hypothesis && association::is_repeated(report, track)) {
      best.repeated = true;
      continue;
    }
    if (!hypothesis || (best.track != kNone && hypothesis->gain <= best_gain)) continue;
    best_gain = hypothesis->gain;
    best.track = entry.track;
    best.log_ratio = hypothesis->log_ratio;
  }
  if (best.track != kNone) best.repeated = false;
  return best;
}

/// A report with an address that a track has goes to that track without competition.
void Tracker::Workspace::match_addresses(std::span<const PlacedReport> group) {
  outcomes.assign(group.size(), {});
  in_pieces(*executor, group.size(), [&](std::size_t i) {
    if (group[i].address) outcomes[i] = match_address(group[i]);
  });
  for (const Outcome& outcome : outcomes)
    if (outcome.track != kNone) taken[outcome.track] = 1;
}

void Tracker::Workspace::gather_for(const PlacedReport& report, bool established, std::size_t i) {
  near[i].clear();
  grid.search(*report.report->position, report.reach_m, near[i]);
  for (const std::uint32_t index : near[i]) {
    const Track& track = tracks[index];
    if (taken[index] != 0 || is_established(track) != established || association::is_repeated(report, track)) continue;
    const auto hypothesis = association::hypothesis_of(report, track, settings.association);
    if (hypothesis && hypothesis->gain > 0.0) consider(candidates[i], {index, *hypothesis});
  }
}

void Tracker::Workspace::gather_candidates(std::span<const PlacedReport> group, bool established) {
  candidates.resize(std::max(candidates.size(), group.size()));
  near.resize(std::max(near.size(), group.size()));
  in_pieces(*executor, group.size(), [&](std::size_t i) {
    candidates[i].clear();
    if (outcomes[i].track == kNone && !outcomes[i].repeated) gather_for(group[i], established, i);
  });
}

/// The assignment of greatest total gain among the candidates gathered.
void Tracker::Workspace::assign(std::span<const PlacedReport> group) {
  columns.clear();
  for (std::size_t i = 0; i < group.size(); ++i)
    for (const Candidate& candidate : candidates[i]) columns.push_back(candidate.track);
  std::ranges::sort(columns);
  columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
  pairings.clear();
  for (std::size_t i = 0; i < group.size(); ++i) {
    for (const Candidate& candidate : candidates[i]) {
      const auto column = std::ranges::lower_bound(columns, candidate.track) - columns.begin();
      pairings.push_back(
          {static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(column), candidate.hypothesis.gain});
    }
  }
  const std::span<const std::uint32_t> chosen = solver.solve(pairings, group.size(), columns.size());
  for (std::size_t i = 0; i < group.size(); ++i) {
    if (chosen[i] == kNone) continue;
    outcomes[i].track = columns[chosen[i]];
    taken[outcomes[i].track] = 1;
    for (const Candidate& candidate : candidates[i])
      if (candidate.track == outcomes[i].track) outcomes[i].log_ratio = candidate.hypothesis.log_ratio;
  }
}

void Tracker::Workspace::update_tracks(std::span<const PlacedReport> group) {
  in_pieces(*executor, group.size(), [&](std::size_t i) {
    if (outcomes[i].track != kNone)
      fusion::absorb(tracks[outcomes[i].track], group[i], outcomes[i].log_ratio, settings);
  });
  for (std::size_t i = 0; i < group.size(); ++i) {
    if (outcomes[i].track == kNone) continue;
    ++counters.associated;
    taken[outcomes[i].track] = 0;
    if (group[i].address) addresses.insert(*group[i].address, outcomes[i].track);
    associations.push_back({group[i].index, tracks[outcomes[i].track].id});
  }
}

/// What no established track accounts for is false as far as its own track isn't believed.
void Tracker::Workspace::learn_clutter(std::span<const PlacedReport> group) {
  for (std::size_t i = 0; i < group.size(); ++i) {
    const PlacedReport& report = group[i];
    SensorModel& sensor = sensors[report.report->sensor.value()];
    if (!sensor.clutter || !report.report->polar || outcomes[i].repeated) continue;
    const double believed = outcomes[i].track == kNone ? 0.0 : tracks[outcomes[i].track].existence;
    if (believed < 0.999) sensor.clutter->add(*report.report->polar, 1.0 - believed);
  }
}

void Tracker::Workspace::begin_tracks(std::span<const PlacedReport> group) {
  for (std::size_t i = 0; i < group.size(); ++i) {
    if (outcomes[i].track != kNone) continue;
    if (outcomes[i].repeated) {
      ++counters.repeated;
      continue;
    }
    if (group[i].report->quality.suspected_false) {
      ++counters.refused;
      continue;
    }
    if (tracks.size() >= settings.lifecycle.max_tracks) {
      ++counters.no_room;
      continue;
    }
    ++counters.initiated;
    tracks.push_back(fusion::begin_track(TrackId(++last_id), group[i], settings));
    taken.push_back(0);
    const Track& track = tracks.back();
    associations.push_back({group[i].index, track.id});
    grid.add(spot_of(track, track.time));
    if (track.identity.address)
      addresses.insert(*track.identity.address, static_cast<std::uint32_t>(tracks.size() - 1));
  }
}

void Tracker::Workspace::process(const ReportGroup& group) {
  const std::span<const PlacedReport> reports(placed.data() + group.first, group.count);
  match_addresses(reports);
  for (const bool established : {true, false}) {
    gather_candidates(reports, established);
    assign(reports);
  }
  update_tracks(reports);
  learn_clutter(reports);
  begin_tracks(reports);
}

void Tracker::Workspace::change_phase(Track& track, UtcTime now) {
  const TrackPhase before = track.phase;
  track.phase = lifecycle::next_phase(track, now, sensors, settings.lifecycle);
  if (before == TrackPhase::tentative && track.phase == TrackPhase::confirmed)
    track.number = numbers.take(now).value_or(0);
}

void Tracker::Workspace::live_on(UtcTime now, Duration since) {
  in_pieces(*executor, tracks.size(), [&](std::size_t i) {
    Track& track = tracks[i];
    track.existence = lifecycle::existence_after(track.existence, since, settings.lifecycle.survival_per_second);
    lifecycle::account_for_misses(track, now, sensors);
  });
  for (Track& track : tracks) change_phase(track, now);
  lifecycle::resolve_shared_addresses(tracks, addresses, now);
  lifecycle::join_shadows(tracks, grid, sensors, now);
  for (Track& track : tracks)
    if (track.phase == TrackPhase::terminated && track.number != 0) numbers.release(track.number, now);
}

void Tracker::Workspace::step(const TrackerInput& input) {
  forget_terminated();
  associations.clear();
  learn_sensors(input.sensors);
  admit(input);
  build_indices(input.time);
  for (const ReportGroup& group : groups) process(group);
  std::ranges::sort(associations, {}, &Association::report);
  for (SensorModel& sensor : sensors)
    if (sensor.clutter) sensor.clutter->forget(input.time - last_step.value_or(input.time));
  live_on(input.time, input.time - last_step.value_or(input.time));
  last_step = input.time;
}

Tracker::Tracker(const TrackerSettings& settings, base::Executor& executor)
    : workspace_(std::make_unique<Workspace>(settings, executor)) {}
Tracker::~Tracker() = default;
Tracker::Tracker(Tracker&&) noexcept = default;
Tracker& Tracker::operator=(Tracker&&) noexcept = default;

void Tracker::step(const TrackerInput& input) { workspace_->step(input); }
std::span<const Track> Tracker::tracks() const noexcept { return workspace_->tracks; }
std::span<const Association> Tracker::associations() const noexcept { return workspace_->associations; }
const TrackerCounters& Tracker::counters() const noexcept { return workspace_->counters; }

}  // namespace marsad::tracking
