#include "marsad/config/settings.hpp"
#include "marsad/config/edition_key.hpp"
#include "marsad/config/section_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "marsad/base/random.hpp"
#include "marsad/config/sensors_json.hpp"

namespace marsad::config {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<ConfigError> errors_of(std::string_view text) {
  const auto outcome = parse_settings(text, "test.toml");
  return outcome ? std::vector<ConfigError>{} : outcome.error();
}

Settings settings_of(std::string_view text) {
  const auto outcome = parse_settings(text, "test.toml");
  for (const ConfigError& error : errors_of(text)) ADD_FAILURE() << to_text(error);
  return outcome ? *outcome : Settings{};
}

constexpr std::string_view kSensor = "[[sensor]]\nname = \"A\"\nsac = 25\nsic = 1\nkind = \"mode_s\"\n";
constexpr std::string_view kFeed = "[[feed]]\nname = \"LAN\"\nport = 8600\n";

TEST(Settings, AnEmptyTextIsAValidSilentSystemOnLoopback) {
  const Settings settings = settings_of("");
  EXPECT_EQ(settings, Settings{});
  EXPECT_THAT(settings.feeds, IsEmpty());
  EXPECT_FALSE(settings.cat062.has_value());
  EXPECT_FALSE(settings.recording.enabled);
  EXPECT_EQ(settings.web.address, "127.0.0.1");
  EXPECT_EQ(settings.web.port, 8042);
}

TEST(Settings, ASensorIsReadInTheUnitsThatItsKeysName) {
  const Settings settings = settings_of(std::string(kSensor) +
                                        "latitude = 41.5\nlongitude = 2\nheight_m = 70.5\nperiod_s = 4.2\nrange_max_nm "
                                        "= 100\nsigma_azimuth_deg = 0.1\npd = 0.9\n");
  ASSERT_THAT(settings.sensors, SizeIs(1));
  const observation::SensorSetting& sensor = settings.sensors[0];
  EXPECT_EQ(sensor.name, "A");
  EXPECT_EQ(sensor.code, (observation::SacSic{25, 1}));
  EXPECT_EQ(sensor.kind, observation::SensorKind::mode_s);
  ASSERT_TRUE(sensor.characteristics.site.has_value());
  EXPECT_DOUBLE_EQ(sensor.characteristics.site->latitude.degrees(), 41.5);
  EXPECT_DOUBLE_EQ(sensor.characteristics.site->longitude.degrees(), 2.0);
  EXPECT_EQ(sensor.characteristics.site->height.metres(), 70.5);
  EXPECT_EQ(sensor.characteristics.range_max.metres(), 185'200.0);
  EXPECT_EQ(sensor.characteristics.period.seconds(), 4.2);
  EXPECT_DOUBLE_EQ(sensor.characteristics.sigma_azimuth.degrees(), 0.1);
  EXPECT_EQ(sensor.characteristics.detection_probability, 0.9);
}

TEST(Settings, WhatASensorLeavesOutIsTypicalOfItsKind) {
  const Settings settings = settings_of(kSensor);
  EXPECT_EQ(settings.sensors.at(0).characteristics,
            observation::typical_characteristics(observation::SensorKind::mode_s));
}

TEST(Settings, UnicastListensOnLoopbackAndAGroupOnEveryInterfaceUnlessToldOtherwise) {
  EXPECT_EQ(settings_of(kFeed).feeds.at(0).address, "127.0.0.1");
  EXPECT_EQ(settings_of(std::string(kFeed) + "group = \"239.1.2.3\"\n").feeds.at(0).address, "0.0.0.0");
  EXPECT_EQ(settings_of(std::string(kFeed) + "address = \"10.0.0.1\"\n").feeds.at(0).address, "10.0.0.1");
}

TEST(Settings, AFeedMayHaveSeveralGroupsAndInterfacesAndAFormat) {
  const FeedSettings feed = settings_of(std::string(kFeed) +
                                        "group = [\"239.1.2.3\", \"ff02::5\"]\ninterface = [\"eth1\", \"10.0.0.1\"]\n"
                                        "format = \"beast\"\n")
                                .feeds.at(0);
  EXPECT_THAT(feed.groups, ElementsAre("239.1.2.3", "ff02::5"));
  EXPECT_THAT(feed.interfaces, ElementsAre("eth1", "10.0.0.1"));
  EXPECT_EQ(feed.format, wire::framing::StreamFormat::beast);
  EXPECT_EQ(settings_of(kFeed).feeds.at(0).format, wire::framing::StreamFormat::asterix);
}

TEST(Settings, ATcpFeedConnectsToAHostOrListens) {
  const std::string feed = "[[feed]]\nname = \"L\"\nport = 30005\nkind = \"tcp\"\nformat = \"aircraft-json\"\n";
  EXPECT_EQ(settings_of(feed + "address = \"receiver.example\"\n").feeds.at(0).address, "receiver.example");
  EXPECT_EQ(settings_of(feed + "address = \"fe80::1\"\n").feeds.at(0).address, "fe80::1");
  const FeedSettings listening = settings_of(feed + "listen = true\n").feeds.at(0);
  EXPECT_TRUE(listening.listen);
  EXPECT_EQ(listening.address, "127.0.0.1");
  EXPECT_EQ(listening.format, wire::framing::StreamFormat::aircraft_json);
}

TEST(Settings, ReceiversMessagesGoOutAsStreamsAndReports) {
  const Settings settings = settings_of(
      "[system]\nsac = 7\nsic = 9\n"
      "[output.beast]\nport = 30005\nduplicates = false\n"
      "[output.avr]\nstyle = \"plain\"\npush = [\"10.0.0.5:30001\", \"[::1]:30002\", \"feed.example:30004\"]\n"
      "[output.sbs]\naddress = \"0.0.0.0\"\nport = 30003\n"
      "[output.cat021]\naddress = \"239.0.0.21\"\nport = 8721\ninterface = \"eth0\"\nedition = \"2.1\"\n");
  EXPECT_EQ(settings.beast->address, "127.0.0.1");
  EXPECT_FALSE(settings.beast->duplicates);
  EXPECT_EQ(settings.avr->port, 0);
  EXPECT_EQ(settings.avr->style, wire::framing::AvrStyle::plain);
  EXPECT_THAT(settings.avr->push,
              ElementsAre(StreamPeer{"10.0.0.5", 30001}, StreamPeer{"::1", 30002}, StreamPeer{"feed.example", 30004}));
  EXPECT_EQ(settings.sbs->port, 30003);
  EXPECT_EQ(settings.cat021->sic, 9);
  EXPECT_EQ(settings.cat021->edition, "2.1");
  EXPECT_EQ(settings_of(to_toml(settings)), settings);
}

TEST(Settings, Ipv6AddressesAreToldFromOtherText) {
  for (const char* text :
       {"::", "::1", "1::", "fe80::1:2", "1:2:3:4:5:6:7:8", "::ffff:10.0.0.1", "1:2:3:4:5:6:10.0.0.1"})
    EXPECT_TRUE(is_ipv6(text)) << text;
  for (const char* text : {"", ":", ":::", "1:", ":1", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9",
                           "12345::", "g::", "1:2:3:4:5:6:7::8", "10.0.0.1", "::10.0.0.1.1", "fe80::1%eth0"})
    EXPECT_FALSE(is_ipv6(text)) << text;
  EXPECT_TRUE(is_multicast("FF02::1"));
  EXPECT_FALSE(is_multicast("fe80::1"));
  EXPECT_FALSE(is_host("10.0.0.256"));
  EXPECT_FALSE(is_host("a_b"));
}

TEST(Settings, Cat062TakesTheSystemsCodesUnlessItHasItsOwn) {
  const std::string system = "[system]\nsac = 7\nsic = 9\n[output.cat062]\naddress = \"127.0.0.1\"\nport = 8700\n";
  EXPECT_EQ(settings_of(system).cat062->sac, 7);
  EXPECT_EQ(settings_of(system + "sic = 10\n").cat062->sic, 10);
}

TEST(Settings, ManyErrorsAreReportedAtOnceInTheOrderOfTheFile) {
  const auto errors = errors_of(
      "[web]\n"
      "port = 99999\n"
      "adress = \"127.0.0.1\"\n"
      "[[sensor]]\n"
      "name = 5\n"
      "sac = 1\n"
      "sic = 2\n"
      "kind = \"mode-s\"\n"
      "  period_s = -4\n");
  ASSERT_THAT(errors, SizeIs(5));
  EXPECT_EQ(to_text(errors[0]), "test.toml:2:1: web.port is out of range: 99999; give a whole number from 1 to 65535");
  EXPECT_EQ(to_text(errors[1]), "test.toml:3:1: web.adress is not a known key; did you mean \"address\"?");
  EXPECT_EQ(errors[2].key, "sensor[1].name");
  EXPECT_EQ(to_text(errors[3]), "test.toml:8:1: sensor[1].kind does not know \"mode-s\"; did you mean \"mode_s\"?");
  EXPECT_EQ(to_text(errors[4]), "test.toml:9:3: sensor[1].period_s is out of range: -4; give 0.01 to 3600 seconds");
}

TEST(Settings, ASyntaxErrorNamesItsPlace) {
  const auto errors = errors_of("[web]\nport = \n");
  ASSERT_THAT(errors, SizeIs(1));
  EXPECT_EQ(errors[0].line, 2U);
  EXPECT_THAT(errors[0].problem, HasSubstr("not valid TOML"));
}

struct Bad {
  std::string_view text;
  std::string_view key;
  std::string_view says;
};

class SettingsRefuse : public ::testing::TestWithParam<Bad> {};

TEST_P(SettingsRefuse, WhatCanNotBeMeant) {
  const auto errors = errors_of(GetParam().text);
  ASSERT_THAT(errors, SizeIs(1)) << GetParam().text;
  EXPECT_EQ(errors[0].key, GetParam().key);
  EXPECT_THAT(to_text(errors[0]), HasSubstr(std::string(GetParam().says)));
  EXPECT_GT(errors[0].line, 0U);
  EXPECT_FALSE(errors[0].remedy.empty());
}

INSTANTIATE_TEST_SUITE_P(
    EachCase, SettingsRefuse,
    ::testing::Values(
        Bad{"web = 5\n", "web", "must be a table, not a whole number"},
        Bad{"[sensor]\nname = \"A\"\n", "sensor", "write [[sensor]]"},
        Bad{"sensor = [1]\n", "sensor", "must be a list of tables"}, Bad{"[wab]\n", "wab", "did you mean \"web\"?"},
        Bad{"[web]\nport = 80.5\n", "web.port", "must be a whole number, not a number"},
        Bad{"[web]\nport = \"8042\"\n", "web.port", "must be a whole number, not text"},
        Bad{"[web]\nenabled = 1\n", "web.enabled", "must be true or false"},
        Bad{"[web]\naddress = \"localhost\"\n", "web.address", "is no numeric IPv4 address"},
        Bad{"[web]\naddress = \"127.0.0.01\"\n", "web.address", "is no numeric IPv4 address"},
        Bad{"[web]\naddress = \"127.0.0.1.\"\n", "web.address", "is no numeric IPv4 address"},
        Bad{"[picture]\nperiod_s = nan\n", "picture.period_s", "is out of range: nan"},
        Bad{"[picture]\nperiod_s = inf\n", "picture.period_s", "is out of range: inf"},
        Bad{"[picture]\nperiod_s = 2024-01-01\n", "picture.period_s", "must be a number, not a date or time"},
        Bad{"[system]\nname = \"\"\n", "system.name", "must be 1 to 255 octets"},
        Bad{"[system]\nname = \"a\\u0007\"\n", "system.name", "without control characters"},
        Bad{"[system]\nsac = 256\n", "system.sac", "from 0 to 255"},
        Bad{"[editions]\nx = \"1.0\"\n", "editions.x", "is not a category number"},
        Bad{"[editions]\n\"0\" = \"1.0\"\n", "editions.0", "is not a category number"},
        Bad{"[editions]\n\"48\" = 1.31\n", "editions.48", "must be text, not a number"},
        Bad{"[editions]\n\"48\" = \"1.31\"\n\"048\" = \"1.30\"\n", "editions.048", "is given twice"},
        Bad{"[editions]\n\"21@0/107\" = \"2.1\"\n\"021@000/107\" = \"2.1\"\n", "editions.021@000/107",
            "is given twice"},
        Bad{"[editions]\n\"21@0\" = \"2.1\"\n", "editions.21@0", "is not a category number"},
        Bad{"[editions]\n\"21@0/256\" = \"2.1\"\n", "editions.21@0/256", "is not a category number"},
        Bad{"[editions]\n\"48\" = \"9.99\"\n", "editions.48", "is not an edition that marsad knows"},
        Bad{"[[sensor]]\nkind = \"psr\"\nsac = 1\nsic = 1\n", "sensor[1].name", "is missing; add name ="},
        Bad{"[[sensor]]\nname = \"A\"\nsac = 1\nsic = 1\n", "sensor[1].kind", "is missing; add kind ="},
        Bad{"[[sensor]]\nname = \"A\"\nkind = \"psr\"\nsac = 1\n", "sensor[1].sic", "give both sac and sic"},
        Bad{"[[sensor]]\nname = \"A\"\nkind = \"psr\"\nlatitude = 1\n", "sensor[1].longitude", "is missing"},
        Bad{"[[sensor]]\nname = \"A\"\nkind = \"psr\"\nlongitude = 1\n", "sensor[1].latitude", "is missing"},
        Bad{"[[sensor]]\nname = \"A\"\nkind = \"psr\"\nheight_m = 1\n", "sensor[1].latitude", "is missing"},
        Bad{"[[sensor]]\nname = \"A\"\nkind = \"psr\"\nlatitude = 91\nlongitude = 1\n", "sensor[1].latitude",
            "is out of range: 91; give -90 to 90 degrees"},
        Bad{"[[sensor]]\nname = \"A\"\nkind = \"psr\"\nrange_min_nm = 60\nrange_max_nm = 60\n",
            "sensor[1].range_max_nm", "leaves no range"},
        Bad{"[[sensor]]\nname = \"A\"\nkind = \"psr\"\nrange_max_nm = 60\nrange_max_m = 60e3\n",
            "sensor[1].range_max_m", "says the same as range_max_nm"},
        Bad{"[[sensor]]\nname = \"A\"\nkind = \"psr\"\ncategories = [48, 48]\n", "sensor[1].categories",
            "wrong or repeated"},
        Bad{"[[sensor]]\nname = \"A\"\nkind = \"psr\"\n[[sensor]]\nname = \"A\"\nkind = \"ssr\"\n", "sensor[2].name",
            "repeats \"A\""},
        Bad{"[[sensor]]\nname = \"A\"\nkind = \"psr\"\nsac = 1\nsic = 2\n"
            "[[sensor]]\nname = \"B\"\nkind = \"ssr\"\nsac = 1\nsic = 2\n",
            "sensor[2].sic", "repeats SAC/SIC 1/2 of \"A\""},
        Bad{"[[feed]]\nname = \"L\"\n", "feed[1].port", "is missing"},
        Bad{"[[feed]]\nname = \"L\"\nport = 0\n", "feed[1].port", "from 1 to 65535"},
        Bad{"[[feed]]\nname = \"L\"\nport = 1\nkind = \"tcp\"\n", "feed[1].address", "is missing"},
        Bad{"[[feed]]\nname = \"L\"\nport = 1\nkind = \"tcp\"\naddress = \"10.0.0.1\"\ngroup = \"239.0.0.1\"\n",
            "feed[1].group", "has no meaning for a TCP feed"},
        Bad{"[[feed]]\nname = \"L\"\nport = 1\ngroup = \"10.0.0.1\"\n", "feed[1].group", "is no multicast group"},
        Bad{"[[feed]]\nname = \"L\"\nport = 1\ninterface = \"10.0.0.1\"\n", "feed[1].interface",
            "needs a multicast group"},
        Bad{"[[feed]]\nname = \"L\"\nport = 1\n[[feed]]\nname = \"M\"\nport = 1\n", "feed[2].port",
            "repeats the address and port of feed \"L\""},
        Bad{"[[feed]]\nname = \"L\"\nport = 1\nlisten = true\n", "feed[1].listen", "has no meaning for a UDP feed"},
        Bad{"[[feed]]\nname = \"L\"\nport = 1\nformat = \"beats\"\n", "feed[1].format", "did you mean \"beast\"?"},
        Bad{"[[feed]]\nname = \"L\"\nport = 1\ngroup = [\"239.0.0.1\", \"10.0.0.1\"]\n", "feed[1].group",
            "is no multicast group: 10.0.0.1"},
        Bad{"[[feed]]\nname = \"L\"\nport = 1\ngroup = []\n", "feed[1].group", "lists nothing"},
        Bad{"[[feed]]\nname = \"L\"\nport = 1\ngroup = [\"239.0.0.1\", \"239.0.0.1\"]\n", "feed[1].group",
            "wrong or repeated"},
        Bad{"[[feed]]\nname = \"L\"\nport = 1\ngroup = \"239.0.0.1\"\ninterface = \"a/b\"\n", "feed[1].interface",
            "is no network interface"},
        Bad{"[[feed]]\nname = \"L\"\nport = 1\nkind = \"tcp\"\naddress = \"not a host\"\n", "feed[1].address",
            "is no host"},
        Bad{"[output.beast]\n", "output.beast.port", "is missing"},
        Bad{"[output.sbs]\nport = 1\nduplicates = true\n", "output.sbs.duplicates", "is not a known key"},
        Bad{"[output.avr]\npush = [\"10.0.0.1\"]\n", "output.avr.push", "is no host and port"},
        Bad{"[output.cat021]\naddress = \"10.0.0.1\"\nport = 1\nedition = \"0.26\"\n", "output.cat021.edition",
            "is not an edition that marsad writes"},
        Bad{"[output.cat062]\nport = 1\n", "output.cat062.address", "is missing"},
        Bad{"[output.cat062]\naddress = \"10.0.0.1\"\nport = 1\ninterface = \"10.0.0.2\"\n", "output.cat062.interface",
            "is only for a multicast group"},
        Bad{"[output.cat063]\n", "output.cat063", "did you mean \"cat062\"?"},
        Bad{"[tracker]\ndelete_most_s = 10\n", "tracker.delete_most_s", "is below delete_least_s"},
        Bad{"[tracker]\ncoast_scans = 9\n", "tracker.delete_scans", "is below coast_scans"},
        Bad{"[threads]\nworkers = -1\n", "threads.workers", "from 0 to 256"}));

TEST(Settings, AirportSystemsMayShareACodeIfTheirKindsOrCategoriesDiffer) {
  const std::string two = std::string(kSensor) + "[[sensor]]\nname = \"B\"\nsac = 25\nsic = 1\n";
  EXPECT_THAT(errors_of(two + "kind = \"adsb\"\n"), IsEmpty());
  EXPECT_THAT(errors_of("[[sensor]]\nname = \"A\"\nkind = \"ssr\"\nsac = 1\nsic = 2\ncategories = [1, 2]\n"
                        "[[sensor]]\nname = \"B\"\nkind = \"ssr\"\nsac = 1\nsic = 2\ncategories = [34, 48]\n"),
              IsEmpty());
}

TEST(Settings, ATextThatIsAllWrongGivesAtMostTheStatedNumberOfErrors) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "key" + std::to_string(i) + " = 1\n";
  EXPECT_THAT(errors_of(text), SizeIs(kMaxErrors));
}

TEST(Settings, TextsWithoutEndAreAnsweredSoon) {
  std::string sensors;
  for (int i = 0; i < 300'000; ++i) sensors += "[[sensor]]\n";
  const auto errors = errors_of(sensors);
  ASSERT_THAT(errors, SizeIs(1));
  EXPECT_EQ(to_text(errors[0]), "test.toml:10001:1: sensor is one of 300000; give 10000 of them at most");
  std::string keys;
  for (int i = 0; i < 300'000; ++i) keys += "key" + std::to_string(i) + " = 1\n";
  EXPECT_THAT(errors_of(keys), SizeIs(kMaxErrors));
}

TEST(Settings, TheNearestNameIsOnlyOfferedWhenItIsNear) {
  EXPECT_THAT(errors_of("[web]\nprot = 1\n").at(0).remedy, HasSubstr("did you mean \"port\"?"));
  EXPECT_THAT(errors_of("[web]\ncertificate = 1\n").at(0).remedy,
              HasSubstr("known here: \"enabled\", \"address\", \"port\""));
}

TEST(Settings, NestingWithoutEndIsASyntaxErrorAndNotACrash) {
  EXPECT_THAT(errors_of("a = " + std::string(100'000, '[')), SizeIs(1));
  EXPECT_THAT(errors_of("a = " + std::string(100'000, '{')), SizeIs(1));
  std::string keys;
  for (int i = 0; i < 100'000; ++i) keys += "a.";
  const auto errors = errors_of("[web]\n" + keys + "a = 1\n");
  ASSERT_THAT(errors, SizeIs(1));
  EXPECT_EQ(errors[0].line, 2U);
}

TEST(Settings, TheDefaultsWrittenOutReadBackAsThemselves) { EXPECT_EQ(settings_of(to_toml(Settings{})), Settings{}); }

TEST(Settings, AnEditionIsForACategoryOrForOneSourceOfIt) {
  const Settings settings = settings_of("[editions]\n\"021@0/107\" = \"0.23\"\n\"48\" = \"1.31\"\n\"21\" = \"2.4\"\n");
  ASSERT_THAT(settings.editions, SizeIs(3));
  EXPECT_EQ(settings.editions[0], (EditionChoice{21, "2.4", std::nullopt}));
  EXPECT_EQ(settings.editions[1], (EditionChoice{21, "0.23", wire::asterix::DataSource{0, 107}}));
  EXPECT_EQ(settings.editions[2], (EditionChoice{48, "1.31", std::nullopt}));
  const auto set = with_choices(wire::asterix::EditionSet::defaults(), settings.editions);
  EXPECT_EQ(set.of(21)->name(), "2.4");
  EXPECT_EQ(set.of(21, wire::asterix::DataSource{0, 107})->name(), "0.23");
  EXPECT_EQ(settings_of(to_toml(settings)), settings);
}

TEST(EditionKey, ReadsBackWhatItWrites) {
  for (const std::string text : {"1", "21", "255@0/0", "21@20/129", "62@255/255"})
    EXPECT_EQ(to_text(parse_edition_key(text).value()), text);
  for (const std::string text : {"", "0", "256", "@1/2", "21@", "21@1", "21@1/", "21@/1", "21@1/2/3", "21@1/256", "21 ",
                                 "-1", "21@-1/2", "21@1/2=3"})
    EXPECT_FALSE(parse_edition_key(text)) << text;
}

Settings random_settings(base::Random& random) {
  std::string text = "[system]\nname = \"مرصد \\\"x\\\" \\\\ y\"\nsac = " + std::to_string(random.below(256));
  text +=
      "\n[editions]\n\"48\" = \"1.31\"\n\"021@0/107\" = \"0.23\"\n\"21\" = \"2.4\"\n[recording]\ndirectory = \"d\"\n";
  text +=
      "[output.cat062]\naddress = \"239.0.0.1\"\nport = 8700\nperiod_s = " + std::to_string(random.uniform(0.1, 60.0));
  text += "\n[tracker]\ngate = " + std::to_string(random.uniform(1.0, 100.0)) + "\n";
  for (int i = 0; i < 20; ++i) {
    const auto number = [&random](double low, double high) { return std::to_string(random.uniform(low, high)) + "\n"; };
    text +=
        "[[sensor]]\nname = \"" + std::to_string(i) + "\"\nkind = \"mlat\"\nsac = 1\nsic = " + std::to_string(i) + "\n";
    text += "latitude = " + number(-90, 90) + "longitude = " + number(-180, 180) + "height_m = " + number(-100, 5000);
    text += "range_min_nm = " + number(0, 10) + "range_max_nm = " + number(10, 300);
    text += "sigma_azimuth_deg = " + number(0.001, 1.0) + "categories = [20, 19]\n";
  }
  return settings_of(text + std::string(kFeed) + "group = \"239.1.2.3\"\n");
}

TEST(Settings, TheCanonicalTextReadsBackBitForBit) {
  base::Random random(7);
  for (int i = 0; i < 200; ++i) {
    const Settings settings = random_settings(random);
    const std::string text = to_toml(settings);
    EXPECT_EQ(settings_of(text), settings);
    EXPECT_EQ(to_toml(settings_of(text)), text);
  }
}

TEST(Settings, SensorsOfJsonReadBackBitForBitFromTheLog) {
  const auto sensors = sensors_from_json(R"({"sensors": [
    {"id": "least", "type": "PSR", "lat": -90, "lon": -180, "alt_m": -1000, "period_s": 0.01, "rmin_m": 0, "rmax_m": 1,
     "sigma_range_m": 0.001, "sigma_azimuth_deg": 1e-5, "sigma_elevation_deg": 1e-5, "pd": 0, "false_plots_per_scan": 0},
    {"id": "most", "type": "MODES", "lat": 90, "lon": 180, "alt_m": 100000, "period_s": 3600, "rmin_m": 9e6, "rmax_m": 1e7,
     "sigma_range_m": 1e5, "sigma_azimuth_deg": 45, "sigma_elevation_deg": 45, "pd": 1, "false_plots_per_scan": 1e6,
     "sac": 255, "sic": 255, "categories": [1, 255]},
    {"id": "odd \" \\ name", "type": "ADSB", "sigma_position_m": 0.1, "sigma_velocity_ms": 0.3, "rmax_m": 123456.7},
    {"id": 4, "type": "SSR", "lat": 0.1, "lon": 0.3, "rmin_m": 0.1, "rmax_m": 370400.3}]})");
  ASSERT_TRUE(sensors.ok()) << sensors.error();
  Settings settings;
  settings.sensors = *sensors;
  EXPECT_EQ(settings_of(to_toml(settings)), settings);
}

TEST(Settings, EveryRangeInMetresReadsBackBitForBit) {
  base::Random random(11);
  Settings settings = settings_of(kSensor);
  for (int i = 0; i < 1000; ++i) {
    settings.sensors[0].characteristics.range_max = units::Length::metres(random.uniform(1e3, 1e7));
    EXPECT_EQ(settings_of(to_toml(settings)), settings);
  }
}

}  // namespace
}  // namespace marsad::config
