#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "marsad/observation/identity.hpp"
#include "marsad/tracking/track.hpp"

namespace marsad::tracking::lifecycle {

/// Which tracks have a Mode S address: (address, index of the track), sorted. Built once a step; the few addresses that
/// become known within a step are inserted.
class AddressIndex {
 public:
  struct Entry {
    observation::ModeSAddress address;
    std::uint32_t track = 0;
    friend auto operator<=>(const Entry&, const Entry&) = default;
  };

  void build(std::span<const Track> tracks);
  void insert(observation::ModeSAddress address, std::uint32_t track);

  /// In the order of the tracks.
  [[nodiscard]] std::span<const Entry> of(observation::ModeSAddress address) const;

  /// Everything, by address and then by track.
  [[nodiscard]] std::span<const Entry> all() const noexcept { return entries_; }

 private:
  std::vector<Entry> entries_;
};

}  // namespace marsad::tracking::lifecycle
