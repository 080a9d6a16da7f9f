#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <optional>
#include <thread>

#include "errors.hpp"
#include "output_file.hpp"
#include "replayer.hpp"
#include "settings_files.hpp"
#include "signals.hpp"
#include "verbs.hpp"

namespace marsad::app {
namespace {

using SteadyClock = std::chrono::steady_clock;

/// "max" as nothing, else a positive factor.
std::optional<double> parse_speed(const std::string& text) {
  if (text == "max") return std::nullopt;
  double speed = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), speed);
  if (error != std::errc{} || end != text.data() + text.size() || !(speed > 0.0) || speed > 1e6)
    throw UsageError(fmt::format("--speed {}: write a factor above 0, as in 20, or max", text));
  return speed;
}

void nap_until(SteadyClock::time_point moment) {
  while (!stop_requested()) {
    const auto left = moment - SteadyClock::now();
    if (left <= SteadyClock::duration::zero()) return;
    std::this_thread::sleep_for(std::min<SteadyClock::duration>(left, std::chrono::milliseconds(100)));
  }
}

/// Makes log time pass `speed` times as fast as real time, from the first datagram on.
class Pace {
 public:
  explicit Pace(double speed) : speed_(speed) {}

  void operator()(const recording::LogEntry& entry) {
    if (entry.kind == recording::EntryKind::configuration) return;
    if (!first_) {
      first_ = entry.receipt;
      begin_ = SteadyClock::now();
    }
    const double real_s = (entry.receipt - *first_).seconds() / speed_;
    nap_until(begin_ + std::chrono::duration_cast<SteadyClock::duration>(std::chrono::duration<double>(real_s)));
  }

 private:
  double speed_;
  std::optional<units::UtcTime> first_;
  SteadyClock::time_point begin_;
};

std::string digest_line(const Pipeline& pipeline, const picture::AirPicture& picture) {
  return fmt::format("{} {} {:016x}\n", picture.sequence, picture.time.nanoseconds_since_epoch(), pipeline.digest());
}

}  // namespace

int replay(const ReplayOptions& options) {
  watch_signals();
  const std::optional<double> speed = parse_speed(options.speed);
  spare_inputs(options.picture, {options.tracks, options.digests});
  PictureOptions wanted = options.picture;
  if (!options.tracks.empty()) wanted.rows_every_s = options.every_s;
  Replayer replayer(wanted);
  if (!options.web.disabled) {
    auto web = std::make_unique<WebSink>(options.web);
    fmt::print(stderr, "the picture is on {}\n", web->url());
    replayer.add_sink(std::move(web));
  }
  if (!options.tracks.empty()) replayer.add_sink(std::make_unique<TrackFileSink>(options.tracks, options.every_s));
  if (!options.cat062.empty()) {
    const HostPort to = parse_host_port(options.cat062);
    replayer.add_sink(std::make_unique<Cat062Sink>(config::Cat062Settings{.address = to.host, .port = to.port}));
  }
  if (speed) replayer.set_pace(Pace(*speed), *speed);
  std::optional<OutputFile> digests;
  if (!options.digests.empty()) {
    digests.emplace(options.digests);
    replayer.set_observer([&](const Pipeline& pipeline, const picture::AirPicture& picture) {
      digests->append(digest_line(pipeline, picture));
    });
  }
  replayer.play();
  replayer.print_summary();
  if (options.stay && !stop_requested()) {
    fmt::print(stderr, "the recording has ended; the last picture stays until you interrupt (Ctrl-C)\n");
    while (!stop_requested()) std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  replayer.finish_sinks();
  if (digests) digests->finish();
  return options.picture.input.strict && replayer.damaged() ? kUnreadable : kDone;
}

}  // namespace marsad::app
