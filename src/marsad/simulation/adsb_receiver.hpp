#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "marsad/base/random.hpp"
#include "marsad/geo/local_frame.hpp"
#include "marsad/observation/identity.hpp"
#include "marsad/simulation/flight.hpp"
#include "marsad/units/angle.hpp"
#include "marsad/units/length.hpp"
#include "marsad/units/pressure_altitude.hpp"
#include "marsad/units/speed.hpp"
#include "marsad/units/time.hpp"

namespace marsad::simulation {

struct AdsbReceiverSettings {
  std::string name{};
  std::uint8_t sac = 0;
  std::uint8_t sic = 0;
  geo::Geodetic antenna{};
  units::Length range{};
  units::Duration period = units::Duration::seconds(0.5);  ///< between two sendings of what was heard
  double reception = 0.96;                                 ///< probability, near
};

/// What one aircraft told of itself, with the errors of its navigation.
struct AdsbReport {
  units::Duration time{};    ///< of reception, after the start of the scene
  geo::Geodetic position{};  ///< height is the geometric height
  units::Speed ground_speed{};
  units::Angle track_angle{};
  units::Speed vertical_rate{};
  units::PressureAltitude pressure_altitude{};  ///< in steps of 25 ft
  Equipment equipment{};
  TargetId target{};
};

/// Hears each aircraft about once a second, at a second's fraction of the aircraft's own.
class AdsbReceiver {
 public:
  AdsbReceiver(AdsbReceiverSettings settings, const base::Random& random);

  [[nodiscard]] const AdsbReceiverSettings& settings() const noexcept { return settings_; }
  /// When what is heard next will be sent.
  [[nodiscard]] units::Duration next_sending() const noexcept {
    return settings_.period * static_cast<double>(sendings_ + 1);
  }
  /// What was heard until `next_sending`, in order of time. The motion of the flights must be known until then.
  [[nodiscard]] std::vector<AdsbReport> listen(std::span<const Flight> flights);

 private:
  [[nodiscard]] bool hears(const Motion& motion);

  AdsbReceiverSettings settings_;
  geo::LocalFrame frame_;
  base::Random random_;
  std::int64_t sendings_ = 0;
};

/// Standard deviation of the position that an aircraft reports, per axis: well within the bound that its NACp states.
units::Length sigma_of_position(const Equipment& equipment) noexcept;

}  // namespace marsad::simulation
