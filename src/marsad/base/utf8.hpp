#pragma once

#include <string>
#include <string_view>

namespace marsad::base {

/// The length in octets of the well-formed UTF-8 sequence (Unicode 15, table 3-7) at the start of `text`, or 0 if it
/// doesn't begin with one.
[[nodiscard]] std::size_t utf8_sequence_length(std::string_view text) noexcept;

/// Appends `text` with each octet that is not part of a well-formed sequence replaced by U+FFFD.
void append_valid_utf8(std::string& out, std::string_view text);

}  // namespace marsad::base
