#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "marsad/units/time.hpp"
#include "marsad/wire/framing/cutter.hpp"

namespace marsad::wire::framing {

/// Turns the counters of one receiver's messages into the time since its first stamped message. Mends what receivers
/// do: the 12 MHz counter wraps after 271 days and the GPS one at midnight; both begin anew when the receiver does;
/// messages come out of their order by up to some seconds. The answer never decreases.
///
/// A step back of more than `kLate`, or ahead of more than `kGap`, is believed once the next counter doesn't contradict
/// it; until then the time stands still. A believed step back, or ahead by more than a day, is a new start of the
/// receiver: how long it was off is unknown and counts as nothing.
class CounterClock {
 public:
  static constexpr units::Duration kLate = units::Duration::seconds(5);
  static constexpr units::Duration kGap = units::Duration::seconds(60);

  explicit CounterClock(CounterKind kind) noexcept;

  /// The time for a message with this counter; that of the message before for 0, a value that the kind can't have, or
  /// one of ReceiverMessage's that stand for an origin. Nothing before the first stamped message.
  std::optional<units::Duration> elapsed(std::uint64_t counter) noexcept;

  /// For a GPS counter: the time since midnight that it shows.
  [[nodiscard]] std::optional<units::Duration> time_of_day(std::uint64_t counter) const noexcept;

 private:
  /// The counter in steps of even length; nothing if it is no time.
  [[nodiscard]] std::optional<std::int64_t> steps_of(std::uint64_t counter) const noexcept;
  [[nodiscard]] std::int64_t ahead(std::int64_t from, std::int64_t to) const noexcept;
  void advance(std::int64_t steps) noexcept;

  CounterKind kind_;
  std::int64_t per_second_;
  std::int64_t round_;  ///< steps until the counter begins anew
  std::optional<std::int64_t> last_;
  std::optional<std::int64_t> suspect_;
  std::int64_t elapsed_ = 0;
};

/// Which of the two the counters in a file are, by its beginning: by values that only one can have, and else by
/// the time between squitters of one aircraft, which is 0.4 to 1.2 s (ICAO Annex 10 volume IV, 3.1.2.8.5.4 and
/// 3.1.2.8.6.4) in one of them and 83 times as long in the other. 12 MHz where nothing tells.
/// \param messages  cuts the file
[[nodiscard]] CounterKind tell_counter_kind(std::span<const std::byte> content, Cutter& messages);

}  // namespace marsad::wire::framing
