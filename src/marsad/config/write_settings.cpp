#include <cmath>
#include <limits>

#include <fmt/core.h>

#include "marsad/config/names.hpp"
#include "marsad/config/settings.hpp"

namespace marsad::config {
namespace {

/// A number as TOML, the shortest that reads back as the same double; never in the form of a whole number, which would
/// lose a negative zero.
std::string number(double value) {
  const std::string text = fmt::format("{}", value);
  return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    const auto octet = static_cast<unsigned char>(c);
    out += octet < 0x20U || octet == 0x7FU ? fmt::format("\\u{:04X}", octet) : std::string(1, c);
  }
  return out + '"';
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
  return number(exact(angle, angle.degrees(), [](double d) { return units::Angle::degrees(d); }));
}

std::string nautical_miles(units::Length length) {
  return number(exact(length, length.nautical_miles(), [](double d) { return units::Length::nautical_miles(d); }));
}

std::string sensor_toml(const SensorSettings& sensor) {
  const observation::SensorCharacteristics& c = sensor.characteristics;
  std::string out =
      fmt::format("\n[[sensor]]\nname = {}\nsac = {}\nsic = {}\nkind = {}\n", quoted(sensor.name), sensor.sac,
                  sensor.sic, quoted(kSensorKindNames[static_cast<std::size_t>(sensor.kind)]));
  if (c.site) {
    out += fmt::format("latitude = {}\nlongitude = {}\nheight_m = {}\n", degrees(c.site->latitude),
                       degrees(c.site->longitude), number(c.site->height.metres()));
  }
  out += fmt::format("period_s = {}\nrange_min_nm = {}\nrange_max_nm = {}\n", number(c.period.seconds()),
                     nautical_miles(c.range_min), nautical_miles(c.range_max));
  out += fmt::format("sigma_range_m = {}\nsigma_azimuth_deg = {}\n", number(c.sigma_range.metres()),
                     degrees(c.sigma_azimuth));
  out += fmt::format("sigma_position_m = {}\nsigma_velocity_ms = {}\n", number(c.sigma_position.metres()),
                     number(c.sigma_velocity.metres_per_second()));
  return out + fmt::format("pd = {}\nfalse_plots_per_scan = {}\n", number(c.detection_probability),
                           number(c.false_plots_per_scan));
}

std::string feed_toml(const FeedSettings& feed) {
  std::string out =
      fmt::format("\n[[feed]]\nname = {}\nkind = {}\naddress = {}\nport = {}\n", quoted(feed.name),
                  quoted(kFeedKindNames[static_cast<std::size_t>(feed.kind)]), quoted(feed.address), feed.port);
  if (!feed.group.empty()) out += fmt::format("group = {}\n", quoted(feed.group));
  if (!feed.interface_address.empty()) out += fmt::format("interface = {}\n", quoted(feed.interface_address));
  return out;
}

std::string cat062_toml(const Cat062Settings& out) {
  std::string text = fmt::format("\n[output.cat062]\naddress = {}\nport = {}\n", quoted(out.address), out.port);
  if (!out.interface_address.empty()) text += fmt::format("interface = {}\n", quoted(out.interface_address));
  return text + fmt::format("ttl = {}\nperiod_s = {}\nsac = {}\nsic = {}\n", out.ttl, number(out.period.seconds()),
                            out.sac, out.sic);
}

}  // namespace

std::string to_toml(const Settings& settings) {
  std::string out = fmt::format("[system]\nname = {}\nsac = {}\nsic = {}\n", quoted(settings.system.name),
                                settings.system.sac, settings.system.sic);
  out += fmt::format("\n[picture]\nperiod_s = {}\n", number(settings.picture.period.seconds()));
  if (!settings.editions.empty()) out += "\n[editions]\n";
  for (const EditionChoice& e : settings.editions) out += fmt::format("\"{}\" = {}\n", e.category, quoted(e.edition));
  out += fmt::format("\n[web]\nenabled = {}\naddress = {}\nport = {}\n", settings.web.enabled,
                     quoted(settings.web.address), settings.web.port);
  out += fmt::format("\n[recording]\nenabled = {}\ndirectory = {}\n", settings.recording.enabled,
                     quoted(settings.recording.directory));
  out += fmt::format("\n[threads]\nworkers = {}\n", settings.threads.workers);
  if (settings.cat062) out += cat062_toml(*settings.cat062);
  for (const SensorSettings& sensor : settings.sensors) out += sensor_toml(sensor);
  for (const FeedSettings& feed : settings.feeds) out += feed_toml(feed);
  return out;
}

}  // namespace marsad::config
