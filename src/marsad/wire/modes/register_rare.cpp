#include "marsad/wire/modes/register_rare.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <span>

#include "marsad/wire/modes/register_features.hpp"
#include "marsad/wire/modes/register_gates.hpp"
#include "marsad/wire/modes/register_model.hpp"

namespace marsad::wire::modes::rare {
namespace {

using features::Slot;

constexpr double kBit = 0.693147;  // ln 2

/// A bin of a quantity's spread: how probable it is that a value lies below `below`, and not in the bins before.
struct Share {
  int below;
  double probability;
};

/// The logarithm of the density of one value, which counts from `first`; the last bin takes all that is above.
double spread(int value, int first, std::span<const Share> shares) noexcept {
  for (const Share& share : shares) {
    if (value < share.below || &share == &shares.back())
      return std::log(share.probability / static_cast<double>(share.below - first));
    first = share.below;
  }
  return 0.0;
}
/// The same of a magnitude, whose two signs are as probable.
double spread_both_ways(int value, std::span<const Share> shares) noexcept {
  return spread(std::abs(value), 0, shares) - kBit;
}

/// A status bit that is set with that probability.
double status(Register reg, unsigned bit, double set) noexcept { return std::log(reg.bit(bit) ? set : 1.0 - set); }

int code_of(Register reg, unsigned first, unsigned last) noexcept { return static_cast<int>(reg.bits(first, last)); }

double in_slot(Slot slot, int value) noexcept {
  return static_cast<double>(
      features::kLogDensity[static_cast<std::size_t>(slot)][features::bins_of(slot).bin_of(value)]);
}

/// Static air temperature in steps of 0.25 °C: near the standard atmosphere's, or anything on earth.
double temperature(int code, const RegisterContext& context) noexcept {
  constexpr std::array kDeviation{Share{21, 0.4}, Share{41, 0.3},    Share{61, 0.17},
                                  Share{81, 0.1}, Share{121, 0.025}, Share{1200, 0.005}};
  constexpr std::array kAnything{Share{-320, 0.003}, Share{-200, 0.4}, Share{160, 0.594}, Share{1024, 0.003}};
  if (!context.altitude_ft) return spread(code, -1024, kAnything);
  const double expected = 4.0 * features::standard_temperature_c(std::clamp(*context.altitude_ft, -2000.0, 1e5));
  return spread_both_ways(code - static_cast<int>(std::lround(expected)), kDeviation);
}

double pressure(int hectopascals, const RegisterContext& context) noexcept {
  constexpr std::array kDeviation{Share{3, 0.6}, Share{6, 0.2}, Share{21, 0.15}, Share{2048, 0.05}};
  constexpr std::array kAnything{Share{100, 0.01}, Share{400, 0.5}, Share{1060, 0.48}, Share{2048, 0.01}};
  if (!context.altitude_ft) return spread(hectopascals, 0, kAnything);
  const double expected = 1013.25 * features::pressure_ratio(*context.altitude_ft);
  return spread_both_ways(hectopascals - static_cast<int>(std::lround(expected)), kDeviation);
}

double severity(std::uint64_t level) noexcept {
  constexpr std::array kShares{0.8, 0.12, 0.06, 0.02};
  return std::log(kShares[level & 3U]);
}

/// True airspeed of BDS 5,3 in steps of 0.5 kt.
double true_airspeed_53(Register reg, const RegisterContext& context) noexcept {
  constexpr double kStepsOf2Kt = 2.0 * kBit;  // ln 4
  const int code = code_of(reg, 35, 46);
  if (context.ground_speed_kt) {
    const double difference = std::clamp(code / 4.0 - *context.ground_speed_kt / 2.0, -1e4, 1e4);
    return in_slot(Slot::wind_speed, static_cast<int>(std::lround(difference))) - kStepsOf2Kt;
  }
  const int indicated = code_of(reg, 14, 23);
  if (!reg.bit(13) || indicated == 0) return in_slot(Slot::true_airspeed, code / 4) - kStepsOf2Kt;
  const double ratio = code / 2.0 / indicated;
  const bool is_possible = ratio >= 0.95 && ratio <= 2.3;
  return is_possible ? std::log(0.98 / (2.7 * indicated)) : std::log(0.02 / 4096.0);
}

}  // namespace

std::optional<double> log_density_of_letters(Register reg, unsigned first, unsigned count) noexcept {
  constexpr double kLetter = -3.6889;        // ln 0.9/36: nine times of ten another follows
  constexpr double kLetterBehind = -8.8818;  // ln 0.005/36: behind a blank
  constexpr double kEnd = -2.3026;           // ln 0.1
  constexpr std::uint64_t kBlank = 32;
  double sum = 0.0;
  bool ended = false;
  for (unsigned i = 0; i < count; ++i) {
    const std::uint64_t code = reg.bits(first + 6 * i, first + 6 * i + 5);
    const bool is_letter = (code >= 1 && code <= 26) || (code >= 48 && code <= 57);
    if (!is_letter && code != kBlank) return std::nullopt;
    if (is_letter) {
      sum += ended ? kLetterBehind : kLetter;
    } else if (!ended) {
      sum += kEnd;
    }
    ended = !is_letter;
  }
  return sum;
}

std::optional<double> log_density_21(Register reg) noexcept {
  if (!is_gated(reg, kGates21)) return std::nullopt;
  double sum = status(reg, 1, 0.95) + status(reg, 44, 0.3);
  if (reg.bit(1)) {
    const auto letters = log_density_of_letters(reg, 2, 7);
    if (!letters) return std::nullopt;
    sum += *letters;
  }
  if (reg.bit(44)) {
    const auto letters = log_density_of_letters(reg, 45, 2);
    if (!letters) return std::nullopt;
    sum += *letters;
  }
  return sum;
}

std::optional<double> log_density_30(Register reg) noexcept {
  constexpr std::uint64_t kReservedOfAdvisory = 0x7F;
  const auto advisory = decode_bds_30(reg);
  if (!advisory.consistent) return std::nullopt;
  if (reg.bits(9, 56) == 0) return std::log(0.8);                          // no advisory at all
  double sum = std::log(advisory.active != 0 ? 0.25 : 0.05) - 8.0 * kBit;  // complements, flags, type of threat
  if (advisory.active != 0) sum -= 7.0 * kBit;
  if ((advisory.active & kReservedOfAdvisory) != 0) sum += std::log(0.01) - 7.0 * kBit;
  if (advisory.threat_address) sum -= 24.0 * kBit;
  if (advisory.threat_altitude_code) sum -= 26.0 * kBit;
  return sum;
}

std::optional<double> log_density_44(Register reg, const RegisterContext& context) noexcept {
  constexpr std::array kSources{0.1, 0.5, 0.2, 0.1, 0.1};
  constexpr std::array kWindKt{Share{10, 0.1},  Share{30, 0.3},    Share{60, 0.25},  Share{100, 0.2},
                               Share{160, 0.1}, Share{250, 0.045}, Share{512, 0.005}};
  constexpr double kLogDirections = 6.2383;  // ln 512
  const std::uint64_t source = reg.bits(1, 4);
  if (source >= kSources.size() || !is_gated(reg, kGates44)) return std::nullopt;
  double sum = std::log(kSources[source]) + status(reg, 5, 0.95) + status(reg, 35, 0.1) + status(reg, 47, 0.2) +
               status(reg, 50, 0.1) + temperature(static_cast<int>(reg.signed_bits(24, 34)), context);
  if (reg.bit(5)) sum += spread(code_of(reg, 6, 14), 0, kWindKt) - kLogDirections;
  if (reg.bit(35)) sum += pressure(code_of(reg, 36, 46), context);
  if (reg.bit(47)) sum += severity(reg.bits(48, 49));
  if (reg.bit(50)) sum -= 6.0 * kBit;
  return sum;
}

std::optional<double> log_density_45(Register reg, const RegisterContext& context) noexcept {
  constexpr std::array kHazards{1U, 4U, 7U, 10U, 13U};
  if (reg.bits(52, 56) != 0 || !is_gated(reg, kGates45)) return std::nullopt;
  double sum = status(reg, 16, 0.95) + status(reg, 27, 0.3) + status(reg, 39, 0.3);
  for (const unsigned hazard : kHazards) {
    sum += status(reg, hazard, 0.15);
    if (reg.bit(hazard)) sum += severity(reg.bits(hazard + 1, hazard + 2));
  }
  if (reg.bit(16)) sum += temperature(static_cast<int>(reg.signed_bits(17, 26)), context);
  if (reg.bit(27)) sum += pressure(code_of(reg, 28, 38), context);
  if (reg.bit(39)) sum -= 12.0 * kBit;
  return sum;
}

std::optional<double> log_density_53(Register reg, const RegisterContext& context) noexcept {
  constexpr double kPresent = 0.9;
  if (!is_gated(reg, kGates53)) return std::nullopt;
  double sum = 0.0;
  for (const unsigned value : {1U, 13U, 24U, 34U, 47U}) sum += status(reg, value, kPresent);
  // Heading, airspeed and Mach number lie as in BDS 6,0, the last with half the resolution.
  constexpr std::uint64_t kFirst33Bits = ((std::uint64_t{1} << 33U) - 1) << 23U;
  const auto taken = features::take_apart_60(Register(reg.value() & kFirst33Bits), context);
  sum += taken.log_density + (reg.bit(24) ? kBit : 0.0);
  for (const auto& feature : taken.list)
    if (feature.slot != Slot::status_60)
      sum += static_cast<double>(features::kLogDensity[static_cast<std::size_t>(feature.slot)][feature.bin]);
  if (reg.bit(34)) sum += true_airspeed_53(reg, context);
  if (reg.bit(47)) sum += in_slot(Slot::rate, 2 * static_cast<int>(reg.signed_bits(48, 56))) + kBit;
  return sum;
}

}  // namespace marsad::wire::modes::rare
