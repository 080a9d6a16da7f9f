#include "marsad/output/error_ellipse.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace marsad::output {

ErrorEllipse error_ellipse(const geo::HorizontalCovariance& covariance) noexcept {
  const double ee = covariance.east_east_m2;
  const double en = covariance.east_north_m2;
  const double nn = covariance.north_north_m2;
  if (!std::isfinite(ee) || !std::isfinite(en) || !std::isfinite(nn))
    return {units::Length::metres(std::numeric_limits<double>::infinity()), units::Length(), units::Angle()};

  const double mean = 0.5 * (ee + nn);
  const double spread = std::hypot(0.5 * (nn - ee), en);
  const double major = std::sqrt(std::max(mean + spread, 0.0));
  const double minor = std::sqrt(std::max(mean - spread, 0.0));
  if (spread == 0.0) return {units::Length::metres(major), units::Length::metres(minor), units::Angle()};

  // Twice the angle from north towards east of the axis along which the variance is largest.
  double orientation = 0.5 * std::atan2(2.0 * en, nn - ee);
  if (orientation < 0.0) orientation += std::numbers::pi;
  if (orientation >= std::numbers::pi) orientation = 0.0;
  return {units::Length::metres(major), units::Length::metres(minor), units::Angle::radians(orientation)};
}

}  // namespace marsad::output
