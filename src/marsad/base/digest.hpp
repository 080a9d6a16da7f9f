#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

namespace marsad::base {

/// A running 64-bit fingerprint of a sequence of values, to tell whether two runs are the same bit for bit. Not a
/// defence against forgery: the recording has SHA-256 for that. Function: FNV-1a over 64-bit words with a final mix.
class Digest {
 public:
  void add(std::uint64_t word) noexcept {
    state_ = std::rotl((state_ ^ word) * 0x100000001B3U, 29) * 0x9E3779B97F4A7C15U;
  }
  void add(std::int64_t word) noexcept { add(static_cast<std::uint64_t>(word)); }
  void add(double number) noexcept { add(std::bit_cast<std::uint64_t>(number)); }
  void add(bool flag) noexcept { add(std::uint64_t{flag ? 1U : 0U}); }
  void add(std::span<const std::byte> octets) noexcept {
    add(static_cast<std::uint64_t>(octets.size()));
    for (const std::byte octet : octets) add(std::to_integer<std::uint64_t>(octet));
  }

  [[nodiscard]] std::uint64_t value() const noexcept {
    std::uint64_t z = state_ ^ (state_ >> 32U);
    z *= 0xD6E8FEB86659FD93U;
    return z ^ (z >> 32U);
  }

 private:
  std::uint64_t state_ = 0xCBF29CE484222325U;
};

}  // namespace marsad::base
