#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "marsad/base/result.hpp"
#include "marsad/wire/asterix/edition.hpp"
#include "marsad/wire/asterix/field.hpp"
#include "marsad/wire/asterix/record_view.hpp"

namespace marsad::wire::asterix {

/// Builds one record of an edition from its fields, in canonical form: the shortest presence maps, only the extents
/// that hold a field that was set, spare bits zero. Fields may be set in any order. Memory is kept from record to
/// record, so that a warm builder allocates nothing.
class RecordBuilder {
 public:
  explicit RecordBuilder(const Edition& edition);

  [[nodiscard]] const Edition& edition() const noexcept { return *edition_; }

  /// Sets the bits of repetition `i`; bits that don't fit the width are cut off. False, and nothing changes, if the
  /// edition lacks the field, if it is wider than 64 bits, if `i` > 0 for a field that does not repeat, if `i` > 254,
  /// or if its item was set as a whole.
  bool set_raw(Field field, std::uint64_t bits, std::size_t i = 0);
  /// Sets a value in the standard's unit, rounded to the nearest step and saturated at the ends of the field's range.
  /// Where the unit depends on another field (airspeed or Mach number), that one must be set before. False as above,
  /// for a text field, and for a value that is not a number.
  bool set(Field field, double value, std::size_t i = 0);
  /// Sets a text field, padded with spaces (octal ones from the left with zeros); see FixedText for the characters.
  /// False as above, for a field that is no text, and for a text that is too long or has characters outside the set.
  bool set_text(Field field, std::string_view text, std::size_t i = 0);
  /// Sets octets of a field that begins and ends on octet boundaries. False as above or if the size is not the field's.
  bool set_octets(Field field, std::span<const std::byte> octets, std::size_t i = 0);
  /// Sets a whole item, with its own length, repetition and presence octets, as they are: the way to write expansion
  /// and special purpose fields that are not described. Replaces what was set of this item by fields. False, and
  /// nothing changes, if the edition lacks the item or the octets are not exactly one such item.
  bool set_octets(Item item, std::span<const std::byte> octets);
  /// Sets every field that `record` has (its edition must be this one), and as a whole those items that have no
  /// described content. A record in canonical form (`is_canonical`) is then written as the same octets.
  void set_fields_of(const RecordView& record);

  /// Forgets everything that was set.
  void clear() noexcept;
  [[nodiscard]] bool empty() const noexcept { return touched_.empty(); }

  /// Appends the record to `out` and returns its size. On failure `out` is unchanged: `too_large` over 65,532 octets or
  /// 255 octets in an expansion field, `bad_value` if nothing was set, or if an item was set that the record's profile
  /// does not have (category 001: plot or track).
  base::Result<std::size_t> append_to(std::vector<std::byte>& out) const;

 private:
  /// What was set of one node: its octets without REP, length and presence octets, extension bits not yet set.
  struct Draft {
    std::vector<std::byte> octets;
    bool present = false;
    bool verbatim = false;  // set as a whole: written as it is
  };

  [[nodiscard]] const schema::FieldSpec* writable(Field field, std::size_t i) const noexcept;
  [[nodiscard]] std::uint64_t drafted(Field field) const noexcept;
  [[nodiscard]] const schema::Content& content_of(const schema::FieldSpec& spec) const noexcept;
  [[nodiscard]] std::size_t root_of(std::size_t node) const noexcept;
  std::span<std::byte> place(const schema::FieldSpec& spec, std::size_t i);
  void touch(std::size_t node);
  void keep_empty(std::size_t node, const RecordView& record);
  void forget(std::size_t root) noexcept;
  bool append_node(std::size_t node, std::vector<std::byte>& out) const;
  bool append_children(const schema::Node& node, std::vector<std::byte>& out) const;
  [[nodiscard]] const schema::Profile& profile() const noexcept;

  const Edition* edition_;
  std::vector<Draft> drafts_;
  std::vector<std::uint16_t> touched_;
};

/// Puts records of one category into a data block: category, length, records.
class BlockBuilder {
 public:
  explicit BlockBuilder(int category);

  /// Appends a record and returns its size; fails with `too_large` when the block would pass `max_octets` (then the
  /// block is as before: send it, clear it, add again), with `bad_value` for an empty record or one of another
  /// category.
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
