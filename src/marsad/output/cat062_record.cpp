#include "marsad/output/cat062_record.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "marsad/output/sensor_health.hpp"
#include "marsad/output/track_view.hpp"
#include "marsad/wire/asterix/fields/cat062.hpp"

namespace marsad::output {
namespace {

using observation::SensorKind;
using picture::AirPicture;
using picture::SystemTrack;
using wire::asterix::RecordBuilder;
namespace cat062 = wire::asterix::cat062;

/// The kinds of source that I062/080 and I062/290 tell apart.
enum class Technology : std::uint8_t { psr, ssr, mode_s, adsb, mlat };
constexpr std::size_t kTechnologies = 5;

std::optional<Technology> technology_of(SensorKind kind) {
  switch (kind) {
    case SensorKind::psr:
    case SensorKind::smr:
      return Technology::psr;
    case SensorKind::ssr:
      return Technology::ssr;
    case SensorKind::mode_s:
      return Technology::mode_s;
    case SensorKind::adsb:
      return Technology::adsb;
    case SensorKind::mlat:
      return Technology::mlat;
    case SensorKind::system_tracks:
      break;
  }
  return std::nullopt;
}

/// Who contributes to a track, and how long ago.
struct Sources {
  std::array<std::optional<units::Duration>, kTechnologies> age;  ///< of the youngest contribution of each kind
  std::array<bool, kTechnologies> current{};                      ///< young enough for the sensor's period
  std::size_t current_sensors = 0;

  [[nodiscard]] const std::optional<units::Duration>& age_of(Technology t) const {
    return age[static_cast<std::size_t>(t)];
  }
  [[nodiscard]] bool is_current(Technology t) const { return current[static_cast<std::size_t>(t)]; }
};

Sources sources_of(const AirPicture& picture, const SystemTrack& track) {
  Sources sources;
  for (const auto& contribution : track.contributions) {
    const auto* sensor = find_sensor(picture, contribution.sensor);
    if (sensor == nullptr) continue;
    const auto age = age_between(contribution.last, picture.time);
    const bool current = age <= sensor->period * 3.0 + units::Duration::seconds(1.0);
    if (current) ++sources.current_sensors;
    const auto technology = technology_of(sensor->kind);
    if (!technology) continue;
    const auto index = static_cast<std::size_t>(*technology);
    sources.age[index] = sources.age[index] ? std::min(*sources.age[index], age) : age;
    sources.current[index] = sources.current[index] || current;
  }
  return sources;
}

void set_flag(RecordBuilder& record, wire::asterix::Field field, bool flag) { record.set_raw(field, flag ? 1U : 0U); }

void fill_head(RecordBuilder& record, const ServiceIdentity& identity, units::UtcTime time,
               std::uint16_t track_number) {
  record.clear();
  record.set_raw(cat062::I010_SAC, identity.sac);
  record.set_raw(cat062::I010_SIC, identity.sic);
  record.set_raw(cat062::I015_VALUE, identity.service);
  record.set_raw(cat062::I070_VALUE, time_of_day_128ths(time));
  record.set_raw(cat062::I040_VALUE, track_number);
}

/// I062/080 SRC.
std::uint64_t height_source(const SystemTrack& track, const Sources& sources) {
  constexpr std::uint64_t kNone = 0;
  constexpr std::uint64_t kGnss = 1;
  constexpr std::uint64_t k3dRadar = 2;
  constexpr std::uint64_t kMultilateration = 7;
  if (!track.height_is_geometric) return kNone;
  if (sources.age_of(Technology::adsb)) return kGnss;
  return sources.age_of(Technology::mlat) ? kMultilateration : k3dRadar;
}

/// I062/080 SDS: which kinds of target the sensors that see it now can detect.
std::uint64_t detection_status(const SystemTrack& track, const Sources& sources) {
  constexpr std::uint64_t kCombined = 0;
  constexpr std::uint64_t kCooperativeOnly = 1;
  constexpr std::uint64_t kNonCooperativeOnly = 2;
  if (track.primary_only) return kNonCooperativeOnly;
  return sources.is_current(Technology::psr) ? kCombined : kCooperativeOnly;
}

void fill_status(RecordBuilder& record, const SystemTrack& track, const Sources& sources, const RecordFlags& flags) {
  set_flag(record, cat062::I080_MON, sources.current_sensors <= 1);
  set_flag(record, cat062::I080_SPI, track.special_position_identification);
  set_flag(record, cat062::I080_MRH, track.height_is_geometric && !track.pressure_altitude);
  record.set_raw(cat062::I080_SRC, height_source(track, sources));
  set_flag(record, cat062::I080_CNF, track.state == picture::TrackState::tentative);
  set_flag(record, cat062::I080_SIM, track.simulated);
  set_flag(record, cat062::I080_TSE, flags.last);
  set_flag(record, cat062::I080_TSB, flags.first);
  set_flag(record, cat062::I080_AMA, false);
  const bool updated = track.state == picture::TrackState::tentative || track.state == picture::TrackState::confirmed;
  set_flag(record, cat062::I080_CST, !updated);
  set_flag(record, cat062::I080_PSR, !sources.is_current(Technology::psr));
  set_flag(record, cat062::I080_SSR, !sources.is_current(Technology::ssr));
  set_flag(record, cat062::I080_MDS, !sources.is_current(Technology::mode_s));
  set_flag(record, cat062::I080_ADS, !sources.is_current(Technology::adsb));
  set_flag(record, cat062::I080_MLAT, !sources.is_current(Technology::mlat));
  record.set_raw(cat062::I080_SDS, detection_status(track, sources));
  record.set_raw(cat062::I080_EMS, std::min<std::uint64_t>(track.emergency, 7U));
  if (track.on_ground) set_flag(record, cat062::I080_SFC, true);
}

void fill_ages(RecordBuilder& record, units::UtcTime time, const SystemTrack& track, const Sources& sources) {
  record.set(cat062::I290_TRK, age_between(track.initiated, time).seconds());
  const auto set_age = [&](wire::asterix::Field field, Technology technology) {
    if (const auto& age = sources.age_of(technology)) record.set(field, age->seconds());
  };
  set_age(cat062::I290_PSR, Technology::psr);
  set_age(cat062::I290_SSR, Technology::ssr);
  set_age(cat062::I290_MDS, Technology::mode_s);
  set_age(cat062::I290_ES, Technology::adsb);
  set_age(cat062::I290_MLT, Technology::mlat);
}

void fill_identity(RecordBuilder& record, const SystemTrack& track, const RecordFlags& flags) {
  if (track.mode_a) {
    record.set_raw(cat062::I060_MODE3A, track.mode_a->bits());
    set_flag(record, cat062::I060_CH, flags.mode_a_changed);
  }
  if (track.address) record.set_raw(cat062::I380_ADR, track.address->value());
  if (!track.identification || track.identification->empty()) return;
  constexpr std::uint64_t kDownlinked = 0;
  record.set_raw(cat062::I245_STI, kDownlinked);
  record.set_text(cat062::I245_CHR, track.identification->text());
  record.set_text(cat062::I380_ID, track.identification->text());
}

void fill_vertical(RecordBuilder& record, const SystemTrack& track) {
  if (track.height_is_geometric) record.set(cat062::I130_VALUE, track.position.height.feet());
  if (track.pressure_altitude) {
    record.set(cat062::I136_VALUE, track.pressure_altitude->flight_level());
    record.set_raw(cat062::I135_QNH, 0);
    record.set(cat062::I135_CTB, track.pressure_altitude->flight_level());
  }
  if (track.vertical_rate) record.set(cat062::I220_VALUE, track.vertical_rate->feet_per_minute());
}

/// I062/200 VERT; within 300 ft/min counts as level.
std::uint64_t vertical_movement(const SystemTrack& track) {
  constexpr std::uint64_t kLevel = 0;
  constexpr std::uint64_t kClimb = 1;
  constexpr std::uint64_t kDescent = 2;
  constexpr std::uint64_t kUndetermined = 3;
  constexpr auto kDeadBand = units::Speed::feet_per_minute(300.0);
  if (!track.vertical_rate) return kUndetermined;
  if (abs(*track.vertical_rate) <= kDeadBand) return kLevel;
  return *track.vertical_rate > units::Speed() ? kClimb : kDescent;
}

void fill_motion(RecordBuilder& record, const SystemTrack& track) {
  constexpr std::uint64_t kConstantCourse = 0;
  constexpr std::uint64_t kUndetermined = 3;
  record.set(cat062::I105_LAT, track.position.latitude.degrees());
  // 180 degrees east is sent as 180 degrees west: the item ends below it.
  const double longitude = track.position.longitude.degrees();
  record.set(cat062::I105_LON, longitude >= 180.0 ? longitude - 360.0 : longitude);
  record.set(cat062::I185_VX, track.velocity_east.metres_per_second());
  record.set(cat062::I185_VY, track.velocity_north.metres_per_second());
  const auto& models = track.model_probability;
  const bool straight = models[0] >= models[1] && models[0] >= models[2];
  record.set_raw(cat062::I200_TRANS, straight ? kConstantCourse : kUndetermined);
  record.set_raw(cat062::I200_LONG, kUndetermined);
  record.set_raw(cat062::I200_VERT, vertical_movement(track));
}

std::optional<double> sigma(double variance) {
  if (!std::isfinite(variance) || variance < 0.0) return std::nullopt;
  return std::sqrt(variance);
}

/// I062/500 in the fields of its first presence octet only: the position along east and north and as angles, their
/// covariance, the velocity.
void fill_accuracy(RecordBuilder& record, const SystemTrack& track) {
  const auto east = sigma(track.position_covariance.east_east_m2);
  const auto north = sigma(track.position_covariance.north_north_m2);
  if (east && north) {
    record.set(cat062::I500_APC_X, *east);
    record.set(cat062::I500_APC_Y, *north);
    constexpr double kMetresPerDegree = 111'319.49;  // on the equator of WGS-84; the field's step is half a metre
    const double shrink = std::max(cos(track.position.latitude), 1e-6);
    record.set(cat062::I500_APW_LAT, *north / kMetresPerDegree);
    record.set(cat062::I500_APW_LON, *east / (kMetresPerDegree * shrink));
    // The standard's component: the signed root of the covariance, in metres.
    const double covariance = track.position_covariance.east_north_m2;
    if (std::isfinite(covariance))
      record.set(cat062::I500_COV, std::copysign(std::sqrt(std::abs(covariance)), covariance));
  }
  const auto east_speed = sigma(track.velocity_covariance_m2s2.east_east_m2);
  const auto north_speed = sigma(track.velocity_covariance_m2s2.north_north_m2);
  if (east_speed && north_speed) {
    record.set(cat062::I500_ATV_X, *east_speed);
    record.set(cat062::I500_ATV_Y, *north_speed);
  }
}

}  // namespace

std::uint32_t time_of_day_128ths(units::UtcTime time) noexcept {
  constexpr std::int64_t kNanosecondsPerDay = 86'400'000'000'000;
  constexpr std::int64_t kNanosecondsPer128Steps = 1'000'000'000;
  std::int64_t of_day = time.nanoseconds_since_epoch() % kNanosecondsPerDay;
  if (of_day < 0) of_day += kNanosecondsPerDay;
  const std::int64_t steps = (of_day * 128 + kNanosecondsPer128Steps / 2) / kNanosecondsPer128Steps;
  return static_cast<std::uint32_t>(steps % (86'400 * 128));
}

void fill_cat062(RecordBuilder& record, const ServiceIdentity& identity, const AirPicture& picture,
                 const SystemTrack& track, const RecordFlags& flags) {
  const Sources sources = sources_of(picture, track);
  fill_head(record, identity, picture.time, track.track_number);
  fill_status(record, track, sources, flags);
  fill_ages(record, picture.time, track, sources);
  fill_identity(record, track, flags);
  if (!has_usable_state(track)) return;
  fill_vertical(record, track);
  fill_motion(record, track);
  fill_accuracy(record, track);
}

void fill_cat062_end(RecordBuilder& record, const ServiceIdentity& identity, units::UtcTime time,
                     std::uint16_t track_number) {
  fill_head(record, identity, time, track_number);
  set_flag(record, cat062::I080_MON, true);
  set_flag(record, cat062::I080_TSE, true);
}

}  // namespace marsad::output
