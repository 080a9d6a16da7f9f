#pragma once

#include <cmath>
#include <compare>

namespace marsad::units {

/// What every one-dimensional linear quantity shares: sums, multiples, ratios, order. `Self` is the quantity itself; it
/// keeps its constructor private and names its own units. Points on a scale (`UtcTime`, `PressureAltitude`) are not
/// built on this: the sum of two of them means nothing.
template <class Self>
class Quantity {
 public:
  friend constexpr Self operator+(Self a, Self b) noexcept { return of(a.si_ + b.si_); }
  friend constexpr Self operator-(Self a, Self b) noexcept { return of(a.si_ - b.si_); }
  friend constexpr Self operator-(Self a) noexcept { return of(-a.si_); }
  friend constexpr Self operator*(Self a, double k) noexcept { return of(a.si_ * k); }
  friend constexpr Self operator*(double k, Self a) noexcept { return of(k * a.si_); }
  friend constexpr Self operator/(Self a, double k) noexcept { return of(a.si_ / k); }
  friend constexpr double operator/(Self a, Self b) noexcept { return a.si_ / b.si_; }
  friend constexpr auto operator<=>(Self a, Self b) noexcept { return a.si_ <=> b.si_; }
  friend constexpr bool operator==(Self a, Self b) noexcept { return a.si_ == b.si_; }
  friend Self abs(Self a) noexcept { return of(std::abs(a.si_)); }
  friend bool is_finite(Self a) noexcept { return std::isfinite(a.si_); }

  constexpr Self& operator+=(Self other) noexcept {
    si_ += other.si_;
    return static_cast<Self&>(*this);
  }
  constexpr Self& operator-=(Self other) noexcept {
    si_ -= other.si_;
    return static_cast<Self&>(*this);
  }

 protected:
  constexpr Quantity() noexcept = default;
  constexpr explicit Quantity(double si) noexcept : si_(si) {}

  double si_ = 0.0;

 private:
  /// The operators above are friends of this class only, so they build a `Self` through it.
  static constexpr Self of(double si) noexcept { return Self(si); }
};

}  // namespace marsad::units
