#pragma once

#include <optional>

#include "marsad/wire/modes/register.hpp"
#include "marsad/wire/modes/register_inference.hpp"

/// Models of registers that no recording of ours names often enough to count: how their values may be spread, from the
/// standard atmosphere and common sense. Natural logarithm of the probability of these 56 bits, if they are that
/// register; nothing if they can't be it.
namespace marsad::wire::modes::rare {

/// Of `count` characters of six bits from bit `first` on: letters, digits, blanks at the end. Nothing for other codes.
[[nodiscard]] std::optional<double> log_density_of_letters(Register reg, unsigned first, unsigned count) noexcept;

[[nodiscard]] std::optional<double> log_density_21(Register reg) noexcept;
[[nodiscard]] std::optional<double> log_density_30(Register reg) noexcept;
[[nodiscard]] std::optional<double> log_density_44(Register reg, const RegisterContext& context) noexcept;
[[nodiscard]] std::optional<double> log_density_45(Register reg, const RegisterContext& context) noexcept;
[[nodiscard]] std::optional<double> log_density_53(Register reg, const RegisterContext& context) noexcept;

}  // namespace marsad::wire::modes::rare
