#include "marsad/tracking/filter/tangent_plane.hpp"

#include <algorithm>
#include <cmath>

namespace marsad::tracking::filter {
namespace {

/// Mean radius of the earth, m: where the verticals of the reach meet, well enough (see the header's error bound).
constexpr double kEarthRadius = 6'371'009.0;
constexpr double kSteepestLatitude = 1.55;  // rad; beyond it east and north lose their meaning

}  // namespace

Eigen::Vector2d TangentPlane::project(const geo::EcefPosition& point) const {
  const Eigen::Vector3d enu = frame_.to_enu(point).metres();
  const double radius = kEarthRadius + frame_.origin().height.metres();
  const double scale = radius / std::max(radius + enu.z(), 1.0);
  return {enu.x() * scale, enu.y() * scale};
}

geo::Geodetic TangentPlane::locate(const Eigen::Vector2d& plane, units::Length height) const {
  geo::Geodetic point = frame_.to_geodetic(geo::EnuPosition({plane.x(), plane.y(), 0.0}));
  point.height = height;
  return point;
}

Eigen::Matrix2d TangentPlane::axes_from_local(const Eigen::Vector2d& plane) const {
  const double latitude = std::clamp(frame_.origin().latitude.radians(), -kSteepestLatitude, kSteepestLatitude);
  const double convergence = plane.x() * std::tan(latitude) / kEarthRadius;
  const double c = std::cos(convergence);
  const double s = std::sin(convergence);
  Eigen::Matrix2d turn;
  turn << c, -s, s, c;
  return turn;
}

Eigen::Matrix2d TangentPlane::axes_to(const TangentPlane& other) const {
  const Eigen::Matrix3d turn = other.frame_.rotation_enu_ecef() * frame_.rotation_enu_ecef().transpose();
  const double angle = std::atan2(turn(1, 0) - turn(0, 1), turn(0, 0) + turn(1, 1));
  const double c = std::cos(angle);
  const double s = std::sin(angle);
  Eigen::Matrix2d plane_turn;
  plane_turn << c, -s, s, c;
  return plane_turn;
}

}  // namespace marsad::tracking::filter
