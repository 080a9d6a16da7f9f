#pragma once

#include <cstddef>
#include <vector>

#include "marsad/geo/polar.hpp"
#include "marsad/observation/sensor.hpp"
#include "marsad/units/time.hpp"

namespace marsad::tracking::association {

/// How dense a rotating sensor's false plots are, place by place: learnt from the plots that no established track
/// accounts for (rain, sea, wind farms, cars), in cells of range and azimuth, and forgotten over `kMemoryScans` scans.
/// It begins with the nominal number of false plots spread evenly over the range.
class ClutterMap {
 public:
  static constexpr double kMemoryScans = 15.0;

  explicit ClutterMap(const observation::SensorCharacteristics& nominal);

  /// False plots in one scan per square metre around the measured place, never below a twentieth of the nominal.
  [[nodiscard]] double density_per_m2(const geo::PolarMeasurement& measured) const;

  /// Counts a plot that is false with probability `weight`.
  void add(const geo::PolarMeasurement& measured, double weight);

  /// Lets time pass; call it once a step.
  void forget(units::Duration elapsed);

 private:
  static constexpr std::size_t kRings = 16;
  static constexpr std::size_t kSectors = 32;

  [[nodiscard]] std::size_t cell_of(const geo::PolarMeasurement& measured) const;
  [[nodiscard]] double area_m2(std::size_t cell) const;

  double ring_width_m_;
  double period_s_;
  double nominal_per_m2_;
  std::vector<double> plots_;  // remembered, by ring and then sector
};

}  // namespace marsad::tracking::association
