#pragma once

#include <optional>

#include "marsad/units/time.hpp"
#include "marsad/wire/framing/datagram.hpp"

namespace marsad::io {

/// When a file began that doesn't say so itself.
struct Beginning {
  units::UtcTime time;    ///< receipt of the first message that has a stamp; or some moment of its day
  bool only_day = false;  ///< only the UTC day of `time` is known
};

/// Gives receipt times to the messages of one file that only tell how long after its beginning they came
/// (`Datagram::elapsed`). Where the receiver's clock also shows the time of day (a GPS counter), that is kept, on the
/// day given or so that it is nearest to the time given; where it doesn't, and only the day is known, the file begins
/// with the day.
class BeginClock {
 public:
  explicit BeginClock(Beginning beginning) noexcept : beginning_(beginning) {}

  /// Nothing for a message that doesn't tell how long after the beginning it came.
  std::optional<units::UtcTime> receipt(const wire::framing::Datagram& datagram) noexcept;

 private:
  [[nodiscard]] units::UtcTime begin_by(std::optional<units::Duration> time_of_day) const noexcept;

  Beginning beginning_;
  std::optional<units::UtcTime> zero_;  ///< receipt at elapsed 0
};

}  // namespace marsad::io
