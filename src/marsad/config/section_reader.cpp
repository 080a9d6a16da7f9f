#include "marsad/config/section_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numeric>
#include <utility>

#include <fmt/core.h>

namespace marsad::config {
namespace {

const Table& table_of(const Node& node) {
  static const Table kEmpty{};
  const Table* table = std::get_if<Table>(&node.value);
  return table == nullptr ? kEmpty : *table;
}

std::string joined(std::span<const std::string_view> names) {
  std::string text;
  for (const std::string_view name : names) text += fmt::format("{}\"{}\"", text.empty() ? "" : ", ", name);
  return text;
}

/// Distance of Damerau and Levenshtein (optimal string alignment), by rows.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before;
  std::vector<std::size_t> above(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(above.begin(), above.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t cost = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + cost});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before = std::exchange(above, row);
  }
  return above[b.size()];
}

bool is_address(std::string_view text) { return first_octet_of_ipv4(text).has_value() || is_ipv6(text); }

/// A numeric address, or a name as the kernel gives interfaces: 1 to 15 octets without blanks, points and slashes.
bool is_interface(std::string_view text) {
  constexpr std::size_t kLongest = 15;
  return is_address(text) || (!text.empty() && text.size() <= kLongest && text != "." && text != ".." &&
                              text.find_first_of(" /:") == std::string_view::npos);
}

}  // namespace

void ErrorList::add(Place place, std::string key, std::string problem, std::string remedy) {
  if (full()) return;
  errors_.push_back({file_, place.line, place.column, std::move(key), std::move(problem), std::move(remedy)});
}

std::vector<ConfigError> ErrorList::take() && {
  std::stable_sort(errors_.begin(), errors_.end(), [](const ConfigError& a, const ConfigError& b) {
    return std::pair(a.line, a.column) < std::pair(b.line, b.column);
  });
  return std::move(errors_);
}

SectionReader::SectionReader(const Node& section, std::string path, ErrorList& errors)
    : section_(section), entries_(table_of(section)), path_(std::move(path)), errors_(errors) {}

std::string SectionReader::path_of(std::string_view key) const {
  return path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key);
}

const Node* SectionReader::find(std::string_view key) {
  known_.push_back(key);
  const auto entry = std::find_if(entries_.begin(), entries_.end(), [key](const auto& e) { return e.key == key; });
  return entry == entries_.end() ? nullptr : &entry->node;
}

void SectionReader::wrong_type(std::string_view key, const Node& node, std::string_view wanted) {
  errors_.add(node.place, path_of(key), fmt::format("must be {}, not {}", wanted, type_name(node)),
              fmt::format("write {} = followed by {}", key, wanted));
}

std::optional<double> SectionReader::number(std::string_view key, NumberRange range) {
  const Node* node = find(key);
  if (node == nullptr) return std::nullopt;
  double value = 0.0;
  if (const auto* whole = std::get_if<std::int64_t>(&node->value)) {
    value = static_cast<double>(*whole);
  } else if (const auto* real = std::get_if<double>(&node->value)) {
    value = *real;
  } else {
    wrong_type(key, *node, "a number");
    return std::nullopt;
  }
  if (value >= range.least && value <= range.most) return value;  // false for a NaN
  errors_.add(node->place, path_of(key), fmt::format("is out of range: {}", value),
              fmt::format("give {} to {} {}", range.least, range.most, range.unit));
  return std::nullopt;
}

std::optional<std::int64_t> SectionReader::whole(std::string_view key, std::int64_t least, std::int64_t most) {
  const Node* node = find(key);
  if (node == nullptr) return std::nullopt;
  const auto* value = std::get_if<std::int64_t>(&node->value);
  if (value == nullptr) {
    wrong_type(key, *node, "a whole number");
    return std::nullopt;
  }
  if (*value >= least && *value <= most) return *value;
  errors_.add(node->place, path_of(key), fmt::format("is out of range: {}", *value),
              fmt::format("give a whole number from {} to {}", least, most));
  return std::nullopt;
}

std::optional<std::vector<std::int64_t>> SectionReader::wholes(std::string_view key, std::int64_t least,
                                                               std::int64_t most) {
  const Node* node = find(key);
  if (node == nullptr) return std::nullopt;
  const auto* items = std::get_if<Array>(&node->value);
  if (items == nullptr) {
    wrong_type(key, *node, "a list of whole numbers");
    return std::nullopt;
  }
  std::vector<std::int64_t> values;
  for (const Node& item : *items) {
    const auto* value = std::get_if<std::int64_t>(&item.value);
    const bool good = value != nullptr && *value >= least && *value <= most;
    if (!good || std::find(values.begin(), values.end(), *value) != values.end()) {
      errors_.add(item.place, path_of(key), "has an entry that is wrong or repeated",
                  fmt::format("list whole numbers from {} to {}, each once", least, most));
      return std::nullopt;
    }
    values.push_back(*value);
  }
  return values;
}

std::optional<bool> SectionReader::truth(std::string_view key) {
  const Node* node = find(key);
  if (node == nullptr) return std::nullopt;
  if (const auto* value = std::get_if<bool>(&node->value)) return *value;
  wrong_type(key, *node, "true or false");
  return std::nullopt;
}

std::optional<std::string> SectionReader::text(std::string_view key) {
  const Node* node = find(key);
  if (node == nullptr) return std::nullopt;
  const auto* value = std::get_if<std::string>(&node->value);
  if (value == nullptr) {
    wrong_type(key, *node, "text in double quotes");
    return std::nullopt;
  }
  if (is_plain_text(*value)) return *value;
  errors_.add(node->place, path_of(key), "must be 1 to 255 octets of text without control characters",
              "give a short name, or leave the key out");
  return std::nullopt;
}

std::optional<std::size_t> SectionReader::choice(std::string_view key, std::span<const std::string_view> names) {
  const std::optional<std::string> value = text(key);
  if (!value) return std::nullopt;
  const auto found = std::find(names.begin(), names.end(), *value);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  const std::string_view near = nearest_name(*value, names);
  fail(key, fmt::format("does not know \"{}\"", *value),
       near.empty() ? fmt::format("use one of {}", joined(names)) : fmt::format("did you mean \"{}\"?", near));
  return std::nullopt;
}

std::optional<std::string> SectionReader::address(std::string_view key) {
  std::optional<std::string> value = text(key);
  if (!value || is_address(*value)) return value;
  fail_address(key, *value);
  return std::nullopt;
}

void SectionReader::fail_address(std::string_view key, std::string_view value) {
  fail(key, fmt::format("is no numeric IPv4 address, nor IPv6: \"{}\"", value),
       "write four numbers like \"127.0.0.1\", or an address like \"::1\"");
}

std::optional<std::vector<std::string>> SectionReader::addresses(std::string_view key) {
  auto values = texts(key);
  if (!values) return std::nullopt;
  const auto wrong = std::find_if_not(values->begin(), values->end(), is_address);
  if (wrong == values->end()) return values;
  fail_address(key, *wrong);
  return std::nullopt;
}

std::optional<std::string> SectionReader::host(std::string_view key) {
  std::optional<std::string> value = text(key);
  if (!value || is_host(*value)) return value;
  fail(key, fmt::format("is no host: \"{}\"", *value), "write a name, or an address like \"127.0.0.1\" or \"::1\"");
  return std::nullopt;
}

std::optional<std::vector<std::string>> SectionReader::interfaces(std::string_view key) {
  auto values = texts(key);
  if (!values) return std::nullopt;
  const auto wrong = std::find_if_not(values->begin(), values->end(), is_interface);
  if (wrong == values->end()) return values;
  fail(key, fmt::format("is no network interface: \"{}\"", *wrong),
       "write its name like \"eth1\", or an address of it like \"10.0.0.1\"");
  return std::nullopt;
}

std::optional<std::vector<std::string>> SectionReader::texts(std::string_view key) {
  const Node* node = find(key);
  if (node == nullptr) return std::nullopt;
  if (!std::holds_alternative<Array>(node->value)) {
    auto one = text(key);
    return one ? std::optional(std::vector{std::move(*one)}) : std::nullopt;
  }
  std::vector<std::string> values;
  for (const Node& item : std::get<Array>(node->value)) {
    const auto* value = std::get_if<std::string>(&item.value);
    const bool good = value != nullptr && is_plain_text(*value);
    if (!good || std::find(values.begin(), values.end(), *value) != values.end()) {
      errors_.add(item.place, path_of(key), "has an entry that is wrong or repeated",
                  "list texts in double quotes, each once");
      return std::nullopt;
    }
    values.push_back(*value);
  }
  if (!values.empty()) return values;
  fail(key, "lists nothing", "list at least one, or leave the key out");
  return std::nullopt;
}

std::optional<std::uint16_t> SectionReader::port(std::string_view key) {
  const auto value = whole(key, 1, 65535);
  return value ? std::optional(static_cast<std::uint16_t>(*value)) : std::nullopt;
}

std::optional<std::uint8_t> SectionReader::octet(std::string_view key) {
  const auto value = whole(key, 0, 255);
  return value ? std::optional(static_cast<std::uint8_t>(*value)) : std::nullopt;
}

const Node* SectionReader::table(std::string_view key) {
  const Node* node = find(key);
  if (node == nullptr || std::holds_alternative<Table>(node->value)) return node;
  errors_.add(node->place, path_of(key), fmt::format("must be a table, not {}", type_name(*node)),
              fmt::format("write [{}] on a line of its own and its keys below", path_of(key)));
  return nullptr;
}

std::vector<const Node*> SectionReader::tables(std::string_view key, std::size_t most) {
  const Node* node = find(key);
  if (node == nullptr) return {};
  std::vector<const Node*> found;
  const auto* items = std::get_if<Array>(&node->value);
  bool good = items != nullptr;
  if (good) {
    for (const Node& item : *items) {
      good = good && std::holds_alternative<Table>(item.value);
      found.push_back(&item);
    }
  }
  if (good && found.size() <= most) return found;
  if (good) {
    errors_.add(found[most]->place, path_of(key), fmt::format("is one of {}", found.size()),
                fmt::format("give {} of them at most", most));
    return {};
  }
  errors_.add(node->place, path_of(key), "must be a list of tables",
              fmt::format("write [[{}]] on a line of its own before the keys of each", path_of(key)));
  return {};
}

bool SectionReader::has(std::string_view key) const {
  return std::any_of(entries_.begin(), entries_.end(), [key](const auto& e) { return e.key == key; });
}

void SectionReader::require(std::string_view key, std::string_view example) {
  if (!has(key)) errors_.add(section_.place, path_of(key), "is missing", fmt::format("add {}", example));
}

void SectionReader::fail(std::string_view key, std::string problem, std::string remedy) {
  const auto entry = std::find_if(entries_.begin(), entries_.end(), [key](const auto& e) { return e.key == key; });
  const Place place = entry == entries_.end() ? section_.place : entry->node.place;
  errors_.add(place, path_of(key), std::move(problem), std::move(remedy));
}

void SectionReader::finish() {
  for (const auto& [key, node] : entries_) {
    if (errors_.full()) return;
    if (std::find(known_.begin(), known_.end(), key) != known_.end()) continue;
    const std::string_view near = nearest_name(key, known_);
    errors_.add(
        node.place, path_of(key), "is not a known key",
        near.empty() ? fmt::format("known here: {}", joined(known_)) : fmt::format("did you mean \"{}\"?", near));
  }
}

bool is_plain_text(std::string_view text) noexcept {
  const bool controls =
      std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20U || c == 0x7F; });
  return !text.empty() && text.size() <= 255 && !controls;
}

std::optional<std::uint8_t> first_octet_of_ipv4(std::string_view text) {
  std::array<std::uint8_t, 4> octets{};
  for (std::size_t i = 0; i < octets.size(); ++i) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), octets[i]);
    const auto digits = static_cast<std::size_t>(end - text.data());
    const bool leading_zero = digits > 1 && text.front() == '0';  // some systems read such numbers as octal
    if (error != std::errc{} || leading_zero) return std::nullopt;
    text.remove_prefix(digits);
    if (i == 3) break;
    if (text.empty() || text.front() != '.') return std::nullopt;
    text.remove_prefix(1);
  }
  return text.empty() ? std::optional(octets[0]) : std::nullopt;
}

bool is_ipv6(std::string_view text) {
  std::size_t groups = 0;
  bool shortened = false;
  for (bool first = true; !text.empty(); first = false) {
    if (text.starts_with("::") && !shortened) {
      shortened = true;
      text.remove_prefix(2);
    } else if (!first) {
      if (text.front() != ':') return false;
      text.remove_prefix(1);
      if (text.empty()) return false;
    }
    if (text.empty()) break;
    if (first_octet_of_ipv4(text)) {
      groups += 2;
      break;
    }
    const std::size_t digits = std::min(text.find_first_not_of("0123456789abcdefABCDEF"), text.size());
    if (digits == 0 || digits > 4) return false;
    text.remove_prefix(digits);
    ++groups;
  }
  return shortened ? groups < 8 : groups == 8;
}

bool is_multicast(std::string_view text) {
  constexpr std::uint8_t kFirst = 224;
  constexpr std::uint8_t kLast = 239;
  if (const auto first = first_octet_of_ipv4(text)) return *first >= kFirst && *first <= kLast;
  const bool begins_with_ff =
      text.size() > 4 && (text[0] == 'f' || text[0] == 'F') && (text[1] == 'f' || text[1] == 'F') && text[4] == ':';
  return begins_with_ff && is_ipv6(text);
}

bool is_host(std::string_view text) {
  if (is_address(text)) return true;
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  });
  const bool has_letter = std::any_of(text.begin(), text.end(), [](char c) { return c >= 'A'; });
  return plain && has_letter && text.size() <= 253 && text.front() != '-' && text.front() != '.';
}

std::string_view nearest_name(std::string_view word, std::span<const std::string_view> candidates) {
  std::string_view best;
  std::size_t best_distance = std::min<std::size_t>(3, word.size() / 3 + 1);  // to stay below
  if (word.size() > 64) return best;
  for (const std::string_view candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance >= best_distance) continue;
    best = candidate;
    best_distance = distance;
  }
  return best;
}

}  // namespace marsad::config
