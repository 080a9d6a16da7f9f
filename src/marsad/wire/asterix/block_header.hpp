#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "marsad/base/result.hpp"

namespace marsad::wire::asterix {

/// Octets before the first record of a data block: its category and its length, these three included.
inline constexpr std::size_t kBlockHeaderOctets = 3;

/// The beginning of a data block: its category and size, or why what follows is no data block.
struct BlockHeader {
  std::optional<base::FaultCode> fault;
  int category = -1;     ///< -1 where not even that can be told
  std::size_t size = 0;  ///< of the whole block, inside `rest` and more than the header, if there is no fault
  std::size_t at = 0;    ///< of the failing octet, from the beginning of `rest`
};

/// Reads the header at the beginning of `rest`, the remainder of a datagram.
[[nodiscard]] constexpr BlockHeader read_block_header(std::span<const std::byte> rest) noexcept {
  using base::FaultCode;
  if (rest.size() < kBlockHeaderOctets) return {.fault = FaultCode::truncated, .at = rest.size()};
  const auto category = std::to_integer<int>(rest[0]);
  const std::size_t size = std::to_integer<std::size_t>(rest[1]) << 8 | std::to_integer<std::size_t>(rest[2]);
  if (size <= kBlockHeaderOctets) return {.fault = FaultCode::bad_length, .category = category, .at = 1};
  if (size > rest.size()) return {.fault = FaultCode::truncated, .category = category, .at = rest.size()};
  return {.fault = std::nullopt, .category = category, .size = size};
}

}  // namespace marsad::wire::asterix
