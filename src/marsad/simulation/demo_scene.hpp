#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "marsad/geo/geodetic.hpp"
#include "marsad/simulation/truth.hpp"
#include "marsad/units/time.hpp"

namespace marsad::simulation {

/// One UDP datagram of ASTERIX data blocks as it arrives.
struct Emission {
  units::UtcTime time;            ///< of receipt: after the sensor's processing and the network
  std::uint16_t feed = 0;         ///< index into `DemoScene::feeds`
  std::vector<std::byte> octets;  ///< at most 1,400
};

/// One stream of datagrams, as a socket would receive it.
struct Feed {
  std::string name;
  std::uint16_t udp_port = 0;
};

/// The demo: the air over Baghdad and its surroundings with the real aerodromes, invented flights on plausible routes,
/// and six hypothetical radars and three hypothetical ADS-B receivers that see it and speak ASTERIX (CAT048 and CAT034
/// of a latest edition, CAT021 2.x). None of the sensors exists; their SAC is 250, which is assigned to nobody, and
/// every target report carries the mark of a simulated one.
///
/// 40 to 80 aircraft fly at any time, for as long as one likes: overflights, arrivals and departures, light aircraft;
/// one airliner that loses its transponder near Baghdad (first about four minutes after the start, then every 50
/// minutes); one low, slow intruder without a transponder that crosses the border from the mountains in the north-east
/// (first about five minutes after the start, then every 100 minutes).
///
/// Pure: all is a function of the seed and the start, and `advance` in any slices gives the same emissions as in one.
/// Sensor model: rotation and the moment at which the beam passes, detection probability falling with range, line of
/// sight over a smooth earth of 4/3 radius, white noise on slant range and azimuth (no bias), the quantisation of the
/// encoding, false primary plots, occasional garbling between close Mode A/C targets, delay per datagram. Left out:
/// terrain, reflections, weather, splits, sensor failures, loss of datagrams.
class DemoScene {
 public:
  DemoScene(std::uint64_t seed, units::UtcTime start);
  ~DemoScene();
  DemoScene(DemoScene&&) noexcept;
  DemoScene& operator=(DemoScene&&) noexcept;

  /// Everything received after the last call's `until` (at first: the start) up to and including this one's, in the
  /// order of time, feed and emission. An `until` before the last one gives nothing.
  std::vector<Emission> advance(units::UtcTime until);

  [[nodiscard]] std::span<const Feed> feeds() const noexcept;

  /// The `[[sensor]]` tables of the nine sensors for a configuration, in the order of `feeds`.
  [[nodiscard]] std::string sensors_toml() const;

  /// How long the truth is remembered.
  static constexpr units::Duration kTruthMemory = units::Duration::seconds(15.0);

  /// Every target in flight at `t`, in order of id. `t` must lie within `kTruthMemory` before the last `until`;
  /// otherwise there is nothing.
  [[nodiscard]] std::vector<TruthState> truth(units::UtcTime t) const;

  /// The border that the intruder crosses, north to south: a line of points good to some ten kilometres, drawn for the
  /// demo and of no other meaning. East of it is where the intruder comes from.
  [[nodiscard]] static std::span<const geo::Geodetic> border() noexcept;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace marsad::simulation
