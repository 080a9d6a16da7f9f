#include <gtest/gtest.h>

#include <cmath>

#include "marsad/observation/placement.hpp"
#include "marsad/observation/translator_test_support.hpp"
#include "marsad/wire/asterix/fields/cat021.hpp"

namespace marsad::observation::testing {
namespace {

namespace cat021 = asterix::cat021;

void identify(asterix::RecordBuilder& record) {
  record.set_raw(cat021::I010_SAC, 25);
  record.set_raw(cat021::I010_SIC, 5);
}

void somewhere(asterix::RecordBuilder& record) {
  record.set(cat021::I130_LAT, 33.5);
  record.set(cat021::I130_LON, 44.5);
}

TargetReport modern(const std::function<void(asterix::RecordBuilder&)>& fill, const char* edition = "2.4") {
  Bench bench({}, {21, edition});
  bench.hear(block(21, edition, [&](asterix::RecordBuilder& record) {
    identify(record);
    fill(record);
  }));
  return bench.report();
}

TargetReport legacy(const std::function<void(asterix::RecordBuilder&)>& fill) { return modern(fill, "0.23"); }

double sigma_m(const TargetReport& report) { return std::sqrt(report.position_covariance.east_east_m2); }

TEST(Adsb, AReportOfEdition2CarriesPositionMotionAndIdentity) {
  const TargetReport report = modern([](asterix::RecordBuilder& record) {
    somewhere(record);
    record.set(cat021::I131_LAT, 33.123456);
    record.set(cat021::I131_LON, -44.654321);
    record.set(cat021::I071_VALUE, kNoonTimeOfDay - 0.5);
    record.set(cat021::I073_VALUE, kNoonTimeOfDay - 0.25);
    record.set_raw(cat021::I080_VALUE, 0x71C001);
    record.set_text(cat021::I170_VALUE, "IAW12");
    record.set_raw(cat021::I070_MODE3A, 07700);
    record.set(cat021::I145_VALUE, 310.0);
    record.set(cat021::I140_VALUE, 31'500.0);
    record.set(cat021::I160_GS, 0.125);
    record.set(cat021::I160_TA, 90.0);
    record.set(cat021::I155_BVR, -1'000.0);
    record.set_raw(cat021::I161_TRNUM, 12);
  });
  EXPECT_EQ(report.detection, Detection::adsb);
  EXPECT_NEAR(report.position->latitude.degrees(), 33.123456, 2e-7) << "the finer position wins";
  EXPECT_NEAR(report.position->longitude.degrees(), -44.654321, 2e-7);
  EXPECT_EQ(report.applicability, noon() - units::Duration::seconds(0.5)) << "applicability before reception";
  EXPECT_EQ(report.address, ModeSAddress(0x71C001));
  EXPECT_EQ(report.identification->text(), "IAW12");
  EXPECT_EQ(report.emergency, 1) << "7700 where the aircraft states no emergency of its own";
  EXPECT_DOUBLE_EQ(report.pressure_altitude->flight_level(), 310.0);
  EXPECT_NEAR(report.geometric_height->feet(), 31'500.0, 6.25);
  EXPECT_NEAR(report.position->height.feet(), 31'500.0, 6.25) << "geometric height, not flight level";
  EXPECT_NEAR(report.velocity->east.metres_per_second(), 0.125 * 1852.0, 0.2);
  EXPECT_NEAR(report.velocity->north.metres_per_second(), 0.0, 0.1);
  EXPECT_NEAR(report.vertical_rate->feet_per_minute(), -1'000.0, 6.25);
  EXPECT_EQ(report.local_track_number, 12);
  EXPECT_FALSE(report.on_ground);
}

TEST(Adsb, ReceptionTimesTakeTheirFractionFromTheFinerItem) {
  const auto time_of = [](double coarse_s, unsigned indicator, double fraction_s) {
    return modern([&](asterix::RecordBuilder& record) {
             record.set(cat021::I073_VALUE, coarse_s);
             record.set_raw(cat021::I074_FSI, indicator);
             record.set(cat021::I074_TOMRP, fraction_s);
           }).applicability -
           noon();
  };
  EXPECT_NEAR(time_of(kNoonTimeOfDay + 0.25, 0, 0.2512345).seconds(), 0.2512345, 2e-9);
  EXPECT_NEAR(time_of(kNoonTimeOfDay + 0.99, 1, 0.001).seconds(), 1.001, 2e-9);
  EXPECT_NEAR(time_of(kNoonTimeOfDay, 2, 0.999).seconds(), -0.001, 2e-9);
}

TEST(Adsb, TheReportsOwnSendingTimeIsTheLastResort) {
  const TargetReport sent =
      modern([](asterix::RecordBuilder& record) { record.set(cat021::I077_VALUE, kNoonTimeOfDay - 2.0); });
  EXPECT_EQ(sent.applicability, noon() - units::Duration::seconds(2.0));
  EXPECT_TRUE(modern([](asterix::RecordBuilder&) {}).quality.time_from_receipt);
}

TEST(Adsb, NavigationAccuracyBecomesTheCovariance) {
  const auto with_nacp = [](unsigned nacp) {
    return sigma_m(modern([nacp](asterix::RecordBuilder& record) {
      somewhere(record);
      record.set_raw(cat021::I210_VN, 2);
      record.set_raw(cat021::I090_NUCPNIC, 8);
      record.set_raw(cat021::I090_NACP, nacp);
    }));
  };
  EXPECT_NEAR(with_nacp(9), 30.0 / 2.4477, 0.01);
  EXPECT_NEAR(with_nacp(8), 92.6 / 2.4477, 0.01);
  EXPECT_NEAR(with_nacp(1), 18'520.0 / 2.4477, 1.0);
  EXPECT_NEAR(with_nacp(0), 92.6 / 2.4477, 0.01) << "unknown accuracy: the integrity category stands in";
  EXPECT_DOUBLE_EQ(sigma_m(modern(somewhere)), 30.0) << "nothing said: the nominal figure";
}

TEST(Adsb, TheFirstVersionsCategoryMeansUncertaintyNotIntegrity) {
  const auto with = [](unsigned version, unsigned category) {
    return sigma_m(modern([=](asterix::RecordBuilder& record) {
      somewhere(record);
      record.set_raw(cat021::I210_VN, version);
      record.set_raw(cat021::I090_NUCPNIC, category);
    }));
  };
  EXPECT_NEAR(with(0, 7), 92.6 / 2.4477, 0.01);
  EXPECT_NEAR(with(2, 7), 185.2 / 2.4477, 0.01);
  EXPECT_DOUBLE_EQ(with(0, 0), 500.0);
}

TEST(Adsb, AFastTargetIsUncertainAlongItsTrackForItsUncompensatedLatency) {
  const TargetReport report = modern([](asterix::RecordBuilder& record) {
    somewhere(record);
    record.set_raw(cat021::I210_VN, 2);
    record.set_raw(cat021::I090_NACP, 11);
    record.set(cat021::I160_GS, 0.125);
    record.set(cat021::I160_TA, 0.0);
  });
  EXPECT_NEAR(std::sqrt(report.position_covariance.north_north_m2), std::hypot(3.0 / 2.4477, 23.15), 0.1);
  EXPECT_NEAR(std::sqrt(report.position_covariance.east_east_m2), 3.0 / 2.4477, 0.01);
}

TEST(Adsb, ValuesBeyondTheirFieldsAreNotTaken) {
  const TargetReport report = modern([](asterix::RecordBuilder& record) {
    somewhere(record);
    record.set_raw(cat021::I140_VALUE, 0x7FFF);
    record.set(cat021::I160_GS, 1.9);
    record.set_raw(cat021::I160_RE, 1);
    record.set(cat021::I160_TA, 10.0);
    record.set(cat021::I155_BVR, 5'000.0);
    record.set_raw(cat021::I155_RE, 1);
    record.set(cat021::I157_GVR, 600.0);
  });
  EXPECT_FALSE(report.geometric_height) << "'greater than' is no height";
  EXPECT_FALSE(report.velocity);
  EXPECT_NEAR(report.vertical_rate->feet_per_minute(), 600.0, 6.25) << "the geometric rate stands in";
}

TEST(Adsb, AirspeedIsNotGroundSpeed) {
  const TargetReport report = modern([](asterix::RecordBuilder& record) {
    somewhere(record);
    record.set_raw(cat021::I150_AS, 3'000);
    record.set(cat021::I151_TAS, 450.0);
    record.set(cat021::I152_VALUE, 45.0);
  });
  EXPECT_FALSE(report.velocity);
}

TEST(Adsb, DescriptorAndStatusBitsAreRead) {
  const TargetReport report = modern([](asterix::RecordBuilder& record) {
    somewhere(record);
    record.set_raw(cat021::I080_VALUE, 0x123456);
    record.set_raw(cat021::I040_ATP, 3);
    record.set_raw(cat021::I040_GBS, 1);
    record.set_raw(cat021::I040_SIM, 1);
    record.set_raw(cat021::I040_TST, 1);
    record.set_raw(cat021::I040_RAB, 1);
    record.set_raw(cat021::I040_CL, 1);
    record.set_raw(cat021::I200_PS, 6);
    record.set_raw(cat021::I200_SS, 3);
  });
  EXPECT_TRUE(report.quality.address_doubtful) << "anonymous";
  EXPECT_TRUE(report.on_ground);
  EXPECT_TRUE(report.simulated);
  EXPECT_TRUE(report.test_target);
  EXPECT_TRUE(report.fixed_transponder);
  EXPECT_TRUE(report.quality.suspected_false);
  EXPECT_TRUE(report.special_position_identification);
  EXPECT_EQ(report.emergency, 6);
}

TEST(Adsb, PositionsThatTheStationDisprovedOrThatCannotBeAreFlagged) {
  for (const asterix::Field check : {cat021::I040_IPC, cat021::I040_CPR, cat021::I040_RCF}) {
    const TargetReport report = modern([check](asterix::RecordBuilder& record) {
      somewhere(record);
      record.set_raw(check, 1);
    });
    EXPECT_TRUE(report.quality.position_implausible);
  }
  const TargetReport null_island = modern([](asterix::RecordBuilder& record) {
    record.set(cat021::I131_LAT, 0.0);
    record.set(cat021::I131_LON, 0.0);
  });
  EXPECT_TRUE(null_island.quality.position_implausible);
  const TargetReport off_the_globe = modern([](asterix::RecordBuilder& record) {
    record.set_raw(cat021::I131_LAT, 0x7FFFFFFF);
    record.set_raw(cat021::I131_LON, 0x12345678);
  });
  EXPECT_FALSE(off_the_globe.position);
  EXPECT_TRUE(off_the_globe.quality.position_implausible);
}

TEST(Adsb, AKnownStationHearsNobodyBeyondItsReach) {
  Bench bench({setting("GS", {25, 5}, SensorKind::adsb, geodetic(33.0, 44.0, 50.0))}, {21, "2.4"});
  const auto at = [&bench](double latitude, double longitude) {
    bench.hear(block(21, "2.4", [=](asterix::RecordBuilder& record) {
      identify(record);
      record.set(cat021::I130_LAT, latitude);
      record.set(cat021::I130_LON, longitude);
    }));
    return bench.report().quality.position_implausible;
  };
  EXPECT_FALSE(at(35.0, 46.0));
  EXPECT_TRUE(at(33.0, 60.0));
  EXPECT_TRUE(at(-33.0, 44.0));
  EXPECT_EQ(bench.counters().implausible, 2U);
}

TEST(Adsb, Editions02xKeepTheirOwnMeaningOfSharedItemNumbers) {
  const TargetReport report = legacy([](asterix::RecordBuilder& record) {
    somewhere(record);
    record.set(cat021::I030_VALUE, kNoonTimeOfDay - 1.0);
    record.set_raw(cat021::I080_VALUE, 0x344321);
    record.set_raw(cat021::I040_ATP, 1);
    record.set_raw(cat021::I040_GBS, 1);
    record.set_raw(cat021::I040_SPI, 1);
    record.set_raw(cat021::I090_PA, 8);
    record.set_raw(cat021::I095_VALUE, 3);
    record.set(cat021::I160_GS, 0.01);
    record.set(cat021::I160_TA, 180.0);
    record.set(cat021::I155_VALUE, 640.0);
    record.set_raw(cat021::I200_VALUE, 5);
    record.set_text(cat021::I170_VALUE, "VLG22");
  });
  EXPECT_EQ(report.applicability, noon() - units::Duration::seconds(1.0));
  EXPECT_FALSE(report.quality.address_doubtful) << "1 is the aircraft's own address here";
  EXPECT_TRUE(report.on_ground);
  EXPECT_TRUE(report.special_position_identification);
  EXPECT_NEAR(sigma_m(report), 10.0 / 2.4477, 0.05);
  EXPECT_NEAR(report.velocity->north.metres_per_second(), -18.52, 0.1);
  EXPECT_NEAR(report.velocity->sigma.metres_per_second(), 1.0 / 2.4477, 0.001);
  EXPECT_NEAR(report.vertical_rate->feet_per_minute(), 640.0, 6.25);
  EXPECT_EQ(report.emergency, 5);
  EXPECT_EQ(report.identification->text(), "VLG22");
  EXPECT_TRUE(legacy([](asterix::RecordBuilder& record) {
                record.set_raw(cat021::I080_VALUE, 0x344321);
                record.set_raw(cat021::I040_ATP, 0);
              }).quality.address_doubtful)
      << "0 is a non-unique address here, and the aircraft's own in 2.x";
}

}  // namespace
}  // namespace marsad::observation::testing
