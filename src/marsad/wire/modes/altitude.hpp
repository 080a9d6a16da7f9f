#pragma once

#include <cstdint>
#include <optional>

/// Altitude and identity codes of Mode A/C and Mode S.
///
/// The 13-bit altitude code (AC, bits 20 to 32 of DF0, 4, 16 and 20) is C1 A1 C2 A2 C4 A4 M B1 Q B2 D2 B4 D4, most
/// significant first. M=0, Q=1: the other 11 bits count 25 ft from -1000 ft. M=0, Q=0: the pulses of a Mode C reply in
/// Gillham's code, steps of 100 ft from -1200 ft to 126,700 ft. M=1: reserved for metres. All bits 0: unavailable. The
/// 12-bit code of extended squitters lacks M.
///
/// Source: ICAO Annex 10 volume IV, 3.1.2.6.5.4 and appendix to chapter 3 (Gillham); Doc 9871, A.2.3.2.4.
namespace marsad::wire::modes {

/// How a 13-bit code tells the altitude.
enum class AltitudeCoding : std::uint8_t {
  unavailable,  ///< all bits 0
  steps_25_ft,
  gillham_100_ft,
  metric,
  illegal,  ///< pulses that no altitude has
};
[[nodiscard]] AltitudeCoding altitude_coding_13(std::uint16_t code) noexcept;

/// The pressure altitude of a 13-bit code in feet; nothing if it is unavailable, illegal or metric.
[[nodiscard]] std::optional<double> altitude_ft_13(std::uint16_t code) noexcept;
/// The altitude of a 12-bit code in feet; nothing if it is unavailable or illegal.
[[nodiscard]] std::optional<double> altitude_ft_12(std::uint16_t code) noexcept;
/// The 12 bits beside M of a metric code as metres: the standard reserves them without saying how they count; receivers
/// commonly read one metre. Nothing if M is 0. Not seen in any recording: don't trust it unasked.
[[nodiscard]] std::optional<double> metric_altitude_m_13(std::uint16_t code) noexcept;

/// The codes of the nearest altitude that can be told in steps of 25 ft (-1000 to 50,175 ft) or of 100 ft (-1200 to
/// 126,700 ft); nothing outside that range.
[[nodiscard]] std::optional<std::uint16_t> encode_altitude_25_ft_13(double altitude_ft) noexcept;
[[nodiscard]] std::optional<std::uint16_t> encode_altitude_100_ft_13(double altitude_ft) noexcept;
[[nodiscard]] std::optional<std::uint16_t> encode_altitude_25_ft_12(double altitude_ft) noexcept;
[[nodiscard]] std::optional<std::uint16_t> encode_altitude_100_ft_12(double altitude_ft) noexcept;

/// The 12-bit code with M=0 put in between, and the other way, M dropped.
[[nodiscard]] constexpr std::uint16_t with_m_bit(std::uint16_t code12) noexcept {
  return static_cast<std::uint16_t>((code12 & 0xFC0U) << 1U | (code12 & 0x3FU));
}
[[nodiscard]] constexpr std::uint16_t without_m_bit(std::uint16_t code13) noexcept {
  return static_cast<std::uint16_t>((code13 & 0x1F80U) >> 1U | (code13 & 0x3FU));
}

/// The Mode A code of a 13-bit identity (ID, bits 20 to 32 of DF5 and 21: C1 A1 C2 A2 C4 A4 X B1 D1 B2 D2 B4 D4) in the
/// order A4 A2 A1 B4 B2 B1 C4 C2 C1 D4 D2 D1: four octal digits, 12 bits.
[[nodiscard]] constexpr std::uint16_t identity_13(std::uint16_t id) noexcept {
  const auto bit = [id](unsigned from_low, unsigned to_low) {
    return (static_cast<unsigned>(id) >> from_low & 1U) << to_low;
  };
  return static_cast<std::uint16_t>(bit(7, 11) | bit(9, 10) | bit(11, 9) | bit(1, 8) | bit(3, 7) | bit(5, 6) |
                                    bit(8, 5) | bit(10, 4) | bit(12, 3) | bit(0, 2) | bit(2, 1) | bit(4, 0));
}
/// The way back, X being 0.
[[nodiscard]] constexpr std::uint16_t encode_identity_13(std::uint16_t mode_a) noexcept {
  const auto bit = [mode_a](unsigned to_low, unsigned from_low) {
    return (static_cast<unsigned>(mode_a) >> from_low & 1U) << to_low;
  };
  return static_cast<std::uint16_t>(bit(7, 11) | bit(9, 10) | bit(11, 9) | bit(1, 8) | bit(3, 7) | bit(5, 6) |
                                    bit(8, 5) | bit(10, 4) | bit(12, 3) | bit(0, 2) | bit(2, 1) | bit(4, 0));
}

/// A Mode A/C reply as Beast carries it, two octets 0 A4 A2 A1 0 B4 B2 B1, S C4 C2 C1 0 D4 D2 D1 (S: SPI).
/// `mode_a` is the code if the reply answered a Mode A interrogation; `altitude_ft` the altitude if it
/// answered Mode C and the pulses are legal. The reply itself doesn't tell which.
struct ModeAcReply {
  std::uint16_t mode_a;
  bool special_position;  ///< SPI: the pilot pressed "ident"
  std::optional<double> altitude_ft;
};
[[nodiscard]] ModeAcReply decode_mode_ac(std::uint16_t octets) noexcept;

}  // namespace marsad::wire::modes
