#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "marsad/wire/asterix/bits.hpp"
#include "marsad/wire/asterix/measure.hpp"
#include "marsad/wire/asterix/record_view.hpp"

/// The slow and obvious twin of the printers, for tests: item by item, character by character, every scaled number by
/// std::to_chars, nothing prepared but the tables.
namespace marsad::wire::asterix::twin {

using schema::FieldSpec;
using schema::Meaning;
using schema::Node;
using schema::Shape;
using Octets = std::span<const std::byte>;

template <class Number>
void append_number(std::string& out, Number number) {
  std::array<char, 32> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
}

inline void append_hex(std::string& out, Octets octets) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  out += '"';
  for (const std::byte octet : octets) {
    out += kDigits[std::to_integer<unsigned>(octet) >> 4];
    out += kDigits[std::to_integer<unsigned>(octet) & 15U];
  }
  out += '"';
}

/// One character of a JSON string; octets above 126 as the Unicode character of that number.
inline void append_escaped(std::string& out, char character) {
  const auto code = static_cast<unsigned char>(character);
  if (character == '"' || character == '\\') {
    out += '\\';
    out += character;
  } else if (code >= 32 && code < 127) {
    out += character;
  } else {
    constexpr std::string_view kDigits = "0123456789abcdef";
    out += "\\u00";
    out += kDigits[code >> 4];
    out += kDigits[code & 15U];
  }
}

inline void append_key(std::string& out, std::string_view key) {
  out += '"';
  out += key;
  out += "\":";
}

inline void append_item_key(std::string& out, int category, std::string_view name) {
  const std::string number = std::to_string(1000 + category).substr(1);
  append_key(out, "I" + number + "/" + std::string(name));
}

/// Ends a JSON object or array that was left with a comma after its last member.
inline void close(std::string& out, char bracket) {
  if (out.back() == ',') out.pop_back();
  out += bracket;
}

/// Codes that readers of JSON, who keep numbers as doubles, would damage.
inline bool is_octet_string(const FieldSpec& spec, const schema::Content& content) {
  const bool whole = spec.bit % 8 == 0 && spec.width % 8 == 0;
  return spec.width > 64 || (content.meaning == Meaning::code && spec.width > 53 && whole);
}

/// Prints one record, node by node, in the order of its octets.
class RecordPrinter {
 public:
  RecordPrinter(std::string& out, const RecordView& record, bool raw)
      : out_(out), record_(record), tables_(record.edition().tables()), raw_(raw) {}

  void print_items() {
    out_ += '{';
    for (std::size_t number = 0; number < tables_.roots.size(); ++number) {
      if ((record_.presence() >> number & 1U) == 0) continue;
      const std::uint16_t root = tables_.roots[number];
      append_item_key(out_, tables_.category->number, tables_.nodes[root].name);
      print_node(tables_.nodes[root], record_.octets_of_node(root));
      out_ += ',';
    }
    close(out_, '}');
  }

 private:
  void print_node(const Node& node, Octets octets);
  void print_children(const Node& node, Octets octets);
  void print_fields(const Node& node, Octets octets);
  void print_value(const FieldSpec& spec, const schema::Content& content, Octets octets);
  void print_number(std::uint64_t bits, std::size_t width, const schema::Content& content);
  void print_text(std::uint16_t bit, std::uint16_t width, std::size_t bits_each, Octets octets);
  bool is_replaced(const Node& node, std::size_t field) const;

  std::string& out_;
  const RecordView& record_;
  const schema::EditionTables& tables_;
  bool raw_;
};

inline void RecordPrinter::print_node(const Node& node, Octets octets) {
  switch (node.shape) {
    case Shape::fixed:
    case Shape::extended:
      return print_fields(node, octets);
    case Shape::compound:
      return print_children(node, octets);
    case Shape::explicit_length:
      if (node.fspec_octets == 0 || record_.is_opaque(node.position)) return append_hex(out_, octets.subspan(1));
      return print_children(node, octets);
    case Shape::repeat_count:
      octets = octets.subspan(1);
      break;
    case Shape::repeat_fx:
      break;
  }
  out_ += '[';
  for (; octets.size() >= node.size; octets = octets.subspan(node.size)) {
    print_fields(node, octets.first(node.size));
    out_ += ',';
  }
  close(out_, ']');
}

inline void RecordPrinter::print_children(const Node& node, Octets octets) {
  out_ += '{';
  ChildWalk walk(tables_, node, octets);
  while (walk.next()) {
    const Node& child = tables_.nodes[walk.child()];
    append_key(out_, child.name);
    print_node(child, walk.octets());
    out_ += ',';
  }
  close(out_, '}');
}

/// Is this field printed as a group of finer ones, because the values of other fields say what it consists of?
inline bool RecordPrinter::is_replaced(const Node& node, std::size_t field) const {
  const std::string_view name = tables_.fields[node.first_field + field].name;
  for (std::size_t i = field + 1; i < node.field_count; ++i) {
    const FieldSpec& spec = tables_.fields[node.first_field + i];
    if (!spec.only_in_case || spec.group != name) return false;
    if (record_.meaning_of(spec) != nullptr) return true;
  }
  return false;
}

inline void RecordPrinter::print_fields(const Node& node, Octets octets) {
  const auto fields = tables_.fields.subspan(node.first_field, node.field_count);
  if (fields.size() == 1 && fields[0].name.empty()) {
    const schema::Content* content = record_.meaning_of(fields[0]);
    return print_value(fields[0], content != nullptr ? *content : schema::contents[fields[0].content], octets);
  }
  out_ += '{';
  std::string_view group;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const FieldSpec& spec = fields[i];
    if (std::size_t{spec.bit} + spec.width > octets.size() * 8) break;
    const schema::Content* content = record_.meaning_of(spec);
    if (content == nullptr || is_replaced(node, i)) continue;
    if (spec.group != group) {
      if (!group.empty()) {
        close(out_, '}');
        out_ += ',';
      }
      group = spec.group;
      if (!group.empty()) {
        append_key(out_, group);
        out_ += '{';
      }
    }
    append_key(out_, spec.name);
    print_value(spec, *content, octets);
    out_ += ',';
  }
  if (!group.empty()) close(out_, '}');
  close(out_, '}');
}

inline void RecordPrinter::print_value(const FieldSpec& spec, const schema::Content& content, Octets octets) {
  switch (content.meaning) {
    case Meaning::ascii:
      return print_text(spec.bit, spec.width, 8, octets);
    case Meaning::icao:
      return print_text(spec.bit, spec.width, 6, octets);
    case Meaning::bds:
      return append_hex(out_, octets.subspan(spec.bit / 8U, spec.width / 8U));
    default:
      break;
  }
  if (is_octet_string(spec, content)) return append_hex(out_, octets.subspan(spec.bit / 8U, spec.width / 8U));
  print_number(read_bits(octets, spec.bit, spec.width), spec.width, content);
}

inline void RecordPrinter::print_number(std::uint64_t bits, std::size_t width, const schema::Content& content) {
  if (content.meaning == Meaning::octal && !raw_) {
    out_ += '"';
    for (std::size_t digits = (width + 2) / 3; digits-- > 0;)
      out_ += static_cast<char>('0' + (bits >> (3 * digits) & 7U));
    out_ += '"';
    return;
  }
  const bool is_signed = content.meaning == Meaning::signed_number;
  const std::int64_t number = is_signed ? sign_extend(bits, width) : static_cast<std::int64_t>(bits);
  const bool whole = raw_ || (content.numerator == 1.0 && content.denominator == 1.0);
  if (whole && is_signed) return append_number(out_, number);
  if (whole) return append_number(out_, bits);
  const double steps = is_signed ? static_cast<double>(number) : static_cast<double>(bits);
  const double value = steps * content.numerator / content.denominator;
  // Whole values print faster, and the same, as integers.
  if (std::abs(value) < 1e15 && value == std::trunc(value))
    return append_number(out_, static_cast<std::int64_t>(value));
  append_number(out_, value);
}

inline void RecordPrinter::print_text(std::uint16_t bit, std::uint16_t width, std::size_t bits_each, Octets octets) {
  const auto character = [&](std::size_t i) {
    const auto code = static_cast<unsigned>(read_bits(octets, bit + i * bits_each, bits_each));
    return static_cast<char>(bits_each == 6 && code < 32 ? code + 64 : code);
  };
  std::size_t size = width / bits_each;
  while (size > 0 && character(size - 1) == ' ') --size;
  out_ += '"';
  for (std::size_t i = 0; i < size; ++i) append_escaped(out_, character(i));
  out_ += '"';
}

/// The items of a record as `append_items_json` must print them.
inline std::string items_json(const RecordView& record, bool raw) {
  std::string out;
  RecordPrinter(out, record, raw).print_items();
  return out;
}

}  // namespace marsad::wire::asterix::twin
