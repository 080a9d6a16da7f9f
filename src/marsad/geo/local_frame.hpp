#pragma once

#include <Eigen/Core>

#include "marsad/geo/frames.hpp"
#include "marsad/geo/geodetic.hpp"

namespace marsad::geo {

/// WGS-84 geodetic to ECEF. Exact to the rounding of a double (below 10 nm near the surface). Latitudes and longitudes
/// outside their ranges are taken as angles; NaN gives NaN.
EcefPosition to_ecef(const Geodetic& position);

/// Where the normal of the ellipsoid through a point stands: its direction and the point's height along it. What
/// `to_geodetic` finds before it pays for two arc tangents; the hot path works on this.
struct SurfaceNormal {
  double sin_latitude = 0.0;
  double cos_latitude = 1.0;
  double sin_longitude = 0.0;
  double cos_longitude = 1.0;
  units::Length height;

  [[nodiscard]] Eigen::Vector3d east_ecef() const { return {-sin_longitude, cos_longitude, 0.0}; }
  [[nodiscard]] Eigen::Vector3d north_ecef() const {
    return {-sin_latitude * cos_longitude, -sin_latitude * sin_longitude, cos_latitude};
  }
  [[nodiscard]] Eigen::Vector3d up_ecef() const {
    return {cos_latitude * cos_longitude, cos_latitude * sin_longitude, sin_latitude};
  }
};

/// The normal through `position`. Two rounds of Bowring's formula (Survey Review 23, 1976, doi
/// 10.1179/sre.1976.23.181.323; first guess with height 1985) in terms of sines and cosines: no case of its own at the
/// poles, where the longitude is 0 if the point lies on the axis. Error against GeographicLib::Geocentric below 10 nm
/// for heights from -10 km to 1,000 km, below 1 micrometre to 40,000 km (tested). Within 100 km of the earth's centre
/// the result is finite and meaningless. NaN or infinite coordinates give NaN.
SurfaceNormal surface_normal(const EcefPosition& position);

/// ECEF to WGS-84 geodetic, with the errors and cases of `surface_normal`. Longitude in [-180, 180] degrees; on the
/// axis it is 0.
Geodetic to_geodetic(const EcefPosition& position);
Geodetic to_geodetic(const SurfaceNormal& normal);

/// East, north and up at an origin: a rotation and a shift away from ECEF. At a pole, north is away from the viewer who
/// stands on the meridian of the origin's longitude. Round trips through any of the conversions stay below 1
/// micrometre.
class LocalFrame {
 public:
  explicit LocalFrame(const Geodetic& origin);

  [[nodiscard]] const Geodetic& origin() const noexcept { return origin_; }
  [[nodiscard]] const EcefPosition& origin_ecef() const noexcept { return origin_ecef_; }

  [[nodiscard]] EnuPosition to_enu(const EcefPosition& position) const;
  [[nodiscard]] EnuPosition to_enu(const Geodetic& position) const;
  [[nodiscard]] EcefPosition to_ecef(const EnuPosition& position) const;
  [[nodiscard]] Geodetic to_geodetic(const EnuPosition& position) const;

  /// Rows are the unit vectors east, north and up in ECEF: v_enu = rotation * v_ecef.
  [[nodiscard]] const Eigen::Matrix3d& rotation_enu_ecef() const noexcept { return rotation_; }

 private:
  Geodetic origin_;
  EcefPosition origin_ecef_;
  Eigen::Matrix3d rotation_;
};

}  // namespace marsad::geo
