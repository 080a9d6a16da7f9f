#include "marsad/base/json_members.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "marsad/base/random.hpp"

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

TEST(JsonMembers, WritesNumbersAsToCharsDoesLessZeros) {
  Random random(15);
  for (int i = 0; i < 200'000; ++i) {
    const int decimals = static_cast<int>(random.below(10));
    const double value = random.uniform(-1.0, 1.0) * std::pow(10.0, static_cast<double>(random.below(17)) - 2.0);
    std::string out;
    JsonMembers(out).number("", value, decimals);
    if (!(std::abs(value) <= 1e15)) continue;
    const double read = std::stod(out.substr(3));
    ASSERT_NEAR(read, value, 0.5000001 * std::pow(10.0, -decimals) + std::abs(value) * 1e-15) << out;
    ASSERT_TRUE(out.find('.') == std::string::npos || (out.back() != '0' && out.back() != '.')) << out;
    ASSERT_TRUE(out.find('.') == std::string::npos ||
                out.size() - out.find('.') - 1 <= static_cast<std::size_t>(decimals));
    ASSERT_NE(out.substr(3), "-0");
  }
}

TEST(JsonMembers, EscapesWhatIsNotPrintableAscii) {
  std::string out;
  JsonMembers members(out);
  members.text("t", "a\"\\\n\xE4");
  EXPECT_EQ(out, R"("t":"a\"\\\u000a\u00e4")");
}

}  // namespace
}  // namespace marsad::base
