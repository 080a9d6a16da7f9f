#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include "marsad/wire/modes/register.hpp"

namespace marsad::wire::modes {

/// A status bit and the value behind it, as masks of the register's bits.
struct Gate {
  std::uint64_t status;
  std::uint64_t value;

  [[nodiscard]] constexpr bool holds(Register reg) const noexcept {
    return (reg.value() & status) != 0 || (reg.value() & value) == 0;
  }
};

/// The value ends with bit `last`.
[[nodiscard]] constexpr Gate gate_at(unsigned status, unsigned last) noexcept {
  const std::uint64_t bit = std::uint64_t{1} << (56 - status);
  return {.status = bit, .value = bit - (std::uint64_t{1} << (56 - last))};
}

/// Whether no value is there whose status says that there is none.
[[nodiscard]] constexpr bool is_gated(Register reg, std::span<const Gate> gates) noexcept {
  return std::ranges::all_of(gates, [reg](const Gate& gate) { return gate.holds(reg); });
}

inline constexpr std::array kGates21{gate_at(1, 43), gate_at(44, 56)};
inline constexpr std::array kGates40{gate_at(1, 13), gate_at(14, 26), gate_at(27, 39), gate_at(48, 51),
                                     gate_at(54, 56)};
inline constexpr std::array kGates44{gate_at(5, 23), gate_at(35, 46), gate_at(47, 49), gate_at(50, 56)};
inline constexpr std::array kGates45{gate_at(1, 3),   gate_at(4, 6),   gate_at(7, 9),   gate_at(10, 12),
                                     gate_at(13, 15), gate_at(16, 26), gate_at(27, 38), gate_at(39, 51)};
inline constexpr std::array kGates50{gate_at(1, 11), gate_at(12, 23), gate_at(24, 34), gate_at(35, 45),
                                     gate_at(46, 56)};
inline constexpr std::array kGates53{gate_at(1, 12), gate_at(13, 23), gate_at(24, 33), gate_at(34, 46),
                                     gate_at(47, 56)};
inline constexpr std::array kGates60{gate_at(1, 12), gate_at(13, 23), gate_at(24, 34), gate_at(35, 45),
                                     gate_at(46, 56)};

}  // namespace marsad::wire::modes
