#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <type_traits>

namespace marsad::wire::modes {

/// One Mode S message of 56 or 112 bits as it was received, parity field included, held by value in two words so that
/// any field is a shift and a mask. Bits are numbered as in the standard, from 1, the first sent being 1.
///
/// Source: ICAO Annex 10 volume IV, 3.1.2.3.
class Frame {
 public:
  static constexpr std::size_t kShort = 7;  ///< octets
  static constexpr std::size_t kLong = 14;

  /// From 7 or 14 octets; nothing for another size, or if the size contradicts the first bits (formats 16 and up are
  /// long). What the bits say is not judged, nor is the parity.
  [[nodiscard]] static constexpr std::optional<Frame> from(std::span<const std::byte> octets) noexcept {
    if (octets.size() != kShort && octets.size() != kLong) return std::nullopt;
    const bool is_long = (std::to_integer<unsigned>(octets[0]) & 0x80U) != 0;
    if (is_long != (octets.size() == kLong)) return std::nullopt;
    Frame frame;
    frame.size_ = octets.size();
    // Two loads that overlap reach every octet of either size.
    if (is_long) {
      frame.high_ = load<8>(octets.data());
      frame.low_ = load<8>(octets.data() + 6) << 16U;
    } else {
      frame.high_ = load<4>(octets.data()) << 32U | load<4>(octets.data() + 3) << 8U;
    }
    return frame;
  }

  [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }  ///< octets
  [[nodiscard]] constexpr bool is_long() const noexcept { return size_ == kLong; }
  /// Bits 1 to 64 and 65 to 112, left-aligned.
  [[nodiscard]] constexpr std::uint64_t high() const noexcept { return high_; }
  [[nodiscard]] constexpr std::uint64_t low() const noexcept { return low_; }

  /// Bits `first` to `last`, at most 64 of them, as a number; bits beyond the message are 0.
  [[nodiscard]] constexpr std::uint64_t bits(unsigned first, unsigned last) const noexcept {
    const unsigned width = last - first + 1;
    const unsigned skip = first - 1;
    std::uint64_t aligned = skip < 64 ? high_ << skip : low_ << (skip - 64);
    if (skip > 0 && skip < 64) aligned |= low_ >> (64 - skip);
    return aligned >> (64 - width);
  }

  /// DF, 0 to 24: all formats whose first two bits are 11 are downlink format 24.
  [[nodiscard]] constexpr unsigned downlink_format() const noexcept {
    const auto five = static_cast<unsigned>(high_ >> 59U);
    return five < 24 ? five : 24;
  }
  /// The last 24 bits: AP, PI or DP.
  [[nodiscard]] constexpr std::uint32_t parity_field() const noexcept {
    return static_cast<std::uint32_t>(is_long() ? bits(89, 112) : bits(33, 56));
  }
  /// Bits 33 to 88 of a long message: ME, MB or MV.
  [[nodiscard]] constexpr std::uint64_t payload() const noexcept { return bits(33, 88); }

  /// The same message with bit `number`, 1 to 56 or 112, inverted.
  [[nodiscard]] constexpr Frame with_bit_inverted(unsigned number) const noexcept {
    Frame frame = *this;
    if (number <= 64)
      frame.high_ ^= std::uint64_t{1} << (64 - number);
    else
      frame.low_ ^= std::uint64_t{1} << (128 - number);
    return frame;
  }

  friend constexpr bool operator==(const Frame&, const Frame&) = default;

 private:
  /// `Octets` octets, the first being the most significant.
  template <std::size_t Octets>
  [[nodiscard]] static constexpr std::uint64_t load(const std::byte* first) noexcept {
    std::uint64_t value = 0;
    if (!std::is_constant_evaluated() && std::endian::native == std::endian::little) {
      std::conditional_t<Octets == 8, std::uint64_t, std::uint32_t> word = 0;
      std::memcpy(&word, first, Octets);
      return swapped(word);
    }
    for (std::size_t i = 0; i < Octets; ++i) value = value << 8U | std::to_integer<std::uint64_t>(first[i]);
    return value;
  }
  // Compilers make one instruction of each.
  [[nodiscard]] static constexpr std::uint64_t swapped(std::uint32_t word) noexcept {
    return word >> 24U | (word >> 8U & 0xFF00U) | (word << 8U & 0xFF0000U) | word << 24U;
  }
  [[nodiscard]] static constexpr std::uint64_t swapped(std::uint64_t word) noexcept {
    return swapped(static_cast<std::uint32_t>(word)) << 32U | swapped(static_cast<std::uint32_t>(word >> 32U));
  }

  std::uint64_t high_ = 0;
  std::uint64_t low_ = 0;
  std::size_t size_ = 0;
};

}  // namespace marsad::wire::modes
