#include <algorithm>
#include <exception>
#include <optional>

#include <toml++/toml.h>

#include "marsad/config/document.hpp"

namespace marsad::config {
namespace {

Place place_of(const toml::source_region& region) { return {region.begin.line, region.begin.column}; }

Node convert(const toml::node& node);

Table convert_table(const toml::table& table) {
  Table entries;
  entries.reserve(table.size());
  for (const auto& [key, value] : table) {
    entries.push_back({std::string(key.str()), convert(value)});
    // The place of a plain value's key says more than that of the value: that is where the eye looks first.
    if (!value.is_table() && !value.is_array_of_tables()) entries.back().node.place = place_of(key.source());
  }
  std::stable_sort(entries.begin(), entries.end(),
                   [](const auto& a, const auto& b) { return a.node.place < b.node.place; });
  return entries;
}

Array convert_array(const toml::array& array) {
  Array items;
  items.reserve(array.size());
  for (const toml::node& item : array) items.push_back(convert(item));
  return items;
}

Node convert(const toml::node& node) {
  Node result;
  result.place = place_of(node.source());
  if (const toml::table* table = node.as_table()) {
    result.value = convert_table(*table);
  } else if (const toml::array* array = node.as_array()) {
    result.value = convert_array(*array);
  } else if (const auto* text = node.as_string()) {
    result.value = text->get();
  } else if (const auto* whole = node.as_integer()) {
    result.value = whole->get();
  } else if (const auto* number = node.as_floating_point()) {
    result.value = number->get();
  } else if (const auto* truth = node.as_boolean()) {
    result.value = truth->get();
  } else {
    result.value = Moment{};
  }
  return result;
}

/// The first line with more dots than any key has. The library limits the nesting of values but not of dotted keys,
/// whose tables it frees by recursion: some ten thousand dots burn the stack.
std::optional<Place> endless_key(std::string_view text) {
  constexpr std::ptrdiff_t kMaxDotsInLine = 1000;
  for (std::uint32_t line = 1; !text.empty(); ++line) {
    const std::string_view here = text.substr(0, text.find('\n'));
    if (std::ranges::count(here, '.') > kMaxDotsInLine) return Place{line, 1};
    text.remove_prefix(std::min(here.size() + 1, text.size()));
  }
  return std::nullopt;
}

}  // namespace

base::Result<Node, SyntaxError> parse_document(std::string_view text) {
  if (text.size() > kMaxDocumentOctets) return SyntaxError{{}, "the text is larger than 16 MiB"};
  if (const auto place = endless_key(text)) return SyntaxError{*place, "more than 1000 dots in one line"};
  try {
    return convert(toml::parse(text));
  } catch (const toml::parse_error& error) {
    return SyntaxError{place_of(error.source()), std::string(error.description())};
  } catch (const std::exception& error) {
    return SyntaxError{{}, error.what()};
  }
}

std::string_view type_name(const Node& node) {
  constexpr std::string_view kNames[] = {"true or false",  "a whole number", "a number", "text",
                                         "a date or time", "an array",       "a table"};
  return kNames[node.value.index()];
}

}  // namespace marsad::config
