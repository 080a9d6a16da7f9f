#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "marsad/base/result.hpp"
#include "marsad/wire/asterix/record_view.hpp"

namespace marsad::wire::asterix {

/// Fills record views. One pass, every step bounds-checked.
class RecordParser {
 public:
  struct Outcome {
    bool ok;
    std::size_t size;          ///< of the record
    base::FaultCode code;      ///< if not ok
    std::size_t at;            ///< of the failing octet, from the record's beginning
    std::optional<Item> item;  ///< that failed
    std::size_t unexplained_items;
  };

  /// Reads the record at the beginning of `rest` (the remainder of its block). `offset` is its place in the datagram,
  /// `inherited` the data source of earlier records of the block.
  static Outcome parse(const Edition& edition, std::span<const std::byte> rest, std::size_t offset,
                       const std::optional<DataSource>& inherited, RecordView& record) noexcept;

 private:
  RecordParser(const Edition& edition, std::span<const std::byte> rest, RecordView& record) noexcept
      : tables_(edition.tables()), rest_(rest), record_(record) {}

  bool read_presence_map() noexcept;
  bool read_slot(std::size_t slot) noexcept;
  bool read_item(std::uint8_t number) noexcept;
  bool read_sequence() noexcept;
  void choose_profile() noexcept;
  bool fail(base::FaultCode code, std::size_t at) noexcept;

  const schema::EditionTables& tables_;
  std::span<const std::byte> rest_;
  RecordView& record_;
  const schema::Profile* profile_ = nullptr;
  std::size_t position_ = 0;
  Outcome outcome_{};
};

}  // namespace marsad::wire::asterix
