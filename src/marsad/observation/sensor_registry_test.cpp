#include "marsad/observation/sensor_registry.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace marsad::observation {
namespace {

SensorSetting setting(std::string name, std::optional<SacSic> code, SensorKind kind,
                      std::vector<std::uint8_t> categories = {}) {
  SensorSetting made;
  made.name = std::move(name);
  made.code = code;
  made.kind = kind;
  made.categories = std::move(categories);
  return made;
}

TEST(SensorRegistry, NumbersSensorsInTheOrderOfConfigurationAndThenOfAppearance) {
  SensorRegistry registry({setting("B", SacSic{1, 2}, SensorKind::ssr), setting("A", SacSic{1, 1}, SensorKind::adsb)});
  EXPECT_EQ(registry.match({1, 9, SensorKind::psr}, SensorKind::ssr, 48).id, SensorId(2));
  EXPECT_EQ(registry.match({1, 1, SensorKind::adsb}, SensorKind::adsb, 21).id, SensorId(1));
  EXPECT_EQ(registry.match({1, 2, SensorKind::psr}, SensorKind::psr, 48).id, SensorId(0));
  EXPECT_EQ(registry.match({1, 9, SensorKind::psr}, SensorKind::ssr, 34).id, SensorId(2));
  EXPECT_TRUE(registry.get(SensorId(0)).configured);
  EXPECT_FALSE(registry.get(SensorId(2)).configured);
  EXPECT_EQ(registry.get(SensorId(2)).name, "1/9 ssr");
}

TEST(SensorRegistry, AnUnknownRadarGrowsIntoTheKindThatItShows) {
  SensorRegistry registry;
  const SensorId id = *registry.match({5, 5, SensorKind::psr}, SensorKind::psr, 48).id;
  EXPECT_EQ(registry.get(id).kind, SensorKind::psr);
  registry.learn_period(id, units::Duration::seconds(9.0));
  registry.match({5, 5, SensorKind::psr}, SensorKind::mode_s, 48);
  registry.match({5, 5, SensorKind::psr}, SensorKind::ssr, 48);
  EXPECT_EQ(registry.get(id).kind, SensorKind::mode_s);
  EXPECT_EQ(registry.get(id).name, "5/5 mode_s");
  EXPECT_DOUBLE_EQ(registry.get(id).characteristics.period.seconds(), 9.0) << "what it told of itself stays";
  EXPECT_EQ(registry.find("5/5 mode_s"), id);
  EXPECT_FALSE(registry.find("5/5 psr"));
}

TEST(SensorRegistry, AConfiguredRadarStaysWhatTheConfigurationSays) {
  SensorRegistry registry({setting("P", SacSic{1, 2}, SensorKind::psr)});
  registry.match({1, 2, SensorKind::psr}, SensorKind::mode_s, 48);
  EXPECT_EQ(registry.get(SensorId(0)).kind, SensorKind::psr);
}

TEST(SensorRegistry, OneCodeServesSeveralFamiliesAndCategories) {
  SensorRegistry registry({setting("M10", SacSic{0, 107}, SensorKind::mlat, {10}),
                           setting("M20", SacSic{0, 107}, SensorKind::mlat, {19, 20}),
                           setting("GS", SacSic{0, 107}, SensorKind::adsb)});
  EXPECT_EQ(registry.match({0, 107, SensorKind::mlat}, SensorKind::mlat, 10).id, SensorId(0));
  EXPECT_EQ(registry.match({0, 107, SensorKind::mlat}, SensorKind::mlat, 20).id, SensorId(1));
  EXPECT_EQ(registry.match({0, 107, SensorKind::adsb}, SensorKind::adsb, 21).id, SensorId(2));
  EXPECT_EQ(registry.find(SacSic{0, 107}, std::array{SensorKind::adsb}, 21), SensorId(2));
  EXPECT_EQ(registry.find(SacSic{0, 107}, std::array{SensorKind::smr}, 10), std::nullopt);
}

TEST(SensorRegistry, CategoriesThatNobodyWantsAreCountedNotRegistered) {
  SensorRegistry registry({setting("M", SacSic{0, 1}, SensorKind::mlat, {20})});
  const SensorRegistry::Match match = registry.match({0, 1, SensorKind::mlat}, SensorKind::mlat, 10);
  EXPECT_TRUE(match.unwanted);
  EXPECT_FALSE(match.id);
  EXPECT_EQ(registry.counters(SensorId(0)).unwanted, 1U);
  EXPECT_EQ(registry.size(), 1U);
}

TEST(SensorRegistry, AFloodOfUnknownSensorsIsBoundedAndCounted) {
  SensorRegistry registry({setting("A", SacSic{1, 1}, SensorKind::ssr)});
  for (unsigned code = 0; code < 1'000; ++code) {
    const SensorKey key{static_cast<std::uint8_t>(100 + code / 256), static_cast<std::uint8_t>(code % 256),
                        SensorKind::adsb};
    registry.match(key, SensorKind::adsb, 21);
  }
  EXPECT_EQ(registry.size(), 1 + SensorRegistry::kMaxUnknown);
  EXPECT_EQ(registry.refused(), 1'000 - SensorRegistry::kMaxUnknown);
  EXPECT_EQ(registry.match({1, 1, SensorKind::psr}, SensorKind::ssr, 48).id, SensorId(0))
      << "the configured ones still serve";
  EXPECT_FALSE(registry.id_of_name("new", SensorKind::psr));
}

TEST(SensorRegistry, SensorsWithoutACodeAreNeverMetOnTheWire) {
  SensorRegistry registry({setting("bench", std::nullopt, SensorKind::psr)});
  EXPECT_NE(registry.match({0, 0, SensorKind::psr}, SensorKind::psr, 48).id, SensorId(0));
  EXPECT_EQ(registry.id_of_name("bench", SensorKind::ssr), SensorId(0));
}

TEST(SensorRegistry, SaysWhichSettingsCannotBeToldApart) {
  const std::vector<SensorSetting> good{setting("A", SacSic{1, 1}, SensorKind::ssr),
                                        setting("B", SacSic{1, 1}, SensorKind::adsb),
                                        setting("C", std::nullopt, SensorKind::psr)};
  EXPECT_TRUE(SensorRegistry::conflicts(good).empty());
  const std::vector<SensorSetting> bad{setting("A", SacSic{1, 1}, SensorKind::ssr),
                                       setting("A", SacSic{1, 1}, SensorKind::mode_s),
                                       setting("", std::nullopt, SensorKind::psr)};
  const std::vector<std::string> found = SensorRegistry::conflicts(bad);
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0], "two sensors are named \"A\"");
  EXPECT_EQ(found[1], "sensors \"A\" and \"A\" both have SAC/SIC 1/1: give each its own categories");
  EXPECT_EQ(found[2], "sensor number 3 has no name");
}

TEST(WhatIsNeeded, NamesTheTableAndTheMissingKeysOfAnUnknownRadar) {
  SensorRegistry registry;
  const SensorId id = *registry.match({25, 201, SensorKind::psr}, SensorKind::mode_s, 48).id;
  const std::string text = what_is_needed(registry.get(id));
  for (const char* part : {"[[sensor]]", "sac = 25", "sic = 201", "kind = \"mode_s\"", "latitude =  ", "longitude = ",
                           "height_m = ", "period_s = 4.00", "sigma_azimuth_deg = 0.070"})
    EXPECT_NE(text.find(part), std::string::npos) << part << " is not in\n" << text;
  registry.learn_site(id, {units::Angle::degrees(33.25), units::Angle::degrees(44.125), units::Length::metres(40.0)});
  EXPECT_NE(what_is_needed(registry.get(id)).find("latitude = 33.250000\nlongitude = 44.125000\nheight_m = 40.0\n"),
            std::string::npos);
}

TEST(WhatIsNeeded, GivesNoCodeToASensorThatOnlyPlotsNameAndEscapesItsName) {
  SensorRegistry registry;
  const std::string text = what_is_needed(registry.get(*registry.id_of_name("lab \"7\"", SensorKind::psr)));
  EXPECT_NE(text.find("name = \"lab \\\"7\\\"\"\n"), std::string::npos) << text;
  EXPECT_EQ(text.find("sac"), std::string::npos) << text;
  const SensorId anonymous = *registry.match({0, 0, SensorKind::adsb}, SensorKind::adsb, 21).id;
  EXPECT_NE(what_is_needed(registry.get(anonymous)).find("sac = 0\nsic = 0"), std::string::npos);
}

TEST(WhatIsNeeded, IsSilentAboutAConfiguredSensorWithItsSiteAndAsksForAMissingOne) {
  SensorSetting with = setting("North", SacSic{1, 1}, SensorKind::ssr);
  with.characteristics.site = geo::Geodetic{};
  SensorRegistry registry(
      {with, setting("South", SacSic{1, 2}, SensorKind::ssr), setting("GS", SacSic{1, 3}, SensorKind::adsb)});
  EXPECT_EQ(what_is_needed(registry.get(SensorId(0))), "");
  EXPECT_EQ(what_is_needed(registry.get(SensorId(1))).rfind("The table of sensor \"South\" lacks its site", 0), 0U);
  EXPECT_EQ(what_is_needed(registry.get(SensorId(2))), "") << "ADS-B places itself";
}

TEST(SensorKinds, HaveNamesThatReadBack) {
  for (const SensorKind kind : {SensorKind::psr, SensorKind::ssr, SensorKind::mode_s, SensorKind::smr, SensorKind::mlat,
                                SensorKind::adsb, SensorKind::system_tracks})
    EXPECT_EQ(parse_sensor_kind(name_of(kind)), kind);
  EXPECT_FALSE(parse_sensor_kind("sonar"));
}

}  // namespace
}  // namespace marsad::observation
