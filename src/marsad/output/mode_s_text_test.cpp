#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "marsad/base/random.hpp"
#include "marsad/observation/mode_s/test_squitters.hpp"
#include "marsad/output/member_writer.hpp"
#include "marsad/output/mode_s_json.hpp"
#include "marsad/output/sbs_rows.hpp"

namespace marsad::output {
namespace {

using nlohmann::json;
using observation::mode_s::Resolver;
using observation::mode_s::testing::airborne_position;
using observation::mode_s::testing::airborne_velocity;
using observation::mode_s::testing::all_call;
using observation::mode_s::testing::altitude_reply;
using observation::mode_s::testing::comm_b;
using observation::mode_s::testing::identification;
using observation::mode_s::testing::identity_reply;
using observation::mode_s::testing::MadeFrame;
using observation::mode_s::testing::operational_status;
using observation::mode_s::testing::squitter;
using observation::mode_s::testing::squitter_18;
using units::UtcTime;

constexpr std::uint32_t kAddress = 0x4B1234;

class ModeSText : public ::testing::Test {
 protected:
  const observation::mode_s::Outcome& hear(const MadeFrame& frame, double seconds = 0.0) {
    return resolver_.take(
        frame.heard(), UtcTime::nanoseconds_since_epoch(1'700'000'000'000'000'000) + units::Duration::seconds(seconds));
  }
  json object_of(const MadeFrame& frame, double seconds = 0.0, const ModeSJsonOptions& options = {}) {
    std::string text;
    append_mode_s_json(text, hear(frame, seconds), options);
    return json::parse(text);
  }
  std::string row_of(const MadeFrame& frame, double seconds = 0.0) {
    std::string text;
    const auto& outcome = hear(frame, seconds);
    append_sbs_row(text, outcome, outcome.reception.receipt);
    return text;
  }
  Resolver resolver_;
};

TEST_F(ModeSText, TellsASelectedTrackFromASelectedHeading) {
  // Target state of version 1: horizontal data from bit 26 on, 270 degrees, and in bit 37 whether that is a track.
  constexpr std::uint64_t kHeading = std::uint64_t{29} << 51U | std::uint64_t{1} << 29U | std::uint64_t{270} << 20U;
  constexpr std::uint64_t kIsTrack = std::uint64_t{1} << 19U;
  std::string text;
  append_mode_s_json(text, hear(squitter(kAddress, kHeading)));
  const json heading = json::parse(text);
  EXPECT_EQ(heading.at("selected_heading_deg"), 270);
  EXPECT_FALSE(heading.contains("selected_track_deg"));
  text.clear();
  append_mode_s_json(text, hear(squitter(kAddress, kHeading | kIsTrack), 1.0));
  const json track = json::parse(text);
  EXPECT_EQ(track.at("selected_track_deg"), 270);
  EXPECT_FALSE(track.contains("selected_heading_deg"));
}

TEST_F(ModeSText, AnIdentification) {
  EXPECT_EQ(object_of(squitter(kAddress, identification("SWR123  ")), 0.25), json::parse(R"({"t":1700000000.25,"df":17,
    "hex":")" + std::string(object_of(squitter(kAddress, identification("SWR123  ")), 9.0)["hex"]) +
                                                                                         R"(",
    "icao":"4b1234","crc":"ok","ca":5,"tc":4,"callsign":"SWR123","category":"A3"})"));
}

TEST_F(ModeSText, APositionOnlyOnceItIsResolved) {
  const json first = object_of(squitter(kAddress, airborne_position({56.3, 10.62}, false)));
  EXPECT_EQ(first["position"], "single");
  EXPECT_FALSE(first.contains("lat"));
  EXPECT_EQ(first["alt_ft"], 30'000);
  EXPECT_EQ(first["nic"], 8);
  const json second = object_of(squitter(kAddress, airborne_position({56.3, 10.62}, true)), 0.5);
  EXPECT_NEAR(second["lat"].get<double>(), 56.3, 1e-4);
  EXPECT_NEAR(second["lon"].get<double>(), 10.62, 1e-4);
  EXPECT_EQ(second["cpr"], "global");
  EXPECT_EQ(second["cpr_odd"], 1);
  EXPECT_FALSE(second["surface"].get<bool>());
}

TEST_F(ModeSText, AVelocity) {
  const json velocity = object_of(squitter(kAddress, airborne_velocity(-300.0, 400.0)));
  EXPECT_EQ(velocity["gs_kt"], 500);
  EXPECT_NEAR(velocity["track_deg"].get<double>(), 323.13, 0.01);
  EXPECT_EQ(velocity["nacv"], 2);
  EXPECT_FALSE(velocity.contains("vrate_fpm"));
}

TEST_F(ModeSText, RepliesWithTheirDoubts) {
  EXPECT_EQ(object_of(altitude_reply(kAddress, 5'000.0))["verdict"], "unknown_address");
  hear(all_call(kAddress), 1.0);
  const json reply = object_of(altitude_reply(kAddress, 5'000.0), 2.0);
  EXPECT_EQ(reply["crc"], "address");
  EXPECT_EQ(reply["alt_ft"], 5'000);
  EXPECT_FALSE(reply.contains("verdict"));
  EXPECT_EQ(object_of(altitude_reply(kAddress, 35'000.0), 3.0)["doubt"], json::array({"altitude"}));
  EXPECT_EQ(object_of(identity_reply(kAddress, 0123), 3.0)["squawk"], "0123");
  EXPECT_EQ(object_of(all_call(kAddress, 3), 4.0)["ii"], 3);
  EXPECT_EQ(object_of(all_call(kAddress, 0x25), 4.0)["si"], 21);
}

TEST_F(ModeSText, ARegisterThatIsSure) {
  hear(all_call(kAddress));
  const json reply = object_of(comm_b(kAddress, 33'000.0, 0x20'2CC3'71C3'1DE0), 1.0);
  EXPECT_EQ(reply["mb"], "202cc371c31de0");
  EXPECT_EQ(reply["bds"], "2,0");
  EXPECT_EQ(reply["register"]["callsign"], "KLM1017");
  EXPECT_FALSE(object_of(comm_b(kAddress, 33'000.0, 0x20'2CC3'71C3'1DE0), 2.0, {.registers = false}).contains("bds"));
}

TEST_F(ModeSText, DamagedMessagesSayNoMoreThanThatTheyAre) {
  MadeFrame damaged = squitter(kAddress, identification("SWR123  "));
  damaged.octets[10] ^= std::byte{0xFF};
  const json object = object_of(damaged);
  EXPECT_EQ(object["verdict"], "bad_parity");
  EXPECT_EQ(object["crc"], "failed");
  EXPECT_FALSE(object.contains("callsign"));
}

TEST_F(ModeSText, WhateverIsHeardIsValidJson) {
  base::Random random(5);
  std::string text;
  for (int i = 0; i < 20'000; ++i) {
    MadeFrame frame =
        squitter(kAddress + static_cast<std::uint32_t>(random.below(3)), random.below(std::uint64_t{1} << 56U));
    if (i % 3 == 0)
      frame = squitter_18(static_cast<unsigned>(random.below(8)), kAddress, random.below(std::uint64_t{1} << 56U));
    if (i % 7 == 0) frame = comm_b(kAddress, 1'000.0, random.below(std::uint64_t{1} << 56U));
    text.clear();
    append_mode_s_json(text, hear(frame, 0.5 * i));
    const json object = json::parse(text, nullptr, false);
    ASSERT_TRUE(object.is_object()) << text;
    ASSERT_EQ(object["hex"].get<std::string>().size(), 28U);
    text.clear();
    const auto& outcome = hear(frame, 0.5 * i + 0.4);
    if (append_sbs_row(text, outcome, outcome.reception.receipt)) {
      ASSERT_EQ(std::count(text.begin(), text.end(), ','), 21) << text;
    }
  }
}

TEST_F(ModeSText, RowsOfBaseStation) {
  EXPECT_EQ(row_of(squitter(kAddress, identification("SWR123  ")), 0.123),
            "MSG,1,1,1,4B1234,1,2023/11/14,22:13:20.123,2023/11/14,22:13:20.123,SWR123  ,,,,,,,,,,,\r\n");
  EXPECT_EQ(row_of(squitter(kAddress, airborne_velocity(-300.0, 400.0)), 1.0),
            "MSG,4,1,1,4B1234,1,2023/11/14,22:13:21.000,2023/11/14,22:13:21.000,,,500,323,,,,,,,,\r\n");
  hear(squitter(kAddress, airborne_position({56.3, 10.62}, false)), 1.5);
  EXPECT_EQ(
      row_of(squitter(kAddress, airborne_position({56.3, 10.62}, true)), 2.0),
      "MSG,3,1,1,4B1234,1,2023/11/14,22:13:22.000,2023/11/14,22:13:22.000,,30000,,,56.30000,10.62000,,,0,0,0,0\r\n");
  EXPECT_EQ(row_of(identity_reply(kAddress, 07700), 3.0),
            "MSG,6,1,1,4B1234,1,2023/11/14,22:13:23.000,2023/11/14,22:13:23.000,,,,,,,,7700,0,-1,0,0\r\n");
  EXPECT_EQ(row_of(all_call(kAddress), 4.0).substr(0, 23), "MSG,8,1,1,4B1234,1,2023");
  EXPECT_EQ(row_of(squitter(kAddress, operational_status(2, true, 10, 3)), 5.0), "") << "there is no such row";
  EXPECT_EQ(row_of(altitude_reply(0x777777, 5'000.0), 6.0), "") << "not accepted";
}

TEST(MemberWriter, RoundsAndTrims) {
  std::string out;
  {
    MemberWriter write(out);
    write.begin();
    write.number("a", 1.25, 1);
    write.number("b", -0.04, 1);
    write.number("c", 100.0, 3);
    write.number("d", 1e300, 2);
    write.number("e", -12.3456789, 6);
    write.hexadecimal("f", 0xABC, 6);
    write.octal("g", 07654);
    write.nanoseconds("h", -1'500'000'000);
    write.begin_list("i");
    write.end_list();
    write.boolean("j", true);
    write.end();
  }
  EXPECT_EQ(out, R"({"a":1.3,"b":0,"c":100,"d":null,"e":-12.345679,"f":"000abc","g":"7654","h":-1.5,"i":[],"j":true})");
}

TEST(MemberWriter, LeavesOutWhatNoLongerFits) {
  std::string out;
  {
    MemberWriter write(out);
    write.begin();
    for (int i = 0; i < 1'000; ++i) write.integer("number", i);
    EXPECT_TRUE(write.overflowed());
    write.end();
  }
  EXPECT_TRUE(json::parse(out, nullptr, false).is_object());
}

}  // namespace
}  // namespace marsad::output
