#include <array>
#include <charconv>

#include "marsad/wire/asterix/print.hpp"

namespace marsad::wire::asterix {
namespace {

using schema::FieldSpec;
using schema::Meaning;
using schema::Node;
using schema::Shape;

template <class Number>
void append_number(std::string& out, Number number) {
  std::array<char, 32> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
}

/// Names and titles are ours: plain ASCII but for quotes, which they don't have.
void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  out += text;
  out += '"';
}

/// Ends a JSON object or array that was left with a comma after its last member.
void close(std::string& out, char bracket) {
  if (out.back() == ',') out.pop_back();
  out += bracket;
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
    append_quoted(out, schema::keys[root.key].name());
    out += ":{\"title\":";
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
