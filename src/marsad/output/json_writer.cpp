#include "marsad/output/json_writer.hpp"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

#include "marsad/output/utf8.hpp"

namespace marsad::output {
namespace {

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

}  // namespace

void append_decimal(std::string& out, double value, int decimals) {
  if (std::abs(value) >= 1e15) {
    fmt::format_to(std::back_inserter(out), "{:.17g}", value);
    return;
  }
  const std::size_t begin = out.size();
  fmt::format_to(std::back_inserter(out), "{:.{}f}", value, decimals);
  if (decimals > 0) {
    while (out.back() == '0') out.pop_back();
    if (out.back() == '.') out.pop_back();
  }
  if (std::string_view(out).substr(begin) == "-0") out.erase(begin, 1);
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
  std::string valid;
  append_valid_utf8(valid, value);
  append_escaped(out_, valid);
  out_ += '"';
}

void JsonWriter::boolean(bool value) {
  separate();
  out_ += value ? "true" : "false";
}

void JsonWriter::integer(std::uint64_t value) {
  separate();
  fmt::format_to(std::back_inserter(out_), "{}", value);
}

void JsonWriter::integer(std::int64_t value) {
  separate();
  fmt::format_to(std::back_inserter(out_), "{}", value);
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
