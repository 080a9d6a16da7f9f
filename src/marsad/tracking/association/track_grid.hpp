#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "marsad/geo/frames.hpp"
#include "marsad/geo/geodetic.hpp"
#include "marsad/units/length.hpp"

namespace marsad::tracking::association {

/// Where a track may be seen during a step.
struct TrackSpot {
  geo::Geodetic position;
  double reach_m = 0.0;  ///< around it, from the track's own uncertainty and motion
};

/// Finds the tracks near a report without looking at all of them: cells of about 0.1 degrees on the globe, by bands of
/// latitude. Tracks that may be anywhere within a large circle are kept in a list of their own that every search walks.
/// Heights play no part. The indices are those with which the tracks were given.
class TrackGrid {
 public:
  /// Forgets all and takes `spots`, indexed from 0.
  void build(std::span<const TrackSpot> spots);

  /// Adds one more, with the index after the last; searched like a track of large reach.
  void add(const TrackSpot& spot);

  /// Appends to `found`, ascending and once each, the tracks whose circle touches that of radius `reach_m` around
  /// `point` (distances on a sphere, generous by 1 percent and 500 m; nothing nearer is left out).
  void search(const geo::Geodetic& position, double reach_m, std::vector<std::uint32_t>& found) const;

 private:
  struct Entry {
    std::uint64_t cell;
    std::uint32_t track;
    friend auto operator<=>(const Entry&, const Entry&) = default;
  };

  [[nodiscard]] bool touches(const Eigen::Vector3d& direction, double reach_m, std::uint32_t track) const;
  void search_cells(const geo::Geodetic& position, const Eigen::Vector3d& direction, double reach_m,
                    std::vector<std::uint32_t>& found) const;

  std::vector<Eigen::Vector3d> directions_;  // unit vectors from the centre of a sphere
  std::vector<double> reach_m_;
  std::vector<Entry> entries_;       // sorted
  std::vector<std::uint32_t> wide_;  // of large reach, ascending
};

}  // namespace marsad::tracking::association
