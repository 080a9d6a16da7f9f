#pragma once

#include <cstdint>

namespace marsad::base {

/// A seeded source of random numbers that gives the same sequence on every machine and library, unlike the
/// distributions of <random>. Generator: xoshiro256** 1.0, seeded by SplitMix64 (Blackman and Vigna, "Scrambled linear
/// pseudorandom number generators", ACM TOMS 47, 2021, doi 10.1145/3460772).
class Random {
 public:
  explicit Random(std::uint64_t seed) noexcept;

  /// 64 uniformly distributed bits.
  std::uint64_t bits() noexcept;

  /// Uniform in [0, 1), on a grid of 2^-53.
  double uniform() noexcept;

  /// Uniform in [low, high).
  double uniform(double low, double high) noexcept;

  /// Uniform over the integers 0 .. bound-1; `bound` must not be 0.
  std::uint64_t below(std::uint64_t bound) noexcept;

  /// Normal with mean 0 and variance 1 (Box-Muller, one value a call so that the sequence has no hidden state).
  double normal() noexcept;

  /// True with probability `p`.
  bool chance(double p) noexcept { return uniform() < p; }

  /// Poisson distributed count of mean `mean` (inversion by multiplication; meant for means below 500).
  std::uint64_t poisson(double mean) noexcept;

  /// An independent stream for one named part, so that adding a part doesn't change the draws of the others.
  [[nodiscard]] Random fork(std::uint64_t stream) const noexcept;

 private:
  std::uint64_t state_[4];
};

}  // namespace marsad::base
