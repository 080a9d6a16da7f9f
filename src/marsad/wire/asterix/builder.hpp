#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "marsad/base/result.hpp"
#include "marsad/wire/asterix/edition.hpp"
#include "marsad/wire/asterix/field.hpp"

namespace marsad::wire::asterix {

/// Builds one record of an edition from its fields, in canonical form: the shortest presence maps, only the extents that
/// hold a field that was set, spare bits zero. Fields may be set in any order. Memory is kept from record to record, so
/// that a warm builder allocates nothing.
class RecordBuilder {
 public:
  explicit RecordBuilder(const Edition& edition);

  [[nodiscard]] const Edition& edition() const noexcept { return *edition_; }

  /// Sets the bits of repetition `i`; bits that don't fit the width are cut off. False, and nothing changes, if the
  /// edition lacks the field, if it is wider than 64 bits, if `i` > 0 for a field that does not repeat, or `i` > 254.
  bool set_raw(Field field, std::uint64_t bits, std::size_t i = 0);
  /// Sets a value in the standard's unit, rounded to the nearest step and saturated at the ends of the field's range.
  /// False as above, and for a value that is not a number.
  bool set(Field field, double value, std::size_t i = 0);
  /// Sets a text field, padded with spaces (octal ones from the left with zeros); see FixedText for the characters.
  /// False as above, for a field that is no text, and for a text that is too long or has characters outside the set.
  bool set_text(Field field, std::string_view text, std::size_t i = 0);
  /// Sets octets of a field that begins and ends on octet boundaries. False if the size is not the field's.
  bool set_octets(Field field, std::span<const std::byte> octets, std::size_t i = 0);
  /// Sets a whole item, with its own length, repetition and presence octets, as they are. The item must be structured as
  /// the edition says, otherwise nothing changes and the answer is false. Replaces what was set of this item by fields.
  bool set_octets(Item item, std::span<const std::byte> octets);

  /// Forgets everything that was set.
  void clear() noexcept;
  [[nodiscard]] bool empty() const noexcept { return touched_.empty(); }

  /// Appends the record to `out` and returns its size. Fails with `too_large` over 65,532 octets, and with `bad_value` if
  /// an item was set that the record's profile does not have (category 001: plot or track). On failure `out` is unchanged.
  base::Result<std::size_t> append_to(std::vector<std::byte>& out) const;

 private:
  /// What was set of one node: the octets without REP, length and presence octets, extension bits not yet set.
  struct Draft {
    std::vector<std::byte> octets;
    bool present = false;
    bool verbatim = false;  ///< set as a whole: written as it is
  };

  std::span<std::byte> place(const schema::FieldSpec& spec, std::size_t i);
  void touch(std::size_t node);
  bool append_node(std::size_t node, std::vector<std::byte>& out) const;
  void append_children(const schema::Node& node, std::vector<std::byte>& out) const;
  [[nodiscard]] const schema::Profile& profile() const noexcept;

  const Edition* edition_;
  std::vector<Draft> drafts_;
  std::vector<std::uint16_t> touched_;
};

/// Puts records of one category into a data block: category, length, records.
class BlockBuilder {
 public:
  explicit BlockBuilder(int category);

  /// Appends a record and returns its size; fails with `too_large` when the block would pass `max_octets` (then the block
  /// is as before: send it, clear it, add again), with `bad_value` for an empty record or one of another category.
  base::Result<std::size_t> add(const RecordBuilder& record);
  /// Limits the block, header included, to fit a datagram; 65,535 at first.
  void limit_to(std::size_t max_octets) noexcept;
  /// The whole block; empty if no record was added.
  [[nodiscard]] std::span<const std::byte> octets() const noexcept;
  [[nodiscard]] bool empty() const noexcept { return records_ == 0; }
  [[nodiscard]] std::size_t records() const noexcept { return records_; }
  void clear() noexcept;

 private:
  std::uint8_t category_;
  std::size_t max_octets_ = 0xFFFF;
  std::size_t records_ = 0;
  std::vector<std::byte> block_;
};

}  // namespace marsad::wire::asterix
