#include <fmt/format.h>

#include <cstdio>
#include <filesystem>

#include "console.hpp"
#include "errors.hpp"
#include "live_system.hpp"
#include "marsad/io/clock.hpp"
#include "settings_files.hpp"
#include "signals.hpp"
#include "verbs.hpp"

namespace marsad::app {
namespace {

/// "recordings/20261123T150000Z.marsad", its directory made if need be.
std::string new_recording_in(const std::string& directory) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (error) throw RunFailure(fmt::format("{}: can't be made: {}", directory, error.message()));
  std::string name = iso_time(io::SystemClock().now()).substr(0, 19);
  std::erase_if(name, [](char c) { return c == '-' || c == ':'; });
  return (std::filesystem::path(directory) / (name + "Z.marsad")).string();
}

std::string recording_path(const RunOptions& options, const config::Settings& settings) {
  if (!options.output.empty()) return options.output;
  if (settings.recording.enabled || options.record_only) return new_recording_in(settings.recording.directory);
  return {};
}

void print_end(const LiveSystem& system, const std::string& recording) {
  const auto& counters = system.pipeline().translator().counters();
  fmt::print(stderr, "{} datagrams, {} records, {} damaged parts; {} datagrams lost before they could be read\n",
             counters.datagrams, counters.records, counters.faults, system.lost_datagrams());
  for (const output::FeedStatus& feed : system.feed_statuses()) {
    if (feed.transport != "tcp") continue;
    fmt::print(stderr, "feed {}: {} connections, {} attempts failed, {} messages, {} octets damaged or cut off\n",
               feed.name, feed.connections, feed.failed_connects, feed.messages, feed.dropped_octets);
  }
  if (const auto status = system.recording_status())
    fmt::print(stderr, "{}: {} entries, {} refused, {} octets\n", recording, status->writer.entries,
               status->writer.refused_entries, status->writer.stored_octets);
}

}  // namespace

int run(const RunOptions& options) {
  watch_signals();
  const config::Settings settings = load_settings(options.configuration);
  if (settings.feeds.empty())
    throw UsageError(
        fmt::format("{}: there is no [[feed]], so nothing would ever arrive; examples/marsad.toml shows how to add one",
                    options.configuration));
  const std::string recording = recording_path(options, settings);
  LiveOptions live{.mode = output::PublicationMode::live,
                   .title = settings.system.name,
                   .recording = recording,
                   .picture = !options.record_only,
                   .threads = options.threads != 0 ? options.threads : settings.threads.workers,
                   .duration = {}};
  if (options.duration_s) live.duration = units::Duration::seconds(*options.duration_s);
  LiveSystem system(settings, live);
  if (!options.record_only && settings.web.enabled) {
    auto web = std::make_unique<WebSink>(
        WebOptions{.address = settings.web.address, .port = settings.web.port, .disabled = false});
    fmt::print(stderr, "the picture is on {}\n", web->url());
    system.add_sink(std::move(web));
  }
  if (!options.record_only && settings.cat062) system.add_sink(std::make_unique<Cat062Sink>(*settings.cat062));
  if (const ReceiverOutputs* outputs = system.receiver_outputs())
    for (const std::string& place : outputs->places()) fmt::print(stderr, "{}\n", place);
  if (!recording.empty()) fmt::print(stderr, "recording to {}\n", recording);
  system.run();
  print_end(system, recording);
  return kDone;
}

}  // namespace marsad::app
