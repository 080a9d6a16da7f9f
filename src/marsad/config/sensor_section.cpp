#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include <fmt/core.h>

#include "marsad/config/section_reader.hpp"
#include "marsad/config/sections.hpp"

namespace marsad::config {
namespace {

using observation::SensorCharacteristics;
using observation::SensorKind;
using observation::SensorSetting;

void read_site(SectionReader& reader, SensorCharacteristics& out) {
  const auto latitude = reader.number("latitude", {-90.0, 90.0, "degrees, north positive"});
  const auto longitude = reader.number("longitude", {-180.0, 180.0, "degrees, east positive"});
  const auto height = reader.number("height_m", {-1000.0, 100'000.0, "metres above the ellipsoid"});
  if (latitude && longitude) {
    out.site = geo::Geodetic{units::Angle::degrees(*latitude), units::Angle::degrees(*longitude),
                             units::Length::metres(height.value_or(0.0))};
    return;
  }
  const bool both = reader.has("latitude") && reader.has("longitude");
  const bool none = !reader.has("latitude") && !reader.has("longitude") && !reader.has("height_m");
  if (both || none) return;  // a coordinate whose own error has been said, or no site
  reader.fail(reader.has("latitude") ? "longitude" : "latitude", "is missing, so the site is not known",
              "give latitude and longitude in degrees, or leave out the whole site");
}

/// A range in nautical miles or, under another key, in metres, which the log uses: every range can be written exactly
/// so.
std::optional<units::Length> read_range(SectionReader& reader, std::string_view nautical_key,
                                        std::string_view metric_key) {
  const auto nautical = reader.number(nautical_key, {0.0, 5400.0, "nautical miles"});
  const auto metric = reader.number(metric_key, {0.0, 1e7, "metres"});
  if (reader.has(nautical_key) && reader.has(metric_key)) {
    reader.fail(metric_key, fmt::format("says the same as {}", nautical_key), "keep one of the two");
  }
  if (metric) return units::Length::metres(*metric);
  return nautical ? std::optional(units::Length::nautical_miles(*nautical)) : std::nullopt;
}

void read_ranges(SectionReader& reader, SensorCharacteristics& out) {
  out.range_min = read_range(reader, "range_min_nm", "range_min_m").value_or(out.range_min);
  out.range_max = read_range(reader, "range_max_nm", "range_max_m").value_or(out.range_max);
  if (out.range_min < out.range_max) return;
  const std::string_view last = reader.has("range_max_nm") ? "range_max_nm" : "range_max_m";
  reader.fail(last,
              fmt::format("leaves no range between {} and {} NM", out.range_min.nautical_miles(),
                          out.range_max.nautical_miles()),
              "give a greatest range above the least");
}

/// The bounds here are those of sensors.json, so that what came from there can be written in a log and read again.
SensorCharacteristics read_characteristics(SectionReader& reader, SensorKind kind) {
  constexpr NumberRange kMetres{0.001, 1e5, "metres"};
  constexpr NumberRange kDegrees{1e-5, 45.0, "degrees"};
  SensorCharacteristics out = observation::typical_characteristics(kind);
  read_site(reader, out);
  read_ranges(reader, out);
  if (const auto v = reader.number("period_s", {0.01, 3600.0, "seconds"})) out.period = units::Duration::seconds(*v);
  if (const auto v = reader.number("sigma_range_m", kMetres)) out.sigma_range = units::Length::metres(*v);
  if (const auto v = reader.number("sigma_azimuth_deg", kDegrees)) out.sigma_azimuth = units::Angle::degrees(*v);
  if (const auto v = reader.number("sigma_elevation_deg", kDegrees)) out.sigma_elevation = units::Angle::degrees(*v);
  if (const auto v = reader.number("sigma_position_m", kMetres)) out.sigma_position = units::Length::metres(*v);
  if (const auto v = reader.number("sigma_velocity_ms", {1e-3, 1e4, "metres per second"})) {
    out.sigma_velocity = units::Speed::metres_per_second(*v);
  }
  if (const auto v = reader.number("pd", {0.0, 1.0, "(a probability)"})) out.detection_probability = *v;
  if (const auto v = reader.number("false_plots_per_scan", {0.0, 1e6, "plots in one scan"})) {
    out.false_plots_per_scan = *v;
  }
  return out;
}

SensorSetting read_sensor(SectionReader& reader) {
  SensorSetting sensor;
  reader.require("name", "name = \"North\"");
  reader.require("kind", "kind = \"mode_s\"");
  if (const auto name = reader.text("name")) sensor.name = *name;
  const auto sac = reader.octet("sac");
  const auto sic = reader.octet("sic");
  if (sac && sic) sensor.code = observation::SacSic{*sac, *sic};
  if (reader.has("sac") != reader.has("sic")) {
    reader.fail(reader.has("sac") ? "sic" : "sac", "is missing",
                "give both sac and sic, or neither for a sensor that never speaks ASTERIX");
  }
  if (const auto kind = reader.choice("kind", observation::kSensorKindNames))
    sensor.kind = static_cast<SensorKind>(*kind);
  if (const auto categories = reader.wholes("categories", 1, 255)) {
    for (const std::int64_t category : *categories) sensor.categories.push_back(static_cast<std::uint8_t>(category));
  }
  sensor.characteristics = read_characteristics(reader, sensor.kind);
  reader.finish();
  return sensor;
}

/// Whether a record could belong to either.
bool categories_meet(const SensorSetting& a, const SensorSetting& b) {
  if (a.categories.empty() || b.categories.empty()) return true;
  return std::any_of(a.categories.begin(), a.categories.end(), [&b](std::uint8_t category) {
    return std::find(b.categories.begin(), b.categories.end(), category) != b.categories.end();
  });
}

void check_is_new(std::span<const SensorSetting> earlier, const SensorSetting& sensor, SectionReader& section) {
  const auto same_name =
      std::find_if(earlier.begin(), earlier.end(), [&](const auto& s) { return s.name == sensor.name; });
  if (same_name != earlier.end() && !sensor.name.empty()) {
    section.fail("name", fmt::format("repeats \"{}\"", sensor.name), "give every sensor a name of its own");
  }
  const auto same_code = std::find_if(earlier.begin(), earlier.end(), [&](const auto& s) {
    return s.code && s.code == sensor.code && observation::family_of(s.kind) == observation::family_of(sensor.kind) &&
           categories_meet(s, sensor);
  });
  if (same_code == earlier.end()) return;
  section.fail("sic",
               fmt::format("repeats SAC/SIC {}/{} of \"{}\"", sensor.code->sac, sensor.code->sic, same_code->name),
               "give every sensor of a kind its own SAC/SIC, tell them apart by categories, or remove one");
}

/// The degrees that convert to exactly `angle`: plain conversion there and back may miss by a few units in the last
/// place.
std::string degrees(units::Angle angle) {
  constexpr int kReach = 4;
  double below = angle.degrees();
  double above = below;
  for (int step = 0; step <= kReach; ++step) {
    if (units::Angle::degrees(below) == angle) return number_toml(below);
    if (units::Angle::degrees(above) == angle) return number_toml(above);
    below = std::nextafter(below, -std::numeric_limits<double>::infinity());
    above = std::nextafter(above, std::numeric_limits<double>::infinity());
  }
  return number_toml(angle.degrees());
}

}  // namespace

std::vector<SensorSetting> read_sensors(const std::vector<const Node*>& tables, ErrorList& errors) {
  std::vector<SensorSetting> sensors;
  for (const Node* table : tables) {
    SectionReader section(*table, fmt::format("sensor[{}]", sensors.size() + 1), errors);
    SensorSetting sensor = read_sensor(section);
    check_is_new(sensors, sensor, section);
    sensors.push_back(std::move(sensor));
  }
  return sensors;
}

std::string sensor_toml(const SensorSetting& sensor) {
  const SensorCharacteristics& c = sensor.characteristics;
  std::string out =
      fmt::format("\n[[sensor]]\nname = {}\nkind = {}\n", quoted_toml(sensor.name), quoted_toml(name_of(sensor.kind)));
  if (sensor.code) out += fmt::format("sac = {}\nsic = {}\n", sensor.code->sac, sensor.code->sic);
  if (!sensor.categories.empty()) {
    std::string list;
    for (const std::uint8_t category : sensor.categories)
      list += fmt::format("{}{}", list.empty() ? "" : ", ", category);
    out += fmt::format("categories = [{}]\n", list);
  }
  if (c.site) {
    out += fmt::format("latitude = {}\nlongitude = {}\nheight_m = {}\n", degrees(c.site->latitude),
                       degrees(c.site->longitude), number_toml(c.site->height.metres()));
  }
  out += fmt::format("period_s = {}\nrange_min_m = {}\nrange_max_m = {}\n", number_toml(c.period.seconds()),
                     number_toml(c.range_min.metres()), number_toml(c.range_max.metres()));
  out += fmt::format("sigma_range_m = {}\nsigma_azimuth_deg = {}\n", number_toml(c.sigma_range.metres()),
                     degrees(c.sigma_azimuth));
  if (c.sigma_elevation) out += fmt::format("sigma_elevation_deg = {}\n", degrees(*c.sigma_elevation));
  out += fmt::format("sigma_position_m = {}\nsigma_velocity_ms = {}\n", number_toml(c.sigma_position.metres()),
                     number_toml(c.sigma_velocity.metres_per_second()));
  return out + fmt::format("pd = {}\nfalse_plots_per_scan = {}\n", number_toml(c.detection_probability),
                           number_toml(c.false_plots_per_scan));
}

}  // namespace marsad::config
