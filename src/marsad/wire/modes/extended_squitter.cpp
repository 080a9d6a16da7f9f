#include "marsad/wire/modes/extended_squitter.hpp"

#include <cmath>
#include <cstddef>
#include <numbers>

#include "marsad/wire/modes/altitude.hpp"

namespace marsad::wire::modes {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::uint8_t octet(Register me, unsigned first, unsigned last) {
  return static_cast<std::uint8_t>(me.bits(first, last));
}

/// Bits 22 (F), 23 to 39 and 40 to 56 of every fine position.
cpr::Encoded fine_position(Register me) {
  return {static_cast<std::uint32_t>(me.bits(23, 39)), static_cast<std::uint32_t>(me.bits(40, 56)), me.bit(22)};
}

/// A magnitude: 0 unknown, n means (n - 1) steps, all ones beyond the scale. `negative` turns it.
Scaled scaled(Register me, unsigned first, unsigned last, double step, bool negative) {
  const auto raw = static_cast<unsigned>(me.bits(first, last));
  if (raw == 0) return {};
  if (raw == (1U << (last - first + 1)) - 1) return {std::nullopt, true};
  const double magnitude = step * (raw - 1);
  return {negative && raw > 1 ? -magnitude : magnitude, false};
}

/// The movement codes whose steps have one size; each begins where the one before ends.
struct MovementRange {
  unsigned first_code;
  double first_kt;
  double step_kt;
};
constexpr std::array<MovementRange, 6> kMovementFrom1Kt{
    {{124, 175.0, kInfinity}, {109, 100.0, 5.0}, {94, 70.0, 2.0}, {39, 15.0, 1.0}, {13, 2.0, 0.5}, {9, 1.0, 0.25}}};

}  // namespace

AirborneIdentification decode_identification(Register me) noexcept {
  AirborneIdentification identification{};
  const unsigned type_code = type_code_of(me);
  identification.category_set = static_cast<char>('E' - static_cast<char>(type_code & 7U));
  identification.category = octet(me, 6, 8);
  identification.legal = true;
  for (unsigned i = 0; i < 8; ++i) {
    const auto code = static_cast<unsigned>(me.bits(9 + 6 * i, 14 + 6 * i));
    const bool is_letter = code >= 1 && code <= 26;
    const bool is_digit_or_space = code == 32 || (code >= 48 && code <= 57);
    identification.letters[i] = is_letter           ? static_cast<char>('A' + code - 1)
                                : is_digit_or_space ? static_cast<char>(code)
                                                    : '#';
    identification.legal = identification.legal && (is_letter || is_digit_or_space);
  }
  return identification;
}

SurfacePosition decode_surface_position(Register me) noexcept {
  SurfacePosition position{};
  position.type_code = octet(me, 1, 5);
  position.movement_code = octet(me, 6, 12);
  if (me.bit(13)) position.track_deg = static_cast<double>(me.bits(14, 20)) * (360.0 / 128.0);
  position.utc_synchronised = me.bit(21);
  position.cpr = fine_position(me);
  return position;
}

Movement SurfacePosition::movement() const noexcept {
  switch (movement_code) {
    case 0:
      return Movement::unknown;
    case 1:
      return Movement::stopped;
    case 124:
      return Movement::above_175_kt;
    case 125:
      return Movement::decelerating;
    case 126:
      return Movement::accelerating;
    case 127:
      return Movement::backing;
    default:
      return Movement::moving;
  }
}

std::optional<SpeedStep> SurfacePosition::speed_step(unsigned version) const noexcept {
  const unsigned code = movement_code;
  if (code == 0 || code > 124) return std::nullopt;
  for (const MovementRange& range : kMovementFrom1Kt) {
    if (code < range.first_code) continue;
    const double low =
        code == range.first_code ? range.first_kt : range.first_kt + range.step_kt * (code - range.first_code);
    return SpeedStep{low, low + range.step_kt};
  }
  constexpr double kFirst = 0.125;
  if (version < 2) {
    if (code == 1) return SpeedStep{0.0, kFirst};
    return SpeedStep{kFirst * (code - 1), kFirst * code};
  }
  if (code == 1) return SpeedStep{0.0, 0.0};
  if (code == 2) return SpeedStep{0.0, kFirst};
  constexpr double kStep = (1.0 - kFirst) / 6.0;
  return SpeedStep{kFirst + kStep * (code - 3), kFirst + kStep * (code - 2)};
}

std::optional<double> SurfacePosition::ground_speed_kt(unsigned version) const noexcept {
  if (movement() == Movement::stopped) return 0.0;
  if (movement() != Movement::moving) return std::nullopt;
  return speed_step(version)->middle_kt();
}

AirbornePosition decode_airborne_position(Register me) noexcept {
  AirbornePosition position{};
  position.type_code = octet(me, 1, 5);
  position.surveillance_status = octet(me, 6, 7);
  position.nic_supplement_b = me.bit(8);
  position.altitude_code = static_cast<std::uint16_t>(me.bits(9, 20));
  position.utc_synchronised = me.bit(21);
  position.cpr = fine_position(me);
  return position;
}

std::optional<double> AirbornePosition::altitude_ft() const noexcept { return altitude_ft_12(altitude_code); }

namespace {

/// What ADS-B and TIS-B velocities have in common: bits 14 to 35, 37 to 46 and 49 to 56.
AirborneVelocity common_velocity(Register me) {
  AirborneVelocity velocity{};
  velocity.subtype = octet(me, 6, 8);
  if (velocity.subtype == 0 || velocity.subtype > 4) return velocity;
  const double step_kt = velocity.subtype % 2 == 0 ? 4.0 : 1.0;
  if (velocity.subtype <= 2) {
    velocity.west = me.bit(14);
    velocity.south = me.bit(25);
    velocity.east_kt = scaled(me, 15, 24, step_kt, velocity.west);
    velocity.north_kt = scaled(me, 26, 35, step_kt, velocity.south);
  } else {
    if (me.bit(14)) velocity.heading_deg = static_cast<double>(me.bits(15, 24)) * (360.0 / 1024.0);
    velocity.true_airspeed = me.bit(25);
    velocity.airspeed_kt = scaled(me, 26, 35, step_kt, false);
  }
  velocity.descending = me.bit(37);
  velocity.vertical_rate_ft_min = scaled(me, 38, 46, 64.0, velocity.descending);
  velocity.geometric_minus_barometric_ft = scaled(me, 50, 56, 25.0, me.bit(49));
  return velocity;
}

}  // namespace

namespace {

/// The difference of heights of version 3 (DO-260C, 2.2.3.2.6.1.15): bits 10, 47, 48, 50 to 56 and 9. The seven bits in
/// the middle are those of the versions before, and tell the same in steps of 25 ft.
void read_extended_difference(Register me, AirborneVelocity& velocity) {
  constexpr double kStepFt = 12.5;
  constexpr double kLongStepFt = 100.0;
  constexpr unsigned kAllOnes = 127;
  const auto coarse = static_cast<unsigned>(me.bits(50, 56));
  const unsigned fine = coarse << 1U | (me.bit(9) ? 1U : 0U);
  const auto beyond = static_cast<unsigned>(me.bits(47, 48)) | (me.bit(10) ? 4U : 0U);
  Scaled& difference = velocity.geometric_minus_barometric_ft;
  difference = {};
  if (coarse == 0) {
    if (!me.bit(9) && !me.bit(10)) velocity.nic_supplement_d = octet(me, 47, 48);
    return;
  }
  double middle_ft = 0.0;
  if (beyond == 0) {
    if (fine > 2) middle_ft = fine == 255 ? 3200.0 : kStepFt * (fine - 2.5);
  } else {
    if (coarse != kAllOnes) return;
    const unsigned step = 2 * (beyond - 1) + (fine & 1U);
    difference.saturated = step == 13;
    if (difference.saturated) return;
    middle_ft = 3300.0 + kLongStepFt * step;
  }
  difference.value = me.bit(49) && middle_ft > 0.0 ? -middle_ft : middle_ft;
}

}  // namespace

AirborneVelocity decode_airborne_velocity(Register me, unsigned version) noexcept {
  AirborneVelocity velocity = common_velocity(me);
  if (velocity.subtype == 0 || velocity.subtype > 4) return velocity;
  velocity.nac_v = octet(me, 11, 13);
  velocity.vertical_rate_barometric = me.bit(36);
  if (version >= 3) {
    read_extended_difference(me, velocity);
    return velocity;
  }
  velocity.intent_change = me.bit(9);
  velocity.ifr_capability = version < 2 && me.bit(10);
  return velocity;
}

std::optional<double> AirborneVelocity::ground_speed_kt() const noexcept {
  if (!east_kt.value || !north_kt.value) return std::nullopt;
  return std::sqrt(*east_kt.value * *east_kt.value + *north_kt.value * *north_kt.value);
}

std::optional<double> AirborneVelocity::track_deg() const noexcept {
  if (!east_kt.value || !north_kt.value || (*east_kt.value == 0.0 && *north_kt.value == 0.0)) return std::nullopt;
  const double angle_deg = std::atan2(*east_kt.value, *north_kt.value) * (180.0 / std::numbers::pi);
  return angle_deg < 0.0 ? angle_deg + 360.0 : angle_deg;
}

TisbVelocity decode_tisb_velocity(Register me) noexcept {
  TisbVelocity message{};
  message.velocity = common_velocity(me);
  message.imf = me.bit(9);
  message.nac_p = octet(me, 10, 13);
  message.geometric = me.bit(36);
  if (message.geometric) return message;
  message.velocity.geometric_minus_barometric_ft = {};
  message.nic_supplement = me.bit(47);
  message.nac_v = octet(me, 48, 50);
  message.sil = octet(me, 51, 52);
  return message;
}

TisbCoarse decode_tisb_coarse(Register me) noexcept {
  constexpr double kStepKt = 32.0;
  TisbCoarse message{};
  message.imf = me.bit(1);
  message.surveillance_status = octet(me, 2, 3);
  message.service_volume = octet(me, 4, 7);
  message.altitude_code = static_cast<std::uint16_t>(me.bits(8, 19));
  if (me.bit(20)) message.track_deg = static_cast<double>(me.bits(21, 25)) * (360.0 / 32.0);
  const auto speed = static_cast<unsigned>(me.bits(26, 31));
  if (speed == 1) message.ground_speed = SpeedStep{0.0, kStepKt / 2};
  if (speed > 1) {
    const double low_kt = kStepKt * (speed - 2) + kStepKt / 2;
    message.ground_speed = SpeedStep{low_kt, speed == 63 ? kInfinity : low_kt + kStepKt};
  }
  message.cpr = {static_cast<std::uint32_t>(me.bits(33, 44)), static_cast<std::uint32_t>(me.bits(45, 56)), me.bit(32)};
  return message;
}

std::optional<double> TisbCoarse::ground_speed_kt() const noexcept {
  if (!ground_speed || ground_speed->high_kt == kInfinity) return std::nullopt;
  return ground_speed->middle_kt();
}

std::optional<double> TisbCoarse::altitude_ft() const noexcept { return altitude_ft_12(altitude_code); }

TestMessage decode_test(Register me) noexcept {
  TestMessage message{octet(me, 6, 8), std::nullopt};
  if (message.subtype == 7) message.mode_a = identity_13(static_cast<std::uint16_t>(me.bits(9, 21)));
  return message;
}

SurfaceSystemStatus decode_surface_system_status(Register me) noexcept { return {octet(me, 6, 8), me.bits(9, 56)}; }

}  // namespace marsad::wire::modes
