#include "marsad/observation/quantiles.hpp"

#include <algorithm>
#include <cmath>

namespace marsad::observation {
namespace {

constexpr double kSmallest = 1e-3;
constexpr double kLargest = 1e9;
constexpr double kGrowth = 1.002;

/// 0 for what is smaller than a thousandth; then 1, 2, ... for the positive values, -1, -2, ... for the negative.
int bin_of(double value) {
  static const double kScale = 1.0 / std::log(kGrowth);
  const double magnitude = std::min(std::abs(value), kLargest);
  if (magnitude < kSmallest) return 0;
  const int bin = 1 + static_cast<int>(std::log(magnitude / kSmallest) * kScale);
  return value < 0.0 ? -bin : bin;
}

}  // namespace

void Quantiles::add(double value) {
  if (!std::isfinite(value)) return;
  Bin& bin = bins_[bin_of(value)];
  ++bin.count;
  bin.sum += value;
  least_ = count_ == 0 ? value : std::min(least_, value);
  most_ = count_ == 0 ? value : std::max(most_, value);
  ++count_;
}

std::optional<double> Quantiles::at(double share) const {
  if (count_ == 0) return std::nullopt;
  const auto wanted = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(count_)));
  std::uint64_t seen = 0;
  for (const auto& [number, bin] : bins_) {
    seen += bin.count;
    if (seen >= wanted) return std::clamp(bin.sum / static_cast<double>(bin.count), least_, most_);
  }
  return most_;
}

}  // namespace marsad::observation
