#include "marsad/config/sensors_json.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "marsad/config/section_reader.hpp"

namespace marsad::config {

using base::Result;
using nlohmann::json;
using observation::SensorCharacteristics;
using observation::SensorKind;
using observation::SensorSetting;

namespace {

struct NumberRange {
  double low;
  double high;
};

/// Reads the keys of one sensor and remembers the first thing that is wrong, with its place.
class Reader {
 public:
  Reader(const json& object, std::string place) : object_(object), place_(std::move(place)) {}

  /// A number in [low, high], or nothing if the key is absent or null.
  std::optional<double> number(const char* key, NumberRange range) {
    const json* value = find(key);
    if (value == nullptr) return std::nullopt;
    const bool good = value->is_number() && value->get<double>() >= range.low && value->get<double>() <= range.high;
    if (!good) {
      fail(key, "must be a number from " + shortest(range.low) + " to " + shortest(range.high));
      return std::nullopt;
    }
    return value->get<double>();
  }

  std::optional<std::uint8_t> octet(const char* key) {
    const std::optional<double> value = number(key, {0.0, 255.0});
    if (!value) return std::nullopt;
    if (*value != std::floor(*value)) fail(key, "must be a whole number");
    return static_cast<std::uint8_t>(*value);
  }

  /// A text, or a whole number as text: benchmarks number their sensors.
  std::string name(const char* key) {
    const json* value = find(key);
    if (value != nullptr && value->is_number_integer()) return value->dump();
    const bool text = value != nullptr && value->is_string() && !value->get_ref<const std::string&>().empty();
    if (text && is_plain_text(value->get_ref<const std::string&>())) return value->get<std::string>();
    fail(key,
         text ? "must be at most 255 octets without control characters" : "must be there: a text or a whole number");
    return {};
  }

  std::vector<std::uint8_t> categories(const char* key) {
    std::vector<std::uint8_t> found;
    const json* value = find(key);
    if (value == nullptr) return found;
    if (!value->is_array()) fail(key, "must be a list of ASTERIX categories such as [48, 34]");
    for (const json& entry : *value) {
      const bool good = entry.is_number_integer() && entry.get<double>() >= 1 && entry.get<double>() <= 255;
      if (good) {
        found.push_back(static_cast<std::uint8_t>(entry.get<int>()));
      } else {
        fail(key, "must hold whole numbers from 1 to 255");
      }
    }
    return found;
  }

  void fail(const char* key, const std::string& problem) {
    if (error_.empty()) error_ = place_ + "." + key + ": " + problem;
  }
  [[nodiscard]] const std::string& error() const { return error_; }

 private:
  const json* find(const char* key) const {
    const auto found = object_.find(key);
    return found == object_.end() || found->is_null() ? nullptr : &*found;
  }
  static std::string shortest(double value) { return json(value).dump(); }

  const json& object_;
  std::string place_;
  std::string error_;
};

std::optional<SensorKind> kind_of(const std::string& name) {
  constexpr std::array<std::pair<std::string_view, SensorKind>, 6> kTypes{{{"PSR", SensorKind::psr},
                                                                           {"SSR", SensorKind::ssr},
                                                                           {"MODES", SensorKind::mode_s},
                                                                           {"ADSB", SensorKind::adsb},
                                                                           {"SMR", SensorKind::smr},
                                                                           {"MLAT", SensorKind::mlat}}};
  for (const auto& [type, kind] : kTypes)
    if (type == name) return kind;
  return observation::parse_sensor_kind(name);
}

std::optional<geo::Geodetic> read_site(Reader& reader) {
  const std::optional<double> latitude_deg = reader.number("lat", {-90.0, 90.0});
  const std::optional<double> longitude_deg = reader.number("lon", {-180.0, 180.0});
  const std::optional<double> height_m = reader.number("alt_m", {-1'000.0, 100'000.0});
  if (latitude_deg.has_value() != longitude_deg.has_value())
    reader.fail(latitude_deg ? "lon" : "lat", "must be there, as its companion is");
  if (!latitude_deg || !longitude_deg) return std::nullopt;
  return geo::Geodetic{units::Angle::degrees(*latitude_deg), units::Angle::degrees(*longitude_deg),
                       units::Length::metres(height_m.value_or(0.0))};
}

SensorCharacteristics read_characteristics(Reader& reader, SensorKind kind) {
  SensorCharacteristics read = observation::typical_characteristics(kind);
  read.site = read_site(reader);
  const auto length = [&reader](const char* key, NumberRange range, units::Length& into) {
    if (const std::optional<double> value = reader.number(key, range)) into = units::Length::metres(*value);
  };
  length("rmin_m", {0.0, 1e7}, read.range_min);
  length("rmax_m", {1.0, 1e7}, read.range_max);
  length("sigma_range_m", {0.001, 1e5}, read.sigma_range);
  length("sigma_position_m", {0.001, 1e5}, read.sigma_position);
  if (const auto value = reader.number("period_s", {0.01, 3'600.0})) read.period = units::Duration::seconds(*value);
  if (const auto value = reader.number("sigma_azimuth_deg", {1e-5, 45.0}))
    read.sigma_azimuth = units::Angle::degrees(*value);
  if (const auto value = reader.number("sigma_elevation_deg", {1e-5, 45.0}))
    read.sigma_elevation = units::Angle::degrees(*value);
  if (const auto value = reader.number("sigma_velocity_ms", {1e-3, 1e4}))
    read.sigma_velocity = units::Speed::metres_per_second(*value);
  if (const auto value = reader.number("pd", {0.0, 1.0})) read.detection_probability = *value;
  if (const auto value = reader.number("false_plots_per_scan", {0.0, 1e6})) read.false_plots_per_scan = *value;
  if (read.range_min >= read.range_max) reader.fail("rmax_m", "must be above rmin_m");
  return read;
}

SensorSetting read_sensor(Reader& reader) {
  SensorSetting setting;
  setting.name = reader.name("id");
  const std::optional<SensorKind> kind = kind_of(reader.name("type"));
  if (!kind) reader.fail("type", "must be PSR, SSR, MODES, ADSB, SMR, MLAT or system_tracks");
  setting.kind = kind.value_or(SensorKind::psr);
  setting.characteristics = read_characteristics(reader, setting.kind);
  const std::optional<std::uint8_t> sac = reader.octet("sac");
  const std::optional<std::uint8_t> sic = reader.octet("sic");
  if (sac.has_value() != sic.has_value()) reader.fail(sac ? "sic" : "sac", "must be there, as its companion is");
  if (sac && sic) setting.code = observation::SacSic{*sac, *sic};
  setting.categories = reader.categories("categories");
  return setting;
}

/// Line and column of an octet, from 1.
std::string place_in(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const auto line = std::ranges::count(before, '\n') + 1;
  const std::size_t start = before.rfind('\n');
  const std::size_t column = before.size() - (start == std::string_view::npos ? 0 : start + 1) + 1;
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

/// Nesting deeper than any sensors.json has would only burn the parser's stack.
bool is_shallow(std::string_view text) {
  constexpr int kDeepest = 64;
  int depth = 0;
  int deepest = 0;
  for (const char c : text) {
    if (c == '{' || c == '[') deepest = std::max(deepest, ++depth);
    if (c == '}' || c == ']') --depth;
  }
  return deepest <= kDeepest;
}

}  // namespace

Result<std::vector<SensorSetting>, std::string> sensors_from_json(std::string_view text) {
  if (!is_shallow(text)) return std::string("nested too deeply for a sensors.json");
  json document;
  try {
    document = json::parse(text);
  } catch (const json::parse_error& error) {
    return place_in(text, error.byte == 0 ? 0 : error.byte - 1) + ": is not JSON";
  } catch (const json::exception& error) {
    return std::string("is not JSON that can be read: ") + error.what();
  }
  if (!document.is_object() || !document.contains("sensors") || !document["sensors"].is_array())
    return std::string("sensors: must be there, a list of sensors");
  const json& list = document["sensors"];
  if (list.size() > kMaxSensors) return "sensors: holds more than " + std::to_string(kMaxSensors);
  std::vector<SensorSetting> settings;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string place = "sensors[" + std::to_string(i) + "]";
    if (!list[i].is_object()) return place + ": must be an object";
    Reader reader(list[i], place);
    SensorSetting setting = read_sensor(reader);
    if (!reader.error().empty()) return reader.error();
    settings.push_back(std::move(setting));
  }
  const std::vector<std::string> conflicts = observation::SensorRegistry::conflicts(settings);
  if (!conflicts.empty()) return "sensors: " + conflicts.front();
  return settings;
}

}  // namespace marsad::config
