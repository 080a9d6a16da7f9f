#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#include "marsad/wire/asterix/typed/value.hpp"

namespace marsad::wire::asterix::typed {

/// What the generated parsers are made of: each call steps over one item, keeps its place, and returns false if the
/// octets don't hold it. Never reads beyond them. Its slow twin is `measure`.
class Cursor {
 public:
  explicit Cursor(Octets octets) noexcept
      : begin_(octets.data()), at_(octets.data()), end_(octets.data() + octets.size()) {}

  /// Octets passed.
  [[nodiscard]] std::size_t position() const noexcept { return static_cast<std::size_t>(at_ - begin_); }

  template <std::size_t kSize>
  [[nodiscard]] bool fixed(std::uint16_t& place) noexcept {
    keep(place);
    return pass(kSize);
  }

  /// Extents of these sizes, each but a closed last one ending in an extension bit.
  template <bool kLastOpen, std::size_t... kExtents>
  [[nodiscard]] bool extended(std::uint16_t& place) noexcept {
    keep(place);
    return extend<kLastOpen, kExtents...>();
  }

  template <std::size_t kSize>
  [[nodiscard]] bool counted(std::uint16_t& place) noexcept {
    keep(place);
    return pass(1) && pass(std::to_integer<std::size_t>(at_[-1]) * kSize);
  }

  template <std::size_t kSize>
  [[nodiscard]] bool chained(std::uint16_t& place) noexcept {
    keep(place);
    do {
      if (!pass(kSize)) return false;
    } while (extends());
    return true;
  }

  /// Octets whose first is their number.
  [[nodiscard]] bool measured(std::uint16_t& place) noexcept {
    keep(place);
    if (at_ == end_) return false;
    const auto size = std::to_integer<std::size_t>(*at_);
    return size != 0 && pass(size);
  }

  /// A presence map extended by FX bits, kept with its first octet highest and without the FX bits. False also for a
  /// bit beyond the eighth octet: no edition has that many items.
  [[nodiscard]] bool map(std::uint64_t& present) noexcept {
    constexpr std::uint64_t kExtensions = 0x0101010101010101U;
    if (end_ - at_ >= 8) {
      const std::uint64_t word = load<8>(at_);
      const std::uint64_t ends = ~word & kExtensions;
      if (ends == 0) return long_map(present);
      const auto unused = static_cast<unsigned>(std::countl_zero(ends)) + 1;
      present = word & ~kExtensions & ~(unused == 64 ? 0 : ~std::uint64_t{0} >> unused);
      at_ += unused / 8;
      return true;
    }
    return short_map(present);
  }

  /// A presence map of `kSize` octets without extension bits.
  template <std::size_t kSize>
  [[nodiscard]] bool stated_map(std::uint64_t& present) noexcept {
    if (!pass(kSize)) return false;
    present = load<kSize>(at_ - kSize) << (64 - 8 * kSize);
    return true;
  }

  [[nodiscard]] bool octet(unsigned& value) noexcept {
    if (!pass(1)) return false;
    value = std::to_integer<unsigned>(at_[-1]);
    return true;
  }

  /// A cursor over `size` octets from `place` on, which were passed; its places count from the same beginning.
  [[nodiscard]] Cursor inside(std::size_t place, std::size_t size) const noexcept {
    Cursor inner = *this;
    inner.at_ = begin_ + place;
    inner.end_ = inner.at_ + size;
    return inner;
  }
  [[nodiscard]] bool at_end() const noexcept { return at_ == end_; }

 private:
  void keep(std::uint16_t& place) const noexcept { place = static_cast<std::uint16_t>(at_ - begin_); }
  bool pass(std::size_t size) noexcept {
    if (static_cast<std::size_t>(end_ - at_) < size) return false;
    at_ += size;
    return true;
  }
  [[nodiscard]] bool extends() const noexcept { return (at_[-1] & std::byte{1}) != std::byte{0}; }

  template <bool kLastOpen, std::size_t kFirst, std::size_t... kRest>
  bool extend() noexcept {
    if (!pass(kFirst)) return false;
    if constexpr (sizeof...(kRest) > 0)
      return !extends() || extend<kLastOpen, kRest...>();
    else
      return !kLastOpen || pass_unknown_extents();
  }

  /// Octets that a newer edition added, one by one while the last one passed extends.
  bool pass_unknown_extents() noexcept {
    while (extends())
      if (!pass(1)) return false;
    return true;
  }

  bool short_map(std::uint64_t& present) noexcept {
    present = 0;
    for (int shift = 56;; shift -= 8) {
      if (!pass(1)) return false;
      const auto octet = std::to_integer<std::uint64_t>(at_[-1]);
      if (shift >= 0)
        present |= (octet & 0xFEU) << shift;
      else if ((octet & 0xFEU) != 0)
        return false;
      if ((octet & 1U) == 0) return true;
    }
  }
  bool long_map(std::uint64_t& present) noexcept { return short_map(present); }

  const std::byte* begin_;
  const std::byte* at_;
  const std::byte* end_;
};

}  // namespace marsad::wire::asterix::typed
