#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

#include "marsad/base/tagged.hpp"

namespace marsad::observation {

struct ModeSAddressTag;
/// ICAO 24-bit aircraft address.
using ModeSAddress = base::Tagged<ModeSAddressTag, std::uint32_t>;

/// A Mode 3/A code: four octal digits, 12 bits, A4 first (7700 is octal).
class ModeACode {
 public:
  constexpr ModeACode() = default;
  /// From the 12 bits of a reply in the order A4 A2 A1 B4 B2 B1 C4 C2 C1 D4 D2 D1.
  static constexpr ModeACode from_bits(std::uint16_t bits) noexcept {
    return ModeACode(static_cast<std::uint16_t>(bits & 0x0FFFU));
  }
  /// From text of exactly four octal digits.
  static constexpr std::optional<ModeACode> parse(std::string_view text) noexcept {
    if (text.size() != 4) return std::nullopt;
    std::uint16_t bits = 0;
    for (const char digit : text) {
      if (digit < '0' || digit > '7') return std::nullopt;
      bits = static_cast<std::uint16_t>(bits * 8 + (digit - '0'));
    }
    return ModeACode(bits);
  }

  [[nodiscard]] constexpr std::uint16_t bits() const noexcept { return bits_; }
  /// The four octal digits as characters.
  [[nodiscard]] constexpr std::array<char, 4> digits() const noexcept {
    const auto digit = [this](unsigned shift) { return static_cast<char>('0' + ((bits_ >> shift) & 7U)); };
    return {digit(9), digit(6), digit(3), digit(0)};
  }

  friend constexpr auto operator<=>(ModeACode, ModeACode) = default;

 private:
  constexpr explicit ModeACode(std::uint16_t bits) noexcept : bits_(bits) {}
  std::uint16_t bits_ = 0;
};

/// The aircraft identification of a flight plan or a transponder: up to eight characters, padded with spaces.
class AircraftIdentification {
 public:
  constexpr AircraftIdentification() noexcept { characters_.fill(' '); }
  /// Keeps the first eight characters; anything but A-Z, 0-9 and space becomes a space.
  static constexpr AircraftIdentification from_text(std::string_view text) noexcept {
    AircraftIdentification id;
    for (std::size_t i = 0; i < text.size() && i < id.characters_.size(); ++i) {
      const char c = text[i];
      id.characters_[i] = ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) ? c : ' ';
    }
    return id;
  }

  /// Without the padding.
  [[nodiscard]] constexpr std::string_view text() const noexcept {
    std::size_t length = characters_.size();
    while (length > 0 && characters_[length - 1] == ' ') --length;
    return {characters_.data(), length};
  }
  [[nodiscard]] constexpr bool empty() const noexcept { return text().empty(); }

  friend constexpr auto operator<=>(const AircraftIdentification&, const AircraftIdentification&) = default;

 private:
  std::array<char, 8> characters_{};
};

}  // namespace marsad::observation
