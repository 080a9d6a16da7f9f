#include <cmath>
#include <numbers>

#include "marsad/observation/placement.hpp"
#include "marsad/observation/translation.hpp"
#include "marsad/wire/asterix/fields/cat001.hpp"
#include "marsad/wire/asterix/fields/cat048.hpp"

/// Categories 048 and 001: plots and local tracks of rotating radars.
namespace marsad::observation {

using units::Angle;
using units::Length;
using wire::asterix::RecordView;
namespace cat001 = wire::asterix::cat001;
namespace cat048 = wire::asterix::cat048;

namespace {

/// What a detection type of a radar means: the detection, and the least kind of radar that makes it.
struct RadarDetection {
  Detection detection;
  SensorKind kind;
};

/// I048/020 TYP 1 to 7.
RadarDetection mode_s_detection(std::uint64_t type) noexcept {
  switch (type) {
    case 1:
      return {Detection::psr, SensorKind::psr};
    case 2:
      return {Detection::ssr, SensorKind::ssr};
    case 3:
      return {Detection::ssr_psr, SensorKind::ssr};
    case 4:
    case 5:
      return {Detection::mode_s, SensorKind::mode_s};
    case 6:
    case 7:
      return {Detection::mode_s_psr, SensorKind::mode_s};
    default:
      return {Detection::psr, SensorKind::psr};
  }
}

/// For a record without I048/020: what it carries tells what answered.
RadarDetection detection_by_content(const RecordView& record) {
  if (record.has(cat048::I220_VALUE)) return {Detection::mode_s, SensorKind::mode_s};
  return record.has(cat048::I070_MODE3A) ? RadarDetection{Detection::ssr, SensorKind::ssr}
                                         : RadarDetection{Detection::psr, SensorKind::psr};
}

/// I001/020 SSRPSR.
RadarDetection legacy_detection(std::uint64_t type) noexcept {
  switch (type) {
    case 2:
      return {Detection::ssr, SensorKind::ssr};
    case 3:
      return {Detection::ssr_psr, SensorKind::ssr};
    default:
      return {Detection::psr, SensorKind::psr};
  }
}

/// A local track without a detection in this scan: named after what identifies it.
void mark_extrapolated(TargetReport& report) {
  report.quality.extrapolated = true;
  if (report.address) {
    report.detection = Detection::mode_s;
  } else if (report.mode_a) {
    report.detection = Detection::ssr;
  }
}

/// The conditions of I001/030 that mean the same as those of later categories.
void read_legacy_warnings(TargetReport& report, const RecordView& record) {
  const std::size_t warnings = record.count(cat001::I030_VALUE);
  for (std::size_t i = 0; i < warnings; ++i) {
    switch (record.raw(cat001::I030_VALUE, i).value_or(0)) {
      case 1:
        report.quality.mode_a_garbled = true;
        break;
      case 64:
        report.quality.mode_a_unvalidated = true;
        break;
      case 65:
        report.quality.altitude_unvalidated = true;
        break;
      case 2:   // reflection
      case 3:   // sidelobe reply
      case 4:   // split plot
      case 5:   // second time around
      case 6:   // angels
      case 7:   // terrestrial vehicles
      case 66:  // possible phantom
      case 80:  // fixed PSR plot
        report.quality.suspected_false = true;
        break;
      default:
        break;
    }
  }
}

/// The emergency that a radar announces in I001/020 DS1DS2 or by a military emergency.
std::uint8_t legacy_emergency(const RecordView& record) {
  switch (record.raw(cat001::I020_DS1DS2).value_or(0)) {
    case 1:
      return 5;
    case 2:
      return 4;
    case 3:
      return 1;
    default:
      return is_set(record, cat001::I020_ME) ? 1 : 0;
  }
}

struct Axes {
  std::optional<double> range_nm;
  std::optional<double> azimuth_deg;
  std::optional<double> x_nm;
  std::optional<double> y_nm;
};

/// From the measured polar position, else from the local track's cartesian one, which is a slant range and an azimuth
/// too unless the radar says that it was projected (`ground_plane`).
void place(TargetReport& report, Translation& work, const Axes& axes, bool ground_plane) {
  const Sensor& sensor = work.registry.get(report.sensor);
  const std::optional<geo::LocalFrame>& frame = work.registry.frame(report.sensor);
  if (axes.range_nm && axes.azimuth_deg) {
    place_polar(report, sensor, frame, Length::nautical_miles(*axes.range_nm), Angle::degrees(*axes.azimuth_deg));
    return;
  }
  if (!axes.x_nm || !axes.y_nm) return;
  const Length distance = Length::nautical_miles(std::hypot(*axes.x_nm, *axes.y_nm));
  if (!ground_plane) {
    place_polar(report, sensor, frame, distance, Angle::radians(std::atan2(*axes.x_nm, *axes.y_nm)).normalised());
    return;
  }
  const Length across = Length::metres(distance.metres() * sensor.characteristics.sigma_azimuth.radians());
  const Length sigma = across > sensor.characteristics.sigma_range ? across : sensor.characteristics.sigma_range;
  place_stereographic(report, sensor, frame, Length::nautical_miles(*axes.x_nm), Length::nautical_miles(*axes.y_nm),
                      circular(sigma));
}

void read_descriptor(TargetReport& report, const RecordView& record) {
  report.simulated = is_set(record, cat048::I020_SIM);
  report.test_target = is_set(record, cat048::I020_TST);
  report.fixed_transponder = is_set(record, cat048::I020_RAB);
  report.special_position_identification = is_set(record, cat048::I020_SPI);
  if (is_set(record, cat048::I020_ME)) report.emergency = 1;
}

}  // namespace

void translate_monoradar(const RecordView& record, Translation& work) {
  const std::optional<std::uint64_t> type = record.raw(cat048::I020_TYP);
  const RadarDetection made = type ? mode_s_detection(*type) : detection_by_content(record);
  const std::optional<SensorId> id = work.sensor_of(record, made.kind);
  if (!id) return;
  TargetReport report = work.begin(*id, made.detection);
  work.stamp(report, record.value(cat048::I140_VALUE));
  read_descriptor(report, record);
  read_mode_a(report, record, cat048::I070_MODE3A, cat048::I070_V, cat048::I070_G);
  read_flight_level(report, record, cat048::I090_FL, cat048::I090_V, cat048::I090_G);
  if (const std::optional<double> height_ft = record.value(cat048::I110_3DH))
    report.geometric_height = Length::feet(*height_ft);
  read_address(report, record, cat048::I220_VALUE);
  read_identification(report, record, cat048::I240_VALUE);
  read_flight_status(report, record, cat048::I230_STAT);
  read_track_number(report, record, cat048::I161_TRN);
  read_warnings(report, record, cat048::I030_VALUE);
  if (is_set(record, cat048::I170_GHO)) report.quality.suspected_false = true;
  if (type == 0U) mark_extrapolated(report);
  Axes axes{record.value(cat048::I040_RHO), record.value(cat048::I040_THETA), record.value(cat048::I042_X),
            record.value(cat048::I042_Y)};
  // Beyond 256 NM the range stands in the reserved expansion field.
  if (const std::optional<double> extended_nm = record.value(cat048::RE_ERR)) axes.range_nm = extended_nm;
  place(report, work, axes, is_set(record, cat048::I170_TCC));
  work.finish(report);
}

void translate_monoradar_legacy(const RecordView& record, Translation& work) {
  const std::optional<std::uint64_t> type = record.raw(cat001::I020_SSRPSR);
  const RadarDetection made = legacy_detection(type.value_or(0));
  const std::optional<SensorId> id = work.sensor_of(record, made.kind);
  if (!id) return;
  TargetReport report = work.begin(*id, made.detection);
  work.stamp_truncated(report, record.value(cat001::I141_VALUE));
  report.simulated = is_set(record, cat001::I020_SIM);
  report.test_target = is_set(record, cat001::I020_TST);
  report.fixed_transponder = is_set(record, cat001::I020_RAB);
  report.special_position_identification = is_set(record, cat001::I020_SPI);
  report.emergency = legacy_emergency(record);
  read_mode_a(report, record, cat001::I070_MODE3A, cat001::I070_V, cat001::I070_G);
  read_flight_level(report, record, cat001::I090_HGT, cat001::I090_V, cat001::I090_G);
  read_track_number(report, record, cat001::I161_VALUE);
  read_legacy_warnings(report, record);
  if (is_set(record, cat001::I170_GHO)) report.quality.suspected_false = true;
  if (type == 0U) mark_extrapolated(report);
  place(report, work,
        {record.value(cat001::I040_RHO), record.value(cat001::I040_THETA), record.value(cat001::I042_X),
         record.value(cat001::I042_Y)},
        false);
  work.finish(report);
}

}  // namespace marsad::observation
