#include "marsad/wire/asterix/record_parser.hpp"

#include <bit>

#include "marsad/wire/asterix/bits.hpp"
#include "marsad/wire/asterix/measure.hpp"

namespace marsad::wire::asterix {

using base::FaultCode;

bool RecordParser::fail(FaultCode code, std::size_t at) noexcept {
  outcome_.code = code;
  outcome_.at = at;
  return false;
}

bool RecordParser::read_presence_map() noexcept {
  std::size_t end = 0;
  do {
    if (end == rest_.size()) return fail(FaultCode::truncated, end);
    ++end;
  } while ((octet_at(rest_, end - 1) & 1U) != 0);
  position_ = end;
  return true;
}

bool RecordParser::read_item(std::uint8_t number) noexcept {
  const schema::Node& node = tables_.nodes[tables_.roots[number]];
  const std::uint64_t bit = std::uint64_t{1} << number;
  const auto octets = rest_.subspan(position_);
  const Extension extension = node.shape == schema::Shape::fixed && node.size <= octets.size()
                                  ? Extension{.size = node.size, .ok = true}
                                  : measure(tables_, node, octets);
  if (!extension.ok || (record_.presence_ & bit) != 0) {
    outcome_.item = Item{tables_.category->number, tables_.root_items[number]};
    return fail(extension.ok ? FaultCode::bad_value : extension.code, position_ + extension.at);
  }
  record_.presence_ |= bit;
  record_.extents_[number] = {static_cast<std::uint16_t>(position_), static_cast<std::uint16_t>(extension.size)};
  position_ += extension.size;
  if (node.shape == schema::Shape::explicit_length && node.fspec_octets > 0 &&
      !explains(tables_, node, octets.first(extension.size))) {
    record_.opaque_ |= bit;
    ++outcome_.unexplained_items;
  }
  return true;
}

/// The random field sequence: N, then N times the number of a slot and its item.
bool RecordParser::read_sequence() noexcept {
  if (position_ == rest_.size()) return fail(FaultCode::truncated, position_);
  const unsigned entries = octet_at(rest_, position_++);
  for (unsigned i = 0; i < entries; ++i) {
    if (position_ == rest_.size()) return fail(FaultCode::truncated, position_);
    const std::size_t slot = octet_at(rest_, position_);
    if (slot == 0 || slot > profile_->slots.size()) return fail(FaultCode::bad_value, position_);
    const std::uint8_t number = profile_->slots[slot - 1];
    if (number >= tables_.roots.size()) return fail(FaultCode::bad_value, position_);
    ++position_;
    if (!read_item(number)) return false;
  }
  return true;
}

void RecordParser::choose_profile() noexcept {
  const auto value = record_.raw(Field{tables_.category->number, tables_.selector});
  for (const schema::Profile& profile : tables_.profiles)
    if (value == profile.selector_value) profile_ = &profile;
}

bool RecordParser::read_slot(std::size_t slot) noexcept {
  const std::size_t map_octet = slot / 7;
  if (slot >= profile_->slots.size()) return fail(FaultCode::bad_value, map_octet);
  const std::uint8_t number = profile_->slots[slot];
  if (number == schema::kSequenceSlot) return read_sequence();
  if (number == schema::kSpareSlot) return fail(FaultCode::bad_value, map_octet);
  if (!read_item(number)) return false;
  if (tables_.selector != schema::kNone && slot == tables_.selector_slot) choose_profile();
  return true;
}

RecordParser::Outcome RecordParser::parse(const Edition& edition, std::span<const std::byte> rest, std::size_t offset,
                                          const std::optional<DataSource>& inherited, RecordView& record) noexcept {
  RecordParser parser(edition, rest, record);
  record.edition_ = &edition;
  record.offset_ = offset;
  record.presence_ = 0;
  record.opaque_ = 0;
  record.octets_ = rest;
  parser.profile_ = &parser.tables_.profiles[0];
  bool good = parser.read_presence_map();
  const std::size_t map_size = parser.position_;
  for (std::size_t octet = 0; good && octet < map_size; ++octet) {
    unsigned bits = octet_at(rest, octet) & 0xFEU;
    while (good && bits != 0) {
      const auto leading = static_cast<unsigned>(std::countl_zero(static_cast<std::uint8_t>(bits)));
      bits &= ~(0x80U >> leading);
      good = parser.read_slot(octet * 7 + leading);
    }
  }
  parser.outcome_.ok = good;
  if (!good) return parser.outcome_;
  parser.outcome_.size = parser.position_;
  record.octets_ = rest.first(parser.position_);
  record.source_ = inherited;
  const std::uint8_t source = edition.tables().source_item;
  if (source != schema::kSpareSlot && (record.presence_ >> source & 1U) != 0) {
    const std::size_t begin = record.extents_[source].begin;
    record.source_ = DataSource{static_cast<std::uint8_t>(octet_at(rest, begin)),
                                static_cast<std::uint8_t>(octet_at(rest, begin + 1))};
  }
  return parser.outcome_;
}

}  // namespace marsad::wire::asterix
