#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace marsad::base {

/// Writes the members of one JSON object, `"key":value` with commas between, without the braces around them; for
/// encoders on the hot path, which know their keys and append to a buffer that they reuse. What it writes is ASCII.
///
/// Keys are taken as they are: plain ASCII without quotation marks and backslashes.
class JsonMembers {
 public:
  /// Appends to `out`, which must live longer. `first` is false if members were already written into the same object.
  explicit JsonMembers(std::string& out, bool first = true) noexcept : out_(out), first_(first) {}

  void integer(std::string_view key, std::int64_t value);
  /// With `decimals` decimals (0 to 9), less the zeros at their end. Not finite, or above 1e15: null.
  void number(std::string_view key, double value, int decimals);
  void boolean(std::string_view key, bool value);
  /// Octets outside printable ASCII are written as \u00xx.
  void text(std::string_view key, std::string_view value);
  /// `digits` hexadecimal digits, lower case, as text.
  void hex(std::string_view key, std::uint64_t value, int digits);
  /// Writes the key alone: the caller appends the value, an array or an object.
  std::string& key(std::string_view key);

  /// Whether nothing was written yet.
  [[nodiscard]] bool empty() const noexcept { return first_; }

 private:
  std::string& out_;
  bool first_;
};

}  // namespace marsad::base
