#include "marsad/wire/framing/counter_clock.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include "marsad/wire/framing/octets.hpp"
#include "marsad/wire/framing/receiver_message.hpp"

namespace marsad::wire::framing {
namespace {

constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;
constexpr std::int64_t kSecondsPerDay = 86'400;
constexpr std::int64_t kMegahertz12 = 12'000'000;

/// The nanoseconds since midnight that a GPS counter shows; nothing if it can't be one.
std::optional<std::int64_t> gps_nanoseconds(std::uint64_t counter) noexcept {
  const auto seconds = static_cast<std::int64_t>(counter >> 30U);
  const auto nanoseconds = static_cast<std::int64_t>(counter & 0x3FFF'FFFFU);
  if (seconds > kSecondsPerDay || nanoseconds >= kNanosecondsPerSecond) return std::nullopt;
  return seconds * kNanosecondsPerSecond + nanoseconds;
}

}  // namespace

CounterClock::CounterClock(CounterKind kind) noexcept
    : kind_(kind),
      per_second_(kind == CounterKind::gps ? kNanosecondsPerSecond : kMegahertz12),
      round_(kind == CounterKind::gps ? kSecondsPerDay * kNanosecondsPerSecond : std::int64_t{1} << 48U) {}

std::optional<std::int64_t> CounterClock::steps_of(std::uint64_t counter) const noexcept {
  if (counter == 0 || counter == ReceiverMessage::kMlatCounter || counter == ReceiverMessage::kUatCounter)
    return std::nullopt;
  if (kind_ == CounterKind::gps) return gps_nanoseconds(counter);
  return static_cast<std::int64_t>(counter);
}

/// Steps from one counter to another, going ahead and around.
std::int64_t CounterClock::ahead(std::int64_t from, std::int64_t to) const noexcept {
  const std::int64_t steps = to - from;  // both lie within a round, but for a leap second; a division would be felt
  if (steps >= round_) return steps - round_;
  return steps < 0 ? steps + round_ : steps;
}

void CounterClock::advance(std::int64_t steps) noexcept {
  constexpr std::int64_t kLongest = std::int64_t{1} << 60U;  // 36 years of nanoseconds: nothing overflows
  elapsed_ = std::min(elapsed_ + steps, kLongest);
}

std::optional<units::Duration> CounterClock::elapsed(std::uint64_t counter) noexcept {
  const auto steps = steps_of(counter);
  const auto late = static_cast<std::int64_t>(kLate.seconds()) * per_second_;
  const auto gap = static_cast<std::int64_t>(kGap.seconds()) * per_second_;
  const std::int64_t longest = kSecondsPerDay * per_second_;
  if (steps && !last_) last_ = steps;
  if (!last_) return std::nullopt;
  if (steps) {
    const std::int64_t step = ahead(*last_, *steps);
    if (step <= gap) {
      advance(step);
      last_ = steps;
      suspect_.reset();
    } else if (round_ - step <= late) {
      suspect_.reset();
    } else if (suspect_ && ahead(*suspect_, *steps) < std::min(longest, round_ / 2)) {
      const bool goes_on = step < std::min(longest, round_ / 2);
      if (goes_on) advance(step);
      last_ = steps;
      suspect_.reset();
    } else {
      suspect_ = steps;
    }
  }
  return units::Duration::seconds(static_cast<double>(elapsed_) / static_cast<double>(per_second_));
}

std::optional<units::Duration> CounterClock::time_of_day(std::uint64_t counter) const noexcept {
  const auto steps = kind_ == CounterKind::gps ? steps_of(counter) : std::nullopt;
  if (!steps) return std::nullopt;
  return units::Duration::seconds(static_cast<double>(*steps) * 1e-9);
}

namespace {

/// Times between messages of the same sort from the same aircraft, in counter steps of 12 MHz.
class SquitterGaps {
 public:
  void add(const ReceiverMessage& message) {
    const std::uint32_t sort = sort_of(message.message);
    if (sort == 0) return;
    const auto [place, is_new] = last_.try_emplace(sort, message.counter);
    if (!is_new && message.counter > place->second) gaps_.push_back(message.counter - place->second);
    place->second = message.counter;
  }
  /// A typical short one: of all gaps, the one that a quarter are shorter than.
  [[nodiscard]] std::optional<std::uint64_t> typical() {
    constexpr std::size_t kFewest = 4;
    if (gaps_.size() < kFewest) return std::nullopt;
    const auto quarter = gaps_.begin() + static_cast<std::ptrdiff_t>(gaps_.size() / 4);
    std::nth_element(gaps_.begin(), quarter, gaps_.end());
    return *quarter;
  }

 private:
  /// Address and sort of a squitter that is sent at a steady rate, in one number; 0 for other messages.
  [[nodiscard]] static std::uint32_t sort_of(std::span<const std::byte> message) noexcept {
    if (message.size() < 7) return 0;
    const unsigned format = u8_at(message, 0) >> 3U;
    const auto address = static_cast<std::uint32_t>(unsigned_at<3>(message, 1, ByteOrder::big));
    if (format == 11) return address << 8U | 1U;
    if (format != 17 || message.size() != 14) return 0;
    const unsigned type = u8_at(message, 4) >> 3U;
    if (type >= 9 && type <= 18) return address << 8U | 2U;
    return type == 19 ? address << 8U | 3U : 0;
  }

  std::map<std::uint32_t, std::uint64_t> last_;
  std::vector<std::uint64_t> gaps_;
};

}  // namespace

CounterKind tell_counter_kind(std::span<const std::byte> content, Cutter& messages) {
  constexpr std::size_t kMostPieces = 20'000;
  constexpr std::uint64_t kFewCounts = 6 * kMegahertz12;  // between 1.2 s of one and 33 s of the other
  SquitterGaps gaps;
  Datagram datagram;
  for (std::size_t pieces = 0; pieces < kMostPieces && !content.empty(); ++pieces) {
    const Piece piece = messages.cut(content, false, datagram);
    content = content.subspan(piece.octets);
    if (piece.what != Piece::What::message) continue;
    const auto message = parse_receiver_message(datagram.payload);
    if (!message || message->counter == 0 || message->synthetic()) continue;
    if (!gps_nanoseconds(message->counter)) return CounterKind::megahertz_12;
    gaps.add(*message);
  }
  const auto typical = gaps.typical();
  return typical && *typical > kFewCounts ? CounterKind::gps : CounterKind::megahertz_12;
}

}  // namespace marsad::wire::framing
