#include "marsad/tracking/association/clutter_map.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace marsad::tracking::association {

ClutterMap::ClutterMap(const observation::SensorCharacteristics& nominal)
    : ring_width_m_(std::clamp(nominal.range_max.metres(), 1'000.0, 1e6) / static_cast<double>(kRings)),
      period_s_(std::clamp(nominal.period.seconds(), 0.1, 60.0)),
      plots_(kRings * kSectors) {
  const double range = ring_width_m_ * static_cast<double>(kRings);
  const double false_plots = std::clamp(nominal.false_plots_per_scan, 0.01, 1e5);
  nominal_per_m2_ = false_plots / (std::numbers::pi * range * range);
  for (std::size_t cell = 0; cell < plots_.size(); ++cell)
    plots_[cell] = nominal_per_m2_ * area_m2(cell) * kMemoryScans;
}

double ClutterMap::area_m2(std::size_t cell) const {
  const auto ring = static_cast<double>(cell / kSectors);
  return std::numbers::pi * ring_width_m_ * ring_width_m_ * (2.0 * ring + 1.0) / static_cast<double>(kSectors);
}

std::size_t ClutterMap::cell_of(const geo::PolarMeasurement& measured) const {
  const double rings = std::max(measured.slant_range.metres() / ring_width_m_, 0.0);
  const double turns = measured.azimuth.normalised().radians() / (2.0 * std::numbers::pi);
  const auto ring = static_cast<std::size_t>(std::min(rings, static_cast<double>(kRings - 1)));
  const auto sector = static_cast<std::size_t>(turns * static_cast<double>(kSectors));
  return ring * kSectors + std::min(sector, kSectors - 1);
}

double ClutterMap::density_per_m2(const geo::PolarMeasurement& measured) const {
  const std::size_t cell = cell_of(measured);
  return std::max(plots_[cell] / (kMemoryScans * area_m2(cell)), 0.05 * nominal_per_m2_);
}

void ClutterMap::add(const geo::PolarMeasurement& measured, double weight) { plots_[cell_of(measured)] += weight; }

void ClutterMap::forget(units::Duration elapsed) {
  const double scans = std::max(elapsed.seconds(), 0.0) / period_s_;
  const double kept = std::exp(-scans / kMemoryScans);
  for (double& plots : plots_) plots *= kept;
}

}  // namespace marsad::tracking::association
