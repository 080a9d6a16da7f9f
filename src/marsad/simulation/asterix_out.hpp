#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "marsad/simulation/adsb_receiver.hpp"
#include "marsad/simulation/radar.hpp"
#include "marsad/units/time.hpp"
#include "marsad/wire/asterix/builder.hpp"

namespace marsad::simulation {

/// The octets of one UDP datagram.
using Octets = std::vector<std::byte>;

/// No datagram is larger: it fits an Ethernet frame with room to spare.
inline constexpr std::size_t kLargestDatagram = 1'400;

/// Writes what a radar sees as CAT048 and what it says of itself as CAT034, in the newest editions that we know. Times
/// of day are UTC, in steps of 1/128 s.
class RadarEncoder {
 public:
  RadarEncoder(const RadarSettings& settings, units::UtcTime scene_start);

  /// The plots of a sector as CAT048, in as many datagrams as they need.
  [[nodiscard]] std::vector<Octets> plots(std::span<const Plot> plots);
  /// The crossing into sector `number` at `time` as CAT034: a sector message, and before it a north marker (with the
  /// rotation period, the state and the place of the radar) when the sector begins at north.
  [[nodiscard]] Octets crossing(int number, units::Duration time);

 private:
  void set_plot(const Plot& plot);
  void set_codes(const Plot& plot);
  void set_north_marker();

  RadarSettings settings_;
  units::UtcTime scene_start_;
  wire::asterix::RecordBuilder target_;
  wire::asterix::RecordBuilder service_;
};

/// Writes what an ADS-B receiver hears as CAT021, in the 2.x edition that a decoder takes for granted.
class AdsbEncoder {
 public:
  AdsbEncoder(const AdsbReceiverSettings& settings, units::UtcTime scene_start);

  /// The reports as CAT021, sent at `sending`, in as many datagrams as they need.
  [[nodiscard]] std::vector<Octets> reports(std::span<const AdsbReport> reports, units::Duration sending);

 private:
  void set_report(const AdsbReport& report, units::Duration sending);
  void set_quality(const AdsbReport& report);

  AdsbReceiverSettings settings_;
  units::UtcTime scene_start_;
  wire::asterix::RecordBuilder record_;
};

}  // namespace marsad::simulation
