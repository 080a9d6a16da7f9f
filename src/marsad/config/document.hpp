#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "marsad/base/result.hpp"

/// A parsed TOML document as plain values with their places, so that nothing else here knows which library read it.
namespace marsad::config {

/// Where something stands in a text. Both from 1; 0 if unknown.
struct Place {
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  friend auto operator<=>(const Place&, const Place&) = default;
};

struct Node;
struct Entry;

/// The entries of a table in the order of the text.
using Table = std::vector<Entry>;
using Array = std::vector<Node>;
/// A date or time: valid TOML for which no setting has a use.
struct Moment {};

/// One value.
struct Node {
  Place place;  ///< of the value; of the header for a table
  std::variant<bool, std::int64_t, double, std::string, Moment, Array, Table> value;
};

/// One key of a table.
struct Entry {
  std::string key;
  Node node;
};

/// Why a text is no TOML.
struct SyntaxError {
  Place place;
  std::string problem;
};

/// Reads TOML 1.0. Texts over `kMaxDocumentOctets` are refused before they are looked at; nesting deeper than the
/// library's limit of 256, or a line with more than 1000 dots, is a syntax error. Never throws.
base::Result<Node, SyntaxError> parse_document(std::string_view text);

inline constexpr std::size_t kMaxDocumentOctets = std::size_t{16} * 1024 * 1024;

/// "a whole number", "text", "a table": what a person would call the type of `node`.
std::string_view type_name(const Node& node);

}  // namespace marsad::config
