#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "marsad/base/random.hpp"
#include "marsad/picture/air_picture.hpp"
#include "marsad/picture/compose.hpp"
#include "marsad/tracking/test_scene.hpp"

namespace marsad::picture {
namespace {

using observation::ModeACode;
using tracking::test::adsb;
using tracking::test::at;
using tracking::test::Flight;
using tracking::test::Scene;
using units::Length;
using units::Speed;

SystemTrack track_of(std::uint64_t id, double last_update = 0.0) {
  SystemTrack track;
  track.id = TrackId(id);
  track.state = TrackState::confirmed;
  track.last_update = at(last_update);
  return track;
}

AirPicture picture_of(std::uint64_t sequence, std::vector<SystemTrack> tracks) {
  AirPicture picture;
  picture.time = at(static_cast<double>(sequence));
  picture.sequence = sequence;
  picture.tracks = std::move(tracks);
  return picture;
}

/// What a consumer does with a change set.
void apply(std::map<TrackId, SystemTrack>& held, const AirPicture& after, const ChangeSet& changes) {
  for (const TrackId id : changes.removed) held.erase(id);
  for (const std::size_t index : changes.changed) held.insert_or_assign(after.tracks.at(index).id, after.tracks[index]);
}

AirPicture mutated(const AirPicture& before, base::Random& random, std::uint64_t& next_id) {
  AirPicture after = picture_of(before.sequence + 1, {});
  for (SystemTrack track : before.tracks) {
    if (track.state == TrackState::terminated || random.chance(0.05)) continue;
    if (random.chance(0.5)) track.last_update = at(static_cast<double>(after.sequence));
    if (random.chance(0.1)) track.state = TrackState::coasting;
    if (random.chance(0.1)) track.mode_a = ModeACode::from_bits(static_cast<std::uint16_t>(random.below(4096)));
    if (random.chance(0.1)) track.state = TrackState::terminated;
    after.tracks.push_back(track);
  }
  while (random.chance(0.6)) after.tracks.push_back(track_of(next_id++));
  return after;
}

TEST(ChangeSet, AppliedToTheOldPictureGivesTheNewOne) {
  base::Random random(3);
  for (int run = 0; run < 50; ++run) {
    std::uint64_t next_id = 1;
    AirPicture before = picture_of(0, {});
    std::map<TrackId, SystemTrack> held;
    for (int i = 0; i < 40; ++i) {
      const AirPicture after = mutated(before, random, next_id);
      apply(held, after, changes_between(i % 7 == 0 && i > 0 ? &before : (i == 0 ? nullptr : &before), after));
      std::map<TrackId, SystemTrack> wanted;
      for (const SystemTrack& track : after.tracks)
        if (track.state != TrackState::terminated) wanted.emplace(track.id, track);
      ASSERT_EQ(held, wanted) << run << ' ' << i;
      before = after;
    }
  }
}

TEST(ChangeSet, FromNothingHasEveryLivingTrack) {
  AirPicture after = picture_of(9, {track_of(1), track_of(2), track_of(3)});
  after.tracks[1].state = TrackState::terminated;
  const ChangeSet changes = changes_between(nullptr, after);
  EXPECT_EQ(changes.from_sequence, 0U);
  EXPECT_EQ(changes.to_sequence, 9U);
  EXPECT_EQ(changes.changed, (std::vector<std::size_t>{0, 2}));
  EXPECT_TRUE(changes.removed.empty());
}

TEST(ChangeSet, SaysNothingOfATrackThatOnlyMovedOn) {
  const AirPicture before = picture_of(1, {track_of(5)});
  AirPicture after = picture_of(2, {track_of(5)});
  after.tracks[0].position.latitude = units::Angle::degrees(1.0);
  after.tracks[0].existence_probability = 0.7;
  EXPECT_TRUE(changes_between(&before, after).changed.empty());
  after.tracks[0].emergency = 1;
  EXPECT_EQ(changes_between(&before, after).changed.size(), 1U);
}

TEST(ChangeSet, RemovesATerminatedTrackOnceAndNotAgainWhenItIsGone) {
  const AirPicture first = picture_of(1, {track_of(5)});
  AirPicture second = picture_of(2, {track_of(5)});
  second.tracks[0].state = TrackState::terminated;
  const AirPicture third = picture_of(3, {});
  EXPECT_EQ(changes_between(&first, second).removed.size(), 1U);
  EXPECT_TRUE(changes_between(&first, second).changed.empty());
  EXPECT_TRUE(changes_between(&second, third).removed.empty());
  EXPECT_EQ(changes_between(&first, third).removed.size(), 1U);
}

AirPicture full_picture() {
  AirPicture picture = picture_of(4, {track_of(7)});
  SystemTrack& t = picture.tracks[0];
  t.pressure_altitude = units::PressureAltitude::metres(1.0);
  t.vertical_rate = Speed::metres_per_second(1.0);
  t.address = observation::ModeSAddress(1);
  t.mode_a = ModeACode::from_bits(1);
  t.identification = observation::AircraftIdentification::from_text("A");
  static_cast<void>(t.contributions.try_push_back({observation::SensorId(1), at(1.0), 1}));
  SensorStatus sensor;
  sensor.name = "one";
  sensor.site = geo::Geodetic{};
  sensor.last_receipt = at(1.0);
  picture.sensors.push_back(sensor);
  return picture;
}

using Change = std::function<void(AirPicture&)>;

std::vector<Change> changes_of_position(const std::function<geo::Geodetic&(AirPicture&)>& of) {
  return {[=](AirPicture& p) { of(p).latitude += units::Angle::degrees(1); },
          [=](AirPicture& p) { of(p).longitude += units::Angle::degrees(1); },
          [=](AirPicture& p) { of(p).height += Length::metres(1); }};
}

std::vector<Change> changes_of_covariance(const std::function<geo::HorizontalCovariance&(AirPicture&)>& of) {
  return {[=](AirPicture& p) { of(p).east_east_m2 += 1; }, [=](AirPicture& p) { of(p).east_north_m2 += 1; },
          [=](AirPicture& p) { of(p).north_north_m2 += 1; }};
}

std::vector<Change> changes_of_track() {
  std::vector<Change> all{
      [](AirPicture& p) { p.tracks[0].id = TrackId(8); },
      [](AirPicture& p) { p.tracks[0].track_number = 9; },
      [](AirPicture& p) { p.tracks[0].state = TrackState::coasting; },
      [](AirPicture& p) { p.tracks[0].height_is_geometric = true; },
      [](AirPicture& p) { p.tracks[0].velocity_east += Speed::metres_per_second(1); },
      [](AirPicture& p) { p.tracks[0].velocity_north += Speed::metres_per_second(1); },
      [](AirPicture& p) { p.tracks[0].pressure_altitude = units::PressureAltitude::metres(2.0); },
      [](AirPicture& p) { p.tracks[0].pressure_altitude.reset(); },
      [](AirPicture& p) { p.tracks[0].vertical_rate = Speed::metres_per_second(2.0); },
      [](AirPicture& p) { p.tracks[0].vertical_rate.reset(); },
      [](AirPicture& p) { p.tracks[0].existence_probability = 0.5; },
      [](AirPicture& p) { p.tracks[0].model_probability[0] = 0.5; },
      [](AirPicture& p) { p.tracks[0].model_probability[1] = 0.5; },
      [](AirPicture& p) { p.tracks[0].model_probability[2] = 0.5; },
      [](AirPicture& p) { p.tracks[0].address = observation::ModeSAddress(2); },
      [](AirPicture& p) { p.tracks[0].address.reset(); },
      [](AirPicture& p) { p.tracks[0].mode_a = ModeACode::from_bits(2); },
      [](AirPicture& p) { p.tracks[0].mode_a.reset(); },
      [](AirPicture& p) { p.tracks[0].identification = observation::AircraftIdentification::from_text("B"); },
      [](AirPicture& p) { p.tracks[0].identification.reset(); },
      [](AirPicture& p) { p.tracks[0].emergency = 1; },
      [](AirPicture& p) { p.tracks[0].special_position_identification = true; },
      [](AirPicture& p) { p.tracks[0].on_ground = true; },
      [](AirPicture& p) { p.tracks[0].simulated = true; },
      [](AirPicture& p) { p.tracks[0].primary_only = true; },
      [](AirPicture& p) { p.tracks[0].initiated = at(-1.0); },
      [](AirPicture& p) { p.tracks[0].last_update = at(-1.0); },
      [](AirPicture& p) { p.tracks[0].contributions[0].sensor = observation::SensorId(2); },
      [](AirPicture& p) { p.tracks[0].contributions[0].last = at(2.0); },
      [](AirPicture& p) { p.tracks[0].contributions[0].reports = 2; },
      [](AirPicture& p) { p.tracks[0].contributions.clear(); },
  };
  for (const auto& more : {changes_of_position([](AirPicture& p) -> geo::Geodetic& { return p.tracks[0].position; }),
                           changes_of_covariance([](AirPicture& p) -> geo::HorizontalCovariance& {
                             return p.tracks[0].position_covariance;
                           }),
                           changes_of_covariance([](AirPicture& p) -> geo::HorizontalCovariance& {
                             return p.tracks[0].velocity_covariance_m2s2;
                           })})
    all.insert(all.end(), more.begin(), more.end());
  return all;
}

std::vector<Change> changes_of_the_rest() {
  std::vector<Change> all{
      [](AirPicture& p) { p.time = at(77.0); },
      [](AirPicture& p) { p.sequence = 77; },
      [](AirPicture& p) { p.tracks.clear(); },
      [](AirPicture& p) { p.sensors.clear(); },
      [](AirPicture& p) { p.sensors[0].id = observation::SensorId(3); },
      [](AirPicture& p) { p.sensors[0].name = "two"; },
      [](AirPicture& p) { p.sensors[0].key.sac = 1; },
      [](AirPicture& p) { p.sensors[0].key.sic = 1; },
      [](AirPicture& p) { p.sensors[0].key.family = observation::SensorKind::mlat; },
      [](AirPicture& p) { p.sensors[0].kind = observation::SensorKind::ssr; },
      [](AirPicture& p) { p.sensors[0].configured = true; },
      [](AirPicture& p) { p.sensors[0].has_site = true; },
      [](AirPicture& p) { p.sensors[0].site.reset(); },
      [](AirPicture& p) { p.sensors[0].period = units::Duration::seconds(1); },
      [](AirPicture& p) { p.sensors[0].range_max = Length::metres(1); },
      [](AirPicture& p) { p.sensors[0].last_receipt.reset(); },
      [](AirPicture& p) { p.sensors[0].reports = 1; },
      [](AirPicture& p) { p.sensors[0].unplaced = 1; },
      [](AirPicture& p) { p.sensors[0].implausible = 1; },
      [](AirPicture& p) { p.sensors[0].latency = units::Duration::seconds(1); },
      [](AirPicture& p) { p.input.datagrams = 1; },
      [](AirPicture& p) { p.input.octets = 1; },
      [](AirPicture& p) { p.input.records = 1; },
      [](AirPicture& p) { p.input.target_reports = 1; },
      [](AirPicture& p) { p.input.faults = 1; },
      [](AirPicture& p) { p.input.skipped_octets = 1; },
  };
  const auto site = changes_of_position([](AirPicture& p) -> geo::Geodetic& { return *p.sensors[0].site; });
  all.insert(all.end(), site.begin(), site.end());
  return all;
}

TEST(Digest, DependsOnEveryFieldOfThePicture) {
  std::vector<Change> all = changes_of_track();
  const std::vector<Change> rest = changes_of_the_rest();
  all.insert(all.end(), rest.begin(), rest.end());
  std::set<std::uint64_t> seen{digest_of(full_picture())};
  for (std::size_t i = 0; i < all.size(); ++i) {
    AirPicture picture = full_picture();
    all[i](picture);
    EXPECT_TRUE(seen.insert(digest_of(picture)).second) << "change " << i;
  }
  EXPECT_EQ(digest_of(full_picture()), digest_of(full_picture()));
}

Flight airliner(std::uint16_t code) { return {.east_m = 20e3, .east_ms = 220.0, .address = 0x4B1234, .mode_a = code}; }

AirPicture composed(std::uint16_t code, int seconds) {
  Scene scene;
  scene.run(0, seconds, [&](int s) { return std::vector{adsb(airliner(code), s - 0.5)}; });
  return compose(at(seconds), 3, scene.tracker().tracks(), {}, {});
}

TEST(Compose, ExtrapolatesEveryTrackToThePicturesTime) {
  const AirPicture picture = composed(01234, 30);
  ASSERT_EQ(picture.tracks.size(), 1U);
  const SystemTrack& track = picture.tracks[0];
  EXPECT_LT(tracking::test::metres_between(track.position, airliner(0).position(30.0)), 20.0);
  EXPECT_TRUE(track.height_is_geometric);
  EXPECT_NEAR(track.position.height.metres(), 9'000.0, 20.0);
  EXPECT_EQ(track.state, TrackState::confirmed);
  EXPECT_EQ(track.last_update, at(29.5));
  ASSERT_EQ(track.contributions.size(), 1U);
  EXPECT_EQ(track.contributions[0].reports, 30U);
  EXPECT_FALSE(track.primary_only);
  EXPECT_GT(track.position_covariance.east_east_m2, 0.0);
}

TEST(Compose, ShowsNoTrackThatRestsOnASingleReport) {
  EXPECT_TRUE(composed(01234, 1).tracks.empty());
  EXPECT_EQ(composed(01234, 2).tracks.size(), 1U);
}

TEST(Compose, ReadsTheEmergencyFromTheCode) {
  EXPECT_EQ(composed(07700, 5).tracks[0].emergency, 1);
  EXPECT_EQ(composed(07600, 5).tracks[0].emergency, 4);
  EXPECT_EQ(composed(07500, 5).tracks[0].emergency, 5);
  EXPECT_EQ(composed(07501, 5).tracks[0].emergency, 0);
}

}  // namespace
}  // namespace marsad::picture
