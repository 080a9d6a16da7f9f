// The forms of receivers' messages that are text.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "marsad/wire/framing/file_reader.hpp"
#include "marsad/wire/framing/line_cutter.hpp"
#include "marsad/wire/framing/receiver_message.hpp"
#include "marsad/wire/framing/test_files.hpp"

namespace marsad::wire::framing {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace)

struct Heard {
  std::vector<std::string> payloads;
  std::vector<Datagram> datagrams;  // their payloads no longer count
  FramingCounters counters;
};

Heard hear(std::string_view content, FileKind kind) {
  Heard out;
  const Bytes octets = text(content);
  auto reader = FileReader::open(octets, kind);
  EXPECT_TRUE(reader.ok());
  while (const auto datagram = reader->next()) {
    out.payloads.emplace_back(text_of(datagram->payload));
    out.datagrams.push_back(*datagram);
  }
  out.counters = reader->counters();
  return out;
}

std::string hex(const std::string& octets) {
  std::string out;
  for (const char c : octets) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    out += kDigits[static_cast<unsigned char>(c) >> 4U];
    out += kDigits[static_cast<unsigned char>(c) & 15U];
  }
  return out;
}

std::int64_t receipt_ns(const Datagram& datagram) {
  return datagram.receipt ? datagram.receipt->nanoseconds_since_epoch() : -1;
}

TEST(Avr, ReadsEveryMarkInEitherCase) {
  const Heard heard = hear(
      "*8d4b00aa99112233445566778899;\n"
      "@00000ABCDEF15D4B00AA112233;\r\n"
      "<00000abcdef2405d4b00aa112233;%00000ABCDEF38D4B00AA99112233445566778899;\n"
      ":5D4B00AA112233;*1a2B;",
      FileKind::avr);
  ASSERT_EQ(heard.payloads.size(), 6U);
  EXPECT_EQ(hex(heard.payloads[0]), "33000000000000008d4b00aa99112233445566778899");
  EXPECT_EQ(hex(heard.payloads[1]), "3200000abcdef1005d4b00aa112233");
  EXPECT_EQ(hex(heard.payloads[2]), "3200000abcdef2405d4b00aa112233");
  EXPECT_EQ(hex(heard.payloads[3]), "3300000abcdef3008d4b00aa99112233445566778899");
  EXPECT_EQ(hex(heard.payloads[4]),
            "3200000000000000"
            "5d4b00aa112233");
  EXPECT_EQ(hex(heard.payloads[5]),
            "3100000000000000"
            "1a2b");
  EXPECT_EQ(heard.counters.faults, 0U);
  EXPECT_FALSE(heard.datagrams[0].elapsed);
  EXPECT_NEAR(heard.datagrams[3].elapsed->seconds(), 2.0 / 12e6, 1e-12);
}

TEST(Avr, CountsWhatIsBrokenAndPassesRemarks) {
  const Heard heard = hear(
      "b00aa112233;\n"                 // torn in front
      "*5D4B00AA1122;\n"               // a digit pair lost
      "*5D4B00AA11223G;\n"             // no digit
      "*5D4B00AA11*5D4B00AA112233;\n"  // two become one
      "RSSI: -22.6 dBFS\n\x01\x02\n"   // a remark, and rubbish
      "*5D4B00AA112233;\n*5D4B00AA11",
      FileKind::avr);
  EXPECT_EQ(heard.payloads.size(), 1U);
  EXPECT_EQ(heard.counters.other_frames, 1U);
  EXPECT_EQ(heard.counters.faults, 6U);
}

TEST(HexCsv, TakesTheTimeFromTheFirstColumn) {
  const Heard heard = hear(
      "time,icao,message\n"
      "1457996400,\"8D406B909945DE10000405999BE4\",\"406B90\",19\n"
      "2015-03-03T16:12:24.846557    5D4840D6F87407\n"
      "2015-03-03 16:12:24.846557\t5D4840D6F87407\n"
      "1753827785.8086092;8DADA5265851E6616376C2EB4463\n"
      "8DADA5265851E6616376C2EB4463\n",
      FileKind::hex_csv);
  ASSERT_EQ(heard.payloads.size(), 5U);
  EXPECT_EQ(hex(heard.payloads[0]), "33000000000000008d406b909945de10000405999be4");
  EXPECT_EQ(hex(heard.payloads[1]),
            "3200000000000000"
            "5d4840d6f87407");
  EXPECT_EQ(receipt_ns(heard.datagrams[0]), 1'457'996'400'000'000'000);
  EXPECT_EQ(receipt_ns(heard.datagrams[1]), 1'425'399'144'846'557'000);
  EXPECT_EQ(receipt_ns(heard.datagrams[2]), 1'425'399'144'846'557'000);
  EXPECT_EQ(receipt_ns(heard.datagrams[3]), 1'753'827'785'808'609'200);
  EXPECT_EQ(receipt_ns(heard.datagrams[4]), -1);
  EXPECT_EQ(heard.counters.faults, 0U);
}

TEST(HexCsv, DeliversAMessageWhoseTimeIsBrokenAndSaysSo) {
  const Heard heard =
      hear("1457996400,5D4840D6F87407\nyesterday,5D4840D6F87407\n1457996400,no message\n", FileKind::hex_csv);
  EXPECT_EQ(heard.payloads.size(), 2U);
  EXPECT_EQ(heard.counters.faults, 2U);
  EXPECT_EQ(heard.counters.skipped_octets, 22U);
}

TEST(HexCsv, TakesSmallNumbersForSecondsSinceTheFirst) {
  const Heard heard = hear("10.5,5D4840D6F87407\n12.0,5D4840D6F87407\n11.0,5D4840D6F87407\n", FileKind::hex_csv);
  ASSERT_EQ(heard.datagrams.size(), 3U);
  EXPECT_DOUBLE_EQ(heard.datagrams[0].elapsed->seconds(), 0.0);
  EXPECT_DOUBLE_EQ(heard.datagrams[1].elapsed->seconds(), 1.5);
  EXPECT_DOUBLE_EQ(heard.datagrams[2].elapsed->seconds(), 1.5);
}

TEST(Sbs, TakesTheTimeAtWhichARowWasGenerated) {
  const Heard heard = hear(
      "MSG,8,1,1,4B00AA,1,2018/04/03,19:02:28.136,2018/04/10,21:24:39.436,,,,,,,,,,,,\r\n"
      "MSG,8,1,1,4B00AA,1,,,2018/04/10,21:24:39.436,,,,,,,,,,,,\n"
      "MSG,8,,,4B00AA,,,,,,,,,,,,,,,,,\n"
      "\nTotal processed 3 messages\n1,4B00AA,1,2018/04/03,19:02:28.136,2018/04/10,21:24:39.436,\n",
      FileKind::sbs);
  ASSERT_EQ(heard.payloads.size(), 3U);
  EXPECT_EQ(heard.payloads[2], "MSG,8,,,4B00AA,,,,,,,,,,,,,,,,,");
  EXPECT_EQ(receipt_ns(heard.datagrams[0]), 1'522'782'148'136'000'000);
  EXPECT_EQ(receipt_ns(heard.datagrams[1]), 1'523'395'479'436'000'000);
  EXPECT_EQ(receipt_ns(heard.datagrams[2]), -1);
  EXPECT_EQ(heard.counters.other_frames, 1U);
  EXPECT_EQ(heard.counters.faults, 1U) << "a row without its beginning";
}

TEST(Stratux, LogsCountFromTheirStart) {
  const Heard rows =
      hear("START,Mon Sep 7 14:17:41 +0000 UTC 2015\n1970154010,MSG,8,,,AB5361,,,,,,,,,,,,,,,,,\n", FileKind::sbs);
  ASSERT_EQ(rows.payloads.size(), 1U);
  EXPECT_EQ(rows.payloads[0], "MSG,8,,,AB5361,,,,,,,,,,,,,,,,,");
  EXPECT_EQ(receipt_ns(rows.datagrams[0]), 1'441'635'462'970'154'010);
  EXPECT_EQ(rows.datagrams[0].offset, 51U);

  const Heard uat =
      hear("START,Mon Sep 7 14:17:41 +0000 UTC 2015\n597318177,-00a66ef135445d525a0c0519119021204800;rs=1;\n",
           FileKind::dump978);
  ASSERT_EQ(uat.payloads.size(), 1U);
  EXPECT_EQ(uat.payloads[0], "-00a66ef135445d525a0c0519119021204800;rs=1;");
  EXPECT_EQ(receipt_ns(uat.datagrams[0]), 1'441'635'461'597'318'177);
}

TEST(Dump978, TakesTheTimeThatTheLineTells) {
  const Heard heard = hear(
      "!fecfix=1;program=dump978-fa;\n"
      "-00a66ef135445d525a0c0519119021204800;rs=2;rssi=-12.3;t=1600000000.250;\n"
      "-00a66ef135445d525a0c0519119021204800\n00a66ef135445d525a0c0519119021204800;\n-00a;\n",
      FileKind::dump978);
  ASSERT_EQ(heard.payloads.size(), 1U);
  EXPECT_EQ(receipt_ns(heard.datagrams[0]), 1'600'000'000'250'000'000);
  EXPECT_EQ(heard.counters.other_frames, 1U);
  EXPECT_EQ(heard.counters.faults, 3U);
}

TEST(AircraftJson, GivesEachObjectWithTheTimeThatItTells) {
  const std::string first = "{ \"now\" : 1600000000.2,\n\"aircraft\" : [{\"flight\":\"}{\\\"\"}] }";
  const std::string second = "{\"aircraft\":[],\"messages\":5,\"now\":1600000001}";
  const Heard heard = hear("\n" + first + "\n" + second + "{\"version\":1}\n", FileKind::aircraft_json);
  ASSERT_EQ(heard.payloads.size(), 2U);
  EXPECT_EQ(heard.payloads[0], first);
  EXPECT_EQ(heard.payloads[1], second);
  EXPECT_EQ(receipt_ns(heard.datagrams[0]), 1'600'000'000'200'000'000);
  EXPECT_EQ(receipt_ns(heard.datagrams[1]), 1'600'000'001'000'000'000);
  EXPECT_EQ(heard.counters.other_frames, 1U);
}

TEST(AircraftJson, DoesNotLetATornObjectSwallowTheNext) {
  const std::string whole = "{\"now\":1600000001,\"aircraft\":[{\"hex\":\"4b00aa\"}]}\n";
  const std::string torn = whole.substr(0, whole.size() - 5);
  const Heard heard = hear(whole + torn + whole + "rubbish" + whole + torn, FileKind::aircraft_json);
  EXPECT_EQ(heard.payloads.size(), 3U);
  EXPECT_EQ(heard.counters.faults, 3U);
  EXPECT_EQ(heard.counters.skipped_octets, 2 * torn.size() + 7);
}

TEST(Lines, ThatAreFarTooLongAreLeftOut) {
  const std::string row = "MSG,8,1,1,4B00AA,1,2018/04/03,19:02:28.136,2018/04/10,21:24:39.436,,,,,,,,,,,,\n";
  const std::string monster(3 * LineCutter::kLongest, 'x');
  const Heard heard = hear(row + monster + "\n" + row, FileKind::sbs);
  EXPECT_EQ(heard.payloads.size(), 2U);
  EXPECT_EQ(heard.counters.skipped_octets, monster.size() + 1);
}

}  // namespace
}  // namespace marsad::wire::framing
