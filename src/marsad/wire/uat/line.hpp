#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "marsad/base/result.hpp"

/// Messages of 978 MHz universal access transceivers (UAT).
namespace marsad::wire::uat {

inline constexpr std::size_t kBasicSize = 18;    ///< octets of a basic ADS-B message, its Reed-Solomon parity removed
inline constexpr std::size_t kLongSize = 34;     ///< of a long one
inline constexpr std::size_t kUplinkSize = 432;  ///< of a ground uplink

/// One message as a dump978 line gives it. Holds its octets itself.
struct Line {
  enum class Kind : std::uint8_t { downlink, uplink };

  Kind kind = Kind::downlink;
  std::uint16_t size = 0;  ///< octets: 18 or 34 of a downlink, 432 of an uplink
  std::array<std::byte, kUplinkSize> octets{};
  std::uint32_t corrected = 0;        ///< octets that Reed-Solomon decoding put right ("rs=")
  std::optional<double> signal_dbfs;  ///< "rssi="
  std::optional<double> receipt_s;    ///< seconds since 1970 UTC ("t="), by the receiving computer's clock

  [[nodiscard]] std::span<const std::byte> message() const noexcept { return std::span(octets).first(size); }
};

/// Reads one line: `-` (downlink) or `+` (uplink), two hexadecimal digits for each octet, `;`, then any number of
/// `name=value;`. Names that aren't known ("ss", "rt", ...) are passed over; white space at the end too.
///
/// Faults: `unknown_format` if the line begins otherwise (dump978-fa's "!" lines of metadata among them),
/// `bad_value` for what is no hexadecimal digit or a value that can't be read, `truncated` without the `;`, and
/// `bad_length` for a number of octets that no such message has.
///
/// Source: the text that dump978 and dump978-fa write.
[[nodiscard]] base::Result<Line> parse_line(std::string_view text);

}  // namespace marsad::wire::uat
