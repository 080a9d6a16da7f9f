#include "marsad/wire/framing/block_stream.hpp"

#include <algorithm>

#include "marsad/wire/framing/blocks.hpp"
#include "marsad/wire/framing/octets.hpp"

namespace marsad::wire::framing {
namespace {
constexpr std::size_t kHeaderOctets = 3;
}  // namespace

BlockStream::BlockStream() { block_.reserve(std::size_t{UINT16_MAX}); }

std::size_t BlockStream::wanted() const noexcept {
  return block_.size() < kHeaderOctets ? kHeaderOctets : u16_at(block_, 1);
}

std::size_t BlockStream::put(std::span<const std::byte> octets) {
  if (taken_) {
    block_.clear();
    taken_ = false;
  }
  std::size_t used = 0;
  while (used < octets.size() && !lost_ && block_.size() < wanted()) {
    const std::size_t count = std::min(wanted() - block_.size(), octets.size() - used);
    const auto piece = octets.subspan(used, count);
    block_.insert(block_.end(), piece.begin(), piece.end());
    used += count;
    if (block_.size() == kHeaderOctets) lost_ = u8_at(block_, 0) == 0 || u16_at(block_, 1) < kSmallestBlock;
  }
  return used;
}

std::optional<std::span<const std::byte>> BlockStream::take() {
  if (taken_ || lost_ || block_.size() < kHeaderOctets || block_.size() < wanted()) return std::nullopt;
  taken_ = true;
  return std::span<const std::byte>(block_);
}

}  // namespace marsad::wire::framing
