#include <fmt/core.h>

#include "marsad/config/edition_key.hpp"
#include "marsad/config/names.hpp"
#include "marsad/config/sections.hpp"
#include "marsad/config/settings.hpp"

namespace marsad::config {

std::string number_toml(double value) {
  const std::string text = fmt::format("{}", value);
  return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

std::string quoted_toml(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    const auto octet = static_cast<unsigned char>(c);
    out += octet < 0x20U || octet == 0x7FU ? fmt::format("\\u{:04X}", octet) : std::string(1, c);
  }
  return out + '"';
}

std::string to_toml(const Settings& settings) {
  std::string out = fmt::format("[system]\nname = {}\nsac = {}\nsic = {}\n", quoted_toml(settings.system.name),
                                settings.system.sac, settings.system.sic);
  out += fmt::format("\n[picture]\nperiod_s = {}\n", number_toml(settings.picture.period.seconds()));
  if (!settings.editions.empty()) out += "\n[editions]\n";
  for (const EditionChoice& e : settings.editions)
    out += fmt::format("\"{}\" = {}\n", to_text(key_of(e)), quoted_toml(e.edition));
  out += fmt::format("\n[web]\nenabled = {}\naddress = {}\nport = {}\n", settings.web.enabled,
                     quoted_toml(settings.web.address), settings.web.port);
  out += fmt::format("\n[recording]\nenabled = {}\ndirectory = {}\n", settings.recording.enabled,
                     quoted_toml(settings.recording.directory));
  out += fmt::format("\n[threads]\nworkers = {}\n", settings.threads.workers);
  out += tracker_toml(settings.tracker);
  out += outputs_toml(settings);
  for (const observation::SensorSetting& sensor : settings.sensors) out += sensor_toml(sensor);
  for (const FeedSettings& feed : settings.feeds) out += feed_toml(feed);
  return out;
}

}  // namespace marsad::config
