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

TEST(Bds18To1C, NameTheRegistersOfTheirFiftySix) {
  const Register last_bit_only(1);
  EXPECT_TRUE(decode_services_capability(0x18, last_bit_only).has(0x01));
  EXPECT_TRUE(decode_services_capability(0x19, last_bit_only).has(0x39));
  EXPECT_TRUE(decode_services_capability(0x1A, last_bit_only).has(0x71));
  EXPECT_TRUE(decode_services_capability(0x1B, last_bit_only).has(0xA9));
  EXPECT_TRUE(decode_services_capability(0x1C, last_bit_only).has(0xE1));
  const Register first_bit_only(std::uint64_t{1} << 55U);
  EXPECT_TRUE(decode_services_capability(0x18, first_bit_only).has(0x38));
  EXPECT_FALSE(decode_services_capability(0x18, first_bit_only).has(0x39));
  EXPECT_FALSE(decode_services_capability(0x19, first_bit_only).has(0x38));
  EXPECT_FALSE(decode_services_capability(0x1C, first_bit_only).consistent);
  const auto highest = decode_services_capability(0x1C, Register(std::uint64_t{1} << 30U));
  EXPECT_TRUE(highest.consistent);
  EXPECT_TRUE(highest.has(0xFF));
}

TEST(Bds21, GivesTheMarksOfAircraftAndAirline) {
  std::uint64_t bits = 1;
  for (const unsigned letter : {4U, 45U, 1U, 2U, 3U, 4U, 32U}) bits = bits << 6U | letter;  // D-ABCD
  bits = bits << 13U | 1ULL << 12U | 12ULL << 6U | 8ULL;                                    // LH
  const auto registration = decode_bds_21(Register(bits));
  EXPECT_TRUE(registration.consistent);
  EXPECT_EQ(std::string_view(registration.aircraft->data(), 7), "D-ABCD ");
  EXPECT_EQ(std::string_view(registration.airline->data(), 2), "LH");
  EXPECT_FALSE(decode_bds_21(Register(1)).consistent);
}

TEST(Bds44, GivesWindAndTemperature) {
  const auto report = decode_bds_44(Register(0x18'5BD5'CF40'0000));  // a published reply
  EXPECT_TRUE(report.consistent);
  EXPECT_EQ(report.source, 1);
  EXPECT_EQ(report.wind_speed_kt, 22);
  EXPECT_NEAR(*report.wind_from_deg, 344.53, 0.01);
  EXPECT_EQ(report.air_temperature_c, -48.75);
  EXPECT_FALSE(report.static_pressure_hpa.has_value());
  EXPECT_FALSE(report.turbulence.has_value());
  EXPECT_FALSE(report.humidity_percent.has_value());
  EXPECT_FALSE(decode_bds_44(Register(0x58'5BD5'CF40'0000)).consistent);  // source 5
  const auto wet = decode_bds_44(Register(1ULL << 21 | 1013ULL << 10 | 1ULL << 9 | 2ULL << 7 | 1ULL << 6 | 32ULL));
  EXPECT_EQ(wet.static_pressure_hpa, 1013);
  EXPECT_EQ(wet.turbulence, Severity::moderate);
  EXPECT_EQ(wet.humidity_percent, 50);
}

TEST(Bds45, GivesHazards) {
  const auto report = decode_bds_45(Register(0x00'01FB'8000'0000));  // a published reply
  EXPECT_TRUE(report.consistent);
  EXPECT_EQ(report.air_temperature_c, -4.5);
  const auto all = decode_bds_45(
      Register(0xE0'0000'0000'0000 | 1ULL << 46 | 3ULL << 44 | 1ULL << 29 | 900ULL << 18 | 1ULL << 17 | 100ULL << 5));
  EXPECT_TRUE(all.consistent);
  EXPECT_EQ(all.turbulence, Severity::severe);
  EXPECT_EQ(all.icing, Severity::severe);
  EXPECT_FALSE(all.microburst.has_value());
  EXPECT_EQ(all.static_pressure_hpa, 900);
  EXPECT_EQ(all.radio_height_ft, 1600);
  EXPECT_FALSE(decode_bds_45(Register(1)).consistent);
}

TEST(Bds53, GivesTheStateRelativeToTheAir) {
  const std::uint64_t bits = 1ULL << 55 | 1ULL << 54 | 0x200ULL << 44 | 1ULL << 43 | 250ULL << 33 | 1ULL << 32 |
                             60ULL << 23 | 1ULL << 22 | 641ULL << 10 | 1ULL << 9 | 0x1FEULL;
  const auto state = decode_bds_53(Register(bits));
  EXPECT_TRUE(state.consistent);
  EXPECT_EQ(state.magnetic_heading_deg, -90);
  EXPECT_EQ(state.indicated_airspeed_kt, 250);
  EXPECT_NEAR(*state.mach, 0.48, 1e-12);
  EXPECT_EQ(state.true_airspeed_kt, 320.5);
  EXPECT_EQ(state.altitude_rate_ft_min, -128);
  EXPECT_FALSE(decode_bds_53(Register(1)).consistent);
}

}  // namespace
}  // namespace marsad::wire::modes
