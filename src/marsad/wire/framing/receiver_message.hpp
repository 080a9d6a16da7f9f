#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace marsad::wire::framing {

/// One message of a 1090 MHz receiver in the form in which it travels through the house (`PayloadKind::mode_s`): that
/// of a Beast frame without its escape octets, so that most Beast frames need no copy. AVR lines are put in this form
/// too. Layout of the payload:
///
///     octet 0     type: '1' Mode A/C (2 octets), '2' short Mode S (7 octets), '3' long Mode S (14 octets)
///     octets 1-6  the receiver's counter, most significant first; 0 where there is none
///     octet 7     signal: square root of the power relative to full scale, times 255; 0 unknown
///     octets 8-   the message
///
/// Source: the Mode-S Beast data output formats, section binary format (wiki.jetvision.de); Radarcape manual for the
/// GPS counter (18 bits seconds of the day, 30 bits nanoseconds).
struct ReceiverMessage {
  enum class Type : std::uint8_t { mode_ac = '1', short_frame = '2', long_frame = '3' };
  static constexpr std::size_t kHeader = 8;
  /// Counters that stand for the origin of a message rather than for a time: made up from multilateration, from UAT.
  static constexpr std::uint64_t kMlatCounter = 0xFF004D4C4154U;  ///< "MLAT"
  static constexpr std::uint64_t kUatCounter = 0xFF004D4C4155U;

  Type type = Type::short_frame;
  std::uint64_t counter = 0;  ///< 48 bits
  std::uint8_t signal = 0;
  std::span<const std::byte> message;

  [[nodiscard]] constexpr bool synthetic() const noexcept { return counter == kMlatCounter || counter == kUatCounter; }
};

/// Octets of the message itself, told by the type octet; 0 for none that we know.
[[nodiscard]] constexpr std::size_t message_size(std::uint8_t type) noexcept {
  switch (type) {
    case '1':
      return 2;
    case '2':
      return 7;
    case '3':
      return 14;
    default:
      return 0;
  }
}

/// Reads a payload of `PayloadKind::mode_s`; nothing if its type is unknown or its size is not the type's.
[[nodiscard]] constexpr std::optional<ReceiverMessage> parse_receiver_message(
    std::span<const std::byte> payload) noexcept {
  if (payload.size() < ReceiverMessage::kHeader) return std::nullopt;
  const auto type = std::to_integer<std::uint8_t>(payload[0]);
  const std::size_t size = message_size(type);
  if (size == 0 || payload.size() != ReceiverMessage::kHeader + size) return std::nullopt;
  ReceiverMessage out;
  out.type = static_cast<ReceiverMessage::Type>(type);
  for (std::size_t i = 1; i <= 6; ++i) out.counter = out.counter << 8U | std::to_integer<std::uint64_t>(payload[i]);
  out.signal = std::to_integer<std::uint8_t>(payload[7]);
  out.message = payload.subspan(ReceiverMessage::kHeader);
  return out;
}

}  // namespace marsad::wire::framing
