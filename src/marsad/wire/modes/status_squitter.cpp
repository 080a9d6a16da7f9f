#include "marsad/wire/modes/altitude.hpp"
#include "marsad/wire/modes/extended_squitter.hpp"

// Type codes 28, 29 and 31: what an aircraft says of its own state.

namespace marsad::wire::modes {
namespace {

std::uint8_t octet(Register me, unsigned first, unsigned last) {
  return static_cast<std::uint8_t>(me.bits(first, last));
}

/// Target state of version 1 (Doc 9871, B.2.3.9).
TargetState target_state_version_1(Register me) {
  constexpr double kLowestFt = -1000.0;
  constexpr unsigned kAltitudes = 1011;  // to 100,000 ft
  TargetState state{};
  state.vertical_source = octet(me, 8, 9);
  state.target_altitude_type = octet(me, 10, 10);
  state.altitude_capability = octet(me, 12, 13);
  state.vertical_mode = octet(me, 14, 15);
  const auto altitude = static_cast<unsigned>(me.bits(16, 25));
  if (state.vertical_source != 0 && altitude < kAltitudes) state.selected_altitude_ft = kLowestFt + 100.0 * altitude;
  state.horizontal_source = octet(me, 26, 27);
  const auto heading = static_cast<unsigned>(me.bits(28, 36));
  if (state.horizontal_source != 0 && heading < 360) state.selected_heading_deg = heading;
  state.heading_is_track = me.bit(37);
  state.horizontal_mode = octet(me, 38, 39);
  state.capability_mode = octet(me, 52, 53);
  state.acas_operational = !me.bit(52);
  state.emergency = octet(me, 54, 56);
  return state;
}

/// Target state of version 2 (Doc 9871, C.2.3.9).
TargetState target_state_version_2(Register me) {
  TargetState state{};
  state.sil_per_sample = me.bit(8);
  state.altitude_from_fms = me.bit(9);
  const auto altitude = static_cast<unsigned>(me.bits(10, 20));
  if (altitude != 0) state.selected_altitude_ft = 32.0 * (altitude - 1);
  const auto pressure = static_cast<unsigned>(me.bits(21, 29));
  if (pressure != 0) state.pressure_setting_mb = (8000.0 + 8.0 * (pressure - 1)) / 10.0;
  // Two's complement of half a turn, so the same bits without sign are the angle in a whole turn.
  if (me.bit(30)) state.selected_heading_deg = static_cast<double>(me.bits(31, 39)) * (180.0 / 256.0);
  if (me.bit(47)) {
    state.autopilot = me.bit(48);
    state.vnav = me.bit(49);
    state.altitude_hold = me.bit(50);
    state.approach = me.bit(52);
    state.lnav = me.bit(54);
  }
  state.acas_operational = me.bit(53);
  return state;
}

/// The capabilities of an airborne aircraft: bits 9 to 24.
void read_airborne_capabilities(Register me, OperationalStatus& status) {
  if (me.bits(9, 10) != 0) return;  // another set of capabilities, which no version defines
  status.acas_operational = status.version == 1 ? !me.bit(11) : me.bit(11);
  status.receives_1090es = me.bit(12);
  if (status.version >= 2) status.receives_uat = me.bit(19);
  if (status.version >= 3) return;
  status.air_referenced_velocity = me.bit(15);
  status.target_state_report = me.bit(16);
  status.trajectory_change = octet(me, 17, 18);
}

/// The capabilities of an aircraft or vehicle on the ground: bits 9 to 20.
void read_surface_capabilities(Register me, OperationalStatus& status) {
  if (me.bits(9, 10) != 0) return;
  if (status.version == 1) status.position_offset_applied = me.bit(11);
  status.receives_1090es = me.bit(12);
  status.low_power = me.bit(15);
  if (status.version < 2) return;
  status.receives_uat = me.bit(16);
  status.nac_v = octet(me, 17, 19);
  status.nic_supplement_c = me.bit(20);
}

AntennaOffset antenna_offset(Register me) {
  AntennaOffset offset{};
  const double aside_m = 2.0 * static_cast<double>(me.bits(34, 35));
  const bool to_the_right = me.bit(33);
  if (to_the_right || aside_m > 0.0) offset.right_m = to_the_right ? aside_m : -aside_m;
  const auto behind = static_cast<unsigned>(me.bits(36, 40));
  offset.applied_by_sensor = behind == 1;
  if (behind > 1) offset.from_nose_m = 2.0 * (behind - 1);
  return offset;
}

void read_operational_mode(Register me, OperationalStatus& status) {
  if (me.bits(25, 26) != 0) return;
  status.resolution_advisory = me.bit(27);
  status.ident = me.bit(28);
  if (status.version != 2) status.air_traffic_services = me.bit(29);
  if (status.version == 1) return;
  status.single_antenna = me.bit(30);
  status.sda = octet(me, 31, 32);
  if (status.subtype == 1) status.antenna_offset = antenna_offset(me);
}

void read_quality(Register me, OperationalStatus& status) {
  status.nic_supplement_a = me.bit(44);
  status.nac_p = octet(me, 45, 48);
  status.sil = octet(me, 51, 52);
  const bool airborne = status.subtype == 0;
  if (airborne && status.version >= 2) status.gva = octet(me, 49, 50);
  if (airborne && status.version < 3) status.nic_baro = me.bit(53);
  if (!airborne) status.track_is_heading = me.bit(53);
  status.magnetic_north = (!airborne || status.version < 3) && me.bit(54);
  if (status.version >= 2) status.sil_per_sample = me.bit(55);
  status.imf = me.bit(56);
}

}  // namespace

std::optional<EmergencyStatus> decode_emergency_status(Register me) noexcept {
  if (subtype_of(me) != 1) return std::nullopt;
  return EmergencyStatus{octet(me, 9, 11), identity_13(static_cast<std::uint16_t>(me.bits(12, 24)))};
}

std::optional<ResolutionAdvisory> decode_resolution_advisory_broadcast(Register me) noexcept {
  if (subtype_of(me) != 2) return std::nullopt;
  constexpr std::uint64_t kRegisterNumber = 0x30;
  return decode_bds_30(Register(kRegisterNumber << 48U | me.bits(9, 56)));
}

std::optional<TargetState> decode_target_state(Register me) noexcept {
  const std::uint8_t subtype = octet(me, 6, 7);
  if (subtype > 1) return std::nullopt;
  TargetState state = subtype == 0 ? target_state_version_1(me) : target_state_version_2(me);
  state.subtype = subtype;
  state.nac_p = octet(me, 40, 43);
  state.nic_baro = me.bit(44);
  state.sil = octet(me, 45, 46);
  state.imf = me.bit(51);
  return state;
}

std::optional<OperationalStatus> decode_operational_status(Register me) noexcept {
  const unsigned subtype = subtype_of(me);
  if (subtype > 1) return std::nullopt;
  const bool on_ground = subtype == 1;
  OperationalStatus status{};
  status.subtype = static_cast<std::uint8_t>(subtype);
  status.version = octet(me, 41, 43);
  status.capability_class = static_cast<std::uint16_t>(on_ground ? me.bits(9, 20) : me.bits(9, 24));
  status.operational_mode = static_cast<std::uint16_t>(me.bits(25, 40));
  if (status.version == 0) return status;
  if (on_ground) {
    read_surface_capabilities(me, status);
    status.length_width_code = octet(me, 21, 24);
  } else {
    read_airborne_capabilities(me, status);
  }
  read_operational_mode(me, status);
  read_quality(me, status);
  return status;
}

std::optional<Dimensions> OperationalStatus::dimensions() const noexcept {
  constexpr std::array<Dimensions, 15> kGreatest{{{15.0, 23.0},
                                                  {25.0, 28.5},
                                                  {25.0, 34.0},
                                                  {35.0, 33.0},
                                                  {35.0, 38.0},
                                                  {45.0, 39.5},
                                                  {45.0, 45.0},
                                                  {55.0, 45.0},
                                                  {55.0, 52.0},
                                                  {65.0, 59.5},
                                                  {65.0, 67.0},
                                                  {75.0, 72.5},
                                                  {75.0, 80.0},
                                                  {85.0, 80.0},
                                                  {85.0, 90.0}}};
  const unsigned code = length_width_code.value_or(0);
  if (code == 0) return std::nullopt;
  if (version >= 3 && code == 14) return Dimensions{std::nullopt, 80.0};
  if (version >= 3 && code == 15) return Dimensions{};
  return kGreatest[code - 1];
}

}  // namespace marsad::wire::modes
