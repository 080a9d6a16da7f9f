#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "marsad/base/inline_vector.hpp"
#include "marsad/geo/geodetic.hpp"
#include "marsad/observation/identity.hpp"
#include "marsad/observation/sensor.hpp"
#include "marsad/tracking/filter/horizontal_state.hpp"
#include "marsad/tracking/filter/tangent_plane.hpp"
#include "marsad/tracking/filter/vertical_state.hpp"
#include "marsad/tracking/settings.hpp"
#include "marsad/tracking/track_id.hpp"
#include "marsad/units/length.hpp"
#include "marsad/units/pressure_altitude.hpp"
#include "marsad/units/speed.hpp"
#include "marsad/units/time.hpp"

namespace marsad::tracking {

/// Where a track is in its life. Terminated tracks are shown for the one step in which they end.
enum class TrackPhase : std::uint8_t { tentative, confirmed, coasting, terminated };

/// One sensor's part in a track.
struct SensorContribution {
  observation::SensorId sensor;
  units::UtcTime last;               ///< applicability of its last report used
  units::UtcTime last_opportunity;   ///< when it last saw, or should have seen, the target
  std::uint32_t reports = 0;         ///< number of its reports used
  double detection_probability = 0;  ///< learnt for this target, from the sensor's nominal value on
};

/// How many sensors a track remembers; when full, the one heard longest ago makes room.
inline constexpr std::size_t kMaxSensorContributions = 16;

/// What transponders have said of a target.
struct TrackIdentity {
  std::optional<observation::ModeSAddress> address;
  units::UtcTime address_heard;  ///< applicability of the last report with it
  std::optional<observation::ModeACode> mode_a;
  std::optional<observation::ModeACode> mode_a_candidate;  ///< another code, heard but not yet often enough
  std::uint8_t mode_a_candidate_count = 0;
  std::optional<observation::AircraftIdentification> identification;
  bool duplicate_address = false;  ///< another live track, too far away to be the same target, has this address
  bool transponder = false;        ///< a transponder has answered for it
};

/// A system track: everything that the tracker believes of one target.
struct Track {
  explicit Track(const filter::TangentPlane& at) : plane(at) {}

  TrackId id;
  std::uint16_t number = 0;  ///< recyclable; 0 until confirmed
  TrackPhase phase = TrackPhase::tentative;

  MotionSettings motion;  ///< how it moves: in the air or on the surface
  filter::TangentPlane plane;
  units::UtcTime time;  ///< moment of `horizontal`
  filter::HorizontalState horizontal;
  filter::VerticalState pressure_altitude;
  filter::VerticalState geometric_height;
  /// Common to all reports that were placed with an assumed height; not reduced by averaging, hence kept apart.
  geo::HorizontalCovariance assumed_height_covariance;

  double existence = 0.0;
  double transponder_works = 0.0;  ///< probability, given existence; 0 before a transponder has answered
  units::UtcTime initiated;
  units::UtcTime last_update;  ///< applicability of the last report used
  std::uint32_t reports = 0;
  base::InlineVector<SensorContribution, kMaxSensorContributions> contributions;  ///< in sensor order

  std::optional<units::UtcTime> shadow_since;  ///< since then it has moved as one with an older track

  TrackIdentity identity;
  std::uint8_t emergency = 0;  ///< last reported ADS-B emergency state
  bool special_position_identification = false;
  bool on_ground = false;
  bool simulated = false;
};

/// A track's state at one moment, in terms that don't need the track's plane.
struct TrackEstimate {
  geo::Geodetic position;  ///< geometric height if known, else the pressure altitude stands in, else 0
  bool height_is_geometric = false;
  geo::HorizontalCovariance position_covariance;  ///< m2, along east and north at `position`
  units::Speed velocity_east;
  units::Speed velocity_north;
  geo::HorizontalCovariance velocity_covariance_m2s2;
  std::optional<units::PressureAltitude> pressure_altitude;
  std::optional<units::Speed> vertical_rate;
  std::array<double, filter::kModelCount> model_probability{};
};

/// `track` extrapolated (or taken back) to `time`, with the covariance grown accordingly.
TrackEstimate estimate_at(const Track& track, units::UtcTime time);

}  // namespace marsad::tracking
