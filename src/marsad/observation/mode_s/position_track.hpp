#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "marsad/geo/geodetic.hpp"
#include "marsad/observation/mode_s/timed.hpp"
#include "marsad/units/length.hpp"
#include "marsad/units/speed.hpp"
#include "marsad/units/time.hpp"
#include "marsad/wire/modes/cpr.hpp"

namespace marsad::observation::mode_s {

/// When a position is believed. The defaults follow RTCA DO-260B 2.2.10 (pairs) and what aircraft can fly.
struct PositionSettings {
  units::Duration airborne_pair = units::Duration::seconds(10.0);
  units::Duration surface_pair = units::Duration::seconds(50.0);
  units::Duration fast_surface_pair = units::Duration::seconds(25.0);  ///< over 25 kt
  /// How long a position serves as the reference of local decoding, and as what the next one is compared with.
  units::Duration reference_life = units::Duration::seconds(600.0);
  /// How long a position tells which quarter of the globe an aircraft on the surface is in.
  units::Duration surface_reference_life = units::Duration::seconds(6.0 * 3600.0);
  units::Speed greatest_speed = units::Speed::metres_per_second(750.0);  ///< airborne, where none is reported
  units::Speed greatest_surface_speed = units::Speed::metres_per_second(100.0);
  units::Length airborne_tolerance = units::Length::nautical_miles(1.0);  ///< on top of speed times time
  units::Length surface_tolerance = units::Length::nautical_miles(0.5);
};

/// Where a receiver stands and how far it can hear.
struct ReceiverSite {
  geo::Geodetic place;
  units::Length range;
};

/// What became of a position message.
enum class PositionVerdict : std::uint8_t {
  none,          ///< no position message
  unavailable,   ///< the message says that it has none (both numbers 0)
  out_of_order,  ///< older than the newest position message of its aircraft
  single,        ///< neither a partner nor a usable reference yet
  crossing,      ///< the pair lies on both sides of a border of zones, and no reference was usable
  beyond_range,  ///< further from the receiver than it can hear
  implausible,   ///< not to be reached from the last position in the time between: kept as a candidate
  resolved,
};
inline constexpr std::size_t kPositionVerdicts = 8;

/// A position message as the track takes it.
struct PositionMessage {
  wire::modes::cpr::Encoded encoded;
  units::UtcTime time;  ///< of receipt
  bool on_surface = false;
  std::optional<units::Speed> speed;   ///< over ground, if it is known from about now
  const ReceiverSite* site = nullptr;  ///< of the receiver that heard it, if that is known
};

/// What a position message gave.
struct PositionOutcome {
  PositionVerdict verdict = PositionVerdict::none;
  geo::Geodetic place;   ///< if resolved: of this, the newest message; height 0
  bool by_pair = false;  ///< global decoding
  bool jumped = false;   ///< resolved against the position believed so far, which had to give way
};

/// The positions of one source about one aircraft: pairs compact positions, decodes them and judges them.
///
/// A pair is an even and an odd message of the same kind (airborne or surface, with nothing of the other kind between
/// them), near enough in time; it gives the position of the newer one by global decoding. Without a pair the last
/// position is the reference of local decoding, if the aircraft cannot have flown beyond what local decoding tells
/// apart. On the surface a pair leaves eight positions: the aircraft's own last position decides, else the receiver's
/// site, else there is none.
///
/// Every position must lie within the receiver's range and be reachable from the last one. Local decoding is only as
/// good as its reference, so that only pairs may overrule: pairs that agree with each other but not with the track
/// replace it after two to four of them, the more the better the track was founded. Neither a wrong first position nor
/// a wrong later one lasts.
class PositionTrack {
 public:
  PositionOutcome take(const PositionMessage& message, const PositionSettings& settings);

 private:
  struct Half {
    wire::modes::cpr::Encoded encoded;
    units::UtcTime time;
    bool known = false;
  };
  struct Fix {
    geo::Geodetic place;
    units::UtcTime time;
    bool on_surface = false;
    bool known = false;
  };

  void remember(const PositionMessage& message);
  std::optional<PositionOutcome> from_pair(const PositionMessage& message, const PositionSettings& settings,
                                           bool& crossing);
  std::optional<PositionOutcome> from_reference(const PositionMessage& message, const PositionSettings& settings);
  PositionOutcome judge_pair(const geo::Geodetic& place, const PositionMessage& message,
                             const PositionSettings& settings);
  void accept(const geo::Geodetic& place, const PositionMessage& message);

  std::array<Half, 2> halves_;  // even, odd: of the kind heard last
  bool on_surface_ = false;
  Fix fix_;
  Fix candidate_;
  std::uint8_t candidates_ = 0;  // pairs in a row that agree with the candidate
  std::uint8_t trust_ = 0;       // pairs that agreed with the fix, up to a maximum
  units::UtcTime newest_;
  bool any_ = false;
};

/// Distance on a sphere for places near each other: within 1 % up to 1,000 km, never less than half beyond.
[[nodiscard]] units::Length rough_distance(const geo::Geodetic& a, const geo::Geodetic& b) noexcept;

}  // namespace marsad::observation::mode_s
