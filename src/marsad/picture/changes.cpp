#include <algorithm>

#include "marsad/picture/air_picture.hpp"

namespace marsad::picture {
namespace {

bool has_news(const SystemTrack& before, const SystemTrack& after) {
  return before.last_update != after.last_update || before.contributions != after.contributions ||
         before.state != after.state || before.track_number != after.track_number || before.address != after.address ||
         before.mode_a != after.mode_a || before.identification != after.identification ||
         before.emergency != after.emergency || before.on_ground != after.on_ground ||
         before.special_position_identification != after.special_position_identification ||
         before.simulated != after.simulated || before.primary_only != after.primary_only ||
         before.initiated != after.initiated || before.height_is_geometric != after.height_is_geometric ||
         before.pressure_altitude.has_value() != after.pressure_altitude.has_value() ||
         before.vertical_rate.has_value() != after.vertical_rate.has_value();
}

}  // namespace

ChangeSet changes_between(const AirPicture* before, const AirPicture& after) {
  static const std::vector<SystemTrack> kNothing;
  const std::vector<SystemTrack>& old_tracks = before ? before->tracks : kNothing;
  ChangeSet changes;
  changes.from_sequence = before ? before->sequence : 0;
  changes.to_sequence = after.sequence;
  auto old = old_tracks.begin();
  for (std::size_t i = 0; i < after.tracks.size(); ++i) {
    const SystemTrack& track = after.tracks[i];
    for (; old != old_tracks.end() && old->id < track.id; ++old)
      if (old->state != TrackState::terminated) changes.removed.push_back(old->id);
    const bool known = old != old_tracks.end() && old->id == track.id && old->state != TrackState::terminated;
    const bool ended = track.state == TrackState::terminated;
    if (known && ended) changes.removed.push_back(track.id);
    if (!ended && (!known || has_news(*old, track))) changes.changed.push_back(i);
    if (old != old_tracks.end() && old->id == track.id) ++old;
  }
  for (; old != old_tracks.end(); ++old)
    if (old->state != TrackState::terminated) changes.removed.push_back(old->id);
  return changes;
}

}  // namespace marsad::picture
