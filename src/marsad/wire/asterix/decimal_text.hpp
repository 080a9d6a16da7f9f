#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "marsad/wire/asterix/schema.hpp"

/// Numbers as decimal digits, written to a place that has room for them; each function returns the place after the last
/// character. The slow twin of all of them is std::to_chars.
namespace marsad::wire::asterix::decimal {

/// The most characters that any function here writes or touches.
inline constexpr std::size_t kMostCharacters = 40;

/// Two characters for each number below 100.
inline constexpr std::array<char, 200> kPairs = [] {
  std::array<char, 200> pairs{};
  for (std::size_t i = 0; i < 100; ++i) {
    pairs[2 * i] = static_cast<char>('0' + i / 10);
    pairs[2 * i + 1] = static_cast<char>('0' + i % 10);
  }
  return pairs;
}();

[[nodiscard]] char* write_long_integer(char* out, std::uint64_t number) noexcept;

/// At most 20 characters.
[[nodiscard]] inline char* write_integer(char* out, std::uint64_t number) noexcept {
  if (number >= 100) return write_long_integer(out, number);
  if (number < 10) {
    *out = static_cast<char>('0' + number);
    return out + 1;
  }
  std::memcpy(out, kPairs.data() + 2 * number, 2);
  return out + 2;
}
[[nodiscard]] inline char* write_integer(char* out, std::int64_t number) noexcept {
  *out = '-';
  return number < 0 ? write_integer(out + 1, -static_cast<std::uint64_t>(number))
                    : write_integer(out, static_cast<std::uint64_t>(number));
}

/// The fewest digits that read back as the same double; an exponent where that is shorter. As std::to_chars, but whole
/// numbers below 10^15 are always written as integers.
[[nodiscard]] char* write_shortest(char* out, double value) noexcept;

/// A number of seconds, as `write_shortest`, but faster for whole microseconds.
[[nodiscard]] char* write_seconds(char* out, double seconds) noexcept;

/// `magnitude` steps of a content, negative or not: what `write_shortest` gives for ± magnitude · numerator /
/// denominator.
[[nodiscard]] char* write_scaled(char* out, std::uint64_t magnitude, bool is_negative,
                                 const schema::Content& content) noexcept;

}  // namespace marsad::wire::asterix::decimal
