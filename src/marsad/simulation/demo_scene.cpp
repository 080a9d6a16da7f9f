#include "marsad/simulation/demo_scene.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>

#include <fmt/core.h>

#include "marsad/base/random.hpp"
#include "marsad/simulation/adsb_receiver.hpp"
#include "marsad/simulation/asterix_out.hpp"
#include "marsad/simulation/geography.hpp"
#include "marsad/simulation/radar.hpp"
#include "marsad/simulation/traffic.hpp"

namespace marsad::simulation {

using units::Angle;
using units::Duration;
using units::Length;
using units::UtcTime;

namespace {

constexpr std::uint8_t kSac = 250;
constexpr std::uint16_t kFirstPort = 8601;

geo::Geodetic at(double latitude_deg, double longitude_deg, double height_m) {
  return {Angle::degrees(latitude_deg), Angle::degrees(longitude_deg), Length::metres(height_m)};
}

/// Two combined radars, two SSR, two Mode S. Hypothetical all of them, near places that everybody knows.
std::vector<RadarSettings> radar_settings() {
  std::vector<RadarSettings> radars(6);
  radars[0] = {.name = "Hypothetical Baghdad PSR/SSR",
               .antenna = at(33.27, 44.25, 62),
               .period = Duration::seconds(4.0),
               .primary_range = Length::nautical_miles(80),
               .secondary_range = Length::nautical_miles(120),
               .sigma_range = Length::metres(45),
               .sigma_azimuth = Angle::degrees(0.10),
               .false_plots_per_scan = 4.0};
  radars[1] = {.name = "Hypothetical Sulaymaniyah PSR/Mode S",
               .antenna = at(35.60, 45.45, 1'650),
               .period = Duration::seconds(5.0),
               .primary_range = Length::nautical_miles(110),
               .secondary_range = Length::nautical_miles(180),
               .mode_s = true,
               .sigma_range = Length::metres(50),
               .sigma_azimuth = Angle::degrees(0.09),
               .false_plots_per_scan = 7.0};
  radars[2] = {.name = "Hypothetical Basra SSR",
               .antenna = at(30.54, 47.66, 38),
               .period = Duration::seconds(5.0),
               .secondary_range = Length::nautical_miles(200),
               .sigma_range = Length::metres(60),
               .sigma_azimuth = Angle::degrees(0.08)};
  radars[3] = {.name = "Hypothetical Mosul SSR",
               .antenna = at(36.31, 43.15, 250),
               .period = Duration::seconds(6.0),
               .secondary_range = Length::nautical_miles(200),
               .sigma_range = Length::metres(60),
               .sigma_azimuth = Angle::degrees(0.08)};
  radars[4] = {.name = "Hypothetical Rutba Mode S",
               .antenna = at(33.04, 40.29, 640),
               .period = Duration::seconds(4.8),
               .secondary_range = Length::nautical_miles(220),
               .mode_s = true,
               .sigma_range = Length::metres(25),
               .sigma_azimuth = Angle::degrees(0.05)};
  radars[5] = {.name = "Hypothetical Kut Mode S",
               .antenna = at(32.51, 45.82, 45),
               .period = Duration::seconds(4.0),
               .secondary_range = Length::nautical_miles(220),
               .mode_s = true,
               .sigma_range = Length::metres(25),
               .sigma_azimuth = Angle::degrees(0.05)};
  for (std::size_t i = 0; i < radars.size(); ++i) {
    radars[i].sac = kSac;
    radars[i].sic = static_cast<std::uint8_t>(1 + i);
    radars[i].first_azimuth = Angle::degrees(77.0 * static_cast<double>(i));
  }
  return radars;
}

std::vector<AdsbReceiverSettings> receiver_settings() {
  return {{.name = "Hypothetical Baghdad ADS-B",
           .sac = kSac,
           .sic = 21,
           .antenna = at(33.30, 44.37, 70),
           .range = Length::nautical_miles(220)},
          {.name = "Hypothetical Erbil ADS-B",
           .sac = kSac,
           .sic = 22,
           .antenna = at(36.19, 44.01, 440),
           .range = Length::nautical_miles(220)},
          {.name = "Hypothetical Basra ADS-B",
           .sac = kSac,
           .sic = 23,
           .antenna = at(30.50, 47.80, 40),
           .range = Length::nautical_miles(220)}};
}

struct RadarSite {
  RotatingRadar radar;
  RadarEncoder encoder;
  base::Random delays;
};

struct ReceiverSite {
  AdsbReceiver receiver;
  AdsbEncoder encoder;
  base::Random delays;
};

/// On its way, and when it left among all.
struct Pending {
  Emission emission;
  std::uint64_t sequence = 0;

  friend bool operator<(const Pending& a, const Pending& b) {
    return std::tie(a.emission.time, a.emission.feed, a.sequence) <
           std::tie(b.emission.time, b.emission.feed, b.sequence);
  }
};

std::string_view kind_of(const RadarSettings& radar) {
  if (radar.primary_range > Length()) return "psr";
  return radar.mode_s ? "mode_s" : "ssr";
}

std::string site_toml(std::string_view name, std::uint8_t sac, std::uint8_t sic, std::string_view kind,
                      const geo::Geodetic& site) {
  return fmt::format(
      "[[sensor]]\nname = \"{}\"\nsac = {}\nsic = {}\nkind = \"{}\"\nlatitude = {:.6f}\nlongitude = {:.6f}\nheight_m = "
      "{:.1f}\n",
      name, sac, sic, kind, site.latitude.degrees(), site.longitude.degrees(), site.height.metres());
}

}  // namespace

struct DemoScene::Parts {
  Parts(std::uint64_t seed, UtcTime start_time);

  void send(std::size_t feed, Duration time, std::vector<Octets> datagrams);
  void run_radar(std::size_t index);
  void run_receiver(std::size_t index);
  void move_until(Duration time);
  void run_until(Duration until);
  [[nodiscard]] Duration since_start(UtcTime time) const { return time - start; }

  UtcTime start;
  UtcTime now;
  Traffic traffic;
  std::vector<RadarSite> radars;
  std::vector<ReceiverSite> receivers;
  std::vector<Feed> feeds;
  std::vector<Pending> pending;
  std::uint64_t sequence = 0;
};

DemoScene::Parts::Parts(std::uint64_t seed, UtcTime start_time) : start(start_time), now(start_time), traffic(seed) {
  const base::Random root(seed);
  std::uint64_t stream = 100;
  const auto add_feed = [this](const std::string& name) {
    feeds.push_back({.name = name, .udp_port = static_cast<std::uint16_t>(kFirstPort + feeds.size())});
  };
  for (const RadarSettings& settings : radar_settings()) {
    add_feed(settings.name);
    radars.push_back(
        {RotatingRadar(settings, root.fork(stream)), RadarEncoder(settings, start), root.fork(stream + 1)});
    stream += 2;
  }
  for (const AdsbReceiverSettings& settings : receiver_settings()) {
    add_feed(settings.name);
    receivers.push_back(
        {AdsbReceiver(settings, root.fork(stream)), AdsbEncoder(settings, start), root.fork(stream + 1)});
    stream += 2;
  }
}

void DemoScene::Parts::send(std::size_t feed, Duration time, std::vector<Octets> datagrams) {
  for (Octets& octets : datagrams) {
    pending.push_back(
        {.emission = {.time = start + time, .feed = static_cast<std::uint16_t>(feed), .octets = std::move(octets)},
         .sequence = sequence++});
  }
}

/// Service messages go out at once, plots after the plot extractor has done its work.
void DemoScene::Parts::run_radar(std::size_t index) {
  RadarSite& site = radars[index];
  const Sector sector = site.radar.observe(traffic.flights());
  const int next_number = (sector.number + 1) % RotatingRadar::kSectors;
  send(index, sector.end + Duration::seconds(site.delays.uniform(0.020, 0.040)),
       {site.encoder.crossing(next_number, sector.end)});
  send(index, sector.end + Duration::seconds(site.delays.uniform(0.120, 0.300)), site.encoder.plots(sector.plots));
}

void DemoScene::Parts::run_receiver(std::size_t index) {
  ReceiverSite& site = receivers[index];
  const Duration sending = site.receiver.next_sending();
  const std::vector<AdsbReport> reports = site.receiver.listen(traffic.flights());
  send(radars.size() + index, sending + Duration::seconds(site.delays.uniform(0.050, 0.150)),
       site.encoder.reports(reports, sending));
}

void DemoScene::Parts::move_until(Duration time) {
  while (kTickPeriod * static_cast<double>(traffic.tick() + 1) <= time) traffic.step();
}

/// Lets every sensor see what it sees until then, in order of time.
void DemoScene::Parts::run_until(Duration until) {
  for (;;) {
    std::size_t first = 0;
    Duration earliest = until;
    bool found = false;
    const auto consider = [&](std::size_t sensor, Duration time) {
      if (found ? time < earliest : time <= earliest) {
        first = sensor;
        earliest = time;
        found = true;
      }
    };
    for (std::size_t i = 0; i < radars.size(); ++i) consider(i, radars[i].radar.next_sector_end());
    for (std::size_t i = 0; i < receivers.size(); ++i)
      consider(radars.size() + i, receivers[i].receiver.next_sending());
    if (!found) break;
    move_until(earliest);
    first < radars.size() ? run_radar(first) : run_receiver(first - radars.size());
  }
  move_until(until);
}

DemoScene::DemoScene(std::uint64_t seed, UtcTime start) : parts_(std::make_unique<Parts>(seed, start)) {}
DemoScene::~DemoScene() = default;
DemoScene::DemoScene(DemoScene&&) noexcept = default;
DemoScene& DemoScene::operator=(DemoScene&&) noexcept = default;

std::vector<Emission> DemoScene::advance(UtcTime until) {
  std::vector<Emission> received;
  if (until <= parts_->now) return received;
  parts_->run_until(parts_->since_start(until));
  parts_->now = until;
  std::vector<Pending>& pending = parts_->pending;
  std::sort(pending.begin(), pending.end());
  const auto later = std::partition_point(pending.begin(), pending.end(),
                                          [until](const Pending& p) { return p.emission.time <= until; });
  received.reserve(static_cast<std::size_t>(later - pending.begin()));
  for (auto p = pending.begin(); p != later; ++p) received.push_back(std::move(p->emission));
  pending.erase(pending.begin(), later);
  return received;
}

std::span<const Feed> DemoScene::feeds() const noexcept { return parts_->feeds; }

std::string DemoScene::sensors_toml() const {
  std::string toml = "# The demo's sensors. None of them exists.\n";
  for (const RadarSite& site : parts_->radars) {
    const RadarSettings& radar = site.radar.settings();
    toml += site_toml(radar.name, radar.sac, radar.sic, kind_of(radar), radar.antenna);
    toml += fmt::format(
        "period_s = {:.1f}\nrange_max_nm = {:.0f}.0\nsigma_range_m = {:.1f}\nsigma_azimuth_deg = {:.3f}\npd = {:.2f}\n"
        "false_plots_per_scan = {:.1f}\n\n",
        radar.period.seconds(), std::max(radar.primary_range, radar.secondary_range).nautical_miles(),
        radar.sigma_range.metres(), radar.sigma_azimuth.degrees(),
        radar.primary_range > Length() ? radar.primary_detection : radar.secondary_detection,
        radar.false_plots_per_scan);
  }
  for (const ReceiverSite& site : parts_->receivers) {
    const AdsbReceiverSettings& receiver = site.receiver.settings();
    toml += site_toml(receiver.name, receiver.sac, receiver.sic, "adsb", receiver.antenna);
    toml += fmt::format(
        "period_s = 1.0\nrange_max_nm = {:.0f}.0\nsigma_position_m = 15.0\nsigma_velocity_ms = 0.5\npd = {:.2f}\n\n",
        receiver.range.nautical_miles(), receiver.reception);
  }
  return toml;
}

std::vector<TruthState> DemoScene::truth(UtcTime t) const {
  std::vector<TruthState> states;
  if (t > parts_->now || parts_->now - t > kTruthMemory) return states;
  for (const Flight& flight : parts_->traffic.flights()) {
    if (std::optional<TruthState> state = flight.truth_at(parts_->since_start(t))) states.push_back(*std::move(state));
  }
  return states;
}

std::span<const geo::Geodetic> DemoScene::border() noexcept { return border_line(); }

}  // namespace marsad::simulation
