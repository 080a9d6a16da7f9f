#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "marsad/base/result.hpp"
#include "marsad/wire/asterix/data_source.hpp"
#include "marsad/wire/asterix/edition.hpp"
#include "marsad/wire/asterix/field.hpp"
#include "marsad/wire/asterix/fixed_text.hpp"

namespace marsad::wire::asterix {

/// One record as it lies in a datagram: where each data item begins and ends, found in one bounds-checked pass; values
/// are decoded when asked for. Borrows the datagram's octets, allocates nothing, and is cheap to keep on the stack.
///
/// Values are in the standard's units (`Edition::unit_of`): NM, FL, s, °, kt. A field that is not in the record, not in
/// its edition, or beyond the extension that was sent is absent. Every read is bounds-checked against its own item, so
/// a wrong description can give wrong values but never a read outside the record.
class RecordView {
 public:
  [[nodiscard]] int category() const noexcept { return edition_->category(); }
  [[nodiscard]] const Edition& edition() const noexcept { return *edition_; }
  /// The whole record, presence map included.
  [[nodiscard]] std::span<const std::byte> octets() const noexcept { return octets_; }
  /// Of the record's first octet in the datagram.
  [[nodiscard]] std::size_t offset() const noexcept { return offset_; }
  /// Of the data block's first octet in the datagram; the block's first record begins three octets after it.
  [[nodiscard]] std::size_t block_offset() const noexcept { return block_offset_; }
  /// The record's own data source or, where it has none (category 001 sends it only once), the last one of its block.
  [[nodiscard]] std::optional<DataSource> source() const noexcept { return source_; }

  [[nodiscard]] bool has(Item item) const noexcept;
  /// The item's octets with its own length, repetition and presence octets; empty if absent.
  [[nodiscard]] std::span<const std::byte> octets(Item item) const noexcept;

  /// True if the record has this field.
  [[nodiscard]] bool has(Field field) const noexcept { return count(field) > 0; }
  /// How often the field occurs: the repetitions of the repetitive structure that holds it, otherwise 1 or 0.
  [[nodiscard]] std::size_t count(Field field) const noexcept;
  /// The bits of repetition `i` as they are; absent for a field of more than 64 bits.
  [[nodiscard]] std::optional<std::uint64_t> raw(Field field, std::size_t i = 0) const noexcept;
  /// The same, in two's complement if the standard calls the field signed.
  [[nodiscard]] std::optional<std::int64_t> raw_signed(Field field, std::size_t i = 0) const noexcept;
  /// Scaled and signed, in the standard's unit. Exact to the last bit of a double for scales that are binary fractions,
  /// correctly rounded otherwise; of a field wider than 53 bits rounded.
  [[nodiscard]] std::optional<double> value(Field field, std::size_t i = 0) const noexcept;
  /// The characters of a text field, or the octal digits of a code.
  [[nodiscard]] std::optional<FixedText> text(Field field, std::size_t i = 0) const noexcept;
  /// The octets of a field that begins and ends on octet boundaries; empty for others.
  [[nodiscard]] std::span<const std::byte> octets(Field field, std::size_t i = 0) const noexcept;

  /// For generic walks over the edition's tables: bit n is set if the item of number n is present.
  [[nodiscard]] std::uint64_t presence() const noexcept { return presence_; }
  /// The octets of the item of that number, which must be present.
  [[nodiscard]] std::span<const std::byte> octets_of_item(std::size_t number) const noexcept {
    return {octets_.data() + extents_[number].begin, extents_[number].size};
  }
  /// Is the item of that number an expansion field that does not agree with its description?
  [[nodiscard]] bool is_opaque(std::size_t number) const noexcept { return (opaque_ >> number & 1U) != 0; }
  /// What the bits of a field mean in this record; nullptr if the values of other fields say that it is not there.
  [[nodiscard]] const schema::Content* meaning_of(const schema::FieldSpec& spec) const noexcept;
  /// The octets of a node of the edition's tables; empty if it is absent. Sub-items of an expansion field that does not
  /// agree with its description are absent.
  [[nodiscard]] std::span<const std::byte> octets_of_node(std::size_t node) const noexcept;

 private:
  friend class RecordParser;
  friend class DatagramReader;

  struct Extent {
    std::uint16_t begin;
    std::uint16_t size;
  };

  struct Place {
    const schema::FieldSpec* spec = nullptr;
    const schema::Content* content = nullptr;
    std::span<const std::byte> octets;  ///< of the repetition
  };

  [[nodiscard]] Place locate(Field field, std::size_t i) const noexcept;
  [[nodiscard]] const schema::Case* holding_case(const schema::FieldSpec& spec) const noexcept;

  const Edition* edition_ = nullptr;
  std::span<const std::byte> octets_;
  std::size_t offset_ = 0;
  std::size_t block_offset_ = 0;
  std::uint64_t presence_ = 0;
  std::uint64_t opaque_ = 0;  // expansion fields that contradict their description: no sub-items
  std::optional<DataSource> source_;
  std::array<Extent, schema::kMaxItems> extents_;  // of the items whose presence bit is set; the others are never read
};

}  // namespace marsad::wire::asterix
