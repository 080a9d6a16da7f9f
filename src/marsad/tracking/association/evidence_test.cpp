#include "marsad/tracking/association/evidence.hpp"

#include <gtest/gtest.h>

#include "marsad/tracking/fusion/absorb.hpp"
#include "marsad/tracking/test_scene.hpp"

namespace marsad::tracking::association {
namespace {

using test::Flight;

/// A track from one report, and another report compared with it.
class Pair {
 public:
  Pair() {
    for (const auto& sensor : test::sensors()) models_.push_back(model_of(sensor, {}));
  }

  [[nodiscard]] Track track(const observation::TargetReport& report) const {
    return fusion::begin_track(TrackId(1), placed(report), {});
  }
  [[nodiscard]] PlacedReport placed(const observation::TargetReport& report) const {
    return place(report, models_[report.sensor.value()], 0);
  }

 private:
  std::vector<SensorModel> models_;
};

std::optional<double> identity(const Flight& track_is, const Flight& report_is) {
  const Pair pair;
  const auto first = test::plot(track_is, 0.0, test::kModeS);
  const auto second = test::plot(report_is, 4.0, test::kModeS);
  return identity_evidence(pair.placed(second), pair.track(first), {});
}

TEST(Evidence, TheSameAddressSpeaksStronglyForAndAnotherExcludes) {
  EXPECT_GT(*identity({.address = 1, .mode_a = 01234}, {.address = 1, .mode_a = 05555}), 10.0);
  EXPECT_FALSE(identity({.address = 1}, {.address = 2}).has_value());
}

TEST(Evidence, ADoubtfulAddressSaysNothing) {
  const Pair pair;
  const auto first = test::plot({.address = 1}, 0.0, test::kModeS);
  auto second = test::plot({.address = 2}, 4.0, test::kModeS);
  second.quality.address_doubtful = true;
  EXPECT_EQ(identity_evidence(pair.placed(second), pair.track(first), {}), 0.0);
}

TEST(Evidence, TheSameCodeSpeaksForUnlessManyHaveIt) {
  EXPECT_GT(*identity({.mode_a = 01234}, {.mode_a = 01234}), 5.0);
  constexpr std::uint16_t kShared[] = {00000, 01000, 02000, 07000};
  for (const std::uint16_t code : kShared) EXPECT_EQ(*identity({.mode_a = code}, {.mode_a = code}), 0.0);
}

TEST(Evidence, AnotherCodeSpeaksAgainstButDoesNotExclude) {
  const auto evidence = identity({.mode_a = 01234}, {.mode_a = 04321});
  ASSERT_TRUE(evidence.has_value());
  EXPECT_LT(*evidence, -2.0);
}

TEST(Evidence, ACodeWithPulsesAddedOrOfAnEmergencyIsNotHeldAgainstATrack) {
  EXPECT_EQ(*identity({.mode_a = 01234}, {.mode_a = 01236}), 0.0);
  EXPECT_EQ(*identity({.mode_a = 01234}, {.mode_a = 07700}), 0.0);
}

TEST(Evidence, AltitudeSpeaksForWhenNearAndAgainstWhenFar) {
  const Pair pair;
  const Track track = pair.track(test::plot({.height_m = 9'000.0}, 0.0, test::kModeS));
  const auto evidence = [&](double height) {
    const auto report = test::plot({.height_m = height}, 1.0, test::kModeS);
    return altitude_evidence(pair.placed(report), track, {});
  };
  EXPECT_GT(evidence(9'000.0), 3.0);
  EXPECT_LT(evidence(4'000.0), -3.0);
  EXPECT_GT(evidence(4'000.0), -5.0) << "a garbled altitude must not exclude";
}

}  // namespace
}  // namespace marsad::tracking::association
