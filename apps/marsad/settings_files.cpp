#include "settings_files.hpp"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <memory>

#include "errors.hpp"
#include "marsad/config/edition_key.hpp"
#include "marsad/config/sensors_json.hpp"

namespace marsad::app {
namespace {

namespace asterix = wire::asterix;

config::Settings parse_or_throw(const std::string& text, const std::string& path) {
  auto parsed = config::parse_settings(text, path);
  if (parsed.ok()) return std::move(parsed).value();
  std::string message = "the configuration has errors";
  for (const config::ConfigError& error : parsed.error()) message += "\n  " + to_text(error);
  throw UsageError(message);
}

bool is_json(std::string_view text, std::string_view path) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return path.ends_with(".json") || (first != std::string_view::npos && text[first] == '{');
}

std::vector<observation::SensorSetting> load_sensors(const std::string& path) {
  const std::string text = read_text(path);
  if (!is_json(text, path)) {
    auto sensors = parse_or_throw(text, path).sensors;
    if (sensors.empty())
      throw UsageError(fmt::format("{}: holds no [[sensor]]; name the file that describes them", path));
    return sensors;
  }
  auto sensors = config::sensors_from_json(text);
  if (!sensors.ok()) throw UsageError(fmt::format("{}: {}", path, sensors.error()));
  return std::move(sensors).value();
}

template <class Number>
bool parse_number(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size();
}

std::string described_editions(int category) {
  std::string names;
  for (const asterix::Edition& edition : asterix::editions_of(category))
    names += fmt::format("{}{}", names.empty() ? "" : ", ", edition.name());
  return names.empty() ? "none is described for this category" : "described are " + names;
}

}  // namespace

std::string read_text(const std::string& path) {
  // Not a stream: it takes a directory, or a disk that fails in the middle, for the end of the text.
  const std::unique_ptr<std::FILE, decltype(&std::fclose)> file(std::fopen(path.c_str(), "rb"), &std::fclose);
  std::string text;
  std::array<char, 65536> piece{};
  std::size_t count = 1;
  while (file != nullptr && count > 0) {
    count = std::fread(piece.data(), 1, piece.size(), file.get());
    text.append(piece.data(), count);
  }
  if (file == nullptr || std::ferror(file.get()) != 0)
    throw UsageError(fmt::format("{}: can't be read: {}", path, std::strerror(errno)));
  return text;
}

config::Settings load_settings(const std::string& path) { return parse_or_throw(read_text(path), path); }

config::Settings load_settings(const PictureOptions& options) {
  config::Settings settings;
  if (!options.configuration.empty()) settings = load_settings(options.configuration);
  if (!options.sensors.empty()) settings.sensors = load_sensors(options.sensors);
  const auto conflicts = observation::SensorRegistry::conflicts(settings.sensors);
  if (!conflicts.empty())
    throw UsageError(fmt::format("the sensors contradict each other\n  {}", fmt::join(conflicts, "\n  ")));
  return settings;
}

std::vector<config::EditionChoice> parse_editions(const std::vector<std::string>& choices) {
  std::vector<config::EditionChoice> parsed;
  for (const std::string& choice : choices) {
    const std::size_t equals = choice.find('=');
    const auto key = equals == std::string::npos
                         ? std::nullopt
                         : config::parse_edition_key(std::string_view(choice).substr(0, equals));
    if (!key)
      throw UsageError(fmt::format(
          "--edition {}: write CATEGORY=EDITION, as in 21=0.23, or CATEGORY@SAC/SIC=EDITION, as in 21@20/129=0.26",
          choice));
    const std::string edition = choice.substr(equals + 1);
    if (asterix::find_edition(key->category, edition) == nullptr)
      throw UsageError(fmt::format("--edition {}: edition {} of category {} is not described; {}", choice, edition,
                                   key->category, described_editions(key->category)));
    parsed.push_back({.category = key->category, .edition = edition, .source = key->source});
  }
  return parsed;
}

asterix::EditionSet editions_with(const std::vector<config::EditionChoice>& choices) {
  return config::with_choices(asterix::EditionSet::defaults(), choices);
}

units::UtcTime parse_date(const std::string& text) {
  if (text.empty()) return {};
  int year = 0;
  unsigned month = 0, day = 0;
  const bool shaped = text.size() == 10 && text[4] == '-' && text[7] == '-';
  if (shaped && parse_number(std::string_view(text).substr(0, 4), year) &&
      parse_number(std::string_view(text).substr(5, 2), month) &&
      parse_number(std::string_view(text).substr(8, 2), day)) {
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
    if (date.ok() && year >= 1970 && year < 2200)
      return units::UtcTime::nanoseconds_since_epoch(
          std::chrono::nanoseconds(std::chrono::sys_days(date).time_since_epoch()).count());
  }
  throw UsageError(fmt::format("--date {}: write a date from 1970 on as YYYY-MM-DD", text));
}

HostPort parse_host_port(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  HostPort parsed;
  if (colon == std::string::npos || colon == 0 ||
      !parse_number(std::string_view(text).substr(colon + 1), parsed.port) || parsed.port == 0)
    throw UsageError(fmt::format("'{}': write HOST:PORT, as in 127.0.0.1:8600", text));
  parsed.host = text.substr(0, colon);
  if (parsed.host.front() == '[' && parsed.host.back() == ']')
    parsed.host = parsed.host.substr(1, parsed.host.size() - 2);
  return parsed;
}

}  // namespace marsad::app
