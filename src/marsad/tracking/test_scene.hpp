#pragma once

#include <cmath>
#include <optional>
#include <vector>

#include "marsad/geo/polar.hpp"
#include "marsad/observation/target_report.hpp"
#include "marsad/tracking/tracker.hpp"

namespace marsad::tracking::test {

/// What the tests of this room share: a radar at 33 N 44 E, a primary radar beside it, an ADS-B station, and targets in
/// straight flight. For tests only.

using observation::Detection;
using observation::Sensor;
using observation::SensorId;
using observation::SensorKind;
using observation::TargetReport;
using units::Angle;
using units::Duration;
using units::Length;
using units::Speed;
using units::UtcTime;

inline constexpr std::uint16_t kModeS = 0;
inline constexpr std::uint16_t kPrimary = 1;
inline constexpr std::uint16_t kAdsb = 2;
inline constexpr double kPeriod = 4.0;  // s, of both radars

inline UtcTime at(double seconds) { return UtcTime::seconds_since_epoch(1e9 + seconds); }

inline geo::Geodetic site() { return {Angle::degrees(33.0), Angle::degrees(44.0), Length::metres(50.0)}; }

inline std::vector<Sensor> sensors() {
  std::vector<Sensor> all(3);
  all[0].kind = SensorKind::mode_s;
  all[1].kind = SensorKind::psr;
  all[2].kind = SensorKind::adsb;
  for (std::uint16_t i = 0; i < all.size(); ++i) {
    all[i].id = SensorId(i);
    all[i].characteristics.site = site();
    all[i].characteristics.period = Duration::seconds(i == kAdsb ? 1.0 : kPeriod);
    all[i].characteristics.range_max = Length::kilometres(200.0);
    all[i].characteristics.false_plots_per_scan = i == kPrimary ? 20.0 : 0.5;
  }
  return all;
}

/// Straight and level flight from a point east and north of the site.
struct Flight {
  double east_m = 0.0;
  double north_m = 0.0;
  double east_ms = 0.0;
  double north_ms = 0.0;
  double height_m = 9'000.0;
  std::optional<std::uint32_t> address;
  std::optional<std::uint16_t> mode_a;

  [[nodiscard]] geo::Geodetic position(double seconds) const {
    const geo::LocalFrame frame(site());
    geo::Geodetic p =
        frame.to_geodetic(geo::EnuPosition({east_m + east_ms * seconds, north_m + north_ms * seconds, 0.0}));
    p.height = Length::metres(height_m);
    return p;
  }
};

inline TargetReport identified(const Flight& flight, double seconds) {
  TargetReport r;
  r.applicability = at(seconds);
  r.receipt = at(seconds + 0.3);
  r.pressure_altitude = units::PressureAltitude::metres(flight.height_m);
  if (flight.address) r.address = observation::ModeSAddress(*flight.address);
  if (flight.mode_a) r.mode_a = observation::ModeACode::from_bits(*flight.mode_a);
  return r;
}

/// A perfect plot of a radar, displaced by `error_m` in range.
inline TargetReport plot(const Flight& flight, double seconds, std::uint16_t sensor, double error_m = 0.0) {
  TargetReport r = identified(flight, seconds);
  r.sensor = SensorId(sensor);
  r.detection = sensor == kPrimary ? Detection::psr : Detection::mode_s;
  const geo::LocalFrame frame(site());
  const geo::PolarPosition p = geo::polar_of(frame, flight.position(seconds));
  r.polar = geo::PolarMeasurement{p.slant_range + Length::metres(error_m), p.azimuth, Length::metres(60.0),
                                  Angle::degrees(0.08)};
  std::optional<geo::HeightKnowledge> height =
      geo::HeightKnowledge{Length::metres(flight.height_m), Length::metres(100)};
  if (sensor == kPrimary) {
    height.reset();
    r.pressure_altitude.reset();
    r.address.reset();
    r.mode_a.reset();
  }
  const geo::LocatedMeasurement located = geo::locate(frame, *r.polar, height);
  r.position = located.position;
  r.position_covariance = located.covariance;
  r.quality.height_assumed = located.height_assumed;
  return r;
}

inline TargetReport adsb(const Flight& flight, double seconds) {
  TargetReport r = identified(flight, seconds);
  r.sensor = SensorId(kAdsb);
  r.detection = Detection::adsb;
  r.position = flight.position(seconds);
  r.position_covariance = {400.0, 0.0, 400.0};
  r.geometric_height = Length::metres(flight.height_m);
  r.velocity =
      observation::HorizontalVelocity{Speed::metres_per_second(flight.east_ms),
                                      Speed::metres_per_second(flight.north_ms), Speed::metres_per_second(1.0)};
  return r;
}

/// A tracker with its sensors, stepped second by second.
class Scene {
 public:
  explicit Scene(const TrackerSettings& settings = {}) : Scene(settings, inline_executor_) {}
  Scene(const TrackerSettings& settings, base::Executor& executor)
      : sensors_(sensors()), tracker_(settings, executor) {}

  void step(double seconds, const std::vector<TargetReport>& reports) {
    tracker_.step({at(seconds), reports, {}, sensors_});
  }

  /// Every whole second of (from, to]: the reports that `make(second)` gives.
  template <class Make>
  void run(int from, int to, const Make& make) {
    for (int s = from + 1; s <= to; ++s) step(s, make(s));
  }

  [[nodiscard]] const Tracker& tracker() const { return tracker_; }
  [[nodiscard]] std::size_t count(TrackPhase phase) const {
    std::size_t n = 0;
    for (const Track& track : tracker_.tracks()) n += track.phase == phase ? 1U : 0U;
    return n;
  }
  [[nodiscard]] std::size_t established() const { return count(TrackPhase::confirmed) + count(TrackPhase::coasting); }

 private:
  base::InlineExecutor inline_executor_;
  std::vector<Sensor> sensors_;
  Tracker tracker_;
};

inline double metres_between(const geo::Geodetic& a, geo::Geodetic b) {
  b.height = a.height;
  return (geo::to_ecef(a) - geo::to_ecef(b)).metres().norm();
}

}  // namespace marsad::tracking::test
