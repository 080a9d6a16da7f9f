#include "marsad/tracking/lifecycle/address_index.hpp"

#include <algorithm>

namespace marsad::tracking::lifecycle {

void AddressIndex::build(std::span<const Track> tracks) {
  entries_.clear();
  for (std::size_t i = 0; i < tracks.size(); ++i)
    if (tracks[i].identity.address && tracks[i].phase != TrackPhase::terminated)
      entries_.push_back({*tracks[i].identity.address, static_cast<std::uint32_t>(i)});
  std::ranges::sort(entries_);
}

void AddressIndex::insert(observation::ModeSAddress address, std::uint32_t track) {
  const Entry entry{address, track};
  const auto at = std::ranges::lower_bound(entries_, entry);
  if (at == entries_.end() || *at != entry) entries_.insert(at, entry);
}

std::span<const AddressIndex::Entry> AddressIndex::of(observation::ModeSAddress address) const {
  const auto range = std::ranges::equal_range(entries_, address, {}, &Entry::address);
  return {range.begin(), range.end()};
}

}  // namespace marsad::tracking::lifecycle
