#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "marsad/base/result.hpp"
#include "marsad/units/time.hpp"

namespace marsad::wire::framing {

/// Appends one FINAL frame (final_frame.cpp tells its layout): the data blocks of one datagram with the time of day of
/// `time` in UTC, to 10 ms, and the number of its day modulo 256, counted from 1970-01-01; error and line are zero. A
/// payload of more than 65,523 octets does not fit: too_large, and nothing is appended.
[[nodiscard]] std::optional<base::Fault> append_final_frame(std::vector<std::byte>& out,
                                                            std::span<const std::byte> payload, units::UtcTime time);

}  // namespace marsad::wire::framing
