#include "marsad/output/cat021_service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <vector>

#include "marsad/base/allocation_count_test.hpp"
#include "marsad/observation/mode_s/test_squitters.hpp"
#include "marsad/observation/translator.hpp"
#include "marsad/wire/asterix/decode.hpp"
#include "marsad/wire/asterix/fields/cat021.hpp"

namespace marsad::output {
namespace {

using observation::mode_s::Resolver;
using observation::mode_s::testing::airborne_position;
using observation::mode_s::testing::airborne_velocity;
using observation::mode_s::testing::altitude_reply;
using observation::mode_s::testing::identification;
using observation::mode_s::testing::identity_reply;
using observation::mode_s::testing::MadeFrame;
using observation::mode_s::testing::operational_status;
using observation::mode_s::testing::Position;
using observation::mode_s::testing::squitter;
using observation::mode_s::testing::squitter_18;
using observation::mode_s::testing::surface_position;
using units::Duration;
using units::UtcTime;
using wire::asterix::RecordView;
namespace cat021 = wire::asterix::cat021;

constexpr std::uint32_t kAddress = 0x4B1234;
constexpr Position kPlace{56.30, 10.62};
/// A quarter of an hour past noon of an arbitrary day.
UtcTime at(double seconds) { return UtcTime::seconds_since_epoch(20'000.0 * 86'400.0 + 44'100.0 + seconds); }

class AdsbService : public ::testing::Test {
 protected:
  bool hear(const MadeFrame& frame, double seconds) {
    return service_.take(resolver_.take(frame.heard(), at(seconds), 7), at(seconds + 0.05), batch_);
  }
  void fly(double seconds, bool odd, const Position& place = kPlace) {
    hear(squitter(kAddress, airborne_position(place, odd)), seconds);
  }
  void equip() {
    hear(squitter(kAddress, operational_status(2, true, 10, 3)), 0.0);
    hear(squitter(kAddress, identification("SWR123  ")), 0.1);
    hear(squitter(kAddress, airborne_velocity(300.0, 400.0)), 0.2);
    hear(identity_reply(kAddress, 01234), 0.3);
    hear(identity_reply(kAddress, 01234), 0.35);
    hear(squitter(kAddress, 28ULL << 51U | 1ULL << 48U | 3ULL << 45U), 0.4);
  }
  /// Calls `look` with each record of all datagrams sent so far.
  template <class Look>
  std::size_t each(Look&& look) {
    service_.flush(batch_);
    std::size_t records = 0;
    auto set = wire::asterix::EditionSet::defaults();
    set.choose(21, *wire::asterix::find_edition(21, "2.4"));
    for (std::size_t i = 0; i < batch_.size(); ++i)
      wire::asterix::decode_datagram(
          batch_[i], set,
          [&](const RecordView& record) {
            ++records;
            look(record);
          },
          [](const wire::asterix::DecodeFault&) { ADD_FAILURE() << "a fault"; });
    return records;
  }

  Resolver resolver_;
  Cat021Service service_ = *Cat021Service::make({.sac = 25, .sic = 7, .service = 3});
  DatagramBatch batch_;
};

TEST_F(AdsbService, SendsOneCompleteReportForEachPosition) {
  equip();
  fly(1.0, false);
  fly(1.5, true);
  const std::size_t records = each([](const RecordView& record) {
    EXPECT_EQ(record.raw(cat021::I010_SAC), 25U);
    EXPECT_EQ(record.raw(cat021::I010_SIC), 7U);
    EXPECT_EQ(record.raw(cat021::I015_VALUE), 3U);
    EXPECT_EQ(record.raw(cat021::I080_VALUE), kAddress);
    EXPECT_EQ(record.raw(cat021::I040_ATP), 0U);
    EXPECT_EQ(record.raw(cat021::I040_ARC), 0U);
    EXPECT_EQ(record.raw(cat021::I040_GBS), 0U);
    EXPECT_NEAR(*record.value(cat021::I131_LAT), kPlace.lat_deg, 1e-4);
    EXPECT_NEAR(*record.value(cat021::I131_LON), kPlace.lon_deg, 1e-4);
    EXPECT_EQ(record.value(cat021::I073_VALUE), 44'101.5);
    EXPECT_EQ(record.raw(cat021::I074_FSI), 0U);
    EXPECT_NEAR(*record.value(cat021::I074_TOMRP), 0.5, 1e-6);
    EXPECT_NEAR(*record.value(cat021::I077_VALUE), 44'101.55, 1.0 / 128);
    EXPECT_EQ(record.value(cat021::I145_VALUE), 300.0);
    EXPECT_NEAR(*record.value(cat021::I160_GS) * 3'600.0, 500.0, 0.2);
    EXPECT_NEAR(*record.value(cat021::I160_TA), 36.87, 0.01);
    EXPECT_EQ(record.raw(cat021::I070_MODE3A), 01234U);
    EXPECT_EQ(record.text(cat021::I170_VALUE)->view().substr(0, 6), "SWR123");
    EXPECT_EQ(record.raw(cat021::I020_VALUE), 3U);
    EXPECT_EQ(record.raw(cat021::I090_NUCPNIC), 8U);
    EXPECT_EQ(record.raw(cat021::I090_NUCRNACV), 2U);
    EXPECT_EQ(record.raw(cat021::I090_NACP), 10U);
    EXPECT_EQ(record.raw(cat021::I090_SIL), 3U);
    EXPECT_EQ(record.raw(cat021::I090_PIC), 11U);
    EXPECT_EQ(record.raw(cat021::I210_VN), 2U);
    EXPECT_EQ(record.raw(cat021::I210_LTT), 2U);
    EXPECT_EQ(record.raw(cat021::I200_PS), 3U);
    EXPECT_EQ(record.raw(cat021::I400_VALUE), 7U);
    EXPECT_NEAR(*record.value(cat021::I295_GV), 1.3, 0.051);
    EXPECT_NEAR(*record.value(cat021::I295_TI2), 1.4, 0.051);
    EXPECT_FALSE(record.has(cat021::I295_FL)) << "of this message";
  });
  EXPECT_EQ(records, 1U);
}

TEST_F(AdsbService, SendsNothingForWhatIsNoAdsb) {
  fly(0.0, false);
  fly(0.5, true);
  EXPECT_FALSE(hear(altitude_reply(kAddress, 30'000.0), 0.6));
  EXPECT_FALSE(hear(squitter(kAddress, airborne_position(kPlace, true)), 0.61)) << "a duplicate";
  EXPECT_FALSE(hear(squitter(kAddress, airborne_velocity(1.0, 1.0)), 0.7));
  hear(squitter_18(2, kAddress, airborne_position(kPlace, false)), 1.0);
  EXPECT_FALSE(hear(squitter_18(2, kAddress, airborne_position(kPlace, true)), 1.5)) << "TIS-B";
  EXPECT_EQ(service_.counters().records, 1U);
}

TEST_F(AdsbService, ReportsVelocitiesAndIdentificationsIfAsked) {
  service_ = *Cat021Service::make({.velocities = true, .identifications = true});
  equip();
  EXPECT_EQ(each([](const RecordView& record) { EXPECT_FALSE(record.has(cat021::I131_LAT)); }), 4U);
}

TEST_F(AdsbService, TellsSurfaceAnonymityAndTheLink) {
  resolver_.set_site(
      7, observation::mode_s::ReceiverSite{{units::Angle::degrees(56.0), units::Angle::degrees(10.0), units::Length()},
                                           units::Length::nautical_miles(100.0)});
  hear(squitter_18(1, kAddress, surface_position(kPlace, false)), 0.0);
  hear(squitter_18(1, kAddress, surface_position(kPlace, true)), 0.5);
  hear(squitter_18(6, kAddress, airborne_position(kPlace, false)), 1.0);
  hear(squitter_18(6, kAddress, airborne_position(kPlace, true)), 1.5);
  std::vector<std::uint64_t> seen;
  each([&seen](const RecordView& record) {
    for (const auto field : {cat021::I040_ATP, cat021::I040_GBS, cat021::I210_LTT})
      seen.push_back(record.raw(field).value_or(99));
  });
  EXPECT_THAT(seen, ::testing::ElementsAre(3, 1, 2, 0, 0, 1));
}

TEST_F(AdsbService, FillsDatagramsUpToTheirLimit) {
  service_ = *Cat021Service::make({.max_datagram_octets = 256});
  for (int i = 0; i < 100; ++i) fly(0.5 * i, i % 2 == 0);
  EXPECT_EQ(each([](const RecordView&) {}), 99U);
  EXPECT_GT(batch_.size(), 10U);
  EXPECT_LT(batch_.size(), 40U);
  for (std::size_t i = 0; i < batch_.size(); ++i) EXPECT_LE(batch_[i].size(), 256U);
  EXPECT_EQ(service_.counters().datagrams, batch_.size());
}

TEST_F(AdsbService, OurOwnTranslatorReadsTheSamePositions) {
  observation::Translator direct{observation::SensorRegistry(), wire::asterix::EditionSet::defaults()};
  observation::ObservationBatch expected;
  equip();
  for (int i = 0; i < 50; ++i) {
    const Position place{kPlace.lat_deg + 0.001 * i, kPlace.lon_deg - 0.002 * i};
    const MadeFrame frame = squitter(kAddress, airborne_position(place, i % 2 == 0));
    hear(frame, 1.0 + 0.5 * i);
    direct.translate(frame.payload(), wire::framing::PayloadKind::mode_s, at(1.0 + 0.5 * i), expected);
  }
  service_.flush(batch_);
  observation::Translator reader{observation::SensorRegistry(), wire::asterix::EditionSet::defaults()};
  observation::ObservationBatch read;
  for (std::size_t i = 0; i < batch_.size(); ++i)
    reader.translate(batch_[i], wire::framing::PayloadKind::asterix, at(30.0), read);
  ASSERT_EQ(read.reports.size(), expected.reports.size());
  ASSERT_EQ(read.reports.size(), 49U);
  for (std::size_t i = 0; i < read.reports.size(); ++i) {
    const auto& a = expected.reports[i];
    const auto& b = read.reports[i];
    EXPECT_LT(observation::mode_s::rough_distance(*a.position, *b.position).metres(), 0.05);
    EXPECT_LT(abs(a.applicability - b.applicability), Duration::milliseconds(0.001));
    EXPECT_EQ(a.address, b.address);
  }
}

TEST_F(AdsbService, RefusesSettingsThatCantBeServed) {
  EXPECT_FALSE(Cat021Service::make({.edition = "0.26"}).ok());
  EXPECT_FALSE(Cat021Service::make({.edition = "9.9"}).ok());
  EXPECT_FALSE(Cat021Service::make({.max_datagram_octets = 100}).ok());
  for (const char* edition : {"2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.7"}) {
    service_ = *Cat021Service::make({.edition = edition});
    resolver_ = Resolver();
    equip();
    fly(1.0, false);
    fly(1.5, true);
    EXPECT_EQ(service_.counters().records, 1U) << edition;
  }
}

TEST_F(AdsbService, AllocatesNothingOnceWarm) {
  equip();
  const auto minute = [this](double from) {
    for (int i = 0; i < 120; ++i) fly(from + 0.5 * i, i % 2 == 0);
    service_.flush(batch_);
    batch_.clear();
  };
  minute(1.0);
  minute(61.0);
  const std::size_t before = base::testing::allocations_so_far();
  minute(121.0);
  EXPECT_EQ(base::testing::allocations_so_far() - before, 0U);
}

}  // namespace
}  // namespace marsad::output
