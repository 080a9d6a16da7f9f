#include "marsad/wire/asterix/measure.hpp"

#include "marsad/wire/asterix/bits.hpp"

namespace marsad::wire::asterix {
namespace {

using base::FaultCode;
using schema::EditionTables;
using schema::Node;
using schema::Shape;
using Octets = std::span<const std::byte>;

Extension good(std::size_t size) noexcept { return {.size = size, .ok = true}; }
Extension bad(FaultCode code, std::size_t at) noexcept { return {.code = code, .at = at}; }

bool extends(Octets rest, std::size_t end) noexcept { return (octet_at(rest, end - 1) & 1U) != 0; }

/// Octets from `size` on, one by one, while the last one read extends: extents that a newer edition added.
Extension skip_unknown_extents(Octets rest, std::size_t size) noexcept {
  while (extends(rest, size)) {
    if (size == rest.size()) return bad(FaultCode::truncated, size);
    ++size;
  }
  return good(size);
}

Extension measure_extended(const EditionTables& tables, const Node& node, Octets rest) noexcept {
  std::size_t size = 0;
  for (std::size_t i = 0; i < node.child_count; ++i) {
    size += tables.extents[node.first_child + i];
    if (size > rest.size()) return bad(FaultCode::truncated, rest.size());
    const bool closed = i + 1 == node.child_count && !node.last_extent_open;
    if (closed || !extends(rest, size)) return good(size);
  }
  return skip_unknown_extents(rest, size);
}

Extension measure_repeat_fx(const Node& node, Octets rest) noexcept {
  std::size_t size = 0;
  do {
    size += node.size;
    if (size > rest.size()) return bad(FaultCode::truncated, rest.size());
  } while (extends(rest, size));
  return good(size);
}

Extension measure_repeat_count(const Node& node, Octets rest) noexcept {
  if (rest.empty()) return bad(FaultCode::truncated, 0);
  const std::size_t size = 1 + std::size_t{octet_at(rest, 0)} * node.size;
  return size <= rest.size() ? good(size) : bad(FaultCode::truncated, rest.size());
}

Extension measure_explicit(Octets rest) noexcept {
  if (rest.empty()) return bad(FaultCode::truncated, 0);
  const std::size_t size = octet_at(rest, 0);
  if (size == 0) return bad(FaultCode::bad_length, 0);
  return size <= rest.size() ? good(size) : bad(FaultCode::truncated, rest.size());
}

/// The presence map of a node with sub-items: where it lies and how many of an octet's bits name sub-items.
struct PresenceMap {
  std::size_t begin;
  std::size_t end;
  std::size_t slots_per_octet;
};

/// False if the map passes the end of `octets`.
bool find_map(const Node& node, Octets octets, PresenceMap& map) noexcept {
  if (node.shape == Shape::explicit_length) {
    map = {1, 1U + node.fspec_octets, 8};
    return map.end <= octets.size();
  }
  map = {0, 0, 7};
  do {
    if (map.end == octets.size()) return false;
    ++map.end;
  } while (extends(octets, map.end));
  return true;
}

bool is_set(const PresenceMap& map, Octets octets, std::size_t slot) noexcept {
  const std::size_t octet = map.begin + slot / map.slots_per_octet;
  return octet < map.end && (octet_at(octets, octet) >> (7 - slot % map.slots_per_octet) & 1U) != 0;
}

const Node* child_of(const EditionTables& tables, const Node& node, std::size_t slot) noexcept {
  if (slot >= node.child_count) return nullptr;
  const std::uint16_t child = tables.children[node.first_child + slot];
  return child == schema::kNone ? nullptr : &tables.nodes[child];
}

/// Passes over the sub-items in the slots below `stop` that are present, and tells where it got to.
Extension pass_children(const EditionTables& tables, const Node& node, Octets octets, const PresenceMap& map,
                        std::size_t stop) noexcept {
  std::size_t position = map.end;
  for (std::size_t slot = 0; slot < stop; ++slot) {
    if (!is_set(map, octets, slot)) continue;
    const Node* child = child_of(tables, node, slot);
    if (child == nullptr) return bad(FaultCode::bad_value, map.begin + slot / map.slots_per_octet);
    const Extension extension = measure(tables, *child, octets.subspan(position));
    if (!extension.ok) return bad(extension.code, position + extension.at);
    position += extension.size;
  }
  return good(position);
}

Extension measure_compound(const EditionTables& tables, const Node& node, Octets rest) noexcept {
  PresenceMap map{};
  if (!find_map(node, rest, map)) return bad(FaultCode::truncated, rest.size());
  return pass_children(tables, node, rest, map, (map.end - map.begin) * map.slots_per_octet);
}

}  // namespace

Extension measure(const EditionTables& tables, const Node& node, Octets rest) noexcept {
  switch (node.shape) {
    case Shape::fixed:
      return node.size <= rest.size() ? good(node.size) : bad(FaultCode::truncated, rest.size());
    case Shape::extended:
      return measure_extended(tables, node, rest);
    case Shape::repeat_count:
      return measure_repeat_count(node, rest);
    case Shape::repeat_fx:
      return measure_repeat_fx(node, rest);
    case Shape::explicit_length:
      return measure_explicit(rest);
    case Shape::compound:
      return measure_compound(tables, node, rest);
  }
  return bad(FaultCode::bad_value, 0);
}

Octets find_child(const EditionTables& tables, const Node& parent, Octets octets, std::size_t position) noexcept {
  PresenceMap map{};
  if (octets.empty() || !find_map(parent, octets, map) || !is_set(map, octets, position)) return {};
  const Node* child = child_of(tables, parent, position);
  const Extension before = pass_children(tables, parent, octets, map, position);
  if (child == nullptr || !before.ok) return {};
  const Octets rest = octets.subspan(before.size);
  const Extension extension = measure(tables, *child, rest);
  return extension.ok ? rest.first(extension.size) : Octets{};
}

bool explains(const EditionTables& tables, const Node& node, Octets octets) noexcept {
  PresenceMap map{};
  if (!find_map(node, octets, map)) return octets.size() == 1;
  const Extension extension =
      pass_children(tables, node, octets, map, (map.end - map.begin) * map.slots_per_octet);
  return extension.ok && extension.size == octets.size();
}

}  // namespace marsad::wire::asterix
