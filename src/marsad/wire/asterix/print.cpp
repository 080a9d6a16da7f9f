#include "marsad/wire/asterix/print.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "marsad/wire/asterix/bits.hpp"
#include "marsad/wire/asterix/canonical.hpp"
#include "marsad/wire/asterix/measure.hpp"

namespace marsad::wire::asterix {
namespace {

using schema::FieldSpec;
using schema::Meaning;
using schema::Node;
using schema::Shape;
using Octets = std::span<const std::byte>;

constexpr std::size_t kHeaderOctets = 3;  // of a data block

template <class Number>
void append_number(std::string& out, Number number) {
  std::array<char, 32> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
}

void append_hex(std::string& out, Octets octets) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  out += '"';
  for (const std::byte octet : octets) {
    out += kDigits[std::to_integer<unsigned>(octet) >> 4];
    out += kDigits[std::to_integer<unsigned>(octet) & 15U];
  }
  out += '"';
}

/// One character of a JSON string; octets above 126 as the Unicode character of that number.
void append_escaped(std::string& out, char character) {
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

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  for (const char character : text) append_escaped(out, character);
  out += '"';
}

/// Names of fields are short: put together first, they are appended at once. (Pointer and size, not a pair of pointers:
/// with g++ 12 that saves a twelfth of the instructions of all printing.)
void append_key(std::string& out, std::string_view key) {
  std::array<char, 32> quoted;
  if (key.size() > quoted.size() - 3) key = key.substr(0, quoted.size() - 3);
  quoted[0] = '"';
  char* end = std::copy(key.begin(), key.end(), quoted.data() + 1);
  *end++ = '"';
  *end++ = ':';
  out.append(quoted.data(), static_cast<std::size_t>(end - quoted.data()));
}

void append_item_key(std::string& out, int category, std::string_view name) {
  std::array<char, 16> key{'I', static_cast<char>('0' + category / 100), static_cast<char>('0' + category / 10 % 10),
                           static_cast<char>('0' + category % 10), '/'};
  const char* end = std::copy(name.begin(), name.end(), key.data() + 5);
  append_key(out, {key.data(), end});
}

/// Ends a JSON object or array that was left with a comma after its last member.
void close(std::string& out, char bracket) {
  if (out.back() == ',') out.pop_back();
  out += bracket;
}

/// Codes that readers of JSON, who keep numbers as doubles, would damage.
bool is_octet_string(const FieldSpec& spec, const schema::Content& content) {
  const bool whole = spec.bit % 8 == 0 && spec.width % 8 == 0;
  return spec.width > 64 || (content.meaning == Meaning::code && spec.width > 53 && whole);
}

/// Prints one record, node by node, in the order of its octets.
class RecordPrinter {
 public:
  RecordPrinter(std::string& out, const RecordView& record, const PrintOptions& options)
      : out_(out),
        record_(record),
        tables_(record.edition().tables()),
        raw_(options.raw),
        append_register_(options.append_register) {}

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
  void print_register(std::span<const FieldSpec> fields, Octets octets);
  bool is_replaced(const Node& node, std::size_t field) const;

  std::string& out_;
  const RecordView& record_;
  const schema::EditionTables& tables_;
  bool raw_;
  void (*append_register_)(std::string&, std::uint8_t, std::uint64_t);
};

/// What the register that these fields hold and name says.
void RecordPrinter::print_register(std::span<const FieldSpec> fields, Octets octets) {
  if (fields.size() != 3 || schema::contents[fields[0].content].meaning != Meaning::bds || fields[1].name != "BDS1" ||
      fields[2].name != "BDS2")
    return;
  const std::uint64_t number = read_bits(octets, fields[1].bit, 8);
  const std::size_t before = out_.size();
  append_key(out_, "register");
  const std::size_t begin = out_.size();
  append_register_(out_, static_cast<std::uint8_t>(number), read_bits(octets, fields[0].bit, fields[0].width));
  if (out_.size() == begin) return out_.resize(before);
  out_ += ',';
}

void RecordPrinter::print_node(const Node& node, Octets octets) {
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

void RecordPrinter::print_children(const Node& node, Octets octets) {
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
bool RecordPrinter::is_replaced(const Node& node, std::size_t field) const {
  const std::string_view name = tables_.fields[node.first_field + field].name;
  for (std::size_t i = field + 1; i < node.field_count; ++i) {
    const FieldSpec& spec = tables_.fields[node.first_field + i];
    if (!spec.only_in_case || spec.group != name) return false;
    if (record_.meaning_of(spec) != nullptr) return true;
  }
  return false;
}

void RecordPrinter::print_fields(const Node& node, Octets octets) {
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
  if (append_register_ != nullptr) print_register(fields, octets);
  close(out_, '}');
}

void RecordPrinter::print_value(const FieldSpec& spec, const schema::Content& content, Octets octets) {
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

void RecordPrinter::print_number(std::uint64_t bits, std::size_t width, const schema::Content& content) {
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

void RecordPrinter::print_text(std::uint16_t bit, std::uint16_t width, std::size_t bits_each, Octets octets) {
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

void append_time(std::string& out, const std::optional<double>& time, std::string_view unknown) {
  if (time && std::isfinite(*time))
    append_number(out, *time);
  else
    out += unknown;
}

void append_field_schema(std::string& out, const FieldSpec& spec, int category) {
  constexpr std::array<std::string_view, 7> kMeanings{"code",  "unsigned number", "signed number",  "octal digits",
                                                      "ASCII", "ICAO six-bit",    "Comm-B register"};
  const schema::Content& content = schema::contents[spec.content];
  out += "{\"name\":";
  append_quoted(out, name_of(Field{static_cast<std::uint8_t>(category), spec.index}));
  out += ",\"bits\":";
  append_number(out, spec.width);
  out += ",\"meaning\":";
  append_quoted(out, kMeanings[static_cast<std::size_t>(content.meaning)]);
  if (content.meaning == Meaning::unsigned_number || content.meaning == Meaning::signed_number) {
    out += ",\"step\":";
    append_number(out, content.numerator / content.denominator);
    out += ",\"unit\":\"";
    out += content.unit;
    out += '"';
  }
  if (spec.case_count > 0) out += ",\"depends_on_other_fields\":true";
  out += '}';
}

void append_node_fields(std::string& out, const schema::EditionTables& tables, const Node& node) {
  for (const FieldSpec& spec : tables.fields.subspan(node.first_field, node.field_count)) {
    append_field_schema(out, spec, tables.category->number);
    if (node.shape == Shape::repeat_count || node.shape == Shape::repeat_fx) {
      out.pop_back();
      out += ",\"repeats\":true}";
    }
    out += ',';
  }
  if (node.shape != Shape::compound && node.shape != Shape::explicit_length) return;
  for (const std::uint16_t child : tables.children.subspan(node.first_child, node.child_count))
    if (child != schema::kNone) append_node_fields(out, tables, tables.nodes[child]);
}

}  // namespace

void append_json(std::string& out, const RecordView& record, const PrintOptions& options) {
  out += "{\"cat\":";
  append_number(out, record.category());
  out += ",\"edition\":\"";
  out += record.edition().name();
  out += "\",\"t\":";
  append_time(out, options.receipt_time, "null");
  out += ",\"offset\":";
  append_number(out, options.base_offset + record.offset());
  if (record.offset() != record.block_offset() + kHeaderOctets) {
    out += ",\"block\":";
    append_number(out, options.base_offset + record.block_offset());
  }
  out += options.raw ? ",\"raw\":true,\"items\":" : ",\"items\":";
  RecordPrinter(out, record, options).print_items();
  if (!is_canonical(record)) {
    out += ",\"octets\":";
    append_hex(out, record.octets());
  }
  out += '}';
}

void append_items_json(std::string& out, const RecordView& record, bool raw) {
  RecordPrinter(out, record, {.raw = raw}).print_items();
}

std::string record_to_json(const RecordView& record, const PrintOptions& options) {
  std::string out;
  append_json(out, record, options);
  return out;
}

std::string_view csv_header() noexcept { return "cat,edition,t,offset,sac,sic,items\n"; }

void append_csv(std::string& out, const RecordView& record, const PrintOptions& options) {
  append_number(out, record.category());
  out += ',';
  out += record.edition().name();
  out += ',';
  append_time(out, options.receipt_time, "");
  out += ',';
  append_number(out, options.base_offset + record.offset());
  out += ',';
  if (record.source()) append_number(out, record.source()->sac);
  out += ',';
  if (record.source()) append_number(out, record.source()->sic);
  out += ",\"";
  std::string items;
  RecordPrinter(items, record, options).print_items();
  for (const char character : items) {
    if (character == '"') out += '"';
    out += character;
  }
  out += "\"\n";
}

void append_schema_json(std::string& out, const Edition& edition) {
  const schema::EditionTables& tables = edition.tables();
  out += "{\"cat\":";
  append_number(out, edition.category());
  out += ",\"edition\":";
  append_quoted(out, edition.name());
  out += ",\"date\":";
  append_quoted(out, edition.date());
  out += ",\"title\":";
  append_quoted(out, edition.title());
  out += ",\"also_decodes\":[";
  for (const std::string_view name : edition.also_decodes()) {
    append_quoted(out, name);
    out += ',';
  }
  close(out, ']');
  out += ",\"items\":{";
  for (std::size_t number = 0; number < tables.roots.size(); ++number) {
    const Node& root = tables.nodes[tables.roots[number]];
    append_item_key(out, edition.category(), root.name);
    out += "{\"title\":";
    append_quoted(out, tables.titles[number]);
    out += ",\"fields\":[";
    append_node_fields(out, tables, root);
    close(out, ']');
    out += "},";
  }
  close(out, '}');
  out += '}';
}

}  // namespace marsad::wire::asterix
