#pragma once

#include <optional>
#include <string_view>

#include "marsad/units/time.hpp"

namespace marsad::wire::framing {

/// A date and time as receivers' programs write them: `2015-03-03T16:12:24.846557`, with `T` or a space or a comma
/// between, with `-` or `/` in the date, with any number of decimals (to the nanosecond), and with nothing, `Z` or an
/// offset (`+03:00`, `+0300`, `+03`) behind. Without an offset it is taken for UTC. The whole text must be it.
[[nodiscard]] std::optional<units::UtcTime> parse_date_and_time(std::string_view text) noexcept;

/// Seconds since 1970 with any number of decimals; whole milli-, micro- or nanoseconds are told by their size (12, 15
/// and 18 digits and more). Nothing for what lies outside `kFarthestSecond`.
[[nodiscard]] std::optional<units::UtcTime> parse_epoch(std::string_view text) noexcept;

/// `Mon Sep 7 14:17:41 +0000 UTC 2015`: as stratux dates its logs.
[[nodiscard]] std::optional<units::UtcTime> parse_stratux_date(std::string_view text) noexcept;

}  // namespace marsad::wire::framing
