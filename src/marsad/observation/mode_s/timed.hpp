#pragma once

#include <optional>

#include "marsad/units/time.hpp"

namespace marsad::observation::mode_s {

/// A value together with the moment at which it was last heard. Nothing is known until the first `set`.
template <class T>
class Timed {
 public:
  void set(const T& value, units::UtcTime now) noexcept {
    value_ = value;
    time_ = now;
    known_ = true;
  }
  void clear() noexcept { known_ = false; }

  [[nodiscard]] bool known() const noexcept { return known_; }
  /// The last value, whatever its age; the default one if nothing was heard.
  [[nodiscard]] const T& value() const noexcept { return value_; }
  [[nodiscard]] units::UtcTime time() const noexcept { return time_; }
  /// Time since it was heard; only of a known value.
  [[nodiscard]] units::Duration age(units::UtcTime now) const noexcept { return now - time_; }
  [[nodiscard]] bool fresh(units::UtcTime now, units::Duration limit) const noexcept {
    return known_ && now - time_ <= limit;
  }
  /// The value if it is no older than `limit`.
  [[nodiscard]] std::optional<T> within(units::UtcTime now, units::Duration limit) const noexcept {
    return fresh(now, limit) ? std::optional<T>(value_) : std::nullopt;
  }
  [[nodiscard]] std::optional<T> any() const noexcept { return known_ ? std::optional<T>(value_) : std::nullopt; }

 private:
  T value_{};
  units::UtcTime time_;
  bool known_ = false;
};

}  // namespace marsad::observation::mode_s
