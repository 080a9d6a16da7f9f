#include "marsad/output/frame.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "marsad/output/output_fixture.hpp"

namespace marsad::output {
namespace {

using picture::TrackState;

std::vector<std::byte> snapshot(const picture::AirPicture& p) {
  std::vector<std::byte> octets;
  append_snapshot_frame(octets, p, {});
  return octets;
}

TEST(Frame, HasTheWrittenLayout) {
  const auto octets = snapshot(fixture::picture(1));
  const auto at = [&](std::size_t i) { return std::to_integer<unsigned>(octets.at(i)); };
  EXPECT_EQ(at(0), 0x4DU);
  EXPECT_EQ(at(1), 0x53U);
  EXPECT_EQ(at(2), 0x44U);
  EXPECT_EQ(at(3), 0x31U);
  EXPECT_EQ(at(4), 0U);                   // snapshot
  EXPECT_EQ(at(24), 42U);                 // to_sequence, lowest octet first
  EXPECT_EQ(at(32), 1U);                  // one track
  EXPECT_EQ(at(40), 1U);                  // its id
  EXPECT_EQ(at(48), 7U);                  // track number
  EXPECT_EQ(at(50), 1U);                  // confirmed
  EXPECT_EQ(at(54), 2U);                  // contributions
  EXPECT_EQ(at(40 + 84), unsigned{'I'});  // identification
  const std::size_t json_length_at = frame::kHeaderOctets + frame::kTrackOctets + 2 * frame::kContributionOctets;
  const std::size_t json_octets = at(json_length_at) + 256U * at(json_length_at + 1);
  EXPECT_EQ(octets.size(), json_length_at + 4 + json_octets);
}

TEST(Frame, ComesBackFromTheDecoderWithEveryValue) {
  auto p = fixture::picture(3);
  p.tracks[1].address.reset();
  p.tracks[1].mode_a.reset();
  p.tracks[1].identification.reset();
  p.tracks[1].pressure_altitude.reset();
  p.tracks[1].vertical_rate.reset();
  p.tracks[1].height_is_geometric = false;
  p.tracks[1].primary_only = true;
  p.tracks[1].contributions.clear();
  p.tracks[1].state = TrackState::coasting;
  p.tracks[2].emergency = 5;
  p.tracks[2].special_position_identification = true;
  p.tracks[2].on_ground = true;
  p.tracks[2].simulated = true;
  std::vector<std::byte> octets;
  append_snapshot_frame(octets, p, {PublicationMode::simulation, units::Duration::seconds(0.5), true, 2.0, "demo"});
  const auto decoded = decode_frame(octets);
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->kind, frame::Kind::snapshot);
  EXPECT_EQ(decoded->mode, PublicationMode::simulation);
  EXPECT_EQ(decoded->picture_time_s, 1'767'225'600.25);
  EXPECT_EQ(decoded->to_sequence, 42U);
  ASSERT_EQ(decoded->tracks.size(), 3U);
  const auto& first = decoded->tracks[0];
  EXPECT_EQ(first.id, 1U);
  EXPECT_EQ(first.track_number, 7U);
  EXPECT_NEAR(first.latitude_deg, 33.123456, 1e-12);
  EXPECT_NEAR(first.longitude_deg, 44.654321, 1e-12);
  EXPECT_NEAR(first.height_m, 10'668.4, 1e-3);
  EXPECT_NEAR(first.east_mps, -120.3, 1e-5);
  EXPECT_NEAR(first.north_mps, 210.6, 1e-4);
  EXPECT_NEAR(first.pressure_altitude_ft, 35'012.0, 1e-2);
  EXPECT_NEAR(first.vertical_rate_ft_per_min, -640.0, 1e-3);
  EXPECT_NEAR(first.existence, 0.9987, 1e-6);
  EXPECT_NEAR(first.sigma_major_m, std::sqrt(1250.0 + std::hypot(350.0, 300.0)), 1e-3);
  EXPECT_EQ(first.address, 0x0600A2U);
  EXPECT_EQ(first.mode_a, 0421U);
  EXPECT_EQ(std::string(first.identification.data(), 8), "IAW123  ");
  EXPECT_EQ(first.flags, frame::kHeightIsGeometric | frame::kHasPressureAltitude | frame::kHasVerticalRate);
  EXPECT_EQ(first.presence, 7U);
  EXPECT_NEAR(first.last_update_s, 1'767'225'598.25, 1e-6);
  ASSERT_EQ(first.contributions.size(), 2U);
  EXPECT_EQ(first.contributions[1].sensor, 1U);
  EXPECT_EQ(first.contributions[1].reports, 7U);
  EXPECT_NEAR(first.contributions[1].age_s, 3.25, 1e-6);
  EXPECT_EQ(decoded->tracks[1].flags, frame::kPrimaryOnly);
  EXPECT_EQ(decoded->tracks[1].presence, 0U);
  EXPECT_EQ(decoded->tracks[1].state, 2U);
  EXPECT_EQ(decoded->tracks[2].emergency, 5U);
  EXPECT_EQ(decoded->tracks[2].flags & (frame::kOnGround | frame::kSimulated | frame::kSpi), 22U);
  EXPECT_EQ(nlohmann::json::parse(decoded->status_json).at("title"), "demo");
}

TEST(Frame, CarriesOnlyTheChangesInADelta) {
  auto p = fixture::picture(4);
  p.tracks[3].state = TrackState::terminated;
  picture::ChangeSet changes;
  changes.from_sequence = 41;
  changes.to_sequence = 42;
  changes.changed = {1, 3};
  changes.removed = {picture::TrackId(4), picture::TrackId(99)};
  std::vector<std::byte> octets;
  append_delta_frame(octets, p, changes, {});
  const auto decoded = decode_frame(octets);
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->kind, frame::Kind::delta);
  EXPECT_EQ(decoded->from_sequence, 41U);
  EXPECT_EQ(decoded->to_sequence, 42U);
  ASSERT_EQ(decoded->tracks.size(), 1U);  // what ended is among the removed only
  EXPECT_EQ(decoded->tracks[0].id, 2U);
  EXPECT_EQ(decoded->removed, (std::vector<std::uint64_t>{4, 99}));
}

TEST(Frame, LeavesOutOfASnapshotWhatEndedOrIsNotANumber) {
  auto p = fixture::picture(3);
  p.tracks[0].state = TrackState::terminated;
  p.tracks[1].position.longitude = units::Angle::degrees(std::nan(""));
  const auto octets = snapshot(p);
  const auto decoded = decode_frame(octets);
  ASSERT_TRUE(decoded);
  ASSERT_EQ(decoded->tracks.size(), 1U);
  EXPECT_EQ(decoded->tracks[0].id, 3U);
}

TEST(Frame, CutAnywhereIsRefusedWithTheOctetWhere) {
  const auto octets = snapshot(fixture::picture(2));
  for (std::size_t length = 0; length < octets.size(); ++length) {
    const auto decoded = decode_frame(std::span(octets).first(length));
    ASSERT_FALSE(decoded) << length;
    EXPECT_LE(decoded.error().offset, length);
  }
  auto longer = octets;
  longer.push_back(std::byte{0});
  const auto decoded = decode_frame(longer);
  ASSERT_FALSE(decoded);
  EXPECT_EQ(decoded.error(), (base::Fault{base::FaultCode::bad_length, octets.size()}));
}

TEST(Frame, WithImpossibleCountsCostsNoMemory) {
  auto octets = snapshot(fixture::picture(0));
  for (std::size_t i = 32; i < 40; ++i) octets[i] = std::byte{0xFF};
  EXPECT_FALSE(decode_frame(octets));
}

TEST(Frame, OfAnotherKindIsNotRead) {
  auto octets = snapshot(fixture::picture(0));
  octets[4] = std::byte{2};
  EXPECT_EQ(decode_frame(octets).error(), (base::Fault{base::FaultCode::bad_value, 4}));
  octets[3] = std::byte{'2'};
  EXPECT_EQ(decode_frame(octets).error().code, base::FaultCode::unknown_format);
}

}  // namespace
}  // namespace marsad::output
