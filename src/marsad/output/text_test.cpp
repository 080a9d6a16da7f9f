#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

#include "marsad/base/random.hpp"
#include "marsad/base/utf8.hpp"
#include "marsad/output/aircraft_json.hpp"
#include "marsad/output/error_ellipse.hpp"
#include "marsad/output/json_writer.hpp"
#include "marsad/output/metrics.hpp"
#include "marsad/output/output_fixture.hpp"
#include "marsad/output/picture_json.hpp"
#include "marsad/output/sensor_health.hpp"
#include "marsad/output/track_view.hpp"
#include "marsad/output/tracks_csv.hpp"

namespace marsad::output {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// An obvious RFC 4180 reader, the twin of the writer.
std::vector<std::vector<std::string>> read_csv(const std::string& text) {
  std::vector<std::vector<std::string>> rows(1);
  rows.back().emplace_back();
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"')
      rows.back().back() += text[++i];
    else if (c == '"')
      quoted = !quoted;
    else if (!quoted && c == ',')
      rows.back().emplace_back();
    else if (!quoted && c == '\n')
      rows.emplace_back(1);
    else
      rows.back().back() += c;
  }
  rows.pop_back();
  return rows;
}

picture::AirPicture hostile_picture() {
  picture::AirPicture p = fixture::picture(2);
  for (auto& sensor : p.sensors) sensor.name = fixture::kHostileName;
  p.tracks[1].position.latitude = units::Angle::degrees(std::nan(""));
  p.tracks[1].velocity_east = units::Speed::metres_per_second(std::numeric_limits<double>::infinity());
  p.tracks[1].existence_probability = std::nan("");
  p.sensors[0].latency = units::Duration::seconds(std::nan(""));
  return p;
}

PublicationStatus hostile_status() {
  PublicationStatus status;
  status.title = fixture::kHostileName;
  status.latency = units::Duration::seconds(std::numeric_limits<double>::infinity());
  return status;
}

TEST(Utf8, KeepsWhatIsWellFormedAndReplacesTheRestOctetByOctet) {
  const auto valid = [](std::string_view text) {
    std::string out;
    base::append_valid_utf8(out, text);
    return out;
  };
  EXPECT_EQ(valid("مرصد Ω 𐍈 é"), "مرصد Ω 𐍈 é");
  EXPECT_EQ(valid("a\xFFz"), "a\xEF\xBF\xBDz");
  EXPECT_EQ(valid("\xD8"), "\xEF\xBF\xBD");                                  // cut short
  EXPECT_EQ(valid("\xC0\xAF"), "\xEF\xBF\xBD\xEF\xBF\xBD");                  // overlong
  EXPECT_EQ(valid("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");  // surrogate
  EXPECT_EQ(base::utf8_sequence_length("\xF4\x90\x80\x80"), 0U);             // above U+10FFFF
}

TEST(JsonWriter, WritesNumbersShortAndNeverWritesWhatJsonLacks) {
  const auto number = [](double value, int decimals) {
    std::string out;
    JsonWriter(out).number(value, decimals);
    return out;
  };
  EXPECT_EQ(number(1.5, 6), "1.5");
  EXPECT_EQ(number(-0.0000001, 3), "0");
  EXPECT_EQ(number(100.0, 0), "100");
  EXPECT_EQ(number(1200.0, 2), "1200");
  EXPECT_EQ(number(std::nan(""), 2), "null");
  EXPECT_EQ(number(-std::numeric_limits<double>::infinity(), 2), "null");
  EXPECT_EQ(json::parse(number(1e300, 6)).get<double>(), 1e300);
}

TEST(JsonWriter, WritesNumbersThatReadBackWithinHalfAUnitOfTheLastDigit) {
  base::Random random(7);
  for (int i = 0; i < 20'000; ++i) {
    const int decimals = static_cast<int>(random.below(8));
    const double magnitude = std::pow(10.0, random.uniform(-8.0, 12.0));
    const double value = random.uniform(-1.0, 1.0) * magnitude;
    std::string out;
    append_decimal(out, value, decimals);
    const double read = std::strtod(out.c_str(), nullptr);
    ASSERT_NEAR(read, value, 0.5000001 * std::pow(10.0, -decimals) + 1e-15 * std::abs(value)) << out;
    const std::size_t point = out.find('.');
    if (point == std::string::npos) continue;
    if (std::abs(value) * std::pow(10.0, decimals) < 8e15) {
      ASSERT_LE(out.size() - point - 1, static_cast<std::size_t>(decimals)) << out;
    }
    ASSERT_NE(out.back(), '0') << out;
  }
}

TEST(ErrorEllipse, HasTheAxesOfTheCovariance) {
  const auto along_east = error_ellipse({400.0, 0.0, 100.0});
  EXPECT_NEAR(along_east.sigma_major.metres(), 20.0, 1e-9);
  EXPECT_NEAR(along_east.sigma_minor.metres(), 10.0, 1e-9);
  EXPECT_NEAR(along_east.orientation.degrees(), 90.0, 1e-9);
  EXPECT_NEAR(error_ellipse({100.0, 0.0, 400.0}).orientation.degrees(), 0.0, 1e-9);
  EXPECT_NEAR(error_ellipse({200.0, 100.0, 200.0}).orientation.degrees(), 45.0, 1e-9);
  EXPECT_NEAR(error_ellipse({200.0, -100.0, 200.0}).orientation.degrees(), 135.0, 1e-9);
}

TEST(ErrorEllipse, RebuildsTheCovarianceItCameFrom) {
  for (double degrees = 0.0; degrees < 180.0; degrees += 7.0) {
    const double a = degrees * 3.14159265358979 / 180.0;
    const double major2 = 900.0;
    const double minor2 = 100.0;
    const double s = std::sin(a);
    const double c = std::cos(a);
    const auto ellipse =
        error_ellipse({major2 * s * s + minor2 * c * c, (major2 - minor2) * s * c, major2 * c * c + minor2 * s * s});
    EXPECT_NEAR(ellipse.sigma_major.metres(), 30.0, 1e-9);
    EXPECT_NEAR(ellipse.sigma_minor.metres(), 10.0, 1e-9);
    EXPECT_NEAR(std::sin(ellipse.orientation.radians() - a), 0.0, 1e-9) << degrees;
  }
}

TEST(SensorHealth, FollowsTheSensorsOwnPeriod) {
  auto sensor = fixture::sensor(0, "x", observation::SensorKind::psr);
  const auto heard_ago = [&](double seconds) {
    sensor.last_receipt = fixture::kTime - units::Duration::seconds(seconds);
    return health_of(sensor, fixture::kTime);
  };
  EXPECT_EQ(heard_ago(-3.0), SensorHealth::ok);
  EXPECT_EQ(heard_ago(6.9), SensorHealth::ok);
  EXPECT_EQ(heard_ago(7.1), SensorHealth::late);
  EXPECT_EQ(heard_ago(12.9), SensorHealth::late);
  EXPECT_EQ(heard_ago(13.1), SensorHealth::silent);
  sensor.last_receipt.reset();
  EXPECT_EQ(health_of(sensor, fixture::kTime), SensorHealth::unknown);
}

TEST(Iso8601, WritesTheCalendarAndTheFractionBeforeAndAfter1970) {
  const auto iso = [](std::int64_t ns) {
    std::string out;
    append_iso8601(out, units::UtcTime::nanoseconds_since_epoch(ns));
    return out;
  };
  EXPECT_EQ(iso(0), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(iso(1'772'368'496'789'499'999), "2026-03-01T12:34:56.789Z");
  EXPECT_EQ(iso(-1'000'000), "1969-12-31T23:59:59.999Z");
}

TEST(PictureJson, TellsWhatThePictureHolds) {
  std::string out;
  PublicationStatus status{PublicationMode::replay, units::Duration::seconds(0.123), true, 20.0, "Barcelona"};
  append_picture_json(out, fixture::picture(2), status);
  const json p = json::parse(out);
  EXPECT_EQ(p.at("time"), "2026-01-01T00:00:00.250Z");
  EXPECT_EQ(p.at("sequence"), 42);
  EXPECT_EQ(p.at("mode"), "replay");
  EXPECT_EQ(p.at("speed"), 20);
  EXPECT_EQ(p.at("recording"), true);
  EXPECT_EQ(p.at("input").at("faults"), 3);
  ASSERT_EQ(p.at("tracks").size(), 2U);
  const json& t = p.at("tracks")[0];
  EXPECT_NEAR(t.at("lat").get<double>(), 33.123456, 1e-7);
  EXPECT_NEAR(t.at("vn_mps").get<double>(), 210.6, 0.01);
  EXPECT_EQ(t.at("mode_s"), "0600a2");
  EXPECT_EQ(t.at("mode3a"), "0421");
  EXPECT_EQ(t.at("callsign"), "IAW123");
  EXPECT_EQ(t.at("contributions")[1].at("name"), "Najaf");
  EXPECT_NEAR(t.at("contributions")[1].at("age_s").get<double>(), 3.25, 1e-3);
  EXPECT_EQ(p.at("sensors")[0].at("state"), "ok");
}

TEST(PictureJson, LeavesOutWhatIsNotKnown) {
  auto p = fixture::picture(1);
  auto& track = p.tracks[0];
  track.address.reset();
  track.mode_a.reset();
  track.identification.reset();
  track.pressure_altitude.reset();
  track.vertical_rate.reset();
  p.sensors[0].last_receipt.reset();
  p.sensors[0].site.reset();
  std::string out;
  append_picture_json(out, p, {});
  const json parsed = json::parse(out);
  for (const char* name : {"mode_s", "mode3a", "callsign", "flight_level", "vu_mps"})
    EXPECT_FALSE(parsed.at("tracks")[0].contains(name)) << name;
  EXPECT_FALSE(parsed.at("sensors")[0].contains("age_s"));
  EXPECT_FALSE(parsed.at("sensors")[0].contains("lat"));
  EXPECT_EQ(parsed.at("sensors")[0].at("state"), "unknown");
}

TEST(EveryTextForm, StaysValidWithHostileNamesAndImpossibleNumbers) {
  const auto p = hostile_picture();
  std::string out;
  append_picture_json(out, p, hostile_status());
  const json parsed = json::parse(out);  // throws on invalid JSON and on invalid UTF-8
  EXPECT_THAT(parsed.at("sensors")[0].at("name").get<std::string>(), HasSubstr("رادار"));
  EXPECT_TRUE(parsed.at("tracks")[1].at("lat").is_null());

  out.clear();
  append_geojson(out, p);
  EXPECT_EQ(json::parse(out).at("features").size(), 1U);
  out.clear();
  append_aircraft_json(out, p);
  EXPECT_EQ(json::parse(out).at("aircraft").size(), 1U);
  out.clear();
  append_receiver_json(out, {fixture::kHostileName, units::Duration::seconds(1.0), std::nullopt});
  EXPECT_EQ(json::parse(out).at("history"), 0);
}

TEST(GeoJson, PutsLongitudeFirstAndSkipsWhatEnded) {
  auto p = fixture::picture(2);
  p.tracks[0].state = picture::TrackState::terminated;
  std::string out;
  append_geojson(out, p);
  const json parsed = json::parse(out);
  ASSERT_EQ(parsed.at("features").size(), 1U);
  const json& feature = parsed.at("features")[0];
  EXPECT_NEAR(feature.at("geometry").at("coordinates")[0].get<double>(), 44.654321, 1e-6);
  EXPECT_NEAR(feature.at("geometry").at("coordinates")[1].get<double>(), 33.123456, 1e-6);
  EXPECT_EQ(feature.at("properties").at("id"), 2);
}

TEST(AircraftJson, UsesTheNamesAndUnitsOfReadsb) {
  std::string out;
  append_aircraft_json(out, fixture::picture(1));
  const json parsed = json::parse(out);
  EXPECT_NEAR(parsed.at("now").get<double>(), 1'767'225'600.25, 1e-3);
  EXPECT_EQ(parsed.at("messages"), 800);
  const json& a = parsed.at("aircraft")[0];
  EXPECT_EQ(a.at("hex"), "0600a2");
  EXPECT_EQ(a.at("type"), "adsb_icao");
  EXPECT_EQ(a.at("flight"), "IAW123  ");
  EXPECT_EQ(a.at("alt_baro"), 35012);
  EXPECT_EQ(a.at("alt_geom"), 35001);
  EXPECT_NEAR(a.at("gs").get<double>(), std::hypot(120.3, 210.6) * 3600.0 / 1852.0, 0.06);
  EXPECT_NEAR(a.at("track").get<double>(), 360.0 - 29.737, 0.01);
  EXPECT_EQ(a.at("baro_rate"), -640);
  EXPECT_EQ(a.at("squawk"), "0421");
  EXPECT_EQ(a.at("emergency"), "none");
  EXPECT_EQ(a.at("messages"), 19);
  EXPECT_EQ(a.at("seen_pos"), 2);
  EXPECT_EQ(a.at("mlat"), json::array());
}

TEST(AircraftJson, GivesEveryTrackAHexOfItsOwn) {
  auto p = fixture::picture(5);
  for (auto& track : p.tracks) track.address = observation::ModeSAddress(0xABCDEF);
  p.tracks[0].state = picture::TrackState::coasting;
  p.tracks[4].address.reset();
  std::string out;
  append_aircraft_json(out, p);
  const json parsed = json::parse(out);
  std::set<std::string> hexes;
  for (const auto& a : parsed.at("aircraft")) hexes.insert(a.at("hex").get<std::string>());
  EXPECT_THAT(hexes, ElementsAre("abcdef", "~000001", "~000003", "~000004", "~000005"));
  EXPECT_EQ(parsed.at("aircraft")[1].at("hex"), "abcdef");  // the oldest that isn't coasting
}

TEST(AircraftJson, TellsWhereAPositionComesFrom) {
  auto p = fixture::picture(1);
  const auto type = [&] {
    std::string out;
    append_aircraft_json(out, p);
    return json::parse(out).at("aircraft")[0].at("type").get<std::string>();
  };
  p.sensors[1].kind = observation::SensorKind::mlat;
  EXPECT_EQ(type(), "mlat");
  p.tracks[0].contributions[1].last = fixture::kTime - units::Duration::seconds(16.0);
  EXPECT_EQ(type(), "tisb_icao");
  p.tracks[0].address.reset();
  EXPECT_EQ(type(), "tisb_trackfile");
}

TEST(AircraftJson, LeavesOutTentativeAndTerminatedTracksAndSaysGround) {
  auto p = fixture::picture(3);
  p.tracks[0].state = picture::TrackState::tentative;
  p.tracks[1].state = picture::TrackState::terminated;
  p.tracks[2].on_ground = true;
  std::string out;
  append_aircraft_json(out, p);
  const json parsed = json::parse(out);
  ASSERT_EQ(parsed.at("aircraft").size(), 1U);
  EXPECT_EQ(parsed.at("aircraft")[0].at("alt_baro"), "ground");
}

TEST(ReceiverJson, OpensTheMapInTheMiddleOfTheSensors) {
  auto p = fixture::picture(0);
  p.sensors[0].site->longitude = units::Angle::degrees(179.0);
  p.sensors[1].site->longitude = units::Angle::degrees(-179.0);
  const auto centre = centre_of_sensors(p);
  ASSERT_TRUE(centre);
  EXPECT_NEAR(std::abs(centre->longitude.degrees()), 180.0, 1e-6);
  std::string out;
  append_receiver_json(out, {"1.2.3", units::Duration::seconds(0.5), centre});
  const json parsed = json::parse(out);
  EXPECT_EQ(parsed.at("refresh"), 500);
  EXPECT_EQ(parsed.at("version"), "1.2.3");
  p.sensors.clear();
  EXPECT_FALSE(centre_of_sensors(p));
}

TEST(Metrics, EscapeLabelsAndAnnounceEveryFamilyOnce) {
  std::string out;
  MetricsWriter writer(out);
  write_picture_metrics(writer, hostile_picture(), {});
  std::set<std::string> families;
  std::size_t at = 0;
  while (at < out.size()) {
    const std::size_t end = out.find('\n', at);
    ASSERT_NE(end, std::string::npos);
    const std::string line = out.substr(at, end - at);
    at = end + 1;
    ASSERT_FALSE(line.empty());
    if (line.starts_with("# TYPE ")) {
      EXPECT_TRUE(families.insert(line).second) << line;
      continue;
    }
    if (line.starts_with("# ")) continue;
    EXPECT_TRUE(line.starts_with("marsad_")) << line;
    const std::string_view value = std::string_view(line).substr(line.rfind(' ') + 1);
    EXPECT_TRUE(value == "NaN" || value == "+Inf" ||
                value.find_first_not_of("0123456789.e+-") == std::string_view::npos)
        << line;
  }
  EXPECT_THAT(out, HasSubstr("marsad_input_datagrams_total 100\n"));
  EXPECT_THAT(out, HasSubstr("marsad_tracks{state=\"confirmed\"} 2\n"));
  EXPECT_THAT(out, HasSubstr("sensor=\"a\\\"b\\\\c\\n"));
}

TEST(TracksCsv, RowsReadBackAsWritten) {
  auto p = fixture::picture(4);
  p.sensors[1].name = fixture::kHostileName;
  p.tracks[1].state = picture::TrackState::tentative;
  p.tracks[2].state = picture::TrackState::coasting;
  p.tracks[2].mode_a.reset();
  p.tracks[3].state = picture::TrackState::terminated;
  std::string out;
  append_tracks_csv_header(out);
  append_tracks_csv_rows(out, p);
  const auto rows = read_csv(out);
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].size(), 18U);
  EXPECT_EQ(rows[1].size(), 18U);
  EXPECT_EQ(rows[2].size(), 18U);
  EXPECT_EQ(rows[1][0], "1767225600.25");
  EXPECT_EQ(rows[1][1], "1");
  EXPECT_NEAR(std::stod(rows[1][2]), 33.123456, 1e-7);
  EXPECT_EQ(rows[1][5], "-120.3");
  EXPECT_EQ(rows[1][8], "confirmed");
  EXPECT_EQ(rows[1][9], "0600a2");
  EXPECT_EQ(rows[1][12], "350.12");
  std::string valid;
  base::append_valid_utf8(valid, "Baghdad radar;" + fixture::kHostileName);
  EXPECT_EQ(rows[1][17], valid);
  EXPECT_EQ(rows[2][8], "coasting");
  EXPECT_EQ(rows[2][10], "");
}

}  // namespace
}  // namespace marsad::output
