#include "marsad/base/json_members.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace marsad::base {
namespace {

TEST(JsonMembers, WritesEachKindOfValueWithCommasBetween) {
  std::string out;
  JsonMembers members(out);
  EXPECT_TRUE(members.empty());
  members.integer("a", -5);
  members.number("b", 2.10, 3);
  members.boolean("c", true);
  members.hex("d", 0xABCDE, 6);
  members.key("e").append("[]");
  EXPECT_EQ(out, R"("a":-5,"b":2.1,"c":true,"d":"0abcde","e":[])");
  EXPECT_FALSE(members.empty());
}

TEST(JsonMembers, ShortensNumbersAndNeverWritesWhatIsNone) {
  std::string out;
  JsonMembers members(out, false);
  members.number("a", 100.0, 0);
  members.number("b", 100.0, 2);
  members.number("c", -0.0001, 2);
  members.number("d", std::numeric_limits<double>::quiet_NaN(), 2);
  members.number("e", 1e300, 9);
  members.number("f", -1e15, 9);
  EXPECT_EQ(out, R"(,"a":100,"b":100,"c":0,"d":null,"e":null,"f":-1000000000000000)");
}

TEST(JsonMembers, EscapesWhatIsNotPrintableAscii) {
  std::string out;
  JsonMembers members(out);
  members.text("t", "a\"\\\n\xE4");
  EXPECT_EQ(out, R"("t":"a\"\\\u000a\u00e4")");
}

}  // namespace
}  // namespace marsad::base
