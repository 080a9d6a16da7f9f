#include "marsad/wire/asterix/measure.hpp"

#include <bit>

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

Extension measure_compound(const EditionTables& tables, const Node& node, Octets rest) noexcept {
  ChildWalk walk(tables, node, rest);
  while (walk.next()) {
  }
  return walk.extension();
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

ChildWalk::ChildWalk(const EditionTables& tables, const Node& node, Octets octets) noexcept
    : tables_(tables), node_(node), rest_(octets) {
  if (!read_map()) static_cast<void>(stop(FaultCode::truncated, octets.size()));
}

/// Where the presence map lies: extended by FX bits, or of a stated size after an expansion field's length octet.
bool ChildWalk::read_map() noexcept {
  std::size_t end = 0;
  if (node_.shape == Shape::explicit_length) {
    map_begin_ = 1;
    slots_per_octet_ = 8;
    end = 1U + node_.fspec_octets;
    if (end > rest_.size()) return false;
  } else {
    do {
      if (end == rest_.size()) return false;
      ++end;
    } while (extends(rest_, end));
  }
  slots_ = (end - map_begin_) * slots_per_octet_;
  extension_ = good(end);
  return true;
}

bool ChildWalk::stop(FaultCode code, std::size_t at) noexcept {
  extension_ = bad(code, at);
  slots_ = 0;
  return false;
}

/// Moves on to the next slot whose bit is set; false if there is none.
bool ChildWalk::find_slot() noexcept {
  while (slot_ < slots_) {
    const std::size_t octet = slot_ / slots_per_octet_;
    const std::size_t passed = slot_ % slots_per_octet_;
    const unsigned used = octet_at(rest_, map_begin_ + octet) & (slots_per_octet_ == 7 ? 0xFEU : 0xFFU);
    const auto waiting = static_cast<std::uint8_t>(used << passed);
    if (waiting != 0) {
      slot_ += static_cast<std::size_t>(std::countl_zero(waiting));
      return true;
    }
    slot_ = (octet + 1) * slots_per_octet_;
  }
  return false;
}

bool ChildWalk::next() noexcept {
  if (!find_slot()) return false;
  child_ = slot_ < node_.child_count ? tables_.children[node_.first_child + slot_] : schema::kNone;
  if (child_ == schema::kNone) return stop(FaultCode::bad_value, map_begin_ + slot_ / slots_per_octet_);
  octets_ = rest_.subspan(extension_.size);
  const Node& child = tables_.nodes[child_];
  const Extension extension =
      child.shape == Shape::fixed && child.size <= octets_.size() ? good(child.size) : measure(tables_, child, octets_);
  if (!extension.ok) return stop(extension.code, extension_.size + extension.at);
  octets_ = octets_.first(extension.size);
  extension_.size += extension.size;
  ++slot_;
  return true;
}

Octets find_child(const EditionTables& tables, const Node& parent, Octets octets, std::size_t position) noexcept {
  if (octets.empty()) return {};
  ChildWalk walk(tables, parent, octets);
  while (walk.next())
    if (walk.slot() >= position) return walk.slot() == position ? walk.octets() : Octets{};
  return {};
}

bool explains(const EditionTables& tables, const Node& node, Octets octets) noexcept {
  if (octets.size() == 1) return true;
  ChildWalk walk(tables, node, octets);
  while (walk.next()) {
  }
  return walk.extension().ok && walk.extension().size == octets.size();
}

}  // namespace marsad::wire::asterix
