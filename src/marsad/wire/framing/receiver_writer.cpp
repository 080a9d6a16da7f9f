#include "marsad/wire/framing/receiver_writer.hpp"

#include <string_view>

#include "marsad/wire/framing/beast_scan.hpp"

namespace marsad::wire::framing {
namespace {

constexpr int kCounterOctets = 6;

std::byte counter_octet(std::uint64_t counter, int index) noexcept {
  return static_cast<std::byte>(counter >> (8 * (kCounterOctets - 1 - index)) & 0xFFU);
}

bool is_sound(const ReceiverMessage& message) noexcept {
  return message.message.size() == message_size(static_cast<std::uint8_t>(message.type));
}

void append_doubled(std::vector<std::byte>& out, std::byte octet) {
  out.push_back(octet);
  if (octet == kBeastEscape) out.push_back(octet);
}

void append_hex(std::string& out, std::byte octet) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  const auto value = std::to_integer<unsigned>(octet);
  out += kDigits[value >> 4U];
  out += kDigits[value & 15U];
}

}  // namespace

void append_beast(std::vector<std::byte>& out, const ReceiverMessage& message) {
  if (!is_sound(message)) return;
  out.push_back(kBeastEscape);
  out.push_back(static_cast<std::byte>(message.type));
  for (int i = 0; i < kCounterOctets; ++i) append_doubled(out, counter_octet(message.counter, i));
  append_doubled(out, static_cast<std::byte>(message.signal));
  for (const std::byte octet : message.message) append_doubled(out, octet);
}

void append_avr(std::string& out, const ReceiverMessage& message, AvrStyle style) {
  if (!is_sound(message)) return;
  out += style == AvrStyle::plain ? '*' : style == AvrStyle::with_counter ? '@' : '<';
  if (style != AvrStyle::plain)
    for (int i = 0; i < kCounterOctets; ++i) append_hex(out, counter_octet(message.counter, i));
  if (style == AvrStyle::counter_and_signal) append_hex(out, static_cast<std::byte>(message.signal));
  for (const std::byte octet : message.message) append_hex(out, octet);
  out += ";\n";
}

}  // namespace marsad::wire::framing
