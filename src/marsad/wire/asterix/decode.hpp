#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <utility>

#include "marsad/base/result.hpp"
#include "marsad/wire/asterix/edition.hpp"
#include "marsad/wire/asterix/field.hpp"
#include "marsad/wire/asterix/record_view.hpp"

namespace marsad::wire::asterix {

/// Octets of a datagram that could not be read. The records before them are good and were delivered; what follows is
/// read on from the next data block, whose place the damaged block's length gives, never from inside the damage.
struct DecodeFault {
  base::FaultCode code;        ///< unknown_edition: no edition chosen for this category; the others as they say
  std::size_t offset;          ///< in the datagram, of the octet at which reading failed
  int category;                ///< of the block, or -1 where not even that can be told
  std::optional<Item> item;    ///< that failed, if one did
  std::size_t skipped_octets;  ///< from the beginning of the damaged record, or of the unreadable block, on
};

/// What a datagram held.
struct DatagramSummary {
  std::size_t blocks = 0;
  std::size_t records = 0;
  std::size_t faults = 0;
  std::size_t skipped_octets = 0;     ///< sum over the faults
  std::size_t unexplained_items = 0;  ///< expansion fields that contradict their description, left as raw octets
};

/// Walks the data blocks of one datagram, one record or fault at a time. Borrows the octets and the edition set. What
/// follows the last whole block (a recorder's trailer) is one fault over all the rest.
class DatagramReader {
 public:
  enum class Step { record, fault, end };

  DatagramReader(std::span<const std::byte> datagram, const EditionSet& editions) noexcept
      : datagram_(datagram), editions_(&editions) {}
  DatagramReader(std::span<const std::byte> datagram, EditionSet&& editions) = delete;  // borrowed, so it must live on

  /// Reads on. After `record`, `record()` is valid until the next call; after `fault`, `fault()`.
  [[nodiscard]] Step next() noexcept;
  [[nodiscard]] const RecordView& record() const noexcept { return record_; }
  [[nodiscard]] const DecodeFault& fault() const noexcept { return fault_; }
  [[nodiscard]] const DatagramSummary& summary() const noexcept { return summary_; }

 private:
  Step open_block() noexcept;
  void choose_edition(std::span<const std::byte> rest) noexcept;
  Step report(const DecodeFault& fault) noexcept;

  std::span<const std::byte> datagram_;
  const EditionSet* editions_;
  const Edition* edition_ = nullptr;
  int category_ = -1;               // of the block at hand
  bool depends_on_source_ = false;  // may the block's records be of several editions?
  std::size_t position_ = 0;
  std::size_t block_begin_ = 0;
  std::size_t block_end_ = 0;
  std::optional<DataSource> source_;
  RecordView record_;
  DecodeFault fault_{};
  DatagramSummary summary_;
};

/// Calls `on_record(const RecordView&)` for each good record of a datagram and `on_fault(const DecodeFault&)` for each
/// damaged stretch, in order. Allocates nothing. The views are valid only during the call.
template <class OnRecord, class OnFault>
DatagramSummary decode_datagram(std::span<const std::byte> datagram, const EditionSet& editions, OnRecord&& on_record,
                                OnFault&& on_fault) {
  DatagramReader reader(datagram, editions);
  for (auto step = reader.next(); step != DatagramReader::Step::end; step = reader.next()) {
    if (step == DatagramReader::Step::record)
      on_record(reader.record());
    else
      on_fault(reader.fault());
  }
  return reader.summary();
}

}  // namespace marsad::wire::asterix
