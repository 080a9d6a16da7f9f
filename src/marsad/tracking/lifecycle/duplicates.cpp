#include "marsad/tracking/lifecycle/duplicates.hpp"

#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "marsad/geo/local_frame.hpp"
#include "marsad/tracking/fusion/absorb.hpp"

namespace marsad::tracking::lifecycle {

using association::SensorModel;
using units::Duration;
using units::UtcTime;

namespace {

constexpr double kSameAddressDistance = 3'000.0;  // m, beyond four standard deviations
constexpr double kPositionFloor = 120.0;          // m, one sigma: what registration errors may come to
constexpr double kVelocityFloor = 8.0;            // m/s
constexpr double kSameMotion2 = 14.0;             // squared Mahalanobis distance, four degrees of freedom
constexpr std::uint32_t kLeastReports = 3;

bool is_live(const Track& track) { return track.phase != TrackPhase::terminated; }
bool is_established(const Track& track) {
  return track.phase == TrackPhase::confirmed || track.phase == TrackPhase::coasting;
}

/// The state of `b` relative to `a`, in metres and metres per second.
struct Difference {
  Eigen::Vector2d position;
  Eigen::Vector2d velocity;
  Eigen::Matrix2d position_covariance;
  Eigen::Matrix2d velocity_covariance;
};

Eigen::Matrix2d sum_of(const geo::HorizontalCovariance& a, const geo::HorizontalCovariance& b) {
  Eigen::Matrix2d m;
  m << a.east_east_m2 + b.east_east_m2, a.east_north_m2 + b.east_north_m2, a.east_north_m2 + b.east_north_m2,
      a.north_north_m2 + b.north_north_m2;
  return m;
}

Difference difference_of(const Track& a, const Track& b, UtcTime now) {
  const TrackEstimate ea = estimate_at(a, now);
  const TrackEstimate eb = estimate_at(b, now);
  geo::Geodetic there = eb.position;
  there.height = ea.position.height;
  Difference out;
  out.position = geo::LocalFrame(ea.position).to_enu(there).metres().head<2>();
  out.velocity = {(eb.velocity_east - ea.velocity_east).metres_per_second(),
                  (eb.velocity_north - ea.velocity_north).metres_per_second()};
  out.position_covariance = sum_of(ea.position_covariance, eb.position_covariance);
  out.velocity_covariance = sum_of(ea.velocity_covariance_m2s2, eb.velocity_covariance_m2s2);
  return out;
}

bool may_share_an_address(const Track& a, const Track& b, UtcTime now) {
  const Difference d = difference_of(a, b, now);
  return d.position.norm() < kSameAddressDistance + 4.0 * std::sqrt(d.position_covariance.trace());
}

bool move_as_one(const Track& a, const Track& b, UtcTime now) {
  const Difference d = difference_of(a, b, now);
  const Eigen::Matrix2d p = d.position_covariance + Eigen::Matrix2d::Identity() * (kPositionFloor * kPositionFloor);
  const Eigen::Matrix2d v = d.velocity_covariance + Eigen::Matrix2d::Identity() * (kVelocityFloor * kVelocityFloor);
  return d.position.dot(p.inverse() * d.position) + d.velocity.dot(v.inverse() * d.velocity) < kSameMotion2;
}

bool contradict(const Track& a, const Track& b) {
  const TrackIdentity& x = a.identity;
  const TrackIdentity& y = b.identity;
  if (x.address && y.address && *x.address != *y.address) return true;
  if (x.mode_a && y.mode_a && *x.mode_a != *y.mode_a) return true;
  if (!a.pressure_altitude.known || !b.pressure_altitude.known) return false;
  return std::abs(a.pressure_altitude.mean[0] - b.pressure_altitude.mean[0]) > 300.0;
}

/// A sensor that has reported both in one scan has seen two targets.
bool seen_apart(const Track& a, const Track& b, std::span<const SensorModel> sensors) {
  for (const SensorContribution& one : a.contributions) {
    const auto* other = std::ranges::find(b.contributions, one.sensor, &SensorContribution::sensor);
    if (other == b.contributions.end() || one.sensor.value() >= sensors.size()) continue;
    const Duration period = sensors[one.sensor.value()].sensor.characteristics.period;
    if (abs(one.last - other->last) < period * 0.7) return true;
  }
  return false;
}

/// The older track comes first; one that is established goes before one that isn't.
bool goes_before(const Track& a, const Track& b) {
  if (is_established(a) != is_established(b)) return is_established(a);
  return a.id < b.id;
}

void join_those_of_one_target(std::span<Track> tracks, std::span<const AddressIndex::Entry> same, UtcTime now) {
  for (const auto& x : same) {
    Track& a = tracks[x.track];
    if (!is_live(a)) continue;
    for (const auto& y : same) {
      Track& b = tracks[y.track];
      if (&a == &b || !is_live(b) || !goes_before(a, b) || !may_share_an_address(a, b, now)) continue;
      fusion::join(a, b);
      b.phase = TrackPhase::terminated;
    }
  }
}

void resolve_group(std::span<Track> tracks, std::span<const AddressIndex::Entry> same, UtcTime now) {
  join_those_of_one_target(tracks, same, now);
  std::optional<UtcTime> latest;  // of the live ones: a track that has ended takes no address from another
  for (const auto& x : same)
    if (is_live(tracks[x.track]))
      latest =
          std::max(latest.value_or(tracks[x.track].identity.address_heard), tracks[x.track].identity.address_heard);
  std::size_t left = 0;
  for (const auto& x : same) {
    Track& track = tracks[x.track];
    if (!is_live(track)) continue;
    if (*latest - track.identity.address_heard > kAddressLasts)
      track.identity.address.reset();
    else
      ++left;
  }
  for (const auto& x : same) tracks[x.track].identity.duplicate_address = tracks[x.track].identity.address && left > 1;
}

/// The track that `younger` may be a shadow of; its index, or none.
std::optional<std::uint32_t> original_of(std::span<Track> tracks, std::uint32_t younger,
                                         std::span<const std::uint32_t> near, std::span<const SensorModel> sensors,
                                         UtcTime now) {
  const Track& b = tracks[younger];
  for (const std::uint32_t index : near) {
    const Track& a = tracks[index];
    if (index == younger || !is_established(a) || !goes_before(a, b)) continue;
    if (contradict(a, b) || seen_apart(a, b, sensors) || !move_as_one(a, b, now)) continue;
    return index;
  }
  return std::nullopt;
}

}  // namespace

void resolve_shared_addresses(std::span<Track> tracks, const AddressIndex& addresses, UtcTime now) {
  const std::span<const AddressIndex::Entry> all = addresses.all();
  for (std::size_t first = 0; first < all.size();) {
    std::size_t end = first + 1;
    while (end < all.size() && all[end].address == all[first].address) ++end;
    if (end - first > 1)
      resolve_group(tracks, all.subspan(first, end - first), now);
    else
      tracks[all[first].track].identity.duplicate_address = false;
    first = end;
  }
}

void join_shadows(std::span<Track> tracks, const association::TrackGrid& grid, std::span<const SensorModel> sensors,
                  UtcTime now) {
  std::vector<std::uint32_t> near;
  for (std::uint32_t i = 0; i < tracks.size(); ++i) {
    Track& track = tracks[i];
    if (!is_live(track) || track.reports < kLeastReports) continue;
    near.clear();
    grid.search(track.plane.locate(filter::combine(track.horizontal).mean.head<2>(), units::Length()), 0.0, near);
    const auto original = near.size() > 1 ? original_of(tracks, i, near, sensors, now) : std::nullopt;
    if (!original) {
      track.shadow_since.reset();
      continue;
    }
    if (!track.shadow_since) track.shadow_since = now;
    if (now - *track.shadow_since < kShadowTime) continue;
    fusion::join(tracks[*original], track);
    track.phase = TrackPhase::terminated;
  }
}

}  // namespace marsad::tracking::lifecycle
