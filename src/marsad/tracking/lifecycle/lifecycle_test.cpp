#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "marsad/tracking/fusion/absorb.hpp"
#include "marsad/tracking/lifecycle/address_index.hpp"
#include "marsad/tracking/lifecycle/existence.hpp"
#include "marsad/tracking/lifecycle/phases.hpp"
#include "marsad/tracking/lifecycle/track_numbers.hpp"
#include "marsad/tracking/test_scene.hpp"

namespace marsad::tracking::lifecycle {
namespace {

using association::SensorModel;
using test::at;
using units::Duration;

TEST(Existence, FollowsBayesRule) {
  EXPECT_NEAR(existence_missed(0.5, 0.9), 0.05 / 0.55, 1e-12);
  EXPECT_NEAR(existence_detected(0.5, 0.9, std::log(9.0)), 0.5 * 9.1 / (0.5 + 0.5 * 9.1), 1e-12);
  EXPECT_NEAR(existence_after(0.8, Duration::seconds(2.0), 0.9), 0.8 * 0.81, 1e-12);
}

TEST(Existence, NeverBecomesCertain) {
  double p = 0.5;
  for (int i = 0; i < 1'000; ++i) p = existence_detected(p, 0.9, 1e9);
  EXPECT_LT(p, 1.0);
  for (int i = 0; i < 1'000; ++i) p = existence_missed(p, 0.98);
  EXPECT_GT(p, 0.0);
  EXPECT_EQ(existence_after(0.5, Duration::seconds(-5.0), 0.9), 0.5);
}

TEST(Existence, OneFailedTransponderExplainsTheSilenceOfManySensors) {
  TransponderBelief belief{0.9995, kTransponderWorks};
  for (int miss = 0; miss < 12; ++miss) belief = transponder_missed(belief, 0.95);
  EXPECT_GT(belief.existence, 0.8);
  EXPECT_LT(belief.transponder_works, 0.01);
  const TransponderBelief once = transponder_missed({0.5, 1.0}, 0.9);
  EXPECT_NEAR(once.existence, existence_missed(0.5, 0.9), 1e-12) << "a sure transponder leaves the one explanation";
}

TEST(TrackNumbers, AreNeverInUseTwiceAndKeptBackAfterRelease) {
  TrackNumbers numbers(Duration::seconds(60.0));
  std::set<std::uint16_t> all;
  for (int i = 0; i < 65'535; ++i) {
    const auto number = numbers.take(at(0.0));
    ASSERT_TRUE(number && *number != 0);
    ASSERT_TRUE(all.insert(*number).second);
  }
  EXPECT_FALSE(numbers.take(at(0.0)).has_value());
  numbers.release(500, at(10.0));
  EXPECT_FALSE(numbers.take(at(69.0)).has_value());
  EXPECT_EQ(numbers.take(at(70.0)), std::uint16_t{500});
  EXPECT_EQ(numbers.in_use(), 65'535U);
}

TEST(TrackNumbers, ComeInTurn) {
  TrackNumbers numbers(Duration::seconds(0.0));
  EXPECT_EQ(numbers.take(at(0.0)), std::uint16_t{1});
  numbers.release(1, at(0.0));
  EXPECT_EQ(numbers.take(at(1.0)), std::uint16_t{2});
}

class Phases : public ::testing::Test {
 protected:
  Phases() {
    for (const auto& sensor : test::sensors()) {
      models_.push_back(association::model_of(sensor, {}));
      models_.back().last_report = at(0.0);
    }
  }

  Track begun(std::uint16_t sensor) {
    report_ = test::plot({.east_m = 5e4, .address = 0xABC}, 0.0, sensor);
    Track track = fusion::begin_track(TrackId(1), association::place(report_, models_[sensor], 0), {});
    track.phase = TrackPhase::confirmed;
    track.existence = 0.999;
    return track;
  }

  observation::TargetReport report_;
  std::vector<SensorModel> models_;
};

TEST_F(Phases, AMissedScanLowersExistenceOnce) {
  Track track = begun(test::kModeS);
  models_[test::kModeS].last_report = at(8.0);
  account_for_misses(track, at(4.0), models_);
  EXPECT_EQ(track.existence, 0.999) << "the plot may still be on its way";
  account_for_misses(track, at(8.5), models_);
  const double after = track.existence;
  EXPECT_LT(after, 0.999);
  account_for_misses(track, at(8.6), models_);
  EXPECT_EQ(track.existence, after);
}

TEST_F(Phases, ASilentSensorIsNotHeldAgainstATrack) {
  Track track = begun(test::kModeS);
  account_for_misses(track, at(60.0), models_);
  EXPECT_EQ(track.existence, 0.999);
}

TEST_F(Phases, ASensorThatLongSawNothingNoLongerCounts) {
  Track track = begun(test::kModeS);
  track.contributions[0].detection_probability = 0.2;
  models_[test::kModeS].last_report = at(59.0);
  account_for_misses(track, at(60.0), models_);
  EXPECT_EQ(track.existence, 0.999);
}

TEST_F(Phases, FollowExistenceAndSilence) {
  const LifecycleSettings settings;
  Track track = begun(test::kModeS);
  EXPECT_EQ(next_phase(track, at(4.0), models_, settings), TrackPhase::confirmed);
  EXPECT_EQ(next_phase(track, at(12.0), models_, settings), TrackPhase::coasting);
  EXPECT_EQ(next_phase(track, at(61.0), models_, settings), TrackPhase::terminated);
  track.existence = 0.001;
  EXPECT_EQ(next_phase(track, at(4.0), models_, settings), TrackPhase::confirmed) << "heard just now";
  EXPECT_EQ(next_phase(track, at(11.0), models_, settings), TrackPhase::terminated);
  track.phase = TrackPhase::tentative;
  EXPECT_EQ(next_phase(track, at(4.0), models_, settings), TrackPhase::tentative);
  EXPECT_EQ(next_phase(track, at(14.0), models_, settings), TrackPhase::terminated);
}

TEST(AddressIndex, FindsAllTracksOfAnAddressInTheirOrder) {
  std::vector<Track> tracks;
  for (std::uint32_t i = 0; i < 6; ++i) {
    tracks.emplace_back(filter::TangentPlane(test::site()));
    if (i % 2 == 0) tracks.back().identity.address = observation::ModeSAddress(i == 4 ? 7 : 5);
  }
  AddressIndex index;
  index.build(tracks);
  ASSERT_EQ(index.of(observation::ModeSAddress(5)).size(), 2U);
  EXPECT_EQ(index.of(observation::ModeSAddress(5))[1].track, 2U);
  index.insert(observation::ModeSAddress(5), 1);
  index.insert(observation::ModeSAddress(5), 1);
  EXPECT_EQ(index.of(observation::ModeSAddress(5)).size(), 3U);
  EXPECT_TRUE(index.of(observation::ModeSAddress(6)).empty());
}

}  // namespace
}  // namespace marsad::tracking::lifecycle
