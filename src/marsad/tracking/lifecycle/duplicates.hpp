#pragma once

#include <cstdint>
#include <span>

#include "marsad/tracking/association/placed_report.hpp"
#include "marsad/tracking/association/track_grid.hpp"
#include "marsad/tracking/lifecycle/address_index.hpp"
#include "marsad/tracking/track.hpp"
#include "marsad/units/time.hpp"

namespace marsad::tracking::lifecycle {

/// Ends all but one of the tracks that have one Mode S address and can be one target, and marks those that can't be
/// (two aircraft with one address, or a reflection) as duplicates. The track that stays is the oldest established one.
/// A track far from the others that has not been heard with the address for `kAddressLasts`, while another has, loses
/// it: a primary return (a building where the aircraft stood) keeps it alive, but the aircraft is elsewhere.
void resolve_shared_addresses(std::span<Track> tracks, const AddressIndex& addresses, units::UtcTime now);

/// Finds tracks that have followed one target side by side: same place and motion, identities that don't contradict
/// each other, and no sensor that has reported both in one scan, for `kShadowTime`. The younger one ends, and the older
/// one takes over what it knows. `grid` holds the tracks by the same indices.
void join_shadows(std::span<Track> tracks, const association::TrackGrid& grid,
                  std::span<const association::SensorModel> sensors, units::UtcTime now);

inline constexpr units::Duration kAddressLasts = units::Duration::seconds(15.0);
inline constexpr units::Duration kShadowTime = units::Duration::seconds(12.0);

}  // namespace marsad::tracking::lifecycle
