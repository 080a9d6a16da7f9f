#include "marsad/picture/compose.hpp"

#include <utility>

#include "marsad/observation/emergency.hpp"

namespace marsad::picture {
namespace {

using tracking::Track;
using tracking::TrackPhase;

TrackState state_of(TrackPhase phase) {
  switch (phase) {
    case TrackPhase::tentative:
      return TrackState::tentative;
    case TrackPhase::confirmed:
      return TrackState::confirmed;
    case TrackPhase::coasting:
      return TrackState::coasting;
    case TrackPhase::terminated:
      return TrackState::terminated;
  }
  return TrackState::terminated;
}

std::uint8_t emergency_of(const Track& track) {
  if (track.emergency != 0 || !track.identity.mode_a) return track.emergency;
  return observation::emergency_of(*track.identity.mode_a);
}

void add_identity(SystemTrack& out, const Track& track) {
  out.address = track.identity.address;
  out.mode_a = track.identity.mode_a;
  out.identification = track.identity.identification;
  out.emergency = emergency_of(track);
  out.special_position_identification = track.special_position_identification;
  out.on_ground = track.on_ground;
  out.simulated = track.simulated;
  out.primary_only = !track.identity.transponder;
}

SystemTrack system_track_of(const Track& track, units::UtcTime time) {
  const tracking::TrackEstimate estimate = tracking::estimate_at(track, time);
  SystemTrack out;
  out.id = track.id;
  out.track_number = track.number;
  out.state = state_of(track.phase);
  out.position = estimate.position;
  out.height_is_geometric = estimate.height_is_geometric;
  out.position_covariance = estimate.position_covariance;
  out.velocity_east = estimate.velocity_east;
  out.velocity_north = estimate.velocity_north;
  out.velocity_covariance_m2s2 = estimate.velocity_covariance_m2s2;
  out.pressure_altitude = estimate.pressure_altitude;
  out.vertical_rate = estimate.vertical_rate;
  out.existence_probability = track.existence;
  out.model_probability = estimate.model_probability;
  add_identity(out, track);
  out.initiated = track.initiated;
  out.last_update = track.last_update;
  for (const tracking::SensorContribution& c : track.contributions)
    static_cast<void>(out.contributions.try_push_back({.sensor = c.sensor, .last = c.last, .reports = c.reports}));
  return out;
}

static_assert(kMaxContributions == tracking::kMaxSensorContributions, "no contribution is dropped");

}  // namespace

AirPicture compose(units::UtcTime time, std::uint64_t sequence, std::span<const tracking::Track> tracks,
                   std::vector<SensorStatus> sensors, const InputCounters& input) {
  AirPicture picture;
  picture.time = time;
  picture.sequence = sequence;
  picture.sensors = std::move(sensors);
  picture.input = input;
  picture.tracks.reserve(tracks.size());
  for (const Track& track : tracks)
    if (track.reports > 1) picture.tracks.push_back(system_track_of(track, time));
  return picture;
}

}  // namespace marsad::picture
