#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "marsad/geo/local_frame.hpp"
#include "marsad/observation/sensor.hpp"
#include "marsad/units/time.hpp"

namespace marsad::observation {

/// System area and identification code (I048/010 and its like).
struct SacSic {
  std::uint8_t sac = 0;
  std::uint8_t sic = 0;

  friend constexpr auto operator<=>(const SacSic&, const SacSic&) = default;
};

/// What a configuration may say about one sensor.
struct SensorSetting {
  std::string name;            ///< unique; `sensor_id` of plots.csv refers to it
  std::optional<SacSic> code;  ///< absent: the sensor never speaks ASTERIX (plots.csv)
  SensorKind kind = SensorKind::psr;
  /// ASTERIX categories taken from it; empty: all. Two settings may share code and kind if their categories don't meet,
  /// for a station that sends the same targets in two categories.
  std::vector<std::uint8_t> categories;
  SensorCharacteristics characteristics;

  friend bool operator==(const SensorSetting&, const SensorSetting&) = default;
};

/// What was counted about one sensor, from the log alone.
struct SensorCounters {
  std::uint64_t reports = 0;           ///< target reports handed on
  std::uint64_t messages = 0;          ///< messages about the sensor itself
  std::uint64_t unplaced = 0;          ///< reports without a position for want of the sensor's site
  std::uint64_t without_position = 0;  ///< reports that carried none
  std::uint64_t implausible = 0;       ///< reports whose position can't be true (`position_implausible`)
  std::uint64_t extrapolated = 0;      ///< reports of a local track that no detection backs (`extrapolated`)
  std::uint64_t untimed = 0;           ///< reports whose time of day was absent or unusable; receipt stands in
  std::uint64_t unwanted = 0;          ///< records of a category that the configuration doesn't take from it
  std::optional<units::UtcTime> last_receipt;
  units::Duration latency;  ///< of the last timed report: receipt minus applicability

  friend bool operator==(const SensorCounters&, const SensorCounters&) = default;
};

/// The group under which a sensor of `kind` is recognised: psr for everything that rotates, else the kind itself.
[[nodiscard]] constexpr SensorKind family_of(SensorKind kind) noexcept {
  return kind == SensorKind::ssr || kind == SensorKind::mode_s ? SensorKind::psr : kind;
}

/// The kind that `name_of` gives this name.
[[nodiscard]] std::optional<SensorKind> parse_sensor_kind(std::string_view name) noexcept;

/// Figures typical of a kind, for what a configuration leaves out and for sensors that it doesn't know.
[[nodiscard]] SensorCharacteristics typical_characteristics(SensorKind kind);

/// All sensors, the configured ones first and in the order of the configuration, then those met on the wire in the
/// order of appearance: the same log gives the same ids. A sensor met on the wire is remembered as unconfigured, with a
/// kind inferred from what it sends; its geodetic reports serve as any others. At most `kMaxUnknown` of them: beyond
/// that, nothing is registered and `refused` counts.
class SensorRegistry {
 public:
  static constexpr std::size_t kMaxUnknown = 256;
  static constexpr std::size_t kMaxConfigured = 10'000;  ///< settings beyond are left out (`conflicts` tells)

  SensorRegistry() : SensorRegistry(std::vector<SensorSetting>{}) {}
  /// Of settings with the same name the first is found by name; a setting whose code, family and categories meet those
  /// of an earlier one is never reached on the wire (`conflicts` tells).
  explicit SensorRegistry(std::vector<SensorSetting> settings);

  /// What is wrong with `settings`, one sentence each; empty if nothing is.
  [[nodiscard]] static std::vector<std::string> conflicts(std::span<const SensorSetting> settings);

  [[nodiscard]] std::span<const Sensor> sensors() const noexcept { return sensors_; }
  [[nodiscard]] std::size_t size() const noexcept { return sensors_.size(); }
  [[nodiscard]] const Sensor& get(SensorId id) const;
  [[nodiscard]] const SensorCounters& counters(SensorId id) const;
  /// The frame at the sensor's site, absent if that is unknown.
  [[nodiscard]] const std::optional<geo::LocalFrame>& frame(SensorId id) const;

  /// What became of a look-up on the wire.
  struct Match {
    std::optional<SensorId> id;  ///< absent: unwanted, or the registry is full
    bool unwanted = false;       ///< a configured sensor has this code and family but doesn't take the category
  };
  /// The sensor that sends `category` under `key`; registers an unknown one as `kind`. `kind` also raises that of an
  /// unconfigured radar that shows more than it did (psr, ssr, mode_s). Allocates only when it registers.
  Match match(const SensorKey& key, SensorKind kind, std::uint8_t category);
  /// Looks without registering: the first sensor of one of `families` under `code` that takes `category`.
  [[nodiscard]] std::optional<SensorId> find(SacSic code, std::span<const SensorKind> families,
                                             std::uint8_t category) const;
  /// The sensor named `name`.
  [[nodiscard]] std::optional<SensorId> find(std::string_view name) const;
  /// The sensor named `name`; registers an unknown one as `kind`, without a code.
  std::optional<SensorId> id_of_name(std::string_view name, SensorKind kind);

  /// Sensors that could not be registered because the registry was full, counted once per record.
  [[nodiscard]] std::uint64_t refused() const noexcept { return refused_; }

  /// What an unconfigured sensor tells about itself (I034/120, I019/600): where it stands, how fast it turns.
  /// Configured figures are never overruled.
  void learn_site(SensorId id, const geo::Geodetic& site);
  void learn_period(SensorId id, units::Duration period);

  [[nodiscard]] SensorCounters& counters(SensorId id);

 private:
  struct Entry {
    std::vector<std::uint8_t> categories;
    SensorCounters counters;
    std::optional<geo::LocalFrame> frame;
    std::uint16_t next_of_code = kNone;  ///< the next sensor with the same SAC/SIC
  };
  static constexpr std::uint16_t kNone = 0xFFFF;

  [[nodiscard]] bool takes(std::size_t index, std::uint8_t category) const noexcept;
  std::optional<SensorId> register_unknown(const SensorKey& key, SensorKind kind, std::string name, bool on_wire);
  void append(Sensor sensor, std::vector<std::uint8_t> categories, bool on_wire);
  void raise_kind(std::size_t index, SensorKind kind);

  std::vector<Sensor> sensors_;
  std::vector<Entry> entries_;
  std::vector<std::uint16_t> first_of_code_;  ///< by SAC * 256 + SIC
  std::map<std::string, SensorId, std::less<>> by_name_;
  std::size_t unknown_ = 0;
  std::uint64_t refused_ = 0;
};

/// What the configuration lacks about `sensor`, as text for a person: the `[[sensor]]` table to add or complete, every
/// known key filled in and the missing ones named. Empty if nothing is missing.
[[nodiscard]] std::string what_is_needed(const Sensor& sensor);

}  // namespace marsad::observation
