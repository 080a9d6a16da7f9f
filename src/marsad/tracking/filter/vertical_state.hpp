#pragma once

#include <Eigen/Core>
#include <cstdint>

#include "marsad/units/time.hpp"

namespace marsad::tracking::filter {

/// What is believed of one vertical reference (pressure altitude or geometric height; a track keeps one of each and
/// never mixes them): height in metres on that reference and its rate in metres per second, up positive.
struct VerticalState {
  bool known = false;
  units::UtcTime time;
  Eigen::Vector2d mean = Eigen::Vector2d::Zero();
  Eigen::Matrix2d covariance = Eigen::Matrix2d::Identity();
  std::uint8_t refused = 0;  ///< reports in a row that didn't fit; at the third the state starts afresh
};

}  // namespace marsad::tracking::filter
