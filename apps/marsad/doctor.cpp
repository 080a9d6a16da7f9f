#include <fmt/format.h>
#include <sys/statvfs.h>
#include <sys/timex.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "errors.hpp"
#include "live_system.hpp"
#include "marsad/io/clock.hpp"
#include "marsad/io/embedded_assets.hpp"
#include "marsad/io/tcp_receiver.hpp"
#include "marsad/io/udp_receiver.hpp"
#include "marsad/io/web_server.hpp"
#include "settings_files.hpp"
#include "verbs.hpp"

namespace marsad::app {
namespace {

enum class Health : std::uint8_t { good, warning, bad };

struct Finding {
  Health health = Health::good;
  std::string what;
  std::string remedy;  ///< empty when good
};

using Findings = std::vector<Finding>;

constexpr long kWishedBuffer = 8L << 20;
constexpr std::uint64_t kLittleDisk = 1ULL << 30;

Finding check_receive_buffer() {
  std::ifstream file("/proc/sys/net/core/rmem_max");
  long octets = 0;
  if (!(file >> octets))
    return {Health::warning, "the kernel's limit of receive buffers can't be read", "look at sysctl net.core.rmem_max"};
  if (octets >= kWishedBuffer) return {Health::good, fmt::format("receive buffers may have {} octets", octets), ""};
  return {Health::warning, fmt::format("receive buffers may have only {} octets: bursts of datagrams get lost", octets),
          fmt::format("sysctl -w net.core.rmem_max={}", kWishedBuffer)};
}

Finding check_clock() {
  timex state{};
  const int synchronised = adjtimex(&state);
  const double now_s = io::SystemClock().now().seconds_since_epoch();
  if (now_s < 1.7e9)
    return {Health::bad, "the computer's clock is years behind", "set it, then keep it with NTP or a GNSS clock"};
  if (synchronised == TIME_ERROR || (state.status & STA_UNSYNC) != 0)
    return {Health::warning,
            "the computer's clock is not synchronised: receipt times, and tracks of sensors without a clock, are as "
            "wrong as it is",
            "run chrony or systemd-timesyncd against a source that you trust"};
  return {Health::good,
          fmt::format("the computer's clock is synchronised (estimated error {} microseconds)", state.esterror), ""};
}

Finding check_web_page() {
  if (io::web_assets().size() > 1) return {Health::good, "the web page is in the program", ""};
  return {Health::warning, "this program was built without its web page", "build it with ./run build"};
}

Finding check_disk(const std::string& directory) {
  std::filesystem::path place = std::filesystem::absolute(directory);
  while (!std::filesystem::exists(place) && place.has_relative_path()) place = place.parent_path();
  struct statvfs disk {};
  if (statvfs(place.c_str(), &disk) != 0)
    return {Health::bad, fmt::format("{}: can't be looked at", directory), "choose another recording.directory"};
  const std::uint64_t free_octets = static_cast<std::uint64_t>(disk.f_bavail) * disk.f_frsize;
  if (free_octets < kLittleDisk)
    return {Health::warning, fmt::format("{}: only {} MB free for recordings", directory, free_octets >> 20U),
            "make room, or record elsewhere"};
  return {Health::good, fmt::format("{}: {} GB free for recordings", directory, free_octets >> 30U), ""};
}

/// One feed while it is tried.
struct Trial {
  const config::FeedSettings& feed;
  std::unique_ptr<io::UdpReceiver> udp;
  std::unique_ptr<io::TcpReceiver> tcp;
  std::string error;  ///< why it can't be opened
};

constexpr auto kListen = std::chrono::seconds(5);

Trial begin_trial(const config::FeedSettings& feed) {
  const auto nothing = [](const wire::framing::Datagram&, std::uint16_t) {};
  Trial trial{.feed = feed, .udp = {}, .tcp = {}, .error = {}};
  if (feed.kind == config::FeedKind::udp) {
    auto receiver = io::UdpReceiver::open(udp_feeds(feed), nothing);
    receiver.ok() ? void(trial.udp = std::move(receiver).value()) : void(trial.error = receiver.error());
  } else {
    auto receiver = io::TcpReceiver::open({tcp_feed(feed)}, nothing);
    receiver.ok() ? void(trial.tcp = std::move(receiver).value()) : void(trial.error = receiver.error());
  }
  if (trial.udp) trial.udp->start();
  if (trial.tcp) trial.tcp->start();
  return trial;
}

Finding finding_of_udp(const config::FeedSettings& feed, const io::UdpReceiver& receiver) {
  std::uint64_t datagrams = 0, messages = 0;
  for (const io::UdpFeedCounters& counters : receiver.counters()) {
    datagrams += counters.datagrams;
    messages += counters.messages;
  }
  if (datagrams == 0)
    return {Health::warning, fmt::format("feed {}: nothing in {} s", feed.name, kListen.count()),
            "check sender, address, port and interface; on multicast also the switch"};
  if (messages == 0)
    return {Health::warning, fmt::format("feed {}: {} datagrams without a message", feed.name, datagrams),
            "check the feed's format"};
  return {Health::good, fmt::format("feed {}: {} datagrams in {} s", feed.name, datagrams, kListen.count()), ""};
}

Finding finding_of_tcp(const config::FeedSettings& feed, const io::TcpFeedCounters& counters) {
  const std::string place = fmt::format("feed {}: {} port {}", feed.name, feed.address, feed.port);
  if (counters.connections == 0 && feed.listen)
    return {Health::warning, fmt::format("{}: nobody connected in {} s", place, kListen.count()),
            "check that the sender knows this address and port"};
  if (counters.connections == 0)
    return {Health::bad, fmt::format("{}: no connection in {} s", place, kListen.count()),
            "check address and port, that the server runs, and firewalls"};
  if (counters.messages == 0)
    return {Health::warning,
            fmt::format("{}: connected, but no {} message in {} s ({} octets, {} of them make no sense)", place,
                        name_of(feed.format), kListen.count(), counters.octets, counters.dropped_octets),
            "check the feed's format, and that the sender hears something"};
  return {Health::good, fmt::format("{}: {} messages in {} s", place, counters.messages, kListen.count()), ""};
}

/// Opens all feeds for a few seconds at once and counts what arrives.
void check_feeds(const config::Settings& settings, Findings& findings) {
  if (settings.feeds.empty()) return;
  std::vector<Trial> trials;
  for (const config::FeedSettings& feed : settings.feeds) trials.push_back(begin_trial(feed));
  std::this_thread::sleep_for(kListen);
  for (Trial& trial : trials) {
    if (trial.udp) trial.udp->stop();
    if (trial.tcp) trial.tcp->stop();
    if (!trial.error.empty())
      findings.push_back({Health::bad, trial.error, "correct the feed, or end the program that holds its port"});
    else
      findings.push_back(trial.udp ? finding_of_udp(trial.feed, *trial.udp)
                                   : finding_of_tcp(trial.feed, trial.tcp->counters().front()));
  }
}

void check_sensors(const config::Settings& settings, Findings& findings) {
  for (const observation::SensorSetting& sensor : settings.sensors) {
    const bool placed = sensor.characteristics.site.has_value() || sensor.kind == observation::SensorKind::adsb ||
                        sensor.kind == observation::SensorKind::system_tracks;
    if (!placed)
      findings.push_back({Health::bad, fmt::format("sensor {} has no site: its plots can't be placed", sensor.name),
                          "give latitude, longitude and height_m in its [[sensor]] table"});
  }
  findings.push_back(
      {settings.sensors.empty() ? Health::warning : Health::good,
       fmt::format("{} sensors configured", settings.sensors.size()),
       settings.sensors.empty() ? "add [[sensor]] tables; only geodetic reports serve without them" : ""});
}

void check_configuration(const std::string& path, Findings& findings) {
  const config::Settings settings = load_settings(path);
  findings.push_back({Health::good, fmt::format("{}: the configuration is sound", path), ""});
  check_sensors(settings, findings);
  check_feeds(settings, findings);
  if (settings.recording.enabled) findings.push_back(check_disk(settings.recording.directory));
  if (!settings.web.enabled) return;
  auto server = io::WebServer::listen({.address = settings.web.address, .port = settings.web.port}, io::web_assets());
  if (server.ok())
    findings.push_back(
        {Health::good, fmt::format("the web map can listen on {}:{}", settings.web.address, settings.web.port), ""});
  else
    findings.push_back(
        {Health::bad, server.error(), "end the program that holds the port, or choose another web.port"});
}

const char* name_of(Health health) {
  switch (health) {
    case Health::good:
      return "good";
    case Health::warning:
      return "warning";
    case Health::bad:
      return "bad";
  }
  return "bad";
}

void print(const Findings& findings, bool json) {
  if (!json) {
    for (const Finding& finding : findings) {
      fmt::print("{:8} {}\n", name_of(finding.health), finding.what);
      if (!finding.remedy.empty()) fmt::print("         remedy: {}\n", finding.remedy);
    }
    return;
  }
  nlohmann::ordered_json object;
  object["findings"] = nlohmann::ordered_json::array();
  for (const Finding& finding : findings)
    object["findings"].push_back(
        {{"health", name_of(finding.health)}, {"what", finding.what}, {"remedy", finding.remedy}});
  fmt::print("{}\n", object.dump(-1, ' ', true, nlohmann::ordered_json::error_handler_t::replace));
}

}  // namespace

int doctor(const DoctorOptions& options) {
  Findings findings{check_receive_buffer(), check_clock(), check_web_page()};
  if (!options.configuration.empty()) check_configuration(options.configuration, findings);
  print(findings, options.json);
  const bool bad = std::any_of(findings.begin(), findings.end(),
                               [](const Finding& finding) { return finding.health == Health::bad; });
  return bad ? kFailed : kDone;
}

}  // namespace marsad::app
