#include "marsad/base/random.hpp"

#include <bit>
#include <cmath>
#include <numbers>

#include "marsad/base/check.hpp"

namespace marsad::base {
namespace {

std::uint64_t split_mix(std::uint64_t& state) noexcept {
  state += 0x9E3779B97F4A7C15U;
  std::uint64_t z = state;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31U);
}

}  // namespace

Random::Random(std::uint64_t seed) noexcept : state_{} {
  for (auto& word : state_) word = split_mix(seed);
}

std::uint64_t Random::bits() noexcept {
  const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
  const std::uint64_t shifted = state_[1] << 17U;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= shifted;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

double Random::uniform() noexcept { return static_cast<double>(bits() >> 11U) * 0x1.0p-53; }

double Random::uniform(double low, double high) noexcept { return low + (high - low) * uniform(); }

std::uint64_t Random::below(std::uint64_t bound) noexcept {
  MARSAD_CHECK(bound != 0);
  // Rejecting the incomplete last interval keeps every integer equally likely.
  const std::uint64_t limit = ~std::uint64_t{0} - (~std::uint64_t{0} % bound + 1) % bound;
  std::uint64_t draw = bits();
  while (draw > limit) draw = bits();
  return draw % bound;
}

double Random::normal() noexcept {
  const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
  return radius * std::cos(2.0 * std::numbers::pi * uniform());
}

std::uint64_t Random::poisson(double mean) noexcept {
  const double floor = std::exp(-mean);
  std::uint64_t count = 0;
  for (double product = uniform(); product > floor; product *= uniform()) ++count;
  return count;
}

Random Random::fork(std::uint64_t stream) const noexcept {
  return Random(state_[0] ^ std::rotl(state_[3], 17) ^ (stream * 0xD1B54A32D192ED03U));
}

}  // namespace marsad::base
