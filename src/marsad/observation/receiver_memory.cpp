#include "marsad/observation/receiver_memory.hpp"

namespace marsad::observation {

using units::Duration;
using units::UtcTime;
using wire::framing::Source;

namespace {

constexpr std::size_t kAircraft = 16'384;
constexpr Duration kMemory = Duration::seconds(1'800.0);

/// The table, made on first use, with those forgotten who were not heard for long.
mode_s::AircraftTable& table(std::unique_ptr<mode_s::AircraftTable>& held, UtcTime now) {
  if (held == nullptr) held = std::make_unique<mode_s::AircraftTable>(kAircraft);
  static_cast<void>(held->age(now, kMemory));
  return *held;
}

}  // namespace

std::optional<SensorId> ReceiverMemory::known(const Source& source) const noexcept {
  for (const Place& place : places_)
    if (place.source == source) return place.id;
  return std::nullopt;
}

void ReceiverMemory::learn(const Source& source, SensorId id) {
  if (places_.size() < kMostPlaces) {
    places_.push_back({source, id});
    return;
  }
  places_[next_place_] = {source, id};
  next_place_ = (next_place_ + 1) % kMostPlaces;
}

mode_s::Resolver& ReceiverMemory::resolver(const mode_s::ResolverSettings& settings) {
  if (resolver_ == nullptr) resolver_ = std::make_unique<mode_s::Resolver>(settings);
  return *resolver_;
}

mode_s::Aircraft& ReceiverMemory::row_aircraft(ModeSAddress address, UtcTime now) {
  mode_s::Aircraft& aircraft = table(rows_, now).find_or_add(mode_s::SourceKind::transponder, address, now);
  aircraft.state.last_heard = now;
  ++aircraft.state.messages;
  return aircraft;
}

bool ReceiverMemory::is_news(mode_s::SourceKind source, ModeSAddress address, const geo::Geodetic& place, UtcTime time,
                             UtcTime now) {
  constexpr Duration kRounding = Duration::seconds(0.5);
  mode_s::AircraftState& state = table(repeated_, now).find_or_add(source, address, now).state;
  state.last_heard = now;
  ++state.messages;
  if (state.position.known()) {
    const Duration since = time - state.position.time();
    const bool same_place = state.position.value().place == place;
    if (since <= Duration() || (same_place && since < kRounding)) return false;
  }
  mode_s::ResolvedPosition position;
  position.place = place;
  state.position.set(position, time);
  return true;
}

}  // namespace marsad::observation
