#pragma once

#include <cstdint>
#include <optional>

#include "marsad/wire/modes/register.hpp"

namespace marsad::wire::modes {

/// Reads values that have a status bit, and notes bits that are set where the status says that there is no value.
class StatusReader {
 public:
  explicit StatusReader(Register reg) noexcept : register_(reg) {}

  /// Bits `first` to `last` in steps of `step`, if bit `status` is set.
  std::optional<double> number(unsigned status, unsigned first, unsigned last, double step) noexcept {
    if (!present(status, first, last)) return std::nullopt;
    return static_cast<double>(register_.bits(first, last)) * step;
  }
  std::optional<double> signed_number(unsigned status, unsigned first, unsigned last, double step) noexcept {
    if (!present(status, first, last)) return std::nullopt;
    return static_cast<double>(register_.signed_bits(first, last)) * step;
  }
  bool present(unsigned status, unsigned first, unsigned last) noexcept {
    if (register_.bit(status)) return true;
    consistent_ = consistent_ && register_.bits(first, last) == 0;
    return false;
  }
  void must_be_zero(unsigned first, unsigned last) noexcept {
    consistent_ = consistent_ && register_.bits(first, last) == 0;
  }
  [[nodiscard]] bool consistent() const noexcept { return consistent_; }

 private:
  Register register_;
  bool consistent_ = true;
};

}  // namespace marsad::wire::modes
