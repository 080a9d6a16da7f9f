#include "marsad/base/json_members.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace marsad::base {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

void append_text_octet(std::string& out, char character) {
  const auto code = static_cast<unsigned char>(character);
  if (character == '"' || character == '\\') {
    out.push_back('\\');
    out.push_back(character);
  } else if (code >= 0x20 && code < 0x7F) {
    out.push_back(character);
  } else {
    out.append("\\u00");
    out.push_back(kHexDigits[code >> 4U]);
    out.push_back(kHexDigits[code & 0xFU]);
  }
}

/// Less the zeros behind the point, and the point with them.
std::string_view without_zeros(std::string_view written) {
  if (written.find('.') == std::string_view::npos) return written;
  written = written.substr(0, written.find_last_not_of('0') + 1);
  if (written.back() == '.') written.remove_suffix(1);
  return written;
}

/// Writes `scaled` / 10^`decimals` so that it ends before `end`, without zeros behind the point; returns its beginning.
char* write_scaled(char* end, std::int64_t scaled, int decimals) {
  for (; decimals > 0 && scaled % 10 == 0; --decimals) scaled /= 10;
  auto rest = static_cast<std::uint64_t>(scaled < 0 ? -scaled : scaled);
  char* at = end;
  for (int written = 0; rest > 0 || written <= decimals; ++written) {
    if (written == decimals && decimals > 0) *--at = '.';
    *--at = static_cast<char>('0' + rest % 10);
    rest /= 10;
  }
  if (scaled < 0) *--at = '-';
  return at;
}

}  // namespace

std::string& JsonMembers::key(std::string_view key) {
  if (!first_) out_.push_back(',');
  first_ = false;
  out_.push_back('"');
  out_.append(key);
  out_.append("\":");
  return out_;
}

void JsonMembers::integer(std::string_view name, std::int64_t value) {
  std::array<char, 24> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  key(name).append(digits.data(), end);
}

void JsonMembers::number(std::string_view name, double value, int decimals) {
  constexpr double kLargest = 1e15;
  std::string& out = key(name);
  if (!(std::abs(value) <= kLargest)) {
    out.append("null");
    return;
  }
  std::array<char, 32> digits;
  char* end = digits.data() + digits.size();
  constexpr std::array<double, 10> kPowers{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
  const double scaled = value * kPowers[static_cast<std::size_t>(decimals)];
  constexpr double kExact = 9e15;  // whole numbers below 2^53
  if (std::abs(scaled) < kExact) {
    char* begin = write_scaled(end, static_cast<std::int64_t>(std::llround(scaled)), decimals);
    out.append(begin, end);
    return;
  }
  end = std::to_chars(digits.data(), end, value, std::chars_format::fixed, decimals).ptr;
  out.append(without_zeros({digits.data(), end}));
}

void JsonMembers::boolean(std::string_view name, bool value) { key(name).append(value ? "true" : "false"); }

void JsonMembers::text(std::string_view name, std::string_view value) {
  std::string& out = key(name);
  out.push_back('"');
  for (const char character : value) append_text_octet(out, character);
  out.push_back('"');
}

void JsonMembers::hex(std::string_view name, std::uint64_t value, int digits) {
  std::string& out = key(name);
  out.push_back('"');
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) out.push_back(kHexDigits[value >> shift & 0xFU]);
  out.push_back('"');
}

}  // namespace marsad::base
