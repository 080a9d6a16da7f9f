#include "marsad/wire/modes/altitude.hpp"

#include <array>
#include <cmath>
#include <cstddef>

namespace marsad::wire::modes {
namespace {

constexpr unsigned kM = 0x40;  ///< of a 13-bit code
constexpr unsigned kQ = 0x10;
constexpr std::int16_t kIllegal = INT16_MIN;
constexpr int kLowestHundred = -12;  ///< hundreds of feet
constexpr int kHighestHundred = 1267;
constexpr int kStepsOf25Ft = 2048;
constexpr double kLowest25Ft = -1000.0;

constexpr unsigned gray_to_binary(unsigned gray) {
  for (unsigned shift = 4; shift > 0; shift /= 2) gray ^= gray >> shift;
  return gray;
}

/// The altitude of a 12-bit code with Q=0 in hundreds of feet, or kIllegal.
///
/// D2 D4 A1 A2 A4 B1 B2 B4 count 500 ft in a reflected binary code. C1 C2 C4 count the five steps of 100 ft within, in
/// a reflected code too, whose direction turns with each 500 ft.
constexpr std::int16_t gillham_hundreds(unsigned code) {
  const auto bit = [code](unsigned from_low) { return code >> from_low & 1U; };
  const unsigned gray_500 =
      bit(2) << 7U | bit(0) << 6U | bit(10) << 5U | bit(8) << 4U | bit(6) << 3U | bit(5) << 2U | bit(3) << 1U | bit(1);
  const unsigned gray_100 = bit(11) << 2U | bit(9) << 1U | bit(7);
  const auto steps_500 = static_cast<int>(gray_to_binary(gray_500));
  auto steps_100 = static_cast<int>(gray_to_binary(gray_100));
  if (steps_100 == 7)
    steps_100 = 5;
  else if (steps_100 == 0 || steps_100 >= 5)
    return kIllegal;
  if (steps_500 % 2 != 0) steps_100 = 6 - steps_100;
  return static_cast<std::int16_t>(5 * steps_500 + steps_100 - 13);
}

/// By the 12-bit code, those with Q=1 left unused.
constexpr std::array<std::int16_t, 4096> make_hundreds() {
  std::array<std::int16_t, 4096> hundreds{};
  for (unsigned code = 0; code < hundreds.size(); ++code)
    hundreds[code] = (code & kQ) != 0 ? kIllegal : gillham_hundreds(code);
  return hundreds;
}
constexpr std::array<std::int16_t, 4096> kHundreds = make_hundreds();

/// The 12-bit code of each hundred feet from -1200 ft.
constexpr std::array<std::uint16_t, kHighestHundred - kLowestHundred + 1> make_codes() {
  std::array<std::uint16_t, kHighestHundred - kLowestHundred + 1> codes{};
  for (unsigned code = 0; code < kHundreds.size(); ++code)
    if (kHundreds[code] != kIllegal)
      codes[static_cast<std::size_t>(kHundreds[code] - kLowestHundred)] = static_cast<std::uint16_t>(code);
  return codes;
}
constexpr auto kCodes = make_codes();

}  // namespace

std::optional<double> altitude_ft_12(std::uint16_t code) noexcept {
  if ((code & kQ) != 0) {
    const unsigned steps = (code & 0xFE0U) >> 1U | (code & 0xFU);
    return kLowest25Ft + 25.0 * steps;
  }
  const std::int16_t hundreds = kHundreds[code & 0xFFFU];
  if (hundreds == kIllegal) return std::nullopt;
  return 100.0 * hundreds;
}

std::optional<double> altitude_ft_13(std::uint16_t code) noexcept {
  if ((code & kM) != 0) return std::nullopt;
  return altitude_ft_12(without_m_bit(code));
}

AltitudeCoding altitude_coding_13(std::uint16_t code) noexcept {
  if ((code & 0x1FFFU) == 0) return AltitudeCoding::unavailable;
  if ((code & kM) != 0) return AltitudeCoding::metric;
  if ((code & kQ) != 0) return AltitudeCoding::steps_25_ft;
  return kHundreds[without_m_bit(code)] == kIllegal ? AltitudeCoding::illegal : AltitudeCoding::gillham_100_ft;
}

std::optional<double> metric_altitude_m_13(std::uint16_t code) noexcept {
  if ((code & kM) == 0) return std::nullopt;
  return without_m_bit(code);
}

std::optional<std::uint16_t> encode_altitude_25_ft_12(double altitude_ft) noexcept {
  const double steps = std::round((altitude_ft - kLowest25Ft) / 25.0);
  if (!(steps >= 0.0 && steps < kStepsOf25Ft)) return std::nullopt;
  const auto count = static_cast<unsigned>(steps);
  return static_cast<std::uint16_t>((count & 0x7F0U) << 1U | kQ | (count & 0xFU));
}

std::optional<std::uint16_t> encode_altitude_100_ft_12(double altitude_ft) noexcept {
  const double hundreds = std::round(altitude_ft / 100.0);
  if (!(hundreds >= kLowestHundred && hundreds <= kHighestHundred)) return std::nullopt;
  return kCodes[static_cast<std::size_t>(static_cast<int>(hundreds) - kLowestHundred)];
}

std::optional<std::uint16_t> encode_altitude_25_ft_13(double altitude_ft) noexcept {
  const auto code = encode_altitude_25_ft_12(altitude_ft);
  return code ? std::optional(with_m_bit(*code)) : std::nullopt;
}

std::optional<std::uint16_t> encode_altitude_100_ft_13(double altitude_ft) noexcept {
  const auto code = encode_altitude_100_ft_12(altitude_ft);
  return code ? std::optional(with_m_bit(*code)) : std::nullopt;
}

ModeAcReply decode_mode_ac(std::uint16_t octets) noexcept {
  ModeAcReply reply{};
  reply.mode_a = static_cast<std::uint16_t>((octets >> 12U & 7U) << 9U | (octets >> 8U & 7U) << 6U |
                                            (octets >> 4U & 7U) << 3U | (octets & 7U));
  reply.special_position = (octets & 0x80U) != 0;
  const bool d1 = (octets & 1U) != 0;  // where Mode S codes have Q; no altitude has this pulse
  if (!d1) reply.altitude_ft = altitude_ft_13(encode_identity_13(reply.mode_a));
  return reply;
}

}  // namespace marsad::wire::modes
