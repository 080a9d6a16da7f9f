#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "marsad/observation/placement.hpp"
#include "marsad/observation/translator.hpp"
#include "marsad/observation/translator_test_support.hpp"

namespace marsad::observation {
namespace {

using testing::noon;
using units::Duration;
using units::UtcTime;
using wire::framing::PayloadKind;
using wire::framing::Source;

Source from(std::uint8_t last_octet, std::uint16_t port, std::uint16_t ours) {
  Source source;
  source.sender = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 10, 1, 2, last_octet};
  source.sender_port = port;
  source.destination_port = ours;
  return source;
}

class Receivers : public ::testing::Test {
 protected:
  /// A message in hexadecimal digits, with counter and signal 0.
  void hear(std::string_view hex, double seconds, const Source& source = {}) {
    std::vector<std::byte> payload(8);
    payload[0] = static_cast<std::byte>(hex.size() == 28 ? '3' : '2');
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
      payload.push_back(static_cast<std::byte>(std::stoul(std::string(hex.substr(i, 2)), nullptr, 16)));
    translator_.translate(payload, PayloadKind::mode_s, noon() + Duration::seconds(seconds), batch_, source);
  }
  void read(std::string_view text, PayloadKind kind, double seconds = 0.0, const Source& source = {}) {
    translator_.translate(std::as_bytes(std::span(text)), kind, noon() + Duration::seconds(seconds), batch_, source);
  }

  Translator translator_{SensorRegistry(), wire::asterix::EditionSet::defaults()};
  ObservationBatch batch_;
};

// Positions of a published pair over the Netherlands (40621D), its velocity and its identification.
constexpr std::string_view kEven = "8D40621D58C382D690C8AC2863A7";
constexpr std::string_view kOdd = "8D40621D58C386435CC412692AD6";

TEST_F(Receivers, APairOfPositionMessagesIsOneReport) {
  hear(kOdd, 0.0);
  EXPECT_TRUE(batch_.reports.empty());
  hear(kEven, 0.5);
  ASSERT_EQ(batch_.reports.size(), 1U);
  const TargetReport& report = batch_.reports.front();
  EXPECT_EQ(report.detection, Detection::adsb);
  EXPECT_EQ(report.address, ModeSAddress(0x40621D));
  EXPECT_EQ(report.applicability, noon() + Duration::seconds(0.5));
  EXPECT_NEAR(report.position->latitude.degrees(), 52.25720, 1e-5);
  EXPECT_NEAR(report.position->longitude.degrees(), 3.91937, 1e-5);
  EXPECT_NEAR(report.pressure_altitude->feet(), 38'000.0, 1e-6);
  EXPECT_FALSE(report.on_ground);
  // NUCp 7: 95 % within 0.05 NM.
  EXPECT_NEAR(std::sqrt(report.position_covariance.east_east_m2), 0.05 * 1852.0 / kRadius95PerSigma, 0.01);
  EXPECT_EQ(translator_.counters().absorbed, 1U);
}

TEST_F(Receivers, ADamagedMessageIsRejectedAndCounted) {
  hear("8D40621D58C386435CC412692AD7", 0.0);
  EXPECT_EQ(translator_.counters().rejected, 1U);
  ASSERT_NE(translator_.mode_s_counters(), nullptr);
  EXPECT_EQ(translator_.mode_s_counters()->of(mode_s::Verdict::bad_parity), 1U);
}

TEST_F(Receivers, AreNamedAfterWhereTheyAre) {
  hear(kOdd, 0.0, from(3, 30'005, 51'000));
  hear(kEven, 0.5, from(3, 30'005, 52'000));  // the same after a reconnection
  hear(kOdd, 1.0, from(4, 40'000, 30'104));
  const auto sensors = translator_.registry().sensors();
  ASSERT_EQ(sensors.size(), 2U);
  EXPECT_EQ(sensors[0].name, "receiver 10.1.2.3:30005");
  EXPECT_EQ(sensors[1].name, "receiver 10.1.2.4:30104");
  EXPECT_EQ(sensors[0].kind, SensorKind::adsb);
}

TEST(ReceiverSettings, NameTheSensorOfAPort) {
  TranslatorSettings settings;
  settings.receivers.push_back({.sensor = "roof", .address = {}, .port = std::uint16_t{30'005}});
  Translator translator(SensorRegistry({testing::setting("roof", {}, SensorKind::adsb, testing::geodetic(52.0, 4.0))}),
                        wire::asterix::EditionSet::defaults(), settings);
  ObservationBatch batch;
  constexpr std::string_view kRow = "MSG,3,1,1,4B1234,1,,,,,,33000,,,52.5,4.5,,,,,,0";
  translator.translate(std::as_bytes(std::span(kRow)), PayloadKind::sbs_row, noon(), batch, from(9, 30'005, 50'000));
  ASSERT_EQ(batch.reports.size(), 1U);
  EXPECT_EQ(batch.reports[0].sensor, SensorId(0));
  EXPECT_EQ(translator.registry().size(), 1U);
}

TEST_F(Receivers, RowsOfBaseStationCompleteEachOther) {
  read("MSG,1,1,1,4B1234,1,,,,,SWR123  ,,,,,,,,,,,", PayloadKind::sbs_row, 0.0);
  read("MSG,4,1,1,4B1234,1,,,,,,,400,90,,,-640,,,,,0", PayloadKind::sbs_row, 0.4);
  read("MSG,6,1,1,4B1234,1,,,,,,,,,,,,7700,0,0,0,", PayloadKind::sbs_row, 0.5);
  read("MSG,3,1,1,4B1234,1,,,,,,33000,,,52.5,4.5,,,,,,0\r", PayloadKind::sbs_row, 1.0);
  ASSERT_EQ(batch_.reports.size(), 1U);
  const TargetReport& report = batch_.reports.front();
  EXPECT_EQ(report.identification->text(), "SWR123");
  EXPECT_EQ(report.mode_a, ModeACode::parse("7700"));
  EXPECT_EQ(report.emergency, 1);
  EXPECT_NEAR(report.velocity->east.knots(), 400.0, 1e-6);
  EXPECT_NEAR(report.velocity->north.knots(), 0.0, 1e-6);
  EXPECT_NEAR(report.vertical_rate->feet_per_minute(), -640.0, 1e-6);
  EXPECT_NEAR(report.pressure_altitude->feet(), 33'000.0, 1e-6);
  read("MSG,3,1,1,4B1234,1,,,,,,33000,,,52.5,4.51,,,,,,0", PayloadKind::sbs_row, 2.0);
  EXPECT_FALSE(batch_.reports.back().velocity.has_value()) << "no velocity is used twice";
}

TEST_F(Receivers, ARowsOwnTimeCountsIfItIsNearReceipt) {
  // Noon of the day 20,000 days after the epoch is 2024-10-04.
  read("MSG,3,1,1,4B1234,1,2024/10/04,11:59:58.250,,,,33000,,,52.5,4.5,,,,,,0", PayloadKind::sbs_row);
  EXPECT_EQ(batch_.reports.back().applicability, noon() - Duration::seconds(1.75));
  read("MSG,3,1,1,4B1235,1,2024/10/04,14:00:00.000,,,,33000,,,52.5,4.5,,,,,,0", PayloadKind::sbs_row);
  EXPECT_EQ(batch_.reports.back().applicability, noon());
}

TEST_F(Receivers, DamagedRowsAreFaults) {
  for (const std::string_view row : {"", "MSG", "MSG,3,1,1,4B123,1,,,,,,,,,,,,,,,,",
                                     "MSG,3,1,1,XXXXXX,1,,,,,,,,,,,,,,,,", "MSG,3,1,1,4B1234,1,,,,,,,,,,,,,,,,,,,,,"})
    read(row, PayloadKind::sbs_row);
  EXPECT_EQ(translator_.counters().faults, 5U);
  read("AIR,,1,1,4B1234,1,,,,", PayloadKind::sbs_row);
  EXPECT_EQ(translator_.counters().untranslated, 1U);
  EXPECT_TRUE(batch_.reports.empty());
}

std::string document(std::string_view now, std::string_view aircraft) {
  return R"({"messages": 5, "aircraft": [)" + std::string(aircraft) + R"(], "now": )" + std::string(now) + "}";
}
constexpr std::string_view kListed = R"({"hex":"4b1234","type":"adsb_icao","flight":"SWR123  ","alt_baro":33000,
  "alt_geom":33500,"gs":400.0,"track":180.0,"baro_rate":64,"squawk":"1000","emergency":"none","category":"A3",
  "lat":52.5,"lon":4.5,"nic":8,"rc":186,"seen_pos":0.4,"version":2,"nac_p":9,"nac_v":1,"sil":3,"mlat":[],"tisb":[],
  "messages":7,"seen":0.1,"rssi":-20.1})";

TEST_F(Receivers, ADocumentOfAircraftReportsEachPositionOnce) {
  read(document("1728043200.0", kListed), PayloadKind::aircraft_json);
  ASSERT_EQ(batch_.reports.size(), 1U);
  const TargetReport& report = batch_.reports.front();
  EXPECT_EQ(report.applicability, noon() - Duration::seconds(0.4));
  EXPECT_EQ(report.identification->text(), "SWR123");
  EXPECT_NEAR(report.geometric_height->feet(), 33'500.0, 1e-6);
  EXPECT_NEAR(report.velocity->north.knots(), -400.0, 1e-6);
  EXPECT_GT(report.position_covariance.east_east_m2, 0.0);
  EXPECT_LT(report.position_covariance.east_east_m2, 900.0);  // NACp 9
  read(document("1728043200.05", kListed), PayloadKind::aircraft_json, 0.1);
  EXPECT_EQ(batch_.reports.size(), 1U) << "the same report, its age rounded anew";
  EXPECT_EQ(translator_.counters().rejected, 1U);
}

TEST_F(Receivers, ListedAircraftMayStandOnTheGroundOrHaveNoPosition) {
  read(document("1728043200",
                R"({"hex":"~2abcde","alt_baro":"ground","lat":1,"lon":2},{"hex":"4b0001"},{"flight":"X"})"),
       PayloadKind::aircraft_json);
  ASSERT_EQ(batch_.reports.size(), 1U);
  EXPECT_TRUE(batch_.reports[0].on_ground);
  EXPECT_TRUE(batch_.reports[0].quality.address_doubtful);
  EXPECT_FALSE(batch_.reports[0].pressure_altitude.has_value());
  EXPECT_EQ(translator_.counters().absorbed, 1U);
  EXPECT_EQ(translator_.counters().faults, 1U);
}

TEST_F(Receivers, ADamagedDocumentGivesWhatComesBeforeTheDamage) {
  const std::string whole = document("1728043200", kListed);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    Translator translator(SensorRegistry(), wire::asterix::EditionSet::defaults());
    ObservationBatch batch;
    translator.translate(std::as_bytes(std::span(whole).first(size)), PayloadKind::aircraft_json, noon(), batch);
    EXPECT_EQ(translator.counters().faults, 1U) << size;
    EXPECT_LE(batch.reports.size(), 1U);
  }
  read(R"({"aircraft":{"hex":"4b1234"}})", PayloadKind::aircraft_json);
  EXPECT_TRUE(batch_.reports.empty());
  EXPECT_EQ(translator_.counters().faults, 0U) << "a document of something else";
}

TEST_F(Receivers, UatReportsNeedNoMemory) {
  // Type 0, address 4B1234: 45 N 90 E in steps of 180/2^23 degrees, 10,000 ft, NIC 8, subsonic, 100 kt north.
  std::vector<std::uint8_t> m(18, 0);
  m[1] = 0x4B, m[2] = 0x12, m[3] = 0x34;
  const std::uint32_t lat = (1U << 23U) / 4;
  const std::uint32_t lon = (1U << 23U) / 2;
  m[4] = static_cast<std::uint8_t>(lat >> 15U);
  m[5] = static_cast<std::uint8_t>(lat >> 7U);
  m[6] = static_cast<std::uint8_t>(lat << 1U | lon >> 23U);
  m[7] = static_cast<std::uint8_t>(lon >> 15U);
  m[8] = static_cast<std::uint8_t>(lon >> 7U);
  m[9] = static_cast<std::uint8_t>(lon << 1U);
  const std::uint32_t altitude = (10'000 + 1'000) / 25 + 1;
  m[10] = static_cast<std::uint8_t>(altitude >> 4U);
  m[11] = static_cast<std::uint8_t>((altitude & 0xFU) << 4U | 8U);
  m[12] = 101 >> 6U;
  m[13] = static_cast<std::uint8_t>((101U & 0x3FU) << 2U);
  std::string line = "-";
  for (const std::uint8_t octet : m) {
    char text[3];
    std::snprintf(text, sizeof text, "%02x", static_cast<unsigned>(octet));
    line += text;
  }
  read(line + ";rs=0;", PayloadKind::uat);
  ASSERT_EQ(batch_.reports.size(), 1U);
  const TargetReport& report = batch_.reports.front();
  EXPECT_EQ(report.address, ModeSAddress(0x4B1234));
  EXPECT_NEAR(report.position->latitude.degrees(), 45.0, 1e-4);
  EXPECT_NEAR(report.position->longitude.degrees(), 90.0, 1e-4);
  EXPECT_NEAR(report.pressure_altitude->feet(), 10'000.0, 1e-6);
  read("-00;", PayloadKind::uat);
  EXPECT_EQ(translator_.counters().faults, 1U);
}

}  // namespace
}  // namespace marsad::observation
