// links: tracking observation geo units base
// What one target report costs the tracker, with 500 and 5,000 targets in the air, each seen by three sensors.

#include <benchmark/benchmark.h>

#include <cmath>
#include <vector>

#include "marsad/base/check.hpp"
#include "marsad/base/executor.hpp"
#include "marsad/base/random.hpp"
#include "marsad/tracking/tracker.hpp"

namespace {

using namespace marsad;
using units::Angle;
using units::Length;

constexpr std::size_t kSensors = 3;
constexpr double kPeriodS = 4.0;

std::vector<observation::Sensor> make_sensors() {
  std::vector<observation::Sensor> sensors(kSensors);
  for (std::size_t i = 0; i < kSensors; ++i) {
    sensors[i].id = observation::SensorId(static_cast<std::uint16_t>(i));
    sensors[i].kind = observation::SensorKind::mode_s;
    sensors[i].characteristics.period = units::Duration::seconds(kPeriodS);
  }
  return sensors;
}

/// Targets that fly straight and level over a square of 1,000 km, reported by each sensor once in a period.
class Traffic {
 public:
  explicit Traffic(std::size_t targets) : random_(1) {
    for (std::size_t i = 0; i < targets; ++i) {
      const double heading = random_.uniform(0.0, 6.28);
      targets_.push_back({random_.uniform(28.0, 37.0), random_.uniform(38.0, 48.0), 2e-3 * std::cos(heading),
                          2e-3 * std::sin(heading)});
    }
  }

  /// The reports that arrive in the second before `second`.
  std::vector<observation::TargetReport> reports(double second) {
    std::vector<observation::TargetReport> reports;
    for (std::size_t i = 0; i < targets_.size(); ++i) {
      for (std::size_t sensor = 0; sensor < kSensors; ++sensor) {
        const bool due = (i + sensor * 7 + static_cast<std::size_t>(second)) % static_cast<std::size_t>(kPeriodS) == 0;
        if (due) reports.push_back(report(i, sensor, second - random_.uniform(0.1, 0.9)));
      }
    }
    return reports;
  }

 private:
  struct Target {
    double latitude_deg, longitude_deg, north_deg_s, east_deg_s;
  };

  observation::TargetReport report(std::size_t i, std::size_t sensor, double second) {
    const Target& t = targets_[i];
    observation::TargetReport report;
    report.sensor = observation::SensorId(static_cast<std::uint16_t>(sensor));
    report.detection = observation::Detection::mode_s;
    report.applicability = units::UtcTime::seconds_since_epoch(1.7e9 + second);
    report.receipt = report.applicability;
    report.position = geo::Geodetic{Angle::degrees(t.latitude_deg + t.north_deg_s * second + 5e-4 * random_.normal()),
                                    Angle::degrees(t.longitude_deg + t.east_deg_s * second + 5e-4 * random_.normal()),
                                    Length::metres(10'000.0)};
    report.position_covariance = {2'500.0, 0.0, 2'500.0};
    report.address = observation::ModeSAddress(static_cast<std::uint32_t>(0x100000 + i));
    return report;
  }

  base::Random random_;
  std::vector<Target> targets_;
};

void Track(benchmark::State& state) {
  base::InlineExecutor executor;
  tracking::Tracker tracker(tracking::TrackerSettings{}, executor);
  const std::vector<observation::Sensor> sensors = make_sensors();
  Traffic traffic(static_cast<std::size_t>(state.range(0)));
  double second = 0.0;
  std::int64_t count = 0;
  const auto step = [&] {
    second += 1.0;
    const auto reports = traffic.reports(second);
    count += static_cast<std::int64_t>(reports.size());
    return reports;
  };
  const auto feed = [&](const std::vector<observation::TargetReport>& reports) {
    tracker.step({units::UtcTime::seconds_since_epoch(1.7e9 + second), reports, {}, sensors});
  };
  for (int i = 0; i < 12; ++i) feed(step());  // all tracks confirmed before the clock runs
  count = 0;
  for (auto _ : state) {
    state.PauseTiming();
    const auto reports = step();
    state.ResumeTiming();
    feed(reports);
  }
  MARSAD_CHECK(tracker.tracks().size() >= static_cast<std::size_t>(state.range(0)) * 9 / 10);
  state.SetItemsProcessed(count);
}
BENCHMARK(Track)->Arg(500)->Arg(5000)->Unit(benchmark::kMillisecond);

}  // namespace
