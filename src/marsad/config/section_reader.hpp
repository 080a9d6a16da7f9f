#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "marsad/config/document.hpp"
#include "marsad/config/settings.hpp"

namespace marsad::config {

/// Collects errors about one file, up to `kMaxErrors`.
class ErrorList {
 public:
  explicit ErrorList(std::string_view file) : file_(file) {}

  void add(Place place, std::string key, std::string problem, std::string remedy);
  [[nodiscard]] bool empty() const noexcept { return errors_.empty(); }
  [[nodiscard]] bool full() const noexcept { return errors_.size() >= kMaxErrors; }
  /// In the order of the file.
  [[nodiscard]] std::vector<ConfigError> take() &&;

 private:
  std::string file_;
  std::vector<ConfigError> errors_;
};

/// An inclusive range of numbers and the unit that is told to people ("seconds").
struct NumberRange {
  double least = 0.0;
  double most = 0.0;
  std::string_view unit;
};

/// Reads the keys of one table by name, type and range. An unreadable key leaves an error behind and gives nothing, so
/// that the caller keeps its default and reading goes on.
class SectionReader {
 public:
  /// \param path the table's own dotted path, empty for the document itself. `section` and `errors` must outlive this.
  SectionReader(const Node& section, std::string path, ErrorList& errors);

  /// The value of a key as it stands, whatever its type; counts as known from now on.
  const Node* find(std::string_view key);

  std::optional<double> number(std::string_view key, NumberRange range);
  std::optional<std::int64_t> whole(std::string_view key, std::int64_t least, std::int64_t most);
  /// A list of whole numbers, all of them in the range and none twice; `[]` gives none.
  std::optional<std::vector<std::int64_t>> wholes(std::string_view key, std::int64_t least, std::int64_t most);
  std::optional<bool> truth(std::string_view key);
  /// Text of 1 to 255 octets without control characters.
  std::optional<std::string> text(std::string_view key);
  /// The index of the text in `names`.
  std::optional<std::size_t> choice(std::string_view key, std::span<const std::string_view> names);
  /// A numeric IPv4 or IPv6 address.
  std::optional<std::string> address(std::string_view key);
  /// One numeric address, or a list of them, none twice.
  std::optional<std::vector<std::string>> addresses(std::string_view key);
  /// A numeric address, or the name of a host.
  std::optional<std::string> host(std::string_view key);
  /// One network interface, or a list of them, each by its name or a numeric address of it.
  std::optional<std::vector<std::string>> interfaces(std::string_view key);
  /// One text, or a list of texts, at least one and none twice.
  std::optional<std::vector<std::string>> texts(std::string_view key);
  /// A TCP or UDP port, 1 to 65535.
  std::optional<std::uint16_t> port(std::string_view key);
  /// One octet.
  std::optional<std::uint8_t> octet(std::string_view key);
  /// A table; absent gives nothing without an error.
  const Node* table(std::string_view key);
  /// The tables of `[[key]]`; absent gives none, and so does more than `most`, with an error.
  std::vector<const Node*> tables(std::string_view key, std::size_t most);

  /// Whether the key is there, without counting it as known.
  [[nodiscard]] bool has(std::string_view key) const;
  /// Leaves an error unless the key is there. `example` shows how to write it.
  void require(std::string_view key, std::string_view example);
  /// Leaves an error about the key, at its place if it is there.
  void fail(std::string_view key, std::string problem, std::string remedy);
  /// Leaves an error for every key that nobody asked for. Call it last.
  void finish();

  [[nodiscard]] const std::string& path() const noexcept { return path_; }
  [[nodiscard]] Place place() const noexcept { return section_.place; }

 private:
  [[nodiscard]] std::string path_of(std::string_view key) const;
  void fail_address(std::string_view key, std::string_view value);
  void wrong_type(std::string_view key, const Node& node, std::string_view wanted);

  const Node& section_;
  const Table& entries_;
  std::string path_;
  ErrorList& errors_;
  std::vector<std::string_view> known_;
};

/// 1 to 255 octets without control characters: what a name may be.
bool is_plain_text(std::string_view text) noexcept;

/// Whether `text` is a numeric IPv4 address ("239.0.0.1"), and its first octet if so.
std::optional<std::uint8_t> first_octet_of_ipv4(std::string_view text);

/// Whether `text` is a numeric IPv6 address ("ff02::1"; RFC 4291, 2.2), without a zone.
bool is_ipv6(std::string_view text);

/// Whether `text` is a numeric address of a multicast group: 224.0.0.0/4 or ff00::/8.
bool is_multicast(std::string_view text);

/// A numeric address, or a name that a host may have: letters, digits, hyphens and points (RFC 1123, 2.1).
bool is_host(std::string_view text);

/// The one of `candidates` that `word` was probably meant to be: at most 2 letters changed, added, lost or swapped and
/// at most a third of the word. Empty if none is near.
std::string_view nearest_name(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace marsad::config
