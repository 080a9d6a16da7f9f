#pragma once

#include "marsad/units/time.hpp"

namespace marsad::io {

/// What time it is. Only io/ and the programs read it; below, time comes in the log.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual units::UtcTime now() const = 0;
};

/// The computer's clock.
class SystemClock final : public Clock {
 public:
  [[nodiscard]] units::UtcTime now() const override;
};

}  // namespace marsad::io
