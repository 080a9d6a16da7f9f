#include "marsad/evaluation/address_purity.hpp"

#include <algorithm>
#include <vector>

namespace marsad::evaluation {

void AddressPurity::used(tracking::TrackId track, observation::ModeSAddress address, units::UtcTime time) {
  const auto [place, fresh] = uses_[address].try_emplace(track, Span{time, time});
  if (fresh) return;
  place->second.first = std::min(place->second.first, time);
  place->second.last = std::max(place->second.last, time);
}

AddressPurity::Summary AddressPurity::summarise() const {
  Summary summary;
  summary.confirmed_tracks = confirmed_.size();
  summary.addresses = seen_.size();
  std::map<tracking::TrackId, std::size_t> addresses_of;
  for (const auto& [address, tracks] : uses_) {
    std::vector<Span> spans;
    for (const auto& [track, span] : tracks) {
      if (!confirmed_.contains(track)) continue;
      ++addresses_of[track];
      spans.push_back(span);
    }
    if (!spans.empty()) ++summary.tracked_addresses;
    if (spans.size() < 2) continue;
    std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.first < b.first; });
    units::UtcTime latest = spans.front().last;
    bool divided = false;
    for (std::size_t i = 1; i < spans.size(); ++i) {
      divided = divided || latest > spans[i].first;
      latest = std::max(latest, spans[i].last);
    }
    ++(divided ? summary.divided_addresses : summary.succeeded_addresses);
  }
  summary.confirmed_with_address = addresses_of.size();
  for (const auto& [track, count] : addresses_of)
    if (count > 1) ++summary.mixed_tracks;
  return summary;
}

}  // namespace marsad::evaluation
