#include "marsad/base/utf8.hpp"

#include <cstdint>

namespace marsad::base {
namespace {

struct LeadOctet {
  std::size_t length;          ///< of the sequence; 0 for an octet that can't lead one
  std::uint8_t second_lowest;  ///< range of the second octet: shuts out overlong forms, surrogates and > U+10FFFF
  std::uint8_t second_highest;
};

LeadOctet lead_octet(std::uint8_t octet) noexcept {
  if (octet < 0x80) return {1, 0, 0};
  if (octet < 0xC2) return {0, 0, 0};
  if (octet < 0xE0) return {2, 0x80, 0xBF};
  if (octet == 0xE0) return {3, 0xA0, 0xBF};
  if (octet == 0xED) return {3, 0x80, 0x9F};
  if (octet < 0xF0) return {3, 0x80, 0xBF};
  if (octet == 0xF0) return {4, 0x90, 0xBF};
  if (octet < 0xF4) return {4, 0x80, 0xBF};
  if (octet == 0xF4) return {4, 0x80, 0x8F};
  return {0, 0, 0};
}

}  // namespace

std::size_t utf8_sequence_length(std::string_view text) noexcept {
  if (text.empty()) return 0;
  const LeadOctet lead = lead_octet(static_cast<std::uint8_t>(text[0]));
  if (lead.length <= 1) return lead.length;
  if (text.size() < lead.length) return 0;
  const auto second = static_cast<std::uint8_t>(text[1]);
  if (second < lead.second_lowest || second > lead.second_highest) return 0;
  for (std::size_t i = 2; i < lead.length; ++i)
    if ((static_cast<std::uint8_t>(text[i]) & 0xC0U) != 0x80U) return 0;
  return lead.length;
}

void append_valid_utf8(std::string& out, std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = utf8_sequence_length(text);
    if (length == 0) {
      out += "\xEF\xBF\xBD";
      text.remove_prefix(1);
    } else {
      out += text.substr(0, length);
      text.remove_prefix(length);
    }
  }
}

}  // namespace marsad::base
