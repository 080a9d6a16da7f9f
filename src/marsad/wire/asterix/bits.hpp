#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace marsad::wire::asterix {

[[nodiscard]] constexpr unsigned octet_at(std::span<const std::byte> octets, std::size_t index) noexcept {
  return std::to_integer<unsigned>(octets[index]);
}

/// The lowest `width` bits set; `width` at most 64.
[[nodiscard]] constexpr std::uint64_t low_mask(std::size_t width) noexcept {
  return width >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << width) - 1;
}

/// `width` (1 to 64) bits from bit `bit` on, the first bit being the highest of the first octet. The caller has checked
/// that `octets` holds them.
[[nodiscard]] constexpr std::uint64_t read_bits(std::span<const std::byte> octets, std::size_t bit,
                                                std::size_t width) noexcept {
  const std::size_t first = bit / 8;
  const std::size_t last = (bit + width - 1) / 8;
  const std::size_t shift = 7 - (bit + width - 1) % 8;
  std::uint64_t bits = octet_at(octets, first) & low_mask(8 - bit % 8);
  for (std::size_t i = first + 1; i < last; ++i) bits = bits << 8 | octet_at(octets, i);
  if (first == last) return bits >> shift;
  return bits << (8 - shift) | octet_at(octets, last) >> shift;
}

/// The inverse of `read_bits`; bits of `value` above `width` are ignored.
constexpr void write_bits(std::span<std::byte> octets, std::size_t bit, std::size_t width,
                          std::uint64_t value) noexcept {
  for (std::size_t done = 0; done < width;) {
    const std::size_t end = bit + width - done;  // one past the lowest bit not yet written
    const std::size_t in_octet = end % 8 == 0 ? 8 : end % 8;
    const std::size_t take = in_octet < width - done ? in_octet : width - done;
    const std::size_t shift = 8 - in_octet;
    const auto mask = static_cast<unsigned>(low_mask(take) << shift);
    std::byte& octet = octets[(end - 1) / 8];
    const auto part = static_cast<unsigned>(value >> done & low_mask(take)) << shift;
    octet = static_cast<std::byte>((std::to_integer<unsigned>(octet) & ~mask) | part);
    done += take;
  }
}

/// `bits`, `width` wide, as a number in two's complement.
[[nodiscard]] constexpr std::int64_t sign_extend(std::uint64_t bits, std::size_t width) noexcept {
  const std::size_t unused = 64 - width;
  return static_cast<std::int64_t>(bits << unused) >> unused;
}

}  // namespace marsad::wire::asterix
