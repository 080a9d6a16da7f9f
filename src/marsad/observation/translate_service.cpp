#include <array>

#include "marsad/observation/translation.hpp"
#include "marsad/wire/asterix/fields/cat002.hpp"
#include "marsad/wire/asterix/fields/cat019.hpp"
#include "marsad/wire/asterix/fields/cat034.hpp"
#include "marsad/wire/asterix/fields/cat063.hpp"
#include "marsad/wire/asterix/fields/cat065.hpp"

/// Categories 034, 002, 019, 063 and 065: what sensors and systems say about themselves.
namespace marsad::observation {

using units::Angle;
using units::Duration;
using units::Length;
using wire::asterix::RecordView;
namespace cat002 = wire::asterix::cat002;
namespace cat019 = wire::asterix::cat019;
namespace cat034 = wire::asterix::cat034;
namespace cat063 = wire::asterix::cat063;
namespace cat065 = wire::asterix::cat065;

namespace {

/// Rotation periods outside these are no antenna's.
constexpr double kShortestPeriodS = 0.3;
constexpr double kLongestPeriodS = 60.0;

/// I034/000 and I002/000 agree on the first two.
SensorMessage::Kind kind_of(std::uint64_t message_type) noexcept {
  switch (message_type) {
    case 1:
      return SensorMessage::Kind::north_marker;
    case 2:
      return SensorMessage::Kind::sector_crossing;
    default:
      return SensorMessage::Kind::status;
  }
}

void read_rotation(SensorMessage& message, Translation& work, std::optional<double> azimuth_deg,
                   std::optional<double> period_s) {
  if (azimuth_deg) message.azimuth = Angle::degrees(*azimuth_deg);
  if (!period_s || *period_s < kShortestPeriodS || *period_s > kLongestPeriodS) return;
  message.rotation_period = Duration::seconds(*period_s);
  work.registry.learn_period(message.sensor, *message.rotation_period);
}

/// A site that a sensor tells of itself, if it is one: 0 N 0 E is how empty configurations look.
void learn_site(Translation& work, SensorId id, std::optional<double> latitude_deg, std::optional<double> longitude_deg,
                std::optional<double> height_m) {
  if (!latitude_deg || !longitude_deg || !height_m) return;
  const bool possible =
      *latitude_deg >= -90.0 && *latitude_deg <= 90.0 && *longitude_deg >= -180.0 && *longitude_deg <= 180.0;
  if (!possible || (*latitude_deg == 0.0 && *longitude_deg == 0.0)) return;
  work.registry.learn_site(id,
                           {Angle::degrees(*latitude_deg), Angle::degrees(*longitude_deg), Length::metres(*height_m)});
}

/// The least kind of radar that has the parts whose state it reports.
SensorKind radar_kind(const RecordView& record) {
  if (record.has(cat034::I050_MDS_ANT)) return SensorKind::mode_s;
  return record.has(cat034::I050_SSR_ANT) ? SensorKind::ssr : SensorKind::psr;
}

}  // namespace

void translate_radar_service(const RecordView& record, Translation& work) {
  const std::optional<SensorId> id = work.sensor_of(record, radar_kind(record));
  if (!id) return;
  SensorMessage message =
      work.begin_message(*id, kind_of(record.raw(cat034::I000_VALUE).value_or(0)), record.value(cat034::I030_VALUE));
  read_rotation(message, work, record.value(cat034::I020_VALUE), record.value(cat034::I041_VALUE));
  message.operational = !is_set(record, cat034::I050_COM_NOGO);
  learn_site(work, *id, record.value(cat034::I120_LAT), record.value(cat034::I120_LON), record.value(cat034::I120_HGT));
  work.finish(message);
}

void translate_radar_service_legacy(const RecordView& record, Translation& work) {
  const std::optional<SensorId> id = work.sensor_of(record, SensorKind::psr);
  if (!id) return;
  const std::optional<double> time_of_day = record.value(cat002::I030_VALUE);
  SensorMessage message = work.begin_message(*id, kind_of(record.raw(cat002::I000_VALUE).value_or(0)), time_of_day);
  read_rotation(message, work, record.value(cat002::I020_VALUE), record.value(cat002::I041_VALUE));
  if (time_of_day) work.remember_time(*id, message.applicability);
  work.finish(message);
}

void translate_multilateration_status(const RecordView& record, Translation& work) {
  const std::optional<SensorId> id = work.sensor_of(record, SensorKind::mlat);
  if (!id) return;
  SensorMessage message = work.begin_message(*id, SensorMessage::Kind::status, record.value(cat019::I140_VALUE));
  constexpr std::uint64_t kNoGo = 2;
  message.operational = record.raw(cat019::I550_NOGO).value_or(0) < kNoGo;
  // I019/610 is above mean sea level, I019/620 the geoid's height there.
  std::optional<double> height_m = record.value(cat019::I610_VALUE);
  if (height_m) *height_m += record.value(cat019::I620_VALUE).value_or(0.0);
  learn_site(work, *id, record.value(cat019::I600_LAT), record.value(cat019::I600_LON), height_m);
  work.finish(message);
}

void translate_sensor_status(const RecordView& record, Translation& work) {
  // Another system's opinion of its sensors: only that it lives concerns us.
  const std::optional<SensorId> id = work.sensor_of(record, SensorKind::system_tracks);
  if (!id) return;
  work.finish(work.begin_message(*id, SensorMessage::Kind::status, record.value(cat063::I030_VALUE)));
}

void translate_service_status(const RecordView& record, Translation& work) {
  const std::optional<SensorId> id = work.sensor_of(record, SensorKind::system_tracks);
  if (!id) return;
  SensorMessage message = work.begin_message(*id, SensorMessage::Kind::status, record.value(cat065::I030_VALUE));
  constexpr std::uint64_t kDegraded = 1;
  message.operational = record.raw(cat065::I040_NOGO).value_or(0) <= kDegraded;
  work.finish(message);
}

}  // namespace marsad::observation
