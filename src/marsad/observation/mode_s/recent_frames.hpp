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

/// The last frames of one aircraft, to know a frame that was transmitted once and heard several times.
///
/// What tells a second reception from a second transmission of the same bits is the time between them. Squitters are
/// not repeated within 0.4 s (RTCA DO-260B 2.2.3.3: the fastest kinds every 0.4 to 0.6 s), so that within `squitter`
/// another reception is a duplicate whoever reports it. A reply (DF11 among them: it may be either) is given to each
/// interrogator, with the same bits to several of them within milliseconds: from one receiver only what comes within
/// `artefact` is a duplicate (no two transmissions are that near), from another receiver what comes within `squitter`.
struct DuplicateWindow {
  units::Duration squitter = units::Duration::milliseconds(300.0);
  units::Duration artefact = units::Duration::milliseconds(1.0);
};

class RecentFrames {
 public:
  static constexpr std::size_t kCapacity = 8;

  /// The first reception of the transmission that `frame`, received as `now` tells, belongs to; nothing, and `now` is
  /// remembered as a first reception, if it is a new one. Times may go back and forth.
  std::optional<Reception> find_or_remember(const wire::modes::Frame& frame, bool squitter, const Reception& now,
                                            const DuplicateWindow& window) noexcept {
    for (std::size_t i = 0; i < count_; ++i) {
      if (high_[i] != frame.high() || low_[i] != frame.low()) continue;
      if (is_same_transmission(receptions_[i], now, squitter, window)) return receptions_[i];
    }
    high_[next_] = frame.high();
    low_[next_] = frame.low();
    receptions_[next_] = now;
    next_ = (next_ + 1) % kCapacity;
    if (count_ < kCapacity) ++count_;
    return std::nullopt;
  }

 private:
  static bool is_same_transmission(const Reception& first, const Reception& now, bool squitter,
                                   const DuplicateWindow& window) noexcept {
    const units::Duration apart = abs(now.receipt - first.receipt);
    if (squitter || now.receiver != first.receiver) return apart <= window.squitter;
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

  std::array<std::uint64_t, kCapacity> high_{};
  std::array<std::uint64_t, kCapacity> low_{};
  std::array<Reception, kCapacity> receptions_{};
  std::uint8_t next_ = 0;
  std::uint8_t count_ = 0;
};

}  // namespace marsad::observation::mode_s
