#include <algorithm>
#include <cmath>

#include "marsad/observation/adsb_quality.hpp"
#include "marsad/observation/placement.hpp"
#include "marsad/observation/time_of_day.hpp"
#include "marsad/observation/translation.hpp"
#include "marsad/wire/asterix/fields/cat021.hpp"

/// Category 021: ADS-B reports, editions 0.2x and 2.x. The two share item numbers that mean different things; the
/// fields' names differ, so that a record answers only to those of its own edition.
namespace marsad::observation {

using units::Angle;
using units::Length;
using units::Speed;
using wire::asterix::Field;
using wire::asterix::RecordView;
namespace cat021 = wire::asterix::cat021;

namespace {

bool is_legacy(const RecordView& record) { return record.edition().describes(cat021::I030_VALUE); }

/// The whole seconds of a time of message reception with the fraction of its high-resolution companion (I021/074,
/// /076), whose FSI says whether the whole second is the same, the next or the one before.
std::optional<double> precise_reception(const RecordView& record, Field time, Field fraction, Field indicator) {
  const std::optional<double> coarse_s = record.value(time);
  const std::optional<double> fraction_s = record.value(fraction);
  if (!coarse_s || !fraction_s || *fraction_s >= 1.0) return coarse_s;
  constexpr std::uint64_t kNext = 1;
  constexpr std::uint64_t kBefore = 2;
  const std::uint64_t shift = record.raw(indicator).value_or(0);
  double whole_s = std::floor(*coarse_s);
  if (shift == kNext) whole_s += 1.0;
  if (shift == kBefore) whole_s -= 1.0;
  if (whole_s < 0.0) whole_s += kSecondsPerDay;
  if (whole_s >= kSecondsPerDay) whole_s -= kSecondsPerDay;
  return whole_s + *fraction_s;
}

/// When the position was true: said so, else when it was received, else when the report was sent on.
TimeOfDay position_time(const RecordView& record) {
  if (is_legacy(record)) return record.value(cat021::I030_VALUE);
  if (const auto applicability = record.value(cat021::I071_VALUE)) return applicability;
  if (const auto reception = precise_reception(record, cat021::I073_VALUE, cat021::I074_TOMRP, cat021::I074_FSI))
    return reception;
  if (const auto reception = precise_reception(record, cat021::I075_VALUE, cat021::I076_TOMRP, cat021::I076_FSI))
    return reception;
  return record.value(cat021::I077_VALUE);
}

std::optional<std::uint8_t> octet(const RecordView& record, Field field) {
  const std::optional<std::uint64_t> bits = record.raw(field);
  return bits ? std::optional(static_cast<std::uint8_t>(*bits)) : std::nullopt;
}

AdsbQuality quality_of(const RecordView& record) {
  if (is_legacy(record))
    return {.nucp_or_nic = octet(record, cat021::I090_PA),
            .nacp = {},
            .pic = {},
            .nucr_or_nacv = octet(record, cat021::I095_VALUE),
            .version = 0};
  return {.nucp_or_nic = octet(record, cat021::I090_NUCPNIC),
          .nacp = octet(record, cat021::I090_NACP),
          .pic = octet(record, cat021::I090_PIC),
          .nucr_or_nacv = octet(record, cat021::I090_NUCRNACV),
          .version = octet(record, cat021::I210_VN).value_or(0)};
}

/// Whose address it is: the aircraft's own 24-bit one and a vehicle's are sure; anonymous, duplicated and reserved ones
/// are not.
bool is_own_address(const RecordView& record) {
  constexpr std::uint64_t kLegacyIcao = 1;
  constexpr std::uint64_t kIcao = 0;
  constexpr std::uint64_t kVehicle = 2;
  const std::optional<std::uint64_t> type = record.raw(cat021::I040_ATP);
  if (!type) return true;
  return *type == kVehicle || *type == (is_legacy(record) ? kLegacyIcao : kIcao);
}

void read_identity(TargetReport& report, const RecordView& record) {
  read_address(report, record, cat021::I080_VALUE);
  if (report.address && !is_own_address(record)) report.quality.address_doubtful = true;
  read_identification(report, record, cat021::I170_VALUE);
  if (const std::optional<std::uint64_t> code = record.raw(cat021::I070_MODE3A))
    report.mode_a = ModeACode::from_bits(static_cast<std::uint16_t>(*code));
  read_track_number(report, record, cat021::I161_TRNUM);
}

void read_descriptor(TargetReport& report, const RecordView& record) {
  report.on_ground = is_set(record, cat021::I040_GBS);
  report.simulated = is_set(record, cat021::I040_SIM);
  report.test_target = is_set(record, cat021::I040_TST);
  report.fixed_transponder = is_set(record, cat021::I040_RAB);
  constexpr std::uint64_t kSpiSet = 3;
  report.special_position_identification = is_set(record, cat021::I040_SPI) || record.raw(cat021::I200_SS) == kSpiSet;
  constexpr std::uint64_t kSuspect = 1;
  report.quality.suspected_false = record.raw(cat021::I040_CL) == kSuspect;
  const std::optional<std::uint64_t> emergency =
      is_legacy(record) ? record.raw(cat021::I200_VALUE) : record.raw(cat021::I200_PS);
  constexpr std::uint64_t kLastEmergency = 7;
  report.emergency = static_cast<std::uint8_t>(std::min(emergency.value_or(0), kLastEmergency));
  if (report.emergency == 0 && is_set(record, cat021::I200_ME)) report.emergency = 1;
  // The ground station found that the position can't be: independent check, CPR validation, or range check failed.
  report.quality.position_implausible =
      is_set(record, cat021::I040_IPC) || is_set(record, cat021::I040_CPR) || is_set(record, cat021::I040_RCF);
}

void read_heights(TargetReport& report, const RecordView& record) {
  if (const std::optional<double> level = record.value(cat021::I145_VALUE)) set_flight_level(report, *level);
  constexpr std::uint64_t kGreaterThan = 0x7FFF;
  if (record.raw(cat021::I140_VALUE) == kGreaterThan) return;
  if (const std::optional<double> height_ft = record.value(cat021::I140_VALUE))
    report.geometric_height = Length::feet(*height_ft);
}

/// A rate in ft/min, unless the record says that it exceeds what the field can hold.
std::optional<Speed> vertical_rate(const RecordView& record, Field rate, Field exceeded, Field legacy) {
  const std::optional<double> feet_per_minute = is_legacy(record) ? record.value(legacy) : record.value(rate);
  if (!feet_per_minute || is_set(record, exceeded)) return std::nullopt;
  return Speed::feet_per_minute(*feet_per_minute);
}

/// The ground vector only: air speed and magnetic heading (I021/150 to 152) are not motion over ground.
void read_motion(TargetReport& report, const RecordView& record, const AdsbQuality& quality, const Sensor& sensor) {
  report.vertical_rate = vertical_rate(record, cat021::I155_BVR, cat021::I155_RE, cat021::I155_VALUE);
  if (!report.vertical_rate)
    report.vertical_rate = vertical_rate(record, cat021::I157_GVR, cat021::I157_RE, cat021::I157_VALUE);
  const std::optional<double> speed_nm_s = record.value(cat021::I160_GS);
  const std::optional<double> track_deg = record.value(cat021::I160_TA);
  if (!speed_nm_s || !track_deg || is_set(record, cat021::I160_RE)) return;
  const Speed speed = Speed::nautical_miles_per_second(*speed_nm_s);
  const Angle track_angle = Angle::degrees(*track_deg);
  report.velocity = HorizontalVelocity{.east = speed * sin(track_angle),
                                       .north = speed * cos(track_angle),
                                       .sigma = adsb_velocity_sigma(quality, sensor.characteristics.sigma_velocity)};
}

void place(TargetReport& report, const RecordView& record, const AdsbQuality& quality, Translation& work) {
  const bool fine = record.has(cat021::I131_LAT) && record.has(cat021::I131_LON);
  const std::optional<double> latitude_deg = record.value(fine ? cat021::I131_LAT : cat021::I130_LAT);
  const std::optional<double> longitude_deg = record.value(fine ? cat021::I131_LON : cat021::I130_LON);
  if (!latitude_deg || !longitude_deg) return;
  const Sensor& sensor = work.registry.get(report.sensor);
  geo::HorizontalCovariance covariance = circular(adsb_position_sigma(quality, sensor.characteristics.sigma_position));
  if (report.velocity)
    add_latency(covariance, *report.velocity,
                units::Duration::seconds(
                    std::hypot(kAdsbLatencySigma.seconds(), record.value(cat021::I032_VALUE).value_or(0.0))));
  place_geodetic(report, sensor, work.registry.frame(report.sensor), *latitude_deg, *longitude_deg, covariance);
}

}  // namespace

void translate_adsb(const RecordView& record, Translation& work) {
  const std::optional<SensorId> id = work.sensor_of(record, SensorKind::adsb);
  if (!id) return;
  TargetReport report = work.begin(*id, Detection::adsb);
  work.stamp(report, position_time(record));
  read_descriptor(report, record);
  read_identity(report, record);
  read_heights(report, record);
  const AdsbQuality quality = quality_of(record);
  read_motion(report, record, quality, work.registry.get(*id));
  place(report, record, quality, work);
  work.finish(report);
}

}  // namespace marsad::observation
