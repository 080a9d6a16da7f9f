#include "marsad/wire/modes/altitude.hpp"

#include <gtest/gtest.h>

#include <map>

namespace marsad::wire::modes {
namespace {

TEST(Altitude, CountsStepsOf25FeetWithQ) {
  EXPECT_EQ(altitude_ft_12(0xC38), 38'000);
  EXPECT_EQ(altitude_ft_13(0x1838), 38'000);
  EXPECT_EQ(altitude_ft_12(0x010), -1000);
  EXPECT_EQ(altitude_ft_12(0xFFF), 50'175);
}

TEST(Altitude, IsUnavailableForAllZeros) {
  EXPECT_EQ(altitude_coding_13(0), AltitudeCoding::unavailable);
  EXPECT_EQ(altitude_ft_13(0), std::nullopt);
  EXPECT_EQ(altitude_ft_12(0), std::nullopt);
}

TEST(Altitude, InMetresIsNotTakenForFeet) {
  const std::uint16_t code = 0x1838 | 0x40;
  EXPECT_EQ(altitude_coding_13(code), AltitudeCoding::metric);
  EXPECT_EQ(altitude_ft_13(code), std::nullopt);
  EXPECT_EQ(metric_altitude_m_13(code), 0xC38);
  EXPECT_EQ(metric_altitude_m_13(0x1838), std::nullopt);
}

/// Gillham's code drawn up the other way: by walking through the altitudes and changing one pulse at each step of 100
/// feet, as the encoder's discs do (Annex 10, appendix to chapter 3: D2 D4 A1 A2 A4 B1 B2 B4 by 500 ft; C by 100 ft).
std::map<std::uint16_t, int> walk_of_gillham() {
  std::map<std::uint16_t, int> altitudes;
  const std::uint16_t by_500[8] = {1U << 2U, 1U << 0U, 1U << 10U, 1U << 8U, 1U << 6U, 1U << 5U, 1U << 3U, 1U << 1U};
  const std::uint16_t c1 = 1U << 11U;
  const std::uint16_t c2 = 1U << 9U;
  const std::uint16_t c4 = 1U << 7U;
  const std::uint16_t up[5] = {c4, static_cast<std::uint16_t>(c4 | c2), c2, static_cast<std::uint16_t>(c2 | c1), c1};
  int altitude_ft = -1200;
  std::uint16_t high = 0;
  for (unsigned step = 0; step < 256; ++step) {
    if (step > 0) {
      unsigned lowest = 0;  // a reflected code changes, at each step, the pulse of the step's lowest set bit
      while ((step >> lowest & 1U) == 0) ++lowest;
      high = static_cast<std::uint16_t>(high ^ by_500[7 - lowest]);
    }
    for (int i = 0; i < 5; ++i, altitude_ft += 100)
      altitudes[static_cast<std::uint16_t>(high | up[step % 2 == 0 ? i : 4 - i])] = altitude_ft;
  }
  return altitudes;
}

TEST(Altitude, OfEveryGillhamCodeIsThatOfTheWalkThroughThem) {
  const auto walk = walk_of_gillham();
  ASSERT_EQ(walk.size(), 1280U);
  EXPECT_EQ(walk.rbegin()->second, altitude_ft_12(walk.rbegin()->first));
  for (unsigned code = 0; code < 4096; ++code) {
    if ((code & 0x10U) != 0) continue;
    const auto found = walk.find(static_cast<std::uint16_t>(code));
    const auto altitude = altitude_ft_12(static_cast<std::uint16_t>(code));
    ASSERT_EQ(altitude.has_value(), found != walk.end()) << code;
    if (altitude) {
      ASSERT_EQ(*altitude, found->second) << code;
    }
    const auto code13 = with_m_bit(static_cast<std::uint16_t>(code));
    ASSERT_EQ(altitude_ft_13(code13), altitude);
    if (code != 0) {
      ASSERT_EQ(altitude_coding_13(code13), altitude ? AltitudeCoding::gillham_100_ft : AltitudeCoding::illegal);
    }
  }
}

TEST(Altitude, ComesBackFromEveryLegalCode) {
  for (unsigned raw = 0; raw < 4096; ++raw) {
    const auto code = static_cast<std::uint16_t>(raw);
    EXPECT_EQ(without_m_bit(with_m_bit(code)), code);
    const auto altitude = altitude_ft_12(code);
    if (!altitude) continue;
    const bool has_q = (code & 0x10U) != 0;
    EXPECT_EQ(has_q ? encode_altitude_25_ft_12(*altitude) : encode_altitude_100_ft_12(*altitude), code);
    EXPECT_EQ(has_q ? encode_altitude_25_ft_13(*altitude) : encode_altitude_100_ft_13(*altitude), with_m_bit(code));
  }
}

TEST(Altitude, BeyondTheScaleHasNoCode) {
  EXPECT_EQ(altitude_ft_12(*encode_altitude_25_ft_12(50'180.0)), 50'175);
  EXPECT_EQ(encode_altitude_25_ft_12(50'190.0), std::nullopt);
  EXPECT_EQ(encode_altitude_25_ft_12(-1020.0), std::nullopt);
  EXPECT_EQ(encode_altitude_100_ft_12(126'760.0), std::nullopt);
  EXPECT_EQ(encode_altitude_100_ft_12(-1260.0), std::nullopt);
  EXPECT_EQ(encode_altitude_25_ft_12(std::numeric_limits<double>::quiet_NaN()), std::nullopt);
  EXPECT_EQ(encode_altitude_100_ft_13(std::numeric_limits<double>::infinity()), std::nullopt);
}

TEST(Identity, IsFourOctalDigits) {
  EXPECT_EQ(identity_13(0x0808), 01200);
  EXPECT_EQ(identity_13(0x1FBF), 07777);
  EXPECT_EQ(encode_identity_13(07700), 0x0AAA);
  for (unsigned code = 0; code < 010000; ++code) {
    const auto mode_a = static_cast<std::uint16_t>(code);
    EXPECT_EQ(identity_13(encode_identity_13(mode_a)), mode_a);
    EXPECT_EQ(identity_13(encode_identity_13(mode_a) | 0x40U), mode_a) << "X counts for nothing";
  }
}

TEST(ModeAc, IsACodeOrAnAltitude) {
  const auto reply = decode_mode_ac(0x7700);
  EXPECT_EQ(reply.mode_a, 07700);
  EXPECT_FALSE(reply.special_position);
  EXPECT_EQ(reply.altitude_ft, std::nullopt);
  EXPECT_TRUE(decode_mode_ac(0x1280).special_position);
  EXPECT_EQ(decode_mode_ac(0x0040).altitude_ft, -1200);  // C4 alone is the lowest
  EXPECT_EQ(decode_mode_ac(0x0041).altitude_ft, std::nullopt) << "D1 is never sent with an altitude";
  EXPECT_EQ(decode_mode_ac(0).altitude_ft, std::nullopt);
}

}  // namespace
}  // namespace marsad::wire::modes
