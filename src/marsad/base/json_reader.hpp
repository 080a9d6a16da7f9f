#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace marsad::base {

/// What a value is, told by its first character.
enum class JsonKind : std::uint8_t { none, object, array, string, number, literal };

/// Why a text is not JSON.
enum class JsonFault : std::uint8_t {
  none,
  truncated,   ///< the text ends inside a value
  unexpected,  ///< a character that cannot stand here
  bad_string,  ///< a control character, an escape that does not exist, half of a surrogate pair, malformed UTF-8
  bad_number,  ///< "01", "1.", "+1"
  too_deep,    ///< over 64 objects and arrays inside one another
};
[[nodiscard]] const char* name_of(JsonFault fault) noexcept;

/// A string as it stands between its quotes. It has been checked: reading its characters can't fail.
struct JsonText {
  std::string_view raw;
  bool plain = true;  ///< no escapes and nothing outside ASCII: `raw` is the text
};

/// The characters of a string one by one, escapes resolved.
class JsonCharacters {
 public:
  explicit JsonCharacters(JsonText text) noexcept : rest_(text.raw) {}
  /// The next Unicode code point; nothing at the end.
  [[nodiscard]] std::optional<char32_t> next() noexcept;

 private:
  std::string_view rest_;
};

/// Is this the text? Compares characters, whatever escapes were used.
[[nodiscard]] bool equals_resolved(JsonText text, std::string_view ascii) noexcept;
[[nodiscard]] inline bool equals(JsonText text, std::string_view ascii) noexcept {
  return text.plain ? text.raw == ascii : equals_resolved(text, ascii);
}

/// A number, checked against the grammar, still exact.
struct JsonNumber {
  std::string_view text;
  std::uint64_t digits = 0;  ///< all of them as one integer, if `exact`
  int exponent = 0;          ///< the value is ±digits · 10^exponent
  bool negative = false;
  bool exact = true;  ///< the digits fit

  /// The nearest double (round to nearest, ties to even); ±infinity beyond the range of doubles.
  [[nodiscard]] double value() const noexcept {
    // Both factors are exact doubles, so that one correctly rounded operation gives the nearest one (Clinger 1990).
    if (!exact || digits > kMaxExactDouble || exponent > 0 || exponent < -22) return uncommon_value();
    const double magnitude = static_cast<double>(digits) / kPowersOfTen[-exponent];
    return negative ? -magnitude : magnitude;
  }
  /// The magnitude if it is a whole number written without fraction or exponent, up to 2^64 - 1.
  [[nodiscard]] std::optional<std::uint64_t> whole() const noexcept {
    return exponent == 0 && exact ? std::optional(digits) : uncommon_whole();
  }

 private:
  static constexpr std::uint64_t kMaxExactDouble = std::uint64_t{1} << 53;
  static constexpr double kPowersOfTen[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                            1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  [[nodiscard]] double uncommon_value() const noexcept;
  [[nodiscard]] std::optional<std::uint64_t> uncommon_whole() const noexcept;
};

/// Reads JSON (RFC 8259, strictly: no comments, no trailing commas, no bare words, valid UTF-8) value by value, in the
/// order of the text, without allocating or copying anything. The reader of an object pulls its keys and then reads, or
/// skips, the value of each:
///
///   if (!reader.begin_object()) ...;
///   for (JsonText key; reader.next_key(key);) equals(key, "sac") ? reader.read(number) : reader.skip();
///   if (!reader.ok()) ...;   // reader.fault() at reader.position()
///
/// The first fault ends everything: from then on all calls return false, and `position` stays at the fault. Keys that
/// occur twice are delivered twice. Borrows the text.
class JsonReader {
 public:
  static constexpr std::size_t kMaxDepth = 64;

  explicit JsonReader(std::string_view text) noexcept
      : begin_(text.data()), at_(text.data()), end_(text.data() + text.size()), token_(text.data()) {}

  /// The kind of the value that comes next; none at the end of the text, before a character that begins no value, and
  /// after a fault.
  [[nodiscard]] JsonKind peek() noexcept {
    skip_space();
    return ok() && at_ != end_ ? kind_of(*at_) : JsonKind::none;
  }

  bool begin_object() noexcept { return begin('{'); }
  /// False at the object's end, which is consumed.
  [[nodiscard]] bool next_key(JsonText& key) noexcept;
  /// A short cut for keys that are expected: consumes the next key if it is this one (plain ASCII), without white space
  /// around it; otherwise false, nothing is consumed, and nothing is said about the text.
  [[nodiscard]] bool next_key_is(std::string_view name) noexcept {
    const char* at = at_;
    const std::size_t separator = first_ ? 0 : 1;
    if (static_cast<std::size_t>(end_ - at) < separator + name.size() + 3) return false;
    if (!first_ && *at++ != ',') return false;
    if (*at != '"' || at[name.size() + 1] != '"' || at[name.size() + 2] != ':') return false;
    for (std::size_t i = 0; i < name.size(); ++i)
      if (at[i + 1] != name[i]) return false;
    if (!ok()) return false;
    token_ = at;
    at_ = at + name.size() + 3;
    first_ = false;
    return true;
  }
  bool begin_array() noexcept { return begin('['); }
  /// False at the array's end, which is consumed.
  [[nodiscard]] bool next_element() noexcept;

  [[nodiscard]] bool read(JsonText& text) noexcept;
  [[nodiscard]] bool read(JsonNumber& number) noexcept { return read_common(number) || read_any(number); }
  /// A short cut for the commonest numbers: consumes a whole number of at most 18 digits, without sign, that a comma or
  /// bracket follows; otherwise false, nothing is consumed, and nothing is said about the text.
  [[nodiscard]] bool read_plain_whole(std::uint64_t& value) noexcept {
    const char* at = at_;
    std::uint64_t digits = 0;
    while (at != end_ && static_cast<unsigned char>(*at - '0') < 10 && at - at_ < 18)
      digits = digits * 10 + static_cast<unsigned>(*at++ - '0');
    if (at == at_ || at == end_ || (*at_ == '0' && at - at_ > 1) || !ok()) return false;
    if (*at != ',' && *at != '}' && *at != ']') return false;
    token_ = at_;
    at_ = at;
    value = digits;
    return true;
  }
  [[nodiscard]] bool read(bool& value) noexcept;
  /// Consumes a null, if that is what comes next.
  [[nodiscard]] bool pass_null() noexcept {
    skip_space();
    return at_ != end_ && *at_ == 'n' && pass_null_word();
  }
  /// Any value, checked like the others.
  bool skip() noexcept;

  /// Does only white space follow? (Not a fault if not.)
  [[nodiscard]] bool at_end() noexcept;
  [[nodiscard]] bool ok() const noexcept { return fault_ == JsonFault::none; }
  [[nodiscard]] JsonFault fault() const noexcept { return fault_; }
  /// Octets read so far, or the place of the fault.
  [[nodiscard]] std::size_t position() const noexcept { return static_cast<std::size_t>(at_ - begin_); }
  /// Where the last key, string, number, object or array that was read, or begun, begins.
  [[nodiscard]] std::size_t token() const noexcept { return static_cast<std::size_t>(token_ - begin_); }
  /// Goes on at another place of the same text: before a value that was passed earlier.
  void rewind(std::size_t position) noexcept {
    at_ = begin_ + position;
    first_ = false;
  }

 private:
  bool fail(JsonFault fault) noexcept;
  bool fail_here() noexcept { return fail(at_ == end_ ? JsonFault::truncated : JsonFault::unexpected); }
  void skip_space() noexcept {
    while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t')) ++at_;
  }
  static constexpr bool is_digit(char character) noexcept { return static_cast<unsigned char>(character - '0') < 10; }
  /// The commonest form of numbers: at most 18 digits, no exponent, a comma or bracket behind. False, and nothing is
  /// consumed, for others.
  bool read_common(JsonNumber& number) noexcept {
    const char* at = at_;
    const char* const end = end_ - at > 20 ? at + 20 : end_;
    if (at != end && *at == '-') ++at;
    const char* const first = at;
    std::uint64_t digits = 0;
    for (; at != end && is_digit(*at); ++at) digits = digits * 10 + static_cast<unsigned>(*at - '0');
    if (at == first || at == end || (*first == '0' && at - first > 1)) return false;
    const char* const point = at;
    if (*at == '.')
      for (++at; at != end && is_digit(*at); ++at) digits = digits * 10 + static_cast<unsigned>(*at - '0');
    if (at == end || (*at != ',' && *at != '}' && *at != ']') || at == point + 1 || !ok()) return false;
    const int decimals = at == point ? 0 : static_cast<int>(at - point - 1);
    number = {.text = {at_, static_cast<std::size_t>(at - at_)},
              .digits = digits,
              .exponent = -decimals,
              .negative = first != at_};
    token_ = at_;
    at_ = at;
    return true;
  }
  bool read_any(JsonNumber& number) noexcept;
  static constexpr JsonKind kind_of(char first) noexcept {
    if (first == '"') return JsonKind::string;
    if ((first >= '0' && first <= '9') || first == '-') return JsonKind::number;
    if (first == '{') return JsonKind::object;
    if (first == '[') return JsonKind::array;
    return first == 't' || first == 'f' || first == 'n' ? JsonKind::literal : JsonKind::none;
  }
  bool begin(char bracket) noexcept {
    if (!expect(bracket)) return false;
    first_ = true;
    return true;
  }
  bool expect(char character) noexcept {
    skip_space();
    if (!ok()) return false;
    if (at_ == end_ || *at_ != character) return fail_here();
    if (character != ':' && character != ',') token_ = at_;
    ++at_;
    return true;
  }
  bool pass_null_word() noexcept;
  bool starts_with(std::string_view word) const noexcept;
  bool read_word(std::string_view word) noexcept;
  bool finish_string(JsonText& text, const char* begin) noexcept;
  bool pass_escape() noexcept;
  bool pass_digits(JsonNumber& number) noexcept;
  bool pass_exponent(JsonNumber& number) noexcept;
  bool skip_scalar() noexcept;

  const char* begin_;
  const char* at_;
  const char* end_;
  const char* token_;
  bool first_ = false;  // an object or array was just begun
  JsonFault fault_ = JsonFault::none;
};

}  // namespace marsad::base
