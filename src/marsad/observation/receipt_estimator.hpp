#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>

#include "marsad/units/time.hpp"
#include "marsad/wire/framing/datagram.hpp"

namespace marsad::wire::asterix {
class EditionSet;
}

namespace marsad::observation {

/// Gives receipt times to a file that kept none: the latest time of day that its records have told so far, in the order
/// of the file, carried over midnight. Never decreases. A single wild time of day changes nothing; a lasting step (a
/// pause in the recording, files laid end to end) is followed forward once one source has confirmed it, to the next
/// moment with that time of day. A source whose clock never agreed with the others is not followed while they speak.
/// Truncated times (category 001) keep it going once it has started; where a file has no others it starts as if
/// recorded in the first 512 s of the day. Rows of plots.csv carry their own `t_rx`, in seconds since the epoch.
class ReceiptEstimator {
 public:
  /// `date`: any moment of the UTC day of the first record.
  explicit ReceiptEstimator(units::UtcTime date);
  ReceiptEstimator(units::UtcTime date, const wire::asterix::EditionSet& editions);
  ~ReceiptEstimator();
  ReceiptEstimator(ReceiptEstimator&&) noexcept;
  ReceiptEstimator& operator=(ReceiptEstimator&&) noexcept;

  /// Optional, before the first `receipt_of`: shows some of the first datagrams (at most 256 times of day are kept), so
  /// that a wild first time of day does not set the start; the first that agrees with most of the next eight does.
  void prime(std::span<const std::byte> payload, wire::framing::PayloadKind kind);

  /// The receipt time of the next datagram. Nothing if neither it nor any before it told a time of day: the caller may
  /// use the start of the day.
  [[nodiscard]] std::optional<units::UtcTime> receipt_of(std::span<const std::byte> payload,
                                                         wire::framing::PayloadKind kind);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace marsad::observation
