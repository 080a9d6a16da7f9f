#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "marsad/base/executor.hpp"
#include "marsad/observation/sensor.hpp"
#include "marsad/observation/target_report.hpp"
#include "marsad/tracking/settings.hpp"
#include "marsad/tracking/track.hpp"
#include "marsad/units/time.hpp"

namespace marsad::tracking {

/// Everything that may influence a step: what was received since the step before, in any order.
struct TrackerInput {
  units::UtcTime time;  ///< of the tick; never before that of the step before
  std::span<const observation::TargetReport> reports;
  std::span<const observation::SensorMessage> messages;
  std::span<const observation::Sensor> sensors;  ///< the registry, indexed by SensorId
};

/// What became of the reports: their sum is `received`.
struct TrackerCounters {
  std::uint64_t received = 0;
  std::uint64_t associated = 0;  ///< updated a track
  std::uint64_t initiated = 0;   ///< began a tentative track
  std::uint64_t unplaced = 0;    ///< without a position, or of a sensor that the registry doesn't know
  std::uint64_t refused = 0;     ///< implausible, not finite, a test target or fixed transponder, a broken clock
  std::uint64_t late = 0;        ///< older than any use for it
  std::uint64_t repeated = 0;    ///< of a target that the same sensor has already reported in this scan
  std::uint64_t no_room = 0;     ///< the table of tracks was full
};

/// One report of the last step and the track that it updated or began.
struct Association {
  std::size_t report = 0;  ///< index in `TrackerInput::reports`
  TrackId track;
};

/// The multi-sensor tracker: one system track per target, updated centrally with every sensor's reports.
///
/// A step sorts its reports by sensor and time of applicability, assigns those of each part of a scan to the
/// established tracks and then to the tentative ones by their joint likelihood (kinematics, Mode S address, Mode A
/// code, altitude, against missed detections and false plots), updates each track's interacting multiple models, its
/// existence probability and its identity, begins tentative tracks with what is left, and ends those that no longer
/// exist.
///
/// Pure: the tracks depend on settings and inputs alone, bit for bit, whatever the number of threads behind the
/// executor. Reports of a step that are permuted give the same tracks. Memory is bounded by `max_tracks` and the
/// largest step. A report older than a track's state updates it through the state taken back to that report's time
/// (`oldest_report` at most; older ones are counted as late).
class Tracker {
 public:
  /// `executor` is borrowed and must outlive the tracker.
  Tracker(const TrackerSettings& settings, base::Executor& executor);
  ~Tracker();
  Tracker(Tracker&&) noexcept;
  Tracker& operator=(Tracker&&) noexcept;

  void step(const TrackerInput& input);

  /// In the order of id: all living tracks, and those that ended in the last step (`TrackPhase::terminated`).
  [[nodiscard]] std::span<const Track> tracks() const noexcept;

  /// Of the last step, in the order of its reports. A track named here may have ended in the same step.
  [[nodiscard]] std::span<const Association> associations() const noexcept;

  [[nodiscard]] const TrackerCounters& counters() const noexcept;

 private:
  struct Workspace;
  std::unique_ptr<Workspace> workspace_;
};

}  // namespace marsad::tracking
