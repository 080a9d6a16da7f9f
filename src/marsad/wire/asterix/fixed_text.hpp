#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace marsad::wire::asterix {

/// A short text read from a record, held by value: at most 32 characters, without its trailing spaces.
///
/// ICAO six-bit texts map each of the 64 codes to its own character of International Alphabet 5 (code 0 is '@', 1 to 26
/// are the letters, 32 to 63 are themselves), so that damaged identifications stay visible and nothing is lost. ASCII
/// texts keep every octet as it is. Octal texts have one digit for each three bits, leading zeros included.
class FixedText {
 public:
  static constexpr std::size_t kCapacity = 32;

  constexpr FixedText() = default;

  [[nodiscard]] constexpr std::string_view view() const noexcept { return {characters_.data(), size_}; }
  [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
  [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }

  /// Appends one character, or returns false when full.
  [[nodiscard]] constexpr bool push_back(char character) noexcept {
    if (size_ == kCapacity) return false;
    characters_[size_++] = character;
    return true;
  }
  constexpr void trim() noexcept {
    while (size_ > 0 && characters_[size_ - 1] == ' ') --size_;
  }

  friend constexpr bool operator==(const FixedText& a, const FixedText& b) noexcept { return a.view() == b.view(); }
  friend constexpr bool operator==(const FixedText& a, std::string_view b) noexcept { return a.view() == b; }

 private:
  std::array<char, kCapacity> characters_{};
  std::size_t size_ = 0;
};

}  // namespace marsad::wire::asterix
