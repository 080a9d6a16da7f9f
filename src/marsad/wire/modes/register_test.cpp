#include "marsad/wire/modes/register.hpp"

#include <gtest/gtest.h>

namespace marsad::wire::modes {
namespace {

// The registers of published Comm-B replies whose contents are known.

TEST(Register, NumbersItsBitsFromOne) {
  const Register reg(0x80'0000'0000'0003);
  EXPECT_TRUE(reg.bit(1));
  EXPECT_FALSE(reg.bit(2));
  EXPECT_EQ(reg.bits(55, 56), 3U);
  EXPECT_EQ(reg.signed_bits(55, 56), -1);
  EXPECT_EQ(reg.signed_bits(54, 56), 3);
}

TEST(Bds40, GivesAltitudesAndTheWholePressure) {
  const auto intention = decode_bds_40(Register(0x85'E42F'3130'0000));
  EXPECT_TRUE(intention.consistent);
  EXPECT_EQ(intention.mcp_altitude_ft, 3008);
  EXPECT_EQ(intention.fms_altitude_ft, 3008);
  EXPECT_EQ(intention.pressure_setting_mb, 1020);
  EXPECT_EQ(intention.vnav, std::nullopt);
  EXPECT_EQ(intention.target_source, std::nullopt);
}

TEST(Bds40, ReservedBitsAndValuesWithoutStatusAreInconsistent) {
  EXPECT_FALSE(decode_bds_40(Register(0x00'0000'0001'0000)).consistent);
  EXPECT_FALSE(decode_bds_40(Register(0x40'0000'0000'0000)).consistent);
  EXPECT_EQ(decode_bds_40(Register(0x40'0000'0000'0000)).mcp_altitude_ft, std::nullopt);
  EXPECT_TRUE(decode_bds_40(Register(0)).consistent);
}

TEST(Bds50, GivesSignedRollAndTurn) {
  const auto track = decode_bds_50(Register(0x81'9515'36E0'24D4));
  EXPECT_TRUE(track.consistent);
  EXPECT_NEAR(*track.roll_deg, 2.1, 0.05);
  EXPECT_NEAR(*track.true_track_deg, 114.258, 0.001);
  EXPECT_EQ(track.ground_speed_kt, 438);
  EXPECT_EQ(track.track_rate_deg_s, 0.125);
  EXPECT_EQ(track.true_airspeed_kt, 424);
  const auto left = decode_bds_50(Register(0xFF'E000'0000'0000));
  EXPECT_NEAR(*left.roll_deg, -45.0 / 256, 1e-12);
}

TEST(Bds60, GivesSignedRates) {
  const auto heading = decode_bds_60(Register(0x8F'39F9'1A7E'27C4));
  EXPECT_TRUE(heading.consistent);
  EXPECT_NEAR(*heading.magnetic_heading_deg, 42.715, 0.001);
  EXPECT_EQ(heading.indicated_airspeed_kt, 252);
  EXPECT_NEAR(*heading.mach, 0.42, 1e-12);
  EXPECT_EQ(heading.barometric_rate_ft_min, -1920);
  EXPECT_EQ(heading.inertial_rate_ft_min, -1920);
}

TEST(Bds20, GivesTheIdentification) {
  const auto identification = decode_bds_20(Register(0x20'2CC3'71C3'1DE0));
  EXPECT_TRUE(identification.consistent);
  EXPECT_EQ(identification.view(), "KLM1017 ");
}

TEST(Bds17, NamesTheRegistersInUse) {
  const auto capability = decode_bds_17(Register(0xFA'81C1'0000'0000));
  EXPECT_TRUE(capability.consistent);
  for (const unsigned bds : {0x05U, 0x06U, 0x07U, 0x08U, 0x09U, 0x20U, 0x40U, 0x50U, 0x51U, 0x52U, 0x60U})
    EXPECT_TRUE(capability.has(bds)) << bds;
  for (const unsigned bds : {0x0AU, 0x21U, 0x44U, 0x53U, 0x30U, 0xFFU}) EXPECT_FALSE(capability.has(bds)) << bds;
}

TEST(Bds10, GivesTheCapabilities) {
  const auto capability = decode_bds_10(Register(0x10'0100'80F5'0000));
  EXPECT_TRUE(capability.consistent);
  EXPECT_TRUE(capability.acas_operational);
  EXPECT_TRUE(capability.specific_services);
  EXPECT_TRUE(capability.identification);
  EXPECT_EQ(capability.acas, 5);
  EXPECT_FALSE(decode_bds_10(Register(0x20'0100'80F5'0000)).consistent);
}

TEST(Bds30, GivesTheThreatByAddressOrByPlace) {
  // ARA 10100000000000, RAC 0010, RAT 0, MTE 0, then the threat's type and identity.
  const std::uint64_t head = 0x30ULL << 48 | 0x2800ULL << 34 | 0x2ULL << 30;
  const auto known = decode_bds_30(Register(head | 1ULL << 26 | 0x4A08BBULL << 2));
  EXPECT_TRUE(known.consistent);
  EXPECT_EQ(known.active, 0x2800);
  EXPECT_EQ(known.complements, 2);
  EXPECT_EQ(known.threat_address, 0x4A08BBU);
  const auto placed = decode_bds_30(Register(head | 2ULL << 26 | 0x123ULL << 13 | 31ULL << 6 | 1ULL));
  EXPECT_TRUE(placed.consistent);
  EXPECT_EQ(placed.threat_altitude_code, 0x123);
  EXPECT_EQ(placed.threat_range_nm, 3);
  EXPECT_EQ(placed.threat_bearing_deg, 3);
  EXPECT_FALSE(decode_bds_30(Register(head | 3ULL << 26)).consistent);
}

}  // namespace
}  // namespace marsad::wire::modes
