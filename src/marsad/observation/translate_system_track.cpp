#include <algorithm>
#include <cmath>

#include "marsad/observation/placement.hpp"
#include "marsad/observation/translation.hpp"
#include "marsad/wire/asterix/fields/cat062.hpp"

/// Category 062: the system tracks of another system, taken as reports about its targets. They are smoothed, so that
/// the errors of successive reports are not independent.
namespace marsad::observation {

using units::Length;
using units::Speed;
using wire::asterix::RecordView;
namespace cat062 = wire::asterix::cat062;

namespace {

constexpr Length kSigmaFloor = Length::metres(5.0);

void read_status(TargetReport& report, const RecordView& record) {
  report.simulated = is_set(record, cat062::I080_SIM);
  report.special_position_identification = is_set(record, cat062::I080_SPI);
  report.on_ground = is_set(record, cat062::I080_SFC);
  report.emergency = static_cast<std::uint8_t>(record.raw(cat062::I080_EMS).value_or(0));
  if (report.emergency == 0 && is_set(record, cat062::I080_ME)) report.emergency = 1;
  report.quality.suspected_false = is_set(record, cat062::I080_PFT);
  report.quality.extrapolated = is_set(record, cat062::I080_CST) || is_set(record, cat062::I080_TSE);
}

void read_identity(TargetReport& report, const RecordView& record) {
  read_address(report, record, cat062::I380_ADR);
  read_mode_a(report, record, cat062::I060_MODE3A, cat062::I060_V, cat062::I060_G);
  read_identification(report, record, cat062::I380_ID);
  if (!report.identification) read_identification(report, record, cat062::I245_CHR);
  read_track_number(report, record, cat062::I040_VALUE);
}

/// The measured flight level, else the calculated barometric altitude where it is a pressure altitude and not a QNH
/// one.
void read_heights(TargetReport& report, const RecordView& record) {
  if (const std::optional<double> measured = record.value(cat062::I136_VALUE)) {
    set_flight_level(report, *measured);
  } else if (const std::optional<double> calculated = record.value(cat062::I135_CTB);
             calculated && !is_set(record, cat062::I135_QNH)) {
    set_flight_level(report, *calculated);
  }
  if (const std::optional<double> height_ft = record.value(cat062::I130_VALUE))
    report.geometric_height = Length::feet(*height_ft);
}

void read_motion(TargetReport& report, const RecordView& record, const Sensor& sensor) {
  if (const std::optional<double> rate = record.value(cat062::I220_VALUE))
    report.vertical_rate = Speed::feet_per_minute(*rate);
  const std::optional<double> east = record.value(cat062::I185_VX);
  const std::optional<double> north = record.value(cat062::I185_VY);
  if (!east || !north) return;
  const double stated =
      std::max(record.value(cat062::I500_ATV_X).value_or(0.0), record.value(cat062::I500_ATV_Y).value_or(0.0));
  report.velocity = HorizontalVelocity{
      .east = Speed::metres_per_second(*east),
      .north = Speed::metres_per_second(*north),
      .sigma = stated > 0.0 ? Speed::metres_per_second(stated) : sensor.characteristics.sigma_velocity};
}

/// I062/500: the accuracy in cartesian coordinates, or in degrees, else the nominal one.
geo::HorizontalCovariance covariance_of(const RecordView& record, const Sensor& sensor, double latitude_deg) {
  constexpr double kMetresPerDegree = 111'320.0;
  const std::optional<double> east_m = record.value(cat062::I500_APC_X);
  const std::optional<double> north_m = record.value(cat062::I500_APC_Y);
  if (east_m && north_m) {
    const double covariance = record.value(cat062::I500_COV).value_or(0.0);
    return elliptical(Length::metres(*east_m), Length::metres(*north_m), covariance * std::abs(covariance),
                      kSigmaFloor);
  }
  const std::optional<double> latitude_sigma_deg = record.value(cat062::I500_APW_LAT);
  const std::optional<double> longitude_sigma_deg = record.value(cat062::I500_APW_LON);
  if (!latitude_sigma_deg || !longitude_sigma_deg) return circular(sensor.characteristics.sigma_position);
  const double shrink = std::cos(units::Angle::degrees(latitude_deg).radians());
  return elliptical(Length::metres(std::abs(*longitude_sigma_deg) * kMetresPerDegree * shrink),
                    Length::metres(std::abs(*latitude_sigma_deg) * kMetresPerDegree), 0.0, kSigmaFloor);
}

void place(TargetReport& report, const RecordView& record, Translation& work) {
  const Sensor& sensor = work.registry.get(report.sensor);
  const std::optional<geo::LocalFrame>& frame = work.registry.frame(report.sensor);
  const std::optional<double> latitude_deg = record.value(cat062::I105_LAT);
  const std::optional<double> longitude_deg = record.value(cat062::I105_LON);
  if (latitude_deg && longitude_deg) {
    place_geodetic(report, sensor, frame, *latitude_deg, *longitude_deg, covariance_of(record, sensor, *latitude_deg));
    return;
  }
  const std::optional<double> x_m = record.value(cat062::I100_X);
  const std::optional<double> y_m = record.value(cat062::I100_Y);
  if (!x_m || !y_m) return;
  const double reference_deg = frame ? frame->origin().latitude.degrees() : 0.0;
  place_stereographic(report, sensor, frame, Length::metres(*x_m), Length::metres(*y_m),
                      covariance_of(record, sensor, reference_deg));
}

}  // namespace

void translate_system_track(const RecordView& record, Translation& work) {
  const std::optional<SensorId> id = work.sensor_of(record, SensorKind::system_tracks);
  if (!id) return;
  TargetReport report = work.begin(*id, Detection::system_track);
  work.stamp(report, record.value(cat062::I070_VALUE));
  read_status(report, record);
  read_identity(report, record);
  read_heights(report, record);
  read_motion(report, record, work.registry.get(*id));
  place(report, record, work);
  work.finish(report);
}

}  // namespace marsad::observation
