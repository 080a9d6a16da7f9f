#include "marsad/tracking/filter/tangent_plane.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace marsad::tracking::filter {
namespace {

using units::Angle;
using units::Length;

geo::Geodetic at(double latitude, double longitude, double height) {
  return {Angle::degrees(latitude), Angle::degrees(longitude), Length::metres(height)};
}

TEST(TangentPlane, ReturnsEveryPointOfItsReachToWithinADecimetre) {
  for (const double latitude : {-75.0, -33.0, 0.0, 33.3, 70.0}) {
    const TangentPlane plane(at(latitude, 179.99, 9'000.0));
    for (const Eigen::Vector2d& p : {Eigen::Vector2d(0, 0), Eigen::Vector2d(12e3, 0), Eigen::Vector2d(-8e3, 9e3)}) {
      const geo::Geodetic point = plane.locate(p, Length::metres(9'000.0));
      EXPECT_LT((plane.project(geo::to_ecef(point)) - p).norm(), 0.1) << latitude;
    }
  }
}

TEST(TangentPlane, PutsReportsOfAnyHeightOnOnePoint) {
  const TangentPlane plane(at(45.0, 10.0, 5'000.0));
  geo::Geodetic low = at(45.09, 10.05, 0.0);
  geo::Geodetic high = low;
  high.height = Length::metres(10'000.0);
  EXPECT_LT((plane.project(geo::to_ecef(low)) - plane.project(geo::to_ecef(high))).norm(), 0.2);
}

TEST(TangentPlane, MeasuresDistancesTrueAtTheAnchorsHeight) {
  const TangentPlane plane(at(45.0, 10.0, 10'000.0));
  const geo::LocalFrame there(at(45.0, 10.0, 10'000.0));
  const geo::Geodetic point = there.to_geodetic(geo::EnuPosition({6'000.0, 8'000.0, 0.0}));
  EXPECT_NEAR(plane.project(geo::to_ecef(point)).norm(), 10'000.0, 0.1);
}

TEST(TangentPlane, TurnsLocalNorthAsTheMeridiansConverge) {
  const TangentPlane plane(at(60.0, 20.0, 0.0));
  const Eigen::Vector2d p(10'000.0, 0.0);
  const geo::Geodetic here = plane.locate(p, Length());
  geo::Geodetic north = here;
  north.latitude = north.latitude + Angle::degrees(0.01);
  const Eigen::Vector2d way = (plane.project(geo::to_ecef(north)) - p).normalized();
  const Eigen::Vector2d turned = plane.axes_from_local(p) * Eigen::Vector2d(0.0, 1.0);
  EXPECT_LT((way - turned).norm(), 2e-5);
}

TEST(TangentPlane, CarriesVectorsIntoANeighbouringPlane) {
  const TangentPlane a(at(60.0, 20.0, 0.0));
  const TangentPlane b(a.locate({9'000.0, 3'000.0}, Length()));
  const geo::Geodetic p = a.locate({9'000.0, 3'000.0}, Length());
  const geo::Geodetic q = a.locate({9'100.0, 3'050.0}, Length());
  const Eigen::Vector2d in_b = b.project(geo::to_ecef(q)) - b.project(geo::to_ecef(p));
  EXPECT_LT((a.axes_to(b) * Eigen::Vector2d(100.0, 50.0) - in_b).norm(), 0.01);
}

}  // namespace
}  // namespace marsad::tracking::filter
