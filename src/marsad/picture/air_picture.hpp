#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "marsad/base/inline_vector.hpp"
#include "marsad/base/tagged.hpp"
#include "marsad/geo/geodetic.hpp"
#include "marsad/observation/identity.hpp"
#include "marsad/observation/sensor.hpp"
#include "marsad/tracking/track_id.hpp"
#include "marsad/units/length.hpp"
#include "marsad/units/pressure_altitude.hpp"
#include "marsad/units/speed.hpp"
#include "marsad/units/time.hpp"

namespace marsad::picture {

using tracking::TrackId;

/// The lifecycle of a system track as consumers see it (I062/080 CNF, CST, TSE).
enum class TrackState : std::uint8_t { tentative, confirmed, coasting, terminated };

/// One sensor's part in a track.
struct Contribution {
  observation::SensorId sensor;
  units::UtcTime last;        ///< time of applicability of its last report used
  std::uint32_t reports = 0;  ///< number of its reports used in this track's life

  friend bool operator==(const Contribution&, const Contribution&) = default;
};

/// How many sensors one track remembers; when full, the one heard longest ago makes room.
inline constexpr std::size_t kMaxContributions = 16;

/// One system track at the picture's time. Everything extrapolated to `AirPicture::time`.
struct SystemTrack {
  TrackId id;                      ///< never used again
  std::uint16_t track_number = 0;  ///< recyclable, for I062/040
  TrackState state = TrackState::tentative;

  geo::Geodetic position;  ///< height: geometric if known, else the pressure altitude stands in (see the flag)
  bool height_is_geometric = false;
  geo::HorizontalCovariance position_covariance;
  units::Speed velocity_east;
  units::Speed velocity_north;
  geo::HorizontalCovariance velocity_covariance_m2s2;  ///< same axes, (m/s)^2
  std::optional<units::PressureAltitude> pressure_altitude;
  std::optional<units::Speed> vertical_rate;
  double existence_probability = 0.0;
  /// Probabilities of the motion models: constant velocity, manoeuvre (in the tracker's order).
  std::array<double, 3> model_probability{};

  std::optional<observation::ModeSAddress> address;
  std::optional<observation::ModeACode> mode_a;
  std::optional<observation::AircraftIdentification> identification;
  std::uint8_t emergency = 0;
  bool special_position_identification = false;
  bool on_ground = false;
  bool simulated = false;
  bool primary_only = false;  ///< no transponder has ever answered for it

  units::UtcTime initiated;
  units::UtcTime last_update;                                         ///< applicability of the last report used
  base::InlineVector<Contribution, kMaxContributions> contributions;  ///< in sensor order

  friend bool operator==(const SystemTrack&, const SystemTrack&) = default;
};

/// How a sensor is doing, counted from the log alone.
struct SensorStatus {
  observation::SensorId id;
  std::string name;
  observation::SensorKey key;
  observation::SensorKind kind = observation::SensorKind::psr;
  bool configured = false;
  bool has_site = false;
  std::optional<geo::Geodetic> site;
  units::Duration period;
  units::Length range_max;
  std::optional<units::UtcTime> last_receipt;
  std::uint64_t reports = 0;
  std::uint64_t unplaced = 0;  ///< reports that could not be placed for want of a site
  std::uint64_t implausible = 0;
  units::Duration latency;  ///< of the last report: receipt minus applicability

  friend bool operator==(const SensorStatus&, const SensorStatus&) = default;
};

/// Totals of what entered, so that nothing is lost in silence.
struct InputCounters {
  std::uint64_t datagrams = 0;
  std::uint64_t octets = 0;
  std::uint64_t records = 0;
  std::uint64_t target_reports = 0;
  std::uint64_t faults = 0;  ///< damaged or unreadable parts, skipped
  std::uint64_t skipped_octets = 0;

  friend bool operator==(const InputCounters&, const InputCounters&) = default;
};

/// The air situation picture: the consistent set of tracks at one instant. Immutable once published; the one thing that
/// every consumer reads.
struct AirPicture {
  units::UtcTime time;
  std::uint64_t sequence = 0;         ///< 1 for the first, then without gaps
  std::vector<SystemTrack> tracks;    ///< in id order; those that ended since the last picture are in it as terminated
  std::vector<SensorStatus> sensors;  ///< in id order
  InputCounters input;
};

/// What distinguishes a picture from an earlier one, for consumers that already hold that one.
struct ChangeSet {
  std::uint64_t from_sequence = 0;
  std::uint64_t to_sequence = 0;
  std::vector<std::size_t> changed;  ///< indices into the newer picture's tracks: new ones, and those with news
  std::vector<TrackId> removed;      ///< in the older picture and not in the newer, or terminated in the newer
};

/// `after` against `before` (nullptr: nothing is known, all is new). A track has news if it used a report, or changed
/// its state or identity since `before`; pure extrapolation is not news, since a consumer can extrapolate itself.
ChangeSet changes_between(const AirPicture* before, const AirPicture& after);

/// The fingerprint of everything in the picture, bit for bit (see `base::Digest`).
std::uint64_t digest_of(const AirPicture& picture);

}  // namespace marsad::picture
