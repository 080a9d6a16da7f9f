#include <algorithm>
#include <array>
#include <limits>
#include <tuple>
#include <utility>

#include <fmt/core.h>

#include "marsad/config/edition_key.hpp"
#include "marsad/config/names.hpp"
#include "marsad/config/section_reader.hpp"
#include "marsad/config/sections.hpp"
#include "marsad/config/settings.hpp"
#include "marsad/wire/asterix/edition.hpp"

namespace marsad::config {
namespace {

template <class T>
void assign(T& target, std::optional<T> value) {
  if (value) target = std::move(*value);
}

SystemSettings read_system(SectionReader reader) {
  SystemSettings system;
  assign(system.name, reader.text("name"));
  assign(system.sac, reader.octet("sac"));
  assign(system.sic, reader.octet("sic"));
  reader.finish();
  return system;
}

PictureSettings read_picture(SectionReader reader) {
  PictureSettings picture;
  if (const auto period = reader.number("period_s", {0.1, 60.0, "seconds"})) {
    picture.period = units::Duration::seconds(*period);
  }
  reader.finish();
  return picture;
}

std::string known_editions(std::uint8_t category) {
  std::string text;
  for (const wire::asterix::Edition& edition : wire::asterix::editions_of(category)) {
    text += fmt::format("{}\"{}\"", text.empty() ? "use one of " : ", ", edition.name());
  }
  return text.empty() ? "remove the line: marsad does not read this category" : text;
}

/// The keys are categories and sources, so they are read by hand and not by name.
std::vector<EditionChoice> read_editions(const Node& section, ErrorList& errors) {
  std::vector<EditionChoice> editions;
  for (const auto& [key, node] : *std::get_if<Table>(&section.value)) {
    const auto what = parse_edition_key(key);
    const auto* edition = std::get_if<std::string>(&node.value);
    if (!what) {
      errors.add(node.place, "editions." + key, "is not a category number, with or without a source",
                 "write a line like \"21\" = \"2.1\", or \"21@20/129\" = \"2.1\" for the records of SAC 20, SIC 129");
    } else if (edition == nullptr) {
      errors.add(node.place, "editions." + key, fmt::format("must be text, not {}", type_name(node)),
                 "put the edition in double quotes: \"2.1\"");
    } else if (std::any_of(editions.begin(), editions.end(), [&](const auto& e) { return key_of(e) == *what; })) {
      errors.add(node.place, "editions." + key, "is given twice", "keep one line for each category and source");
    } else if (wire::asterix::find_edition(what->category, *edition) == nullptr) {
      errors.add(node.place, "editions." + key, fmt::format("is not an edition that marsad knows: \"{}\"", *edition),
                 known_editions(what->category));
    } else {
      editions.push_back({what->category, *edition, what->source});
    }
  }
  std::sort(editions.begin(), editions.end(), [](const auto& a, const auto& b) {
    return std::tie(a.category, a.source) < std::tie(b.category, b.source);
  });
  return editions;
}

WebSettings read_web(SectionReader reader) {
  WebSettings web;
  assign(web.enabled, reader.truth("enabled"));
  assign(web.address, reader.address("address"));
  assign(web.port, reader.port("port"));
  reader.finish();
  return web;
}

RecordingSettings read_recording(SectionReader reader) {
  RecordingSettings recording;
  recording.enabled = true;
  assign(recording.enabled, reader.truth("enabled"));
  assign(recording.directory, reader.text("directory"));
  reader.finish();
  return recording;
}

ThreadSettings read_threads(SectionReader reader) {
  ThreadSettings threads;
  if (const auto workers = reader.whole("workers", 0, 256)) threads.workers = static_cast<std::uint16_t>(*workers);
  reader.finish();
  return threads;
}

/// Reads the document's sections one by one.
class SettingsReader {
 public:
  SettingsReader(const Node& document, ErrorList& errors) : root_(document, "", errors), errors_(errors) {}

  Settings read() {
    Settings settings;
    with_table("system", [&](SectionReader section) { settings.system = read_system(std::move(section)); });
    with_table("picture", [&](SectionReader section) { settings.picture = read_picture(std::move(section)); });
    if (const Node* section = root_.table("editions")) settings.editions = read_editions(*section, errors_);
    read_lists(settings);
    if (const Node* section = root_.table("output")) read_outputs(*section, errors_, settings);
    with_table("tracker", [&](SectionReader section) { settings.tracker = read_tracker(std::move(section)); });
    with_table("web", [&](SectionReader section) { settings.web = read_web(std::move(section)); });
    with_table("recording", [&](SectionReader section) { settings.recording = read_recording(std::move(section)); });
    with_table("threads", [&](SectionReader section) { settings.threads = read_threads(std::move(section)); });
    root_.finish();
    return settings;
  }

 private:
  template <class Read>
  void with_table(std::string_view key, Read&& read) {
    if (const Node* section = root_.table(key)) read(SectionReader(*section, std::string(key), errors_));
  }

  void read_lists(Settings& settings) {
    settings.sensors = read_sensors(root_.tables("sensor", kMaxSensors), errors_);
    settings.feeds = read_feeds(root_.tables("feed", kMaxFeeds), errors_);
  }

  SectionReader root_;
  ErrorList& errors_;
};

}  // namespace

std::string to_text(const ConfigError& error) {
  std::string text = error.file;
  if (error.line > 0) text += fmt::format(":{}:{}", error.line, error.column);
  text += error.key.empty() ? fmt::format(": {}", error.problem) : fmt::format(": {} {}", error.key, error.problem);
  return error.remedy.empty() ? text : fmt::format("{}; {}", text, error.remedy);
}

base::Result<Settings, std::vector<ConfigError>> parse_settings(std::string_view text, std::string_view file_name) {
  ErrorList errors(file_name);
  const auto document = parse_document(text);
  if (!document) {
    errors.add(document.error().place, "", fmt::format("is not valid TOML: {}", document.error().problem),
               "mend the text at this place");
    return std::move(errors).take();
  }
  Settings settings = SettingsReader(*document, errors).read();
  if (!errors.empty()) return std::move(errors).take();
  return settings;
}

}  // namespace marsad::config
