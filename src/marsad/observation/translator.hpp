#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "marsad/observation/mode_s/resolver.hpp"
#include "marsad/observation/sensor_registry.hpp"
#include "marsad/observation/target_report.hpp"
#include "marsad/units/time.hpp"
#include "marsad/wire/framing/datagram.hpp"

namespace marsad::wire::asterix {
class EditionSet;
class RecordView;
}  // namespace marsad::wire::asterix

namespace marsad::observation {

/// What one or more datagrams said. Reused from tick to tick: its capacity stays, so nothing is allocated once warm.
struct ObservationBatch {
  std::vector<TargetReport> reports;
  std::vector<SensorMessage> messages;

  void clear() noexcept {
    reports.clear();
    messages.clear();
  }
};

/// Which sensor speaks in messages that don't say it themselves: those of ADS-B receivers, known by where they come
/// from.
struct ReceiverSetting {
  std::string sensor;  ///< name of the sensor; unknown ones are registered
  /// Address of the sender or of the group that it sends to, IPv4 as ::ffff:a.b.c.d; absent: any.
  std::optional<std::array<std::uint8_t, 16>> address;
  std::optional<std::uint16_t> port;  ///< at either end of the connection; absent: any

  friend bool operator==(const ReceiverSetting&, const ReceiverSetting&) = default;
};

struct TranslatorSettings {
  /// How far a time of applicability may be from receipt and still be believed. Further off is a wrong clock, or a
  /// local time sent as UTC: receipt stands in, and the report says so (`time_from_receipt`).
  units::Duration max_lead = units::Duration::seconds(30.0);    ///< after receipt
  units::Duration max_delay = units::Duration::seconds(600.0);  ///< before receipt: late data are old, not wrong
  /// The first that fits counts. What fits none is of a sensor named after its address and the lower of the two ports,
  /// "receiver 10.1.2.3:30005" (the other port is any free one, new with each connection), or "receiver" for a file.
  std::vector<ReceiverSetting> receivers;
  mode_s::ResolverSettings mode_s;
};

/// Why a row of plots.csv could not be used.
enum class RowFault : std::uint8_t {
  field_count,  ///< not 14 fields
  time,         ///< `t` or `t_rx` absent or no number
  sensor,       ///< no sensor_id, or not up to 64 octets of printable UTF-8
  type,         ///< not PSR, SSR, MODES or ADSB
  number,       ///< a field that must be a finite number isn't
  code,         ///< `mode3a` is not four octal digits, or `mode_s` not six hexadecimal ones
  position,     ///< range without azimuth, or latitude without longitude, or neither, or out of range
};
inline constexpr std::size_t kRowFaults = 7;
[[nodiscard]] std::string_view name_of(RowFault fault) noexcept;

/// Totals over all sensors, so that nothing is lost in silence.
struct TranslatorCounters {
  std::uint64_t datagrams = 0;
  std::uint64_t octets = 0;
  std::uint64_t records = 0;  ///< ASTERIX records and rows read
  std::uint64_t target_reports = 0;
  std::uint64_t messages = 0;
  std::uint64_t faults = 0;  ///< damaged parts, skipped (rows included)
  std::uint64_t skipped_octets = 0;
  std::uint64_t untranslated = 0;  ///< good records of a category that says nothing about targets or sensors
  std::uint64_t unattributed = 0;  ///< records without a source (SAC/SIC), or of none that could be told
  std::uint64_t refused = 0;       ///< records of unknown sensors beyond the registry's maximum
  std::uint64_t unwanted = 0;      ///< records of a category that the configuration doesn't take from that sensor
  /// Receivers' messages that taught something about an aircraft, or nothing, but gave no report: no position.
  std::uint64_t absorbed = 0;
  /// Receivers' messages that could not be believed, or were heard before: `mode_s_counters` says why.
  std::uint64_t rejected = 0;
  std::array<std::uint64_t, 256> records_of_category{};
  std::array<std::uint64_t, kRowFaults> row_faults{};

  friend bool operator==(const TranslatorCounters&, const TranslatorCounters&) = default;
};

/// Turns what the wire said into what the trackers read: ASTERIX categories 001, 002, 010, 019, 020, 021 (0.2x
/// and 2.x), 034, 048, 062, 063, 065, rows of plots.csv, and what ADS-B receivers send (Mode S messages, rows of SBS-1,
/// UAT, aircraft.json) into `TargetReport`s and `SensorMessage`s in SI units, each with a moment in UTC, a WGS-84
/// position and its covariance.
///
/// Receivers. Their messages name no sensor: `TranslatorSettings::receivers` does, by where they come from. Each
/// resolved position is one report, with what was heard of its aircraft lately (`adsb_report.hpp`); other messages only
/// teach.
///
/// Position. Polar: from the sensor's site, slant range, azimuth and height. The height is the pressure altitude, which
/// stands in for the height above the ellipsoid with a standard deviation of 150 m and 2.5 % of the altitude in
/// quadrature (temperature and pressure off the standard atmosphere, and the geoid), else a 3D radar's height, else the
/// prior of `geo::kUnknownHeight`; a garbled altitude is not used. Cartesian: in the plane at the sensor's reference
/// point. Geodetic: as reported. Without a site a polar or Cartesian report has no position and is counted `unplaced`.
///
/// Covariance. What the report says of itself if it does (I021/090, I010/500, I020/500, I062/500), else the sensor's
/// nominal figures. Figures of 95 % become one sigma by 1/2.448 (two dimensions).
///
/// Time. The time of day becomes the moment nearest to receipt; I001/141 is completed from the radar's own CAT002 times
/// or receipt. Without a usable one `time_from_receipt` is set.
///
/// Doubt. A report that can't be true, that its sensor suspects, or that no detection backs is kept with its flag and
/// counted, never dropped. Input can't make it fail. Deterministic: the same calls give the same reports and ids. No
/// allocation once the batch has its capacity and the sensors are known.
class Translator {
 public:
  Translator(SensorRegistry registry, const wire::asterix::EditionSet& editions, TranslatorSettings settings = {});
  ~Translator();
  Translator(Translator&&) noexcept;
  Translator& operator=(Translator&&) noexcept;

  /// Appends to `batch` what the datagram says. `receipt` must not decrease from call to call.
  void translate(std::span<const std::byte> payload, wire::framing::PayloadKind kind, units::UtcTime receipt,
                 ObservationBatch& batch, const wire::framing::Source& source = {});

  /// The same for one record of a datagram, decoded already.
  void translate(const wire::asterix::RecordView& record, units::UtcTime receipt, ObservationBatch& batch);

  [[nodiscard]] const SensorRegistry& registry() const noexcept;
  [[nodiscard]] const TranslatorCounters& counters() const noexcept;
  /// What became of Mode S messages; nothing if there were none.
  [[nodiscard]] const mode_s::ResolverCounters* mode_s_counters() const noexcept;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace marsad::observation
