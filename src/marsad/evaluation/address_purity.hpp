#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>

#include "marsad/observation/identity.hpp"
#include "marsad/tracking/track_id.hpp"
#include "marsad/units/time.hpp"

namespace marsad::evaluation {

/// Whether one aircraft is one track, judged on recordings without truth by the Mode S addresses of the reports that
/// the tracker gave to each track. An address is not proof (transponders lie and receivers err), but over thousands of
/// reports it tells swaps, splits and duplicates apart.
class AddressPurity {
 public:
  struct Summary {
    std::size_t confirmed_tracks = 0;        ///< tracks that were ever confirmed
    std::size_t confirmed_with_address = 0;  ///< of those, the ones that used a report with an address
    std::size_t addresses = 0;               ///< distinct addresses in all reports that entered
    std::size_t tracked_addresses = 0;       ///< of those, the ones that a confirmed track used
    std::size_t mixed_tracks = 0;            ///< confirmed tracks that used reports of more than one address
    std::size_t divided_addresses = 0;       ///< addresses with more than one confirmed track at a time
    std::size_t succeeded_addresses = 0;     ///< addresses with several confirmed tracks, one after another
  };

  /// A report with an address entered, whether or not any track used it.
  void saw(observation::ModeSAddress address) { seen_.insert(address); }

  /// `track` used a report of `address` that was true at `time`.
  void used(tracking::TrackId track, observation::ModeSAddress address, units::UtcTime time);

  /// `track` has been confirmed (repeating it does no harm).
  void confirmed(tracking::TrackId track) { confirmed_.insert(track); }

  /// Two tracks share an address "at a time" if the spans from the first to the last use of it overlap: an old track
  /// that is still coasting while its successor starts is not two at a time.
  [[nodiscard]] Summary summarise() const;

 private:
  struct Span {
    units::UtcTime first;
    units::UtcTime last;
  };

  std::set<observation::ModeSAddress> seen_;
  std::set<tracking::TrackId> confirmed_;
  std::map<observation::ModeSAddress, std::map<tracking::TrackId, Span>> uses_;
};

}  // namespace marsad::evaluation
