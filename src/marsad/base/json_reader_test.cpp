#include "marsad/base/json_reader.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <string>
#include <vector>

#include "marsad/base/random.hpp"

namespace marsad::base {
namespace {

bool is_json(std::string_view text) {
  JsonReader reader(text);
  return reader.skip() && reader.at_end();
}

double number(std::string_view text) {
  JsonReader reader(text);
  JsonNumber read;
  EXPECT_TRUE(reader.read(read) && reader.at_end()) << text;
  return read.value();
}

std::u32string characters(std::string_view text) {
  JsonReader reader(text);
  JsonText read;
  EXPECT_TRUE(reader.read(read)) << text;
  std::u32string all;
  JsonCharacters each(read);
  while (const auto code = each.next()) all += *code;
  return all;
}

TEST(JsonReader, AcceptsWhatTheStandardCallsJson) {
  for (const char* text :
       {"{}", "[]", " [ 1 , 2 ] ", R"({"a":{"b":[]},"c":null})", "0", "-0", "1e5", "1E+5", "-1.5e-3", R"("")",
        R"("\"\\\/\b\f\n\r\t")", R"("\ud83d\ude00")", "\"\xC3\xA9\"", "true", "false", "[[[[[[1]]]]]]", "\t\r\n1 "})
    EXPECT_TRUE(is_json(text)) << text;
}

TEST(JsonReader, RefusesWhatIsOnlyAlmostJson) {
  for (const char* text : {"",
                           " ",
                           "{",
                           "}",
                           "[",
                           "]",
                           "[1,]",
                           "[,1]",
                           "[1 2]",
                           R"({"a"})",
                           R"({"a":})",
                           R"({"a":1,})",
                           R"({a:1})",
                           R"({,"a":1})",
                           R"({"a":1 "b":2})",
                           "01",
                           "-",
                           "+1",
                           "1.",
                           ".5",
                           "1e",
                           "1e+",
                           "0x10",
                           "NaN",
                           "tru",
                           "nul",
                           "\"",
                           "\"a",
                           R"("\x")",
                           R"("\u12")",
                           R"("\u12g4")",
                           R"("\ud83d")",
                           R"("\ud83dx")",
                           R"("\ud83d\u0041")",
                           R"("\ude00")",
                           "\"\n\"",
                           "\"\xC3\"",
                           "\"\xC0\x80\"",
                           "'a'",
                           "1 2",
                           "[1]]",
                           "// x\n1"})
    EXPECT_FALSE(is_json(text)) << text;
}

TEST(JsonReader, StopsBeforeTheDepthOfAValueCouldHurt) {
  const std::string deep = std::string(64, '[') + std::string(64, ']');
  EXPECT_TRUE(is_json(deep));
  const std::string deeper = "[" + deep + "]";
  JsonReader over(deeper);
  EXPECT_FALSE(over.skip());
  EXPECT_EQ(over.fault(), JsonFault::too_deep);
}

TEST(JsonReader, WalksObjectsAndArraysInTheirOrder) {
  JsonReader reader(R"( {"a":[1,2,3], "b":{}, "c":{"d":"e"}} )");
  std::string walked;
  ASSERT_TRUE(reader.begin_object());
  for (JsonText key; reader.next_key(key);) {
    walked += key.raw;
    if (equals(key, "a")) {
      ASSERT_TRUE(reader.begin_array());
      while (reader.next_element()) {
        JsonNumber element;
        ASSERT_TRUE(reader.read(element));
        walked += element.text;
      }
    } else {
      ASSERT_TRUE(reader.skip());
    }
  }
  EXPECT_TRUE(reader.ok() && reader.at_end());
  EXPECT_EQ(walked, "a123bc");
}

TEST(JsonReader, NamesThePlaceOfTheFirstFaultAndReadsNoFurther) {
  JsonReader reader(R"({"a":1,"b":x})");
  ASSERT_TRUE(reader.begin_object());
  JsonText key;
  ASSERT_TRUE(reader.next_key(key));
  ASSERT_TRUE(reader.skip());
  ASSERT_TRUE(reader.next_key(key));
  EXPECT_EQ(reader.peek(), JsonKind::none);
  EXPECT_FALSE(reader.skip());
  EXPECT_EQ(reader.fault(), JsonFault::unexpected);
  EXPECT_EQ(reader.position(), 11U);
  EXPECT_FALSE(reader.next_key(key));
  EXPECT_FALSE(reader.ok());
}

TEST(JsonReader, ResolvesEscapesAndUtf8) {
  EXPECT_EQ(characters(R"("a\"\\\/\b\f\n\r\t")"), U"a\"\\/\b\f\n\r\t");
  EXPECT_EQ(characters(R"("\u0041\u00e9\u0000")"), std::u32string(U"A\u00e9\0", 3));
  EXPECT_EQ(characters("\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\""), U"\u00e9\u20ac\U0001F600");
  EXPECT_EQ(characters(R"("\ud83d\ude00")"), U"\U0001F600");
}

TEST(JsonReader, ComparesKeysByTheirCharacters) {
  JsonReader reader(R"(["I048\/010","\u0049048/010","I048/0100","I048/01"])");
  ASSERT_TRUE(reader.begin_array());
  std::string matches;
  while (reader.next_element()) {
    JsonText text;
    ASSERT_TRUE(reader.read(text));
    matches += equals(text, "I048/010") ? 'y' : 'n';
  }
  EXPECT_EQ(matches, "yynn");
}

TEST(JsonNumber, IsTheNearestDouble) {
  for (const char* text :
       {"0", "-0", "1", "0.1", "0.0078125", "123456.789", "9007199254740993", "1e22", "1e23", "1e-22",
        "2.2250738585072014e-308", "4.9e-324", "1.7976931348623157e308", "0.1234567890123456789",
        "18446744073709551615", "18446744073709551616", "123456789012345678901234567890e-20"})
    EXPECT_EQ(number(text), std::strtod(text, nullptr)) << text;
  EXPECT_TRUE(std::signbit(number("-0")));
  EXPECT_EQ(number("1e400"), HUGE_VAL);
  EXPECT_EQ(number("-1e400"), -HUGE_VAL);
  EXPECT_EQ(number("1" + std::string(400, '0')), HUGE_VAL);
  EXPECT_EQ(number("1e-400"), 0.0);
  EXPECT_EQ(number("0." + std::string(400, '0') + "1"), 0.0);
  EXPECT_EQ(number("1e999999999999"), HUGE_VAL);
  EXPECT_EQ(number("1e-999999999999"), 0.0);
}

TEST(JsonNumber, AgreesWithTheLibraryOnRandomDecimals) {
  Random random(7);
  for (int i = 0; i < 20000; ++i) {
    std::string text = (random.bits() & 1U) != 0 ? "-" : "";
    text += std::to_string(random.bits() >> random.bits() % 64);
    if ((random.bits() & 1U) != 0) text += "." + std::to_string(random.bits() >> random.bits() % 64);
    if ((random.bits() & 3U) == 0) text += "e" + std::to_string(static_cast<int>(random.bits() % 60) - 30);
    EXPECT_EQ(number(text), std::strtod(text.c_str(), nullptr)) << text;
    // As an element of an array it may be read by a short cut.
    const std::string array = "[" + text + "]";
    JsonReader reader(array);
    JsonNumber element;
    ASSERT_TRUE(reader.begin_array() && reader.next_element() && reader.read(element));
    EXPECT_EQ(element.value(), std::strtod(text.c_str(), nullptr)) << text;
    EXPECT_EQ(element.text, text);
    EXPECT_FALSE(reader.next_element());
    EXPECT_TRUE(reader.ok() && reader.at_end());
  }
}

TEST(JsonNumber, IsCheckedInsideOfArraysToo) {
  for (const char* text : {"[01]", "[-]", "[1.]", "[.5]", "[-01]", "[1.,2]", "[--1]", "[1..2]", "[1.2.3]", "[0x1]",
                           "[1e]", "[-.5]", "[00.5]"})
    EXPECT_FALSE(is_json(text)) << text;
  for (const char* text : {"[0.5]", "[-0.5]", "[-0]", "[0]", "[10]", "[123456789012345678901234567890]", "[1.5 ]"})
    EXPECT_TRUE(is_json(text)) << text;
}

TEST(JsonReader, TakesShortCutsOnlyWhereTheyLeadToTheSamePlace) {
  for (const char* text : {"[0]", "[7,1]", "{\"a\":12}", "[00]", "[01]", "[1.0]", "[-1]", "[1 ]", "[ 1]", "[1", "[x]",
                           "[999999999999999999]", "[1234567890123456789]", "[18446744073709551615]"}) {
    JsonReader fast(text), slow(text);
    JsonText key;
    for (JsonReader* reader : {&fast, &slow}) {
      if (reader->peek() == JsonKind::object) {
        ASSERT_TRUE(reader->begin_object());
        ASSERT_TRUE(reader == &fast ? reader->next_key_is("a") : reader->next_key(key));
      } else {
        ASSERT_TRUE(reader->begin_array());
        static_cast<void>(reader->next_element());
      }
    }
    std::uint64_t value = 0;
    if (!fast.read_plain_whole(value)) continue;
    JsonNumber number;
    ASSERT_TRUE(slow.read(number)) << text;
    EXPECT_EQ(number.whole(), value) << text;
    EXPECT_EQ(fast.position(), slow.position()) << text;
    EXPECT_EQ(fast.token(), slow.token()) << text;
  }
}

TEST(JsonReader, KnowsAnExpectedKeyAtAGlance) {
  JsonReader reader(R"({"ab":1,"cd":2, "ef":3,"gh" :4})");
  std::uint64_t value = 0;
  ASSERT_TRUE(reader.begin_object());
  EXPECT_FALSE(reader.next_key_is("a"));
  EXPECT_FALSE(reader.next_key_is("abc"));
  EXPECT_TRUE(reader.next_key_is("ab"));
  EXPECT_TRUE(reader.read_plain_whole(value));
  EXPECT_FALSE(reader.next_key_is("ab"));
  EXPECT_TRUE(reader.next_key_is("cd"));
  EXPECT_TRUE(reader.read_plain_whole(value));
  EXPECT_EQ(value, 2U);
  EXPECT_FALSE(reader.next_key_is("ef"));  // white space: for next_key
  JsonText key;
  EXPECT_TRUE(reader.next_key(key));
  EXPECT_EQ(key.raw, "ef");
}

TEST(JsonNumber, IsWholeOnlyIfItIsWrittenSo) {
  const auto whole = [](std::string_view text) {
    JsonReader reader(text);
    JsonNumber read;
    EXPECT_TRUE(reader.read(read));
    return read.whole();
  };
  EXPECT_EQ(whole("0"), 0U);
  EXPECT_EQ(whole("18446744073709551615"), 18446744073709551615ULL);
  EXPECT_EQ(whole("18446744073709551616"), std::nullopt);
  EXPECT_EQ(whole("1.0"), std::nullopt);
  EXPECT_EQ(whole("1e1"), std::nullopt);
}

}  // namespace
}  // namespace marsad::base
