#pragma once

#include <cstdint>

#include "marsad/units/time.hpp"

namespace marsad::recording {

/// Keeps the law of the log: receipt times never go back. A clock that was set back, or a kernel time stamp that came
/// late, is lifted to the time of the entry before, and counted. Whoever makes entries asks it first, so that the live
/// picture and the replayed one see the same times.
class ReceiptOrder {
 public:
  /// The time to give to the entry: `receipt`, or that of the last entry if it is later.
  [[nodiscard]] units::UtcTime admit(units::UtcTime receipt) noexcept {
    if (any_ && receipt < last_) {
      ++lifted_;
      return last_;
    }
    any_ = true;
    last_ = receipt;
    return receipt;
  }

  [[nodiscard]] std::uint64_t lifted() const noexcept { return lifted_; }

 private:
  units::UtcTime last_;
  bool any_ = false;
  std::uint64_t lifted_ = 0;
};

}  // namespace marsad::recording
