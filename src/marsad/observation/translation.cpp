#include "marsad/observation/translation.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "marsad/observation/emergency.hpp"
#include "marsad/observation/time_of_day.hpp"

namespace marsad::observation {

using units::Duration;
using units::UtcTime;
using wire::asterix::Field;
using wire::asterix::RecordView;

namespace {

constexpr double kLowestFlightLevel = -20.0;
constexpr double kHighestFlightLevel = 1'500.0;
/// A radar's CAT002 time completes truncated times for this long; after that receipt is the better reference.
constexpr Duration kRadarTimeLife = Duration::seconds(100.0);

/// Conditions under which the sensor itself suspects that there is no such target.
bool is_suspicion(std::uint64_t warning) noexcept {
  switch (warning) {
    case 1:   // multipath reply (reflection)
    case 2:   // sidelobe interrogation or reception
    case 3:   // split plot
    case 4:   // second time around
    case 5:   // angel
    case 6:   // slow moving target correlated with road traffic
    case 7:   // fixed PSR plot
    case 10:  // phantom SSR plot
    case 19:  // birds
    case 20:  // flock of birds
    case 23:  // plot potentially caused by a wind turbine
      return true;
    default:
      return false;
  }
}

}  // namespace

std::optional<SensorId> Translation::sensor_of(const RecordView& record, SensorKind kind) {
  const std::optional<wire::asterix::DataSource> source = record.source();
  if (!source) {
    ++counters.unattributed;
    return std::nullopt;
  }
  const SensorKey key{.sac = source->sac, .sic = source->sic, .family = family_of(kind)};
  const SensorRegistry::Match match = registry.match(key, kind, static_cast<std::uint8_t>(record.category()));
  if (!match.id) ++(match.unwanted ? counters.unwanted : counters.refused);
  return match.id;
}

std::optional<SensorId> Translation::known_sensor_of(const RecordView& record, std::span<const SensorKind> families) {
  const std::optional<wire::asterix::DataSource> source = record.source();
  std::optional<SensorId> found;
  if (source)
    found = registry.find(SacSic{source->sac, source->sic}, families, static_cast<std::uint8_t>(record.category()));
  if (!found) ++counters.unattributed;
  return found;
}

std::optional<SensorId> Translation::sensor_like(const RecordView& record, std::span<const SensorKind> families) {
  const std::optional<wire::asterix::DataSource> source = record.source();
  std::optional<SensorId> found;
  if (source)
    found = registry.find(SacSic{source->sac, source->sic}, families, static_cast<std::uint8_t>(record.category()));
  return found ? found : sensor_of(record, families.front());
}

TargetReport Translation::begin(SensorId id, Detection detection) const {
  TargetReport report;
  report.sensor = id;
  report.detection = detection;
  report.receipt = receipt;
  report.applicability = receipt;
  report.quality.time_from_receipt = true;
  return report;
}

bool Translation::is_near_receipt(UtcTime time) const {
  return time - receipt <= settings.max_lead && receipt - time <= settings.max_delay;
}

std::optional<UtcTime> Translation::moment_of(TimeOfDay time_of_day) const {
  if (!time_of_day || !is_time_of_day(*time_of_day)) return std::nullopt;
  const UtcTime moment = resolve_time_of_day(*time_of_day, receipt);
  return is_near_receipt(moment) ? std::optional(moment) : std::nullopt;
}

void Translation::stamp(TargetReport& report, TimeOfDay time_of_day) const {
  const std::optional<UtcTime> moment = moment_of(time_of_day);
  report.applicability = moment.value_or(receipt);
  report.quality.time_from_receipt = !moment;
}

void Translation::stamp_truncated(TargetReport& report, std::optional<double> seconds) const {
  if (!seconds) return;
  UtcTime near = receipt;
  if (report.sensor.value() < last_times_.size()) {
    const std::optional<RadarTime>& last = last_times_[report.sensor.value()];
    if (last && receipt - last->receipt < kRadarTimeLife) near = last->time;
  }
  const UtcTime moment = resolve_truncated_time(*seconds, near);
  if (!is_near_receipt(moment)) return;
  report.applicability = moment;
  report.quality.time_from_receipt = false;
}

void Translation::remember_time(SensorId id, UtcTime time) {
  if (last_times_.size() <= id.value()) last_times_.resize(std::size_t{id.value()} + 1);
  last_times_[id.value()] = RadarTime{time, receipt};
}

void Translation::finish(TargetReport& report) {
  const bool code_is_sure = report.mode_a && !report.quality.mode_a_garbled && !report.quality.mode_a_unvalidated;
  if (report.emergency == 0 && code_is_sure) report.emergency = emergency_of(*report.mode_a);
  count(report);
  batch->reports.push_back(report);
}

void Translation::count(const TargetReport& report) {
  SensorCounters& sensor = registry.counters(report.sensor);
  ++counters.target_reports;
  ++sensor.reports;
  if (report.quality.position_implausible) ++sensor.implausible;
  if (report.quality.extrapolated) ++sensor.extrapolated;
  if (report.quality.site_unknown) {
    ++sensor.unplaced;
  } else if (!report.position && !report.quality.position_implausible) {
    ++sensor.without_position;
  }
  sensor.last_receipt = receipt;
  if (report.quality.time_from_receipt) {
    ++sensor.untimed;
  } else {
    sensor.latency = receipt - report.applicability;
  }
}

SensorMessage Translation::begin_message(SensorId id, SensorMessage::Kind kind, TimeOfDay time_of_day) const {
  SensorMessage message;
  message.sensor = id;
  message.kind = kind;
  message.receipt = receipt;
  message.applicability = moment_of(time_of_day).value_or(receipt);
  return message;
}

void Translation::finish(const SensorMessage& message) {
  SensorCounters& sensor = registry.counters(message.sensor);
  ++counters.messages;
  ++sensor.messages;
  sensor.last_receipt = receipt;
  batch->messages.push_back(message);
}

bool is_set(const RecordView& record, Field field) noexcept { return record.raw(field).value_or(0) != 0; }

void read_mode_a(TargetReport& report, const RecordView& record, Field code, Field unvalidated, Field garbled) {
  const std::optional<std::uint64_t> bits = record.raw(code);
  if (!bits) return;
  report.mode_a = ModeACode::from_bits(static_cast<std::uint16_t>(*bits));
  report.quality.mode_a_unvalidated = is_set(record, unvalidated);
  report.quality.mode_a_garbled = is_set(record, garbled);
}

void set_flight_level(TargetReport& report, double flight_level) {
  report.pressure_altitude = units::PressureAltitude::flight_level(flight_level);
  if (flight_level < kLowestFlightLevel || flight_level > kHighestFlightLevel) report.quality.altitude_garbled = true;
}

void read_flight_level(TargetReport& report, const RecordView& record, Field level, Field unvalidated, Field garbled) {
  const std::optional<double> flight_level = record.value(level);
  if (!flight_level) return;
  report.quality.altitude_unvalidated = is_set(record, unvalidated);
  report.quality.altitude_garbled = is_set(record, garbled);
  set_flight_level(report, *flight_level);
}

void read_address(TargetReport& report, const RecordView& record, Field field) {
  const std::optional<std::uint64_t> bits = record.raw(field);
  if (!bits) return;
  const bool possible = *bits != 0 && *bits != 0xFFFFFF;
  if (possible) report.address = ModeSAddress(static_cast<std::uint32_t>(*bits));
  if (!possible) report.quality.address_doubtful = true;
}

void read_identification(TargetReport& report, const RecordView& record, Field field) {
  const std::optional<wire::asterix::FixedText> text = record.text(field);
  if (!text) return;
  const AircraftIdentification identification = AircraftIdentification::from_text(text->view());
  if (!identification.empty()) report.identification = identification;
}

void read_track_number(TargetReport& report, const RecordView& record, Field field) {
  if (const std::optional<std::uint64_t> number = record.raw(field))
    report.local_track_number = static_cast<std::uint16_t>(*number);
}

void read_warnings(TargetReport& report, const RecordView& record, Field field) {
  constexpr std::uint64_t kAbnormalAltitude = 12;
  constexpr std::uint64_t kDuplicatedAddress = 16;
  constexpr std::uint64_t kUndecodableAltitude = 18;
  const std::size_t warnings = record.count(field);
  for (std::size_t i = 0; i < warnings; ++i) {
    const std::uint64_t warning = record.raw(field, i).value_or(0);
    if (is_suspicion(warning)) report.quality.suspected_false = true;
    if (warning == kDuplicatedAddress) report.quality.address_doubtful = true;
    if (warning == kAbnormalAltitude || warning == kUndecodableAltitude) report.quality.altitude_unvalidated = true;
  }
}

void read_flight_status(TargetReport& report, const RecordView& record, Field field) {
  switch (record.raw(field).value_or(0)) {
    case 1:
    case 3:
      report.on_ground = true;
      break;
    case 4:
    case 5:
      report.special_position_identification = true;
      break;
    default:
      break;
  }
}

}  // namespace marsad::observation
