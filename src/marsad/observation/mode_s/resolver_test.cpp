#include "marsad/observation/mode_s/resolver.hpp"

#include <gtest/gtest.h>

#include <string>

#include "marsad/base/allocation_count_test.hpp"
#include "marsad/base/random.hpp"
#include "marsad/observation/mode_s/test_squitters.hpp"

namespace marsad::observation::mode_s {
namespace {

using testing::airborne_position;
using testing::airborne_velocity;
using testing::all_call;
using testing::altitude_reply;
using testing::comm_b;
using testing::FrameWriter;
using testing::identification;
using testing::identity_reply;
using testing::MadeFrame;
using testing::operational_status;
using testing::Position;
using testing::squitter;
using testing::squitter_18;
using testing::surface_position;
using units::Angle;
using units::Duration;
using units::Length;
using units::UtcTime;

constexpr std::uint32_t kAddress = 0x4B1234;
constexpr Position kAarhus{56.30, 10.62};
constexpr Position kSantiago{-33.39, -70.79};

UtcTime at(double seconds) { return UtcTime::seconds_since_epoch(1.7e9) + Duration::seconds(seconds); }

geo::Geodetic geodetic(const Position& place) {
  return {Angle::degrees(place.lat_deg), Angle::degrees(place.lon_deg), Length()};
}

class Resolving : public ::testing::Test {
 protected:
  const Outcome& hear(const MadeFrame& frame, double seconds, std::uint16_t receiver = 0) {
    return resolver_.take(frame.heard(), at(seconds), receiver);
  }
  const Outcome& fly(const Position& place, bool odd, double seconds, std::uint32_t address = kAddress) {
    return hear(squitter(address, airborne_position(place, odd)), seconds);
  }
  const Outcome& taxi(const Position& place, bool odd, double seconds) {
    return hear(squitter(kAddress, surface_position(place, odd)), seconds);
  }
  static void expect_at(const Outcome& outcome, const Position& place, double tolerance_m = 10.0) {
    ASSERT_EQ(outcome.position_verdict, PositionVerdict::resolved);
    EXPECT_LT(rough_distance(outcome.position->place, geodetic(place)).metres(), tolerance_m);
  }
  void know() { hear(all_call(kAddress), 0.0); }

  Resolver resolver_;
};

TEST_F(Resolving, APairGivesThePositionOfTheNewestMessage) {
  for (const Position& place : {kAarhus, kSantiago, Position{0.01, 179.99}, Position{86.5, -120.0}}) {
    for (const bool odd_first : {false, true}) {
      resolver_ = Resolver();
      EXPECT_EQ(fly(place, odd_first, 0.0).position_verdict, PositionVerdict::single);
      const Position later{place.lat_deg + 0.01, place.lon_deg};
      const Outcome& outcome = fly(later, !odd_first, 5.0);
      expect_at(outcome, later);
      EXPECT_TRUE(outcome.position->by_pair);
    }
  }
}

TEST_F(Resolving, AnOldPartnerMakesNoPair) {
  fly(kAarhus, false, 0.0);
  EXPECT_EQ(fly(kAarhus, true, 10.1).position_verdict, PositionVerdict::single);
}

TEST_F(Resolving, ALonePositionMessageIsReadByTheAircraftsOwnLastPosition) {
  fly(kAarhus, false, 0.0);
  fly(kAarhus, true, 0.5);
  const Outcome& outcome = fly({56.5, 10.62}, true, 100.0);
  expect_at(outcome, {56.5, 10.62});
  EXPECT_FALSE(outcome.position->by_pair);
  EXPECT_EQ(fly({56.5, 10.62}, true, 1'000.0).position_verdict, PositionVerdict::single) << "too long ago";
}

TEST_F(Resolving, BothNumbersZeroAreNoPosition) {
  const std::uint64_t nowhere = 11ULL << 51U;
  EXPECT_EQ(hear(squitter(kAddress, nowhere), 0.0).position_verdict, PositionVerdict::unavailable);
  const Outcome& outcome = hear(squitter(kAddress, 0x123ULL << 36U), 1.0);  // type code 0
  EXPECT_EQ(outcome.position_verdict, PositionVerdict::unavailable);
  EXPECT_EQ(outcome.integrity->nic, 0);
}

TEST_F(Resolving, OlderMessagesThanTheNewestGiveNoPosition) {
  fly(kAarhus, false, 0.0);
  fly(kAarhus, true, 2.0);
  EXPECT_EQ(fly(kAarhus, false, 1.0).position_verdict, PositionVerdict::out_of_order);
}

TEST_F(Resolving, OnTheSurfaceTheLastAirborneFixTellsTheQuarterOfTheGlobe) {
  for (const Position& place : {kAarhus, kSantiago}) {
    resolver_ = Resolver();
    fly(place, false, 0.0);
    fly(place, true, 0.5);
    expect_at(taxi(place, false, 30.0), place);
    expect_at(taxi(place, true, 35.0), place);
  }
}

TEST_F(Resolving, OnTheSurfaceThereIsNoPositionWithoutAReference) {
  taxi(kAarhus, false, 0.0);
  EXPECT_EQ(taxi(kAarhus, true, 1.0).position_verdict, PositionVerdict::single);
  resolver_.set_site(0, ReceiverSite{geodetic({56.0, 11.0}), Length::nautical_miles(200.0)});
  expect_at(taxi(kAarhus, false, 2.0), kAarhus);
}

TEST_F(Resolving, NoPairSpansTakeOff) {
  resolver_.set_site(0, ReceiverSite{geodetic(kAarhus), Length::nautical_miles(200.0)});
  taxi(kAarhus, false, 0.0);
  EXPECT_EQ(fly(kAarhus, true, 1.0).position_verdict, PositionVerdict::single);
  EXPECT_EQ(taxi(kAarhus, true, 2.0).position_verdict, PositionVerdict::single);
}

TEST_F(Resolving, ASlowAircraftOnTheSurfacePairsForLonger) {
  resolver_.set_site(0, ReceiverSite{geodetic(kAarhus), Length::nautical_miles(200.0)});
  taxi(kAarhus, false, 0.0);
  expect_at(taxi(kAarhus, true, 45.0), kAarhus);
}

TEST_F(Resolving, AWrongFirstPositionDoesNotLockOutTheRightOnes) {
  const Position wrong{48.0, 20.0};
  fly(wrong, false, 0.0);
  fly(wrong, true, 0.1);
  bool odd = false;
  int published_wrong = 0;
  double right_since = 0.0;
  for (double t = 1.0; t < 20.0; t += 0.5, odd = !odd) {
    const Outcome& outcome = fly(kAarhus, odd, t);
    if (!outcome.position) continue;
    const bool right = rough_distance(outcome.position->place, geodetic(kAarhus)) < Length::metres(20.0);
    if (!right) ++published_wrong;
    if (right && right_since == 0.0) right_since = t;
  }
  EXPECT_EQ(published_wrong, 0);
  EXPECT_GT(right_since, 0.0);
  EXPECT_LT(right_since, 4.0);
  EXPECT_EQ(resolver_.counters().jumps, 1U);
}

TEST_F(Resolving, AWrongPairInTheMiddleIsKeptOut) {
  bool odd = false;
  for (double t = 0.0; t < 5.0; t += 0.5, odd = !odd) fly(kAarhus, odd, t);
  const Position wrong{40.0, 30.0};
  EXPECT_FALSE(fly(wrong, odd, 5.1).position.has_value());
  EXPECT_FALSE(fly(wrong, !odd, 5.2).position.has_value());
  // The frames of the wrong pair spoil the pairs of the right ones at most once for each format.
  int lost = 0;
  for (double t = 6.0; t < 10.0; t += 0.5, odd = !odd) {
    const Outcome& outcome = fly(kAarhus, odd, t);
    if (!outcome.position) ++lost;
    if (outcome.position) expect_at(outcome, kAarhus);
  }
  EXPECT_LE(lost, 2);
  EXPECT_EQ(resolver_.counters().jumps, 0U);
}

TEST_F(Resolving, NothingIsHeardFromBeyondTheReceiversRange) {
  resolver_.set_site(0, ReceiverSite{geodetic({48.0, 20.0}), Length::nautical_miles(250.0)});
  fly(kAarhus, false, 0.0);
  EXPECT_EQ(fly(kAarhus, true, 0.5).position_verdict, PositionVerdict::beyond_range);
  resolver_.set_site(0, std::nullopt);
  EXPECT_EQ(fly(kAarhus, false, 1.0).position_verdict, PositionVerdict::resolved);
}

TEST_F(Resolving, AHiddenAddressCountsOnlyWhileItIsKnown) {
  EXPECT_EQ(hear(altitude_reply(kAddress, 5'000.0), 0.0).verdict, Verdict::unknown_address);
  EXPECT_EQ(resolver_.aircraft(), 0U);
  hear(all_call(kAddress), 1.0);
  EXPECT_EQ(hear(altitude_reply(kAddress, 5'000.0), 2.0).verdict, Verdict::accepted);
  EXPECT_EQ(hear(altitude_reply(kAddress, 5'000.0), 60.9).verdict, Verdict::accepted);
  EXPECT_EQ(hear(altitude_reply(kAddress, 5'000.0), 62.0).verdict, Verdict::unknown_address)
      << "replies do not confirm themselves";
}

TEST_F(Resolving, AnAllCallReplyToAnInterrogatorProvesNothing) {
  EXPECT_EQ(hear(all_call(kAddress, 5), 0.0).verdict, Verdict::unknown_address);
  hear(all_call(kAddress), 1.0);
  EXPECT_EQ(hear(all_call(kAddress, 5), 2.0).verdict, Verdict::accepted);
  EXPECT_EQ(hear(all_call(kAddress, 0x80), 3.0).verdict, Verdict::bad_parity) << "no interrogator has this code";
}

TEST_F(Resolving, ImpossibleAddressesAndFormatsAreRefused) {
  EXPECT_EQ(hear(squitter(0, airborne_position(kAarhus, false)), 0.0).verdict, Verdict::invalid_address);
  EXPECT_EQ(hear(all_call(0xFFFFFF), 0.0).verdict, Verdict::invalid_address);
  EXPECT_EQ(hear(MadeFrame{{}, 7}, 0.0).verdict, Verdict::unknown_address) << "all zeros";
  EXPECT_EQ(hear(FrameWriter().put(23, 5).put(0, 83).finish(), 0.0).verdict, Verdict::unsupported);
  EXPECT_EQ(hear(squitter_18(0, kAddress, 24ULL << 51U), 0.0).verdict, Verdict::no_target);
  EXPECT_EQ(hear(MadeFrame{{}, 14}, 0.0).verdict, Verdict::malformed) << "a long message of a short format";
  EXPECT_EQ(resolver_.aircraft(), 0U);
}

TEST_F(Resolving, OneDamagedBitIsMendedOnlyForAnAircraftThatIsKnown) {
  MadeFrame damaged = squitter(kAddress, airborne_velocity(300.0, 100.0));
  damaged.octets[7] ^= std::byte{4};
  know();
  EXPECT_EQ(hear(damaged, 1.0).verdict, Verdict::bad_parity) << "off unless asked for";
  ResolverSettings settings;
  settings.correction = wire::modes::Correction::one_bit;
  resolver_ = Resolver(settings);
  EXPECT_EQ(hear(damaged, 0.0).verdict, Verdict::bad_parity);
  know();
  const Outcome& outcome = hear(damaged, 1.0);
  EXPECT_EQ(outcome.verdict, Verdict::accepted);
  EXPECT_EQ(outcome.parity, ParityState::corrected);
}

TEST_F(Resolving, AMendedMessageOfAGroundStationIsStillKeptApart) {
  ResolverSettings settings;
  settings.correction = wire::modes::Correction::one_bit;
  resolver_ = Resolver(settings);
  know();
  MadeFrame damaged = squitter_18(2, kAddress, airborne_position(kAarhus, false));
  damaged.octets[9] ^= std::byte{4};
  const Outcome& outcome = hear(damaged, 1.0);
  EXPECT_EQ(outcome.verdict, Verdict::accepted);
  EXPECT_EQ(outcome.source, SourceKind::tis_b);
  EXPECT_EQ(outcome.aircraft->source, SourceKind::tis_b);
}

TEST_F(Resolving, ASquitterHeardAgainWithinAFewTenthsIsADuplicate) {
  const MadeFrame frame = squitter(kAddress, airborne_position(kAarhus, false));
  hear(frame, 0.0, 0);
  const Outcome& outcome = hear(frame, 0.2, 3);
  EXPECT_EQ(outcome.verdict, Verdict::duplicate);
  EXPECT_EQ(outcome.first->receiver, 0);
  EXPECT_EQ(outcome.first->receipt, at(0.0));
  EXPECT_EQ(outcome.reception.receiver, 3);
  EXPECT_NE(outcome.aircraft, nullptr);
  EXPECT_EQ(hear(frame, 0.45, 0).verdict, Verdict::accepted) << "a parked aircraft says the same again";
}

TEST_F(Resolving, AReceiverWhoseMessagesAreLateDoesNotPullAnAircraftBack) {
  std::vector<MadeFrame> frames;
  for (int i = 0; i < 8; ++i)
    frames.push_back(squitter(kAddress, airborne_position({56.3 + 0.001 * i, 10.62}, i % 2 == 0)));
  for (int i = 0; i < 8; ++i) {
    hear(frames[static_cast<std::size_t>(i)], 0.5 * i, 0);
    for (int k = 0; k < 10; ++k) hear(altitude_reply(kAddress, 5'000.0 + 25.0 * k), 0.5 * i + 0.02 * k, 0);
    if (i >= 4) {
      EXPECT_EQ(hear(frames[static_cast<std::size_t>(i - 4)], 0.5 * i + 0.25, 1).verdict, Verdict::duplicate) << i;
    }
  }
}

TEST_F(Resolving, AHoveringHelicopterSaysTheSameAgain) {
  const MadeFrame frame = squitter(kAddress, airborne_position(kAarhus, false));
  hear(frame, 0.0, 0);
  EXPECT_EQ(hear(frame, 1.0, 0).verdict, Verdict::accepted);
}

TEST_F(Resolving, TheSameReplyFromTheSameReceiverIsAnotherTransmission) {
  know();
  const MadeFrame reply = altitude_reply(kAddress, 5'000.0);
  EXPECT_EQ(hear(reply, 1.0, 0).verdict, Verdict::accepted);
  EXPECT_EQ(hear(reply, 1.0005, 0).verdict, Verdict::duplicate);
  EXPECT_EQ(hear(reply, 1.0005, 1).verdict, Verdict::duplicate);
  EXPECT_EQ(hear(reply, 1.02, 0).verdict, Verdict::accepted) << "to another interrogator";
  EXPECT_EQ(hear(reply, 1.1, 1).verdict, Verdict::duplicate) << "heard by another receiver";
}

TEST_F(Resolving, CountersTellWhatOneReceiptLumpsTogether) {
  know();
  const MadeFrame reply = altitude_reply(kAddress, 5'000.0);
  auto message = reply.heard();
  message.counter = 1'000'000;
  EXPECT_EQ(resolver_.take(message, at(1.0)).verdict, Verdict::accepted);
  message.counter = 1'000'100;
  EXPECT_EQ(resolver_.take(message, at(1.0)).verdict, Verdict::duplicate);
  message.counter = 2'000'000;
  EXPECT_EQ(resolver_.take(message, at(1.0)).verdict, Verdict::accepted);
}

TEST_F(Resolving, WhatGroundStationsSayOfAnAircraftIsKeptApart) {
  fly(kAarhus, false, 0.0);
  const Outcome& outcome = hear(squitter_18(2, kAddress, airborne_position(kAarhus, true)), 0.5);
  EXPECT_EQ(outcome.source, SourceKind::tis_b);
  EXPECT_EQ(outcome.position_verdict, PositionVerdict::single) << "no pair of the two";
  EXPECT_EQ(resolver_.aircraft(), 2U);
  const std::uint64_t with_imf = airborne_position(kAarhus, true) | 1ULL << 48U;
  EXPECT_EQ(hear(squitter_18(2, kAddress, with_imf), 1.0).source, SourceKind::tis_b_other);
  EXPECT_EQ(hear(squitter_18(6, kAddress, airborne_position(kAarhus, true)), 1.0).source, SourceKind::adsr);
  EXPECT_EQ(hear(squitter_18(1, kAddress, airborne_position(kAarhus, true)), 1.0).source, SourceKind::anonymous);
  const MadeFrame made_up_frame = squitter(kAddress, airborne_position(kAarhus, true));
  auto made_up = made_up_frame.heard();
  made_up.counter = wire::framing::ReceiverMessage::kMlatCounter;
  EXPECT_EQ(resolver_.take(made_up, at(1.5)).source, SourceKind::multilateration);
}

TEST_F(Resolving, ACoarsePositionIsNoTypeCode) {
  // CF 3: the first five bits are no type code; 24 there is not a surface system status.
  EXPECT_EQ(hear(squitter_18(3, kAddress, 24ULL << 51U), 0.0).verdict, Verdict::accepted);
}

TEST_F(Resolving, AnAltitudeOutOfReachHasToBeSaidTwice) {
  know();
  hear(altitude_reply(kAddress, 5'000.0), 1.0);
  const Outcome& outcome = hear(altitude_reply(kAddress, 39'000.0), 2.0);
  EXPECT_TRUE(outcome.doubts.altitude);
  EXPECT_NEAR(outcome.aircraft->pressure_altitude.value().feet(), 5'000.0, 1e-6);
  EXPECT_FALSE(hear(altitude_reply(kAddress, 5'100.0), 3.0).doubts.any());
  EXPECT_TRUE(hear(altitude_reply(kAddress, 20'000.0), 4.0).doubts.altitude);
  EXPECT_FALSE(hear(altitude_reply(kAddress, 20'100.0), 5.0).doubts.altitude);
  EXPECT_NEAR(resolver_.find(SourceKind::transponder, ModeSAddress(kAddress))->pressure_altitude.value().feet(),
              20'100.0, 1e-6);
  EXPECT_EQ(resolver_.counters().doubtful_altitudes, 2U);
}

TEST_F(Resolving, NothingIsTakenOfAReplyThatSetsReservedBits) {
  know();
  // DF0 on the ground, and two spare bits: noise that has the parity of an aircraft by chance.
  const MadeFrame noise =
      testing::FrameWriter().put(0, 5).put(0b110, 3).put(0b00111001, 8).put(0x1AD0, 16).finish(kAddress);
  const Outcome& outcome = hear(noise, 1.0);
  EXPECT_EQ(outcome.verdict, Verdict::accepted);
  EXPECT_TRUE(outcome.doubts.reserved);
  EXPECT_FALSE(outcome.aircraft->pressure_altitude.known());
  EXPECT_EQ(resolver_.counters().inconsistent, 1U);
}

TEST_F(Resolving, ACodeFromAReplyHasToBeSaidTwice) {
  know();
  EXPECT_FALSE(hear(identity_reply(kAddress, 01000), 1.0).aircraft->mode_a.known());
  EXPECT_EQ(hear(identity_reply(kAddress, 01000), 2.0).aircraft->mode_a.value().bits(), 01000);
  const Outcome& outcome = hear(identity_reply(kAddress, 07700), 3.0);
  EXPECT_TRUE(outcome.doubts.mode_a);
  EXPECT_EQ(outcome.aircraft->mode_a.value().bits(), 01000);
  EXPECT_EQ(hear(identity_reply(kAddress, 07700), 4.0).aircraft->mode_a.value().bits(), 07700);
}

TEST_F(Resolving, AnotherAircraftsIdentificationIsDoubtful) {
  hear(squitter(kAddress, identification("SWR123  ")), 0.0);
  // BDS 2,0 "DLH4AB  " under this address: a neighbour's reply with a damaged address.
  const std::uint64_t register_20 = 0x20ULL << 48U | (identification("DLH4AB  ") & 0xFFFF'FFFF'FFFFULL);
  const Outcome& outcome = hear(comm_b(kAddress, 5'000.0, register_20), 1.0);
  EXPECT_EQ(outcome.aircraft->identification.value().text(), "SWR123");
}

TEST_F(Resolving, AnOldTrackAndTurnIsNotHeldAgainstTheNext) {
  // BDS 5,0: 438 kt, 114°; later 250 kt, 294°.
  constexpr std::uint64_t kFirst = 0x81'9515'36E0'24D4;
  constexpr std::uint64_t kSecond = kFirst ^ (0x400ULL << 33 | (219ULL ^ 125ULL) << 22 | (212ULL ^ 120ULL));
  know();
  const double alone = hear(comm_b(kAddress, 30'000.0, kSecond), 1.0).guesses[0].probability;
  resolver_ = Resolver();
  know();
  ASSERT_EQ(wire::modes::believed_register(hear(comm_b(kAddress, 30'000.0, kFirst), 1.0).guesses), 0x50);
  const auto soon = hear(comm_b(kAddress, 30'000.0, kSecond), 5.0).guesses;
  EXPECT_TRUE(soon.empty() || soon[0].probability < alone);
  EXPECT_GE(hear(comm_b(kAddress, 30'000.0, kSecond), 40.0).guesses[0].probability, alone);
}

TEST_F(Resolving, SupplementsRefineTheIntegrityWhileTheyAreFresh) {
  const auto radius_nm = [this](double t, bool b) {
    return *hear(squitter(kAddress, airborne_position(kAarhus, false, 30'000.0, 13, b)), t).integrity->rc_m / 1852.0;
  };
  hear(squitter(kAddress, operational_status(2, false, 10, 3)), 1.0);
  EXPECT_NEAR(radius_nm(2.0, true), 0.3, 1e-9);
  EXPECT_NEAR(radius_nm(3.0, false), 0.5, 1e-9);
  hear(squitter(kAddress, operational_status(2, true, 10, 3)), 4.0);
  EXPECT_NEAR(radius_nm(5.0, true), 0.6, 1e-9);
  hear(squitter(kAddress, operational_status(2, false, 10, 3)), 6.0);
  EXPECT_NEAR(radius_nm(70.0, true), 0.6, 1e-9) << "too old to exclude the greater radius";
  const AircraftState& state = *resolver_.find(SourceKind::transponder, ModeSAddress(kAddress));
  EXPECT_EQ(state.quality.version.value(), 2);
  EXPECT_EQ(state.quality.nacp.value(), 10);
}

TEST_F(Resolving, SilentAircraftAreForgotten) {
  know();
  for (int i = 1; i <= 80'000 && resolver_.counters().forgotten == 0; ++i)
    fly(kAarhus, i % 2 == 0, 1'900.0 + i, 0x300000);
  EXPECT_EQ(resolver_.find(SourceKind::transponder, ModeSAddress(kAddress)), nullptr);
}

TEST_F(Resolving, AFloodOfAddressesDisplacesItself) {
  ResolverSettings settings;
  settings.capacity = 256;
  resolver_ = Resolver(settings);
  fly(kAarhus, false, 0.0);
  for (int i = 0; i < 20; ++i) fly(kAarhus, i % 2 == 0, i * 0.5);
  base::Random random(7);
  for (int i = 0; i < 20'000; ++i) {
    hear(all_call(static_cast<std::uint32_t>(random.below(0xFFFFFE)) + 1), 10.0 + i * 1e-3);
    if (i % 500 == 0) fly(kAarhus, i % 1'000 == 0, 10.0 + i * 1e-3);
  }
  EXPECT_EQ(resolver_.aircraft(), 256U);
  EXPECT_GT(resolver_.counters().displaced, 19'000U);
  EXPECT_NE(resolver_.find(SourceKind::transponder, ModeSAddress(kAddress)), nullptr);
}

/// Any messages, many of them about few aircraft.
MadeFrame any_message(base::Random& random) {
  const auto address = 0x400000U + static_cast<std::uint32_t>(random.below(20));
  const Position place{random.uniform(50.0, 51.0), random.uniform(5.0, 6.0)};
  switch (random.below(8)) {
    case 0:
      return squitter(address, airborne_position(place, random.below(2) == 0));
    case 1:
      return squitter(address, surface_position(place, random.below(2) == 0));
    case 2:
      return squitter(address, airborne_velocity(random.uniform(-500, 500), random.uniform(-500, 500)));
    case 3:
      return all_call(address, static_cast<std::uint32_t>(random.below(3)));
    case 4:
      return altitude_reply(address, random.uniform(0, 40'000));
    case 5:
      return identity_reply(address, static_cast<std::uint16_t>(random.below(4'096)));
    case 6:
      return squitter(address, operational_status(2, random.below(2) == 0, 9, 3));
    default:
      return comm_b(address, random.uniform(0, 40'000), random.below(std::uint64_t{1} << 56U));
  }
}

TEST_F(Resolving, TheSameCallsGiveTheSameOutcomes) {
  Resolver other;
  base::Random random(3);
  for (int i = 0; i < 20'000; ++i) {
    const MadeFrame frame = any_message(random);
    const double t = i * 0.01;
    const Outcome& a = hear(frame, t);
    const Outcome& b = other.take(frame.heard(), at(t));
    ASSERT_EQ(a.verdict, b.verdict);
    ASSERT_EQ(a.position_verdict, b.position_verdict);
    if (a.position) {
      ASSERT_EQ(a.position->place, b.position->place);
    }
  }
  const ResolverCounters& counters = resolver_.counters();
  std::uint64_t verdicts = 0;
  for (const std::uint64_t count : counters.verdicts) verdicts += count;
  EXPECT_EQ(verdicts, counters.messages) << "every message has one verdict";
}

TEST_F(Resolving, AllocatesNothingForKnownAircraft) {
  base::Random random(4);
  std::vector<MadeFrame> frames;
  for (int i = 0; i < 5'000; ++i) frames.push_back(any_message(random));
  double t = 0.0;
  for (const MadeFrame& frame : frames) hear(frame, t += 0.01);
  const std::size_t before = base::testing::allocations_so_far();
  for (const MadeFrame& frame : frames) hear(frame, t += 0.01);
  EXPECT_EQ(base::testing::allocations_so_far() - before, 0U);
}

}  // namespace
}  // namespace marsad::observation::mode_s
