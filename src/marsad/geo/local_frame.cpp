#include "marsad/geo/local_frame.hpp"

#include <cmath>

#include "marsad/geo/ellipsoid.hpp"

namespace marsad::geo {

using units::Angle;
using units::Length;

EcefPosition to_ecef(const Geodetic& position) {
  const double sin_latitude = sin(position.latitude);
  const double cos_latitude = cos(position.latitude);
  const double height_m = position.height.metres();
  const double prime_vertical_m = curvature_radii(sin_latitude).prime_vertical.metres();
  const double axis_distance_m = (prime_vertical_m + height_m) * cos_latitude;
  return EcefPosition(Eigen::Vector3d(axis_distance_m * cos(position.longitude),
                                      axis_distance_m * sin(position.longitude),
                                      (prime_vertical_m * (1.0 - wgs84::kEccentricity2) + height_m) * sin_latitude));
}

SurfaceNormal surface_normal(const EcefPosition& position) {
  const Eigen::Vector3d& p = position.metres();
  const double axis_distance_m = std::sqrt(p.x() * p.x() + p.y() * p.y());
  // Bowring's formula for the foot of the normal, on the sine and cosine of the reduced latitude so that the poles need
  // no case of their own. Its first guess accounts for the height; two rounds reach the rounding of a double.
  const double radius_m = std::sqrt(axis_distance_m * axis_distance_m + p.z() * p.z());
  double opposite =
      p.z() * (1.0 - wgs84::kFlattening) * (radius_m + wgs84::kSecondEccentricity2 * wgs84::kSemiMinorAxisM);
  double adjacent = axis_distance_m * radius_m;
  double sin_latitude = 1.0;
  double cos_latitude = 0.0;
  for (int round = 0; round < 2; ++round) {
    const double reduced = std::sqrt(opposite * opposite + adjacent * adjacent);
    if (reduced == 0.0) break;  // the centre of the earth: any direction is as good
    const double sin_reduced = opposite / reduced;
    const double cos_reduced = adjacent / reduced;
    const double rise =
        p.z() + wgs84::kSecondEccentricity2 * wgs84::kSemiMinorAxisM * sin_reduced * sin_reduced * sin_reduced;
    const double run =
        axis_distance_m - wgs84::kEccentricity2 * wgs84::kSemiMajorAxisM * cos_reduced * cos_reduced * cos_reduced;
    const double length = std::sqrt(rise * rise + run * run);
    if (length == 0.0) break;
    sin_latitude = rise / length;
    cos_latitude = run / length;
    opposite = (1.0 - wgs84::kFlattening) * sin_latitude;
    adjacent = cos_latitude;
  }
  // Stationary in the latitude, so that its rounding hardly enters the height.
  const double height_m = axis_distance_m * cos_latitude + p.z() * sin_latitude -
                          wgs84::kSemiMajorAxisM * std::sqrt(1.0 - wgs84::kEccentricity2 * sin_latitude * sin_latitude);
  const bool on_axis = axis_distance_m == 0.0;
  return {.sin_latitude = sin_latitude,
          .cos_latitude = cos_latitude,
          .sin_longitude = on_axis ? 0.0 : p.y() / axis_distance_m,
          .cos_longitude = on_axis ? 1.0 : p.x() / axis_distance_m,
          .height = Length::metres(height_m)};
}

Geodetic to_geodetic(const SurfaceNormal& normal) {
  return {.latitude = Angle::radians(std::atan2(normal.sin_latitude, normal.cos_latitude)),
          .longitude = Angle::radians(std::atan2(normal.sin_longitude, normal.cos_longitude)),
          .height = normal.height};
}

Geodetic to_geodetic(const EcefPosition& position) { return to_geodetic(surface_normal(position)); }

LocalFrame::LocalFrame(const Geodetic& origin) : origin_(origin), origin_ecef_(geo::to_ecef(origin)) {
  const double sin_latitude = sin(origin.latitude);
  const double cos_latitude = cos(origin.latitude);
  const double sin_longitude = sin(origin.longitude);
  const double cos_longitude = cos(origin.longitude);
  rotation_ << -sin_longitude, cos_longitude, 0.0,                                 //
      -sin_latitude * cos_longitude, -sin_latitude * sin_longitude, cos_latitude,  //
      cos_latitude * cos_longitude, cos_latitude * sin_longitude, sin_latitude;
}

EnuPosition LocalFrame::to_enu(const EcefPosition& position) const {
  return EnuPosition(rotation_ * (position - origin_ecef_).metres());
}

EnuPosition LocalFrame::to_enu(const Geodetic& position) const { return to_enu(geo::to_ecef(position)); }

EcefPosition LocalFrame::to_ecef(const EnuPosition& position) const {
  return origin_ecef_ + Displacement<Ecef>(rotation_.transpose() * position.metres());
}

Geodetic LocalFrame::to_geodetic(const EnuPosition& position) const { return geo::to_geodetic(to_ecef(position)); }

}  // namespace marsad::geo
