#include "live_system.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <thread>
#include <utility>

#include "edition_plan.hpp"
#include "errors.hpp"
#include "marsad/io/clock.hpp"
#include "settings_files.hpp"
#include "signals.hpp"

namespace marsad::app {
namespace {

/// The first whole multiple of `period` since 1970 that lies after `time`.
units::UtcTime next_tick(units::UtcTime time, units::Duration period) {
  const double steps = std::floor(time.seconds_since_epoch() / period.seconds()) + 1.0;
  return units::UtcTime::seconds_since_epoch(steps * period.seconds());
}

recording::LogEntry configuration_entry(const std::string& text, units::UtcTime receipt) {
  recording::LogEntry entry;
  entry.kind = recording::EntryKind::configuration;
  entry.receipt = receipt;
  entry.payload = std::as_bytes(std::span(text));
  return entry;
}

void add_to(output::FeedStatus& status, const io::UdpFeedCounters& counters) {
  status.messages += counters.messages;
  status.octets += counters.octets;
  status.lost_datagrams += counters.lost + counters.truncated;
  status.dropped_octets += counters.dropped_octets;
}

void add_to(output::FeedStatus& status, const io::TcpFeedCounters& counters) {
  status.messages += counters.messages;
  status.octets += counters.octets;
  status.dropped_octets += counters.dropped_octets;
  status.connections += counters.connections;
  status.open += counters.open;
  status.failed_connects += counters.failed_connects;
  status.out_of_step += counters.out_of_step;
}

}  // namespace

std::vector<io::UdpFeed> udp_feeds(const config::FeedSettings& feed) {
  std::vector<io::UdpFeed> out;
  for (const std::string& address : feed.groups.empty() ? std::vector{feed.address} : feed.groups)
    out.push_back({.name = feed.name,
                   .address = address,
                   .port = feed.port,
                   .interfaces = feed.interfaces,
                   .source = {},
                   .format = feed.format});
  return out;
}

io::TcpFeed tcp_feed(const config::FeedSettings& feed) {
  return {.name = feed.name, .host = feed.address, .port = feed.port, .listen = feed.listen, .format = feed.format};
}

LiveSystem::LiveSystem(const config::Settings& settings, LiveOptions options)
    : settings_(settings),
      options_(std::move(options)),
      pool_(options_.threads),
      pipeline_(pool_),
      editions_(editions_with(settings_.editions)) {
  if (!options_.recording.empty()) {
    auto file = io::RecordingFile::create(options_.recording, {.created = io::SystemClock().now()});
    if (!file.ok()) throw RunFailure(file.error());
    recording_ = std::move(file).value();
  }
  const bool passes_on = settings_.beast || settings_.avr || settings_.sbs || settings_.cat021;
  if (passes_on && options_.picture) receiver_outputs_ = std::make_unique<ReceiverOutputs>(settings_);
  open_feeds();
}

LiveSystem::~LiveSystem() { stop_feeds(); }

void LiveSystem::stop_feeds() {
  if (udp_) udp_->stop();
  if (tcp_) tcp_->stop();
}

void LiveSystem::open_feeds() {
  std::vector<io::UdpFeed> udp;
  std::vector<io::TcpFeed> tcp;
  for (const config::FeedSettings& feed : settings_.feeds) {
    if (feed.kind == config::FeedKind::tcp) {
      tcp.push_back(tcp_feed(feed));
      continue;
    }
    for (io::UdpFeed& one : udp_feeds(feed)) udp.push_back(std::move(one));
  }
  const auto deliver = [this](const wire::framing::Datagram& datagram, std::uint16_t) {
    queue_.push(datagram, datagram.receipt.value_or(io::SystemClock().now()));
  };
  if (!udp.empty()) {
    auto receiver = io::UdpReceiver::open(udp, deliver);
    if (!receiver.ok()) throw RunFailure(receiver.error());
    udp_ = std::move(receiver).value();
    adopt_ports();
  }
  if (!tcp.empty()) {
    auto receiver = io::TcpReceiver::open(tcp, deliver);
    if (!receiver.ok()) throw RunFailure(receiver.error());
    tcp_ = std::move(receiver).value();
  }
}

void LiveSystem::adopt_ports() {
  std::size_t next = 0;
  const std::vector<std::uint16_t> ports = udp_->ports();
  for (config::FeedSettings& feed : settings_.feeds) {
    if (feed.kind != config::FeedKind::udp) continue;
    feed.port = ports[next];
    next += udp_feeds(feed).size();
  }
}

void LiveSystem::run() {
  const io::SystemClock clock;
  const units::UtcTime begin = clock.now();
  take(configuration_entry(to_toml(settings_), begin));
  if (udp_) udp_->start();
  if (tcp_) tcp_->start();
  std::thread timekeeper([&] {
    keep_time(
        [&] { return ended_ || stop_requested() || (options_.duration && clock.now() - begin >= *options_.duration); });
    stop_feeds();  // before the queue closes, so that nothing is refused that was received in time
    queue_.close();
  });
  std::vector<io::OwnedEntry> entries;
  try {
    while (queue_.pop_all(entries, units::Duration::seconds(0.5))) {
      for (const io::OwnedEntry& owned : entries) take(owned.entry);
      if (receiver_outputs_) receiver_outputs_->flush();
    }
  } catch (...) {
    ended_ = true;
    timekeeper.join();
    throw;
  }
  timekeeper.join();
  for (const auto& sink : sinks_) sink->finish();
  if (recording_ && !recording_->close())
    throw RunFailure(fmt::format("{}: {}", options_.recording, recording_->status().last_error));
}

void LiveSystem::keep_time(const std::function<bool()>& ended) {
  const io::SystemClock wall;
  const io::SteadyClock steady;
  const io::ForwardClock clock(wall, steady);
  units::UtcTime tick = next_tick(clock.now(), settings_.picture.period);
  bool told = false;
  while (!ended()) {
    const double wait_s = (tick - clock.now()).seconds();
    if (wait_s > 0.0) {
      // Short naps, so that an end is not waited for, and a clock that was set forward is followed.
      std::this_thread::sleep_for(std::chrono::duration<double>(std::min(wait_s, 0.1)));
      continue;
    }
    queue_.push_tick(tick);
    tick = next_tick(clock.now(), settings_.picture.period);
    const double ahead_s = clock.ahead().seconds();
    if (ahead_s > 1.0 && !std::exchange(told, true))
      fmt::print(
          stderr,
          "the computer's clock was set back by {:.0f} s: the log's time never goes back, so it runs ahead by as "
          "much; start again to follow the clock\n",
          ahead_s);
  }
}

void LiveSystem::take(const recording::LogEntry& entry) {
  if (recording_ && !recording_->append(entry)) ++unrecorded_;
  watch_editions(entry);
  if (!options_.picture) return;
  if (receiver_outputs_) receiver_outputs_->take(entry);
  const PicturePtr picture = pipeline_.step(entry);
  if (!picture) return;
  output::PublicationStatus status;
  status.mode = options_.mode;
  status.recording = recording_ != nullptr && unrecorded_ == 0 && recording_->status().last_error.empty();
  status.title = options_.title;
  status.latency = io::SystemClock().now() - picture->time;
  status.feeds = feed_statuses();
  if (receiver_outputs_) status.outputs = receiver_outputs_->statuses();
  for (const auto& sink : sinks_) sink->take(picture, status);
}

void LiveSystem::watch_editions(const recording::LogEntry& entry) {
  if (entry.kind != recording::EntryKind::datagram || entry.payload_kind != wire::framing::PayloadKind::asterix) return;
  for (const wire::asterix::EditionMismatch& mismatch : editions_.take(entry.payload, entry.receipt))
    fmt::print(stderr, "{}\n", warning_of(mismatch));
}

std::vector<std::uint16_t> LiveSystem::udp_ports() const { return udp_ ? udp_->ports() : std::vector<std::uint16_t>{}; }

std::vector<output::FeedStatus> LiveSystem::feed_statuses() const {
  std::vector<output::FeedStatus> out;
  const auto udp = udp_ ? udp_->counters() : std::vector<io::UdpFeedCounters>{};
  const auto tcp = tcp_ ? tcp_->counters() : std::vector<io::TcpFeedCounters>{};
  auto next_udp = udp.begin();
  auto next_tcp = tcp.begin();
  for (const config::FeedSettings& feed : settings_.feeds) {
    output::FeedStatus& status = out.emplace_back();
    status.name = feed.name;
    status.format = name_of(feed.format);
    status.transport = feed.kind == config::FeedKind::tcp ? "tcp" : "udp";
    if (feed.kind == config::FeedKind::tcp)
      add_to(status, *next_tcp++);
    else
      for (std::size_t i = std::max<std::size_t>(1, feed.groups.size()); i > 0; --i) add_to(status, *next_udp++);
  }
  return out;
}

std::uint64_t LiveSystem::lost_datagrams() const {
  std::uint64_t lost = queue_.refused();
  if (udp_)
    for (const io::UdpFeedCounters& counters : udp_->counters()) lost += counters.lost + counters.truncated;
  return lost;
}

std::optional<io::RecordingFileStatus> LiveSystem::recording_status() const {
  if (!recording_) return std::nullopt;
  return recording_->status();
}

}  // namespace marsad::app
