#pragma once

#include <Eigen/Core>

#include "marsad/geo/geodetic.hpp"
#include "marsad/geo/local_frame.hpp"
#include "marsad/units/length.hpp"

namespace marsad::tracking::filter {

/// The plane in which one track's horizontal motion is computed: it touches the ellipsoid's parallel surface at the
/// anchor, x is east and y is north there, in metres. Points are projected along their own vertical, so that the plane
/// coordinates of a target don't depend on its height.
///
/// The track is re-anchored before it is farther than `kReach` from the anchor. Within that reach distances along the
/// plane are true at the anchor's height to 1e-6 of themselves, and two reports of one target at heights 10 km apart
/// fall on points less than 0.2 m apart.
class TangentPlane {
 public:
  static constexpr units::Length kReach = units::Length::kilometres(12.0);

  explicit TangentPlane(const geo::Geodetic& anchor) : frame_(anchor) {}

  [[nodiscard]] const geo::Geodetic& anchor() const noexcept { return frame_.origin(); }

  /// Plane coordinates (m) of a point at any height.
  [[nodiscard]] Eigen::Vector2d project(const geo::EcefPosition& point) const;

  /// Latitude and longitude of plane coordinates (m), at the height given.
  [[nodiscard]] geo::Geodetic locate(const Eigen::Vector2d& plane, units::Length height) const;

  /// Turns vectors along local east and north at `plane` into the axes of the plane (meridian convergence, first order;
  /// the remaining error within `kReach` is below 1e-5 rad up to 80 degrees of latitude).
  [[nodiscard]] Eigen::Matrix2d axes_from_local(const Eigen::Vector2d& plane) const;

  /// Turns vectors of this plane into the axes of `other`.
  [[nodiscard]] Eigen::Matrix2d axes_to(const TangentPlane& other) const;

 private:
  geo::LocalFrame frame_;
};

}  // namespace marsad::tracking::filter
