#include "marsad/wire/asterix/canonical.hpp"

#include <algorithm>
#include <bit>

#include "marsad/wire/asterix/bits.hpp"

namespace marsad::wire::asterix {
namespace {

using schema::EditionTables;
using schema::FieldSpec;
using schema::Node;
using schema::Shape;
using Octets = std::span<const std::byte>;

/// Passes over the octets of items that the parser has measured, and notes whether they are what an encoder writes.
class Inspection {
 public:
  explicit Inspection(const RecordView& record) noexcept : record_(record), tables_(record.edition().tables()) {}

  [[nodiscard]] bool canonical() const noexcept { return set_ == 0; }

  /// The size of the node whose octets `rest` begins with.
  std::size_t pass(const Node& node, Octets rest) noexcept {
    switch (node.shape) {
      case Shape::fixed:
        inspect(node, rest, node.size);
        if (tables_.has_parts) inspect_parts(node, rest);
        return node.size;
      case Shape::extended:
        return pass_extents(node, rest);
      case Shape::repeat_count:
        for (std::size_t i = 0, at = 1; node.spare != schema::kNone && i < octet_at(rest, 0); ++i, at += node.size)
          inspect(node, rest.subspan(at), node.size);
        return 1 + std::size_t{octet_at(rest, 0)} * node.size;
      case Shape::repeat_fx:
        return pass_repetitions(node, rest);
      case Shape::explicit_length:
        if (node.fspec_octets > 0 && !record_.is_opaque(node.position)) pass_expansion(node, rest);
        return octet_at(rest, 0);
      case Shape::compound:
        return pass_compound(node, rest);
    }
    return 0;
  }

 private:
  /// Are bits set that nobody reads?
  void inspect(const Node& node, Octets rest, std::size_t size) noexcept {
    if (node.spare == schema::kNone) return;
    const std::uint8_t* const mask = tables_.spares.data() + node.spare;
    for (std::size_t i = 0; i < size; ++i) set_ |= octet_at(rest, i) & mask[i];
  }

  /// Extents of the edition, then octets that a newer one added. (The mask has the extension bit before those.)
  std::size_t pass_extents(const Node& node, Octets rest) noexcept {
    std::size_t size = 0;
    for (std::size_t i = 0; i < node.child_count; ++i) {
      size += tables_.extents[node.first_child + i];
      if ((octet_at(rest, size - 1) & 1U) == 0) break;
    }
    inspect(node, rest, size);
    if (size == node.size && node.last_extent_open)
      while ((octet_at(rest, size - 1) & 1U) != 0) ++size;
    return size;
  }

  std::size_t pass_repetitions(const Node& node, Octets rest) noexcept {
    std::size_t size = 0;
    do {
      inspect(node, rest.subspan(size), node.size);
      size += node.size;
    } while ((octet_at(rest, size - 1) & 1U) != 0);
    return size;
  }

  std::size_t pass_children(const Node& node, Octets rest, std::size_t slot, unsigned bits, std::size_t at) noexcept {
    for (; bits != 0; bits = bits << 1 & 0xFFU, ++slot)
      if ((bits & 0x80U) != 0) at += pass(tables_.nodes[tables_.children[node.first_child + slot]], rest.subspan(at));
    return at;
  }

  std::size_t pass_compound(const Node& node, Octets rest) noexcept {
    std::size_t map = 1;
    while ((octet_at(rest, map - 1) & 1U) != 0) ++map;
    if (map > 1 && octet_at(rest, map - 1) == 0) set_ = 1;  // longer than needed
    std::size_t at = map;
    for (std::size_t i = 0; i < map; ++i) at = pass_children(node, rest, 7 * i, octet_at(rest, i) & 0xFEU, at);
    return at;
  }

  void pass_expansion(const Node& node, Octets rest) noexcept {
    if (octet_at(rest, 0) == 1) set_ = 1;  // without its presence map
    if (octet_at(rest, 0) == 1) return;
    std::size_t at = 1U + node.fspec_octets;
    for (std::size_t i = 0; i < node.fspec_octets; ++i)
      at = pass_children(node, rest, 8 * i, octet_at(rest, i + 1), at);
  }

  /// Where parts stand for a field because the values of other fields say so, bits of it that are in no part are spare.
  void inspect_parts(const Node& node, Octets rest) noexcept {
    const auto fields = tables_.fields.subspan(node.first_field, node.field_count);
    for (const FieldSpec& whole : fields) {
      if (whole.width > 64) continue;
      std::uint64_t left = low_mask(whole.width);
      for (const FieldSpec& part : fields)
        if (part.only_in_case && part.group == whole.name && record_.meaning_of(part) != nullptr)
          left &= ~(low_mask(part.width) << (whole.bit + whole.width - part.bit - part.width));
      if (left != low_mask(whole.width) && (read_bits(rest, whole.bit, whole.width) & left) != 0) set_ = 1;
    }
  }

  const RecordView& record_;
  const EditionTables& tables_;
  unsigned set_ = 0;
};

/// A presence map with FX bits is as short as can be if its last octet names something.
bool is_shortest_map(Octets octets) noexcept {
  std::size_t last = 0;
  while ((octet_at(octets, last) & 1U) != 0) ++last;
  return octet_at(octets, last) != 0;
}

bool has_slot(Octets octets, std::size_t slot) noexcept {
  std::size_t octet = 0;
  while (octet < slot / 7 && (octet_at(octets, octet) & 1U) != 0) ++octet;
  return octet == slot / 7 && (octet_at(octets, octet) & 0x80U >> slot % 7) != 0;
}

}  // namespace

bool is_canonical(const RecordView& record) noexcept {
  const EditionTables& tables = record.edition().tables();
  if (!is_shortest_map(record.octets())) return false;
  if (tables.sequence_slot != schema::kNone && has_slot(record.octets(), tables.sequence_slot)) return false;
  Inspection inspection(record);
  for (std::uint64_t left = record.presence() & tables.checked_items; left != 0; left &= left - 1) {
    const std::uint16_t root = tables.roots[static_cast<std::size_t>(std::countr_zero(left))];
    inspection.pass(tables.nodes[root], record.octets_of_node(root));
  }
  return inspection.canonical();
}

}  // namespace marsad::wire::asterix
