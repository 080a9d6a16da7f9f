#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace marsad::wire::framing {

/// Cuts a byte stream (TCP, serial) into ASTERIX data blocks by their length field. Holds at most one block.
/// Where a header can't be one (category 0, length under 4) the stream is out of step and there is no safe way back:
/// `lost()` turns true, and the connection should be made again.
class BlockStream {
 public:
  BlockStream();

  /// Takes what it can of `octets` and answers how many that was: all, unless a whole block is waiting or the stream is
  /// lost.
  std::size_t put(std::span<const std::byte> octets);

  /// The block that is waiting, header included; valid until the next call of put().
  [[nodiscard]] std::optional<std::span<const std::byte>> take();

  [[nodiscard]] bool lost() const noexcept { return lost_; }
  /// Octets of a block that has begun but is not whole.
  [[nodiscard]] std::size_t pending_octets() const noexcept { return taken_ ? 0 : block_.size(); }

 private:
  [[nodiscard]] std::size_t wanted() const noexcept;

  std::vector<std::byte> block_;
  bool taken_ = false;
  bool lost_ = false;
};

}  // namespace marsad::wire::framing
