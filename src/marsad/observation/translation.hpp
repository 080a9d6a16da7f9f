#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "marsad/observation/receiver_memory.hpp"
#include "marsad/observation/sensor_registry.hpp"
#include "marsad/observation/target_report.hpp"
#include "marsad/observation/translator.hpp"
#include "marsad/units/time.hpp"
#include "marsad/wire/asterix/field.hpp"
#include "marsad/wire/asterix/record_view.hpp"
#include "marsad/wire/framing/datagram.hpp"

/// The workshop of `Translator`: what its files share. For the room only.
namespace marsad::observation {

/// Times of day that one datagram may hold under several names, best first; the first usable one counts.
using TimeOfDay = std::optional<double>;

/// Everything that a record's translation reads and writes. One per translator; `receipt` and `batch` belong to the
/// datagram at hand.
class Translation {
 public:
  Translation(SensorRegistry sensors, TranslatorSettings chosen)
      : registry(std::move(sensors)), settings(std::move(chosen)) {}

  /// The sensor that sent the record; nothing (and counted why) if it has none, or none that may serve.
  std::optional<SensorId> sensor_of(const wire::asterix::RecordView& record, SensorKind kind);
  /// The sensor of a record that doesn't tell its kind: a known one of `families`, else nothing, counted.
  std::optional<SensorId> known_sensor_of(const wire::asterix::RecordView& record,
                                          std::span<const SensorKind> families);

  /// The sensor of a target report that doesn't tell its kind: a known one of `families`, else one of the first of
  /// them.
  std::optional<SensorId> sensor_like(const wire::asterix::RecordView& record, std::span<const SensorKind> families);
  /// The receiver that a datagram came from; nothing (and counted `refused`) if the registry is full.
  std::optional<SensorId> receiver_at(const wire::framing::Source& source);

  /// `time` if it is near enough to receipt to be believed, else receipt.
  [[nodiscard]] units::UtcTime believed(units::UtcTime time) const { return is_near_receipt(time) ? time : receipt; }

  /// A new report of `id`, received now and not yet timed.
  [[nodiscard]] TargetReport begin(SensorId id, Detection detection) const;
  /// Sets the time of applicability from a time of day in seconds.
  void stamp(TargetReport& report, TimeOfDay time_of_day) const;
  /// The same from a truncated time (I001/141), by the radar's last full time or receipt.
  void stamp_truncated(TargetReport& report, std::optional<double> seconds) const;
  /// Derives what follows from the whole report, counts it and appends it.
  void finish(TargetReport& report);

  /// A message about the sensor itself, received now, timed like a report; appended by `finish`.
  [[nodiscard]] SensorMessage begin_message(SensorId id, SensorMessage::Kind kind, TimeOfDay time_of_day) const;
  void finish(const SensorMessage& message);

  /// Remembers a full time of day that radar `id` sent (I002/030).
  void remember_time(SensorId id, units::UtcTime time);

  SensorRegistry registry;
  TranslatorSettings settings;
  TranslatorCounters counters;
  units::UtcTime receipt;
  ObservationBatch* batch = nullptr;
  ReceiverMemory receivers;

 private:
  [[nodiscard]] std::optional<units::UtcTime> moment_of(TimeOfDay time_of_day) const;
  [[nodiscard]] bool is_near_receipt(units::UtcTime time) const;
  void count(const TargetReport& report);

  struct RadarTime {
    units::UtcTime time;
    units::UtcTime receipt;
  };
  std::vector<std::optional<RadarTime>> last_times_;  ///< by sensor
};

// One function for each group of categories; each takes only records of its own.
void translate_monoradar(const wire::asterix::RecordView& record, Translation& work);               // 048
void translate_monoradar_legacy(const wire::asterix::RecordView& record, Translation& work);        // 001
void translate_radar_service(const wire::asterix::RecordView& record, Translation& work);           // 034
void translate_radar_service_legacy(const wire::asterix::RecordView& record, Translation& work);    // 002
void translate_airport(const wire::asterix::RecordView& record, Translation& work);                 // 010
void translate_multilateration(const wire::asterix::RecordView& record, Translation& work);         // 020
void translate_multilateration_status(const wire::asterix::RecordView& record, Translation& work);  // 019
void translate_adsb(const wire::asterix::RecordView& record, Translation& work);                    // 021
void translate_system_track(const wire::asterix::RecordView& record, Translation& work);            // 062
void translate_sensor_status(const wire::asterix::RecordView& record, Translation& work);           // 063
void translate_service_status(const wire::asterix::RecordView& record, Translation& work);          // 065
/// One row of plots.csv, its line end removed.
void translate_plot_row(std::string_view row, Translation& work);
// What receivers send: one message, row, line or document; `source` tells whose it is.
void translate_mode_s(std::span<const std::byte> payload, const wire::framing::Source& source, Translation& work);
void translate_sbs_row(std::string_view row, const wire::framing::Source& source, Translation& work);
void translate_uat(std::string_view line, const wire::framing::Source& source, Translation& work);
void translate_aircraft_json(std::string_view document, const wire::framing::Source& source, Translation& work);

// What several categories say in the same way.

/// True if the field is there and not zero.
[[nodiscard]] bool is_set(const wire::asterix::RecordView& record, wire::asterix::Field field) noexcept;
/// A code, with its validated and garbled bits.
void read_mode_a(TargetReport& report, const wire::asterix::RecordView& record, wire::asterix::Field code,
                 wire::asterix::Field unvalidated, wire::asterix::Field garbled);
/// A flight level, with its validated and garbled bits; one that no aircraft reaches counts as garbled.
void read_flight_level(TargetReport& report, const wire::asterix::RecordView& record, wire::asterix::Field level,
                       wire::asterix::Field unvalidated, wire::asterix::Field garbled);
/// Sets `pressure_altitude`; implausible ones are flagged garbled.
void set_flight_level(TargetReport& report, double flight_level);
/// A 24-bit address; all zeros and all ones belong to no aircraft.
void read_address(TargetReport& report, const wire::asterix::RecordView& record, wire::asterix::Field field);
/// Eight characters; blank ones are absent.
void read_identification(TargetReport& report, const wire::asterix::RecordView& record, wire::asterix::Field field);
void read_track_number(TargetReport& report, const wire::asterix::RecordView& record, wire::asterix::Field field);
/// Warning and error conditions with the values of I048/030 and I020/030.
void read_warnings(TargetReport& report, const wire::asterix::RecordView& record, wire::asterix::Field field);
/// Flight status of a transponder (I048/230 STAT and its like).
void read_flight_status(TargetReport& report, const wire::asterix::RecordView& record, wire::asterix::Field field);

}  // namespace marsad::observation
