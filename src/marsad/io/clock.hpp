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

/// Time since some moment of its own, which nobody can set: for measuring spans.
class SteadyClock final : public Clock {
 public:
  [[nodiscard]] units::UtcTime now() const override;
};

/// A wall clock that never goes back. When the computer's clock is set back, it goes on at its own pace from where it
/// was, ahead of the computer, until the computer's clock has caught up; set forward, it follows at once. For one
/// thread.
class ForwardClock final : public Clock {
 public:
  /// Both must outlive the clock.
  ForwardClock(const Clock& wall, const Clock& steady);

  [[nodiscard]] units::UtcTime now() const override;
  /// How far it is ahead of the computer's clock; zero while they agree.
  [[nodiscard]] units::Duration ahead() const;

 private:
  const Clock& wall_;
  const Clock& steady_;
  mutable units::UtcTime last_;
  mutable units::UtcTime last_steady_;
};

}  // namespace marsad::io
