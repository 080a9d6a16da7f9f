#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace marsad::output {

/// Appends compact JSON to a string. Puts the commas; opening and closing in pairs is the caller's duty. Text may hold
/// any bytes: what JSON forbids is escaped, what isn't UTF-8 becomes U+FFFD. Numbers that are not finite become null.
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}

  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }

  /// The name of the next member; the value follows.
  JsonWriter& key(std::string_view name);

  void text(std::string_view value);
  void boolean(bool value);
  void integer(std::uint64_t value);
  void integer(std::int64_t value);
  void null();
  /// With at most `decimals` digits after the point, trailing zeros left out.
  void number(double value, int decimals);

 private:
  void open(char bracket);
  void close(char bracket);
  void separate();

  std::string& out_;
  bool needs_comma_ = false;
};

/// Appends `value` as a decimal number, rounded to at most `decimals` (0 to 9) digits after the point, no trailing
/// zeros, never "-0". What has more than 15 digits in all is written with 17 significant ones, and an exponent if need
/// be. `value` must be finite.
void append_decimal(std::string& out, double value, int decimals);

}  // namespace marsad::output
