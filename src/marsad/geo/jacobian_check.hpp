#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <cmath>

namespace marsad::geo {

/// The Jacobian of `function`: R^N -> R^M at `at` by central differences with one Richardson step (error of the fourth
/// order in the step): the slow obvious twin of every hand-written derivative. For tests; `steps` are the half widths
/// per argument, about 1e-3 of the scale over which the function bends.
template <int M, int N, class Function>
Eigen::Matrix<double, M, N> numerical_jacobian(Function&& function, const Eigen::Matrix<double, N, 1>& at,
                                               const Eigen::Matrix<double, N, 1>& steps) {
  Eigen::Matrix<double, M, N> jacobian;
  const auto slope = [&](int column, double step) {
    Eigen::Matrix<double, N, 1> above = at;
    Eigen::Matrix<double, N, 1> below = at;
    above(column) += step;
    below(column) -= step;
    return Eigen::Matrix<double, M, 1>((function(above) - function(below)) / (above(column) - below(column)));
  };
  for (int column = 0; column < N; ++column)
    jacobian.col(column) = (4.0 * slope(column, steps(column) / 2.0) - slope(column, steps(column))) / 3.0;
  return jacobian;
}

/// The largest difference between two Jacobians, each column measured against its own largest entry.
template <int M, int N>
double jacobian_disagreement(const Eigen::Matrix<double, M, N>& derived, const Eigen::Matrix<double, M, N>& numerical) {
  double worst = 0.0;
  for (int column = 0; column < N; ++column) {
    const double scale = numerical.col(column).cwiseAbs().maxCoeff();
    const double difference = (derived.col(column) - numerical.col(column)).cwiseAbs().maxCoeff();
    if (difference > 0.0) worst = std::max(worst, scale > 0.0 ? difference / scale : difference);
    if (std::isnan(difference)) return difference;
  }
  return worst;
}

}  // namespace marsad::geo
