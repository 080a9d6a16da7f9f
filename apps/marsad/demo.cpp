#include <fmt/format.h>
#include <spawn.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <thread>
#include <utility>

#include "errors.hpp"
#include "live_system.hpp"
#include "marsad/io/clock.hpp"
#include "marsad/io/udp_sender.hpp"
#include "marsad/simulation/demo_scene.hpp"
#include "settings_files.hpp"
#include "signals.hpp"
#include "verbs.hpp"

extern char** environ;  // NOLINT(readability-identifier-naming): POSIX names it

namespace marsad::app {
namespace {

constexpr auto kSendEvery = std::chrono::milliseconds(50);

/// The settings of the built-in scene: its sensors, and one UDP feed on loopback for each, on whatever port is free.
config::Settings demo_settings(const simulation::DemoScene& scene) {
  auto parsed = config::parse_settings(scene.sensors_toml(), "the demo's sensors");
  if (!parsed.ok())
    throw RunFailure("the demo's sensors are not a valid configuration: " + to_text(parsed.error().front()));
  config::Settings settings = std::move(parsed).value();
  settings.system = {.name = "marsad demo", .sac = 250, .sic = 200};
  for (const simulation::Feed& feed : scene.feeds())
    settings.feeds.push_back({.name = feed.name,
                              .kind = config::FeedKind::udp,
                              .address = "127.0.0.1",
                              .port = 0,
                              .groups = {},
                              .interfaces = {}});
  return settings;
}

/// Plays the scene into the feeds' ports in real time, through the same door as live data.
class ScenePlayer {
 public:
  ScenePlayer(simulation::DemoScene scene, const std::vector<std::uint16_t>& ports) : scene_(std::move(scene)) {
    for (const std::uint16_t port : ports) {
      auto sender =
          io::UdpSender::open({.address = "127.0.0.1", .port = port, .interface = {}, .ttl = 1, .loopback = true});
      if (!sender.ok()) throw RunFailure(sender.error());
      senders_.push_back(std::move(sender).value());
    }
    thread_ = std::thread([this] { play(); });
  }
  ~ScenePlayer() {
    ended_ = true;
    thread_.join();
  }
  ScenePlayer(const ScenePlayer&) = delete;
  ScenePlayer& operator=(const ScenePlayer&) = delete;

 private:
  void play() {
    const io::SystemClock clock;
    while (!ended_) {
      for (const simulation::Emission& emission : scene_.advance(clock.now()))
        senders_[emission.feed].send(emission.octets);
      std::this_thread::sleep_for(kSendEvery);
    }
  }

  simulation::DemoScene scene_;
  std::vector<io::UdpSender> senders_;
  std::atomic<bool> ended_{false};
  std::thread thread_;
};

/// Shows the page in the user's browser, if there is a desktop to show it on.
void open_browser(const std::string& url) {
  if (std::getenv("DISPLAY") == nullptr && std::getenv("WAYLAND_DISPLAY") == nullptr) return;
  std::string program = "xdg-open", argument = url;
  char* arguments[] = {program.data(), argument.data(), nullptr};
  pid_t child = 0;
  posix_spawnp(&child, program.c_str(), nullptr, nullptr, arguments, environ);
}

}  // namespace

int demo(const DemoOptions& options) {
  watch_signals();
  const units::UtcTime begin = io::SystemClock().now();
  simulation::DemoScene scene(options.seed, begin);
  LiveOptions live{.mode = output::PublicationMode::simulation,
                   .title = "marsad demo: a simulated scene, hypothetical sensors",
                   .recording = options.record,
                   .picture = true,
                   .threads = options.threads,
                   .duration = {}};
  if (options.duration_s) live.duration = units::Duration::seconds(*options.duration_s);
  LiveSystem system(demo_settings(scene), live);
  if (!options.web.disabled) {
    auto web = std::make_unique<WebSink>(options.web);
    fmt::print("{}\n", web->url());
    std::fflush(stdout);
    fmt::print(stderr, "the simulated picture is on the address above; Ctrl-C ends the demo\n");
    if (!options.no_open) open_browser(web->url());
    system.add_sink(std::move(web));
  }
  if (!options.cat062.empty()) {
    const HostPort to = parse_host_port(options.cat062);
    system.add_sink(std::make_unique<Cat062Sink>(
        config::Cat062Settings{.address = to.host, .port = to.port, .sac = 250, .sic = 200}));
  }
  const ScenePlayer player(std::move(scene), system.udp_ports());
  system.run();
  const auto& counters = system.pipeline().translator().counters();
  fmt::print(stderr, "{} datagrams, {} records, {} damaged parts, {} datagrams lost; picture digest {:016x}\n",
             counters.datagrams, counters.records, counters.faults, system.lost_datagrams(),
             system.pipeline().digest());
  return kDone;
}

}  // namespace marsad::app
