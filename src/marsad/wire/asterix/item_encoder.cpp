#include "marsad/wire/asterix/item_encoder.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

#include "marsad/base/check.hpp"
#include "marsad/wire/asterix/bits.hpp"

namespace marsad::wire::asterix {
namespace {

using base::JsonKind;
using base::JsonNumber;
using base::JsonReader;
using base::JsonText;
using schema::Content;
using schema::FieldSpec;
using schema::Meaning;
using schema::Node;
using schema::Shape;

constexpr std::size_t kMaxRecord = 0xFFFF - 3;
constexpr std::size_t kMaxCount = 255;
constexpr std::size_t kReadRoom = 3 * 0x10000;  // for items, for items read again, for order
constexpr std::size_t kReplaceRoom = 0x10000;
constexpr std::byte kExtensionBit{1};
constexpr std::size_t kNotFound = std::numeric_limits<std::size_t>::max();

/// Names are short: comparing them here takes less time than a call.
bool same(std::string_view a, std::string_view b) noexcept {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a[i] != b[i]) return false;
  return true;
}

/// `position`, which is less than twice `count`, going round.
std::size_t wrapped(std::size_t position, std::size_t count) noexcept {
  return position < count ? position : position - count;
}

/// What the printers say of a Comm-B register beside its digits (PrintOptions::append_register); the digits alone
/// count.
bool is_explanation(std::span<const FieldSpec> fields, std::string_view key) noexcept {
  return key == "register" && schema::contents[fields[0].content].meaning == Meaning::bds;
}

std::uint64_t bit_of(std::size_t number) noexcept { return std::uint64_t{1} << number; }

}  // namespace

ItemEncoder::ItemEncoder(const Edition& edition)
    : edition_(&edition), tables_(edition.tables()), arena_(kReadRoom + kReplaceRoom + 8) {
  const unsigned category = tables_.category->number;
  prefix_ = {'I', static_cast<char>('0' + category / 100), static_cast<char>('0' + category / 10 % 10),
             static_cast<char>('0' + category % 10), '/'};
  is_selector_.resize(tables_.category->fields.size());
  has_selectors_ = tables_.selector != schema::kNone || !tables_.cases.empty();
  if (tables_.selector != schema::kNone) is_selector_[tables_.selector] = true;
  for (const schema::Case& candidate : tables_.cases)
    for (const std::uint16_t selector : candidate.selector)
      if (selector != schema::kNone) is_selector_[selector] = true;
}

bool ItemEncoder::fail(EncodeFaultCode code, std::string_view key) {
  const bool json = !reader_->ok();
  const bool known_place = code != EncodeFaultCode::wrong_type;
  *fault_ = {.code = json ? EncodeFaultCode::not_json : code,
             .column = json || !known_place ? reader_->position() : reader_->token(),
             .json = reader_->fault(),
             .edition = edition_,
             .node = node_,
             .field = spec_ == nullptr ? schema::kNone : static_cast<std::uint16_t>(spec_ - tables_.fields.data()),
             .content = content_,
             .key = key};
  return false;
}

/// `octets` zeros at the end of the arena; nullptr, and a fault, if it is full.
std::byte* ItemEncoder::claim(std::size_t octets) {
  if (used_ + octets > kReadRoom) {
    fail(EncodeFaultCode::too_large);
    return nullptr;
  }
  std::byte* const begin = arena_.data() + used_;
  std::memset(begin, 0, octets);
  used_ += octets;
  return begin;
}

/// The key's characters; of one that has escapes, in a buffer that no known name outgrows.
std::string_view ItemEncoder::name_of_key(JsonText key) noexcept {
  if (key.plain) return key.raw;
  base::JsonCharacters characters(key);
  std::size_t size = 0;
  while (const auto character = characters.next()) {
    if (*character >= 0x80 || size == key_.size()) return key.raw;
    key_[size++] = static_cast<char>(*character);
  }
  return {key_.data(), size};
}

bool ItemEncoder::next_key(std::string_view& key) {
  JsonText text;
  if (!reader_->next_key(text)) return false;
  key = name_of_key(text);
  return true;
}

/// Begins an object or array, if that is what comes next.
bool ItemEncoder::begin(JsonKind wanted) {
  if (reader_->peek() != wanted) return fail(EncodeFaultCode::wrong_type);
  return wanted == JsonKind::object ? reader_->begin_object() : reader_->begin_array();
}

const std::uint64_t* ItemEncoder::selected(std::uint16_t field) const noexcept {
  const auto found = std::ranges::find(selections_, field, &Selection::field);
  return found == selections_.end() ? nullptr : &found->bits;
}

/// What the field means in this record; nullptr while that is not known because a selector has not been read.
const Content* ItemEncoder::content_of(const FieldSpec& spec) const noexcept {
  bool known = true;
  for (const schema::Case& candidate : tables_.cases.subspan(spec.first_case, spec.case_count)) {
    bool holds = true;
    for (std::size_t i = 0; i < 2 && candidate.selector[i] != schema::kNone; ++i) {
      const std::uint64_t* const bits = selected(candidate.selector[i]);
      known = known && bits != nullptr;
      holds = holds && bits != nullptr && *bits == candidate.key[i];
    }
    if (holds) return &schema::contents[candidate.content];
  }
  return known || read_all_ ? &schema::contents[spec.content] : nullptr;
}

std::size_t ItemEncoder::find_item(std::string_view key, std::size_t expected) const noexcept {
  if (!same(key.substr(0, prefix_.size()), {prefix_.data(), prefix_.size()})) return kNotFound;
  const std::string_view name = key.substr(prefix_.size());
  const std::size_t count = tables_.roots.size();
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t number = wrapped(expected + i, count);
    if (same(tables_.nodes[tables_.roots[number]].name, name)) return number;
  }
  return kNotFound;
}

bool ItemEncoder::read(JsonReader& items, bool raw, EncodeFault& fault) {
  reader_ = &items;
  fault_ = &fault;
  raw_ = raw;
  used_ = 0;
  presence_ = pending_ = 0;
  read_all_ = false;
  selections_.clear();
  node_ = schema::kNone;
  spec_ = nullptr;
  content_ = nullptr;
  if (!begin(JsonKind::object)) return false;
  std::size_t expected = 0;
  for (std::string_view key; next_key(key);) {
    const std::size_t number = find_item(key, expected);
    if (number == kNotFound) return fail(EncodeFaultCode::unknown_item, key);
    expected = number + 1;
    if (reader_->pass_null()) continue;
    if ((presence_ & bit_of(number)) != 0) return fail(EncodeFaultCode::repeated_key, key);
    if (!read_item(number)) return false;
    node_ = schema::kNone;
  }
  return items.ok() ? read_pending() : fail(EncodeFaultCode::not_json);
}

bool ItemEncoder::read_item(std::size_t number) {
  const std::size_t text_place = reader_->position();
  const std::size_t begin = used_;
  depends_ = false;
  if (!read_node(tables_.roots[number])) return false;
  presence_ |= bit_of(number);
  places_[number] = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(used_ - begin)};
  if (depends_) pending_ |= bit_of(number);
  text_places_[number] = text_place;
  return true;
}

/// Reads those items again whose meaning depends on fields that stood behind them.
bool ItemEncoder::read_pending() {
  if (pending_ == 0) return true;
  const std::size_t end = reader_->position();
  read_all_ = true;
  for (; pending_ != 0; pending_ &= pending_ - 1) {
    const auto number = static_cast<std::size_t>(std::countr_zero(pending_));
    reader_->rewind(text_places_[number]);
    if (!read_item(number)) return false;
  }
  reader_->rewind(end);
  return true;
}

bool ItemEncoder::read_node(std::uint16_t index) {
  const Node& node = tables_.nodes[index];
  node_ = index;
  spec_ = nullptr;
  content_ = nullptr;
  switch (node.shape) {
    case Shape::fixed:
      return read_fixed(node);
    case Shape::extended:
      return read_extended(node);
    case Shape::repeat_count:
    case Shape::repeat_fx:
      return read_repetitions(node);
    case Shape::explicit_length:
      return read_expansion(node);
    case Shape::compound:
      return begin(JsonKind::object) && read_children(node);
  }
  return false;
}

bool ItemEncoder::read_fixed(const Node& node) {
  std::byte* const octets = claim(node.size);
  if (octets == nullptr) return false;
  Fields fields{.node = node, .octets = {octets, node.size}};
  return read_fields(fields);
}

bool ItemEncoder::read_extended(const Node& node) {
  const std::size_t begin = used_;
  std::byte* const octets = claim(node.size);
  if (octets == nullptr) return false;
  Fields fields{.node = node, .octets = {octets, node.size}};
  if (!read_fields(fields)) return false;
  const auto extents = tables_.extents.subspan(node.first_child, node.child_count);
  std::size_t size = extents[0];
  for (std::size_t i = 1; size * 8 < fields.end_bit; ++i) {
    octets[size - 1] |= kExtensionBit;
    size += extents[i];
  }
  used_ = begin + size;
  return true;
}

bool ItemEncoder::read_repetitions(const Node& node) {
  const bool counted = node.shape == Shape::repeat_count;
  std::byte* const counter = claim(counted ? 1 : 0);
  if (counter == nullptr || !begin(JsonKind::array)) return false;
  std::size_t count = 0;
  std::byte* octets = nullptr;
  while (reader_->next_element()) {
    if (++count > kMaxCount) return fail(EncodeFaultCode::wrong_repetition);
    if (octets != nullptr && !counted) octets[node.size - 1] |= kExtensionBit;
    octets = claim(node.size);
    if (octets == nullptr) return false;
    Fields fields{.node = node, .octets = {octets, node.size}};
    if (!read_fields(fields)) return false;
    spec_ = nullptr;
    content_ = nullptr;
  }
  if (!reader_->ok()) return fail(EncodeFaultCode::not_json);
  if (counted) *counter = static_cast<std::byte>(count);
  return counted || count > 0 || fail(EncodeFaultCode::wrong_repetition);
}

bool ItemEncoder::read_expansion(const Node& node) {
  const std::size_t begin = used_;
  std::byte* const length = claim(1);
  if (length == nullptr) return false;
  if (node.fspec_octets == 0 || reader_->peek() == JsonKind::string) {
    if (!read_octets()) return false;
  } else {
    if (!this->begin(JsonKind::object) || !read_children(node)) return false;
    node_ = static_cast<std::uint16_t>(&node - tables_.nodes.data());
  }
  if (used_ - begin > kMaxCount) return fail(EncodeFaultCode::too_large);
  *length = static_cast<std::byte>(used_ - begin);
  return true;
}

/// Hexadecimal digits of any number of octets.
bool ItemEncoder::read_octets() {
  JsonText text;
  if (!read_text(text)) return false;
  if (text.raw.size() / 2 >= kMaxCount) return fail(EncodeFaultCode::too_large);
  std::byte* const octets = claim(text.raw.size() / 2);
  return octets != nullptr && write_digits(text.raw, {octets, text.raw.size() / 2});
}

/// The sub-items of a compound item or of a described expansion field, its object having begun.
bool ItemEncoder::read_children(const Node& node) {
  const auto children = tables_.children.subspan(node.first_child, node.child_count);
  std::array<Place, 64> places;
  MARSAD_CHECK(children.size() <= places.size());
  const std::size_t begin = used_;
  std::uint64_t slots = 0;
  bool ascending = true;
  std::size_t expected = 0;
  for (std::string_view key; next_key(key);) {
    std::size_t slot = kNotFound;
    for (std::size_t i = 0; i < children.size() && slot == kNotFound; ++i) {
      const std::size_t candidate = wrapped(expected + i, children.size());
      if (children[candidate] != schema::kNone && same(tables_.nodes[children[candidate]].name, key)) slot = candidate;
    }
    if (slot == kNotFound) return fail(EncodeFaultCode::unknown_field, key);
    if (reader_->pass_null()) continue;
    if ((slots & bit_of(slot)) != 0) return fail(EncodeFaultCode::repeated_key, key);
    ascending = ascending && slots < bit_of(slot);
    slots |= bit_of(slot);
    const std::size_t child = used_;
    if (!read_node(children[slot])) return false;
    node_ = static_cast<std::uint16_t>(&node - tables_.nodes.data());
    spec_ = nullptr;
    places[slot] = {static_cast<std::uint32_t>(child), static_cast<std::uint32_t>(used_ - child)};
    expected = slot + 1;
  }
  if (!reader_->ok()) return fail(EncodeFaultCode::not_json);
  return arrange(node, begin, places, slots, ascending);
}

/// Puts the presence map before the sub-items, which lie from `begin` on, and them into the order of their slots.
bool ItemEncoder::arrange(const Node& node, std::size_t begin, std::span<const Place> places, std::uint64_t slots,
                          bool ascending) {
  const bool expansion = node.shape == Shape::explicit_length;
  const std::size_t slots_per_octet = expansion ? 8 : 7;
  const auto used_slots = static_cast<std::size_t>(64 - std::countl_zero(slots));
  const std::size_t map_size = expansion ? node.fspec_octets : std::max<std::size_t>(1, (used_slots + 6) / 7);
  const std::size_t size = used_ - begin;
  std::byte* const end = claim(map_size + (ascending ? 0 : size));
  if (end == nullptr) return false;
  std::byte* const map = arena_.data() + begin;
  if (ascending) {
    std::memmove(map + map_size, map, size);
  } else {
    std::byte* to = end + map_size;
    for (std::uint64_t left = slots; left != 0; left &= left - 1) {
      const Place place = places[static_cast<std::size_t>(std::countr_zero(left))];
      to = std::copy_n(arena_.data() + place.begin, place.size, to);
    }
    std::memmove(map, end, map_size + size);
    used_ = begin + map_size + size;
  }
  std::memset(map, 0, map_size);
  if (!expansion)
    for (std::size_t octet = 0; octet + 1 < map_size; ++octet) map[octet] |= kExtensionBit;
  for (std::uint64_t left = slots; left != 0; left &= left - 1) {
    const auto slot = static_cast<std::size_t>(std::countr_zero(left));
    map[slot / slots_per_octet] |= static_cast<std::byte>(0x80U >> slot % slots_per_octet);
  }
  return true;
}

bool ItemEncoder::read_fields(Fields& fields) {
  const FieldSpec& first = tables_.fields[fields.node.first_field];
  if (fields.node.field_count == 1 && first.name.empty()) {
    fields.end_bit = std::size_t{first.bit} + first.width;
    return read_value(first, fields.octets);
  }
  return begin(JsonKind::object) && read_members(fields, {});
}

/// The rest of an object of fields, or of one group of them.
bool ItemEncoder::read_members(Fields& fields, std::string_view group) {
  const auto specs = tables_.fields.subspan(fields.node.first_field, fields.node.field_count);
  while (true) {
    const std::size_t expected = fields.expected;
    const bool printed_order =
        expected < specs.size() && specs[expected].group == group && reader_->next_key_is(specs[expected].name);
    std::string_view key;
    if (printed_order)
      key = specs[expected].name;
    else if (!next_key(key))
      return reader_->ok() || fail(EncodeFaultCode::not_json);
    const JsonKind kind = printed_order ? reader_->peek() : JsonKind::none;
    if (kind == JsonKind::number || kind == JsonKind::string) {
      fields.expected = expected + 1;
      if (!read_member(fields, expected)) return false;
    } else if (!read_named_member(fields, group, key)) {
      return false;
    }
  }
}

bool ItemEncoder::read_named_member(Fields& fields, std::string_view group, std::string_view key) {
  const auto specs = tables_.fields.subspan(fields.node.first_field, fields.node.field_count);
  const bool is_group = group.empty() && reader_->peek() == JsonKind::object;
  std::size_t found = kNotFound;
  for (std::size_t i = 0; i < specs.size() && found == kNotFound; ++i) {
    const std::size_t candidate = wrapped(fields.expected + i, specs.size());
    const FieldSpec& spec = specs[candidate];
    if (is_group ? same(spec.group, key) : same(spec.group, group) && same(spec.name, key)) found = candidate;
  }
  spec_ = nullptr;
  if (found == kNotFound && is_explanation(specs, key)) return reader_->skip() || fail(EncodeFaultCode::not_json);
  if (found == kNotFound) return fail_member(specs, group, key);
  fields.expected = is_group ? found : found + 1;
  if (reader_->pass_null()) return true;
  if (is_group) return begin(JsonKind::object) && read_members(fields, key);
  return read_member(fields, found);
}

/// There is no such member; or there is, but not one of the kind of value that follows.
bool ItemEncoder::fail_member(std::span<const FieldSpec> specs, std::string_view group, std::string_view key) {
  const auto field =
      std::ranges::find_if(specs, [&](const FieldSpec& spec) { return spec.group == group && spec.name == key; });
  const bool is_group = group.empty() && std::ranges::find(specs, key, &FieldSpec::group) != specs.end();
  content_ = nullptr;
  if (field != specs.end()) spec_ = &*field;
  return fail(field != specs.end() || is_group ? EncodeFaultCode::wrong_type : EncodeFaultCode::unknown_field, key);
}

bool ItemEncoder::read_member(Fields& fields, std::size_t field) {
  const FieldSpec& spec = tables_.fields[fields.node.first_field + field];
  if ((fields.seen & bit_of(field)) != 0) return fail(EncodeFaultCode::repeated_key, spec.name);
  fields.seen |= bit_of(field);
  fields.end_bit = std::max(fields.end_bit, std::size_t{spec.bit} + spec.width);
  return read_value(spec, fields.octets);
}

void ItemEncoder::replace(std::size_t number, std::span<const std::byte> octets) {
  MARSAD_CHECK((presence_ & bit_of(number)) != 0 && used_ + octets.size() <= arena_.size());
  std::ranges::copy(octets, arena_.data() + used_);
  places_[number] = {static_cast<std::uint32_t>(used_), static_cast<std::uint32_t>(octets.size())};
  used_ += octets.size();
}

const schema::Profile& ItemEncoder::profile() const noexcept {
  if (tables_.profiles.size() == 1) return tables_.profiles[0];
  const std::uint64_t* const value = selected(tables_.selector);
  const auto found = std::ranges::find_if(tables_.profiles, [&](const schema::Profile& candidate) {
    return value != nullptr && candidate.selector_value == *value;
  });
  return found != tables_.profiles.end() ? *found : tables_.profiles[0];
}

bool ItemEncoder::append_to(std::vector<std::byte>& out, EncodeFault& fault) const {
  const auto slots = profile().slots;
  const std::size_t begin = out.size();
  const auto give_up = [&](EncodeFaultCode code, std::uint16_t node) {
    out.resize(begin);
    fault = {.code = code, .edition = edition_, .node = node};
    return false;
  };
  if (presence_ == 0) return give_up(EncodeFaultCode::empty_record, schema::kNone);
  std::uint64_t left = presence_;
  std::size_t used = 0;
  std::size_t size = 0;
  for (std::size_t slot = 0; left != 0 && slot < slots.size(); ++slot) {
    if (slots[slot] >= tables_.roots.size() || (left & bit_of(slots[slot])) == 0) continue;
    left &= ~bit_of(slots[slot]);
    size += places_[slots[slot]].size;
    used = slot + 1;
  }
  if (left != 0)
    return give_up(EncodeFaultCode::wrong_profile, tables_.roots[static_cast<std::size_t>(std::countr_zero(left))]);
  const std::size_t map_size = (used + 6) / 7;
  if (map_size + size > kMaxRecord) return give_up(EncodeFaultCode::too_large, schema::kNone);
  out.resize(begin + map_size + size, std::byte{0});
  std::byte* const map = out.data() + begin;
  std::byte* to = map + map_size;
  for (std::size_t octet = 0; octet + 1 < map_size; ++octet) map[octet] = kExtensionBit;
  for (std::size_t slot = 0; slot < used; ++slot) {
    const std::uint8_t number = slots[slot];
    if (number >= tables_.roots.size() || (presence_ & bit_of(number)) == 0) continue;
    map[slot / 7] |= static_cast<std::byte>(0x80U >> slot % 7);
    to = std::copy_n(arena_.data() + places_[number].begin, places_[number].size, to);
  }
  return true;
}

}  // namespace marsad::wire::asterix
