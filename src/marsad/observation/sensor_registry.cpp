#include "marsad/observation/sensor_registry.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <utility>

#include "marsad/base/check.hpp"

namespace marsad::observation {

using units::Angle;
using units::Duration;
using units::Length;
using units::Speed;

namespace {

constexpr std::size_t kCodes = 65'536;

constexpr std::size_t index_of_code(SacSic code) noexcept {
  return static_cast<std::size_t>(code.sac) * 256U + static_cast<std::size_t>(code.sic);
}

bool meet(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b) {
  if (a.empty() || b.empty()) return true;
  return std::ranges::any_of(a, [b](std::uint8_t category) { return std::ranges::find(b, category) != b.end(); });
}

bool is_polar(SensorKind kind) noexcept { return family_of(kind) == SensorKind::psr || kind == SensorKind::smr; }

template <class... Arguments>
std::string printed(const char* format, Arguments... arguments) {
  std::array<char, 160> text{};
  const int length = std::snprintf(text.data(), text.size(), format, arguments...);
  return std::string(text.data(), static_cast<std::size_t>(std::clamp(length, 0, static_cast<int>(text.size()) - 1)));
}

/// The nominal figures that matter for the kind, as lines of the table.
std::string figures_of(const Sensor& sensor) {
  const SensorCharacteristics& nominal = sensor.characteristics;
  if (!is_polar(sensor.kind))
    return printed("sigma_position_m = %.1f  # of reports that state no accuracy\n", nominal.sigma_position.metres());
  return printed("period_s = %.2f           # one antenna rotation\n", nominal.period.seconds()) +
         printed("sigma_range_m = %.1f      # typical of the kind; better its own\n", nominal.sigma_range.metres()) +
         printed("sigma_azimuth_deg = %.3f\n", nominal.sigma_azimuth.degrees());
}

std::string unknown_name(const SensorKey& key, SensorKind kind) {
  return printed("%u/%u %s", static_cast<unsigned>(key.sac), static_cast<unsigned>(key.sic), name_of(kind).data());
}

/// Whether the sensor has a SAC/SIC: 0/0 is what one has that only plots.csv names, unless it was met on the wire.
bool speaks_asterix(const Sensor& sensor) {
  return sensor.key.sac != 0 || sensor.key.sic != 0 || sensor.name == unknown_name(sensor.key, sensor.kind);
}

/// As it stands between the quotes of a TOML text.
std::string escaped(std::string_view name) {
  std::string text;
  for (const char c : name) {
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  return text;
}

}  // namespace

std::optional<SensorKind> parse_sensor_kind(std::string_view name) noexcept {
  const auto found = std::ranges::find(kSensorKindNames, name);
  if (found == kSensorKindNames.end()) return std::nullopt;
  return static_cast<SensorKind>(found - kSensorKindNames.begin());
}

SensorCharacteristics typical_characteristics(SensorKind kind) {
  SensorCharacteristics typical;
  switch (kind) {
    case SensorKind::psr:
      typical.sigma_range = Length::metres(80.0);
      typical.sigma_azimuth = Angle::degrees(0.15);
      typical.detection_probability = 0.85;
      typical.false_plots_per_scan = 20.0;
      break;
    case SensorKind::ssr:
      typical.sigma_range = Length::metres(60.0);
      typical.sigma_azimuth = Angle::degrees(0.09);
      break;
    case SensorKind::mode_s:
      typical.sigma_range = Length::metres(40.0);
      typical.sigma_azimuth = Angle::degrees(0.07);
      break;
    case SensorKind::smr:
      typical.period = Duration::seconds(1.0);
      typical.range_max = Length::kilometres(20.0);
      typical.sigma_range = Length::metres(5.0);
      typical.sigma_azimuth = Angle::degrees(0.2);
      typical.sigma_position = Length::metres(6.0);
      typical.detection_probability = 0.9;
      typical.false_plots_per_scan = 10.0;
      break;
    case SensorKind::mlat:
      typical.period = Duration::seconds(1.0);
      typical.sigma_position = Length::metres(10.0);
      break;
    case SensorKind::adsb:
      typical.period = Duration::seconds(1.0);
      typical.range_max = Length::nautical_miles(300.0);
      typical.sigma_position = Length::metres(30.0);
      typical.false_plots_per_scan = 0.1;
      break;
    case SensorKind::system_tracks:
      typical.range_max = Length::kilometres(5'000.0);
      typical.sigma_position = Length::metres(100.0);
      typical.sigma_velocity = Speed::metres_per_second(5.0);
      typical.false_plots_per_scan = 0.1;
      break;
  }
  return typical;
}

SensorRegistry::SensorRegistry(std::vector<SensorSetting> settings) : first_of_code_(kCodes, kNone) {
  if (settings.size() > kMaxConfigured) settings.erase(settings.begin() + kMaxConfigured, settings.end());
  sensors_.reserve(settings.size() + kMaxUnknown);
  entries_.reserve(settings.size() + kMaxUnknown);
  for (SensorSetting& setting : settings) {
    Sensor sensor;
    sensor.kind = setting.kind;
    sensor.name = std::move(setting.name);
    sensor.configured = true;
    sensor.characteristics = setting.characteristics;
    const SacSic code = setting.code.value_or(SacSic{});
    sensor.key = {.sac = code.sac, .sic = code.sic, .family = family_of(setting.kind)};
    append(std::move(sensor), std::move(setting.categories), setting.code.has_value());
  }
}

std::vector<std::string> SensorRegistry::conflicts(std::span<const SensorSetting> settings) {
  if (settings.size() > kMaxConfigured) return {printed("more than %zu sensors", kMaxConfigured)};
  std::vector<std::string> found;
  for (std::size_t i = 0; i < settings.size(); ++i) {
    const SensorSetting& later = settings[i];
    if (later.name.empty()) found.push_back(printed("sensor number %zu has no name", i + 1));
    for (const SensorSetting& earlier : settings.first(i)) {
      if (!later.name.empty() && earlier.name == later.name)
        found.push_back("two sensors are named \"" + later.name + "\"");
      const bool same_code =
          later.code && earlier.code == later.code && family_of(earlier.kind) == family_of(later.kind);
      if (same_code && meet(earlier.categories, later.categories))
        found.push_back("sensors \"" + earlier.name + "\" and \"" + later.name +
                        printed("\" both have SAC/SIC %u/%u", unsigned{later.code->sac}, unsigned{later.code->sic}) +
                        ": give each its own categories");
    }
  }
  return found;
}

const Sensor& SensorRegistry::get(SensorId id) const {
  MARSAD_CHECK(id.value() < sensors_.size());
  return sensors_[id.value()];
}

const SensorCounters& SensorRegistry::counters(SensorId id) const {
  MARSAD_CHECK(id.value() < entries_.size());
  return entries_[id.value()].counters;
}

SensorCounters& SensorRegistry::counters(SensorId id) {
  MARSAD_CHECK(id.value() < entries_.size());
  return entries_[id.value()].counters;
}

const std::optional<geo::LocalFrame>& SensorRegistry::frame(SensorId id) const {
  MARSAD_CHECK(id.value() < entries_.size());
  return entries_[id.value()].frame;
}

bool SensorRegistry::takes(std::size_t index, std::uint8_t category) const noexcept {
  const std::vector<std::uint8_t>& categories = entries_[index].categories;
  return categories.empty() || std::ranges::find(categories, category) != categories.end();
}

SensorRegistry::Match SensorRegistry::match(const SensorKey& key, SensorKind kind, std::uint8_t category) {
  bool known = false;
  for (std::uint16_t i = first_of_code_[index_of_code({key.sac, key.sic})]; i != kNone; i = entries_[i].next_of_code) {
    if (sensors_[i].key.family != key.family) continue;
    known = true;
    if (!takes(i, category)) {
      ++entries_[i].counters.unwanted;
      continue;
    }
    raise_kind(i, kind);
    return {.id = sensors_[i].id, .unwanted = false};
  }
  if (known) return {.id = std::nullopt, .unwanted = true};
  return {.id = register_unknown(key, kind, unknown_name(key, kind), true), .unwanted = false};
}

std::optional<SensorId> SensorRegistry::find(SacSic code, std::span<const SensorKind> families,
                                             std::uint8_t category) const {
  for (std::uint16_t i = first_of_code_[index_of_code(code)]; i != kNone; i = entries_[i].next_of_code) {
    const bool wanted = std::ranges::find(families, sensors_[i].key.family) != families.end();
    if (wanted && takes(i, category)) return sensors_[i].id;
  }
  return std::nullopt;
}

std::optional<SensorId> SensorRegistry::find(std::string_view name) const {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<SensorId> SensorRegistry::id_of_name(std::string_view name, SensorKind kind) {
  if (const std::optional<SensorId> found = find(name)) return found;
  return register_unknown({.sac = 0, .sic = 0, .family = family_of(kind)}, kind, std::string(name), false);
}

std::optional<SensorId> SensorRegistry::register_unknown(const SensorKey& key, SensorKind kind, std::string name,
                                                         bool on_wire) {
  if (unknown_ >= kMaxUnknown) {
    ++refused_;
    return std::nullopt;
  }
  ++unknown_;
  Sensor sensor;
  sensor.key = key;
  sensor.kind = kind;
  sensor.name = std::move(name);
  sensor.characteristics = typical_characteristics(kind);
  append(std::move(sensor), {}, on_wire);
  return sensors_.back().id;
}

void SensorRegistry::append(Sensor sensor, std::vector<std::uint8_t> categories, bool on_wire) {
  const auto index = static_cast<std::uint16_t>(sensors_.size());
  sensor.id = SensorId(index);
  by_name_.try_emplace(sensor.name, sensor.id);
  Entry entry;
  entry.categories = std::move(categories);
  if (sensor.characteristics.site) entry.frame.emplace(*sensor.characteristics.site);
  if (on_wire) {
    // At the end of its chain, so that of two settings for the same code the earlier one is asked first.
    std::uint16_t* link = &first_of_code_[index_of_code({sensor.key.sac, sensor.key.sic})];
    while (*link != kNone) link = &entries_[*link].next_of_code;
    *link = index;
  }
  sensors_.push_back(std::move(sensor));
  entries_.push_back(std::move(entry));
}

void SensorRegistry::raise_kind(std::size_t index, SensorKind kind) {
  Sensor& sensor = sensors_[index];
  if (sensor.configured || sensor.key.family != SensorKind::psr || kind <= sensor.kind) return;
  const std::optional<geo::Geodetic> site = sensor.characteristics.site;
  const Duration period = sensor.characteristics.period;
  const auto named = by_name_.find(sensor.name);
  if (named != by_name_.end() && named->second == sensor.id) by_name_.erase(named);
  sensor.kind = kind;
  sensor.name = unknown_name(sensor.key, kind);
  by_name_.try_emplace(sensor.name, sensor.id);
  sensor.characteristics = typical_characteristics(kind);
  sensor.characteristics.site = site;
  sensor.characteristics.period = period;
}

void SensorRegistry::learn_site(SensorId id, const geo::Geodetic& site) {
  MARSAD_CHECK(id.value() < sensors_.size());
  Sensor& sensor = sensors_[id.value()];
  if (sensor.configured || sensor.characteristics.site == site) return;
  sensor.characteristics.site = site;
  entries_[id.value()].frame.emplace(site);
}

void SensorRegistry::learn_period(SensorId id, Duration period) {
  MARSAD_CHECK(id.value() < sensors_.size());
  Sensor& sensor = sensors_[id.value()];
  if (!sensor.configured) sensor.characteristics.period = period;
}

std::string what_is_needed(const Sensor& sensor) {
  const bool needs_site = !sensor.characteristics.site && (is_polar(sensor.kind) || sensor.kind == SensorKind::mlat);
  if (sensor.configured && !needs_site) return {};
  std::string text = sensor.configured ? "The table of sensor \"" + sensor.name + "\" lacks its site; complete it:\n"
                                       : "Sensor \"" + sensor.name + "\" is not in the configuration; add:\n";
  text += "[[sensor]]\nname = \"" + escaped(sensor.name) + "\"\n";
  if (speaks_asterix(sensor))
    text += printed("sac = %u\nsic = %u\n", unsigned{sensor.key.sac}, unsigned{sensor.key.sic});
  text += printed("kind = \"%s\"\n", name_of(sensor.kind).data());
  if (const std::optional<geo::Geodetic>& site = sensor.characteristics.site) {
    text += printed("latitude = %.6f\nlongitude = %.6f\nheight_m = %.1f\n", site->latitude.degrees(),
                    site->longitude.degrees(), site->height.metres());
  } else if (needs_site) {
    text +=
        "latitude =   # degrees north (WGS-84) of the antenna or reference point: without it no plot can be placed\n"
        "longitude =  # degrees east\n"
        "height_m =   # metres above the ellipsoid\n";
  }
  return text + figures_of(sensor);
}

}  // namespace marsad::observation
