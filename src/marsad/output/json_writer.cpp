#include "marsad/output/json_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

#include "marsad/base/utf8.hpp"

namespace marsad::output {
namespace {

/// Printable ASCII without quotes and backslashes: needs neither check nor escape.
bool is_plain(std::string_view text) noexcept {
  return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\'; });
}

void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out += c;
    }
  }
}

template <class Integer>
void append_integer(std::string& out, Integer value) {
  const fmt::format_int digits(value);
  out.append(digits.data(), digits.size());
}

constexpr std::array<std::uint64_t, 10> kPowersOfTen{1,       10,        100,        1'000,       10'000,
                                                     100'000, 1'000'000, 10'000'000, 100'000'000, 1'000'000'000};

}  // namespace

void append_decimal(std::string& out, double value, int decimals) {
  const std::uint64_t unit = kPowersOfTen.at(static_cast<std::size_t>(decimals));
  const double scaled = std::abs(value) * static_cast<double>(unit);
  constexpr double kExactBelow = 9e15;  // below 2^53: every whole number is a double
  if (!(scaled < kExactBelow)) {
    fmt::format_to(std::back_inserter(out), "{:.17g}", value);
    return;
  }
  const auto steps = static_cast<std::uint64_t>(std::llround(scaled));
  if (value < 0.0 && steps > 0) out += '-';
  append_integer(out, steps / unit);
  std::uint64_t fraction = steps % unit;
  if (fraction == 0) return;
  out += '.';
  for (std::uint64_t digit = unit / 10; fraction > 0; digit /= 10) {
    out += static_cast<char>('0' + fraction / digit);
    fraction %= digit;
  }
}

JsonWriter& JsonWriter::key(std::string_view name) {
  text(name);
  out_ += ':';
  needs_comma_ = false;
  return *this;
}

void JsonWriter::text(std::string_view value) {
  separate();
  out_ += '"';
  if (is_plain(value)) {
    out_ += value;
  } else {
    std::string valid;
    base::append_valid_utf8(valid, value);
    append_escaped(out_, valid);
  }
  out_ += '"';
}

void JsonWriter::boolean(bool value) {
  separate();
  out_ += value ? "true" : "false";
}

void JsonWriter::integer(std::uint64_t value) {
  separate();
  append_integer(out_, value);
}

void JsonWriter::integer(std::int64_t value) {
  separate();
  append_integer(out_, value);
}

void JsonWriter::null() {
  separate();
  out_ += "null";
}

void JsonWriter::number(double value, int decimals) {
  if (!std::isfinite(value)) return null();
  separate();
  append_decimal(out_, value, decimals);
}

void JsonWriter::open(char bracket) {
  separate();
  out_ += bracket;
  needs_comma_ = false;
}

void JsonWriter::close(char bracket) {
  out_ += bracket;
  needs_comma_ = true;
}

void JsonWriter::separate() {
  if (needs_comma_) out_ += ',';
  needs_comma_ = true;
}

}  // namespace marsad::output
