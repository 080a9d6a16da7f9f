#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace marsad::wire::framing {

/// The value of each character as a hexadecimal digit of either case; 0xFF for other characters.
inline constexpr std::array<std::uint8_t, 256> kHexValues = [] {
  std::array<std::uint8_t, 256> values{};
  for (auto& value : values) value = 0xFF;
  for (std::size_t i = 0; i < 10; ++i) values[std::size_t{'0'} + i] = static_cast<std::uint8_t>(i);
  for (std::size_t i = 0; i < 6; ++i) {
    values[std::size_t{'A'} + i] = static_cast<std::uint8_t>(10 + i);
    values[std::size_t{'a'} + i] = static_cast<std::uint8_t>(10 + i);
  }
  return values;
}();

[[nodiscard]] inline std::uint8_t hex_value(char c) noexcept { return kHexValues[static_cast<unsigned char>(c)]; }

/// Writes the octets that an even number of digits stand for; false if a character is no digit.
[[nodiscard]] inline bool hex_to_octets(std::string_view digits, std::byte* out) noexcept {
  unsigned all = 0;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
    const unsigned high = hex_value(digits[i]);
    const unsigned low = hex_value(digits[i + 1]);
    all |= high | low;
    *out++ = static_cast<std::byte>((high << 4U | low) & 0xFFU);
  }
  return all < 16;
}

[[nodiscard]] inline bool is_hex(std::string_view text) noexcept {
  for (const char c : text)
    if (hex_value(c) > 15) return false;
  return !text.empty();
}

}  // namespace marsad::wire::framing
