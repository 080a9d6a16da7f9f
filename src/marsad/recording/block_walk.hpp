#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "marsad/recording/block_format.hpp"
#include "marsad/recording/reader.hpp"

namespace marsad::recording {

/// Goes from block to block, checks each in every respect and hands out the sound ones. Reader and verify() share it.
class BlockWalk {
 public:
  BlockWalk(std::span<const std::byte> content, const FileHeader& header) noexcept
      : content_(content), chain_(header.own) {}

  /// Goes to the next sound block of entries. False at the end of the file or of the recording; all damage on the way
  /// has been added to the faults.
  bool advance();

  /// Entries of the block, all of them well-formed, in the coding of parse_entry().
  [[nodiscard]] std::span<const std::byte> entries() const noexcept { return entries_; }
  [[nodiscard]] const BlockHeader& header() const noexcept { return header_; }

  /// Starts again at `offset`, where a block should begin, without knowing what stands before it.
  void jump(std::size_t offset) noexcept;
  /// Leaves out blocks of entries all received before `time`, by their headers alone.
  void skip_before(units::UtcTime time);
  /// Where the block begins that the index of a closed recording names as the last to begin before `time`; the file's
  /// first block if there is no usable index.
  [[nodiscard]] std::size_t index_lookup(units::UtcTime time) const;
  /// Whether a sound end block stands where the trailer says.
  [[nodiscard]] bool has_end() const;

  [[nodiscard]] std::size_t position() const noexcept { return at_; }
  [[nodiscard]] bool ended() const noexcept { return ended_; }
  [[nodiscard]] const ChainHash& chain() const noexcept { return chain_; }
  [[nodiscard]] const ReaderCounters& counters() const noexcept { return counters_; }
  [[nodiscard]] std::span<const RecordingFault> faults() const noexcept { return faults_; }

 private:
  using Octets = std::span<const std::byte>;

  base::Result<BlockHeader> check(Octets block);
  std::optional<base::Fault> unpack(Octets block, const BlockHeader& header);
  std::optional<base::Fault> check_entries(const BlockHeader& header) const;
  void accept(const BlockHeader& header);
  bool accept_end(const BlockHeader& header);
  void add_fault(base::FaultCode code, std::size_t skip_to, std::uint64_t entry);
  [[nodiscard]] std::size_t next_candidate();
  [[nodiscard]] std::optional<std::size_t> end_block() const;

  Octets content_;
  std::size_t at_ = kFileHeaderOctets;
  ChainHash chain_;
  bool anchored_ = true;  ///< chain_ is the hash of what stands before at_
  bool jumped_ = false;   ///< the gap before the next block is our own doing
  bool ended_ = false;
  std::uint64_t next_entry_ = 0;
  std::uint64_t hashed_in_search_ = 0;

  std::optional<units::UtcTime> last_receipt_;
  std::vector<std::byte> unpacked_;
  Octets entries_;
  BlockHeader header_;
  ReaderCounters counters_;
  std::vector<RecordingFault> faults_;
};

}  // namespace marsad::recording
