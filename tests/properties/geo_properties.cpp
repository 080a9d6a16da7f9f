// links: geo
// Laws of the frames and of locating, over the whole globe. Printed seeds repeat a failure.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cmath>
#include <string>

#include "marsad/geo/geodesic.hpp"
#include "marsad/geo/local_frame.hpp"
#include "marsad/geo/polar.hpp"

namespace marsad::geo {
namespace {

using units::Angle;
using units::Length;

/// A number of [low, high] in steps of a billionth of the width, ends included: RapidCheck shrinks integers well.
rc::Gen<double> between(double low, double high) {
  constexpr int kSteps = 1'000'000'000;
  return rc::gen::map(rc::gen::inRange(0, kSteps + 1),
                      [low, high](int step) { return low + (high - low) * (static_cast<double>(step) / kSteps); });
}

Geodetic any_place(double low_m, double high_m) {
  return {Angle::degrees(*between(-90.0, 90.0)), Angle::degrees(*between(-180.0, 180.0)),
          Length::metres(*between(low_m, high_m))};
}

double distance_m(const Geodetic& a, const Geodetic& b) { return (to_ecef(a) - to_ecef(b)).metres().norm(); }

void expect_property(const std::string& law, const auto& property) {
  const auto outcome = rc::detail::checkTestable(property, rc::detail::TestMetadata{law, law});
  if (!outcome.template is<rc::detail::SuccessResult>()) {
    std::ostringstream text;
    rc::detail::printResultMessage(outcome, text);
    ADD_FAILURE() << text.str();
  }
}

TEST(GeoProperties, geodetic_to_ecef_and_back_moves_a_point_by_less_than_a_millimetre) {
  expect_property("geodetic-ecef", [] {
    const Geodetic place = any_place(-10e3, 1e6);
    RC_ASSERT(distance_m(to_geodetic(to_ecef(place)), place) < 1e-6);
  });
}

TEST(GeoProperties, a_local_frame_and_back_moves_a_point_by_less_than_a_millimetre) {
  expect_property("enu", [] {
    const LocalFrame frame(any_place(-400.0, 9e3));
    const Geodetic place = any_place(-10e3, 100e3);
    RC_ASSERT(distance_m(frame.to_geodetic(frame.to_enu(place)), place) < 1e-6);
  });
}

TEST(GeoProperties, a_local_frame_keeps_distances) {
  expect_property("enu-distance", [] {
    const LocalFrame frame(any_place(-400.0, 9e3));
    const Geodetic a = any_place(-10e3, 100e3);
    const Geodetic b = any_place(-10e3, 100e3);
    const double there_m = (frame.to_enu(a) - frame.to_enu(b)).metres().norm();
    RC_ASSERT(std::abs(there_m - distance_m(a, b)) < 1e-6);
  });
}

TEST(GeoProperties, polar_and_back_moves_a_point_in_radar_range_by_less_than_a_millimetre) {
  expect_property("polar", [] {
    const Geodetic origin = any_place(-400.0, 9e3);
    const LocalFrame site(origin);
    Geodetic target = destination(origin, Angle::degrees(*between(0.0, 360.0)), Length::metres(*between(1e3, 470e3)));
    target.height = Length::metres(*between(-400.0, 20e3));
    const PolarPosition seen = polar_of(site, target);
    RC_PRE(abs(seen.elevation) < Angle::degrees(85.0));
    const LocatedMeasurement found =
        locate(site, {seen.slant_range, seen.azimuth, Length::metres(30), Angle::degrees(0.1)},
               HeightKnowledge{target.height, Length::metres(10.0)});
    RC_ASSERT(distance_m(found.position, target) < 1e-3);
  });
}

TEST(GeoProperties, a_located_covariance_is_positive_definite_whatever_is_measured) {
  expect_property("covariance", [] {
    const LocalFrame site(any_place(-400.0, 9e3));
    const LocatedMeasurement found =
        locate(site,
               {Length::metres(*between(0.0, 500e3)), Angle::degrees(*between(0.0, 360.0)),
                Length::metres(*between(1.0, 1e3)), Angle::degrees(*between(0.01, 5.0))},
               HeightKnowledge{Length::metres(*between(-1e3, 30e3)), Length::metres(*between(0.0, 5e3))});
    const HorizontalCovariance& c = found.covariance;
    RC_ASSERT(is_valid(found.position));
    RC_ASSERT(c.east_east_m2 > 0.0);
    RC_ASSERT(c.east_east_m2 * c.north_north_m2 > c.east_north_m2 * c.east_north_m2);
  });
}

}  // namespace
}  // namespace marsad::geo
