#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "marsad/wire/asterix/line_encoder.hpp"

namespace marsad::wire::asterix {

/// Puts encoded records into data blocks, the way they came: a record whose line names a "block" goes on in the block
/// that is open if that is the one; any other record begins a block.
///
///   if (!assembler.add(record)) { send(assembler.octets()); assembler.clear(); assembler.add(record); }
class BlockAssembler {
 public:
  /// False, and nothing changes, if the record does not go on in the open block, or has no room there.
  [[nodiscard]] bool add(const EncodedRecord& record);
  /// The open block with its header; empty if there is none.
  [[nodiscard]] std::span<const std::byte> octets() const noexcept { return block_; }
  [[nodiscard]] bool empty() const noexcept { return block_.empty(); }
  /// "t" of its records.
  [[nodiscard]] std::optional<double> receipt_time() const noexcept { return receipt_time_; }
  /// Of the block in the file that its records were decoded from, if they tell.
  [[nodiscard]] std::optional<std::uint64_t> offset() const noexcept { return offset_; }
  void clear() noexcept;

 private:
  [[nodiscard]] bool goes_on_with(const EncodedRecord& record) const noexcept;

  std::vector<std::byte> block_;
  std::optional<double> receipt_time_;
  std::optional<std::uint64_t> offset_;
  std::optional<std::uint64_t> last_record_;  // offset of the last one added
};

/// Puts data blocks into datagrams, the way they came: blocks that followed each other without a gap and were received
/// at one known time were one datagram. Others are datagrams of their own.
class DatagramAssembler {
 public:
  /// False, and nothing changes, if the block begins another datagram.
  [[nodiscard]] bool add(const BlockAssembler& block);
  [[nodiscard]] std::span<const std::byte> octets() const noexcept { return datagram_; }
  [[nodiscard]] bool empty() const noexcept { return datagram_.empty(); }
  [[nodiscard]] std::optional<double> receipt_time() const noexcept { return receipt_time_; }
  void clear() noexcept;

 private:
  std::vector<std::byte> datagram_;
  std::optional<double> receipt_time_;
  std::optional<std::uint64_t> end_;  // offset of what would follow
};

}  // namespace marsad::wire::asterix
