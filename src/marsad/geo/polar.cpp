#include "marsad/geo/polar.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "marsad/geo/ellipsoid.hpp"

namespace marsad::geo {

using units::Angle;
using units::Length;

namespace {

constexpr int kMostSteps = 8;  // three are usual
constexpr double kHeightToleranceM = 1e-8;

/// A direction from the site, and the two perpendicular to it, in ECEF.
struct Sight {
  double slant_range_m;
  Eigen::Vector3d horizontal;  // unit, along the azimuth in the site's horizontal plane
  Eigen::Vector3d across;      // unit, 90 degrees clockwise from it
  Eigen::Vector3d up;          // unit, the site's vertical
};

/// The meeting point of range, azimuth and height.
struct Meeting {
  SurfaceNormal normal;
  double sin_elevation;
  double cos_elevation;
  double shortfall_m;  // by how much the slant range is too short for the height; 0 when they meet
};

Sight sight_along(const LocalFrame& site, const PolarMeasurement& measured) {
  const Eigen::Matrix3d& rotation = site.rotation_enu_ecef();
  const double s = sin(measured.azimuth);
  const double c = cos(measured.azimuth);
  return {.slant_range_m = measured.slant_range.metres(),
          .horizontal = rotation.row(0).transpose() * s + rotation.row(1).transpose() * c,
          .across = rotation.row(0).transpose() * c - rotation.row(1).transpose() * s,
          .up = rotation.row(2).transpose()};
}

/// Finds the height `rise_m` of the point above the site's horizontal plane at which its height above the ellipsoid is
/// the wanted one. On the sphere of radius R that fits the ellipsoid at the site along the azimuth
/// (R + h)^2 = (R + h_site)^2 + 2 (R + h_site) rise + r^2, which gives the first value and the slope of the others.
Meeting meet(const LocalFrame& site, const Sight& sight, Angle azimuth, double height_m) {
  const double r = sight.slant_range_m;
  const Eigen::Vector3d& site_ecef_m = site.origin_ecef().metres();
  const double site_height_m = site.origin().height.metres();
  const double excess_m = std::abs(height_m - site_height_m) - r;
  const double radius_m = curvature_radius(sight.up.z(), azimuth).metres();
  const double to_site_m = radius_m + site_height_m;
  const double to_target_m = radius_m + height_m;
  double rise_m = ((height_m - site_height_m) * (to_target_m + to_site_m) - r * r) / (2.0 * to_site_m);
  if (excess_m >= 0.0) rise_m = std::copysign(r, height_m - site_height_m);
  Meeting found{};
  found.shortfall_m = std::max(excess_m, 0.0);
  for (int step = 0; step < kMostSteps; ++step) {
    rise_m = std::clamp(rise_m, -r, r);
    const double ground_m = std::sqrt((r - rise_m) * (r + rise_m));
    found.normal = surface_normal(EcefPosition(site_ecef_m + ground_m * sight.horizontal + rise_m * sight.up));
    found.sin_elevation = r > 0.0 ? rise_m / r : 0.0;
    found.cos_elevation = r > 0.0 ? ground_m / r : 1.0;
    const double missing_m = height_m - found.normal.height.metres();
    if (excess_m >= 0.0 || std::abs(missing_m) < kHeightToleranceM) break;
    rise_m += missing_m * to_target_m / to_site_m;
  }
  found.normal.height = Length::metres(height_m);
  return found;
}

/// First-order propagation at the meeting point. With t along the line of sight, s upwards across it, c across it to
/// the right and n the ellipsoid's normal at the target, the displacements that keep the other two constraints are
/// dp/dr = t - s (n.t)/(n.s), dp/dh = s/(n.s), dp/daz = r cos(e) (c - s (n.c)/(n.s)).
HorizontalCovariance propagate(const Sight& sight, const Meeting& at, const PolarMeasurement& measured,
                               Length sigma_height) {
  const double r = sight.slant_range_m;
  const Eigen::Vector3d t = at.cos_elevation * sight.horizontal + at.sin_elevation * sight.up;
  const Eigen::Vector3d s = at.cos_elevation * sight.up - at.sin_elevation * sight.horizontal;
  const Eigen::Vector3d n = at.normal.up_ecef();
  const Eigen::Matrix<double, 3, 2> east_north =
      (Eigen::Matrix<double, 3, 2>() << at.normal.east_ecef(), at.normal.north_ecef()).finished();
  const auto horizontal = [&east_north](const Eigen::Vector3d& v) {
    return Eigen::Vector2d(east_north.transpose() * v);
  };

  const double var_range = measured.sigma_range.metres() * measured.sigma_range.metres();
  // A shortfall says that range or height is wrong by at least so much, whatever their standard deviations claim.
  const double var_height = sigma_height.metres() * sigma_height.metres() + at.shortfall_m * at.shortfall_m;
  const double n_t = n.dot(t);
  const double n_s = n.dot(s);
  const double along_var = var_range + var_height * n_t * n_t;
  // The squared ground range has the variance 4 r^2 along_var, and the ground range can't exceed the slant range.
  const double ground_var_limit = std::min(2.0 * r * std::sqrt(along_var), r * r + along_var);
  // The smallest slope |n.s| at which first order stays within that limit.
  const double least_slope = ground_var_limit > 0.0 ? std::sqrt(along_var / ground_var_limit) : 0.0;
  const double slope = std::max({std::abs(n_s), std::min(least_slope, 1.0), 1e-9});

  const Eigen::Vector2d by_range = horizontal(t * n_s - s * n_t) / slope;
  const Eigen::Vector2d by_height = horizontal(s) / slope;
  const double across_m = std::hypot(r * at.cos_elevation, std::sqrt(by_range.squaredNorm() * along_var));
  const Eigen::Vector2d by_azimuth = across_m * horizontal(sight.across - s * (n.dot(sight.across) / slope));
  const double var_azimuth = measured.sigma_azimuth.radians() * measured.sigma_azimuth.radians();
  const Eigen::Matrix2d covariance = var_range * by_range * by_range.transpose() +
                                     var_height * by_height * by_height.transpose() +
                                     var_azimuth * by_azimuth * by_azimuth.transpose();
  return {.east_east_m2 = covariance(0, 0), .east_north_m2 = covariance(0, 1), .north_north_m2 = covariance(1, 1)};
}

bool is_usable(const PolarMeasurement& measured, const HeightKnowledge& height) {
  return measured.slant_range >= Length() && measured.slant_range <= kLongestSlantRange &&
         is_finite(measured.azimuth) && is_finite(measured.sigma_range) && is_finite(measured.sigma_azimuth) &&
         is_finite(height.height) && is_finite(height.sigma);
}

LocatedMeasurement nowhere(bool height_assumed) {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  return {.position = {Angle::radians(kNan), Angle::radians(kNan), Length::metres(kNan)},
          .covariance = {.east_east_m2 = kNan, .east_north_m2 = kNan, .north_north_m2 = kNan},
          .height_assumed = height_assumed};
}

}  // namespace

LocatedMeasurement locate(const LocalFrame& site, const PolarMeasurement& measured,
                          const std::optional<HeightKnowledge>& height) {
  const HeightKnowledge known = height.value_or(kUnknownHeight);
  if (!is_usable(measured, known)) return nowhere(!height.has_value());
  const Sight sight = sight_along(site, measured);
  const Meeting at = meet(site, sight, measured.azimuth, known.height.metres());
  return {.position = to_geodetic(at.normal),
          .covariance = propagate(sight, at, measured, known.sigma),
          .height_assumed = !height.has_value()};
}

PolarPosition polar_of(const LocalFrame& site, const Geodetic& target) {
  const Eigen::Vector3d p = site.to_enu(target).metres();
  const double ground_m = std::sqrt(p.x() * p.x() + p.y() * p.y());
  return {.slant_range = Length::metres(p.norm()),
          .azimuth = Angle::radians(std::atan2(p.x(), p.y())).normalised(),
          .elevation = Angle::radians(std::atan2(p.z(), ground_m))};
}

}  // namespace marsad::geo
