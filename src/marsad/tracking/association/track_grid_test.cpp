#include "marsad/tracking/association/track_grid.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "marsad/base/random.hpp"
#include "marsad/geo/local_frame.hpp"

namespace marsad::tracking::association {
namespace {

using units::Angle;
using units::Length;

geo::Geodetic at(double latitude, double longitude) {
  return {Angle::degrees(latitude), Angle::degrees(longitude), Length()};
}

double chord(const geo::Geodetic& a, const geo::Geodetic& b) {
  return (geo::to_ecef(a) - geo::to_ecef(b)).metres().norm();
}

/// What a walk over all tracks would find at the least: circles that truly touch.
std::vector<std::uint32_t> by_walking(const std::vector<TrackSpot>& spots, const geo::Geodetic& p, double reach) {
  std::vector<std::uint32_t> found;
  for (std::uint32_t i = 0; i < spots.size(); ++i)
    if (chord(spots[i].position, p) <= reach + spots[i].reach_m) found.push_back(i);
  return found;
}

void expect_complete(base::Random& random, double latitude, double longitude, double spread) {
  const auto somewhere = [&] {
    return at(std::clamp(latitude + random.uniform(-spread, spread), -90.0, 90.0),
              longitude + random.uniform(-spread, spread));
  };
  std::vector<TrackSpot> spots;
  for (int i = 0; i < 200; ++i) spots.push_back({somewhere(), std::exp(random.uniform(4.0, 11.0))});
  TrackGrid grid;
  grid.build(std::span(spots).first(180));
  for (std::size_t i = 180; i < 200; ++i) grid.add(spots[i]);
  for (int i = 0; i < 100; ++i) {
    const geo::Geodetic p = somewhere();
    const double reach = std::exp(random.uniform(3.0, 10.0));
    std::vector<std::uint32_t> found;
    grid.search(p, reach, found);
    for (std::size_t k = 1; k < found.size(); ++k) ASSERT_LT(found[k - 1], found[k]) << "ascending and once each";
    for (const std::uint32_t track : by_walking(spots, p, reach))
      ASSERT_TRUE(std::ranges::binary_search(found, track)) << latitude << ' ' << longitude << ' ' << track;
  }
}

TEST(TrackGrid, FindsEveryTrackThatAWalkOverAllOfThemFinds) {
  base::Random random(4);
  for (int run = 0; run < 5; ++run) {
    expect_complete(random, 33.0, 44.0, 2.0);
    expect_complete(random, 0.0, 179.9, 1.0);
    expect_complete(random, -51.0, -180.0, 1.0);
    expect_complete(random, 89.0, 0.0, 1.5);
    expect_complete(random, -89.5, 120.0, 1.0);
  }
}

TEST(TrackGrid, LooksAtFewTracksOnly) {
  base::Random random(6);
  std::vector<TrackSpot> spots;
  for (int i = 0; i < 20'000; ++i) spots.push_back({at(random.uniform(30.0, 45.0), random.uniform(30.0, 50.0)), 500.0});
  TrackGrid grid;
  grid.build(spots);
  std::vector<std::uint32_t> found;
  grid.search(at(38.0, 40.0), 300.0, found);
  EXPECT_LT(found.size(), 20U);
}

}  // namespace
}  // namespace marsad::tracking::association
