#pragma once

#include <compare>
#include <cstddef>
#include <functional>

namespace marsad::base {

/// An identifier that can't be mistaken for another kind of identifier, nor take part in arithmetic.
template <class Tag, class Rep>
class Tagged {
 public:
  using rep = Rep;

  constexpr Tagged() = default;
  constexpr explicit Tagged(Rep value) noexcept : value_(value) {}

  [[nodiscard]] constexpr Rep value() const noexcept { return value_; }

  friend constexpr auto operator<=>(Tagged, Tagged) = default;

 private:
  Rep value_{};
};

}  // namespace marsad::base

template <class Tag, class Rep>
struct std::hash<marsad::base::Tagged<Tag, Rep>> {
  std::size_t operator()(marsad::base::Tagged<Tag, Rep> id) const noexcept { return std::hash<Rep>{}(id.value()); }
};
