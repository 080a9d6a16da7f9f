#pragma once

#include <cstdint>
#include <optional>

#include "marsad/geo/geodetic.hpp"
#include "marsad/geo/polar.hpp"
#include "marsad/observation/identity.hpp"
#include "marsad/observation/sensor.hpp"
#include "marsad/units/length.hpp"
#include "marsad/units/pressure_altitude.hpp"
#include "marsad/units/speed.hpp"
#include "marsad/units/time.hpp"

namespace marsad::observation {

/// What made the report.
enum class Detection : std::uint8_t { psr, ssr, ssr_psr, mode_s, mode_s_psr, smr, mlat, adsb, system_track };

/// Velocity over ground along east and north at the target, with one standard deviation for both.
struct HorizontalVelocity {
  units::Speed east;
  units::Speed north;
  units::Speed sigma;
};

/// Doubts that the sensor itself, or our reading of it, attaches to a report. Never dropped in silence: a doubtful
/// value stays, with its doubt.
struct ReportQuality {
  bool mode_a_garbled : 1 = false;
  bool mode_a_unvalidated : 1 = false;
  bool altitude_garbled : 1 = false;
  bool altitude_unvalidated : 1 = false;
  bool position_implausible : 1 = false;  ///< outside the sensor's range or of the earth: not to be tracked
  bool time_from_receipt : 1 = false;     ///< no usable time of day: receipt stands in
  bool height_assumed : 1 = false;        ///< located without an altitude
  bool suspected_false : 1 = false;       ///< the sensor suspects a reflection, sidelobe, angel, split or phantom
  bool address_doubtful : 1 = false;      ///< the address is duplicated, anonymous or not the aircraft's own
  bool extrapolated : 1 = false;          ///< a local track without a detection: no measurement, not to be tracked
  bool site_unknown : 1 = false;          ///< not placed because the sensor's site is not known
};

/// One report about one target from one sensor: the one form in which every format reaches the trackers. SI units;
/// optional members are absent when not reported.
struct TargetReport {
  SensorId sensor;
  Detection detection = Detection::psr;
  units::UtcTime applicability;  ///< when it was true at the target
  units::UtcTime receipt;        ///< when it reached us

  std::optional<geo::PolarMeasurement> polar;     ///< as measured, for registration; slant range, true azimuth
  std::optional<geo::Geodetic> position;          ///< absent if a polar report's site is unknown
  geo::HorizontalCovariance position_covariance;  ///< of `position`, east and north at it
  std::optional<units::PressureAltitude> pressure_altitude;
  std::optional<units::Length> geometric_height;  ///< above the ellipsoid
  std::optional<HorizontalVelocity> velocity;
  std::optional<units::Speed> vertical_rate;  ///< up positive

  std::optional<ModeSAddress> address;
  std::optional<ModeACode> mode_a;
  std::optional<AircraftIdentification> identification;
  std::optional<std::uint16_t> local_track_number;  ///< of the sensor's own tracker

  bool on_ground = false;
  bool simulated = false;
  bool test_target = false;
  bool fixed_transponder = false;
  bool special_position_identification = false;
  std::uint8_t emergency = 0;  ///< as ADS-B emergency state 0-7; 0 none
  ReportQuality quality;
};

/// Whether a tracker may take the report for a measurement of where a target is: it has a position, nothing says that
/// it can't be true, and a detection backs it.
[[nodiscard]] inline bool is_measurement(const TargetReport& report) noexcept {
  return report.position.has_value() && !report.quality.position_implausible && !report.quality.extrapolated;
}

/// What a sensor says about itself rather than about a target.
struct SensorMessage {
  enum class Kind : std::uint8_t { north_marker, sector_crossing, status };
  SensorId sensor;
  Kind kind = Kind::status;
  units::UtcTime applicability;
  units::UtcTime receipt;
  std::optional<units::Angle> azimuth;  ///< start of the sector
  std::optional<units::Duration> rotation_period;
  bool operational = true;  ///< false: released for test only, or not operational
};

}  // namespace marsad::observation
