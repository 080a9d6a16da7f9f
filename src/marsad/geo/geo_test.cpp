#include <gtest/gtest.h>

#include <Eigen/LU>
#include <GeographicLib/Geocentric.hpp>
#include <GeographicLib/LocalCartesian.hpp>
#include <cmath>
#include <limits>
#include <numbers>

#include "marsad/base/random.hpp"
#include "marsad/geo/ellipsoid.hpp"
#include "marsad/geo/geodesic.hpp"
#include "marsad/geo/jacobian_check.hpp"
#include "marsad/geo/local_frame.hpp"
#include "marsad/geo/polar.hpp"

namespace marsad::geo {
namespace {

using units::Angle;
using units::Length;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

Geodetic place(double latitude_deg, double longitude_deg, double height_m) {
  return {Angle::degrees(latitude_deg), Angle::degrees(longitude_deg), Length::metres(height_m)};
}

/// Uniform over the sphere, the poles and the antimeridian visited on purpose now and then.
Geodetic any_place(base::Random& random, double low_m, double high_m) {
  double latitude = std::asin(random.uniform(-1.0, 1.0)) * 180.0 / std::numbers::pi;
  double longitude = random.uniform(-180.0, 180.0);
  if (random.chance(0.05)) latitude = std::copysign(90.0 - random.uniform(0.0, 1e-6), latitude);
  if (random.chance(0.05)) longitude = std::copysign(180.0 - random.uniform(0.0, 1e-6), longitude);
  return place(latitude, longitude, random.uniform(low_m, high_m));
}

double distance_m(const Geodetic& a, const Geodetic& b) { return (to_ecef(a) - to_ecef(b)).metres().norm(); }

TEST(LocalFrame, converts_to_ecef_as_geographiclib_does) {
  base::Random random(1);
  for (int i = 0; i < 20'000; ++i) {
    const Geodetic g = any_place(random, -10e3, 1e6);
    double x = 0, y = 0, z = 0;
    GeographicLib::Geocentric::WGS84().Forward(g.latitude.degrees(), g.longitude.degrees(), g.height.metres(), x, y, z);
    EXPECT_LT((to_ecef(g).metres() - Eigen::Vector3d(x, y, z)).norm(), 1e-8);
  }
}

double error_of_inverse_m(const Geodetic& g) {
  const Eigen::Vector3d p = to_ecef(g).metres();
  double latitude = 0, longitude = 0, height = 0;
  GeographicLib::Geocentric::WGS84().Reverse(p.x(), p.y(), p.z(), latitude, longitude, height);
  const Geodetic ours = to_geodetic(EcefPosition(p));
  const double radius_m = wgs84::kSemiMajorAxisM + std::abs(height);
  const double turn = std::remainder(ours.longitude.degrees() - longitude, 360.0) * std::cos(g.latitude.radians());
  return std::max({std::abs(ours.latitude.degrees() - latitude) * radius_m * std::numbers::pi / 180.0,
                   std::abs(turn) * radius_m * std::numbers::pi / 180.0, std::abs(ours.height.metres() - height)});
}

TEST(LocalFrame, converts_from_ecef_as_geographiclib_does) {
  base::Random random(2);
  double near_m = 0.0;
  double far_m = 0.0;
  for (int i = 0; i < 20'000; ++i) {
    near_m = std::max(near_m, error_of_inverse_m(any_place(random, -10e3, 1e6)));
    far_m = std::max(far_m, error_of_inverse_m(any_place(random, 1e6, 4e7)));
  }
  EXPECT_LT(near_m, 1e-8);
  EXPECT_LT(far_m, 1e-6);
  RecordProperty("near_nm", std::to_string(near_m * 1e9));
  RecordProperty("far_nm", std::to_string(far_m * 1e9));
}

TEST(LocalFrame, returns_over_all_its_frames_to_the_same_point) {
  base::Random random(3);
  for (int i = 0; i < 20'000; ++i) {
    const LocalFrame frame(any_place(random, -400.0, 9e3));
    const Geodetic g = any_place(random, -400.0, 100e3);
    EXPECT_LT(distance_m(frame.to_geodetic(frame.to_enu(g)), g), 1e-6);
    EXPECT_LT(distance_m(to_geodetic(to_ecef(g)), g), 1e-6);
  }
}

TEST(LocalFrame, is_the_local_cartesian_of_geographiclib) {
  base::Random random(4);
  for (int i = 0; i < 2'000; ++i) {
    const Geodetic origin = any_place(random, -400.0, 9e3);
    const Geodetic g = any_place(random, -400.0, 100e3);
    const GeographicLib::LocalCartesian oracle(origin.latitude.degrees(), origin.longitude.degrees(),
                                               origin.height.metres());
    double x = 0, y = 0, z = 0;
    oracle.Forward(g.latitude.degrees(), g.longitude.degrees(), g.height.metres(), x, y, z);
    EXPECT_LT((LocalFrame(origin).to_enu(g).metres() - Eigen::Vector3d(x, y, z)).norm(), 2e-8);
  }
}

TEST(LocalFrame, has_longitude_zero_on_the_axis_and_stays_finite_at_the_centre) {
  EXPECT_EQ(to_geodetic(EcefPosition({0, 0, 6'400'000})).longitude, Angle());
  EXPECT_DOUBLE_EQ(to_geodetic(EcefPosition({0, 0, 6'400'000})).latitude.degrees(), 90.0);
  EXPECT_NEAR(to_geodetic(EcefPosition({0, 0, -6'400'000})).height.metres(), 6'400'000 - wgs84::kSemiMinorAxisM, 1e-6);
  EXPECT_TRUE(is_valid(to_geodetic(EcefPosition({0, 0, 0}))));
  EXPECT_TRUE(is_valid(to_geodetic(EcefPosition({-42e3, 0, 1e-3}))));
  EXPECT_FALSE(is_valid(to_geodetic(EcefPosition({kNan, 0, 0}))));
  EXPECT_FALSE(is_valid(to_geodetic(EcefPosition({kInfinity, 0, 0}))));
}

TEST(Ellipsoid, has_the_published_radii_at_the_equator_and_the_pole) {
  EXPECT_NEAR(curvature_radii(Angle()).meridian.metres(), 6'335'439.327, 1e-3);
  EXPECT_NEAR(curvature_radii(Angle()).prime_vertical.metres(), 6'378'137.0, 1e-3);
  EXPECT_NEAR(curvature_radii(Angle::degrees(90)).meridian.metres(), 6'399'593.626, 1e-3);
  EXPECT_NEAR(curvature_radius(0.0, Angle::degrees(90)).metres(), 6'378'137.0, 1e-3);
  EXPECT_NEAR(curvature_radius(0.0, Angle()).metres(), 6'335'439.327, 1e-3);
}

TEST(Geodesic, goes_and_comes_back) {
  base::Random random(5);
  for (int i = 0; i < 2'000; ++i) {
    const Geodetic from = any_place(random, 0.0, 0.0);
    const Length distance = Length::kilometres(random.uniform(0.001, 10'000.0));
    const Angle bearing = Angle::degrees(random.uniform(0.0, 360.0));
    const GeodesicLine line = geodesic_between(from, destination(from, bearing, distance));
    EXPECT_NEAR(line.distance.metres(), distance.metres(), 1e-6);
    if (distance > Length::kilometres(1.0) && abs(from.latitude) < Angle::degrees(89.0)) {
      EXPECT_NEAR((line.initial_bearing - bearing).wrapped().degrees(), 0.0, 1e-8);
    }
  }
}

TEST(Geodesic, crosses_the_antimeridian_by_the_short_way) {
  const GeodesicLine line = geodesic_between(place(0, 179.5, 0), place(0, -179.5, 0));
  EXPECT_NEAR(line.distance.metres(), 111'319.491, 1e-2);
  EXPECT_NEAR(line.initial_bearing.degrees(), 90.0, 1e-9);
  EXPECT_NEAR(destination(place(0, 179.5, 7), Angle::degrees(90), line.distance).longitude.degrees(), -179.5, 1e-9);
  EXPECT_EQ(destination(place(0, 179.5, 7), Angle::degrees(90), line.distance).height, Length::metres(7));
}

// ---------------------------------------------------------------------------------------------------------------------

PolarMeasurement measured(double range_m, double azimuth_deg, double sigma_range_m = 30.0,
                          double sigma_azimuth_deg = 0.08) {
  return {Length::metres(range_m), Angle::degrees(azimuth_deg), Length::metres(sigma_range_m),
          Angle::degrees(sigma_azimuth_deg)};
}

HeightKnowledge height(double height_m, double sigma_m = 10.0) {
  return {Length::metres(height_m), Length::metres(sigma_m)};
}

bool is_positive_definite(const HorizontalCovariance& c) {
  return c.east_east_m2 > 0.0 && c.north_north_m2 > 0.0 &&
         c.east_east_m2 * c.north_north_m2 > c.east_north_m2 * c.east_north_m2;
}

double largest_sigma_m(const HorizontalCovariance& c) {
  const double mean = (c.east_east_m2 + c.north_north_m2) / 2.0;
  return std::sqrt(mean + std::hypot((c.east_east_m2 - c.north_north_m2) / 2.0, c.east_north_m2));
}

/// A site and a target that the site could see.
struct Pair {
  LocalFrame site;
  Geodetic target;
};

Pair any_pair(base::Random& random, double nearest_m) {
  const Geodetic site = any_place(random, -400.0, 5e3);
  Geodetic target =
      destination(site, Angle::degrees(random.uniform(0, 360)), Length::metres(random.uniform(nearest_m, 470e3)));
  target.height = Length::metres(random.uniform(-400.0, 20e3));
  return {LocalFrame(site), target};
}

TEST(Locate, finds_what_a_perfect_sensor_saw_to_a_millimetre_anywhere) {
  base::Random random(6);
  double worst_m = 0.0;
  for (int i = 0; i < 20'000; ++i) {
    const Pair pair = any_pair(random, 10.0);
    const PolarPosition seen = polar_of(pair.site, pair.target);
    const LocatedMeasurement found = locate(pair.site, measured(seen.slant_range.metres(), seen.azimuth.degrees()),
                                            height(pair.target.height.metres()));
    ASSERT_TRUE(is_valid(found.position));
    EXPECT_EQ(found.position.height, pair.target.height);
    EXPECT_NEAR(polar_of(pair.site, found.position).slant_range.metres(), seen.slant_range.metres(), 1e-3);
    // Straight up, a nanometre of rounding in the range is micrometres on the ground.
    if (abs(seen.elevation) < Angle::degrees(80.0))
      worst_m = std::max(worst_m, distance_m(found.position, pair.target));
    EXPECT_TRUE(is_positive_definite(found.covariance));
    EXPECT_FALSE(found.height_assumed);
  }
  EXPECT_LT(worst_m, 1e-3);
  RecordProperty("worst_nm", std::to_string(worst_m * 1e9));
}

/// East and north of the located point, from the point located at the unperturbed argument (range, azimuth, height).
Eigen::Matrix<double, 2, 3> jacobian_of_locate(const LocalFrame& site, const Eigen::Vector3d& at,
                                               const Eigen::Vector3d& steps) {
  const auto point = [&](const Eigen::Vector3d& x) {
    return locate(site, {Length::metres(x(0)), Angle::radians(x(1)), {}, {}}, HeightKnowledge{Length::metres(x(2)), {}})
        .position;
  };
  const LocalFrame here(point(at));
  return numerical_jacobian<2, 3>(
      [&](const Eigen::Vector3d& x) { return Eigen::Vector2d(here.to_enu(point(x)).metres().head<2>()); }, at, steps);
}

TEST(Locate, propagates_each_error_with_the_jacobian_that_finite_differences_find) {
  base::Random random(7);
  for (int i = 0; i < 2'000; ++i) {
    const Pair pair = any_pair(random, 2e3);
    const PolarPosition seen = polar_of(pair.site, pair.target);
    if (abs(seen.elevation) > Angle::degrees(70.0)) continue;
    const Eigen::Vector3d at(seen.slant_range.metres(), seen.azimuth.radians(), pair.target.height.metres());
    const Eigen::Matrix<double, 2, 3> numerical = jacobian_of_locate(pair.site, at, Eigen::Vector3d(1.0, 1e-4, 1.0));
    // One error at a time, so small that nothing but first order is left: the covariance is then j j^T sigma^2.
    const Eigen::Vector3d sigmas(1e-3, 1e-8, 1e-3);
    for (int k = 0; k < 3; ++k) {
      const LocatedMeasurement found =
          locate(pair.site,
                 {seen.slant_range, seen.azimuth, Length::metres(k == 0 ? sigmas(0) : 0.0),
                  Angle::radians(k == 1 ? sigmas(1) : 0.0)},
                 HeightKnowledge{pair.target.height, Length::metres(k == 2 ? sigmas(2) : 0.0)});
      const Eigen::Vector2d j = numerical.col(k);
      const double scale = j.squaredNorm();
      const double unit = 1.0 / (sigmas(k) * sigmas(k));
      EXPECT_NEAR(found.covariance.east_east_m2 * unit / scale, j(0) * j(0) / scale, 1e-5) << k;
      EXPECT_NEAR(found.covariance.east_north_m2 * unit / scale, j(0) * j(1) / scale, 1e-5) << k;
      EXPECT_NEAR(found.covariance.north_north_m2 * unit / scale, j(1) * j(1) / scale, 1e-5) << k;
    }
  }
}

TEST(Locate, states_a_covariance_that_repeated_noisy_measurements_confirm) {
  base::Random random(8);
  const LocalFrame site(place(33.0, 44.0, 60.0));
  for (const double ground_km : {15.0, 80.0, 300.0}) {
    Geodetic target = destination(site.origin(), Angle::degrees(57.0), Length::kilometres(ground_km));
    target.height = Length::metres(10'000.0);
    const PolarPosition seen = polar_of(site, target);
    const LocalFrame here(target);
    const LocatedMeasurement stated =
        locate(site, measured(seen.slant_range.metres(), seen.azimuth.degrees()), height(10'000.0, 60.0));
    Eigen::Matrix2d information;
    information << stated.covariance.east_east_m2, stated.covariance.east_north_m2, stated.covariance.east_north_m2,
        stated.covariance.north_north_m2;
    information = information.inverse().eval();
    double sum = 0.0;
    constexpr int kRuns = 4'000;
    for (int run = 0; run < kRuns; ++run) {
      const LocatedMeasurement noisy = locate(
          site,
          measured(seen.slant_range.metres() + 30.0 * random.normal(), seen.azimuth.degrees() + 0.08 * random.normal()),
          height(10'000.0 + 60.0 * random.normal(), 60.0));
      const Eigen::Vector2d error = here.to_enu(noisy.position).metres().head<2>();
      sum += error.dot(information * error);
    }
    EXPECT_NEAR(sum / kRuns, 2.0, 0.15) << ground_km;  // the mean of chi-square with two degrees of freedom
  }
}

TEST(Locate, uses_the_prior_and_says_so_when_no_height_is_known) {
  const LocalFrame site(place(33.0, 44.0, 60.0));
  const LocatedMeasurement far = locate(site, measured(200e3, 90.0), std::nullopt);
  EXPECT_TRUE(far.height_assumed);
  EXPECT_EQ(far.position.height, kUnknownHeight.height);
  EXPECT_TRUE(is_positive_definite(far.covariance));
  const LocatedMeasurement near = locate(site, measured(9e3, 90.0), std::nullopt);
  // Near the sensor the unknown height is a large error along the line of sight, and along it only.
  EXPECT_GT(near.covariance.east_east_m2, 1500.0 * 1500.0);
  EXPECT_LT(near.covariance.north_north_m2, 50.0 * 50.0);
  EXPECT_LT(largest_sigma_m(near.covariance), 9e3);
}

TEST(Locate, puts_a_range_too_short_for_the_height_overhead_with_a_covariance_that_says_so) {
  const LocalFrame site(place(33.0, 44.0, 1'000.0));
  const LocatedMeasurement slightly = locate(site, measured(8'990.0, 45.0), height(10'000.0));
  EXPECT_LT(distance_m(slightly.position, place(33.0, 44.0, 10'000.0)), 1e-6);
  EXPECT_GT(largest_sigma_m(slightly.covariance), 400.0);
  const LocatedMeasurement badly = locate(site, measured(5'000.0, 45.0), height(10'000.0));
  EXPECT_LT(distance_m(badly.position, place(33.0, 44.0, 10'000.0)), 1e-6);
  EXPECT_GT(largest_sigma_m(badly.covariance), 4'000.0);
  EXPECT_LT(largest_sigma_m(badly.covariance), 8'000.0);
  EXPECT_TRUE(is_positive_definite(badly.covariance));
  const LocatedMeasurement below = locate(site, measured(500.0, 45.0), height(0.0));
  EXPECT_LT(distance_m(below.position, place(33.0, 44.0, 0.0)), 1e-6);
  const LocatedMeasurement certain = locate(site, measured(5'000.0, 45.0, 0.0, 0.0), height(10'000.0, 0.0));
  EXPECT_GT(largest_sigma_m(certain.covariance), 4'000.0);
}

TEST(Locate, grows_its_covariance_smoothly_as_the_target_passes_overhead) {
  const LocalFrame site(place(33.0, 44.0, 0.0));
  double previous = 0.0;
  for (double range_m = 10'400.0; range_m > 9'700.0; range_m -= 0.25) {
    const double sigma = largest_sigma_m(locate(site, measured(range_m, 10.0), height(10'000.0, 15.0)).covariance);
    ASSERT_TRUE(std::isfinite(sigma));
    if (previous > 0.0) {
      EXPECT_NEAR(sigma / previous, 1.0, 0.02) << range_m;
    }
    previous = sigma;
  }
}

TEST(Locate, handles_a_zero_range_and_a_target_at_the_site) {
  const LocalFrame site(place(33.0, 44.0, 60.0));
  const LocatedMeasurement here = locate(site, measured(0.0, 0.0), height(60.0));
  EXPECT_LT(distance_m(here.position, site.origin()), 1e-6);
  EXPECT_TRUE(is_positive_definite(here.covariance));
  EXPECT_TRUE(is_valid(locate(site, measured(0.0, 0.0, 0.0, 0.0), height(60.0, 0.0)).position));
  EXPECT_EQ(polar_of(site, site.origin()).elevation.degrees(), 0.0);
}

TEST(Locate, works_at_the_pole_and_across_the_antimeridian) {
  const LocalFrame pole(place(90.0, 0.0, 100.0));
  const LocatedMeasurement over = locate(pole, measured(100e3, 90.0), height(5'000.0));
  EXPECT_NEAR(over.position.longitude.degrees(), 90.0, 1e-9);
  EXPECT_NEAR(polar_of(pole, over.position).slant_range.metres(), 100e3, 1e-3);
  const LocalFrame east(place(10.0, 179.9, 100.0));
  const LocatedMeasurement across = locate(east, measured(100e3, 90.0), height(5'000.0));
  EXPECT_LT(across.position.longitude.degrees(), -179.0);
  EXPECT_TRUE(is_valid(across.position));
}

TEST(Locate, gives_no_position_for_input_that_is_not_a_measurement) {
  const LocalFrame site(place(33.0, 44.0, 60.0));
  for (const double bad : {kNan, kInfinity, -kInfinity, -1.0, 5'000'001.0, 1e300})
    EXPECT_FALSE(is_valid(locate(site, measured(bad, 10.0), height(0.0)).position)) << bad;
  for (const double bad : {kNan, kInfinity}) {
    EXPECT_FALSE(is_valid(locate(site, measured(1e4, bad), height(0.0)).position));
    EXPECT_FALSE(is_valid(locate(site, measured(1e4, 1.0, bad), height(0.0)).position));
    EXPECT_FALSE(is_valid(locate(site, measured(1e4, 1.0, 1.0, bad), height(0.0)).position));
    EXPECT_FALSE(is_valid(locate(site, measured(1e4, 1.0), height(bad)).position));
    const LocatedMeasurement nowhere = locate(site, measured(1e4, 1.0), height(0.0, bad));
    EXPECT_FALSE(is_valid(nowhere.position));
    EXPECT_TRUE(std::isnan(nowhere.covariance.east_east_m2));
  }
  EXPECT_TRUE(is_valid(locate(site, measured(1e4, -725.0), height(0.0)).position));
}

TEST(Locate, stays_finite_for_every_height_and_range_that_it_accepts) {
  base::Random random(9);
  const LocalFrame site(place(-33.0, 151.0, 60.0));
  for (int i = 0; i < 20'000; ++i) {
    const double range_m = std::pow(10.0, random.uniform(-3.0, 6.69));
    const double height_m = random.uniform(-1.0, 1.0) * std::pow(10.0, random.uniform(0.0, 6.0));
    const LocatedMeasurement found = locate(site, measured(range_m, random.uniform(0, 360)), height(height_m));
    ASSERT_TRUE(is_valid(found.position)) << range_m << ' ' << height_m;
    ASSERT_TRUE(is_positive_definite(found.covariance)) << range_m << ' ' << height_m;
    if (std::abs(height_m - 60.0) < range_m) {
      EXPECT_NEAR(polar_of(site, found.position).slant_range.metres(), range_m, 1e-3) << height_m;
    }
  }
}

}  // namespace
}  // namespace marsad::geo
