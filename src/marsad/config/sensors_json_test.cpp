#include "marsad/config/sensors_json.hpp"

#include <gtest/gtest.h>

#include <string>

namespace marsad::config {
namespace {

using observation::SensorKind;

std::string error_of(const std::string& text) {
  const auto read = sensors_from_json(text);
  return read ? "no error" : read.error();
}

std::string with_sensor(const std::string& keys) {
  return R"({"sensors": [{"id": "A", "type": "PSR"}, {"id": "B", "type": "SSR", )" + keys + "}]}";
}

TEST(SensorsJson, ReadsEveryKeyInItsUnit) {
  const auto read = sensors_from_json(R"({"scenario": "any", "sensors": [
    {"id": 3, "type": "MODES", "lat": 33.25, "lon": 44.25, "alt_m": 40, "period_s": 4.5, "rmin_m": 500, "rmax_m": 250000,
     "sigma_range_m": 30, "sigma_azimuth_deg": 0.06, "sigma_elevation_deg": null, "pd": 0.97, "false_plots_per_scan": 2,
     "sac": 25, "sic": 201, "categories": [48, 34]},
    {"id": "GS", "type": "ADSB", "sigma_position_m": 17, "sigma_velocity_ms": 1.25}]})");
  ASSERT_TRUE(read) << read.error();
  ASSERT_EQ(read->size(), 2U);
  const auto& radar = (*read)[0];
  EXPECT_EQ(radar.name, "3");
  EXPECT_EQ(radar.kind, SensorKind::mode_s);
  EXPECT_EQ(radar.code, (observation::SacSic{25, 201}));
  EXPECT_EQ(radar.categories, (std::vector<std::uint8_t>{48, 34}));
  ASSERT_TRUE(radar.characteristics.site);
  EXPECT_DOUBLE_EQ(radar.characteristics.site->latitude.degrees(), 33.25);
  EXPECT_DOUBLE_EQ(radar.characteristics.site->height.metres(), 40.0);
  EXPECT_DOUBLE_EQ(radar.characteristics.period.seconds(), 4.5);
  EXPECT_DOUBLE_EQ(radar.characteristics.range_max.metres(), 250'000.0);
  EXPECT_DOUBLE_EQ(radar.characteristics.sigma_azimuth.degrees(), 0.06);
  EXPECT_FALSE(radar.characteristics.sigma_elevation);
  EXPECT_DOUBLE_EQ(radar.characteristics.detection_probability, 0.97);
  const auto& station = (*read)[1];
  EXPECT_FALSE(station.code);
  EXPECT_FALSE(station.characteristics.site);
  EXPECT_DOUBLE_EQ(station.characteristics.sigma_position.metres(), 17.0);
  EXPECT_DOUBLE_EQ(station.characteristics.sigma_velocity.metres_per_second(), 1.25);
}

TEST(SensorsJson, NamesThePlaceOfAnError) {
  EXPECT_EQ(error_of("{\"sensors\":\n [ {]}"), "line 2, column 5: is not JSON");
  EXPECT_EQ(error_of("[]"), "sensors: must be there, a list of sensors");
  EXPECT_EQ(error_of(R"({"sensors": [1]})"), "sensors[0]: must be an object");
  EXPECT_EQ(error_of(R"({"sensors": [{"type": "PSR"}]})"), "sensors[0].id: must be there: a text or a whole number");
  EXPECT_EQ(error_of(R"({"sensors": [{"id": 1, "type": "SONAR"}]})"),
            "sensors[0].type: must be PSR, SSR, MODES, ADSB, SMR, MLAT or system_tracks");
  EXPECT_EQ(error_of(with_sensor(R"("lat": 91, "lon": 0)")), "sensors[1].lat: must be a number from -90.0 to 90.0");
  EXPECT_EQ(error_of(with_sensor(R"("lat": 1)")), "sensors[1].lon: must be there, as its companion is");
  EXPECT_EQ(error_of(with_sensor(R"("sigma_range_m": 0)")),
            "sensors[1].sigma_range_m: must be a number from 0.001 to 100000.0");
  EXPECT_EQ(error_of(with_sensor(R"("sac": 1.5, "sic": 2)")), "sensors[1].sac: must be a whole number");
  EXPECT_EQ(error_of(with_sensor(R"("sac": 1)")), "sensors[1].sic: must be there, as its companion is");
  EXPECT_EQ(error_of(with_sensor(R"("categories": [300])")),
            "sensors[1].categories: must hold whole numbers from 1 to 255");
  EXPECT_EQ(error_of(with_sensor(R"("rmin_m": 5000, "rmax_m": 4000)")), "sensors[1].rmax_m: must be above rmin_m");
}

TEST(SensorsJson, RefusesSensorsThatCannotBeToldApart) {
  EXPECT_EQ(error_of(R"({"sensors": [{"id": 1, "type": "PSR"}, {"id": "1", "type": "SSR"}]})"),
            "sensors: two sensors are named \"1\"");
  EXPECT_NE(
      error_of(
          R"({"sensors": [{"id": 1, "type": "PSR", "sac": 1, "sic": 2}, {"id": 2, "type": "SSR", "sac": 1, "sic": 2}]})"),
      "no error");
  EXPECT_EQ(error_of(R"({"sensors": [{"id": 1, "type": "MLAT", "sac": 0, "sic": 107, "categories": [10]},
                                     {"id": 2, "type": "MLAT", "sac": 0, "sic": 107, "categories": [20, 19]}]})"),
            "no error");
}

TEST(SensorsJson, SurvivesDeepNestingAndWrongTypesAnywhere) {
  EXPECT_EQ(error_of(std::string(100'000, '[')), "nested too deeply for a sensors.json");
  EXPECT_EQ(error_of(R"({"sensors": [{"id": {}, "type": []}]})"),
            "sensors[0].id: must be there: a text or a whole number");
  EXPECT_EQ(error_of(with_sensor(R"("pd": "0.9")")), "sensors[1].pd: must be a number from 0.0 to 1.0");
  EXPECT_EQ(error_of(with_sensor(R"("categories": 48)")),
            "sensors[1].categories: must be a list of ASTERIX categories such as [48, 34]");
  EXPECT_NE(error_of("{\"sensors\": [\"\xff\xfe\"]}"), "no error");
}

}  // namespace
}  // namespace marsad::config
