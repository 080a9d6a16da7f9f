#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "marsad/base/random.hpp"
#include "marsad/wire/uat/downlink.hpp"
#include "marsad/wire/uat/line.hpp"
#include "marsad/wire/uat/print.hpp"
#include "marsad/wire/uat/uplink.hpp"

namespace marsad::wire::uat {
namespace {

/// The way back, bit by bit: what the decoder is held against.
class BitWriter {
 public:
  explicit BitWriter(std::size_t octets) : octets_(octets) {}

  BitWriter& put(std::size_t octet, unsigned bit, unsigned width, std::uint64_t value) {
    for (unsigned i = 0; i < width; ++i) {
      const std::size_t at = (octet - 1) * 8 + bit - 1 + i;
      const auto mask = static_cast<std::byte>(0x80U >> at % 8);
      if ((value >> (width - 1 - i) & 1U) != 0) octets_[at / 8] |= mask;
    }
    return *this;
  }
  [[nodiscard]] const std::vector<std::byte>& octets() const { return octets_; }
  [[nodiscard]] std::string line(char mark) const {
    std::string text(1, mark);
    for (const std::byte octet : octets_) {
      text += "0123456789abcdef"[std::to_integer<unsigned>(octet) >> 4U];
      text += "0123456789ABCDEF"[std::to_integer<unsigned>(octet) & 15U];
    }
    return text + ";";
  }

 private:
  std::vector<std::byte> octets_;
};

std::uint64_t circle_code(double degrees, unsigned bits) {
  const auto code = std::llround(degrees / 360.0 * (1 << 24));
  return static_cast<std::uint64_t>(code) & ((std::uint64_t{1} << bits) - 1);
}

BitWriter airborne(std::size_t size, unsigned type, double lat_deg, double lon_deg) {
  BitWriter bits(size);
  bits.put(1, 1, 5, type).put(2, 1, 24, 0xA66EF1);
  bits.put(5, 1, 23, circle_code(lat_deg, 23)).put(7, 8, 24, circle_code(lon_deg, 24));
  bits.put(11, 1, 12, 41 + 140).put(12, 5, 4, 8);            // 3,500 ft, NIC 8
  bits.put(13, 4, 1, 1).put(13, 5, 10, 121);                 // 120 kt south
  bits.put(14, 7, 1, 0).put(14, 8, 10, 51);                  // 50 kt east
  bits.put(16, 2, 1, 1).put(16, 3, 1, 1).put(16, 4, 9, 11);  // barometric, down, 640 ft/min
  return bits.put(17, 5, 1, 1);
}

std::uint64_t base_40(std::string_view three, unsigned first) {
  constexpr std::string_view kCharacters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ ";
  const auto code = [&](char character) { return kCharacters.find(character); };
  if (three.size() == 2) return first * 1600 + code(three[0]) * 40 + code(three[1]);
  return code(three[0]) * 1600 + code(three[1]) * 40 + code(three[2]);
}

TEST(UatLine, GivesTheOctetsAndWhatTheReceiverSaysOfThem) {
  const std::string text =
      airborne(kBasicSize, 0, 45.5, -122.75).line('-') + "rs=3;ss=127;rssi=-12.5;t=1700000000.250;\r\n";
  const auto line = parse_line(text);
  ASSERT_TRUE(line.ok());
  EXPECT_EQ(line->kind, Line::Kind::downlink);
  EXPECT_EQ(line->message().size(), kBasicSize);
  EXPECT_EQ(line->corrected, 3U);
  EXPECT_EQ(line->signal_dbfs, -12.5);
  EXPECT_EQ(line->receipt_s, 1700000000.25);
}

TEST(UatLine, RefusesWhatIsNoMessage) {
  const std::string good = airborne(kBasicSize, 0, 45.5, -122.75).line('-');
  const auto code = [](std::string_view text) { return parse_line(text).error().code; };
  EXPECT_EQ(code(""), base::FaultCode::unknown_format);
  EXPECT_EQ(code("  \n"), base::FaultCode::unknown_format);
  EXPECT_EQ(code("!fecfix=1;"), base::FaultCode::unknown_format);
  EXPECT_EQ(code("-"), base::FaultCode::truncated);
  EXPECT_EQ(code("-;"), base::FaultCode::bad_length);
  EXPECT_EQ(code("-0;"), base::FaultCode::bad_length);
  EXPECT_EQ(code("+" + good.substr(1)), base::FaultCode::bad_length);
  EXPECT_EQ(code(good + "rs=x;"), base::FaultCode::bad_value);
  EXPECT_EQ(code(good + "rs=1"), base::FaultCode::truncated);
  EXPECT_EQ(code(good + "nothing;"), base::FaultCode::bad_value);
  EXPECT_EQ(code(good + "rssi=nan;"), base::FaultCode::bad_value);
  std::string other = good;
  other[5] = 'g';
  EXPECT_EQ(parse_line(other).error(), (base::Fault{base::FaultCode::bad_value, 5}));
  for (std::size_t size = 0; size < good.size(); ++size) EXPECT_FALSE(parse_line(good.substr(0, size)).ok()) << size;
}

TEST(UatDownlink, GivesTheStateOfAnAircraftInTheAir) {
  const auto message = decode_downlink(airborne(kBasicSize, 0, 45.5, -122.75).octets());
  ASSERT_TRUE(message.ok());
  EXPECT_EQ(message->address, 0xA66EF1U);
  const StateVector& state = *message->state;
  EXPECT_NEAR(state.position->lat_deg, 45.5, 1.1e-5);
  EXPECT_NEAR(state.position->lon_deg, -122.75, 1.1e-5);
  EXPECT_EQ(state.pressure_altitude_ft, 3500);
  EXPECT_EQ(state.geometric_height_ft, std::nullopt);
  EXPECT_EQ(state.nic, 8);
  EXPECT_EQ(state.north_velocity_kt, -120);
  EXPECT_EQ(state.east_velocity_kt, 50);
  EXPECT_EQ(state.ground_speed_kt, 130);
  EXPECT_NEAR(*state.direction_deg, 157.380, 0.001);
  EXPECT_EQ(state.barometric_rate_ft_min, -640);
  EXPECT_EQ(state.geometric_rate_ft_min, std::nullopt);
  EXPECT_EQ(state.utc_coupled, true);
  EXPECT_EQ(state.tisb_site, std::nullopt);
}

TEST(UatDownlink, LeavesOutWhatIsNotAvailableOrOverTheScale) {
  const auto empty = decode_downlink(std::vector<std::byte>(kBasicSize));
  ASSERT_TRUE(empty.ok());
  EXPECT_FALSE(empty->state->position.has_value());
  EXPECT_FALSE(empty->state->pressure_altitude_ft.has_value());
  EXPECT_FALSE(empty->state->ground_speed_kt.has_value());
  EXPECT_FALSE(empty->state->direction_deg.has_value());
  BitWriter most(kBasicSize);
  most.put(11, 1, 12, 4095).put(13, 5, 10, 1023).put(14, 8, 10, 1023).put(16, 4, 9, 511);
  const auto over = decode_downlink(most.octets());
  EXPECT_FALSE(over->state->pressure_altitude_ft.has_value());
  EXPECT_FALSE(over->state->north_velocity_kt.has_value());
  EXPECT_FALSE(over->state->geometric_rate_ft_min.has_value());
}

TEST(UatDownlink, TakesFourfoldVelocitiesWhenSupersonic) {
  BitWriter bits(kBasicSize);
  bits.put(13, 1, 2, 1).put(13, 5, 10, 201).put(14, 7, 1, 1).put(14, 8, 10, 1);
  const auto message = decode_downlink(bits.octets());
  EXPECT_EQ(message->state->north_velocity_kt, 800);
  EXPECT_EQ(message->state->east_velocity_kt, 0);
  EXPECT_EQ(message->state->direction_deg, 0);
}

TEST(UatDownlink, ReadsSpeedDirectionAndSizeOnTheGround) {
  BitWriter bits(kBasicSize);
  bits.put(1, 6, 3, 4).put(13, 1, 2, 2).put(13, 5, 10, 16).put(14, 7, 2, 2).put(15, 1, 9, 128).put(16, 2, 4, 3);
  const auto message = decode_downlink(bits.octets());
  EXPECT_EQ(message->qualifier, AddressQualifier::surface_vehicle);
  EXPECT_EQ(message->state->ground_speed_kt, 15);
  EXPECT_EQ(message->state->direction_deg, 90);
  EXPECT_EQ(message->state->direction_kind, GroundDirection::magnetic_heading);
  EXPECT_EQ(message->state->size_code, 3);
}

TEST(UatDownlink, FillsInTheOtherAltitudeAndTheStatusOfALongMessage) {
  BitWriter bits = airborne(kLongSize, 1, -33.95, 151.18);
  bits.put(18, 1, 16, base_40("N1", 1)).put(20, 1, 16, base_40("23A", 0)).put(22, 1, 16, base_40("B  ", 0));
  bits.put(24, 1, 3, 6).put(24, 4, 3, 2).put(24, 7, 2, 3).put(25, 7, 2, 2).put(26, 1, 4, 9).put(26, 5, 3, 2);
  bits.put(26, 8, 1, 1).put(27, 2, 1, 1).put(27, 5, 1, 1).put(27, 7, 1, 1).put(28, 1, 2, 2).put(30, 1, 12, 41 + 150);
  const auto message = decode_downlink(bits.octets());
  ASSERT_TRUE(message.ok());
  EXPECT_EQ(message->state->pressure_altitude_ft, 3500);
  EXPECT_EQ(message->state->geometric_height_ft, 3750);
  EXPECT_LT(message->state->position->lat_deg, -33.9);
  EXPECT_EQ(message->status->text(), "N123AB");
  EXPECT_FALSE(message->status->is_flight_plan);
  EXPECT_EQ(message->status->emitter_category, 1);
  EXPECT_EQ(message->status->emergency, 6);
  EXPECT_EQ(message->status->version, 2);
  EXPECT_EQ(message->status->sil, 3);
  EXPECT_EQ(message->status->sda, 2);
  EXPECT_EQ(message->status->gva, 2);
  EXPECT_EQ(message->status->nac_p, 9);
  EXPECT_TRUE(message->status->nic_baro);
  EXPECT_EQ(message->status->es_in, true);
  EXPECT_EQ(message->status->uat_in, false);
  EXPECT_TRUE(message->status->ident);
}

TEST(UatDownlink, ReadsTheCapabilitiesOfTheFirstVersionAsTheyWereLaidOut) {
  BitWriter bits = airborne(kLongSize, 1, 1, 1);
  bits.put(24, 4, 3, 1).put(27, 2, 1, 1).put(27, 4, 1, 1);
  const auto message = decode_downlink(bits.octets());
  EXPECT_TRUE(message->status->tcas_operational);
  EXPECT_FALSE(message->status->resolution_advisory);
  EXPECT_TRUE(message->status->ident);
  EXPECT_EQ(message->status->traffic_display, false);
  EXPECT_FALSE(message->status->es_in.has_value());
}

TEST(UatDownlink, TellsAModeACodeFromAnIdentification) {
  BitWriter bits = airborne(kLongSize, 1, 0.5, 0.5);
  bits.put(18, 1, 16, base_40("12", 1)).put(20, 1, 16, base_40("00 ", 0)).put(22, 1, 16, base_40("   ", 0));
  const auto code = decode_downlink(bits.octets());
  EXPECT_TRUE(code->status->is_flight_plan);
  EXPECT_EQ(code->status->text(), "1200");
  EXPECT_FALSE(code->status->sda.has_value());  // version 0 has none
  EXPECT_FALSE(decode_downlink(bits.put(27, 7, 1, 1).octets())->status->is_flight_plan);
}

TEST(UatDownlink, ReadsTheIntentOfEachTypeThatHasIt) {
  for (const auto& [type, first] : {std::pair{3U, 30U}, {4U, 30U}, {6U, 25U}}) {
    BitWriter bits = airborne(kLongSize, type, 10, 20);
    if (type == 3) bits.put(24, 4, 3, 2);
    bits.put(first, 1, 1, 1).put(first, 2, 11, 1001).put(first + 1, 5, 9, 267);
    bits.put(first + 2, 6, 1, 1).put(first + 2, 7, 9, 384).put(first + 3, 8, 1, 1).put(first + 4, 2, 1, 1);
    const auto message = decode_downlink(bits.octets());
    ASSERT_TRUE(message->target.has_value()) << type;
    EXPECT_EQ(message->target->selected_altitude_ft, 32000);
    EXPECT_TRUE(message->target->from_fms);
    EXPECT_NEAR(*message->target->pressure_setting_mb, 1012.8, 1e-9);
    EXPECT_EQ(message->target->selected_heading_deg, 270);
    EXPECT_TRUE(message->target->vnav);
    EXPECT_FALSE(message->target->autopilot);
  }
}

TEST(UatDownlink, RefusesASizeThatContradictsTheType) {
  EXPECT_EQ(decode_downlink(std::vector<std::byte>(kLongSize)).error().code, base::FaultCode::bad_value);
  EXPECT_EQ(decode_downlink(airborne(kBasicSize, 1, 1, 1).octets()).error().code, base::FaultCode::bad_value);
  EXPECT_EQ(decode_downlink(std::vector<std::byte>(17)).error().code, base::FaultCode::bad_length);
  const auto developmental = decode_downlink(airborne(kLongSize, 30, 1, 1).octets());
  ASSERT_TRUE(developmental.ok());
  EXPECT_FALSE(developmental->state.has_value());
}

TEST(UatDownlink, PositionsComeBackWithinHalfAStep) {
  base::Random random(978);
  for (int i = 0; i < 10'000; ++i) {
    const double lat = random.uniform(-89.9999, 90.0);
    const double lon = random.uniform(-180.0, 179.9999);
    const auto message = decode_downlink(airborne(kBasicSize, 0, lat, lon).octets());
    ASSERT_NEAR(message->state->position->lat_deg, lat, 1.08e-5);
    ASSERT_NEAR(message->state->position->lon_deg, lon, 1.08e-5);
  }
}

/// An uplink of one product 413 that says `text`, in the 64 characters from 0 on.
BitWriter uplink(std::span<const unsigned> text) {
  BitWriter bits(kUplinkSize);
  bits.put(1, 1, 23, circle_code(39.375, 23)).put(3, 8, 24, circle_code(-105.46875, 24)).put(6, 8, 1, 1);
  bits.put(7, 1, 1, 1).put(7, 3, 1, 1).put(7, 4, 5, 17).put(8, 1, 4, 5);
  const std::size_t octets = 4 + (text.size() * 6 + 7) / 8;
  bits.put(9, 1, 9, octets).put(11, 4, 11, 413).put(12, 8, 2, 0).put(13, 2, 5, 21).put(13, 7, 6, 45);
  for (std::size_t i = 0; i < text.size(); ++i) bits.put(15 + i * 6 / 8, i * 6 % 8 + 1, 6, text[i]);
  return bits;
}

TEST(UatUplink, GivesTheStationAndItsFrames) {
  // "METAR", three blanks by a tabulator, "KDEN", record separator, end of text, and something behind.
  const std::vector<unsigned> text{13, 5, 20, 1, 18, 28, 3, 11, 4, 5, 14, 30, 0, 1};
  BitWriter bits = uplink(text);
  const std::size_t next = 9 + 2 + 4 + 11;
  bits.put(next, 1, 9, 4).put(next + 1, 5, 4, 15);
  const auto message = decode_uplink(bits.octets());
  ASSERT_TRUE(message.ok());
  EXPECT_NEAR(message->station.lat_deg, 39.375, 1.1e-5);
  EXPECT_NEAR(message->station.lon_deg, -105.46875, 1.1e-5);
  EXPECT_TRUE(message->position_valid);
  EXPECT_EQ(message->slot, 17);
  EXPECT_EQ(message->tisb_site, 5);
  ASSERT_EQ(message->frames.size(), 2U);
  const Product& product = *message->frames[0].product;
  EXPECT_EQ(product.id, 413);
  EXPECT_EQ(product.hours, 21);
  EXPECT_EQ(product.minutes, 45);
  std::string written;
  append_product_text(written, message->frames[0]);
  EXPECT_EQ(written, "METAR   KDEN\n");
  EXPECT_EQ(message->frames[1].type, Frame::kServiceStatus);
  EXPECT_EQ(message->frames[1].data.size(), 4U);
  EXPECT_EQ(message->damaged_octets, 0U);
}

TEST(UatUplink, CountsAFrameThatClaimsMoreThanThereIs) {
  const auto message = decode_uplink(BitWriter(kUplinkSize).put(7, 3, 1, 1).put(9, 1, 9, 423).octets());
  EXPECT_TRUE(message->frames.empty());
  EXPECT_EQ(message->damaged_octets, 424U);
  EXPECT_EQ(decode_uplink(std::vector<std::byte>(431)).error().code, base::FaultCode::bad_length);
}

TEST(UatUplink, FindsRoomForAsManyFramesAsFit) {
  BitWriter bits(kUplinkSize);
  bits.put(7, 3, 1, 1);
  for (std::size_t octet = 9; octet < kUplinkSize; octet += 2) bits.put(octet + 1, 5, 4, 15);
  const auto message = decode_uplink(bits.octets());
  EXPECT_EQ(message->frames.size(), 212U);
  EXPECT_EQ(message->damaged_octets, 0U);
}

TEST(UatUplink, GivesNoProductWithATimeThatIsNone) {
  BitWriter bits(kUplinkSize);
  bits.put(7, 3, 1, 1).put(9, 1, 9, 5).put(11, 4, 11, 8).put(12, 8, 2, 0).put(13, 2, 5, 24);
  const auto message = decode_uplink(bits.octets());
  ASSERT_EQ(message->frames.size(), 1U);
  EXPECT_FALSE(message->frames[0].product.has_value());
}

TEST(UatJson, WritesOnlyWhatAMessageGives) {
  std::string out;
  const auto line = parse_line(airborne(kBasicSize, 0, 45.0, -123.75).line('-'));
  ASSERT_TRUE(append_uat_json(out, *line).ok());
  EXPECT_EQ(out, R"({"uat":"downlink","type":0,"icao":"a66ef1","qualifier":"adsb_icao","alt_ft":3500,"lat":45,)"
                 R"("lon":-123.75,"surface":false,"gs_kt":130,"track_deg":157.4,"vrate_fpm":-640,"nic":8,)"
                 R"("utc_coupled":true})");
  out.clear();
  ASSERT_TRUE(append_uat_json(out, *parse_line(uplink(std::vector<unsigned>{1, 0}).line('+'))).ok());
  EXPECT_EQ(out, R"({"uat":"uplink","lat":39.375,"lon":-105.46875,"position_valid":true,"utc_coupled":true,"slot":17,)"
                 R"("tisb_site":5,"frames":[{"type":0,"octets":6,"product":413,"name":"weather text","hours":21,)"
                 R"("minutes":45,"text":"A"}]})");
}

}  // namespace
}  // namespace marsad::wire::uat
