#pragma once

#include <optional>

#include "marsad/units/time.hpp"

namespace marsad::observation {

inline constexpr double kSecondsPerDay = 86'400.0;

/// Whether `seconds_of_day` can be a time of day: 0 up to a day, and up to one second more for a leap second or a
/// counter that wraps late (86 400.0 exactly is common in real feeds).
[[nodiscard]] bool is_time_of_day(double seconds_of_day) noexcept;

/// The moment with that time of day which lies nearest to `near`: midnight passes unnoticed, early and late clocks come
/// out on the right side of it. Right as long as clock error and delay together stay under 12 hours. `seconds_of_day`
/// must satisfy `is_time_of_day`; anything else returns `near`.
[[nodiscard]] units::UtcTime resolve_time_of_day(double seconds_of_day, units::UtcTime near) noexcept;

/// Completes a truncated time of day (I001/141: the 16 low bits of a time of day in 1/128 s, so it starts again every
/// 512 s and at midnight) to the possible moment nearest to `near`. `seconds` from 0 to under 512; anything else
/// returns `near`.
[[nodiscard]] units::UtcTime resolve_truncated_time(double seconds, units::UtcTime near) noexcept;

/// Seconds since midnight UTC, 0 to under 86 400.
[[nodiscard]] double time_of_day(units::UtcTime time) noexcept;

}  // namespace marsad::observation
