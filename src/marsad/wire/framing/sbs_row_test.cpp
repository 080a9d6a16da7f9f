#include "marsad/wire/framing/sbs_row.hpp"

#include <gtest/gtest.h>

namespace marsad::wire::framing {
namespace {

TEST(SbsRow, TellsWhatEachColumnSays) {
  SbsRow row;
  ASSERT_EQ(parse_sbs_row("MSG,3,1,1,4CA2D6,1,2026/01/06,06:13:03.250,2026/01/06,06:13:03.300,RYR12AB ,35000,421.5,"
                          "-12.5,60.25,24.5,-640,7700,0,-1,0,0\r\n",
                          row),
            SbsLine::message);
  EXPECT_EQ(row.type, 3);
  EXPECT_EQ(row.address, 0x4CA2D6U);
  EXPECT_NEAR(row.generated->seconds_since_epoch(), 1767679983.25, 1e-6);
  EXPECT_EQ(row.identification, "RYR12AB ");
  EXPECT_EQ(row.altitude_ft, 35000.0);
  EXPECT_EQ(row.ground_speed_kt, 421.5);
  EXPECT_EQ(row.track_deg, -12.5);
  EXPECT_EQ(row.latitude_deg, 60.25);
  EXPECT_EQ(row.longitude_deg, 24.5);
  EXPECT_EQ(row.vertical_rate_ft_min, -640.0);
  EXPECT_EQ(row.mode_a, "7700");
  EXPECT_EQ(row.alert, false);
  EXPECT_EQ(row.emergency, true);
  EXPECT_EQ(row.on_ground, false);
}

TEST(SbsRow, LeavesOutWhatIsEmptyOrCantBe) {
  SbsRow row;
  ASSERT_EQ(parse_sbs_row("MSG,9,,,4CA2D6,,,,,,,NaN,-5,,91.0,24.5,,8888,x", row), SbsLine::message);
  EXPECT_EQ(row.type, 0);
  EXPECT_FALSE(row.generated);
  EXPECT_TRUE(row.identification.empty());
  EXPECT_FALSE(row.altitude_ft);
  EXPECT_FALSE(row.ground_speed_kt);
  EXPECT_FALSE(row.latitude_deg) << "both or neither";
  EXPECT_FALSE(row.longitude_deg);
  EXPECT_TRUE(row.mode_a.empty());
  EXPECT_FALSE(row.alert);
}

TEST(SbsRow, KnowsRowsThatAreNotAboutAMessage) {
  SbsRow row;
  EXPECT_EQ(parse_sbs_row("STA,,5,179,400AE7,10103,2008/11/28,14:58:51.153,2008/11/28,14:58:51.153,RM", row),
            SbsLine::other);
  EXPECT_EQ(parse_sbs_row("CLK,,1,-1,,-1,2008/11/28,14:58:51.153,2008/11/28,14:58:51.153", row), SbsLine::other);
  EXPECT_EQ(parse_sbs_row("MSG,3,1,1,,1", row), SbsLine::damaged);
  EXPECT_EQ(parse_sbs_row("MSG,3,1,1,FFFFFF,1", row), SbsLine::damaged);
  EXPECT_EQ(parse_sbs_row("XYZ,3,1,1,4CA2D6,1", row), SbsLine::damaged);
  EXPECT_EQ(parse_sbs_row("MSG,3,1,1,4CA2D6,,,,,,,,,,,,,,,,,,", row), SbsLine::damaged) << "23 fields";
  EXPECT_EQ(parse_sbs_row("", row), SbsLine::damaged);
}

}  // namespace
}  // namespace marsad::wire::framing
