// links: tracking observation geo base
// Runs the tracker over a plots.csv with its sensors.json and writes tracks.csv, as `marsad track` does, but with
// nothing between file and tracker: for measuring quality and time of the tracker alone.
//
//   track_plots PLOTS.csv SENSORS.json TRACKS.csv
//
// On standard error: reports, what became of them, and the tracker's own CPU time.

#include <chrono>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "marsad/geo/polar.hpp"
#include "marsad/tracking/tracker.hpp"

namespace {

using namespace marsad;
using observation::Detection;
using observation::Sensor;
using observation::SensorKind;
using observation::TargetReport;
using units::Angle;
using units::Length;
using units::Speed;
using units::UtcTime;

SensorKind kind_of(const std::string& type) {
  if (type == "PSR") return SensorKind::psr;
  if (type == "SSR") return SensorKind::ssr;
  if (type == "MODES") return SensorKind::mode_s;
  return SensorKind::adsb;
}

struct Registry {
  std::vector<Sensor> sensors;
  std::vector<std::optional<geo::LocalFrame>> sites;
  std::map<int, std::size_t> index;
};

Registry read_sensors(const std::string& path) {
  Registry out;
  std::ifstream file(path);
  const auto json = nlohmann::json::parse(file);
  for (const auto& s : json.at("sensors")) {
    Sensor sensor;
    sensor.id = observation::SensorId(static_cast<std::uint16_t>(out.sensors.size()));
    sensor.kind = kind_of(s.at("type"));
    sensor.configured = true;
    auto& c = sensor.characteristics;
    c.site = geo::Geodetic{Angle::degrees(s.at("lat")), Angle::degrees(s.at("lon")), Length::metres(s.at("alt_m"))};
    c.period = units::Duration::seconds(s.at("period_s"));
    c.range_max = Length::metres(s.at("rmax_m"));
    c.detection_probability = s.at("pd");
    c.sigma_range = Length::metres(s.value("sigma_range_m", 50.0));
    c.sigma_azimuth = Angle::degrees(s.value("sigma_azimuth_deg", 0.07));
    c.sigma_position = Length::metres(s.value("sigma_position_m", 20.0));
    c.sigma_velocity = Speed::metres_per_second(s.value("sigma_velocity_ms", 1.5));
    c.false_plots_per_scan = s.value("false_plots_per_scan", 0.1);
    out.index[s.at("id").get<int>()] = out.sensors.size();
    out.sites.emplace_back(geo::LocalFrame(*c.site));
    out.sensors.push_back(sensor);
  }
  return out;
}

std::optional<double> number(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return std::stod(text);
}

void locate(TargetReport& r, const geo::LocalFrame& site, const Sensor& sensor, double range, double azimuth) {
  const auto& c = sensor.characteristics;
  r.polar = geo::PolarMeasurement{Length::metres(range), Angle::degrees(azimuth), c.sigma_range, c.sigma_azimuth};
  std::optional<geo::HeightKnowledge> height;
  if (r.pressure_altitude) height = {Length::metres(r.pressure_altitude->metres()), Length::metres(100.0)};
  if (r.geometric_height) height = {*r.geometric_height, Length::metres(std::max(50.0, range * 0.0052))};
  const auto at = geo::locate(site, *r.polar, height);
  r.position = at.position;
  r.position_covariance = at.covariance;
  r.quality.height_assumed = at.height_assumed;
}

TargetReport report_of(const std::vector<std::string>& f, const Registry& registry) {
  TargetReport r;
  const std::size_t i = registry.index.at(std::stoi(f[2]));
  const Sensor& sensor = registry.sensors[i];
  r.sensor = sensor.id;
  r.applicability = UtcTime::seconds_since_epoch(std::stod(f[0]));
  r.receipt = UtcTime::seconds_since_epoch(std::stod(f[1]));
  r.detection = sensor.kind == SensorKind::psr    ? Detection::psr
                : sensor.kind == SensorKind::ssr  ? Detection::ssr
                : sensor.kind == SensorKind::adsb ? Detection::adsb
                                                  : Detection::mode_s;
  r.mode_a = observation::ModeACode::parse(f[6]);
  if (!f[7].empty()) r.address = observation::ModeSAddress(static_cast<std::uint32_t>(std::stoul(f[7], nullptr, 16)));
  if (auto fl = number(f[8])) r.pressure_altitude = units::PressureAltitude::flight_level(*fl);
  if (auto alt = number(f[11])) r.geometric_height = Length::metres(*alt);
  if (auto range = number(f[4])) {
    locate(r, *registry.sites[i], sensor, *range, std::stod(f[5]));
  } else {
    r.position = geo::Geodetic{Angle::degrees(std::stod(f[9])), Angle::degrees(std::stod(f[10])),
                               r.geometric_height.value_or(Length())};
    const double variance = std::pow(sensor.characteristics.sigma_position.metres(), 2) / 2.0;
    r.position_covariance = {variance, 0.0, variance};
    r.velocity = observation::HorizontalVelocity{Speed::metres_per_second(std::stod(f[12])),
                                                 Speed::metres_per_second(std::stod(f[13])),
                                                 sensor.characteristics.sigma_velocity};
  }
  return r;
}

std::vector<TargetReport> read_plots(const std::string& path, const Registry& registry) {
  std::vector<TargetReport> out;
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::vector<std::string> fields;
    std::stringstream stream(line);
    std::string field;
    while (std::getline(stream, field, ',')) fields.push_back(field);
    fields.resize(14);
    out.push_back(report_of(fields, registry));
  }
  return out;
}

void write(std::FILE* file, const tracking::Track& track, UtcTime now) {
  if (track.phase != tracking::TrackPhase::confirmed && track.phase != tracking::TrackPhase::coasting) return;
  const auto e = tracking::estimate_at(track, now);
  std::fprintf(file, "%.3f,%llu,%.7f,%.7f,%.1f,%.2f,%.2f\n", now.seconds_since_epoch(),
               static_cast<unsigned long long>(track.id.value()), e.position.latitude.degrees(),
               e.position.longitude.degrees(), e.position.height.metres(), e.velocity_east.metres_per_second(),
               e.velocity_north.metres_per_second());
}

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: track_plots PLOTS.csv SENSORS.json TRACKS.csv\n");
    return 2;
  }
  const Registry registry = read_sensors(argv[2]);
  const std::vector<TargetReport> reports = read_plots(argv[1], registry);
  std::FILE* file = std::fopen(argv[3], "w");
  if (!file) return 1;
  std::fprintf(file, "t,track_id,lat,lon,alt,vx,vy\n");
  base::InlineExecutor executor;
  tracking::Tracker tracker(tracking::TrackerSettings{}, executor);
  double cpu = 0.0;
  double last = reports.empty() ? 0.0 : std::ceil(reports.back().receipt.seconds_since_epoch());
  std::size_t next = 0;
  for (double t = 0.0; t <= last; t += 1.0) {
    const UtcTime now = UtcTime::seconds_since_epoch(t);
    const std::size_t first = next;
    while (next < reports.size() && reports[next].receipt <= now) ++next;
    const double before = cpu_seconds();
    tracker.step({now, {reports.data() + first, next - first}, {}, registry.sensors});
    cpu += cpu_seconds() - before;
    for (const auto& track : tracker.tracks()) write(file, track, now);
  }
  std::fclose(file);
  const auto& c = tracker.counters();
  std::fprintf(stderr,
               "%zu reports, %.2f s of CPU, %.0f reports/s; associated %llu, initiated %llu, refused %llu, late %llu, "
               "repeated %llu, no room %llu\n",
               reports.size(), cpu, static_cast<double>(reports.size()) / cpu,
               static_cast<unsigned long long>(c.associated), static_cast<unsigned long long>(c.initiated),
               static_cast<unsigned long long>(c.refused), static_cast<unsigned long long>(c.late),
               static_cast<unsigned long long>(c.repeated), static_cast<unsigned long long>(c.no_room));
  return 0;
}
