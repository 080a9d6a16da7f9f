#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "marsad/base/tagged.hpp"
#include "marsad/geo/geodetic.hpp"
#include "marsad/units/angle.hpp"
#include "marsad/units/length.hpp"
#include "marsad/units/speed.hpp"
#include "marsad/units/time.hpp"

namespace marsad::observation {

struct SensorIdTag;
/// A sensor's place in the registry: dense from 0, in the order of the configuration and then of first appearance.
using SensorId = base::Tagged<SensorIdTag, std::uint16_t>;

enum class SensorKind : std::uint8_t { psr, ssr, mode_s, smr, mlat, adsb, system_tracks };

/// The words for the kinds in configurations, messages and outputs, in the order of `SensorKind`.
inline constexpr std::array<std::string_view, 7> kSensorKindNames{"psr",  "ssr",  "mode_s",       "smr",
                                                                  "mlat", "adsb", "system_tracks"};
[[nodiscard]] constexpr std::string_view name_of(SensorKind kind) noexcept {
  return kSensorKindNames[static_cast<std::size_t>(kind)];
}

/// How a sensor is recognised on the wire. The group of categories belongs to it because airport systems share one
/// SAC/SIC between a multilateration and an ADS-B station.
struct SensorKey {
  std::uint8_t sac = 0;
  std::uint8_t sic = 0;
  SensorKind family = SensorKind::psr;  ///< psr for every rotating radar (CAT 001, 002, 034, 048), else the kind itself

  friend constexpr auto operator<=>(const SensorKey&, const SensorKey&) = default;
};

/// Nominal figures of a sensor, from the configuration or else typical of its kind. Real errors are larger: these say
/// what the noise is, not what the bias is.
struct SensorCharacteristics {
  std::optional<geo::Geodetic> site;  ///< without it polar reports can't be placed; geodetic reports still serve
  units::Duration period = units::Duration::seconds(4.0);  ///< antenna rotation or update period
  units::Length range_min;
  units::Length range_max = units::Length::nautical_miles(256.0);
  units::Length sigma_range = units::Length::metres(50.0);
  units::Angle sigma_azimuth = units::Angle::degrees(0.07);
  units::Length sigma_position = units::Length::metres(20.0);          ///< of geodetic reports that state no quality
  units::Speed sigma_velocity = units::Speed::metres_per_second(1.5);  ///< of reported velocities
  double detection_probability = 0.95;
  double false_plots_per_scan = 1.0;
  std::optional<units::Angle> sigma_elevation;  ///< of a 3D radar; absent: it measures no height

  friend bool operator==(const SensorCharacteristics&, const SensorCharacteristics&) = default;
};

/// One surveillance source.
struct Sensor {
  SensorId id;
  SensorKey key;
  SensorKind kind = SensorKind::psr;
  std::string name;         ///< from the configuration, or "SAC/SIC kind"
  bool configured = false;  ///< false: met on the wire and unknown to the configuration
  SensorCharacteristics characteristics;
};

}  // namespace marsad::observation
