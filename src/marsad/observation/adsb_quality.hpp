#pragma once

#include <cstdint>
#include <optional>

#include "marsad/geo/geodetic.hpp"
#include "marsad/observation/target_report.hpp"
#include "marsad/units/length.hpp"
#include "marsad/units/speed.hpp"
#include "marsad/units/time.hpp"

namespace marsad::observation {

/// What an ADS-B report says of its own accuracy and integrity (I021/090 with I021/210, or I021/090 PA of the editions
/// 0.2x). Absent members were not reported.
struct AdsbQuality {
  std::optional<std::uint8_t> nucp_or_nic;  ///< NUCp for version 0, NIC for later ones
  std::optional<std::uint8_t> nacp;
  std::optional<std::uint8_t> pic;  ///< position integrity category of ED-129B
  std::optional<std::uint8_t> nucr_or_nacv;
  std::uint8_t version = 0;  ///< 0 DO-260, 1 DO-260A, 2 DO-260B
};

/// One standard deviation of east and of north. From NACp (the radius of 95 %, RTCA DO-260B table 2-71 and its
/// predecessors) if there is one; else from the containment radius of PIC or NIC, taken as twice the radius of 95 %,
/// the ratio that the tables of both keep where both are defined; else from NUCp (DO-260 table 2-11). A category of 0,
/// "unknown", gives 500 m, and no category at all `otherwise`.
[[nodiscard]] units::Length adsb_position_sigma(const AdsbQuality& quality, units::Length otherwise) noexcept;

/// One standard deviation of each component of the velocity, from NACv or NUCr (95 % below 10, 3, 1, 0.3 m/s); 0 gives
/// 10 m/s, none `otherwise`.
[[nodiscard]] units::Speed adsb_velocity_sigma(const AdsbQuality& quality, units::Speed otherwise) noexcept;

/// What the time of applicability of an ADS-B position may be wrong by without anyone saying so: the latency that an
/// aircraft does not compensate (DO-260B 2.2.5: mostly below 0.1 s) and the resolution of the time.
inline constexpr units::Duration kAdsbLatencySigma = units::Duration::milliseconds(100.0);

/// Adds what a wrong time of applicability does to the position of a moving target: along its motion.
void add_latency(geo::HorizontalCovariance& covariance, const HorizontalVelocity& velocity,
                 units::Duration sigma) noexcept;

}  // namespace marsad::observation
