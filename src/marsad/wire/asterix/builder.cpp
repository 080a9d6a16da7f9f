#include "marsad/wire/asterix/builder.hpp"

#include <algorithm>
#include <cmath>

#include "marsad/base/check.hpp"
#include "marsad/wire/asterix/bits.hpp"
#include "marsad/wire/asterix/measure.hpp"

namespace marsad::wire::asterix {
namespace {

using base::FaultCode;
using schema::FieldSpec;
using schema::Meaning;
using schema::Node;
using schema::Shape;

constexpr std::size_t kHeaderOctets = 3;
constexpr std::size_t kMaxBlock = 0xFFFF;
constexpr std::size_t kMaxRepetitions = 255;
constexpr std::byte kExtensionBit{1};

bool repeats(const Node& node) noexcept { return node.shape == Shape::repeat_count || node.shape == Shape::repeat_fx; }

/// The steps nearest to `value`, kept inside the field's range.
std::uint64_t steps_of(double value, const schema::Content& content, std::size_t width) noexcept {
  const bool is_signed = content.meaning == Meaning::signed_number;
  const double highest = std::ldexp(1.0, static_cast<int>(is_signed ? width - 1 : width)) - 1;
  const double lowest = is_signed ? -highest - 1 : 0;
  const double steps = std::round(value * content.denominator / content.numerator);
  if (steps >= highest) return low_mask(is_signed ? width - 1 : width);
  if (steps <= lowest) return is_signed ? std::uint64_t{1} << (width - 1) : 0;
  if (steps >= 0) return static_cast<std::uint64_t>(steps);
  return static_cast<std::uint64_t>(static_cast<std::int64_t>(steps)) & low_mask(width);
}

/// The six-bit code of a character, or 64 if it has none.
unsigned icao_code(char character) noexcept {
  const auto code = static_cast<unsigned char>(character);
  if (code >= 64 && code < 96) return code - 64U;
  return code >= 32 && code < 64 ? code : 64U;
}

bool write_characters(std::span<std::byte> octets, const FieldSpec& spec, std::string_view text,
                      bool six_bits) noexcept {
  const std::size_t bits_each = six_bits ? 6 : 8;
  for (std::size_t i = 0; i < spec.width / bits_each; ++i) {
    const char character = i < text.size() ? text[i] : ' ';
    const unsigned code = six_bits ? icao_code(character) : static_cast<unsigned char>(character);
    write_bits(octets, spec.bit + i * bits_each, bits_each, code);
  }
  return true;
}

bool fits(std::string_view text, const FieldSpec& spec, Meaning meaning) noexcept {
  if (meaning == Meaning::ascii) return text.size() <= spec.width / 8U;
  if (meaning == Meaning::icao)
    return text.size() <= spec.width / 6U &&
           std::ranges::all_of(text, [](char character) { return icao_code(character) < 64; });
  return meaning == Meaning::octal && !text.empty() && text.size() <= (spec.width + 2U) / 3U &&
         std::ranges::all_of(text, [](char digit) { return digit >= '0' && digit <= '7'; });
}

std::uint64_t octal_value(std::string_view digits) noexcept {
  std::uint64_t value = 0;
  for (const char digit : digits) value = value << 3 | static_cast<std::uint64_t>(digit - '0');
  return value;
}

/// Room for a presence map whose highest used slot is `slot`, at the end of `out`.
std::size_t reserve_map(std::vector<std::byte>& out, std::size_t octets) {
  const std::size_t begin = out.size();
  out.resize(begin + octets, std::byte{0});
  return begin;
}

void set_slot(std::vector<std::byte>& out, std::size_t map, std::size_t slot, std::size_t slots_per_octet) {
  out[map + slot / slots_per_octet] |= static_cast<std::byte>(0x80U >> slot % slots_per_octet);
}

void extend_map(std::vector<std::byte>& out, std::size_t map, std::size_t octets) {
  for (std::size_t i = 0; i + 1 < octets; ++i) out[map + i] |= kExtensionBit;
}

}  // namespace

RecordBuilder::RecordBuilder(const Edition& edition) : edition_(&edition), drafts_(edition.tables().nodes.size()) {}

std::size_t RecordBuilder::root_of(std::size_t node) const noexcept {
  const auto nodes = edition_->tables().nodes;
  while (nodes[node].parent != schema::kNone) node = nodes[node].parent;
  return node;
}

const FieldSpec* RecordBuilder::writable(Field field, std::size_t i) const noexcept {
  const FieldSpec* spec = edition_->find(field);
  if (spec == nullptr || drafts_[root_of(spec->node)].verbatim) return nullptr;
  const std::size_t limit = repeats(edition_->tables().nodes[spec->node]) ? kMaxRepetitions : 1;
  return i < limit ? spec : nullptr;
}

void RecordBuilder::touch(std::size_t node) {
  if (drafts_[node].present) return;
  drafts_[node].present = true;
  touched_.push_back(static_cast<std::uint16_t>(node));
  const std::uint16_t parent = edition_->tables().nodes[node].parent;
  if (parent != schema::kNone) touch(parent);
}

std::span<std::byte> RecordBuilder::place(const FieldSpec& spec, std::size_t i) {
  const schema::EditionTables& tables = edition_->tables();
  const Node& node = tables.nodes[spec.node];
  touch(spec.node);
  std::vector<std::byte>& octets = drafts_[spec.node].octets;
  std::size_t needed = node.size * (i + 1);
  if (node.shape == Shape::extended) {
    needed = 0;
    for (std::size_t extent = 0; needed * 8 < std::size_t{spec.bit} + spec.width; ++extent)
      needed += tables.extents[node.first_child + extent];
  }
  if (octets.size() < needed) octets.resize(needed, std::byte{0});
  return repeats(node) ? std::span(octets).subspan(i * node.size, node.size) : std::span(octets);
}

std::uint64_t RecordBuilder::drafted(Field field) const noexcept {
  const FieldSpec* spec = edition_->find(field);
  if (spec == nullptr) return 0;
  const std::span<const std::byte> octets = drafts_[spec->node].octets;
  const bool there = std::size_t{spec->bit} + spec->width <= octets.size() * 8 && spec->width <= 64;
  return there ? read_bits(octets, spec->bit, spec->width) : 0;
}

const schema::Content& RecordBuilder::content_of(const FieldSpec& spec) const noexcept {
  const auto category = edition_->tables().category->number;
  for (const schema::Case& candidate : edition_->tables().cases.subspan(spec.first_case, spec.case_count)) {
    bool holds = true;
    for (std::size_t i = 0; i < 2 && holds && candidate.selector[i] != schema::kNone; ++i)
      holds = drafted(Field{category, candidate.selector[i]}) == candidate.key[i];
    if (holds) return schema::contents[candidate.content];
  }
  return schema::contents[spec.content];
}

bool RecordBuilder::set_raw(Field field, std::uint64_t bits, std::size_t i) {
  const FieldSpec* spec = writable(field, i);
  if (spec == nullptr || spec->width > 64) return false;
  write_bits(place(*spec, i), spec->bit, spec->width, bits);
  return true;
}

bool RecordBuilder::set(Field field, double value, std::size_t i) {
  const FieldSpec* spec = writable(field, i);
  if (spec == nullptr || spec->width > 64 || std::isnan(value)) return false;
  const schema::Content& content = content_of(*spec);
  if (content.meaning == Meaning::ascii || content.meaning == Meaning::icao) return false;
  return set_raw(field, steps_of(value, content, spec->width), i);
}

bool RecordBuilder::set_text(Field field, std::string_view text, std::size_t i) {
  const FieldSpec* spec = writable(field, i);
  if (spec == nullptr) return false;
  const Meaning meaning = content_of(*spec).meaning;
  if (!fits(text, *spec, meaning)) return false;
  if (meaning != Meaning::octal) return write_characters(place(*spec, i), *spec, text, meaning == Meaning::icao);
  const std::uint64_t value = octal_value(text);
  return value <= low_mask(spec->width) && set_raw(field, value, i);
}

bool RecordBuilder::set_octets(Field field, std::span<const std::byte> octets, std::size_t i) {
  const FieldSpec* spec = writable(field, i);
  if (spec == nullptr || spec->bit % 8 != 0 || spec->width != octets.size() * 8) return false;
  std::ranges::copy(octets, place(*spec, i).subspan(spec->bit / 8U).begin());
  return true;
}

void RecordBuilder::forget(std::size_t root) noexcept {
  for (const std::uint16_t node : touched_)
    if (root_of(node) == root) drafts_[node] = Draft{std::move(drafts_[node].octets), false, false};
  std::erase_if(touched_, [&](std::uint16_t node) { return !drafts_[node].present; });
}

bool RecordBuilder::set_octets(Item item, std::span<const std::byte> octets) {
  if (!edition_->describes(item)) return false;
  const schema::EditionTables& tables = edition_->tables();
  const std::uint16_t root = tables.roots[tables.item_numbers[item.index]];
  const Extension extension = measure(tables, tables.nodes[root], octets);
  if (!extension.ok || extension.size != octets.size()) return false;
  forget(root);
  touch(root);
  drafts_[root].octets.assign(octets.begin(), octets.end());
  drafts_[root].verbatim = true;
  return true;
}

void RecordBuilder::set_fields_of(const RecordView& record) {
  MARSAD_CHECK(&record.edition().tables() == &edition_->tables());
  const schema::EditionTables& tables = edition_->tables();
  for (const FieldSpec& spec : tables.fields) {
    const Field field{tables.category->number, spec.index};
    const std::size_t count = record.count(field);
    for (std::size_t i = 0; i < count; ++i) {
      const auto bits = record.raw(field, i);
      const bool set = bits ? set_raw(field, *bits, i) : set_octets(field, record.octets(field, i), i);
      MARSAD_CHECK(set);
    }
  }
  for (std::size_t node = 0; node < tables.nodes.size(); ++node)
    if (!drafts_[node].present && !record.octets_of_node(node).empty()) keep_empty(node, record);
}

/// Sets a node of the record that has no field: an item without described content, an empty compound or repetition.
void RecordBuilder::keep_empty(std::size_t index, const RecordView& record) {
  const schema::EditionTables& tables = edition_->tables();
  const Node& node = tables.nodes[index];
  const bool undescribed =
      node.shape == Shape::explicit_length && (node.fspec_octets == 0 || record.is_opaque(node.position));
  if (undescribed) {
    const Item item{tables.category->number, tables.root_items[node.position]};
    MARSAD_CHECK(set_octets(item, record.octets(item)));
    return;
  }
  touch(index);
  if (node.shape == Shape::fixed) drafts_[index].octets.resize(node.size, std::byte{0});
  if (node.shape == Shape::extended) drafts_[index].octets.resize(tables.extents[node.first_child], std::byte{0});
}

void RecordBuilder::clear() noexcept {
  for (const std::uint16_t node : touched_) {
    drafts_[node].octets.clear();
    drafts_[node].present = drafts_[node].verbatim = false;
  }
  touched_.clear();
}

bool RecordBuilder::append_children(const Node& node, std::vector<std::byte>& out) const {
  const schema::EditionTables& tables = edition_->tables();
  const auto children = tables.children.subspan(node.first_child, node.child_count);
  const bool expansion = node.shape == Shape::explicit_length;
  const std::size_t slots_per_octet = expansion ? 8 : 7;
  const auto present = [&](std::uint16_t child) { return child != schema::kNone && drafts_[child].present; };
  const auto last = std::ranges::find_if(children.rbegin(), children.rend(), present);
  const auto used = static_cast<std::size_t>(children.rend() - last);
  const std::size_t octets = expansion ? node.fspec_octets : std::max<std::size_t>(1, (used + 6) / 7);
  const std::size_t map = reserve_map(out, octets);
  if (!expansion) extend_map(out, map, octets);
  for (std::size_t slot = 0; slot < used; ++slot) {
    if (!present(children[slot])) continue;
    set_slot(out, map, slot, slots_per_octet);
    if (!append_node(children[slot], out)) return false;
  }
  return true;
}

bool RecordBuilder::append_node(std::size_t index, std::vector<std::byte>& out) const {
  const schema::EditionTables& tables = edition_->tables();
  const Node& node = tables.nodes[index];
  const Draft& draft = drafts_[index];
  const std::size_t begin = out.size();
  if (!draft.verbatim && node.shape == Shape::compound) return append_children(node, out);
  if (!draft.verbatim && node.shape == Shape::explicit_length) {
    out.push_back(std::byte{0});
    if (!append_children(node, out) || out.size() - begin > kMaxRepetitions) return false;
    out[begin] = static_cast<std::byte>(out.size() - begin);
    return true;
  }
  if (!draft.verbatim && node.shape == Shape::repeat_count)
    out.push_back(static_cast<std::byte>(draft.octets.size() / node.size));
  out.insert(out.end(), draft.octets.begin(), draft.octets.end());
  if (draft.verbatim) return true;
  if (node.shape == Shape::repeat_fx)
    for (std::size_t end = begin + node.size; end < out.size(); end += node.size) out[end - 1] |= kExtensionBit;
  if (node.shape == Shape::extended)
    for (std::size_t end = begin + tables.extents[node.first_child], i = 1; end < out.size(); ++i) {
      out[end - 1] |= kExtensionBit;
      end += tables.extents[node.first_child + i];
    }
  return true;
}

const schema::Profile& RecordBuilder::profile() const noexcept {
  const schema::EditionTables& tables = edition_->tables();
  if (tables.selector == schema::kNone) return tables.profiles[0];
  const std::uint64_t value = drafted(Field{tables.category->number, tables.selector});
  const auto found = std::ranges::find(tables.profiles, value, &schema::Profile::selector_value);
  return found != tables.profiles.end() ? *found : tables.profiles[0];
}

base::Result<std::size_t> RecordBuilder::append_to(std::vector<std::byte>& out) const {
  const schema::EditionTables& tables = edition_->tables();
  const auto slots = profile().slots;
  const std::size_t begin = out.size();
  const auto give_up = [&](FaultCode code) {
    out.resize(begin);
    return base::Fault{code, 0};
  };
  const auto present = [&](std::uint8_t number) {
    return number < tables.roots.size() && drafts_[tables.roots[number]].present;
  };
  const auto wanted = std::ranges::count_if(tables.roots, [&](std::uint16_t root) { return drafts_[root].present; });
  if (wanted == 0 || std::ranges::count_if(slots, present) != wanted) return give_up(FaultCode::bad_value);
  const auto last = std::ranges::find_if(slots.rbegin(), slots.rend(), present);
  const auto used = static_cast<std::size_t>(slots.rend() - last);
  const std::size_t octets = (used + 6) / 7;
  const std::size_t map = reserve_map(out, octets);
  extend_map(out, map, octets);
  for (std::size_t slot = 0; slot < used; ++slot) {
    if (!present(slots[slot])) continue;
    set_slot(out, map, slot, 7);
    if (!append_node(tables.roots[slots[slot]], out)) return give_up(FaultCode::too_large);
  }
  const std::size_t size = out.size() - begin;
  if (size > kMaxBlock - kHeaderOctets) return give_up(FaultCode::too_large);
  return size;
}

BlockBuilder::BlockBuilder(int category) : category_(static_cast<std::uint8_t>(category)) {
  MARSAD_CHECK(category >= 0 && category <= 255);
  clear();
}

void BlockBuilder::limit_to(std::size_t max_octets) noexcept {
  max_octets_ = std::clamp(max_octets, kHeaderOctets + 1, kMaxBlock);
}

base::Result<std::size_t> BlockBuilder::add(const RecordBuilder& record) {
  if (record.edition().category() != category_) return base::Fault{FaultCode::bad_value, 0};
  const std::size_t before = block_.size();
  auto added = record.append_to(block_);
  if (!added.ok()) return added;
  if (block_.size() > max_octets_) {
    block_.resize(before);
    return base::Fault{FaultCode::too_large, 0};
  }
  block_[1] = static_cast<std::byte>(block_.size() >> 8);
  block_[2] = static_cast<std::byte>(block_.size() & 0xFF);
  ++records_;
  return added;
}

std::span<const std::byte> BlockBuilder::octets() const noexcept {
  return empty() ? std::span<const std::byte>{} : std::span<const std::byte>(block_);
}

void BlockBuilder::clear() noexcept {
  records_ = 0;
  block_.resize(kHeaderOctets);
  block_[0] = static_cast<std::byte>(category_);
  block_[1] = block_[2] = std::byte{0};
}

}  // namespace marsad::wire::asterix
