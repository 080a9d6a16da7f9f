#include "marsad/wire/asterix/canonical.hpp"

#include <algorithm>
#include <bit>

#include "marsad/wire/asterix/bits.hpp"
#include "marsad/wire/asterix/measure.hpp"

namespace marsad::wire::asterix {
namespace {

using schema::EditionTables;
using schema::FieldSpec;
using schema::Node;
using schema::Shape;
using Octets = std::span<const std::byte>;

/// A presence map with FX bits is as short as can be if its last octet names something.
bool is_shortest_map(Octets octets) noexcept {
  std::size_t last = 0;
  while ((octet_at(octets, last) & 1U) != 0) ++last;
  return last == 0 || octet_at(octets, last) != 0;
}

bool masked_bits_are_zero(const EditionTables& tables, const Node& node, Octets octets) noexcept {
  if (node.spare == schema::kNone) return true;
  const std::size_t size = std::min<std::size_t>(node.size, octets.size());
  const std::uint8_t* const mask = tables.spares.data() + node.spare;
  unsigned set = 0;
  for (std::size_t i = 0; i < size; ++i) set |= octet_at(octets, i) & mask[i];
  return set == 0;
}

/// Where parts stand for a field because the values of other fields say so, bits of it that are in no part are spare.
bool parts_cover(const RecordView& record, const Node& node, Octets octets) noexcept {
  const auto fields = record.edition().tables().fields.subspan(node.first_field, node.field_count);
  for (const FieldSpec& whole : fields) {
    std::uint64_t left = whole.width <= 64 ? low_mask(whole.width) : 0;
    for (const FieldSpec& part : fields)
      if (part.only_in_case && part.group == whole.name && record.meaning_of(part) != nullptr)
        left &= ~(low_mask(part.width) << (whole.bit + whole.width - part.bit - part.width));
    if (whole.width <= 64 && left != low_mask(whole.width) && (read_bits(octets, whole.bit, whole.width) & left) != 0)
      return false;
  }
  return true;
}

bool fields_are_canonical(const RecordView& record, const Node& node, Octets octets) noexcept {
  const EditionTables& tables = record.edition().tables();
  if (node.shape == Shape::repeat_count) octets = octets.subspan(1);
  if (!masked_bits_are_zero(tables, node, octets)) return false;
  if (node.shape == Shape::repeat_count || node.shape == Shape::repeat_fx) {
    while (octets.size() > node.size) {
      octets = octets.subspan(node.size);
      if (!masked_bits_are_zero(tables, node, octets)) return false;
    }
    return true;
  }
  const auto fields = tables.fields.subspan(node.first_field, node.field_count);
  const bool has_parts = !tables.cases.empty() && std::ranges::any_of(fields, &FieldSpec::only_in_case);
  return !has_parts || parts_cover(record, node, octets);
}

bool node_is_canonical(const RecordView& record, const Node& node, Octets octets) noexcept {
  if (node.shape == Shape::explicit_length) {
    if (node.fspec_octets == 0 || record.is_opaque(node.position)) return true;
    if (octets.size() == 1) return false;
  } else if (node.shape != Shape::compound) {
    return fields_are_canonical(record, node, octets);
  } else if (!is_shortest_map(octets)) {
    return false;
  }
  const EditionTables& tables = record.edition().tables();
  ChildWalk walk(tables, node, octets);
  while (walk.next())
    if (!node_is_canonical(record, tables.nodes[walk.child()], walk.octets())) return false;
  return true;
}

bool has_slot(Octets octets, std::size_t slot) noexcept {
  std::size_t octet = 0;
  while (octet < slot / 7 && (octet_at(octets, octet) & 1U) != 0) ++octet;
  return octet == slot / 7 && (octet_at(octets, octet) & 0x80U >> slot % 7) != 0;
}

}  // namespace

bool is_canonical(const RecordView& record) noexcept {
  const EditionTables& tables = record.edition().tables();
  if (octet_at(record.octets(), 0) == 0 || !is_shortest_map(record.octets())) return false;
  for (std::uint64_t left = record.presence() & tables.checked_items; left != 0; left &= left - 1) {
    const std::uint16_t root = tables.roots[static_cast<std::size_t>(std::countr_zero(left))];
    if (!node_is_canonical(record, tables.nodes[root], record.octets_of_node(root))) return false;
  }
  return tables.sequence_slot == schema::kNone || !has_slot(record.octets(), tables.sequence_slot);
}

}  // namespace marsad::wire::asterix
