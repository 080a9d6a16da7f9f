#pragma once

#include <Eigen/Core>

#include "marsad/geo/frames.hpp"
#include "marsad/geo/geodetic.hpp"

namespace marsad::geo {

/// WGS-84 geodetic to ECEF. Exact to the rounding of a double (below 10 nm near the surface).
EcefPosition to_ecef(const Geodetic& position);

/// ECEF to WGS-84 geodetic; error below 1 micrometre for heights from -10 km to 1,000 km (Vermeille 2002 as implemented
/// in GeographicLib::Geocentric, or our own equivalent). The pole has longitude 0.
Geodetic to_geodetic(const EcefPosition& position);

/// East, north and up at an origin: a rotation and a shift away from ECEF.
class LocalFrame {
 public:
  explicit LocalFrame(const Geodetic& origin);

  [[nodiscard]] const Geodetic& origin() const noexcept { return origin_; }

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
