#include <array>
#include <cstdint>

#include "marsad/observation/placement.hpp"
#include "marsad/observation/translation.hpp"
#include "marsad/wire/asterix/fields/cat010.hpp"
#include "marsad/wire/asterix/fields/cat020.hpp"

/// Categories 010 and 020: surface movement radars and multilateration.
namespace marsad::observation {

using units::Angle;
using units::Length;
using wire::asterix::RecordView;
namespace cat010 = wire::asterix::cat010;
namespace cat020 = wire::asterix::cat020;

namespace {

constexpr std::uint64_t kTargetReport = 1;
constexpr std::array kAirportFamilies{SensorKind::mlat, SensorKind::smr, SensorKind::adsb};
/// No airport sensor is better than this; stated deviations of 0 mean that none was computed.
constexpr Length kSigmaFloor = Length::metres(1.0);

struct AirportDetection {
  Detection detection;
  SensorKind kind;
};

/// I010/020 TYP, where it tells the kind of sensor.
std::optional<AirportDetection> airport_detection(std::uint64_t type) noexcept {
  switch (type) {
    case 0:
    case 1:
    case 5:
      return AirportDetection{Detection::mlat, SensorKind::mlat};
    case 2:
      return AirportDetection{Detection::adsb, SensorKind::adsb};
    case 3:
      return AirportDetection{Detection::smr, SensorKind::smr};
    default:
      return std::nullopt;
  }
}

/// The standard deviation of a direction for which the report states none.
geo::HorizontalCovariance stated_or(std::optional<double> east_m, std::optional<double> north_m, double covariance_m2,
                                    Length otherwise) {
  if (!east_m || !north_m || (*east_m == 0.0 && *north_m == 0.0)) return circular(otherwise);
  return elliptical(Length::metres(*east_m), Length::metres(*north_m), covariance_m2, kSigmaFloor);
}

/// A height above the local plane becomes one above the ellipsoid if the plane's own is known.
void read_local_height(TargetReport& report, const Sensor& sensor, std::optional<double> height_ft) {
  if (!height_ft || !sensor.characteristics.site || report.geometric_height) return;
  report.geometric_height = sensor.characteristics.site->height + Length::feet(*height_ft);
}

void read_airport_target(TargetReport& report, const RecordView& record) {
  report.simulated = is_set(record, cat010::I020_SIM);
  report.test_target = is_set(record, cat010::I020_TST);
  report.fixed_transponder = is_set(record, cat010::I020_RAB);
  report.special_position_identification = is_set(record, cat010::I020_SPI);
  read_mode_a(report, record, cat010::I060_MODE3A, cat010::I060_V, cat010::I060_G);
  read_flight_level(report, record, cat010::I090_FL, cat010::I090_V, cat010::I090_G);
  read_address(report, record, cat010::I220_VALUE);
  read_identification(report, record, cat010::I245_CHR);
  read_track_number(report, record, cat010::I161_TRK);
  // A surface movement radar sees the surface; the others know it from the transponder.
  const bool unknown_height = !report.pressure_altitude && !record.has(cat010::I091_VALUE);
  report.on_ground = is_set(record, cat010::I020_GBS) || (report.detection == Detection::smr && unknown_height);
  report.quality.extrapolated = is_set(record, cat010::I170_CST);
  report.quality.suspected_false = is_set(record, cat010::I170_GHO);
}

/// A coordinate at the end of its 16 bits stands for all beyond: the target is elsewhere.
bool is_saturated(const RecordView& record) {
  const auto at_end = [&record](wire::asterix::Field field) {
    const std::int64_t bits = record.raw_signed(field).value_or(0);
    return bits == INT16_MAX || bits == INT16_MIN;
  };
  return at_end(cat010::I042_X) || at_end(cat010::I042_Y);
}

void place_airport_target(TargetReport& report, const RecordView& record, Translation& work) {
  const Sensor& sensor = work.registry.get(report.sensor);
  const std::optional<geo::LocalFrame>& frame = work.registry.frame(report.sensor);
  read_local_height(report, sensor, record.value(cat010::I091_VALUE));
  const geo::HorizontalCovariance covariance =
      stated_or(record.value(cat010::I500_DEVX), record.value(cat010::I500_DEVY),
                record.value(cat010::I500_COVXY).value_or(0.0), sensor.characteristics.sigma_position);
  const std::optional<double> latitude_deg = record.value(cat010::I041_LAT);
  const std::optional<double> longitude_deg = record.value(cat010::I041_LON);
  const std::optional<double> x_m = record.value(cat010::I042_X);
  const std::optional<double> y_m = record.value(cat010::I042_Y);
  const std::optional<double> range_m = record.value(cat010::I040_RHO);
  const std::optional<double> azimuth_deg = record.value(cat010::I040_TH);
  if (latitude_deg && longitude_deg) {
    place_geodetic(report, sensor, frame, *latitude_deg, *longitude_deg, covariance);
  } else if (x_m && y_m) {
    place_cartesian(report, sensor, frame, Length::metres(*x_m), Length::metres(*y_m), covariance);
    if (is_saturated(record)) report.quality.position_implausible = true;
  } else if (range_m && azimuth_deg) {
    place_polar(report, sensor, frame, Length::metres(*range_m), Angle::degrees(*azimuth_deg));
  }
}

void translate_airport_status(const RecordView& record, Translation& work) {
  const std::optional<SensorId> id = work.known_sensor_of(record, kAirportFamilies);
  if (!id) return;
  SensorMessage message = work.begin_message(*id, SensorMessage::Kind::status, record.value(cat010::I140_VALUE));
  constexpr std::uint64_t kNoGo = 2;
  message.operational = record.raw(cat010::I550_NOGO).value_or(0) < kNoGo;
  work.finish(message);
}

void read_multilateration_target(TargetReport& report, const RecordView& record) {
  report.simulated = is_set(record, cat020::I020_SIM);
  report.test_target = is_set(record, cat020::I020_TST);
  report.fixed_transponder = is_set(record, cat020::I020_RAB);
  report.special_position_identification = is_set(record, cat020::I020_SPI);
  read_mode_a(report, record, cat020::I070_MODE3A, cat020::I070_V, cat020::I070_G);
  read_flight_level(report, record, cat020::I090_FL, cat020::I090_V, cat020::I090_G);
  if (const std::optional<double> height_ft = record.value(cat020::I105_VALUE))
    report.geometric_height = Length::feet(*height_ft);
  read_address(report, record, cat020::I220_VALUE);
  read_identification(report, record, cat020::I245_CHR);
  read_track_number(report, record, cat020::I161_TRN);
  read_flight_status(report, record, cat020::I230_STAT);
  read_warnings(report, record, cat020::I030_VALUE);
  if (is_set(record, cat020::I020_GBS)) report.on_ground = true;
  if (is_set(record, cat020::I170_GHO)) report.quality.suspected_false = true;
  report.quality.extrapolated = is_set(record, cat020::I170_CST);
}

void place_multilateration_target(TargetReport& report, const RecordView& record, Translation& work) {
  const Sensor& sensor = work.registry.get(report.sensor);
  const std::optional<geo::LocalFrame>& frame = work.registry.frame(report.sensor);
  read_local_height(report, sensor, record.value(cat020::I110_VALUE));
  // I020/500 gives a correlation whose sign the editions disagree about: the axes alone are taken.
  const geo::HorizontalCovariance covariance = stated_or(
      record.value(cat020::I500_SDP_X), record.value(cat020::I500_SDP_Y), 0.0, sensor.characteristics.sigma_position);
  const std::optional<double> latitude_deg = record.value(cat020::I041_LAT);
  const std::optional<double> longitude_deg = record.value(cat020::I041_LON);
  const std::optional<double> x_m = record.value(cat020::I042_X);
  const std::optional<double> y_m = record.value(cat020::I042_Y);
  if (latitude_deg && longitude_deg) {
    place_geodetic(report, sensor, frame, *latitude_deg, *longitude_deg, covariance);
  } else if (x_m && y_m) {
    place_cartesian(report, sensor, frame, Length::metres(*x_m), Length::metres(*y_m), covariance);
  }
}

}  // namespace

void translate_airport(const RecordView& record, Translation& work) {
  if (record.raw(cat010::I000_VALUE).value_or(kTargetReport) != kTargetReport) {
    translate_airport_status(record, work);
    return;
  }
  const std::optional<std::uint64_t> type = record.raw(cat010::I020_TYP);
  const std::optional<AirportDetection> made = type ? airport_detection(*type) : std::nullopt;
  const std::optional<SensorId> id =
      made ? work.sensor_of(record, made->kind) : work.sensor_like(record, kAirportFamilies);
  if (!id) return;
  TargetReport report = work.begin(*id, made ? made->detection : Detection::mlat);
  work.stamp(report, record.value(cat010::I140_VALUE));
  read_airport_target(report, record);
  place_airport_target(report, record, work);
  work.finish(report);
}

void translate_multilateration(const RecordView& record, Translation& work) {
  const std::optional<SensorId> id = work.sensor_of(record, SensorKind::mlat);
  if (!id) return;
  TargetReport report = work.begin(*id, Detection::mlat);
  work.stamp(report, record.value(cat020::I140_VALUE));
  read_multilateration_target(report, record);
  place_multilateration_target(report, record, work);
  work.finish(report);
}

}  // namespace marsad::observation
