#include "marsad/wire/asterix/line_encoder.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>

#include "marsad/wire/asterix/print.hpp"
#include "marsad/wire/asterix/record_parser.hpp"

namespace marsad::wire::asterix {
namespace {

using base::JsonKind;
using base::JsonNumber;
using base::JsonReader;
using base::JsonText;

/// The keys that mean something; others are skipped.
enum Key : std::uint8_t { kCat, kEdition, kTime, kOffset, kBlock, kRaw, kItems, kOctets, kKeys };
constexpr std::array<std::string_view, kKeys> kNames{"cat",   "edition", "t",     "offset",
                                                     "block", "raw",     "items", "octets"};

unsigned bit_of(unsigned key) noexcept { return 1U << key; }

bool read_hexadecimal(std::string_view digits, std::vector<std::byte>& octets) {
  octets.clear();
  if (digits.size() % 2 != 0) return false;
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    unsigned octet = 0;
    const char* const end = digits.data() + i + 2;
    const auto [stop, error] = std::from_chars(digits.data() + i, end, octet, 16);
    if (error != std::errc{} || stop != end) return false;
    octets.push_back(static_cast<std::byte>(octet));
  }
  return true;
}

}  // namespace

LineEncoder::LineEncoder(const EditionSet& editions, bool raw) : editions_(editions), raw_(raw) {}

bool LineEncoder::fail(EncodeFaultCode code, std::size_t column, std::string_view key) {
  fault_ = {.code = code, .column = column, .key = key};
  return false;
}

LineEncoder::Encoders& LineEncoder::encoders_of(const Edition& edition) {
  const auto found = std::ranges::find_if(
      encoders_, [&](const auto& candidate) { return &candidate->edited.edition().tables() == &edition.tables(); });
  if (found != encoders_.end()) return **found;
  return *encoders_.emplace_back(std::make_unique<Encoders>(edition));
}

base::Result<EncodedRecord, EncodeFault> LineEncoder::encode(std::string_view text) {
  JsonReader reader(text);
  Line line{.raw = raw_};
  encoded_ = EncodedRecord{};
  if (!read_line(reader, line) || !finish(reader, line)) return fault_;
  encoded_.edition = line.encoded_as;
  Encoders& encoders = encoders_of(*line.encoded_as);
  if (!line.octets.raw.empty()) {
    if (!read_hexadecimal(line.octets.raw, given_)) {
      fail(EncodeFaultCode::bad_character, line.octets_at, kNames[kOctets]);
      return fault_;
    }
    if (restore(line, text.substr(line.items_at, line.items_end - line.items_at), encoders)) {
      encoded_.octets = given_;
      encoded_.origin = Origin::octets;
      return encoded_;
    }
    encoded_.origin = Origin::edited;
  }
  record_.clear();
  if (!encoders.edited.append_to(record_, fault_)) {
    fault_.column = line.items_at;
    return fault_;
  }
  encoded_.octets = record_;
  return encoded_;
}

/// The whole object. Its items are read at once if the category stands before them.
bool LineEncoder::read_line(JsonReader& reader, Line& line) {
  const JsonKind kind = reader.peek();
  if (kind == JsonKind::none) reader.skip();
  if (kind != JsonKind::none && kind != JsonKind::object) return fail(EncodeFaultCode::wrong_type, reader.position());
  reader.begin_object();
  for (JsonText key; reader.next_key(key);)
    if (!read_key(reader, line, key)) break;
  if (!reader.ok()) {
    fault_ = {.code = EncodeFaultCode::not_json, .column = reader.position(), .json = reader.fault()};
    return false;
  }
  if (line.failed) return false;
  return reader.at_end() || fail(EncodeFaultCode::trailing_text, reader.position());
}

/// False, and `line.failed`, if a key has a value of the wrong kind; false if the text is no JSON.
bool LineEncoder::read_key(JsonReader& reader, Line& line, JsonText name) {
  const auto found = std::ranges::find_if(kNames, [&](std::string_view known) { return base::equals(name, known); });
  const auto key = static_cast<unsigned>(found - kNames.begin());
  if (key == kKeys) return reader.skip();
  const auto refuse = [&](EncodeFaultCode code, std::size_t column) {
    line.failed = true;
    return fail(code, column, *found);
  };
  if ((line.seen & bit_of(key)) != 0) return refuse(EncodeFaultCode::repeated_key, reader.token());
  line.seen |= bit_of(key);
  if (key == kItems) return read_items(reader, line);
  if (reader.pass_null()) return true;
  const bool good = key == kEdition || key == kOctets ? read_text(reader, line, key)
                    : key == kRaw                     ? reader.peek() == JsonKind::literal && reader.read(line.raw)
                                                      : read_number(reader, line, key);
  return good || !reader.ok() || refuse(EncodeFaultCode::wrong_type, reader.position());
}

bool LineEncoder::read_text(JsonReader& reader, Line& line, unsigned key) {
  JsonText text;
  if (reader.peek() != JsonKind::string || !reader.read(text)) return false;
  (key == kEdition ? line.edition_name : line.octets) = text;
  (key == kEdition ? line.edition_at : line.octets_at) = reader.token();
  return true;
}

bool LineEncoder::read_number(JsonReader& reader, Line& line, unsigned key) {
  JsonNumber number;
  if (reader.peek() != JsonKind::number || !reader.read(number)) return false;
  if (key == kTime) {
    encoded_.receipt_time = number.value();
    return std::isfinite(*encoded_.receipt_time);
  }
  const auto whole = number.negative ? std::nullopt : number.whole();
  if (key == kOffset) encoded_.offset = whole;
  if (key == kBlock) encoded_.block = whole;
  if (key == kCat && whole && *whole <= 255) line.category = static_cast<int>(*whole);
  return whole && (key != kCat || *whole <= 255);
}

/// Reads the items in the edition that is known so far. If that fails, or it turns out to be another one, `finish`
/// reads them again.
bool LineEncoder::read_items(JsonReader& reader, Line& line) {
  static_cast<void>(reader.peek());
  line.items_at = reader.position();
  const Edition* edition = line.category ? edition_of(line) : nullptr;
  EncodeFault fault;
  if (edition != nullptr && encoders_of(*edition).edited.read(reader, line.raw, fault)) {
    line.encoded_as = edition;
    line.encoded_raw = line.raw;
  } else if (reader.ok()) {
    reader.rewind(line.items_at);
    reader.skip();
  }
  line.items_end = reader.position();
  return reader.ok();
}

const Edition* LineEncoder::edition_of(const Line& line) const noexcept {
  if (line.edition_name.raw.empty()) return editions_.of(*line.category);
  return find_edition(*line.category, line.edition_name.raw);
}

/// What can only be told at the end of the line: are the keys there that must be, and were the items read rightly?
bool LineEncoder::finish(JsonReader& reader, Line& line) {
  if (!line.category) return fail(EncodeFaultCode::missing_key, 0, kNames[kCat]);
  if (line.items_end == 0) return fail(EncodeFaultCode::missing_key, 0, kNames[kItems]);
  const Edition* const edition = edition_of(line);
  if (edition == nullptr) {
    fail(EncodeFaultCode::unknown_edition, line.edition_at, line.edition_name.raw);
    fault_.edition = latest_edition(*line.category);
    if (fault_.edition == nullptr || fault_.key.empty()) fault_.code = EncodeFaultCode::unknown_category;
    return false;
  }
  if (line.encoded_as == edition && line.encoded_raw == line.raw) return true;
  line.encoded_as = edition;
  reader.rewind(line.items_at);
  return encoders_of(*edition).edited.read(reader, line.raw, fault_);
}

/// Are the given octets those of the items? If not, the items that were left alone are still written as they were.
bool LineEncoder::restore(const Line& line, std::string_view items, Encoders& encoders) {
  constexpr std::size_t kMaxRecord = 0xFFFF - 3;  // what a data block can hold
  if (given_.size() > kMaxRecord) return false;
  const Edition& edition = *line.encoded_as;
  const auto outcome = RecordParser::parse(edition, given_, 0, std::nullopt, view_);
  if (!outcome.ok || outcome.size != given_.size()) return false;
  text_.clear();
  append_items_json(text_, view_, line.raw);
  if (text_ == items) return true;
  JsonReader reader(text_);
  EncodeFault fault;
  if (!encoders.decoded.read(reader, line.raw, fault)) return false;
  return keep_unchanged(encoders);
}

bool LineEncoder::keep_unchanged(Encoders& encoders) {
  ItemEncoder& edited = encoders.edited;
  const ItemEncoder& decoded = encoders.decoded;
  std::uint64_t same = 0;
  for (std::uint64_t left = edited.presence() & decoded.presence(); left != 0; left &= left - 1) {
    const auto number = static_cast<std::size_t>(std::countr_zero(left));
    if (std::ranges::equal(edited.octets(number), decoded.octets(number))) same |= left & -left;
  }
  if (same == edited.presence() && same == decoded.presence()) return true;
  const schema::EditionTables& tables = edited.edition().tables();
  for (; same != 0; same &= same - 1) {
    const auto number = static_cast<std::size_t>(std::countr_zero(same));
    edited.replace(number, view_.octets_of_node(tables.roots[number]));
  }
  return false;
}

}  // namespace marsad::wire::asterix
