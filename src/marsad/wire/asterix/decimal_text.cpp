#include "marsad/wire/asterix/decimal_text.hpp"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>

#include "marsad/wire/asterix/bits.hpp"

namespace marsad::wire::asterix::decimal {
namespace {

constexpr std::uint64_t kTenTo8 = 100'000'000;
constexpr std::size_t kMostDigits = 16;  // after the point, as MAX_DIGITS of the generator

constexpr std::array<std::uint64_t, kMostDigits + 1> powers_of(std::uint64_t base) {
  std::array<std::uint64_t, kMostDigits + 1> powers{};
  std::uint64_t power = 1;
  for (std::uint64_t& each : powers) {
    each = power;
    power *= base;
  }
  return powers;
}
constexpr auto kPowersOf5 = powers_of(5);
constexpr auto kPowersOf10 = powers_of(10);

void write_pair(char* out, std::uint64_t below_100) noexcept { std::memcpy(out, kPairs.data() + 2 * below_100, 2); }

void write_4(char* out, std::uint64_t below_10_to_4) noexcept {
  write_pair(out, below_10_to_4 / 100);
  write_pair(out + 2, below_10_to_4 % 100);
}
void write_8(char* out, std::uint64_t below_10_to_8) noexcept {
  write_4(out, below_10_to_8 / 10'000);
  write_4(out + 4, below_10_to_8 % 10'000);
}

/// `digits` digits (up to 16), zeros first; touches 16 characters.
char* write_digits(char* out, std::uint64_t number, std::size_t digits) noexcept {
  if (digits <= 8) {
    write_8(out, number * kPowersOf10[8 - digits]);
  } else {
    const std::uint64_t all = number * kPowersOf10[16 - digits];
    write_8(out, all / kTenTo8);
    write_8(out + 8, all % kTenTo8);
  }
  return out + digits;
}

/// A whole number and `digits` digits after the point; nothing where these begin with so many zeros that an exponent
/// might be shorter.
char* write_fraction(char* out, std::uint64_t whole, std::uint64_t fraction, std::size_t digits) noexcept {
  if (whole == 0 && digits > 3 && fraction < kPowersOf10[digits - 3]) return nullptr;
  out = write_integer(out, whole);
  *out++ = '.';
  return write_digits(out, fraction, digits);
}

char* write_binary(char* out, std::uint64_t steps, std::size_t digits) noexcept {
  const std::uint64_t fraction = steps & low_mask(digits);
  if (fraction == 0) return write_integer(out, steps >> digits);
  const auto unused = static_cast<std::size_t>(std::countr_zero(fraction));
  const std::size_t used = digits - unused;
  return write_fraction(out, steps >> digits, (fraction >> unused) * kPowersOf5[used], used);
}

char* write_decimal(char* out, std::uint64_t steps, std::size_t digits) noexcept {
  const std::uint64_t fraction = steps % kPowersOf10[digits];
  const std::uint64_t whole = steps / kPowersOf10[digits];
  if (fraction == 0) return write_integer(out, whole);
  char* end = write_fraction(out, whole, fraction, digits);
  while (end != nullptr && end[-1] == '0') --end;
  return end;
}

}  // namespace

char* write_long_integer(char* out, std::uint64_t number) noexcept {
  if (number >= kTenTo8) {
    out = write_integer(out, number / kTenTo8);
    write_8(out, number % kTenTo8);
    return out + 8;
  }
  if (number >= 10'000) {
    out = write_integer(out, number / 10'000);
    write_4(out, number % 10'000);
    return out + 4;
  }
  out = write_integer(out, number / 100);
  write_pair(out, number % 100);
  return out + 2;
}

char* write_shortest(char* out, double value) noexcept {
  if (std::abs(value) < 1e15 && value == std::trunc(value)) return write_integer(out, static_cast<std::int64_t>(value));
  return std::to_chars(out, out + kMostCharacters, value).ptr;
}

char* write_seconds(char* out, double seconds) noexcept {
  constexpr double kLimit = 0x1p32;  // up to there doubles lie closer than half a microsecond
  if (!(seconds >= 0.001 && seconds < kLimit)) return write_shortest(out, seconds);
  const auto microseconds = static_cast<std::uint64_t>(seconds * 1e6 + 0.5);
  if (static_cast<double>(microseconds) / 1e6 != seconds) return write_shortest(out, seconds);
  return write_decimal(out, microseconds, 6);
}

char* write_scaled(char* out, std::uint64_t magnitude, bool is_negative, const schema::Content& content) noexcept {
  const schema::Decimal& decimal = content.decimal;
  if (magnitude <= low_mask(decimal.width)) {
    *out = '-';
    char* const digits = out + static_cast<std::size_t>(is_negative);
    const std::uint64_t steps = magnitude * decimal.multiplier;
    char* const end =
        decimal.is_binary ? write_binary(digits, steps, decimal.digits) : write_decimal(digits, steps, decimal.digits);
    if (end != nullptr) return end;
  }
  const double value = static_cast<double>(magnitude) * content.numerator / content.denominator;
  return write_shortest(out, is_negative ? -value : value);
}

}  // namespace marsad::wire::asterix::decimal
