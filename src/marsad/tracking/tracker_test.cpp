#include "marsad/tracking/tracker.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "marsad/base/digest.hpp"
#include "marsad/base/random.hpp"
#include "marsad/tracking/filter/multiple_models.hpp"
#include "marsad/tracking/test_scene.hpp"

namespace marsad::tracking {
namespace {

using test::adsb;
using test::at;
using test::Flight;
using test::kModeS;
using test::kPrimary;
using test::plot;
using test::Scene;
using Reports = std::vector<observation::TargetReport>;

Flight airliner() { return {.east_m = 20e3, .north_m = 60e3, .east_ms = 220.0, .address = 0x4B1234, .mode_a = 03456}; }
Flight dark() { return {.east_m = -30e3, .north_m = 40e3, .east_ms = 10.0, .north_ms = -200.0, .height_m = 5'000.0}; }

/// One report of `flight` at every fourth second.
auto every_turn(const Flight& flight, std::uint16_t sensor) {
  return [=](int s) { return s % 4 == 0 ? Reports{plot(flight, s - 0.5, sensor)} : Reports{}; };
}

std::uint64_t digest_of(const Tracker& tracker) {
  base::Digest digest;
  for (const Track& track : tracker.tracks()) {
    digest.add(track.id.value());
    digest.add(track.existence);
    digest.add(std::uint64_t{track.reports});
    digest.add(track.time.nanoseconds_since_epoch());
    for (const auto& model : track.horizontal.models) {
      for (int i = 0; i < filter::kStateSize; ++i) digest.add(model.mean[i]);
      for (int i = 0; i < filter::kStateSize; ++i) digest.add(model.covariance(i, i));
    }
    for (const double p : track.horizontal.probability) digest.add(p);
    digest.add(track.pressure_altitude.mean[0]);
  }
  return digest.value();
}

TEST(Tracker, ConfirmsAnAddressedTargetAtItsSecondReport) {
  Scene scene;
  scene.step(1.0, {plot(airliner(), 0.5, kModeS)});
  EXPECT_EQ(scene.established(), 0U);
  scene.step(5.0, {plot(airliner(), 4.5, kModeS)});
  EXPECT_EQ(scene.count(TrackPhase::confirmed), 1U);
  EXPECT_NE(scene.tracker().tracks()[0].number, 0);
}

TEST(Tracker, AsksMoreOfATargetThatOnlyAPrimaryRadarSees) {
  Scene scene;
  scene.run(0, 9, every_turn(dark(), kPrimary));
  EXPECT_EQ(scene.established(), 0U);
  scene.run(9, 30, every_turn(dark(), kPrimary));
  ASSERT_EQ(scene.established(), 1U);
  EXPECT_FALSE(scene.tracker().tracks()[0].identity.transponder);
}

TEST(Tracker, FollowsAStraightFlightWithinItsCovariance) {
  Scene scene;
  scene.run(0, 120, every_turn(airliner(), kModeS));
  ASSERT_EQ(scene.tracker().tracks().size(), 1U);
  const TrackEstimate e = estimate_at(scene.tracker().tracks()[0], at(120.0));
  EXPECT_LT(test::metres_between(e.position, airliner().position(120.0)), 60.0);
  EXPECT_NEAR(e.velocity_east.metres_per_second(), 220.0, 4.0);
  EXPECT_NEAR(e.pressure_altitude->metres(), 9'000.0, 10.0);
  EXPECT_FALSE(e.height_is_geometric);
}

TEST(Tracker, FusesAllSensorsIntoOneTrackAndRemembersEach) {
  Scene scene;
  scene.run(0, 60, [](int s) {
    Reports reports{adsb(airliner(), s - 0.8)};
    if (s % 4 == 0) reports.push_back(plot(airliner(), s - 0.5, kModeS));
    if (s % 4 == 2) reports.push_back(plot(airliner(), s - 0.4, kPrimary));
    return reports;
  });
  ASSERT_EQ(scene.tracker().tracks().size(), 1U);
  const Track& track = scene.tracker().tracks()[0];
  ASSERT_EQ(track.contributions.size(), 3U);
  EXPECT_EQ(track.contributions[0].reports, 15U);
  EXPECT_EQ(track.contributions[1].reports, 15U);
  EXPECT_EQ(track.contributions[2].reports, 60U);
  EXPECT_TRUE(estimate_at(track, at(60.0)).height_is_geometric);
}

TEST(Tracker, LocatesAPrimaryPlotWithTheHeightThatTheTrackKnows) {
  Flight high = airliner();
  high.east_m = 8e3;
  high.north_m = 6e3;  // overhead, where a wrong height counts for kilometres
  high.height_m = 11'000.0;
  high.east_ms = 0.0;
  high.north_ms = 200.0;
  Scene scene;
  scene.run(0, 40, every_turn(high, kModeS));
  scene.run(40, 60, every_turn(high, kPrimary));
  ASSERT_EQ(scene.tracker().tracks().size(), 1U);
  EXPECT_LT(test::metres_between(estimate_at(scene.tracker().tracks()[0], at(60.0)).position, high.position(60.0)),
            250.0);
}

TEST(Tracker, KeepsATrackWhoseTransponderFailsAsLongAsAPrimaryRadarSeesIt) {
  Scene scene;
  const auto traffic = [](int s) {
    Flight other = airliner();
    other.north_m = -50e3;
    other.address = 0x4B7777;
    Reports reports{adsb(other, s - 0.5)};  // the sensors are alive
    if (s % 4 == 0) reports.push_back(plot(other, s - 0.5, kModeS));
    if (s % 4 == 2) reports.push_back(plot(airliner(), s - 0.5, kPrimary));
    return reports;
  };
  scene.run(0, 60, [&](int s) {
    Reports reports = traffic(s);
    reports.push_back(adsb(airliner(), s - 0.6));
    if (s % 4 == 0) reports.push_back(plot(airliner(), s - 0.5, kModeS));
    return reports;
  });
  ASSERT_EQ(scene.established(), 2U);
  const TrackId before = scene.tracker().tracks()[0].id;
  ASSERT_EQ(scene.tracker().tracks()[0].identity.address, observation::ModeSAddress(*airliner().address));
  for (int s = 61; s <= 180; ++s) {
    Reports reports = traffic(s);
    if (s < 72 && s % 4 == 2) reports.pop_back();  // and the primary radar misses it at first
    scene.step(s, reports);
    ASSERT_GT(scene.tracker().tracks()[0].existence, 0.5) << s;
  }
  ASSERT_EQ(scene.established(), 2U);
  EXPECT_EQ(scene.tracker().tracks()[0].id, before);
  EXPECT_EQ(scene.tracker().tracks()[0].phase, TrackPhase::confirmed);
}

TEST(Tracker, CoastsAndThenEndsASilentTrackAndShowsTheEndOnce) {
  Scene scene;
  scene.run(0, 40, every_turn(airliner(), kModeS));
  std::size_t coasting = 0, ended = 0;
  for (int s = 41; s < 140; ++s) {
    scene.step(s, {});
    coasting += scene.count(TrackPhase::coasting);
    ended += scene.count(TrackPhase::terminated);
  }
  EXPECT_GT(coasting, 5U);
  EXPECT_EQ(ended, 1U);
  EXPECT_TRUE(scene.tracker().tracks().empty());
}

TEST(Tracker, NeverUsesATrackIdentityAgainAndKeepsANumberBack) {
  Scene scene;
  std::set<std::uint64_t> ids;
  std::set<std::uint16_t> numbers;
  for (int life = 0; life < 4; ++life) {
    scene.run(life * 100, life * 100 + 20, every_turn(airliner(), kModeS));
    ASSERT_EQ(scene.established(), 1U);
    EXPECT_TRUE(ids.insert(scene.tracker().tracks()[0].id.value()).second);
    EXPECT_TRUE(numbers.insert(scene.tracker().tracks()[0].number).second);
    scene.run(life * 100 + 20, life * 100 + 100, [](int) { return Reports{}; });
  }
}

TEST(Tracker, KeepsTwoAircraftOfOneAddressApartAndMarksThem) {
  Flight twin = airliner();
  twin.north_m = -60e3;
  Scene scene;
  scene.run(0, 60, [&](int s) {
    if (s % 4 != 0) return Reports{};
    return Reports{plot(airliner(), s - 0.5, kModeS), plot(twin, s - 0.4, kModeS)};
  });
  ASSERT_EQ(scene.established(), 2U);
  for (const Track& track : scene.tracker().tracks()) EXPECT_TRUE(track.identity.duplicate_address);
  scene.run(60, 200, every_turn(airliner(), kModeS));
  ASSERT_EQ(scene.established(), 1U);
  EXPECT_FALSE(scene.tracker().tracks()[0].identity.duplicate_address);
}

TEST(Tracker, TakesAnAddressFromATrackThatStandsWhereItsAircraftNoLongerIs) {
  Flight parked{.east_m = 3e3, .north_m = 2e3, .height_m = 50.0, .address = 0x3C1111};
  Flight flying = parked;
  flying.north_m = 40e3;
  Scene scene;
  scene.run(0, 40, [&](int s) {
    if (s % 4 != 0) return Reports{};
    return Reports{plot(parked, s - 0.5, kModeS), plot(parked, s - 0.4, kPrimary)};
  });
  scene.run(40, 100, [&](int s) {
    if (s % 4 != 0) return Reports{};
    return Reports{plot(flying, s - 0.5, kModeS), plot(parked, s - 0.4, kPrimary)};
  });
  ASSERT_EQ(scene.established(), 2U);
  EXPECT_FALSE(scene.tracker().tracks()[0].identity.address.has_value());
  EXPECT_EQ(scene.tracker().tracks()[1].identity.address, observation::ModeSAddress(*flying.address));
  EXPECT_FALSE(scene.tracker().tracks()[1].identity.duplicate_address);
}

TEST(Tracker, NeverGivesAReportWithAnotherAddressToATrack) {
  Flight other = airliner();
  other.address = 0x4B9999;
  other.north_m += 150.0;  // wing to wing
  Scene scene;
  scene.run(0, 80, [&](int s) {
    if (s % 4 != 0) return Reports{};
    return Reports{plot(airliner(), s - 0.5, kModeS), plot(other, s - 0.5, kModeS)};
  });
  ASSERT_EQ(scene.established(), 2U);
  EXPECT_NE(scene.tracker().tracks()[0].identity.address, scene.tracker().tracks()[1].identity.address);
}

TEST(Tracker, GivesATransponderTrackThatBeganAsPrimaryItsIdentity) {
  Scene scene;
  scene.run(0, 40, every_turn(airliner(), kPrimary));
  ASSERT_EQ(scene.established(), 1U);
  const TrackId id = scene.tracker().tracks()[0].id;
  scene.run(40, 100, [](int s) {
    Reports reports;
    if (s % 4 == 0) reports.push_back(plot(airliner(), s - 0.5, kPrimary));
    if (s % 4 == 2) reports.push_back(plot(airliner(), s - 0.5, kModeS));
    return reports;
  });
  ASSERT_EQ(scene.established(), 1U);
  EXPECT_EQ(scene.tracker().tracks()[0].id, id);
  EXPECT_EQ(scene.tracker().tracks()[0].identity.address, observation::ModeSAddress(0x4B1234));
}

TEST(Tracker, UsesAReportThatIsLateAndCountsOneThatIsTooLate) {
  Scene scene;
  scene.run(0, 40, [](int s) { return Reports{adsb(airliner(), s - 0.5)}; });
  scene.step(41.0, {plot(airliner(), 38.0, kModeS, 20.0)});
  EXPECT_EQ(scene.tracker().counters().late, 0U);
  EXPECT_EQ(scene.tracker().tracks()[0].contributions[0].reports, 1U);
  EXPECT_EQ(scene.tracker().tracks()[0].time, at(39.5)) << "a late report doesn't turn time back";
  scene.step(42.0, {plot(airliner(), 5.0, kModeS), adsb(airliner(), 41.5)});
  EXPECT_EQ(scene.tracker().counters().late, 1U);
  EXPECT_EQ(scene.tracker().tracks().size(), 1U);
}

TEST(Tracker, LetsNothingAbsurdIn) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  Scene scene;
  Reports reports(10, adsb(airliner(), 0.5));
  reports[0].position->latitude = units::Angle::degrees(nan);
  reports[1].position_covariance.east_east_m2 = nan;
  reports[2].position_covariance = {100.0, 500.0, 100.0};
  reports[3].velocity->east = units::Speed::metres_per_second(infinity);
  reports[4].position->height = units::Length::metres(1e9);
  reports[5].applicability = at(500.0);
  reports[6].pressure_altitude = units::PressureAltitude::metres(nan);
  reports[7].sensor = observation::SensorId(77);
  reports[8].position.reset();
  reports[9] = plot(airliner(), 0.5, kModeS);
  reports[9].polar->slant_range = units::Length::metres(nan);
  scene.step(1.0, reports);
  EXPECT_TRUE(scene.tracker().tracks().empty());
  const TrackerCounters& c = scene.tracker().counters();
  EXPECT_EQ(c.refused, 8U);
  EXPECT_EQ(c.unplaced, 2U);
  EXPECT_EQ(c.received, 10U);
}

TEST(Tracker, StaysWithinItsMaximumOfTracksAndCountsWhatItTurnsAway) {
  TrackerSettings settings;
  settings.lifecycle.max_tracks = 10;
  Scene scene(settings);
  base::Random random(8);
  for (int s = 1; s < 20; ++s) {
    Reports reports;
    for (int i = 0; i < 50; ++i)
      reports.push_back(
          plot({.east_m = random.uniform(-1e5, 1e5), .north_m = random.uniform(-1e5, 1e5)}, s - 0.5, kPrimary));
    scene.step(s, reports);
    ASSERT_LE(scene.tracker().tracks().size(), 10U);
  }
  EXPECT_GT(scene.tracker().counters().no_room, 100U);
}

TEST(Tracker, SumsUpWhatBecameOfEveryReport) {
  Scene scene;
  base::Random random(9);
  for (int s = 1; s < 60; ++s) {
    Reports reports;
    for (int i = 0; i < 10; ++i)
      reports.push_back(
          plot({.east_m = random.uniform(-1e5, 1e5), .north_m = random.uniform(-1e5, 1e5)}, s - 0.5, kPrimary));
    reports.push_back(adsb(airliner(), random.uniform(-40.0, 10.0) + s));
    scene.step(s, reports);
  }
  const TrackerCounters& c = scene.tracker().counters();
  EXPECT_EQ(c.received, 59U * 11U);
  EXPECT_EQ(c.received, c.associated + c.initiated + c.unplaced + c.refused + c.late + c.repeated + c.no_room);
}

TEST(Tracker, TellsWhichReportWentToWhichTrack) {
  Scene scene;
  scene.step(1.0, {plot(dark(), 0.5, kPrimary), plot(airliner(), 0.5, kModeS)});
  ASSERT_EQ(scene.tracker().associations().size(), 2U);
  EXPECT_EQ(scene.tracker().associations()[0].report, 0U);
  EXPECT_EQ(scene.tracker().associations()[1].report, 1U);
  EXPECT_NE(scene.tracker().associations()[0].track, scene.tracker().associations()[1].track);
  scene.step(2.0, {});
  EXPECT_TRUE(scene.tracker().associations().empty());
}

/// Runs the pieces from the last to the first, as threads might.
class BackwardExecutor final : public base::Executor {
 public:
  void for_each_index(std::size_t count, const std::function<void(std::size_t)>& piece) override {
    ++calls;
    for (std::size_t i = count; i > 0; --i) piece(i - 1);
  }
  std::size_t calls = 0;
};

/// Dense traffic with clutter, in steps of a second; `shuffle` permutes each step's reports.
std::uint64_t dense_traffic(Scene& scene, bool shuffle) {
  base::Random random(12);
  base::Random order(99);
  std::vector<Flight> flights;
  for (std::uint32_t i = 0; i < 150; ++i) {
    flights.push_back({.east_m = random.uniform(-40e3, 40e3),
                       .north_m = random.uniform(-40e3, 40e3),
                       .east_ms = random.uniform(-200, 200),
                       .north_ms = random.uniform(-200, 200),
                       .height_m = random.uniform(2'000.0, 11'000.0)});
    if (i % 2 == 0) flights.back().address = 0x100000 + i;
  }
  for (int s = 1; s <= 24; ++s) {
    Reports reports;
    for (std::size_t i = 0; i < flights.size(); ++i) {
      if (flights[i].address) reports.push_back(adsb(flights[i], s - 0.6));
      if ((i + static_cast<std::size_t>(s)) % 4 < 2)
        reports.push_back(plot(flights[i], s - 0.5, i % 4 == 0 ? kModeS : kPrimary, random.uniform(-100, 100)));
    }
    if (shuffle)
      for (std::size_t i = reports.size(); i > 1; --i) std::swap(reports[i - 1], reports[order.below(i)]);
    scene.step(s, reports);
  }
  return digest_of(scene.tracker());
}

TEST(Tracker, GivesTheSameBitsInWhateverOrderThePiecesRun) {
  Scene forward;
  BackwardExecutor executor;
  Scene backward({}, executor);
  EXPECT_EQ(dense_traffic(forward, false), dense_traffic(backward, false));
  EXPECT_GT(executor.calls, 20U) << "the scene must be large enough to be cut into pieces";
}

TEST(Tracker, GivesTheSameBitsInWhateverOrderSimultaneousReportsCome) {
  Scene ordered, shuffled;
  EXPECT_EQ(dense_traffic(ordered, false), dense_traffic(shuffled, true));
  EXPECT_GT(ordered.established(), 60U);
}

TEST(Tracker, KeepsEveryTrackSoundUnderRandomInput) {
  Scene scene;
  base::Random random(21);
  for (int s = 1; s < 150; ++s) {
    Reports reports;
    for (int i = 0; i < 12; ++i) {
      Flight f{.east_m = random.uniform(-3e3, 3e3),
               .north_m = random.uniform(-3e3, 3e3),
               .east_ms = random.uniform(-900, 900)};
      f.height_m = random.uniform(0.0, 15'000.0);
      if (random.chance(0.4)) f.address = static_cast<std::uint32_t>(random.below(4));
      if (random.chance(0.4)) f.mode_a = static_cast<std::uint16_t>(random.below(4096));
      const double t = s + random.uniform(-6.0, 1.0);
      reports.push_back(random.chance(0.3) ? adsb(f, t) : plot(f, t, random.chance(0.5) ? kModeS : kPrimary));
    }
    scene.step(s, reports);
    for (const Track& track : scene.tracker().tracks()) {
      ASSERT_TRUE(filter::is_sound(track.horizontal)) << s;
      ASSERT_GE(track.existence, 0.0);
      ASSERT_LE(track.existence, 1.0);
      ASSERT_TRUE(std::isfinite(estimate_at(track, at(s)).position.latitude.radians()));
    }
  }
}

TEST(Tracker, SurvivesAJumpOfTheClock) {
  Scene scene;
  scene.run(0, 20, every_turn(airliner(), kModeS));
  scene.step(100'000.0, {plot(airliner(), 20.5, kModeS)});
  scene.step(100'001.0, {});
  EXPECT_TRUE(scene.tracker().tracks().empty());
  scene.run(100'001, 100'030, every_turn({.east_m = -20e6 + 20e6, .north_m = 30e3, .address = 0x123}, kModeS));
  EXPECT_EQ(scene.established(), 1U);
}

TEST(Tracker, FollowsATargetOnTheGroundWithItsOwnNoise) {
  Flight taxiing{.east_m = 900.0, .north_m = 500.0, .east_ms = 8.0, .height_m = 40.0, .address = 0x71AB23};
  Scene scene;
  scene.run(0, 30, [&](int s) {
    observation::TargetReport r = adsb(taxiing, s - 0.5);
    r.on_ground = true;
    return Reports{r};
  });
  ASSERT_EQ(scene.established(), 1U);
  const Track& track = scene.tracker().tracks()[0];
  EXPECT_TRUE(track.on_ground);
  EXPECT_EQ(track.motion.agile_noise_m2s3, TrackerSettings{}.surface.agile_noise_m2s3);
}

}  // namespace
}  // namespace marsad::tracking
