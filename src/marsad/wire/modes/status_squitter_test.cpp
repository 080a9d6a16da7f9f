#include <gtest/gtest.h>

#include <cmath>

#include "marsad/wire/modes/altitude.hpp"
#include "marsad/wire/modes/extended_squitter.hpp"
#include "marsad/wire/modes/test_frames.hpp"

namespace marsad::wire::modes {
namespace {

TEST(EmergencyStatus, TellsStateAndModeACode) {
  const auto status =
      decode_emergency_status(me_of({{1, 5, 28}, {6, 8, 1}, {9, 11, 5}, {12, 24, encode_identity_13(07500)}}));
  ASSERT_TRUE(status.has_value());
  EXPECT_EQ(status->state, 5);
  EXPECT_EQ(status->mode_a, 07500);
  EXPECT_FALSE(decode_emergency_status(me_of({{1, 5, 28}, {6, 8, 2}})).has_value());
}

TEST(AdvisoryBroadcast, IsLaidOutLikeTheRegister) {
  const auto me = me_of({{1, 5, 28}, {6, 8, 2}, {9, 22, 0x2800}, {23, 26, 2}, {29, 30, 1}, {31, 54, 0x4A08BB}});
  const auto advisory = decode_resolution_advisory_broadcast(me);
  ASSERT_TRUE(advisory.has_value());
  EXPECT_TRUE(advisory->consistent);
  EXPECT_EQ(advisory->active, 0x2800);
  EXPECT_EQ(advisory->complements, 2);
  EXPECT_EQ(advisory->threat_address, 0x4A08BBU);
  EXPECT_FALSE(decode_resolution_advisory_broadcast(me_of({{1, 5, 28}, {6, 8, 1}})).has_value());
}

TEST(TargetState, OfVersion2TellsWhatIsSelected) {
  const auto state = decode_target_state(me_of("8DADA526EA2D086FC55C085E782E"));
  ASSERT_TRUE(state.has_value());
  EXPECT_EQ(state->subtype, 1);
  EXPECT_EQ(state->selected_altitude_ft, 23'008);
  EXPECT_FALSE(state->altitude_from_fms);
  EXPECT_NEAR(*state->pressure_setting_mb, 1014.4, 1e-9);
  EXPECT_EQ(state->selected_heading_deg, 338.90625);
  EXPECT_EQ(state->nac_p, 10);
  EXPECT_TRUE(state->nic_baro);
  EXPECT_EQ(state->sil, 3);
  EXPECT_TRUE(state->acas_operational);
  EXPECT_EQ(state->autopilot, std::nullopt);
}

TEST(TargetState, OfVersion2HasModesOnlyIfTheyAreValid) {
  const auto state = decode_target_state(
      me_of({{1, 5, 29}, {6, 7, 1}, {8, 8, 1}, {9, 9, 1}, {10, 20, 1}, {47, 47, 1}, {48, 48, 1}, {54, 54, 1}}));
  ASSERT_TRUE(state.has_value());
  EXPECT_TRUE(state->sil_per_sample);
  EXPECT_TRUE(state->altitude_from_fms);
  EXPECT_EQ(state->selected_altitude_ft, 0.0);
  EXPECT_EQ(state->pressure_setting_mb, std::nullopt);
  EXPECT_EQ(state->selected_heading_deg, std::nullopt);
  EXPECT_EQ(state->autopilot, std::optional(true));
  EXPECT_EQ(state->vnav, std::optional(false));
  EXPECT_EQ(state->lnav, std::optional(true));
}

TEST(TargetState, OfVersion1HasItsOwnLayout) {
  const auto state = decode_target_state(me_of({{1, 5, 29},
                                                {8, 9, 2},
                                                {12, 13, 1},
                                                {14, 15, 3},
                                                {16, 25, 110},
                                                {26, 27, 1},
                                                {28, 36, 359},
                                                {37, 37, 1},
                                                {38, 39, 2},
                                                {40, 43, 9},
                                                {44, 44, 1},
                                                {45, 46, 2},
                                                {52, 52, 1},
                                                {54, 56, 4}}));
  ASSERT_TRUE(state.has_value());
  EXPECT_EQ(state->subtype, 0);
  EXPECT_EQ(state->selected_altitude_ft, 10'000);
  EXPECT_EQ(state->selected_heading_deg, 359);
  EXPECT_TRUE(state->heading_is_track);
  EXPECT_EQ(state->vertical_mode, 3);
  EXPECT_EQ(state->horizontal_mode, 2);
  EXPECT_EQ(state->nac_p, 9);
  EXPECT_FALSE(state->acas_operational);
  EXPECT_EQ(state->emergency, 4);
  EXPECT_EQ(state->pressure_setting_mb, std::nullopt);
  const auto unavailable = decode_target_state(me_of({{1, 5, 29}, {16, 25, 110}, {28, 36, 90}}));
  EXPECT_EQ(unavailable->selected_altitude_ft, std::nullopt);
  EXPECT_EQ(unavailable->selected_heading_deg, std::nullopt);
  EXPECT_FALSE(decode_target_state(me_of({{1, 5, 29}, {6, 7, 2}})).has_value());
}

TEST(OperationalStatus, OfAnAirborneAircraftOfVersion2) {
  const auto status = decode_operational_status(me_of({{1, 5, 31},
                                                       {11, 11, 1},
                                                       {12, 12, 1},
                                                       {15, 15, 1},
                                                       {16, 16, 1},
                                                       {17, 18, 1},
                                                       {19, 19, 1},
                                                       {27, 27, 1},
                                                       {30, 30, 1},
                                                       {31, 32, 2},
                                                       {41, 43, 2},
                                                       {44, 44, 1},
                                                       {45, 48, 10},
                                                       {49, 50, 2},
                                                       {51, 52, 3},
                                                       {53, 53, 1},
                                                       {54, 54, 1},
                                                       {55, 55, 1}}));
  ASSERT_TRUE(status.has_value());
  EXPECT_EQ(status->version, 2);
  EXPECT_EQ(status->acas_operational, std::optional(true));
  EXPECT_EQ(status->receives_1090es, std::optional(true));
  EXPECT_EQ(status->receives_uat, std::optional(true));
  EXPECT_EQ(status->air_referenced_velocity, std::optional(true));
  EXPECT_EQ(status->target_state_report, std::optional(true));
  EXPECT_EQ(status->trajectory_change, 1);
  EXPECT_TRUE(status->resolution_advisory);
  EXPECT_FALSE(status->ident);
  EXPECT_EQ(status->single_antenna, std::optional(true));
  EXPECT_EQ(status->sda, 2);
  EXPECT_TRUE(status->nic_supplement_a);
  EXPECT_EQ(status->nic_supplement_c, std::nullopt);
  EXPECT_EQ(status->nac_p, 10);
  EXPECT_EQ(status->nac_v, std::nullopt);
  EXPECT_EQ(status->gva, 2);
  EXPECT_EQ(status->sil, 3);
  EXPECT_TRUE(status->sil_per_sample);
  EXPECT_EQ(status->nic_baro, std::optional(true));
  EXPECT_TRUE(status->magnetic_north);
  EXPECT_EQ(status->antenna_offset, std::nullopt);
  EXPECT_EQ(status->dimensions(), std::nullopt);
}

TEST(OperationalStatus, OfAnAircraftOnTheGroundOfVersion2) {
  const auto status = decode_operational_status(me_of({{1, 5, 31},
                                                       {6, 8, 1},
                                                       {15, 15, 1},
                                                       {17, 19, 2},
                                                       {20, 20, 1},
                                                       {21, 24, 4},
                                                       {33, 33, 1},
                                                       {34, 35, 2},
                                                       {36, 40, 11},
                                                       {41, 43, 2},
                                                       {45, 48, 9},
                                                       {53, 53, 1}}));
  ASSERT_TRUE(status.has_value());
  EXPECT_EQ(status->nac_v, 2);
  EXPECT_EQ(status->nic_supplement_c, std::optional(true));
  EXPECT_EQ(status->low_power, std::optional(true));
  EXPECT_EQ(status->gva, std::nullopt);
  EXPECT_EQ(status->nic_baro, std::nullopt);
  EXPECT_EQ(status->track_is_heading, std::optional(true));
  EXPECT_EQ(status->dimensions()->length_m, 35);
  EXPECT_EQ(status->dimensions()->width_m, 33);
  ASSERT_TRUE(status->antenna_offset.has_value());
  EXPECT_EQ(status->antenna_offset->right_m, 4.0);
  EXPECT_EQ(status->antenna_offset->from_nose_m, 20.0);
  EXPECT_FALSE(status->antenna_offset->applied_by_sensor);
}

TEST(OperationalStatus, TellsWhereTheAntennaIsOnlyIfKnown) {
  const auto offset = [](unsigned bits) {
    return *decode_operational_status(me_of({{1, 5, 31}, {6, 8, 1}, {33, 40, bits}, {41, 43, 2}}))->antenna_offset;
  };
  EXPECT_EQ(offset(0x00).right_m, std::nullopt);
  EXPECT_EQ(offset(0x00).from_nose_m, std::nullopt);
  EXPECT_EQ(offset(0x80).right_m, 0.0);
  EXPECT_EQ(offset(0x60).right_m, -6.0);
  EXPECT_TRUE(offset(0x01).applied_by_sensor);
  EXPECT_EQ(offset(0x01).from_nose_m, std::nullopt);
  EXPECT_EQ(offset(0x02).from_nose_m, 2.0);
  EXPECT_EQ(offset(0x1F).from_nose_m, 60.0);
}

TEST(OperationalStatus, OfVersion1ReadsItsBitsOtherwise) {
  const auto airborne = decode_operational_status(
      me_of({{1, 5, 31}, {11, 11, 1}, {12, 12, 1}, {29, 29, 1}, {41, 43, 1}, {44, 44, 1}, {49, 50, 2}, {55, 55, 1}}));
  ASSERT_TRUE(airborne.has_value());
  EXPECT_EQ(airborne->acas_operational, std::optional(false)) << "bit 11 says that ACAS is not operational";
  EXPECT_TRUE(airborne->air_traffic_services);
  EXPECT_EQ(airborne->sda, std::nullopt);
  EXPECT_EQ(airborne->gva, std::nullopt);
  EXPECT_EQ(airborne->single_antenna, std::nullopt);
  EXPECT_FALSE(airborne->sil_per_sample);
  EXPECT_TRUE(airborne->nic_supplement_a);
  const auto surface = decode_operational_status(me_of({{1, 5, 31}, {6, 8, 1}, {11, 11, 1}, {41, 43, 1}}));
  EXPECT_EQ(surface->position_offset_applied, std::optional(true));
  EXPECT_EQ(surface->nac_v, std::nullopt);
  EXPECT_EQ(surface->nic_supplement_c, std::nullopt);
  EXPECT_EQ(surface->dimensions(), std::nullopt) << "code 0 is sent for no data";
}

TEST(OperationalStatus, OfVersion3HasNeitherBarometricIntegrityNorReferenceInTheAir) {
  const auto airborne = decode_operational_status(
      me_of({{1, 5, 31}, {15, 18, 15}, {29, 29, 1}, {41, 43, 3}, {49, 50, 2}, {53, 54, 3}, {55, 55, 1}}));
  ASSERT_TRUE(airborne.has_value());
  EXPECT_EQ(airborne->nic_baro, std::nullopt);
  EXPECT_FALSE(airborne->magnetic_north);
  EXPECT_EQ(airborne->air_referenced_velocity, std::nullopt);
  EXPECT_EQ(airborne->trajectory_change, std::nullopt);
  EXPECT_TRUE(airborne->air_traffic_services);
  EXPECT_EQ(airborne->gva, 2);
  EXPECT_TRUE(airborne->sil_per_sample);
  const auto wide = decode_operational_status(me_of({{1, 5, 31}, {6, 8, 1}, {21, 24, 15}, {41, 43, 3}, {54, 54, 1}}));
  ASSERT_TRUE(wide.has_value());
  EXPECT_TRUE(wide->magnetic_north);
  ASSERT_TRUE(wide->dimensions().has_value());
  EXPECT_EQ(wide->dimensions()->length_m, std::nullopt);
  const auto before = decode_operational_status(me_of({{1, 5, 31}, {6, 8, 1}, {21, 24, 15}, {41, 43, 2}}));
  EXPECT_EQ(before->dimensions()->length_m, 85);
  EXPECT_EQ(before->dimensions()->width_m, 90);
}

TEST(OperationalStatus, OfVersion0AndOfReservedSubtypesTellsLittle) {
  const auto old = decode_operational_status(me_of({{1, 5, 31}, {9, 24, 0x1234}, {44, 56, 0x1FFF}}));
  ASSERT_TRUE(old.has_value());
  EXPECT_EQ(old->version, 0);
  EXPECT_EQ(old->capability_class, 0x1234);
  EXPECT_EQ(old->nac_p, 0);
  EXPECT_EQ(old->sda, std::nullopt);
  EXPECT_FALSE(decode_operational_status(me_of({{1, 5, 31}, {6, 8, 2}})).has_value());
}

TEST(OperationalStatus, WithAnotherSetOfCapabilitiesLeavesThemOut) {
  const auto status = decode_operational_status(me_of({{1, 5, 31}, {9, 24, 0xFFFF}, {25, 40, 0xFFFF}, {41, 43, 2}}));
  ASSERT_TRUE(status.has_value());
  EXPECT_EQ(status->acas_operational, std::nullopt);
  EXPECT_EQ(status->sda, std::nullopt);
  EXPECT_FALSE(status->resolution_advisory);
}

}  // namespace
}  // namespace marsad::wire::modes
