#include "marsad/wire/modes/extended_squitter.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "marsad/base/random.hpp"
#include "marsad/wire/modes/altitude.hpp"
#include "marsad/wire/modes/test_frames.hpp"

namespace marsad::wire::modes {
namespace {

TEST(TypeCode, HasItsKind) {
  EXPECT_EQ(squitter_kind(0), SquitterKind::no_position);
  EXPECT_EQ(squitter_kind(1), SquitterKind::identification);
  EXPECT_EQ(squitter_kind(5), SquitterKind::surface_position);
  EXPECT_EQ(squitter_kind(9), SquitterKind::airborne_position);
  EXPECT_EQ(squitter_kind(18), SquitterKind::airborne_position);
  EXPECT_EQ(squitter_kind(19), SquitterKind::airborne_velocity);
  EXPECT_EQ(squitter_kind(22), SquitterKind::airborne_position);
  EXPECT_EQ(squitter_kind(25), SquitterKind::reserved);
  EXPECT_EQ(squitter_kind(28), SquitterKind::aircraft_status);
  EXPECT_EQ(squitter_kind(31), SquitterKind::operational_status);
}

TEST(IdentificationSquitter, TellsNameAndCategory) {
  const auto identification = decode_identification(me_of("8D406B902015A678D4D220AA4BDA"));
  EXPECT_EQ(identification.text(), "EZY85MH");
  EXPECT_EQ(identification.category_set, 'A');
  EXPECT_EQ(identification.category, 0);
  EXPECT_TRUE(identification.legal);
  EXPECT_EQ(decode_identification(me_of({{1, 5, 1}, {6, 8, 7}})).category_set, 'D');
}

TEST(IdentificationSquitter, MarksCodesThatAreNoLetters) {
  const auto identification = decode_identification(me_of({{1, 5, 4}, {9, 14, 1}, {15, 20, 27}, {21, 26, 58}}));
  EXPECT_EQ(identification.text(), "A#######");
  EXPECT_FALSE(identification.legal);
}

TEST(SurfaceSquitter, TellsSpeedAndTrack) {
  const auto position = decode_surface_position(me_of("8C4841753A9A153237AEF0F275BE"));
  EXPECT_EQ(position.type_code, 7);
  EXPECT_EQ(position.movement(), Movement::moving);
  EXPECT_EQ(position.ground_speed_kt(0), 17.5);
  EXPECT_NEAR(*position.track_deg, 92.8125, 1e-12);
  EXPECT_EQ(position.cpr, (cpr::Encoded{39195, 110320, true}));
}

TEST(Movement, GrowsWithoutGapsFromStoppedTo175Knots) {
  for (const unsigned version : {0U, 1U, 2U, 3U}) {
    double high_kt = 0.0;
    for (unsigned code = 1; code <= 124; ++code) {
      const auto position = decode_surface_position(me_of({{1, 5, 6}, {6, 12, code}}));
      const auto step = position.speed_step(version);
      ASSERT_TRUE(step.has_value()) << code;
      EXPECT_DOUBLE_EQ(step->low_kt, high_kt) << code;
      high_kt = step->high_kt;
      if (code > 1 && code < 124) {
        EXPECT_DOUBLE_EQ(*position.ground_speed_kt(version), (step->low_kt + step->high_kt) / 2);
      }
      if (code == 123) {
        EXPECT_EQ(high_kt, 175.0);
      }
    }
    EXPECT_TRUE(std::isinf(high_kt));
  }
}

TEST(Movement, HasCodesThatAreNoSpeeds) {
  const auto with = [](unsigned code) { return decode_surface_position(me_of({{1, 5, 6}, {6, 12, code}})); };
  EXPECT_EQ(with(0).movement(), Movement::unknown);
  EXPECT_EQ(with(1).movement(), Movement::stopped);
  EXPECT_EQ(with(1).ground_speed_kt(2), 0.0);
  EXPECT_EQ(with(124).movement(), Movement::above_175_kt);
  EXPECT_EQ(with(127).movement(), Movement::backing);
  for (const unsigned code : {0U, 124U, 125U, 126U, 127U}) EXPECT_EQ(with(code).ground_speed_kt(2), std::nullopt);
  for (const unsigned code : {0U, 125U, 127U}) EXPECT_EQ(with(code).speed_step(2), std::nullopt);
  EXPECT_EQ(with(2).ground_speed_kt(0), 0.1875);
  EXPECT_EQ(with(2).ground_speed_kt(2), 0.0625);
  EXPECT_EQ(with(50).track_deg, std::nullopt);
}

TEST(AirborneSquitter, TellsAltitudeAndPosition) {
  const auto position = decode_airborne_position(me_of("8D40621D58C382D690C8AC2863A7"));
  EXPECT_EQ(position.type_code, 11);
  EXPECT_TRUE(position.has_position());
  EXPECT_FALSE(position.geometric());
  EXPECT_EQ(position.altitude_ft(), 38'000);
  EXPECT_EQ(position.cpr, (cpr::Encoded{93000, 51372, false}));
  EXPECT_EQ(position.surveillance_status, 0);
  EXPECT_FALSE(position.nic_supplement_b);
  EXPECT_FALSE(position.utc_synchronised);
}

TEST(AirborneSquitter, MayTellGeometricHeightOrNoPosition) {
  const auto code = *encode_altitude_25_ft_12(12'000);
  EXPECT_TRUE(decode_airborne_position(me_of({{1, 5, 20}, {9, 20, code}})).geometric());
  EXPECT_EQ(decode_airborne_position(me_of({{1, 5, 20}, {9, 20, code}})).altitude_ft(), 12'000);
  const auto lost = decode_airborne_position(me_of({{9, 20, code}}));
  EXPECT_FALSE(lost.has_position());
  EXPECT_FALSE(lost.geometric());
  EXPECT_EQ(lost.altitude_ft(), 12'000);
}

TEST(VelocitySquitter, TellsVelocityOverGround) {
  const auto velocity = decode_airborne_velocity(me_of("8D485020994409940838175B284F"));
  EXPECT_EQ(velocity.subtype, 1);
  EXPECT_EQ(velocity.east_kt.value, -8);
  EXPECT_EQ(velocity.north_kt.value, -159);
  EXPECT_NEAR(*velocity.ground_speed_kt(), 159.20, 0.01);
  EXPECT_NEAR(*velocity.track_deg(), 182.88, 0.01);
  EXPECT_EQ(velocity.vertical_rate_ft_min.value, -832);
  EXPECT_FALSE(velocity.vertical_rate_barometric);
  EXPECT_EQ(velocity.geometric_minus_barometric_ft.value, 550);
}

TEST(VelocitySquitter, TellsHeadingAndAirspeed) {
  const auto velocity = decode_airborne_velocity(me_of("8DA05F219B06B6AF189400CBC33F"));
  EXPECT_EQ(velocity.subtype, 3);
  EXPECT_NEAR(*velocity.heading_deg, 243.984375, 1e-9);
  EXPECT_EQ(velocity.airspeed_kt.value, 375);
  EXPECT_TRUE(velocity.true_airspeed);
  EXPECT_EQ(velocity.vertical_rate_ft_min.value, -2304);
  EXPECT_TRUE(velocity.vertical_rate_barometric);
  EXPECT_EQ(velocity.ground_speed_kt(), std::nullopt);
}

TEST(VelocitySquitter, BeyondItsScaleIsNoSpeed) {
  const auto velocity = decode_airborne_velocity(
      me_of({{1, 5, 19}, {6, 8, 1}, {15, 24, 1023}, {26, 35, 100}, {37, 37, 1}, {38, 46, 511}, {50, 56, 127}}));
  EXPECT_TRUE(velocity.east_kt.saturated);
  EXPECT_EQ(velocity.east_kt.value, std::nullopt);
  EXPECT_EQ(velocity.north_kt.value, 99);
  EXPECT_EQ(velocity.ground_speed_kt(), std::nullopt);
  EXPECT_EQ(velocity.track_deg(), std::nullopt);
  EXPECT_TRUE(velocity.vertical_rate_ft_min.saturated);
  EXPECT_TRUE(velocity.descending);
  EXPECT_TRUE(velocity.geometric_minus_barometric_ft.saturated);
}

TEST(VelocitySquitter, UnknownIsNotZero) {
  const auto unknown = decode_airborne_velocity(me_of({{1, 5, 19}, {6, 8, 1}}));
  EXPECT_EQ(unknown.east_kt.value, std::nullopt);
  EXPECT_FALSE(unknown.east_kt.saturated);
  EXPECT_EQ(unknown.vertical_rate_ft_min.value, std::nullopt);
  EXPECT_EQ(unknown.geometric_minus_barometric_ft.value, std::nullopt);
  const auto rest = decode_airborne_velocity(me_of({{1, 5, 19}, {6, 8, 1}, {14, 14, 1}, {15, 24, 1}, {26, 35, 1}}));
  EXPECT_EQ(rest.ground_speed_kt(), 0.0);
  EXPECT_FALSE(std::signbit(*rest.east_kt.value));
  EXPECT_EQ(rest.track_deg(), std::nullopt);
}

TEST(VelocitySquitter, InSupersonicSubtypesHasStepsOf4Knots) {
  const auto over_ground = decode_airborne_velocity(me_of({{1, 5, 19}, {6, 8, 2}, {15, 24, 1022}, {26, 35, 1}}));
  EXPECT_EQ(over_ground.east_kt.value, 4084);
  const auto in_the_air = decode_airborne_velocity(me_of({{1, 5, 19}, {6, 8, 4}, {26, 35, 301}}));
  EXPECT_EQ(in_the_air.airspeed_kt.value, 1200);
  EXPECT_EQ(in_the_air.heading_deg, std::nullopt);
}

/// The difference of heights of version 3 with these 11 bits.
Scaled extended_difference(unsigned code, bool negative = false) {
  const auto me = me_of({{1, 5, 19},
                         {6, 8, 1},
                         {9, 9, code & 1U},
                         {10, 10, code >> 10U},
                         {47, 48, code >> 8U & 3U},
                         {49, 49, negative ? 1U : 0U},
                         {50, 56, code >> 1U & 127U}});
  return decode_airborne_velocity(me, 3).geometric_minus_barometric_ft;
}

TEST(VelocitySquitter, OfVersion3TellsTheDifferenceOfHeightsInFinerAndMoreSteps) {
  EXPECT_EQ(extended_difference(0).value, std::nullopt);
  EXPECT_EQ(extended_difference(2, true).value, 0.0);
  EXPECT_EQ(extended_difference(3).value, 6.25);
  EXPECT_EQ(extended_difference(5, true).value, -31.25);
  EXPECT_EQ(extended_difference(0x0FE).value, 3143.75);
  EXPECT_EQ(extended_difference(0x0FF).value, 3200.0);
  EXPECT_EQ(extended_difference(0x1FE).value, 3300.0);
  EXPECT_EQ(extended_difference(0x1FF).value, 3400.0);
  EXPECT_EQ(extended_difference(0x7FE).value, 4500.0);
  EXPECT_TRUE(extended_difference(0x7FF).saturated);
  EXPECT_EQ(extended_difference(0x120).value, std::nullopt) << "not defined";
  for (unsigned code = 4; code < 0xFE; ++code) {  // what a receiver of version 2 reads of it is no farther than a step
    const auto me = me_of({{1, 5, 19}, {6, 8, 1}, {9, 9, code & 1U}, {50, 56, code >> 1U}});
    const auto before = decode_airborne_velocity(me, 2).geometric_minus_barometric_ft;
    EXPECT_NEAR(*extended_difference(code).value, *before.value, 12.5);
  }
}

TEST(VelocitySquitter, OfVersion3MayHoldANicSupplement) {
  const auto me = me_of({{1, 5, 19}, {6, 8, 1}, {47, 48, 2}});
  EXPECT_EQ(decode_airborne_velocity(me, 3).nic_supplement_d, 2);
  EXPECT_EQ(decode_airborne_velocity(me, 2).nic_supplement_d, std::nullopt);
  const auto flags = me_of({{1, 5, 19}, {6, 8, 1}, {9, 10, 3}});
  EXPECT_TRUE(decode_airborne_velocity(flags, 1).intent_change && decode_airborne_velocity(flags, 1).ifr_capability);
  EXPECT_FALSE(decode_airborne_velocity(flags, 3).intent_change || decode_airborne_velocity(flags, 3).ifr_capability);
  EXPECT_EQ(decode_airborne_velocity(flags, 3).nic_supplement_d, std::nullopt);
}

TEST(VelocitySquitter, OfAReservedSubtypeTellsNothing) {
  for (const unsigned subtype : {0U, 5U, 6U, 7U}) {
    const auto velocity = decode_airborne_velocity(me_of({{1, 5, 19}, {6, 8, subtype}, {9, 56, 0xFFFF'FFFF'FFFF}}));
    EXPECT_EQ(velocity.ground_speed_kt(), std::nullopt);
    EXPECT_EQ(velocity.airspeed_kt.value, std::nullopt);
    EXPECT_EQ(velocity.heading_deg, std::nullopt);
    EXPECT_FALSE(velocity.vertical_rate_ft_min.saturated);
  }
}

TEST(VelocitySquitter, HasATrackFromZeroTo360) {
  base::Random random(1);
  for (int i = 0; i < 10'000; ++i) {
    const auto velocity = decode_airborne_velocity(
        me_of({{1, 5, 19}, {6, 8, 1}, {14, 24, random.below(2048)}, {25, 35, random.below(2048)}}));
    const auto track = velocity.track_deg();
    if (!track) continue;
    ASSERT_GE(*track, 0.0);
    ASSERT_LT(*track, 360.0);
    const double radians = *track * 3.14159265358979 / 180.0;
    ASSERT_NEAR(*velocity.ground_speed_kt() * std::sin(radians), *velocity.east_kt.value, 1e-6);
    ASSERT_NEAR(*velocity.ground_speed_kt() * std::cos(radians), *velocity.north_kt.value, 1e-6);
  }
}

TEST(TisbVelocity, TellsItsQualityInPlaceOfTheHeightDifference) {
  const auto message = decode_tisb_velocity(me_of({{1, 5, 19},
                                                   {6, 8, 1},
                                                   {9, 9, 1},
                                                   {10, 13, 8},
                                                   {15, 24, 101},
                                                   {26, 35, 1},
                                                   {38, 46, 2},
                                                   {47, 47, 1},
                                                   {48, 50, 2},
                                                   {51, 52, 3}}));
  EXPECT_TRUE(message.imf);
  EXPECT_EQ(message.nac_p, 8);
  EXPECT_EQ(message.velocity.east_kt.value, 100);
  EXPECT_EQ(message.velocity.vertical_rate_ft_min.value, 64);
  EXPECT_EQ(message.nic_supplement, std::optional(true));
  EXPECT_EQ(message.nac_v, 2);
  EXPECT_EQ(message.sil, 3);
  EXPECT_EQ(message.velocity.geometric_minus_barometric_ft.value, std::nullopt);
  const auto with_height = decode_tisb_velocity(me_of({{1, 5, 19}, {6, 8, 1}, {36, 36, 1}, {49, 49, 1}, {50, 56, 5}}));
  EXPECT_EQ(with_height.velocity.geometric_minus_barometric_ft.value, -100);
  EXPECT_EQ(with_height.nac_v, std::nullopt);
}

TEST(TisbCoarse, TellsPositionTrackAndSpeed) {
  const auto code = *encode_altitude_25_ft_12(5'000);
  const auto message = decode_tisb_coarse(me_of({{1, 1, 1},
                                                 {2, 3, 2},
                                                 {4, 7, 9},
                                                 {8, 19, code},
                                                 {20, 20, 1},
                                                 {21, 25, 8},
                                                 {26, 31, 3},
                                                 {32, 32, 1},
                                                 {33, 44, 0x801},
                                                 {45, 56, 7}}));
  EXPECT_TRUE(message.imf);
  EXPECT_EQ(message.surveillance_status, 2);
  EXPECT_EQ(message.service_volume, 9);
  EXPECT_EQ(message.altitude_ft(), 5'000);
  EXPECT_EQ(message.track_deg, 90.0);
  EXPECT_EQ(message.ground_speed->low_kt, 48.0);
  EXPECT_EQ(message.ground_speed->high_kt, 80.0);
  EXPECT_EQ(message.cpr, (cpr::Encoded{0x801, 7, true}));
  EXPECT_EQ(decode_tisb_coarse(Register(0)).ground_speed, std::nullopt);
  const auto fastest = decode_tisb_coarse(me_of({{26, 31, 63}})).ground_speed;
  EXPECT_EQ(fastest->low_kt, 1968.0);
  EXPECT_TRUE(std::isinf(fastest->high_kt));
  EXPECT_EQ(decode_tisb_coarse(me_of({{26, 31, 63}})).ground_speed_kt(), std::nullopt);
  EXPECT_EQ(message.ground_speed_kt(), 64.0);
}

TEST(TestSquitter, MayTellTheModeACode) {
  const auto id = encode_identity_13(01234);
  EXPECT_EQ(decode_test(me_of({{1, 5, 23}, {6, 8, 7}, {9, 21, id}})).mode_a, 01234);
  EXPECT_EQ(decode_test(me_of({{1, 5, 23}, {9, 21, id}})).mode_a, std::nullopt);
  EXPECT_EQ(decode_surface_system_status(me_of({{1, 5, 24}, {6, 8, 1}, {9, 56, 77}})).content, 77U);
}

TEST(Squitter, OfAnyBitsIsReadWithoutNonsense) {
  base::Random random(2);
  for (unsigned i = 0; i < 50'000; ++i) {
    const Register me(random.bits());
    const auto surface = decode_surface_position(me);
    if (const auto speed = surface.ground_speed_kt(i % 3)) {
      ASSERT_TRUE(*speed >= 0.0 && *speed <= 175.0);
    }
    if (const auto track = surface.track_deg) {
      ASSERT_TRUE(*track >= 0.0 && *track < 360.0);
    }
    const auto velocity = decode_airborne_velocity(me);
    if (const auto speed = velocity.ground_speed_kt()) {
      ASSERT_LE(*speed, 5776.0);
    }
    if (const auto heading = velocity.heading_deg) {
      ASSERT_TRUE(*heading >= 0.0 && *heading < 360.0);
    }
    if (const auto altitude = decode_airborne_position(me).altitude_ft()) {
      ASSERT_TRUE(*altitude >= -1200.0 && *altitude <= 126'700.0);
    }
    if (const auto target = decode_target_state(me); target && target->selected_heading_deg) {
      ASSERT_TRUE(*target->selected_heading_deg >= 0.0 && *target->selected_heading_deg < 360.0);
    }
  }
}

}  // namespace
}  // namespace marsad::wire::modes
