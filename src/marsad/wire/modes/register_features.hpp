#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "marsad/base/inline_vector.hpp"
#include "marsad/wire/modes/register.hpp"
#include "marsad/wire/modes/register_inference.hpp"

/// What the models of `infer_register` look at: each register is taken apart into features, each of which falls into
/// one of a few bins. How probable the bins are is in register_model.hpp, which the program of tools/registers makes
/// from a radar's recording by counting the same features.
namespace marsad::wire::modes::features {

/// A feature. Those of one value that depend on what is known ("kTrack", "kTrackKnown") exclude each other.
enum class Slot : std::uint8_t {
  status_40,
  selected_altitude,        ///< its kind: a round figure or not
  selected_against_actual,  ///< distance to the aircraft's altitude, 16 ft
  fms_altitude,             ///< its kind, or the same as the other
  pressure_setting,         ///< 0.1 mb above 800
  modes_40,
  source_40,
  status_50,
  roll,               ///< 45/256°
  track_against,      ///< distance to the known track, 90/512°
  ground_speed,       ///< 2 kt
  speed_against,      ///< distance to the known ground speed, 2 kt
  turn_against_bank,  ///< distance of the track rate to that of a coordinated turn, 1/32 °/s
  turn,
  wind_speed,     ///< true airspeed less ground speed, 2 kt
  true_airspeed,  ///< 2 kt
  status_60,
  heading_against,   ///< distance of the heading to the known track, 90/512°
  airspeed,          ///< indicated, kt
  airspeed_against,  ///< true airspeed that follows from it less known ground speed, kt
  mach_against,      ///< distance to what follows from airspeed and altitude, 0.004
  mach_ratio,        ///< to what it would be at sea level, in percent
  mach,              ///< 0.004
  rate,              ///< 32 ft/min
  rate_against,      ///< distance to the known vertical rate, 32 ft/min
  rates_differ,      ///< inertial less barometric, 32 ft/min
  count
};
inline constexpr std::size_t kSlots = static_cast<std::size_t>(Slot::count);
inline constexpr std::size_t kMostBins = 32;

/// The bins of a slot: bin i holds the values from edges[i] up to, not including, edges[i + 1]; what is below the first
/// edge or above the last belongs to the first or last bin. With `magnitude` the values' signs don't matter. With as
/// many bins as there can be, each holds one value.
struct Bins {
  std::string_view name;
  std::span<const int> edges;
  bool magnitude = false;

  [[nodiscard]] constexpr std::size_t count() const noexcept { return edges.size() - 1; }
  [[nodiscard]] constexpr std::size_t bin_of(int value) const noexcept {
    if (magnitude && value < 0) value = -value;
    if (count() == kMostBins) return static_cast<std::size_t>(std::clamp(value, 0, 31));  // a pattern of five bits
    std::size_t bin = 0;
    for (const int edge : edges.subspan(1, count() - 1)) bin += value >= edge ? 1U : 0U;  // no jumps to mispredict
    return bin;
  }
  /// How many values fall into a bin.
  [[nodiscard]] constexpr int width(std::size_t bin) const noexcept {
    const int one_sided = edges[bin + 1] - edges[bin];
    if (!magnitude) return one_sided;
    return edges[bin] == 0 ? 2 * one_sided - 1 : 2 * one_sided;
  }
};

[[nodiscard]] const Bins& bins_of(Slot slot) noexcept;

/// A register taken apart.
struct Features {
  struct Feature {
    Slot slot;
    std::uint8_t bin;
  };
  base::InlineVector<Feature, 12> list;
  /// Natural logarithm of the density of what no slot weighs: bits that may be anything, changes of variable.
  double log_density = 0.0;

  void add(Slot slot, int value) noexcept;
};

/// Bits that are set independently of each other: the logarithm of the odds of each being set, and of the probability
/// that none is.
template <std::size_t Count>
struct BitModel {
  std::array<float, Count> log_odds;
  float log_none;
};

/// Take a register apart as if it were BDS 4,0, 5,0 or 6,0, which the caller has found consistent.
[[nodiscard]] Features take_apart_40(Register reg, const RegisterContext& context) noexcept;
[[nodiscard]] Features take_apart_50(Register reg, const RegisterContext& context) noexcept;
[[nodiscard]] Features take_apart_60(Register reg, const RegisterContext& context) noexcept;

/// Of the standard atmosphere at a pressure altitude: pressure as a fraction of that at sea level (six digits),
/// temperature in °C.
[[nodiscard]] double pressure_ratio(double altitude_ft) noexcept;
[[nodiscard]] double standard_temperature_c(double altitude_ft) noexcept;
/// The Mach number at which the airspeed indicator shows `calibrated_kt` under that pressure (subsonic; five digits).
[[nodiscard]] double mach_of(double calibrated_kt, double pressure_ratio) noexcept;

}  // namespace marsad::wire::modes::features
