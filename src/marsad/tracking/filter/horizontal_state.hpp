#pragma once

#include <Eigen/Core>
#include <array>
#include <cstddef>

namespace marsad::tracking::filter {

/// Places of the horizontal state vector. Position in metres and velocity in metres per second along the axes of the
/// track's `TangentPlane`; turn rate in radians per second, positive to the right (clockwise seen from above).
enum Component : Eigen::Index { kEast = 0, kNorth = 1, kVelocityEast = 2, kVelocityNorth = 3, kTurnRate = 4 };

inline constexpr int kStateSize = 5;
using StateVector = Eigen::Matrix<double, kStateSize, 1>;
using StateMatrix = Eigen::Matrix<double, kStateSize, kStateSize>;

/// What one motion model believes: a mean and its covariance (symmetric, positive definite).
struct GaussianState {
  StateVector mean = StateVector::Zero();
  StateMatrix covariance = StateMatrix::Identity();
};

/// The motion models in the tracker's order.
enum class MotionModel : std::size_t { steady = 0, turn = 1, agile = 2 };
inline constexpr std::size_t kModelCount = 3;

/// The belief of the interacting multiple models about one target's horizontal motion at one moment.
struct HorizontalState {
  std::array<GaussianState, kModelCount> models;
  std::array<double, kModelCount> probability{1.0, 0.0, 0.0};  ///< sum 1
};

/// Mean and covariance of the mixture of all models (moment matching).
GaussianState combine(const HorizontalState& state);

}  // namespace marsad::tracking::filter
