#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace marsad::wire::uat {

/// Reads fields the way DO-282B names them: octet and bit, both from 1, the first sent being 1.
class BitReader {
 public:
  constexpr explicit BitReader(std::span<const std::byte> octets) noexcept : octets_(octets) {}

  /// `width` bits, 1 to 32, beginning at `bit`, 1 to 8, of `octet`. The caller has checked the message's size.
  [[nodiscard]] constexpr std::uint32_t bits(std::size_t octet, unsigned bit, unsigned width) const noexcept {
    const std::size_t first = bit - 1;  // of the octets from `octet` on: at most five hold the field
    const std::size_t last = first + width - 1;
    std::uint64_t value = 0;
    for (std::size_t i = 0; i <= last / 8; ++i)
      value = value << 8U | std::to_integer<std::uint64_t>(octets_[octet - 1 + i]);
    return static_cast<std::uint32_t>(value >> (7 - last % 8) & ((std::uint64_t{1} << width) - 1));
  }
  [[nodiscard]] constexpr bool bit(std::size_t octet, unsigned number) const noexcept {
    return bits(octet, number, 1) != 0;
  }

 private:
  std::span<const std::byte> octets_;
};

}  // namespace marsad::wire::uat
