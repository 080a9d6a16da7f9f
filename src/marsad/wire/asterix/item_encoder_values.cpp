// How the values of single fields are read; what holds them is in item_encoder.cpp.

#include <array>
#include <bit>
#include <cmath>
#include <cstring>

#include "marsad/wire/asterix/bits.hpp"
#include "marsad/wire/asterix/item_encoder.hpp"

namespace marsad::wire::asterix {
namespace {

using base::JsonKind;
using base::JsonNumber;
using base::JsonText;
using schema::Content;
using schema::FieldSpec;
using schema::Meaning;

constexpr double kMaxSteps = 0x1p62;

constexpr std::uint8_t kNoDigit = 0xFF;

/// The value of each character as a hexadecimal digit, or kNoDigit.
constexpr auto kDigitValues = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(kNoDigit);
  for (std::uint8_t digit = 0; digit < 10; ++digit) values[std::size_t{'0'} + digit] = digit;
  for (std::uint8_t digit = 0; digit < 6; ++digit)
    values[std::size_t{'a'} + digit] = values[std::size_t{'A'} + digit] = static_cast<std::uint8_t>(10 + digit);
  return values;
}();

unsigned hex_digit(char character) noexcept { return kDigitValues[static_cast<unsigned char>(character)]; }

/// The six-bit code of a character, or 64 if it has none.
unsigned icao_code(char32_t character) noexcept {
  if (character >= 64 && character < 96) return static_cast<unsigned>(character) - 64U;
  return character >= 32 && character < 64 ? static_cast<unsigned>(character) : 64U;
}

std::uint64_t in_network_order(std::uint64_t word) noexcept {
  return std::endian::native == std::endian::little ? __builtin_bswap64(word) : word;
}

/// Sets bits that are still zero, as `write_bits` does, in a place of the arena: eight octets can be read and written
/// from any of its octets on.
void put_bits(std::span<std::byte> octets, std::size_t bit, std::size_t width, std::uint64_t value) noexcept {
  if (bit % 8 + width > 64) return write_bits(octets, bit, width, value);
  std::byte* const at = octets.data() + bit / 8;
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof(word));
  word |= in_network_order((value & low_mask(width)) << (64 - bit % 8 - width));
  std::memcpy(at, &word, sizeof(word));
}

}  // namespace

bool ItemEncoder::read_value(const FieldSpec& spec, std::span<std::byte> octets) {
  const Content* const known = spec.case_count == 0 ? &schema::contents[spec.content] : content_of(spec);
  if (known == nullptr) {
    depends_ = true;
    return reader_->skip() || fail(EncodeFaultCode::not_json);
  }
  const Content& content = *known;
  spec_ = &spec;
  content_ = known;
  switch (content.meaning) {
    case Meaning::code:
      return schema::is_hexadecimal(spec, content) ? read_digits(spec, octets) : read_integer(spec, octets, false);
    case Meaning::unsigned_number:
    case Meaning::signed_number: {
      const bool is_signed = content.meaning == Meaning::signed_number;
      const bool whole = raw_ || (content.numerator == 1.0 && content.denominator == 1.0);
      return whole ? read_integer(spec, octets, is_signed) : read_scaled(spec, octets, content);
    }
    case Meaning::octal:
      return raw_ ? read_integer(spec, octets, false) : read_octal(spec, octets);
    case Meaning::ascii:
      return read_characters(spec, octets, 8);
    case Meaning::icao:
      return read_characters(spec, octets, 6);
    case Meaning::bds:
      return read_digits(spec, octets);
  }
  return false;
}

bool ItemEncoder::read_text(JsonText& text) {
  if (reader_->peek() != JsonKind::string) return fail(EncodeFaultCode::wrong_type);
  return reader_->read(text) || fail(EncodeFaultCode::not_json);
}

bool ItemEncoder::read_number(JsonNumber& number) {
  if (reader_->peek() != JsonKind::number) return fail(EncodeFaultCode::wrong_type);
  return reader_->read(number) || fail(EncodeFaultCode::not_json);
}

bool ItemEncoder::store(const FieldSpec& spec, std::span<std::byte> octets, std::uint64_t bits) {
  put_bits(octets, spec.bit, spec.width, bits);
  if (has_selectors_ && is_selector_[spec.index] && selected(spec.index) == nullptr)
    selections_.push_back({spec.index, bits & low_mask(spec.width)});
  return true;
}

bool ItemEncoder::read_integer(const FieldSpec& spec, std::span<std::byte> octets, bool is_signed) {
  std::uint64_t plain = 0;
  if (reader_->read_plain_whole(plain)) {
    const bool fits = plain <= low_mask(is_signed ? spec.width - 1U : spec.width);
    return fits ? store(spec, octets, plain) : fail(EncodeFaultCode::out_of_range);
  }
  JsonNumber number;
  if (!read_number(number)) return false;
  auto magnitude = number.whole();
  if (!magnitude) {
    const double value = std::abs(number.value());
    if (value != std::trunc(value)) return fail(EncodeFaultCode::not_whole);
    if (value >= kMaxSteps) return fail(EncodeFaultCode::out_of_range);
    magnitude = static_cast<std::uint64_t>(value);
  }
  const std::uint64_t positive = low_mask(is_signed ? spec.width - 1U : spec.width);
  const std::uint64_t most = number.negative ? (is_signed ? positive + 1 : 0) : positive;
  if (*magnitude > most) return fail(EncodeFaultCode::out_of_range);
  return store(spec, octets, number.negative ? ~*magnitude + 1 : *magnitude);
}

bool ItemEncoder::read_scaled(const FieldSpec& spec, std::span<std::byte> octets, const Content& content) {
  JsonNumber number;
  if (!read_number(number)) return false;
  const double exact = number.value() * content.denominator / content.numerator;
  if (!(std::abs(exact) < kMaxSteps)) return fail(EncodeFaultCode::out_of_range);
  const auto steps = static_cast<std::int64_t>(exact + (exact < 0 ? -0.5 : 0.5));
  const bool is_signed = content.meaning == Meaning::signed_number;
  const auto most = static_cast<std::int64_t>(low_mask(is_signed ? spec.width - 1U : spec.width));
  if (steps > most || steps < (is_signed ? -most - 1 : 0)) return fail(EncodeFaultCode::out_of_range);
  return store(spec, octets, static_cast<std::uint64_t>(steps));
}

bool ItemEncoder::read_octal(const FieldSpec& spec, std::span<std::byte> octets) {
  JsonText text;
  if (!read_text(text)) return false;
  const std::string_view digits = text.raw;
  if (digits.empty() || digits.size() > (spec.width + 2U) / 3U) return fail(EncodeFaultCode::wrong_length);
  std::uint64_t value = 0;
  for (const char digit : digits) {
    if (digit < '0' || digit > '7') return fail(EncodeFaultCode::bad_character);
    value = value << 3 | static_cast<std::uint64_t>(digit - '0');
  }
  return value <= low_mask(spec.width) ? store(spec, octets, value) : fail(EncodeFaultCode::out_of_range);
}

bool ItemEncoder::read_characters(const FieldSpec& spec, std::span<std::byte> octets, std::size_t bits_each) {
  JsonText text;
  if (!read_text(text)) return false;
  base::JsonCharacters characters(text);
  const std::size_t end = std::size_t{spec.bit} + spec.width;
  std::size_t plain = 0;  // characters taken from a text that needs no resolving
  for (std::size_t bit = spec.bit; bit < end; bit += bits_each) {
    char32_t character = U' ';
    if (!text.plain)
      character = characters.next().value_or(U' ');
    else if (plain < text.raw.size())
      character = static_cast<unsigned char>(text.raw[plain++]);
    const auto code = bits_each == 6 ? icao_code(character) : static_cast<unsigned>(character);
    if (code > low_mask(bits_each)) return fail(EncodeFaultCode::bad_character);
    put_bits(octets, bit, bits_each, code);
  }
  const bool whole = text.plain ? plain == text.raw.size() : !characters.next();
  return whole || fail(EncodeFaultCode::wrong_length);
}

bool ItemEncoder::read_digits(const FieldSpec& spec, std::span<std::byte> octets) {
  JsonText text;
  if (!read_text(text)) return false;
  return write_digits(text.raw, octets.subspan(spec.bit / 8U, spec.width / 8U));
}

bool ItemEncoder::write_digits(std::string_view digits, std::span<std::byte> octets) {
  if (digits.size() != 2 * octets.size()) return fail(EncodeFaultCode::wrong_length);
  for (std::size_t i = 0; i < octets.size(); ++i) {
    const unsigned high = hex_digit(digits[2 * i]), low = hex_digit(digits[2 * i + 1]);
    if (high == kNoDigit || low == kNoDigit) return fail(EncodeFaultCode::bad_character);
    octets[i] = static_cast<std::byte>(high * 16 + low);
  }
  return true;
}

}  // namespace marsad::wire::asterix
