#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "marsad/wire/asterix/edition.hpp"
#include "marsad/wire/asterix/record_view.hpp"

namespace marsad::wire::asterix {

/// What a filter does with the data blocks of a category.
enum class BlockChoice : std::uint8_t {
  by_record,  ///< decode, and ask for each record
  keep,       ///< whole, without a look inside: even blocks that can't be decoded
  drop,
};

/// What became of what a filter was given. Every octet is entered once: kept, dropped, or undecoded.
struct FilterCounters {
  std::uint64_t datagrams = 0;
  std::uint64_t kept_datagrams = 0;  ///< with anything left in them
  std::uint64_t blocks = 0;
  std::uint64_t whole_blocks = 0;    ///< kept as they came
  std::uint64_t rebuilt_blocks = 0;  ///< kept with some of their records only
  std::uint64_t records = 0;         ///< asked about; those of blocks kept or dropped whole are not
  std::uint64_t kept_records = 0;
  std::uint64_t sourced_records = 0;  ///< of those, given the data source that they had inherited from a dropped one
  std::uint64_t undecoded = 0;        ///< places that could not be decoded where records were to be asked about
  std::uint64_t undecoded_octets = 0;

  friend bool operator==(const FilterCounters&, const FilterCounters&) = default;
};

/// Keeps some of the records of datagrams and drops the others, without touching what is kept: a block of which all
/// records are kept is the same octets; of any other the records that are kept follow a header with the length of what
/// is left, each with the same octets, in the same order.
///
/// One exception keeps their meaning: a record without a data source has that of the last record before it (category
/// 001 sends SAC and SIC only once a block). Where that record is dropped, the first one that is kept gets item 010
/// with the source that it had, and is counted.
class RecordFilter {
 public:
  struct Options {
    std::array<BlockChoice, 256> categories{};  ///< by default every record is asked about
    /// Keep what can't be decoded, instead of dropping and counting it.
    bool keep_undecoded = false;
  };
  using Wanted = std::function<bool(const RecordView&)>;

  RecordFilter(const EditionSet& editions, const Options& options) : editions_(editions), options_(options) {}

  /// What is left of `datagram`, empty if nothing is. Valid until the next call, and as long as the datagram.
  [[nodiscard]] std::span<const std::byte> filter(std::span<const std::byte> datagram, const Wanted& wanted);

  [[nodiscard]] const FilterCounters& counters() const noexcept { return counters_; }

 private:
  /// What the filter knows of the block at hand.
  struct Block {
    std::span<const std::byte> octets;
    std::size_t begin = 0;  ///< in `kept_`
    bool whole = true;      ///< nothing of it was dropped so far
    std::optional<DataSource> written_source;
  };

  void filter_block(std::span<const std::byte> block, const Wanted& wanted);
  void keep_record(const RecordView& record, Block& block);
  void finish(const Block& block);
  void take_undecoded(std::span<const std::byte> octets, bool& whole);

  EditionSet editions_;
  Options options_;
  std::vector<std::byte> kept_;
  FilterCounters counters_;
};

}  // namespace marsad::wire::asterix
