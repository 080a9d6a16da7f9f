#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace marsad::wire::uat {

/// Reads fields the way DO-282B names them: octet and bit, both from 1, the first sent being 1.
class BitReader {
 public:
  constexpr explicit BitReader(std::span<const std::byte> octets) noexcept : octets_(octets) {}

  /// `width` bits, at most 32, beginning at `bit` of `octet`. The caller has checked the message's size.
  [[nodiscard]] constexpr std::uint32_t bits(std::size_t octet, unsigned bit, unsigned width) const noexcept {
    const std::size_t first = (octet - 1) * 8 + bit - 1;
    std::uint32_t value = 0;
    for (std::size_t at = first; at < first + width; ++at)
      value = value << 1U | (std::to_integer<std::uint32_t>(octets_[at / 8]) >> (7 - at % 8) & 1U);
    return value;
  }
  [[nodiscard]] constexpr bool bit(std::size_t octet, unsigned number) const noexcept {
    return bits(octet, number, 1) != 0;
  }

 private:
  std::span<const std::byte> octets_;
};

}  // namespace marsad::wire::uat
