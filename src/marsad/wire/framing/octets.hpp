#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "marsad/base/check.hpp"

namespace marsad::wire::framing {

enum class ByteOrder : std::uint8_t { little, big };

/// Whether `count` octets lie at `offset`; safe for any numbers.
[[nodiscard]] constexpr bool holds(std::span<const std::byte> octets, std::uint64_t offset,
                                   std::uint64_t count) noexcept {
  return offset <= octets.size() && count <= octets.size() - offset;
}

/// The unsigned integer of `Octets` octets at `offset`. The caller has checked that they are there.
template <std::size_t Octets>
[[nodiscard]] constexpr std::uint64_t unsigned_at(std::span<const std::byte> octets, std::size_t offset,
                                                  ByteOrder order) {
  static_assert(Octets >= 1 && Octets <= 8);
  MARSAD_CHECK(holds(octets, offset, Octets));
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < Octets; ++i) {
    const std::size_t at = order == ByteOrder::big ? offset + i : offset + Octets - 1 - i;
    value = (value << 8U) | std::to_integer<std::uint64_t>(octets[at]);
  }
  return value;
}

[[nodiscard]] constexpr std::uint8_t u8_at(std::span<const std::byte> octets, std::size_t offset) {
  return static_cast<std::uint8_t>(unsigned_at<1>(octets, offset, ByteOrder::big));
}
[[nodiscard]] constexpr std::uint16_t u16_at(std::span<const std::byte> octets, std::size_t offset,
                                             ByteOrder order = ByteOrder::big) {
  return static_cast<std::uint16_t>(unsigned_at<2>(octets, offset, order));
}
[[nodiscard]] constexpr std::uint32_t u32_at(std::span<const std::byte> octets, std::size_t offset,
                                             ByteOrder order = ByteOrder::big) {
  return static_cast<std::uint32_t>(unsigned_at<4>(octets, offset, order));
}

}  // namespace marsad::wire::framing
