#include "marsad/wire/asterix/encode_fault.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <vector>

#include "marsad/wire/asterix/bits.hpp"

namespace marsad::wire::asterix {
namespace {

using schema::Content;
using schema::EditionTables;
using schema::FieldSpec;
using schema::Meaning;
using schema::Node;
using schema::Shape;

constexpr std::size_t kMaxNameCompared = 40;

std::string number(double value) {
  std::array<char, 32> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  return {digits.data(), end};
}

std::string item_name(const EditionTables& tables, std::string_view item) {
  const std::string category = std::to_string(1000 + tables.category->number).substr(1);
  return "I" + category + "/" + std::string(item);
}

/// "I062/380/MB", with the field "I062/380/MB/BDS1"
std::string path_of(const EncodeFault& fault) {
  if (fault.edition == nullptr || fault.node == schema::kNone) return {};
  const EditionTables& tables = fault.edition->tables();
  std::string path;
  const Node* node = &tables.nodes[fault.node];
  for (; node->parent != schema::kNone; node = &tables.nodes[node->parent]) path = "/" + std::string(node->name) + path;
  path = item_name(tables, node->name) + path;
  if (fault.field == schema::kNone) return path;
  const FieldSpec& spec = tables.fields[fault.field];
  for (const std::string_view part : {spec.group, spec.name})
    if (!part.empty()) path += "/" + std::string(part);
  return path;
}

std::string category_and_edition(const EncodeFault& fault) {
  return "category " + std::to_string(fault.edition->category()) + " edition " + std::string(fault.edition->name());
}

/// How many letters must be changed, added or left out (Levenshtein).
std::size_t distance(std::string_view a, std::string_view b) {
  a = a.substr(0, kMaxNameCompared);
  b = b.substr(0, kMaxNameCompared);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
    }
  }
  return row.back();
}

std::string nearest_of(std::string_view name, const std::vector<std::string>& known) {
  if (known.empty()) return "; it has none";
  const auto nearest =
      std::ranges::min_element(known, {}, [&](const std::string& candidate) { return distance(name, candidate); });
  return "; the nearest that it has is \"" + *nearest + "\"";
}

std::string unknown_item(const EncodeFault& fault) {
  const EditionTables& tables = fault.edition->tables();
  std::vector<std::string> known;
  for (const std::uint16_t root : tables.roots) known.push_back(item_name(tables, tables.nodes[root].name));
  return category_and_edition(fault) + " has no item \"" + std::string(fault.key) + "\"" + nearest_of(fault.key, known);
}

std::string unknown_field(const EncodeFault& fault) {
  const EditionTables& tables = fault.edition->tables();
  const Node& node = tables.nodes[fault.node];
  std::vector<std::string> known;
  if (node.shape == Shape::compound || node.shape == Shape::explicit_length) {
    for (const std::uint16_t child : tables.children.subspan(node.first_child, node.child_count))
      if (child != schema::kNone) known.emplace_back(tables.nodes[child].name);
  } else {
    for (const FieldSpec& spec : tables.fields.subspan(node.first_field, node.field_count)) {
      known.emplace_back(spec.name);
      if (!spec.group.empty()) known.emplace_back(spec.group);
    }
  }
  return path_of(fault) + " has no \"" + std::string(fault.key) + "\" in " + category_and_edition(fault) +
         nearest_of(fault.key, known);
}

std::string wrong_profile(const EncodeFault& fault) {
  const EditionTables& tables = fault.edition->tables();
  const std::string_view selector = name_of(Field{tables.category->number, tables.selector});
  return path_of(fault) + " has no place in this kind of record, which " + item_name(tables, selector) + " tells";
}

bool is_number(Meaning meaning) noexcept {
  return meaning == Meaning::signed_number || meaning == Meaning::unsigned_number;
}

/// "a number from 0 to 255.99609375 NM"
std::string range_of(const FieldSpec& spec, const Content& content) {
  const bool is_signed = content.meaning == Meaning::signed_number;
  const double step = content.numerator / content.denominator;
  const double highest = std::ldexp(1.0, is_signed ? spec.width - 1 : spec.width);
  std::string text = "from " + number(is_signed ? -highest * step : 0.0) + " to " + number((highest - 1) * step);
  if (!content.unit.empty()) text += " " + std::string(content.unit);
  return text + ", or with \"raw\" from " + number(is_signed ? -highest : 0.0) + " to " + number(highest - 1);
}

std::string wanted_value(const FieldSpec& spec, const Content& content) {
  switch (content.meaning) {
    case Meaning::ascii:
      return "a text of at most " + std::to_string(spec.width / 8) + " characters up to U+00FF";
    case Meaning::icao:
      return "a text of at most " + std::to_string(spec.width / 6) + " capital letters, digits and other characters " +
             "from U+0020 to U+005F";
    case Meaning::octal:
      return "a text of " + std::to_string((spec.width + 2) / 3) + " octal digits, or with \"raw\" a whole number";
    default:
      break;
  }
  if (schema::is_hexadecimal(spec, content))
    return "a text of " + std::to_string(spec.width / 4) + " hexadecimal digits";
  if (is_number(content.meaning)) return "a number " + range_of(spec, content);
  return "a whole number from 0 to " + number(std::ldexp(1.0, spec.width) - 1);
}

std::string wanted_structure(const Node& node) {
  switch (node.shape) {
    case Shape::repeat_count:
      return "an array of at most 255 elements";
    case Shape::repeat_fx:
      return "an array of 1 to 255 elements";
    case Shape::explicit_length:
      if (node.fspec_octets == 0) return "a text of at most 254 octets in hexadecimal digits";
      return "an object of sub-items, or a text of at most 254 octets in hexadecimal digits";
    default:
      return "an object";
  }
}

/// What would be right at the place of a wrong value.
std::string wanted(const EncodeFault& fault) {
  if (fault.edition == nullptr || fault.node == schema::kNone) return "an object is wanted";
  const EditionTables& tables = fault.edition->tables();
  if (fault.field == schema::kNone && !fault.key.empty())
    return path_of(fault) + "/" + std::string(fault.key) + ": an object is wanted";
  if (fault.field == schema::kNone)
    return path_of(fault) + ": " + wanted_structure(tables.nodes[fault.node]) + " is wanted";
  const FieldSpec& spec = tables.fields[fault.field];
  const Content& content = fault.content != nullptr ? *fault.content : schema::contents[spec.content];
  return path_of(fault) + ": " + wanted_value(spec, content) + " is wanted";
}

std::string known_editions(int category) {
  std::string names;
  for (const Edition& edition : editions_of(category))
    names += (names.empty() ? "" : ", ") + std::string(edition.name());
  return names;
}

std::string quoted(std::string_view key) { return "\"" + std::string(key) + "\""; }

std::string structural_message(const EncodeFault& fault) {
  switch (fault.code) {
    case EncodeFaultCode::not_json:
      if (fault.json == base::JsonFault::truncated)
        return "not JSON: the line ends too early; write one object on each line (jq -c does)";
      return std::string("not JSON: ") + base::name_of(fault.json);
    case EncodeFaultCode::trailing_text:
      return "there is more text after the object; write one object on each line";
    case EncodeFaultCode::missing_key:
      return quoted(fault.key) + " is missing; a line looks like {\"cat\":48,\"items\":{\"I048/010\":{\"SAC\":25,...";
    case EncodeFaultCode::repeated_key:
      return (path_of(fault).empty() ? "" : path_of(fault) + ": ") + quoted(fault.key) + " is there twice";
    case EncodeFaultCode::unknown_category:
      return "no edition of this category is described; \"marsad decode --schema\" lists those that are";
    case EncodeFaultCode::unknown_edition:
      if (fault.edition == nullptr) return quoted(fault.key) + " is no described edition";
      return "category " + std::to_string(fault.edition->category()) + " has no described edition " +
             quoted(fault.key) + "; there are " + known_editions(fault.edition->category());
    default:
      break;
  }
  return {};
}

}  // namespace

std::string message_of(const EncodeFault& fault) {
  switch (fault.code) {
    case EncodeFaultCode::unknown_item:
      return unknown_item(fault);
    case EncodeFaultCode::unknown_field:
      return unknown_field(fault);
    case EncodeFaultCode::wrong_type:
      return fault.node == schema::kNone && !fault.key.empty() ? quoted(fault.key) + " has a value of another kind"
                                                               : wanted(fault);
    case EncodeFaultCode::out_of_range:
    case EncodeFaultCode::not_whole:
    case EncodeFaultCode::bad_character:
    case EncodeFaultCode::wrong_length:
    case EncodeFaultCode::wrong_repetition:
      return fault.key.empty() ? wanted(fault) : quoted(fault.key) + ": whole octets in hexadecimal digits are wanted";
    case EncodeFaultCode::too_large:
      return (path_of(fault).empty() ? "" : path_of(fault) + ": ") +
             "too many octets; an expansion field may have 255, a record 65,532";
    case EncodeFaultCode::wrong_profile:
      return wrong_profile(fault);
    case EncodeFaultCode::empty_record:
      return "there is no item; a record needs at least one";
    default:
      return structural_message(fault);
  }
}

}  // namespace marsad::wire::asterix
