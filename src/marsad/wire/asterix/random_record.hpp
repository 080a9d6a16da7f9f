#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "marsad/base/random.hpp"
#include "marsad/wire/asterix/bits.hpp"
#include "marsad/wire/asterix/edition.hpp"

namespace marsad::wire::asterix {

/// Valid records of one edition for tests: every item and sub-item, expansion fields included, is there or not at
/// random, with random values in its fields and zeros in its spare bits. Made straight from the tables, without the
/// encoders that it is to test.
class RandomRecord {
 public:
  explicit RandomRecord(const Edition& edition) : tables_(edition.tables()) {}

  void append_to(std::vector<std::byte>& out, base::Random& random) {
    const auto& profile = tables_.profiles[random.bits() % tables_.profiles.size()];
    std::vector<std::byte> items;
    std::vector<bool> present(profile.slots.size());
    const std::uint64_t one_in = 1 + random.bits() % 6;
    const std::size_t always = random.bits() % profile.slots.size();
    for (std::size_t slot = 0; slot < profile.slots.size(); ++slot) {
      const bool selector = tables_.selector != schema::kNone && slot == tables_.selector_slot;
      const bool item = profile.slots[slot] < tables_.roots.size();
      present[slot] = item && (selector || slot == always || random.bits() % one_in == 0);
      if (!present[slot]) continue;
      const std::size_t begin = items.size();
      append_node(items, tables_.nodes[tables_.roots[profile.slots[slot]]], random);
      if (selector) select(std::span(items).subspan(begin), profile.selector_value);
    }
    if (std::ranges::find(present, true) == present.end()) return append_to(out, random);
    append_map(out, present, 7);
    out.insert(out.end(), items.begin(), items.end());
  }

 private:
  using Octets = std::vector<std::byte>;

  void select(std::span<std::byte> octets, std::uint16_t value) {
    for (const schema::FieldSpec& spec : tables_.fields)
      if (spec.index == tables_.selector) write_bits(octets, spec.bit, spec.width, value);
  }

  /// The shortest map; of `slots_per_octet` 8 one without extension bits.
  static void append_map(Octets& out, const std::vector<bool>& present, std::size_t slots_per_octet) {
    const auto last = std::find(present.rbegin(), present.rend(), true);
    const auto used = static_cast<std::size_t>(present.rend() - last);
    const std::size_t size = slots_per_octet == 8 ? present.size() / 8 : std::max<std::size_t>(1, (used + 6) / 7);
    const std::size_t begin = out.size();
    for (std::size_t i = 0; i < size; ++i)
      out.push_back(static_cast<std::byte>(slots_per_octet == 7 && i + 1 < size ? 1 : 0));
    for (std::size_t slot = 0; slot < used; ++slot)
      if (present[slot]) out[begin + slot / slots_per_octet] |= static_cast<std::byte>(0x80U >> slot % slots_per_octet);
  }

  /// Random values for the fields, or parts, that lie in the first `size` octets.
  void append_fields(Octets& out, const schema::Node& node, std::size_t size, base::Random& random) {
    const std::size_t begin = out.size();
    out.resize(begin + size, std::byte{0});
    const auto octets = std::span(out).subspan(begin);
    for (const schema::FieldSpec& spec : tables_.fields.subspan(node.first_field, node.field_count)) {
      if (spec.only_in_case || std::size_t{spec.bit} + spec.width > size * 8) continue;
      // Fields whose parts leave spare bits in some cases stay zero: what is spare then depends on other fields.
      const bool has_parts = std::ranges::any_of(
          tables_.fields.subspan(node.first_field, node.field_count),
          [&](const schema::FieldSpec& part) { return part.only_in_case && part.group == spec.name; });
      if (has_parts) continue;
      for (std::size_t done = 0; done < spec.width; done += 32)
        write_bits(octets, spec.bit + done, std::min<std::size_t>(32, spec.width - done), random.bits());
    }
  }

  void append_node(Octets& out, const schema::Node& node, base::Random& random) {
    switch (node.shape) {
      case schema::Shape::fixed:
        return append_fields(out, node, node.size, random);
      case schema::Shape::extended:
        return append_extended(out, node, random);
      case schema::Shape::repeat_count: {
        const std::size_t count = random.bits() % 4;
        out.push_back(static_cast<std::byte>(count));
        for (std::size_t i = 0; i < count; ++i) append_fields(out, node, node.size, random);
        return;
      }
      case schema::Shape::repeat_fx: {
        const std::size_t count = 1 + random.bits() % 3;
        for (std::size_t i = 0; i < count; ++i) {
          append_fields(out, node, node.size, random);
          if (i + 1 < count) out.back() |= std::byte{1};
        }
        return;
      }
      case schema::Shape::explicit_length:
        return append_expansion(out, node, random);
      case schema::Shape::compound:
        return append_children(out, node, 7, random);
    }
  }

  void append_extended(Octets& out, const schema::Node& node, base::Random& random) {
    const auto extents = tables_.extents.subspan(node.first_child, 1 + random.bits() % node.child_count);
    std::size_t size = 0;
    for (const std::uint8_t extent : extents) size += extent;
    const std::size_t begin = out.size();
    append_fields(out, node, size, random);
    std::size_t end = begin;
    for (std::size_t i = 0; i + 1 < extents.size(); ++i) {
      end += extents[i];
      out[end - 1] |= std::byte{1};
    }
  }

  void append_expansion(Octets& out, const schema::Node& node, base::Random& random) {
    const std::size_t begin = out.size();
    out.push_back(std::byte{0});
    if (node.fspec_octets == 0)
      for (std::uint64_t left = random.bits() % 9; left > 0; --left)
        out.push_back(static_cast<std::byte>(random.bits()));
    else
      append_children(out, node, 8, random);
    if (out.size() - begin > 255) {  // too many sub-items at once: try again
      out.resize(begin);
      return append_expansion(out, node, random);
    }
    out[begin] = static_cast<std::byte>(out.size() - begin);
  }

  void append_children(Octets& out, const schema::Node& node, std::size_t slots_per_octet, base::Random& random) {
    const auto children = tables_.children.subspan(node.first_child, node.child_count);
    std::vector<bool> present(slots_per_octet == 8 ? std::size_t{8} * node.fspec_octets : children.size());
    Octets octets;
    const std::uint64_t one_in = 1 + random.bits() % 4;
    for (std::size_t slot = 0; slot < children.size(); ++slot) {
      present[slot] = children[slot] != schema::kNone && random.bits() % one_in == 0;
      if (present[slot]) append_node(octets, tables_.nodes[children[slot]], random);
    }
    append_map(out, present, slots_per_octet);
    out.insert(out.end(), octets.begin(), octets.end());
  }

  const schema::EditionTables& tables_;
};

}  // namespace marsad::wire::asterix
