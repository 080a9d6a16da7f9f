#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "marsad/base/result.hpp"
#include "marsad/recording/log_entry.hpp"
#include "marsad/recording/reader.hpp"
#include "marsad/recording/writer.hpp"

namespace marsad::recording {

// The layout of docs/recording-format.md, version 1. All integers are little-endian.

inline constexpr std::uint32_t kVersion = 1;
inline constexpr std::size_t kFileHeaderOctets = 64;
inline constexpr std::size_t kBlockHeaderOctets = 112;
inline constexpr std::size_t kTrailerOctets = 16;
inline constexpr std::size_t kIndexItemOctets = 24;
inline constexpr std::array<char, 8> kTrailerMagic{'M', 'A', 'R', 'S', 'A', 'D', 'E', '1'};

enum class BlockKind : std::uint32_t {
  entries = 0x314B4C42U,  ///< "BLK1"
  end = 0x31444E45U,      ///< "END1"
};

enum class Compression : std::uint8_t { none = 0, zstd = 1 };

/// The header of one block, without its two hashes.
struct BlockHeader {
  BlockKind kind = BlockKind::entries;
  std::uint32_t stored_octets = 0;  ///< of the body, as it lies in the file
  std::uint32_t raw_octets = 0;     ///< of the body, once decompressed
  std::uint32_t items = 0;          ///< entries, or index items of the end block
  std::uint64_t first_entry = 0;    ///< number of the first entry; of the end block: of the entry that would come next
  units::UtcTime first_receipt;
  units::UtcTime last_receipt;
  Compression compression = Compression::none;
  ChainHash previous{};  ///< of the block before, or of the file header
  ChainHash own{};       ///< SHA-256 of the header up to here and the stored body
};

/// One line of the index in the end block.
struct IndexItem {
  std::uint64_t offset = 0;
  std::uint64_t first_entry = 0;
  units::UtcTime first_receipt;
};

/// Whether a time is near enough to 1970 to be stored (wire::framing::kFarthestSecond).
[[nodiscard]] bool is_storable(units::UtcTime time) noexcept;

/// The 64 octets of a file header.
std::vector<std::byte> encode_file_header(units::UtcTime created);
struct FileHeader {
  units::UtcTime created;
  ChainHash own{};
};
base::Result<FileHeader> parse_file_header(std::span<const std::byte> content);

/// Header and body with the hash filled in; `header.stored_octets` and `own` are set from the body.
void append_block(std::vector<std::byte>& out, BlockHeader& header, std::span<const std::byte> stored_body);
/// The header at the beginning of `octets`: whether its fields are possible and the body is there. Hashes are not
/// checked.
base::Result<BlockHeader> parse_block_header(std::span<const std::byte> octets);
/// Whether the block at the beginning of `octets` has the hash that its header names.
[[nodiscard]] bool hash_agrees(std::span<const std::byte> octets, const BlockHeader& header);

void append_entry(std::vector<std::byte>& out, const LogEntry& entry);
[[nodiscard]] std::size_t encoded_octets(const LogEntry& entry) noexcept;
/// Reads the entry at `at` and moves `at` behind it.
base::Result<LogEntry> parse_entry(std::span<const std::byte> raw, std::size_t& at);

void append_index_item(std::vector<std::byte>& out, const IndexItem& item);
[[nodiscard]] IndexItem parse_index_item(std::span<const std::byte> octets);
void append_trailer(std::vector<std::byte>& out, std::uint64_t end_block_offset);
/// The offset of the end block, if `octets` is a trailer.
[[nodiscard]] std::optional<std::uint64_t> parse_trailer(std::span<const std::byte> octets);

/// Compressed with zstd into `out` (replacing it) if that makes it smaller; false if it does not.
[[nodiscard]] bool compress(std::span<const std::byte> raw, int level, std::vector<std::byte>& out);
/// `stored` decompressed into `out` (replacing it); false unless it yields exactly `raw_octets`.
[[nodiscard]] bool decompress(std::span<const std::byte> stored, std::size_t raw_octets, std::vector<std::byte>& out);

}  // namespace marsad::recording
