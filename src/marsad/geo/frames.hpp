#pragma once

#include <Eigen/Core>

namespace marsad::geo {

/// Frame tags. ECEF: earth-centred earth-fixed, WGS-84, x through Greenwich, z through the north pole. ENU: east,
/// north, up at a stated origin (see `LocalFrame`).
struct Ecef;
struct Enu;

/// A difference of two positions of one frame, in metres.
template <class Frame>
class Displacement {
 public:
  Displacement() : metres_(Eigen::Vector3d::Zero()) {}
  explicit Displacement(const Eigen::Vector3d& metres) : metres_(metres) {}

  [[nodiscard]] const Eigen::Vector3d& metres() const noexcept { return metres_; }

  friend Displacement operator+(const Displacement& a, const Displacement& b) {
    return Displacement(a.metres_ + b.metres_);
  }
  friend Displacement operator-(const Displacement& a, const Displacement& b) {
    return Displacement(a.metres_ - b.metres_);
  }
  friend Displacement operator*(const Displacement& a, double k) { return Displacement(a.metres_ * k); }

 private:
  Eigen::Vector3d metres_;
};

/// A point of one frame, in metres. Points of different frames don't mix; two points have a difference but no sum.
template <class Frame>
class Position {
 public:
  Position() : metres_(Eigen::Vector3d::Zero()) {}
  explicit Position(const Eigen::Vector3d& metres) : metres_(metres) {}

  [[nodiscard]] const Eigen::Vector3d& metres() const noexcept { return metres_; }

  friend Displacement<Frame> operator-(const Position& a, const Position& b) {
    return Displacement<Frame>(a.metres_ - b.metres_);
  }
  friend Position operator+(const Position& a, const Displacement<Frame>& d) {
    return Position(a.metres_ + d.metres());
  }
  friend Position operator-(const Position& a, const Displacement<Frame>& d) {
    return Position(a.metres_ - d.metres());
  }

 private:
  Eigen::Vector3d metres_;
};

using EcefPosition = Position<Ecef>;
using EnuPosition = Position<Enu>;

}  // namespace marsad::geo
