#include "marsad/wire/modes/register_json.hpp"

#include <gtest/gtest.h>

#include "marsad/base/random.hpp"

namespace marsad::wire::modes {
namespace {

std::string json_of(std::uint8_t bds, std::uint64_t bits) {
  std::string out;
  append_register_json(out, bds, Register(bits));
  return out;
}

TEST(RegisterJson, GivesEachRegisterInItsUnits) {
  EXPECT_EQ(json_of(0x20, 0x20'2CC3'71C3'1DE0), R"({"bds":"2,0","callsign":"KLM1017"})");
  EXPECT_EQ(json_of(0x40, 0x85'E42F'3130'0000),
            R"({"bds":"4,0","mcp_altitude_ft":3008,"fms_altitude_ft":3008,"pressure_setting_mb":1020})");
  EXPECT_EQ(json_of(0x44, 0x18'5BD5'CF40'0000),
            R"({"bds":"4,4","source":"inertial","wind_speed_kt":22,"wind_from_deg":344.5,"air_temperature_c":-48.75})");
  EXPECT_EQ(json_of(0x50, 0x81'9515'36E0'24D4),
            R"({"bds":"5,0","roll_deg":2.1,"track_deg":114.3,"gs_kt":438,"track_rate_deg_s":0.125,"tas_kt":424})");
  EXPECT_EQ(json_of(0x60, 0x8F'39F9'1A7E'27C4),
            R"({"bds":"6,0","magnetic_heading_deg":42.7,"ias_kt":252,"mach":0.42,"barometric_vrate_fpm":-1920,)"
            R"("inertial_vrate_fpm":-1920})");
  EXPECT_EQ(json_of(0x17, 0x02'8000'0000'0000), R"({"bds":"1,7","registers":["2,0","4,0"]})");
  EXPECT_EQ(json_of(0x18, 1), R"({"bds":"1,8","registers":["0,1"]})");
}

TEST(RegisterJson, SaysThatARegisterContradictsItself) {
  EXPECT_EQ(json_of(0x40, 0x10000), R"({"bds":"4,0","consistent":false})");
  EXPECT_EQ(json_of(0x05, 0x20'2CC3'71C3'1DE0), R"({"bds":"0,5","consistent":false})");
}

TEST(RegisterJson, SaysWhatTheAdvisoryDemands) {
  // One threat: corrective, downward, positive; the other must not pass above; its address.
  const std::uint64_t bits = 0x30ULL << 48 | 0x3880ULL << 34 | 0x4ULL << 30 | 1ULL << 26 | 0x4A08BBULL << 2;
  EXPECT_EQ(json_of(0x30, bits),
            R"({"bds":"3,0","advisory_active":true,"advisory":["corrective","downward","positive"],)"
            R"("advisory_code":"3880","complements":["not_above"],"terminated":false,"multiple_threats":false,)"
            R"("threat_icao":"4a08bb"})");
  EXPECT_EQ(json_of(0x30, 0x30ULL << 48),
            R"({"bds":"3,0","advisory_active":false,"advisory_code":"0000","terminated":false,)"
            R"("multiple_threats":false})");
}

TEST(RegisterJson, ReadsSquittersInRegisters) {
  EXPECT_EQ(json_of(0x08, 0x20'2CC3'71C3'2CE0), R"({"bds":"0,8","tc":4,"callsign":"KLM1023","category":"A0"})");
  EXPECT_EQ(json_of(0x05, 0x58'C382'D690'C8AC),
            R"({"bds":"0,5","tc":11,"alt_ft":38000,"surveillance_status":0,"cpr_odd":false,"cpr_lat":93000,)"
            R"("cpr_lon":51372})");
  EXPECT_EQ(json_of(0x09, 0x99'4409'9408'3817).find(R"({"bds":"0,9","tc":19,"subtype":1,"gs_kt":159.2)"), 0U);
}

TEST(RegisterJson, AddsNothingForOtherRegisters) {
  EXPECT_EQ(json_of(0x00, 1), "");
  EXPECT_EQ(json_of(0x51, 1), "");
  EXPECT_EQ(json_of(0xFF, 1), "");
}

TEST(RegisterJson, IsAsciiWithoutNullsWhateverTheBits) {
  base::Random random(30);
  for (int i = 0; i < 200'000; ++i) {
    const auto bds = static_cast<std::uint8_t>(random.below(0x70));
    const std::string out = json_of(bds, random.bits() & random.bits());
    ASSERT_EQ(out.empty(), !is_decoded_register(bds));
    ASSERT_EQ(out.find("null"), std::string::npos) << out;
    for (const char character : out) ASSERT_TRUE(character >= 0x20 && character < 0x7F) << out;
  }
}

}  // namespace
}  // namespace marsad::wire::modes
