#include "marsad/tracking/association/track_grid.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace marsad::tracking::association {
namespace {

constexpr double kRadius = 6'371'009.0;              // m
constexpr double kCell = std::numbers::pi / 1800.0;  // rad: 0.1 degrees, 11 km
constexpr double kWide = 8'000.0;                    // m
constexpr int kBands = 1800;

Eigen::Vector3d direction_of(const geo::Geodetic& p) {
  const double c = units::cos(p.latitude);
  return {c * units::cos(p.longitude), c * units::sin(p.longitude), units::sin(p.latitude)};
}

int band_of(double latitude) {
  const int band = static_cast<int>(std::floor((latitude + std::numbers::pi / 2.0) / kCell));
  return std::clamp(band, 0, kBands - 1);
}

/// Cells around the band: as many as make them about square at the band's edge nearest to the equator.
int cells_in(int band) {
  const double south = static_cast<double>(band) * kCell - std::numbers::pi / 2.0;
  const double nearest = south < 0.0 && south + kCell > 0.0 ? 0.0 : std::min(std::abs(south), std::abs(south + kCell));
  return std::max(1, static_cast<int>(std::ceil(2.0 * std::numbers::pi * std::cos(nearest) / kCell)));
}

/// The cell's number around the band; `longitude` may be any angle.
int column_of(double longitude, int cells) {
  const double turns = longitude / (2.0 * std::numbers::pi);
  const double part = turns - std::floor(turns);
  return std::min(static_cast<int>(part * cells), cells - 1);
}

std::uint64_t key_of(int band, int column) {
  return static_cast<std::uint64_t>(band) << 32U | static_cast<std::uint64_t>(column);
}

std::uint64_t cell_of(const geo::Geodetic& p) {
  const int band = band_of(p.latitude.radians());
  return key_of(band, column_of(p.longitude.radians(), cells_in(band)));
}

}  // namespace

void TrackGrid::build(std::span<const TrackSpot> spots) {
  directions_.clear();
  reach_m_.clear();
  entries_.clear();
  wide_.clear();
  for (const TrackSpot& spot : spots) {
    const auto index = static_cast<std::uint32_t>(directions_.size());
    directions_.push_back(direction_of(spot.position));
    reach_m_.push_back(spot.reach_m);
    if (spot.reach_m > kWide)
      wide_.push_back(index);
    else
      entries_.push_back({cell_of(spot.position), index});
  }
  std::ranges::sort(entries_);
}

void TrackGrid::add(const TrackSpot& spot) {
  wide_.push_back(static_cast<std::uint32_t>(directions_.size()));
  directions_.push_back(direction_of(spot.position));
  reach_m_.push_back(spot.reach_m);
}

bool TrackGrid::touches(const Eigen::Vector3d& direction, double reach_m, std::uint32_t track) const {
  // The chord is never longer than the arc; the ellipsoid's flattening is within the one percent.
  const double allowed = (reach_m + reach_m_[track]) * 1.01 + 500.0;
  return (direction - directions_[track]).squaredNorm() * kRadius * kRadius <= allowed * allowed;
}

void TrackGrid::search_cells(const geo::Geodetic& position, const Eigen::Vector3d& direction, double reach_m,
                             std::vector<std::uint32_t>& found) const {
  const double radius = ((reach_m + kWide) * 1.01 + 500.0) / kRadius;
  const double latitude = position.latitude.radians();
  for (int band = band_of(latitude - radius); band <= band_of(latitude + radius); ++band) {
    const int cells = cells_in(band);
    const double poleward = std::min(std::abs(latitude) + radius, std::numbers::pi / 2.0);
    const double half_width = radius / std::max(std::cos(poleward), 1e-6);
    const int reach = static_cast<int>(std::ceil(half_width / (2.0 * std::numbers::pi) * cells)) + 1;
    const int count = std::min(2 * reach + 1, cells);
    const int first = column_of(position.longitude.radians(), cells) - count / 2;
    for (int step = 0; step < count; ++step) {
      const std::uint64_t key = key_of(band, ((first + step) % cells + cells) % cells);
      auto entry = std::ranges::lower_bound(entries_, key, {}, &Entry::cell);
      for (; entry != entries_.end() && entry->cell == key; ++entry)
        if (touches(direction, reach_m, entry->track)) found.push_back(entry->track);
    }
  }
}

void TrackGrid::search(const geo::Geodetic& position, double reach_m, std::vector<std::uint32_t>& found) const {
  const std::size_t before = found.size();
  const Eigen::Vector3d direction = direction_of(position);
  for (const std::uint32_t track : wide_)
    if (touches(direction, reach_m, track)) found.push_back(track);
  search_cells(position, direction, reach_m, found);
  std::sort(found.begin() + static_cast<std::ptrdiff_t>(before), found.end());
}

}  // namespace marsad::tracking::association
