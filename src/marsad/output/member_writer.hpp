#pragma once

#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace marsad::output {

/// Writes the members of flat JSON objects into a buffer of its own and appends it to a string at once: for lines that
/// are printed by the million. Names and texts must be plain ASCII without quotes and backslashes, as literals and
/// decoded six-bit characters are; JsonWriter is for everything else. What no longer fits is left out as a whole
/// member, and `overflowed` tells.
class MemberWriter {
 public:
  explicit MemberWriter(std::string& out) noexcept : out_(out) {}
  MemberWriter(const MemberWriter&) = delete;
  MemberWriter& operator=(const MemberWriter&) = delete;
  ~MemberWriter() { flush(); }

  void begin() noexcept {
    put('{');
    first_ = true;
  }
  void end() noexcept { put('}'); }

  void text(std::string_view name, std::string_view value) noexcept {
    if (!open(name, value.size() + 2)) return;
    put('"');
    put(value);
    put('"');
  }
  void boolean(std::string_view name, bool value) noexcept {
    if (open(name, 5)) put(value ? std::string_view("true") : std::string_view("false"));
  }
  void integer(std::string_view name, std::int64_t value) noexcept {
    if (open(name, kLongestNumber)) put_integer(value);
  }
  /// Rounded to at most `decimals` (0 to 9) digits after the point, without zeros at the end; null if it is not finite
  /// or beyond 9e9.
  void number(std::string_view name, double value, int decimals) noexcept {
    if (open(name, kLongestNumber)) put_number(value, decimals);
  }
  void null(std::string_view name) noexcept {
    if (open(name, 4)) put("null");
  }
  /// Seconds with up to nine decimals, from nanoseconds, exactly.
  void nanoseconds(std::string_view name, std::int64_t value) noexcept {
    if (!open(name, kLongestNumber)) return;
    const std::uint64_t size = value < 0 ? 0U - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
    if (value < 0) put('-');
    put_steps(size, 9);
  }
  /// A list of texts: its elements between `begin_list` and `end_list`, at most 10 of up to 32 characters.
  void begin_list(std::string_view name) noexcept {
    constexpr std::size_t kRoom = 350;
    in_list_ = open(name, kRoom);
    if (in_list_) put('[');
    first_ = true;
  }
  void element(std::string_view value) noexcept {
    if (!in_list_) return;
    if (!first_) put(',');
    first_ = false;
    put('"');
    put(value);
    put('"');
  }
  void end_list() noexcept {
    if (in_list_) put(']');
    first_ = false;
  }
  /// `digits` lower-case hexadecimal digits, 1 to 16, as text.
  void hexadecimal(std::string_view name, std::uint64_t value, unsigned digits) noexcept {
    if (!open(name, digits + 2)) return;
    put('"');
    put_hexadecimal(value, digits);
    put('"');
  }
  /// The low 12 bits as four octal digits, as text.
  void octal(std::string_view name, unsigned value) noexcept {
    if (!open(name, 6)) return;
    put('"');
    for (unsigned shift = 12; shift > 0; shift -= 3) put(static_cast<char>('0' + (value >> (shift - 3) & 7U)));
    put('"');
  }
  /// Hexadecimal text of up to 32 digits in two parts.
  void hexadecimal(std::string_view name, std::uint64_t high, unsigned high_digits, std::uint64_t low,
                   unsigned low_digits) noexcept {
    if (!open(name, high_digits + low_digits + 2)) return;
    put('"');
    put_hexadecimal(high, high_digits);
    put_hexadecimal(low, low_digits);
    put('"');
  }

  /// Appends what was written so far, so that the caller may append members of its own (each with a comma before it).
  void flush() {
    out_.append(buffer_.data(), size_);
    size_ = 0;
  }
  [[nodiscard]] bool overflowed() const noexcept { return overflowed_; }

 private:
  static constexpr std::size_t kCapacity = 2048;
  static constexpr std::size_t kLongestNumber = 32;
  static constexpr std::array<double, 10> kPowers{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

  bool open(std::string_view name, std::size_t value_size) noexcept {
    constexpr std::size_t kMarks = 8;  // comma, quotes, colon and the closing brackets
    if (size_ + name.size() + value_size + kMarks > kCapacity) {
      overflowed_ = true;
      return false;
    }
    if (!first_) put(',');
    first_ = false;
    put('"');
    put(name);
    put('"');
    put(':');
    return true;
  }
  void put(char c) noexcept { buffer_[size_++] = c; }
  void put(std::string_view text) noexcept {
    text.copy(buffer_.data() + size_, text.size());
    size_ += text.size();
  }
  template <class Integer>
  void put_integer(Integer value) noexcept {
    size_ = static_cast<std::size_t>(std::to_chars(buffer_.data() + size_, buffer_.data() + kCapacity, value).ptr -
                                     buffer_.data());
  }
  void put_number(double value, int decimals) noexcept {
    constexpr double kMost = 9e9;  // times 10^9 below 2^63
    if (!(std::abs(value) < kMost)) return put("null");
    const double scaled = std::abs(value) * kPowers[static_cast<std::size_t>(decimals)];
    const auto steps = static_cast<std::uint64_t>(scaled + 0.5);
    if (value < 0.0 && steps > 0) put('-');
    put_steps(steps, decimals);
  }
  void put_steps(std::uint64_t steps, int decimals) noexcept {
    const auto unit = static_cast<std::uint64_t>(kPowers[static_cast<std::size_t>(decimals)]);
    put_integer(steps / unit);
    std::uint64_t fraction = steps % unit;
    if (fraction == 0) return;
    put('.');
    const std::size_t begin = size_;
    for (int i = decimals; i-- > 0; fraction /= 10)
      buffer_[begin + static_cast<std::size_t>(i)] = static_cast<char>('0' + fraction % 10);
    size_ = begin + static_cast<std::size_t>(decimals);
    while (buffer_[size_ - 1] == '0') --size_;
  }
  void put_hexadecimal(std::uint64_t value, unsigned digits) noexcept {
    constexpr std::string_view kDigits = "0123456789abcdef";
    for (unsigned shift = 4 * digits; shift > 0; shift -= 4) put(kDigits[value >> (shift - 4) & 0xFU]);
  }

  std::string& out_;
  std::array<char, kCapacity> buffer_;  // written before it is read
  std::size_t size_ = 0;
  bool first_ = true;
  bool in_list_ = false;
  bool overflowed_ = false;
};

}  // namespace marsad::output
