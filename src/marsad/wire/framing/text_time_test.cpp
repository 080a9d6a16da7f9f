#include "marsad/wire/framing/text_time.hpp"

#include <gtest/gtest.h>

#include <string>

namespace marsad::wire::framing {
namespace {

std::int64_t nanoseconds(std::optional<units::UtcTime> time) { return time ? time->nanoseconds_since_epoch() : -1; }

TEST(DateAndTime, IsReadAsReceiversProgramsWriteIt) {
  constexpr std::int64_t kMoment = 1'425'399'144'846'557'000;
  for (const char* text :
       {"2015-03-03T16:12:24.846557", "2015-03-03 16:12:24.846557Z", "2015/03/03,16:12:24.8465570009",
        "2015-03-03T19:12:24.846557+03:00", "2015-03-03T19:12:24.846557+0300", "2015-03-03T19:12:24.846557+03",
        "2015-03-03T10:42:24.846557-05:30", "2015/3/3 16:12:24,846557"})
    EXPECT_EQ(nanoseconds(parse_date_and_time(text)), kMoment) << text;
  EXPECT_EQ(nanoseconds(parse_date_and_time("1970-01-01T00:00:00")), 0);
}

TEST(DateAndTime, OfNoDayOrOtherFormIsRefused) {
  for (const char* text : {"", "2015", "2015-02-29T00:00:00", "2015-13-01T00:00:00", "2015-03-03T24:00:00",
                           "2015-03-03T16:60:00", "2015-03-03T16:12", "2015-03-03T16:12:24x", "15-03-03T16:12:24",
                           "2015-03-03T16:12:24+3", "9999-01-01T00:00:00"})
    EXPECT_FALSE(parse_date_and_time(text)) << text;
}

TEST(Epoch, IsReadInSecondsAndInWholeFinerUnits) {
  EXPECT_EQ(nanoseconds(parse_epoch("1457996400")), 1'457'996'400'000'000'000);
  EXPECT_EQ(nanoseconds(parse_epoch("1753827785.8086092")), 1'753'827'785'808'609'200);
  EXPECT_EQ(nanoseconds(parse_epoch("1753827785808")), 1'753'827'785'808'000'000);
  EXPECT_EQ(nanoseconds(parse_epoch("1753827785808609")), 1'753'827'785'808'609'000);
  EXPECT_EQ(nanoseconds(parse_epoch("1753827785808609200")), 1'753'827'785'808'609'200);
  EXPECT_EQ(nanoseconds(parse_epoch("12.25")), 12'250'000'000);
  for (const char* text : {"", "-5", "1e9", "12.5x", "99999999999", "123456789012345678901234"})
    EXPECT_FALSE(parse_epoch(text)) << text;
}

TEST(StratuxDate, IsReadWithItsOffset) {
  EXPECT_EQ(nanoseconds(parse_stratux_date("Mon Sep 7 14:17:41 +0000 UTC 2015")), 1'441'635'461'000'000'000);
  EXPECT_EQ(nanoseconds(parse_stratux_date("Mon Sep  7 14:17:41 -0500 EST 2015")), 1'441'653'461'000'000'000);
  for (const char* text : {"", "Mon", "Mon Foo 7 14:17:41 +0000 UTC 2015", "Mon Sep 31 14:17:41 +0000 UTC 2015"})
    EXPECT_FALSE(parse_stratux_date(text)) << text;
}

}  // namespace
}  // namespace marsad::wire::framing
