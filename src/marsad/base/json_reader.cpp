#include "marsad/base/json_reader.hpp"

#include <array>
#include <charconv>
#include <limits>

#include "marsad/base/utf8.hpp"

namespace marsad::base {
namespace {

constexpr std::uint64_t kMaxBeforeDigit = (std::numeric_limits<std::uint64_t>::max() - 9) / 10;
constexpr int kExponentLimit = 100000;  // beyond it every number is infinite or zero
/// The value of four hexadecimal digits, or nothing.
std::optional<char32_t> hex4(const char* at, const char* end) noexcept {
  unsigned value = 0;
  if (end - at < 4) return std::nullopt;
  const auto [stop, error] = std::from_chars(at, at + 4, value, 16);
  if (error != std::errc{} || stop != at + 4 || *at == '-') return std::nullopt;
  return value;
}

bool is_high_surrogate(char32_t unit) noexcept { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low_surrogate(char32_t unit) noexcept { return unit >= 0xDC00 && unit < 0xE000; }

/// Is a number that is no double too large for one, rather than too small? Told by the power of ten of its first digit
/// that is not zero.
bool is_huge(std::string_view text, int exponent) noexcept {
  const std::size_t end = text.find_first_of("eE");
  const std::string_view mantissa = text.substr(0, end);
  const std::size_t point = mantissa.find('.');
  const std::size_t leading = mantissa.find_first_of("123456789");
  const std::size_t units = point == std::string_view::npos ? mantissa.size() : point;
  const std::size_t decimals = point == std::string_view::npos ? 0 : mantissa.size() - point - 1;
  const auto stated = static_cast<std::ptrdiff_t>(exponent) + static_cast<std::ptrdiff_t>(decimals);
  return static_cast<std::ptrdiff_t>(units) - static_cast<std::ptrdiff_t>(leading) + stated > 0;
}

char32_t escaped(char letter) noexcept {
  switch (letter) {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return static_cast<unsigned char>(letter);
  }
}

}  // namespace

const char* name_of(JsonFault fault) noexcept {
  switch (fault) {
    case JsonFault::none:
      return "none";
    case JsonFault::truncated:
      return "the text ends too early";
    case JsonFault::unexpected:
      return "unexpected character";
    case JsonFault::bad_string:
      return "bad string";
    case JsonFault::bad_number:
      return "bad number";
    case JsonFault::too_deep:
      return "nested too deeply";
  }
  return "unknown";
}

std::optional<char32_t> JsonCharacters::next() noexcept {
  if (rest_.empty()) return std::nullopt;
  const char first = rest_.front();
  if (first != '\\') {
    const std::size_t size = static_cast<unsigned char>(first) < 0x80 ? 1 : utf8_sequence_length(rest_);
    char32_t code = static_cast<unsigned char>(first);
    if (size > 1) code &= 0x7FU >> size;
    for (std::size_t i = 1; i < size; ++i) code = code << 6 | (static_cast<unsigned char>(rest_[i]) & 0x3FU);
    rest_.remove_prefix(size);
    return code;
  }
  if (rest_[1] != 'u') {
    const char32_t code = escaped(rest_[1]);
    rest_.remove_prefix(2);
    return code;
  }
  const char* const end = rest_.data() + rest_.size();
  char32_t code = hex4(rest_.data() + 2, end).value_or(0);
  rest_.remove_prefix(6);
  if (is_high_surrogate(code)) {
    code = 0x10000 + ((code & 0x3FFU) << 10 | (hex4(rest_.data() + 2, end).value_or(0) & 0x3FFU));
    rest_.remove_prefix(6);
  }
  return code;
}

bool equals_resolved(JsonText text, std::string_view ascii) noexcept {
  JsonCharacters characters(text);
  for (const char wanted : ascii)
    if (characters.next() != static_cast<unsigned char>(wanted)) return false;
  return !characters.next();
}

double JsonNumber::uncommon_value() const noexcept {
  double result = 0;
  const auto error = std::from_chars(text.data(), text.data() + text.size(), result).ec;
  if (error != std::errc::result_out_of_range) return result;
  const double magnitude = is_huge(text, exponent) ? std::numeric_limits<double>::infinity() : 0.0;
  return negative ? -magnitude : magnitude;
}

std::optional<std::uint64_t> JsonNumber::uncommon_whole() const noexcept {
  if (text.find_first_of(".eE") != std::string_view::npos) return std::nullopt;
  const std::string_view unsigned_text = text.substr(negative ? 1 : 0);
  std::uint64_t value = 0;
  const auto error = std::from_chars(unsigned_text.data(), unsigned_text.data() + unsigned_text.size(), value).ec;
  return error == std::errc{} ? std::optional(value) : std::nullopt;
}

bool JsonReader::fail(JsonFault fault) noexcept {
  if (ok()) fault_ = fault;
  return false;
}

bool JsonReader::next_key(JsonText& key) noexcept {
  skip_space();
  if (!ok()) return false;
  const bool first = first_;
  first_ = false;
  if (at_ != end_ && *at_ == '}') {
    ++at_;
    return false;
  }
  if (!first && !expect(',')) return false;
  return read(key) && expect(':');
}

bool JsonReader::next_element() noexcept {
  skip_space();
  if (!ok()) return false;
  const bool first = first_;
  first_ = false;
  if (at_ != end_ && *at_ == ']') {
    ++at_;
    return false;
  }
  if (!first && !expect(',')) return false;
  return peek() != JsonKind::none || fail_here();
}

bool JsonReader::read(JsonText& text) noexcept {
  if (!expect('"')) return false;
  const char* const begin = at_;
  while (at_ != end_) {
    const auto character = static_cast<unsigned char>(*at_);
    if (character == '"') {
      text = {{begin, static_cast<std::size_t>(at_ - begin)}, true};
      ++at_;
      return true;
    }
    if (character < 0x20 || character == '\\' || character >= 0x80) return finish_string(text, begin);
    ++at_;
  }
  return fail(JsonFault::truncated);
}

/// The rest of a string from its first escape, or its first character outside ASCII, on.
bool JsonReader::finish_string(JsonText& text, const char* begin) noexcept {
  while (at_ != end_) {
    const auto character = static_cast<unsigned char>(*at_);
    if (character == '"') {
      text = {{begin, static_cast<std::size_t>(at_ - begin)}, false};
      ++at_;
      return true;
    }
    if (character < 0x20) return fail(JsonFault::bad_string);
    if (character == '\\') {
      if (!pass_escape()) return false;
    } else if (character < 0x80) {
      ++at_;
    } else {
      const std::size_t size = utf8_sequence_length({at_, static_cast<std::size_t>(end_ - at_)});
      if (size == 0) return fail(JsonFault::bad_string);
      at_ += size;
    }
  }
  return fail(JsonFault::truncated);
}

bool JsonReader::pass_escape() noexcept {
  if (end_ - at_ < 2) return fail(JsonFault::truncated);
  if (at_[1] != 'u') {
    constexpr std::string_view kLetters = "\"\\/bfnrt";
    if (kLetters.find(at_[1]) == std::string_view::npos) return fail(JsonFault::bad_string);
    at_ += 2;
    return true;
  }
  const auto unit = hex4(at_ + 2, end_);
  if (!unit || is_low_surrogate(*unit)) return fail(JsonFault::bad_string);
  if (!is_high_surrogate(*unit)) {
    at_ += 6;
    return true;
  }
  const bool follows = end_ - at_ >= 12 && at_[6] == '\\' && at_[7] == 'u';
  const auto second = follows ? hex4(at_ + 8, end_) : std::nullopt;
  if (!second || !is_low_surrogate(*second)) return fail(JsonFault::bad_string);
  at_ += 12;
  return true;
}

/// One digit or more, appended to the number's.
bool JsonReader::pass_digits(JsonNumber& number) noexcept {
  const char* const begin = at_;
  const char* at = at_;
  std::uint64_t digits = number.digits;
  for (; at != end_ && is_digit(*at); ++at) {
    if (digits > kMaxBeforeDigit) number.exact = false;
    digits = digits * 10 + static_cast<unsigned>(*at - '0');
  }
  at_ = at;
  number.digits = digits;
  return at != begin || fail(at == end_ ? JsonFault::truncated : JsonFault::bad_number);
}

bool JsonReader::pass_exponent(JsonNumber& number) noexcept {
  ++at_;
  const bool negative = at_ != end_ && *at_ == '-';
  if (at_ != end_ && (*at_ == '-' || *at_ == '+')) ++at_;
  int exponent = 0;
  const char* const begin = at_;
  for (; at_ != end_ && is_digit(*at_); ++at_)
    if (exponent < kExponentLimit) exponent = exponent * 10 + (*at_ - '0');
  number.exponent += negative ? -exponent : exponent;
  return at_ != begin || fail(at_ == end_ ? JsonFault::truncated : JsonFault::bad_number);
}

bool JsonReader::read_any(JsonNumber& number) noexcept {
  skip_space();
  if (!ok()) return false;
  number = JsonNumber{};
  const char* const begin = token_ = at_;
  if (at_ != end_ && *at_ == '-') {
    number.negative = true;
    ++at_;
  }
  if (at_ == end_ || !is_digit(*at_)) return fail_here();
  const bool zero = *at_ == '0';
  if (zero)
    ++at_;
  else if (!pass_digits(number))
    return false;
  if (zero && at_ != end_ && is_digit(*at_)) return fail(JsonFault::bad_number);
  if (at_ != end_ && *at_ == '.') {
    const char* const point = ++at_;
    if (!pass_digits(number)) return false;
    number.exponent = -static_cast<int>(at_ - point < kExponentLimit ? at_ - point : kExponentLimit);
  }
  if (at_ != end_ && (*at_ == 'e' || *at_ == 'E') && !pass_exponent(number)) return false;
  number.text = {begin, static_cast<std::size_t>(at_ - begin)};
  return true;
}

bool JsonReader::starts_with(std::string_view word) const noexcept {
  return std::string_view(at_, static_cast<std::size_t>(end_ - at_)).starts_with(word);
}

bool JsonReader::read_word(std::string_view word) noexcept {
  skip_space();
  if (!ok()) return false;
  if (!starts_with(word)) return fail_here();
  at_ += word.size();
  return true;
}

bool JsonReader::read(bool& value) noexcept {
  skip_space();
  value = at_ != end_ && *at_ == 't';
  return read_word(value ? "true" : "false");
}

bool JsonReader::pass_null_word() noexcept {
  if (!ok() || !starts_with("null")) return false;
  at_ += 4;
  return true;
}

bool JsonReader::skip_scalar() noexcept {
  JsonText text;
  JsonNumber number;
  switch (peek()) {
    case JsonKind::string:
      return read(text);
    case JsonKind::number:
      return read(number);
    case JsonKind::literal:
      return read_word(*at_ == 't' ? "true" : *at_ == 'f' ? "false" : "null");
    default:
      return ok() && fail_here();
  }
}

bool JsonReader::skip() noexcept {
  std::uint64_t objects = 0;  // the lowest bit: is the innermost open value an object?
  std::size_t depth = 0;
  do {
    const JsonKind kind = peek();
    if (kind == JsonKind::object || kind == JsonKind::array) {
      if (depth == kMaxDepth) return fail(JsonFault::too_deep);
      objects = objects << 1 | (kind == JsonKind::object ? 1U : 0U);
      ++depth;
      if (!begin(kind == JsonKind::object ? '{' : '[')) return false;
    } else if (!skip_scalar()) {
      return false;
    }
    JsonText key;
    while (depth > 0 && !((objects & 1U) != 0 ? next_key(key) : next_element())) {
      if (!ok()) return false;
      objects >>= 1;
      --depth;
    }
  } while (depth > 0);
  return true;
}

bool JsonReader::at_end() noexcept {
  skip_space();
  return at_ == end_;
}

}  // namespace marsad::base
