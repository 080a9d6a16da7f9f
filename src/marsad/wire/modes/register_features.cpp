#include "marsad/wire/modes/register_features.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace marsad::wire::modes::features {
namespace {

// Kinds of a selected altitude: how many of the 4096 values are of each is the distance to the next edge.
// A multiple of 1000 ft, another of 100 ft, any other to 50,000 ft, above.
constexpr std::array kAltitudeKinds{0, 51, 501, 3126, 4096};
// The same as the other altitude, then the kinds.
constexpr std::array kFmsKinds{-1, 0, 51, 501, 3126, 4096};
constexpr std::array kStatus{0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16,
                             17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32};
constexpr std::array kEightKinds{0, 1, 2, 3, 4, 5, 6, 7, 8};
constexpr std::array kFourKinds{0, 1, 2, 3, 4};
constexpr std::array kSelectedAgainst{0, 7, 32, 125, 313, 625, 1250, 2500, 4096};
constexpr std::array kPressure{0, 1500, 1800, 1950, 2050, 2132, 2134, 2250, 2350, 2500, 4096};
constexpr std::array kRoll{0, 3, 12, 57, 114, 171, 228, 285, 513};
constexpr std::array kDirectionAgainst{0, 12, 29, 57, 114, 171, 285, 1025};
constexpr std::array kSpeed2{0, 30, 75, 125, 200, 260, 310, 1024};
constexpr std::array kSpeed2Against{0, 3, 6, 11, 26, 51, 1024};
constexpr std::array kTurnAgainst{0, 3, 8, 16, 32, 64, 128, 1024};
constexpr std::array kTurn{0, 3, 16, 48, 96, 192, 513};
constexpr std::array kWind{0, 6, 13, 26, 51, 76, 126, 1024};
constexpr std::array kAirspeed{0, 60, 120, 180, 240, 280, 320, 360, 420, 1024};
constexpr std::array kAirspeedAgainst{0, 15, 30, 60, 100, 150, 200, 1500};
constexpr std::array kMachAgainst{0, 3, 6, 13, 26, 51, 1024};
constexpr std::array kMachRatio{0, 95, 105, 120, 140, 160, 180, 200, 220, 240, 270, 2000};
constexpr std::array kMach{0, 50, 100, 175, 190, 225, 250, 1024};
constexpr std::array kRate{0, 2, 10, 32, 63, 125, 188, 513};
constexpr std::array kRateAgainst{0, 5, 16, 32, 63, 125, 1024};
constexpr std::array kRatesDiffer{0, 3, 7, 16, 32, 63, 1024};

constexpr std::array<Bins, kSlots> kBins{{
    {"status_40", kStatus},
    {"selected_altitude", kAltitudeKinds},
    {"selected_against_actual", kSelectedAgainst, true},
    {"fms_altitude", kFmsKinds},
    {"pressure_setting", kPressure},
    {"modes_40", kEightKinds},
    {"source_40", kFourKinds},
    {"status_50", kStatus},
    {"roll", kRoll, true},
    {"track_against", kDirectionAgainst, true},
    {"ground_speed", kSpeed2},
    {"speed_against", kSpeed2Against, true},
    {"turn_against_bank", kTurnAgainst, true},
    {"turn", kTurn, true},
    {"wind_speed", kWind, true},
    {"true_airspeed", kSpeed2},
    {"status_60", kStatus},
    {"heading_against", kDirectionAgainst, true},
    {"airspeed", kAirspeed},
    {"airspeed_against", kAirspeedAgainst, true},
    {"mach_against", kMachAgainst, true},
    {"mach_ratio", kMachRatio},
    {"mach", kMach},
    {"rate", kRate, true},
    {"rate_against", kRateAgainst, true},
    {"rates_differ", kRatesDiffer, true},
}};

}  // namespace

const Bins& bins_of(Slot slot) noexcept { return kBins[static_cast<std::size_t>(slot)]; }

void Features::add(Slot slot, int value) noexcept {
  const Feature feature{slot, static_cast<std::uint8_t>(bins_of(slot).bin_of(value))};
  MARSAD_CHECK(list.try_push_back(feature));
}

namespace {

constexpr double kDegreesToRadians = std::numbers::pi / 180.0;
constexpr double kSoundAtSeaLevelKt = 661.47;
constexpr double kDirectionStepDeg = 90.0 / 512.0;

int rounded(double value) noexcept {
  constexpr double kLimit = 1e6;
  return static_cast<int>(std::lrint(std::clamp(value, -kLimit, kLimit)));
}

/// The kind of a selected altitude as a value of kAltitudeKinds.
int altitude_kind(unsigned code) noexcept {
  constexpr unsigned kStepFt = 16;
  const unsigned altitude_ft = code * kStepFt;
  const auto is_near = [altitude_ft](unsigned multiple_ft) {
    const unsigned rest = altitude_ft % multiple_ft;
    return std::min(rest, multiple_ft - rest) <= kStepFt / 2;
  };
  if (altitude_ft > 50'008) return 3126;
  if (is_near(1000)) return 0;
  return is_near(100) ? 51 : 501;
}

/// The five status bits as a number.
int pattern(Register reg, const std::array<unsigned, 5>& bits) noexcept {
  unsigned value = 0;
  for (const unsigned bit : bits) value = value << 1U | (reg.bit(bit) ? 1U : 0U);
  return static_cast<int>(value);
}

/// The difference of two directions in steps of 90/512°, at most half a turn.
int direction_difference(std::int64_t code, double known_deg) noexcept {
  const double turns = (static_cast<double>(code) * kDirectionStepDeg - known_deg) / 360.0;
  return rounded((turns - std::rint(turns)) * (360.0 / kDirectionStepDeg));
}

/// What stands or rolls has no track to speak of.
void add_direction(Features& features, Slot against, std::int64_t code, const RegisterContext& context) {
  constexpr double kLogAll = 7.6246;  // ln 2048
  constexpr double kSlowest = 50.0;
  if (context.true_track_deg && context.ground_speed_kt.value_or(kSlowest) >= kSlowest) {
    features.add(against, direction_difference(code, *context.true_track_deg));
  } else {
    features.log_density -= kLogAll;
  }
}

int code_of(Register reg, unsigned first, unsigned last) noexcept { return static_cast<int>(reg.bits(first, last)); }
int signed_code_of(Register reg, unsigned first, unsigned last) noexcept {
  return static_cast<int>(reg.signed_bits(first, last));
}

void add_speeds_50(Register reg, const RegisterContext& context, Features& features) {
  const bool has_ground_speed = reg.bit(24);
  const int ground_speed = code_of(reg, 25, 34);
  if (has_ground_speed && context.ground_speed_kt) {
    features.add(Slot::speed_against, rounded(*context.ground_speed_kt / 2.0) - ground_speed);
  } else if (has_ground_speed) {
    features.add(Slot::ground_speed, ground_speed);
  }
  if (!reg.bit(46)) return;
  const int true_airspeed = code_of(reg, 47, 56);
  if (has_ground_speed || context.ground_speed_kt) {
    const int other = has_ground_speed ? ground_speed : rounded(*context.ground_speed_kt / 2.0);
    features.add(Slot::wind_speed, true_airspeed - other);
  } else {
    features.add(Slot::true_airspeed, true_airspeed);
  }
}

/// A coordinated turn: rate = g tan(bank) / speed.
void add_turn(Register reg, Features& features) {
  constexpr double kGravity = 9.80665;
  constexpr double kMetresPerSecond = 2.0 * 0.514444;  // of one step of 2 kt
  constexpr double kRateStepDeg = 8.0 / 256.0;
  constexpr int kSlowest = 25;  // 50 kt
  if (!reg.bit(35)) return;
  const int rate = signed_code_of(reg, 36, 45);
  const int speed = reg.bit(46) ? code_of(reg, 47, 56) : reg.bit(24) ? code_of(reg, 25, 34) : 0;
  if (!reg.bit(1) || speed < kSlowest) {
    features.add(Slot::turn, rate);
    return;
  }
  const double bank = static_cast<double>(reg.signed_bits(2, 11)) * (45.0 / 256.0) * kDegreesToRadians;
  const double expected_deg =
      kGravity * std::tan(static_cast<float>(bank)) / (speed * kMetresPerSecond) / kDegreesToRadians;
  features.add(Slot::turn_against_bank, rate - rounded(expected_deg / kRateStepDeg));
}

/// Indicated airspeed and Mach number, which together tell the altitude.
void add_air_speeds(Register reg, const RegisterContext& context, Features& features) {
  constexpr double kStandardKelvin = 288.15;
  constexpr double kMachStep = 0.004;
  const bool has_airspeed = reg.bit(13) && reg.bits(14, 23) > 0;
  const double airspeed_kt = static_cast<double>(reg.bits(14, 23));
  const double ratio = has_airspeed && context.altitude_ft ? pressure_ratio(*context.altitude_ft) : 1.0;
  const double expected = has_airspeed ? mach_of(airspeed_kt, ratio) : 0.0;
  if (has_airspeed && context.altitude_ft && context.ground_speed_kt) {
    const double kelvin = standard_temperature_c(*context.altitude_ft) + 273.15;
    const double true_airspeed_kt = expected * kSoundAtSeaLevelKt * std::sqrt(kelvin / kStandardKelvin);
    features.add(Slot::airspeed_against, rounded(true_airspeed_kt - *context.ground_speed_kt));
    features.log_density += std::log(static_cast<float>(true_airspeed_kt / airspeed_kt));
  } else if (reg.bit(13)) {
    features.add(Slot::airspeed, code_of(reg, 14, 23));
  }
  if (!reg.bit(24)) return;
  const int mach = code_of(reg, 25, 34);
  if (!has_airspeed) {
    features.add(Slot::mach, mach);
  } else if (context.altitude_ft) {
    features.add(Slot::mach_against, mach - rounded(expected / kMachStep));
  } else {
    features.add(Slot::mach_ratio, rounded(100.0 * mach * kMachStep / expected));
    features.log_density -=
        std::log(static_cast<float>(0.01 * expected / kMachStep));  // steps of the Mach number to one of the ratio
  }
}

void add_rates(Register reg, const RegisterContext& context, Features& features) {
  constexpr double kStepFtMin = 32.0;
  const auto add_alone = [&](int code) {
    if (context.vertical_rate_ft_min) {
      features.add(Slot::rate_against, code - rounded(*context.vertical_rate_ft_min / kStepFtMin));
    } else {
      features.add(Slot::rate, code);
    }
  };
  const int barometric = signed_code_of(reg, 36, 45);
  const int inertial = signed_code_of(reg, 47, 56);
  if (reg.bit(35)) add_alone(barometric);
  if (!reg.bit(46)) return;
  if (reg.bit(35)) {
    features.add(Slot::rates_differ, inertial - barometric);
  } else {
    add_alone(inertial);
  }
}

}  // namespace

Features take_apart_40(Register reg, const RegisterContext& context) noexcept {
  constexpr double kLogAltitudes = 8.3178;  // ln 4096
  Features features;
  features.add(Slot::status_40, pattern(reg, {1, 14, 27, 48, 54}));
  const auto panel = static_cast<unsigned>(reg.bits(2, 13));
  const auto fms = static_cast<unsigned>(reg.bits(15, 26));
  if (reg.bit(1)) {
    features.add(Slot::selected_altitude, altitude_kind(panel));
    if (context.altitude_ft) {
      features.add(Slot::selected_against_actual, static_cast<int>(panel) - rounded(*context.altitude_ft / 16.0));
      features.log_density += kLogAltitudes;  // weighs against any altitude being as probable
    }
  }
  if (reg.bit(14)) features.add(Slot::fms_altitude, reg.bit(1) && panel == fms ? -1 : altitude_kind(fms));
  if (reg.bit(27)) features.add(Slot::pressure_setting, code_of(reg, 28, 39));
  if (reg.bit(48)) features.add(Slot::modes_40, code_of(reg, 49, 51));
  if (reg.bit(54)) features.add(Slot::source_40, code_of(reg, 55, 56));
  return features;
}

Features take_apart_50(Register reg, const RegisterContext& context) noexcept {
  Features features;
  features.add(Slot::status_50, pattern(reg, {1, 12, 24, 35, 46}));
  if (reg.bit(1)) features.add(Slot::roll, signed_code_of(reg, 2, 11));
  if (reg.bit(12)) add_direction(features, Slot::track_against, reg.signed_bits(13, 23), context);
  add_speeds_50(reg, context, features);
  add_turn(reg, features);
  return features;
}

Features take_apart_60(Register reg, const RegisterContext& context) noexcept {
  Features features;
  features.add(Slot::status_60, pattern(reg, {1, 13, 24, 35, 46}));
  if (reg.bit(1)) add_direction(features, Slot::heading_against, reg.signed_bits(2, 12), context);
  add_air_speeds(reg, context, features);
  add_rates(reg, context, features);
  return features;
}

double pressure_ratio(double altitude_ft) noexcept {
  constexpr double kTropopauseFt = 36'089.24;
  const double altitude = std::clamp(altitude_ft, -2000.0, 100'000.0);
  if (altitude <= kTropopauseFt) return std::pow(static_cast<float>(1.0 - 6.87559e-6 * altitude), 5.25588F);
  return 0.223361 * std::exp((kTropopauseFt - altitude) / 20'805.7);
}

double standard_temperature_c(double altitude_ft) noexcept { return std::max(15.0 - 0.0019812 * altitude_ft, -56.5); }

double mach_of(double calibrated_kt, double pressure_ratio) noexcept {
  const double at_sea_level = calibrated_kt / kSoundAtSeaLevelKt;
  const double stagnation = 1.0 + 0.2 * at_sea_level * at_sea_level;
  const double impact = stagnation * stagnation * stagnation * std::sqrt(stagnation) - 1.0;
  return std::sqrt(5.0 * (std::pow(static_cast<float>(impact / pressure_ratio + 1.0), 2.0F / 7.0F) - 1.0));
}

}  // namespace marsad::wire::modes::features
