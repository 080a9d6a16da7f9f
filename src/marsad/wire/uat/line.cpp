#include "marsad/wire/uat/line.hpp"

#include <charconv>
#include <cmath>

namespace marsad::wire::uat {
namespace {

using base::Fault;
using base::FaultCode;

constexpr std::string_view kWhiteSpace = " \t\r\n";

int digit_of(char character) noexcept {
  if (character >= '0' && character <= '9') return character - '0';
  if (character >= 'a' && character <= 'f') return character - 'a' + 10;
  if (character >= 'A' && character <= 'F') return character - 'A' + 10;
  return -1;
}

bool is_size_of(Line::Kind kind, std::size_t octets) noexcept {
  if (kind == Line::Kind::uplink) return octets == kUplinkSize;
  return octets == kBasicSize || octets == kLongSize;
}

template <class Number>
bool read_number(std::string_view text, Number& out) noexcept {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc{} && end == text.data() + text.size();
}

bool read_number(std::string_view text, std::optional<double>& out) noexcept {
  double value = 0;
  if (!read_number(text, value) || !std::isfinite(value)) return false;
  out = value;
  return true;
}

/// One `name=value` without its semicolon; false if its value can't be read.
bool read_field(std::string_view field, Line& line) noexcept {
  const std::size_t equals = field.find('=');
  if (equals == std::string_view::npos) return false;
  const std::string_view name = field.substr(0, equals);
  const std::string_view value = field.substr(equals + 1);
  if (name == "rs") return read_number(value, line.corrected);
  if (name == "rssi") return read_number(value, line.signal_dbfs);
  if (name == "t") return read_number(value, line.receipt_s);
  return true;
}

}  // namespace

base::Result<Line> parse_line(std::string_view text) {
  text = text.substr(0, text.find_last_not_of(kWhiteSpace) + 1);
  if (text.empty() || (text.front() != '-' && text.front() != '+')) return Fault{FaultCode::unknown_format, 0};
  Line line;
  line.kind = text.front() == '+' ? Line::Kind::uplink : Line::Kind::downlink;
  const std::size_t end = text.find(';');
  if (end == std::string_view::npos) return Fault{FaultCode::truncated, text.size()};
  const std::size_t octets = (end - 1) / 2;
  if (end % 2 == 0 || !is_size_of(line.kind, octets)) return Fault{FaultCode::bad_length, end};
  line.size = static_cast<std::uint16_t>(octets);
  for (std::size_t i = 0; i < octets; ++i) {
    const int high = digit_of(text[1 + 2 * i]);
    const int low = digit_of(text[2 + 2 * i]);
    if (high < 0 || low < 0) return Fault{FaultCode::bad_value, 1 + 2 * i};
    line.octets[i] = static_cast<std::byte>(high * 16 + low);
  }
  for (std::size_t at = end + 1; at < text.size();) {
    const std::size_t stop = text.find(';', at);
    if (stop == std::string_view::npos) return Fault{FaultCode::truncated, text.size()};
    if (!read_field(text.substr(at, stop - at), line)) return Fault{FaultCode::bad_value, at};
    at = stop + 1;
  }
  return line;
}

}  // namespace marsad::wire::uat
