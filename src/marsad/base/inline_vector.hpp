#pragma once

#include <array>
#include <cstddef>

#include "marsad/base/check.hpp"

namespace marsad::base {

/// A sequence of at most `Capacity` elements that lives inside its owner and never allocates. What happens when it is
/// full is the owner's policy: `try_push_back` tells.
template <class T, std::size_t Capacity>
class InlineVector {
 public:
  using value_type = T;

  constexpr InlineVector() = default;

  [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
  [[nodiscard]] static constexpr std::size_t capacity() noexcept { return Capacity; }
  [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] constexpr bool full() const noexcept { return size_ == Capacity; }

  /// Appends, or returns false and changes nothing when full.
  [[nodiscard]] constexpr bool try_push_back(const T& element) {
    if (full()) return false;
    elements_[size_++] = element;
    return true;
  }

  /// Removes the element at `index`, keeping the order of the others.
  constexpr void erase_at(std::size_t index) {
    MARSAD_CHECK(index < size_);
    for (std::size_t i = index + 1; i < size_; ++i) elements_[i - 1] = elements_[i];
    --size_;
  }

  constexpr void clear() noexcept { size_ = 0; }

  constexpr T& operator[](std::size_t index) {
    MARSAD_CHECK(index < size_);
    return elements_[index];
  }
  constexpr const T& operator[](std::size_t index) const {
    MARSAD_CHECK(index < size_);
    return elements_[index];
  }

  constexpr T* begin() noexcept { return elements_.data(); }
  constexpr T* end() noexcept { return elements_.data() + size_; }
  constexpr const T* begin() const noexcept { return elements_.data(); }
  constexpr const T* end() const noexcept { return elements_.data() + size_; }

  friend constexpr bool operator==(const InlineVector& a, const InlineVector& b) {
    if (a.size_ != b.size_) return false;
    for (std::size_t i = 0; i < a.size_; ++i)
      if (!(a.elements_[i] == b.elements_[i])) return false;
    return true;
  }

 private:
  std::array<T, Capacity> elements_{};
  std::size_t size_ = 0;
};

}  // namespace marsad::base
