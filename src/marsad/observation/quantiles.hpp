#pragma once

#include <cstdint>
#include <map>
#include <optional>

namespace marsad::observation {

/// Quantiles of any number of values in bounded memory: values are counted in bins whose borders grow by 0.2 % from a
/// thousandth of the unit on, for either sign, so a quantile is right to about 0.2 % or 0.001, and exact where all values
/// of its bin are equal. At most some 28 000 bins, however many values; measurements need a few hundred. After DDSketch (Masson, Rim,
/// Lee, PVLDB 12 (2019) 2195), with the mean of each bin instead of its middle.
class Quantiles {
 public:
  /// Values that are not finite are not counted; those beyond 1e9 lie in the last bin.
  void add(double value);

  [[nodiscard]] std::uint64_t count() const noexcept { return count_; }
  /// The smallest value that at least `share` (0 to 1) of all are not above. Nothing before the first value.
  [[nodiscard]] std::optional<double> at(double share) const;
  [[nodiscard]] std::optional<double> median() const { return at(0.5); }
  [[nodiscard]] std::optional<double> least() const { return count_ == 0 ? std::nullopt : std::optional(least_); }
  [[nodiscard]] std::optional<double> most() const { return count_ == 0 ? std::nullopt : std::optional(most_); }

 private:
  struct Bin {
    std::uint64_t count = 0;
    double sum = 0.0;
  };

  std::map<int, Bin> bins_;
  std::uint64_t count_ = 0;
  double least_ = 0.0;
  double most_ = 0.0;
};

}  // namespace marsad::observation
