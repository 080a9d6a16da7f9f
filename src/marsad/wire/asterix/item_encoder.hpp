#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "marsad/base/json_reader.hpp"
#include "marsad/wire/asterix/edition.hpp"
#include "marsad/wire/asterix/encode_fault.hpp"

namespace marsad::wire::asterix {

/// Reads the object of items that `append_json` prints, {"I048/010":{"SAC":25,"SIC":201},...}, into the octets of a
/// record of one edition, in canonical form. One pass over the text; items, sub-items and fields may come in any order,
/// the printed one being the fastest. A warm encoder allocates nothing.
///
/// Numbers are in the standard's units (or unscaled integers if `raw`) and go to the nearest step; one that the field
/// can't hold is a fault, never saturated. Fields that are left out, or null, are zero; of an item in extents as many
/// extents are written as the fields need that are named. An item that is null is absent. Expansion fields are objects
/// where they are described, else, or where they contradict their description, hexadecimal digits. What is said of a
/// register ("register") beside its digits is passed over.
class ItemEncoder {
 public:
  explicit ItemEncoder(const Edition& edition);

  [[nodiscard]] const Edition& edition() const noexcept { return *edition_; }

  /// Reads one object of items; what was read before is forgotten. On failure false, and `fault` tells why; if the
  /// reader itself is still good, it stands at the place of the fault.
  [[nodiscard]] bool read(base::JsonReader& items, bool raw, EncodeFault& fault);

  /// Appends the record. On failure false (empty_record, wrong_profile, too_large), and `out` is unchanged.
  [[nodiscard]] bool append_to(std::vector<std::byte>& out, EncodeFault& fault) const;

  /// For comparisons: bit n is set if the item of number n is there.
  [[nodiscard]] std::uint64_t presence() const noexcept { return presence_; }
  /// The octets of an item that is there.
  [[nodiscard]] std::span<const std::byte> octets(std::size_t number) const noexcept {
    return std::span(arena_).subspan(places_[number].begin, places_[number].size);
  }
  /// Writes an item that is there by these octets instead, which must be such an item.
  void replace(std::size_t number, std::span<const std::byte> octets);

 private:
  struct Place {
    std::uint32_t begin;
    std::uint32_t size;
  };
  struct Selection {
    std::uint16_t field;  // its index in the category
    std::uint64_t bits;
  };
  /// The fields of one node, or of one repetition of it, while they are being read.
  struct Fields {
    const schema::Node& node;
    std::span<std::byte> octets;
    std::uint64_t seen = 0;    // bit n: field n of the node
    std::size_t end_bit = 0;   // one past the last bit that a named field holds
    std::size_t expected = 0;  // the field that comes next in the printed order
  };

  bool read_item(std::size_t number);
  bool read_pending();
  bool read_node(std::uint16_t node);
  bool read_fixed(const schema::Node& node);
  bool read_extended(const schema::Node& node);
  bool read_repetitions(const schema::Node& node);
  bool read_expansion(const schema::Node& node);
  bool read_octets();
  bool read_children(const schema::Node& node);
  bool arrange(const schema::Node& node, std::size_t begin, std::span<const Place> places, std::uint64_t slots,
               bool ascending);
  bool read_fields(Fields& fields);
  bool read_members(Fields& fields, std::string_view group);
  bool read_named_member(Fields& fields, std::string_view group, std::string_view key);
  bool read_member(Fields& fields, std::size_t field);
  bool fail_member(std::span<const schema::FieldSpec> specs, std::string_view group, std::string_view key);
  bool read_value(const schema::FieldSpec& spec, std::span<std::byte> octets);
  bool read_text(base::JsonText& text);
  bool read_number(base::JsonNumber& number);
  bool read_integer(const schema::FieldSpec& spec, std::span<std::byte> octets, bool is_signed);
  bool read_scaled(const schema::FieldSpec& spec, std::span<std::byte> octets, const schema::Content& content);
  bool read_octal(const schema::FieldSpec& spec, std::span<std::byte> octets);
  bool read_characters(const schema::FieldSpec& spec, std::span<std::byte> octets, std::size_t bits_each);
  bool read_digits(const schema::FieldSpec& spec, std::span<std::byte> octets);
  bool write_digits(std::string_view digits, std::span<std::byte> octets);
  bool store(const schema::FieldSpec& spec, std::span<std::byte> octets, std::uint64_t bits);

  [[nodiscard]] std::size_t find_item(std::string_view key, std::size_t expected) const noexcept;
  [[nodiscard]] const schema::Content* content_of(const schema::FieldSpec& spec) const noexcept;
  [[nodiscard]] const std::uint64_t* selected(std::uint16_t field) const noexcept;
  [[nodiscard]] const schema::Profile& profile() const noexcept;
  std::string_view name_of_key(base::JsonText key) noexcept;
  bool next_key(std::string_view& key);
  bool begin(base::JsonKind wanted);
  std::byte* claim(std::size_t octets);
  bool fail(EncodeFaultCode code, std::string_view key = {});

  const Edition* edition_;
  const schema::EditionTables& tables_;
  std::array<char, 5> prefix_;  // "I048/"
  bool has_selectors_ = false;
  std::vector<bool> is_selector_;  // by index in the category: does another field depend on it?
  std::vector<std::byte> arena_;   // octets of items and of parts of them
  std::size_t used_ = 0;           // of the arena
  std::array<Place, schema::kMaxItems> places_;
  std::array<std::size_t, schema::kMaxItems> text_places_;  // of the values of pending items
  std::uint64_t presence_ = 0;
  std::uint64_t pending_ = 0;  // items to be read again once all selectors are known
  std::vector<Selection> selections_;
  std::array<char, 40> key_;  // of an escaped key, resolved
  // While reading:
  base::JsonReader* reader_ = nullptr;
  EncodeFault* fault_ = nullptr;
  bool raw_ = false;
  bool read_all_ = false;  // pending items are being read: a selector that is not known by now is absent
  bool depends_ = false;   // the item that is being read depends on a selector that has not been seen
  std::uint16_t node_ = schema::kNone;
  const schema::FieldSpec* spec_ = nullptr;
  const schema::Content* content_ = nullptr;
};

}  // namespace marsad::wire::asterix
