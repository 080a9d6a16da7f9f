#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <optional>

#include "marsad/geo/frames.hpp"
#include "marsad/geo/local_frame.hpp"
#include "marsad/observation/sensor.hpp"
#include "marsad/observation/target_report.hpp"
#include "marsad/tracking/association/clutter_map.hpp"
#include "marsad/tracking/filter/multiple_models.hpp"
#include "marsad/tracking/settings.hpp"
#include "marsad/tracking/track.hpp"
#include "marsad/units/time.hpp"

namespace marsad::tracking::association {

/// What the tracker derives from one sensor's characteristics, once.
struct SensorModel {
  observation::Sensor sensor;
  std::optional<geo::LocalFrame> site;
  bool rotating = true;                       ///< sees each target at most once a period
  double detection_probability = 0.9;         ///< nominal, kept away from 0 and 1
  double new_target_density_per_m2 = 0;       ///< targets met for the first time in one scan
  double false_density_per_m2 = 0;            ///< false plots in one scan, nominal
  std::optional<ClutterMap> clutter;          ///< of a rotating sensor: the false plots place by place
  std::optional<units::UtcTime> last_report;  ///< applicability of the newest report of any target
};

SensorModel model_of(const observation::Sensor& sensor, const AssociationSettings& settings);

/// What a report is good for.
enum class Admission : std::uint8_t { admitted, unplaced, refused, late };

/// Judges a report by itself: it must have a position, every number used must be finite and possible, its time must be
/// near that of the step, and it must not be a test target or a fixed transponder.
Admission admission_of(const observation::TargetReport& report, units::UtcTime now,
                       const AssociationSettings& settings);

/// An admitted report, ready to be compared with tracks. Borrows the report and the sensor's model.
struct PlacedReport {
  const observation::TargetReport* report = nullptr;
  const SensorModel* sensor = nullptr;
  std::size_t index = 0;                             ///< in the input of the step
  std::optional<observation::ModeSAddress> address;  ///< absent also where the report doubts it
  geo::EcefPosition point;
  Eigen::Matrix2d covariance = Eigen::Matrix2d::Identity();  ///< m2, east and north at the report
  double extraneous_density_per_m2 = 0.0;                    ///< at its place: false plots and new targets in one scan
  double initial_existence = 0.0;                            ///< that it is a target if no track accounts for it
  double reach_m = 0.0;  ///< how far from `point` its track may be, from the report's own uncertainty
};

PlacedReport place(const observation::TargetReport& report, const SensorModel& sensor, std::size_t index);

/// A report in the plane of one track.
struct TrackMeasurement {
  filter::PlaneMeasurement plane;  ///< its age is relative to `Track::time`, never below 0
  Eigen::Matrix2d assumed_height_covariance = Eigen::Matrix2d::Zero();  ///< m2; not in `plane.covariance`
};

/// The report as a measurement of `track`. A polar report without an altitude is located anew with the track's height
/// if that is known. If it isn't, a height typical of the range is assumed, and as long as this sensor alone feeds the
/// track the spread of that assumption is kept apart: it is the same for every plot and averaging can't reduce it.
TrackMeasurement measurement_for(const PlacedReport& placed, const Track& track);

/// Whether no other sensor has fed `track`.
bool feeds_alone(const Track& track, observation::SensorId sensor);

/// The same for a track that is about to begin at the report.
TrackMeasurement first_measurement(const PlacedReport& placed, const filter::TangentPlane& plane);

/// A geometric height that the sensor measured itself, with its standard deviation; absent if it gave none.
struct MeasuredHeight {
  units::Length height;
  units::Length sigma;
};
std::optional<MeasuredHeight> geometric_height_of(const PlacedReport& placed);

/// The pressure altitude with its standard deviation; absent if not reported.
struct MeasuredPressureAltitude {
  units::Length above_standard_surface;
  units::Length sigma;
};
std::optional<MeasuredPressureAltitude> pressure_altitude_of(const PlacedReport& placed);

}  // namespace marsad::tracking::association
