#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "marsad/units/time.hpp"
#include "marsad/wire/modes/frame.hpp"

namespace marsad::observation::mode_s {

/// One reception of a frame.
struct Reception {
  units::UtcTime receipt;
  std::uint64_t counter = 0;  ///< of the receiver, 48 bits; 0 none
  std::uint64_t ordinal = 0;  ///< of the message among all that were taken
  std::uint16_t receiver = 0;
};

/// What is known of a transmission by its kind.
enum class Transmission : std::uint8_t {
  reply,     ///< to an interrogator; DF11 among them, which may also be a squitter
  squitter,  ///< of its own accord
  moving,    ///< a squitter with the position of an aircraft in flight
};

/// What tells a second reception from a second transmission of the same bits is the time between them.
///
/// Squitters are not repeated within 0.4 s (RTCA DO-260B 2.2.3.3: the fastest kinds every 0.4 to 0.6 s), so that within
/// `squitter` another reception is a duplicate whoever reports it. A reply is given to each interrogator, with the same
/// bits to several of them within milliseconds: from one receiver only what comes within `artefact` is a duplicate (no
/// two transmissions are that near), from another receiver what comes within `squitter`. An aircraft in flight does not
/// come back to where it was: from another receiver, whose messages may be late, its position is a duplicate within
/// `late`, and would otherwise be taken for where it is now.
struct DuplicateWindow {
  units::Duration squitter = units::Duration::milliseconds(300.0);
  units::Duration artefact = units::Duration::milliseconds(1.0);
  units::Duration late = units::Duration::seconds(5.0);
};

/// The last frames of one aircraft, to know a frame that was transmitted once and heard several times. Positions have a
/// memory of their own, lest replies crowd them out.
class RecentFrames {
 public:
  static constexpr std::size_t kCapacity = 8;

  /// The first reception of the transmission that `frame`, received as `now` tells, belongs to; nothing, and `now` is
  /// remembered as a first reception, if it is a new one. Times may go back and forth.
  std::optional<Reception> find_or_remember(const wire::modes::Frame& frame, Transmission kind, const Reception& now,
                                            const DuplicateWindow& window) noexcept {
    Ring& ring = kind == Transmission::moving ? positions_ : others_;
    for (std::size_t i = 0; i < ring.count; ++i) {
      if (ring.high[i] != frame.high() || ring.low[i] != frame.low()) continue;
      if (is_same_transmission(ring.receptions[i], now, kind, window)) return ring.receptions[i];
    }
    ring.high[ring.next] = frame.high();
    ring.low[ring.next] = frame.low();
    ring.receptions[ring.next] = now;
    ring.next = static_cast<std::uint8_t>((ring.next + 1) % kCapacity);
    if (ring.count < kCapacity) ++ring.count;
    return std::nullopt;
  }

 private:
  struct Ring {
    std::array<std::uint64_t, kCapacity> high{};
    std::array<std::uint64_t, kCapacity> low{};
    std::array<Reception, kCapacity> receptions{};
    std::uint8_t next = 0;
    std::uint8_t count = 0;
  };

  static bool is_same_transmission(const Reception& first, const Reception& now, Transmission kind,
                                   const DuplicateWindow& window) noexcept {
    const units::Duration apart = abs(now.receipt - first.receipt);
    const bool elsewhere = now.receiver != first.receiver;
    if (kind == Transmission::moving && elsewhere) return apart <= window.late;
    if (kind != Transmission::reply || elsewhere) return apart <= window.squitter;
    return apart <= window.artefact && !counters_part(first.counter, now.counter, window);
  }

  /// The receiver's own counter is finer than receipt, which may be that of a whole packet: 12 MHz, or nanoseconds,
  /// which only makes the window narrower.
  static bool counters_part(std::uint64_t a, std::uint64_t b, const DuplicateWindow& window) noexcept {
    constexpr double kTicksPerSecond = 12e6;
    if (a == 0 || b == 0) return false;
    const std::uint64_t apart = a > b ? a - b : b - a;
    return static_cast<double>(apart) > window.artefact.seconds() * kTicksPerSecond;
  }

  Ring others_;
  Ring positions_;
};

}  // namespace marsad::observation::mode_s
