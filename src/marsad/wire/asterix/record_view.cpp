#include "marsad/wire/asterix/record_view.hpp"

#include "marsad/wire/asterix/bits.hpp"
#include "marsad/wire/asterix/measure.hpp"

namespace marsad::wire::asterix {
namespace {

using schema::FieldSpec;
using schema::Meaning;
using schema::Node;
using schema::Shape;
using Octets = std::span<const std::byte>;

/// How often the bits of `spec` occur in the octets of its node.
std::size_t repetitions(const Node& node, const FieldSpec& spec, Octets octets) noexcept {
  if (octets.empty()) return 0;
  switch (node.shape) {
    case Shape::fixed:
      return 1;
    case Shape::extended:
      return std::size_t{spec.bit} + spec.width <= octets.size() * 8 ? 1 : 0;
    case Shape::repeat_count:
      return octet_at(octets, 0);
    case Shape::repeat_fx:
      return octets.size() / node.size;
    default:
      return 0;
  }
}

/// The octets of repetition `i`.
Octets repetition(const Node& node, Octets octets, std::size_t i) noexcept {
  if (node.shape == Shape::repeat_count) return octets.subspan(1 + i * node.size, node.size);
  if (node.shape == Shape::repeat_fx) return octets.subspan(i * node.size, node.size);
  return octets;
}

FixedText octal_text(std::uint64_t bits, std::size_t width) noexcept {
  FixedText text;
  for (std::size_t digits = (width + 2) / 3; digits-- > 0;)
    static_cast<void>(text.push_back(static_cast<char>('0' + (bits >> (3 * digits) & 7U))));
  return text;
}

FixedText characters(Octets octets, std::size_t bit, std::size_t width, std::size_t bits_each) noexcept {
  FixedText text;
  for (std::size_t end = bit + width; bit + bits_each <= end; bit += bits_each) {
    const auto code = static_cast<unsigned>(read_bits(octets, bit, bits_each));
    const unsigned character = bits_each == 6 && code < 32 ? code + 64 : code;
    static_cast<void>(text.push_back(static_cast<char>(character)));
  }
  text.trim();
  return text;
}

}  // namespace

bool RecordView::has(Item item) const noexcept {
  if (!edition_->describes(item)) return false;
  return (presence_ >> edition_->tables().item_numbers[item.index] & 1U) != 0;
}

Octets RecordView::octets(Item item) const noexcept {
  if (!has(item)) return {};
  const Extent extent = extents_[edition_->tables().item_numbers[item.index]];
  return octets_.subspan(extent.begin, extent.size);
}

Octets RecordView::octets_of_node(std::size_t index) const noexcept {
  const schema::EditionTables& tables = edition_->tables();
  const Node& node = tables.nodes[index];
  if (node.parent == schema::kNone) {
    if ((presence_ >> node.position & 1U) == 0) return {};
    return octets_.subspan(extents_[node.position].begin, extents_[node.position].size);
  }
  const Node& parent = tables.nodes[node.parent];
  if (parent.shape == Shape::explicit_length && is_opaque(parent.position)) return {};
  return find_child(tables, parent, octets_of_node(node.parent), node.position);
}

const schema::Case* RecordView::holding_case(const FieldSpec& spec) const noexcept {
  const auto number = edition_->tables().category->number;
  for (const schema::Case& candidate : edition_->tables().cases.subspan(spec.first_case, spec.case_count)) {
    bool holds = true;
    for (std::size_t i = 0; i < 2 && holds && candidate.selector[i] != schema::kNone; ++i)
      holds = raw(Field{number, candidate.selector[i]}) == candidate.key[i];
    if (holds) return &candidate;
  }
  return nullptr;
}

const schema::Content* RecordView::meaning_of(const FieldSpec& spec) const noexcept {
  if (spec.case_count == 0) return &schema::contents[spec.content];
  const schema::Case* holding = holding_case(spec);
  if (holding != nullptr) return &schema::contents[holding->content];
  return spec.only_in_case ? nullptr : &schema::contents[spec.content];
}

std::size_t RecordView::count(Field field) const noexcept {
  const FieldSpec* spec = edition_->find(field);
  if (spec == nullptr || meaning_of(*spec) == nullptr) return 0;
  return repetitions(edition_->tables().nodes[spec->node], *spec, octets_of_node(spec->node));
}

RecordView::Place RecordView::locate(Field field, std::size_t i) const noexcept {
  const FieldSpec* spec = edition_->find(field);
  if (spec == nullptr) return {};
  const Node& node = edition_->tables().nodes[spec->node];
  const Octets octets = octets_of_node(spec->node);
  if (i >= repetitions(node, *spec, octets)) return {};
  const schema::Content* meaning = meaning_of(*spec);
  if (meaning == nullptr) return {};
  return {spec, meaning, repetition(node, octets, i)};
}

std::optional<std::uint64_t> RecordView::raw(Field field, std::size_t i) const noexcept {
  const Place place = locate(field, i);
  if (place.spec == nullptr || place.spec->width > 64) return std::nullopt;
  return read_bits(place.octets, place.spec->bit, place.spec->width);
}

std::optional<std::int64_t> RecordView::raw_signed(Field field, std::size_t i) const noexcept {
  const Place place = locate(field, i);
  if (place.spec == nullptr || place.spec->width > 64) return std::nullopt;
  const std::uint64_t bits = read_bits(place.octets, place.spec->bit, place.spec->width);
  const bool is_signed = place.content->meaning == Meaning::signed_number;
  return is_signed ? sign_extend(bits, place.spec->width) : static_cast<std::int64_t>(bits);
}

std::optional<double> RecordView::value(Field field, std::size_t i) const noexcept {
  const Place place = locate(field, i);
  if (place.spec == nullptr || place.spec->width > 64) return std::nullopt;
  const schema::Content& content = *place.content;
  if (content.meaning == Meaning::ascii || content.meaning == Meaning::icao) return std::nullopt;
  const std::uint64_t bits = read_bits(place.octets, place.spec->bit, place.spec->width);
  const double number = content.meaning == Meaning::signed_number
                            ? static_cast<double>(sign_extend(bits, place.spec->width))
                            : static_cast<double>(bits);
  return number * content.numerator / content.denominator;
}

std::optional<FixedText> RecordView::text(Field field, std::size_t i) const noexcept {
  const Place place = locate(field, i);
  if (place.spec == nullptr) return std::nullopt;
  switch (place.content->meaning) {
    case Meaning::octal:
      return octal_text(read_bits(place.octets, place.spec->bit, place.spec->width), place.spec->width);
    case Meaning::ascii:
      return characters(place.octets, place.spec->bit, place.spec->width, 8);
    case Meaning::icao:
      return characters(place.octets, place.spec->bit, place.spec->width, 6);
    default:
      return std::nullopt;
  }
}

Octets RecordView::octets(Field field, std::size_t i) const noexcept {
  const Place place = locate(field, i);
  if (place.spec == nullptr || place.spec->bit % 8 != 0 || place.spec->width % 8 != 0) return {};
  return place.octets.subspan(place.spec->bit / 8U, place.spec->width / 8U);
}

}  // namespace marsad::wire::asterix
