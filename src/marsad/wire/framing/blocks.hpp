#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace marsad::wire::framing {

/// Header (category, length) and one octet of a record: no data block is shorter.
inline constexpr std::size_t kSmallestBlock = 4;

/// The length of the whole data block that `octets` begins with; nothing if none fits.
[[nodiscard]] std::optional<std::size_t> whole_block(std::span<const std::byte> octets) noexcept;

/// How many whole data blocks of assigned categories follow one another from the first octet on, and whether they end
/// exactly where `octets` does. Looks at no more than `most` blocks.
struct BlockRun {
  std::size_t blocks = 0;
  std::size_t octets = 0;
  bool to_the_end = false;
};
[[nodiscard]] BlockRun block_run(std::span<const std::byte> octets, std::size_t most) noexcept;

}  // namespace marsad::wire::framing
