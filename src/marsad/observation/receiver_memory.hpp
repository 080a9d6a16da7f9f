#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "marsad/observation/mode_s/aircraft_table.hpp"
#include "marsad/observation/mode_s/resolver.hpp"
#include "marsad/observation/sensor.hpp"
#include "marsad/units/time.hpp"
#include "marsad/wire/framing/datagram.hpp"

namespace marsad::observation {

/// What the translator remembers of receivers and of the aircraft that they hear. For the room only. Nothing is taken
/// from memory before the first message of a receiver.
class ReceiverMemory {
 public:
  /// The sensor that this source was found to be.
  [[nodiscard]] std::optional<SensorId> known(const wire::framing::Source& source) const noexcept;
  void learn(const wire::framing::Source& source, SensorId id);

  /// Of all Mode S receivers together, so that they help each other.
  mode_s::Resolver& resolver(const mode_s::ResolverSettings& settings);
  [[nodiscard]] const mode_s::Resolver* resolver() const noexcept { return resolver_.get(); }

  /// Aircraft as rows of SBS-1 tell of them, field by field.
  mode_s::Aircraft& row_aircraft(ModeSAddress address, units::UtcTime now);
  /// Whether a position is newer than the last one of that aircraft; remembers it then. For sources that repeat what
  /// they know, with times that are rounded anew: the same place within half a second is the same report.
  bool is_news(mode_s::SourceKind source, ModeSAddress address, const geo::Geodetic& place, units::UtcTime time,
               units::UtcTime now);

 private:
  struct Place {
    wire::framing::Source source;
    SensorId id;
  };
  /// Connections come and go, each with a port of its own: the oldest is forgotten, and found out again if it speaks.
  static constexpr std::size_t kMostPlaces = 64;

  std::vector<Place> places_;
  std::size_t next_place_ = 0;
  std::unique_ptr<mode_s::Resolver> resolver_;
  std::unique_ptr<mode_s::AircraftTable> rows_;
  std::unique_ptr<mode_s::AircraftTable> repeated_;
};

}  // namespace marsad::observation
