#include "marsad/io/log_source.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "marsad/io/log_input.hpp"

namespace marsad::io {
namespace {

using recording::EntryKind;
using recording::LogEntry;
using units::Duration;
using units::UtcTime;

/// The ticks between the entries: at whole multiples of the period, each behind everything received by then.
class TickMaker {
 public:
  TickMaker(Duration period, Duration longest_gap) noexcept
      : period_ns_(std::max<std::int64_t>(1, std::llround(period.seconds() * 1e9))), longest_gap_(longest_gap) {}

  /// The tick that is due before an entry received at `receipt`; at the end of the log, the last one.
  std::optional<UtcTime> due_before(UtcTime receipt) {
    if (!due_ || receipt <= *due_) return std::nullopt;
    const UtcTime tick = *due_;
    const UtcTime following = at_or_after(UtcTime::nanoseconds_since_epoch(tick.nanoseconds_since_epoch() + 1));
    due_ = receipt - tick > longest_gap_ ? std::max(following, at_or_after(receipt)) : following;
    return tick;
  }
  std::optional<UtcTime> last() { return std::exchange(due_, std::nullopt); }
  void saw(UtcTime receipt) {
    if (!due_) due_ = at_or_after(receipt);
  }

 private:
  [[nodiscard]] UtcTime at_or_after(UtcTime time) const noexcept {
    const std::int64_t ns = time.nanoseconds_since_epoch();
    const std::int64_t behind = ((ns % period_ns_) + period_ns_) % period_ns_;
    return UtcTime::nanoseconds_since_epoch(behind == 0 ? ns : ns + (period_ns_ - behind));
  }

  std::int64_t period_ns_;
  Duration longest_gap_;
  std::optional<UtcTime> due_;  ///< the next tick, once there has been an entry
};

LogEntry tick_at(UtcTime time) {
  LogEntry entry;
  entry.kind = EntryKind::tick;
  entry.receipt = time;
  return entry;
}

}  // namespace

struct LogSource::State {
  State(LogSourceSettings s, bool with_ticks)
      : settings(std::move(s)), make_ticks(with_ticks), ticks(settings.tick_period, settings.longest_gap) {}

  LogSourceSettings settings;
  bool make_ticks;
  TickMaker ticks;
  std::vector<LogInputStream> inputs;
  LogInputStream* given = nullptr;  ///< whose head was handed out last
  bool configured = false;

  LogInputStream* earliest();
  [[nodiscard]] bool is_left_out(const LogEntry& entry) const;
  std::optional<LogEntry> first_configuration(const LogEntry& first);
};

/// Ticks and configurations of recordings that are not taken over.
bool LogSource::State::is_left_out(const LogEntry& entry) const {
  if (entry.kind == EntryKind::tick) return make_ticks;
  if (entry.kind != EntryKind::configuration) return false;
  return settings.replace_configurations || (inputs.size() > 1 && configured);
}

/// The input whose next entry comes first; among equals the first input.
LogInputStream* LogSource::State::earliest() {
  LogInputStream* best = nullptr;
  for (LogInputStream& input : inputs) {
    while (input.head() != nullptr && is_left_out(*input.head())) input.pop();
    if (input.head() == nullptr) continue;
    if (best == nullptr || input.head()->receipt < best->head()->receipt) best = &input;
  }
  return best;
}

/// The configuration to put in front of `first`, if there is one and it is not there already.
std::optional<LogEntry> LogSource::State::first_configuration(const LogEntry& first) {
  if (std::exchange(configured, true) || first.kind == EntryKind::configuration || !settings.configuration)
    return std::nullopt;
  LogEntry entry;
  entry.kind = EntryKind::configuration;
  entry.receipt = first.receipt;
  entry.payload = std::as_bytes(std::span(*settings.configuration));
  return entry;
}

base::Result<LogSource, std::string> LogSource::open(std::vector<LogInput> inputs, LogSourceSettings settings) {
  std::vector<LogInputStream> streams;
  const Duration longest_gap = settings.longest_gap;
  for (LogInput& input : inputs) {
    auto stream = LogInputStream::open(std::move(input), longest_gap);
    if (!stream) return stream.error();
    streams.push_back(std::move(stream).value());
  }
  const bool own_ticks = streams.size() == 1 && streams.front().is_recording();
  auto state = std::make_unique<State>(std::move(settings), !own_ticks);
  state->inputs = std::move(streams);
  return LogSource(std::move(state));
}

LogSource::LogSource(std::unique_ptr<State> state) : state_(std::move(state)) {}
LogSource::LogSource(LogSource&&) noexcept = default;
LogSource& LogSource::operator=(LogSource&&) noexcept = default;
LogSource::~LogSource() = default;

std::optional<LogEntry> LogSource::next() {
  State& s = *state_;
  if (s.given != nullptr) std::exchange(s.given, nullptr)->pop();
  LogInputStream* const input = s.earliest();
  if (input == nullptr) {
    const auto last = s.ticks.last();
    return last ? std::optional(tick_at(*last)) : std::nullopt;
  }
  const LogEntry& entry = *input->head();
  if (auto configuration = s.first_configuration(entry)) return configuration;
  if (s.make_ticks) {
    if (const auto tick = s.ticks.due_before(entry.receipt)) return tick_at(*tick);
    s.ticks.saw(entry.receipt);
  }
  s.given = input;
  return entry;
}

std::vector<LogInputReport> LogSource::reports() const {
  std::vector<LogInputReport> out;
  for (const LogInputStream& input : state_->inputs) out.push_back(input.report());
  return out;
}

std::vector<wire::framing::FramingFault> LogSource::faults(std::size_t input) const {
  return input < state_->inputs.size() ? state_->inputs[input].faults() : std::vector<wire::framing::FramingFault>{};
}

double LogSource::progress() const {
  std::uint64_t done = 0;
  std::uint64_t all = 0;
  for (const LogInputStream& input : state_->inputs) {
    done += input.position();
    all += input.size();
  }
  return all == 0 ? 1.0 : static_cast<double>(done) / static_cast<double>(all);
}

}  // namespace marsad::io
