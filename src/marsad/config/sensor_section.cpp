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

// In the order of SensorKind.
constexpr std::string_view kKindNames[] = {"psr", "ssr", "mode_s", "smr", "mlat", "adsb", "system_tracks"};

void read_site(SectionReader& reader, SensorCharacteristics& out) {
  const auto latitude = reader.number("latitude", {-90.0, 90.0, "degrees, north positive"});
  const auto longitude = reader.number("longitude", {-180.0, 180.0, "degrees, east positive"});
  const auto height = reader.number("height_m", {-1000.0, 10'000.0, "metres above the ellipsoid"});
  if (latitude && longitude) {
    out.site = geo::Geodetic{units::Angle::degrees(*latitude), units::Angle::degrees(*longitude),
                             units::Length::metres(height.value_or(0.0))};
    return;
  }
  const bool half = reader.has("latitude") != reader.has("longitude");
  if (!half && !(height && !reader.has("latitude"))) return;  // no site, or a coordinate whose own error has been said
  reader.fail(reader.has("latitude") ? "longitude" : "latitude", "is missing, so the site is not known",
              "give latitude and longitude in degrees, or leave out the whole site");
}

void read_ranges(SectionReader& reader, SensorCharacteristics& out) {
  constexpr NumberRange kNauticalMiles{0.0, 1000.0, "nautical miles"};
  const auto least = reader.number("range_min_nm", kNauticalMiles);
  const auto most = reader.number("range_max_nm", kNauticalMiles);
  if (least) out.range_min = units::Length::nautical_miles(*least);
  if (most) out.range_max = units::Length::nautical_miles(*most);
  if (out.range_min < out.range_max) return;
  reader.fail(most ? "range_max_nm" : "range_min_nm",
              fmt::format("leaves no range between {} and {} NM", out.range_min.nautical_miles(),
                          out.range_max.nautical_miles()),
              "give a range_max_nm above range_min_nm");
}

SensorCharacteristics read_characteristics(SectionReader& reader, SensorKind kind) {
  SensorCharacteristics out = observation::typical_characteristics(kind);
  read_site(reader, out);
  read_ranges(reader, out);
  if (const auto v = reader.number("period_s", {0.1, 120.0, "seconds"})) out.period = units::Duration::seconds(*v);
  if (const auto v = reader.number("sigma_range_m", {0.1, 10'000.0, "metres"})) {
    out.sigma_range = units::Length::metres(*v);
  }
  if (const auto v = reader.number("sigma_azimuth_deg", {0.0001, 10.0, "degrees"})) {
    out.sigma_azimuth = units::Angle::degrees(*v);
  }
  if (const auto v = reader.number("sigma_position_m", {0.1, 10'000.0, "metres"})) {
    out.sigma_position = units::Length::metres(*v);
  }
  if (const auto v = reader.number("sigma_velocity_ms", {0.01, 1'000.0, "metres per second"})) {
    out.sigma_velocity = units::Speed::metres_per_second(*v);
  }
  if (const auto v = reader.number("pd", {0.01, 1.0, "(a probability)"})) out.detection_probability = *v;
  if (const auto v = reader.number("false_plots_per_scan", {0.0, 10'000.0, "plots in one scan"})) {
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
  if (const auto kind = reader.choice("kind", kKindNames)) sensor.kind = static_cast<SensorKind>(*kind);
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

/// The number in a unit whose conversion by `to_quantity` gives exactly `wanted`: plain conversion there and back may
/// miss by a few units in the last place.
template <class Quantity, class ToQuantity>
double exact(Quantity wanted, double near, ToQuantity to_quantity) {
  constexpr int kReach = 4;
  double below = near;
  double above = near;
  for (int step = 0; step <= kReach; ++step) {
    if (to_quantity(below) == wanted) return below;
    if (to_quantity(above) == wanted) return above;
    below = std::nextafter(below, -std::numeric_limits<double>::infinity());
    above = std::nextafter(above, std::numeric_limits<double>::infinity());
  }
  return near;
}

std::string degrees(units::Angle angle) {
  return number_toml(exact(angle, angle.degrees(), [](double d) { return units::Angle::degrees(d); }));
}

std::string nautical_miles(units::Length length) {
  return number_toml(exact(length, length.nautical_miles(), [](double d) { return units::Length::nautical_miles(d); }));
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
  std::string out = fmt::format("\n[[sensor]]\nname = {}\nkind = {}\n", quoted_toml(sensor.name),
                                quoted_toml(kKindNames[static_cast<std::size_t>(sensor.kind)]));
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
  out += fmt::format("period_s = {}\nrange_min_nm = {}\nrange_max_nm = {}\n", number_toml(c.period.seconds()),
                     nautical_miles(c.range_min), nautical_miles(c.range_max));
  out += fmt::format("sigma_range_m = {}\nsigma_azimuth_deg = {}\n", number_toml(c.sigma_range.metres()),
                     degrees(c.sigma_azimuth));
  out += fmt::format("sigma_position_m = {}\nsigma_velocity_ms = {}\n", number_toml(c.sigma_position.metres()),
                     number_toml(c.sigma_velocity.metres_per_second()));
  return out + fmt::format("pd = {}\nfalse_plots_per_scan = {}\n", number_toml(c.detection_probability),
                           number_toml(c.false_plots_per_scan));
}

}  // namespace marsad::config
