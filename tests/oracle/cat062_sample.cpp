// Writes what the system track service sends for a few seconds of made-up traffic, as a pcap, together with what each
// record must say, as JSON lines: for cat062_tshark.py, which lets an independent decoder read the one and compares it
// with the other. Usage: cat062_sample OUT.pcap OUT.jsonl

#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "marsad/base/random.hpp"
#include "marsad/output/system_track_service.hpp"

namespace marsad {
namespace {

using nlohmann::json;
using observation::SensorKind;

constexpr std::uint16_t kUdpPort = 8600;
constexpr std::size_t kTracks = 120;
constexpr int kPictures = 6;

void put(std::string& out, std::uint64_t value, int octets, bool big_endian) {
  for (int i = 0; i < octets; ++i) {
    const int shift = 8 * (big_endian ? octets - 1 - i : i);
    out += static_cast<char>((value >> shift) & 0xFFU);
  }
}

/// Ethernet, IPv4 and UDP headers as a capture on the wire would have them (checksums left zero: not computed).
std::string packet_of(std::span<const std::byte> payload) {
  std::string p("\x01\x00\x5e\x4d\x4d\x4d\x02\x00\x00\x00\x00\x01\x08\x00\x45\x00", 16);
  put(p, 28 + payload.size(), 2, true);
  p += std::string("\x00\x00\x40\x00\x01\x11\x00\x00\x7f\x00\x00\x01\xef\x4d\x4d\x4d", 16);
  put(p, kUdpPort, 2, true);
  put(p, kUdpPort, 2, true);
  put(p, 8 + payload.size(), 2, true);
  put(p, 0, 2, true);
  for (const std::byte octet : payload) p += static_cast<char>(octet);
  return p;
}

void append_packet(std::string& pcap, std::span<const std::byte> payload, units::UtcTime time) {
  const std::string packet = packet_of(payload);
  const auto microseconds = static_cast<std::uint64_t>(time.nanoseconds_since_epoch() / 1000);
  put(pcap, microseconds / 1'000'000, 4, false);
  put(pcap, microseconds % 1'000'000, 4, false);
  put(pcap, packet.size(), 4, false);
  put(pcap, packet.size(), 4, false);
  pcap += packet;
}

picture::SensorStatus sensor(std::uint16_t id, SensorKind kind, units::UtcTime heard) {
  picture::SensorStatus status;
  status.id = observation::SensorId(id);
  status.name = "sensor";
  status.kind = kind;
  status.configured = true;
  status.period = units::Duration::seconds(4.0);
  status.last_receipt = heard;
  return status;
}

picture::SystemTrack random_track(base::Random& random, std::uint64_t id, units::UtcTime now) {
  picture::SystemTrack t;
  t.id = picture::TrackId(id);
  t.track_number = static_cast<std::uint16_t>(id);
  t.state = random.chance(0.2) ? picture::TrackState::coasting : picture::TrackState::confirmed;
  t.position = {units::Angle::degrees(random.uniform(-90.0, 90.0)),
                units::Angle::degrees(random.uniform(-180.0, 180.0)),
                units::Length::feet(random.uniform(-1000.0, 60'000.0))};
  t.height_is_geometric = random.chance(0.5);
  const double east = random.uniform(1.0, 500.0);
  const double north = random.uniform(1.0, 500.0);
  t.position_covariance = {east * east, random.uniform(-0.9, 0.9) * east * north, north * north};
  t.velocity_east = units::Speed::metres_per_second(random.uniform(-600.0, 600.0));
  t.velocity_north = units::Speed::metres_per_second(random.uniform(-600.0, 600.0));
  t.velocity_covariance_m2s2 = {4.0, 0.0, 9.0};
  if (random.chance(0.7)) t.pressure_altitude = units::PressureAltitude::feet(random.uniform(-1000.0, 60'000.0));
  if (random.chance(0.7)) t.vertical_rate = units::Speed::feet_per_minute(random.uniform(-6000.0, 6000.0));
  if (random.chance(0.7)) t.address = observation::ModeSAddress(static_cast<std::uint32_t>(random.below(1U << 24U)));
  if (random.chance(0.7)) t.mode_a = observation::ModeACode::from_bits(static_cast<std::uint16_t>(random.below(4096)));
  if (random.chance(0.7)) t.identification = observation::AircraftIdentification::from_text("MRS" + std::to_string(id));
  t.emergency = static_cast<std::uint8_t>(random.below(8));
  t.special_position_identification = random.chance(0.1);
  t.on_ground = random.chance(0.1);
  t.simulated = true;
  t.model_probability = {random.uniform(), random.uniform(), random.uniform()};
  t.initiated = now - units::Duration::seconds(random.uniform(0.0, 100.0));
  for (std::uint16_t s = 0; s < 5; ++s) {
    if (!random.chance(0.5)) continue;
    const auto last = now - units::Duration::seconds(random.uniform(0.0, 20.0));
    if (!t.contributions.try_push_back({observation::SensorId(s), last, 1})) break;
  }
  return t;
}

picture::AirPicture random_picture(base::Random& random, int number) {
  picture::AirPicture p;
  p.time = units::UtcTime::seconds_since_epoch(1'767'225'598.0 + number);  // over midnight
  p.sequence = static_cast<std::uint64_t>(number) + 1;
  constexpr std::array kKinds{SensorKind::psr, SensorKind::ssr, SensorKind::mode_s, SensorKind::adsb, SensorKind::mlat};
  for (std::uint16_t s = 0; s < kKinds.size(); ++s) p.sensors.push_back(sensor(s, kKinds[s], p.time));
  if (number == 2) p.sensors[0].last_receipt.reset();
  for (std::uint64_t id = 1; id <= kTracks; ++id) {
    if (number > 3 && id % 7 == 0) continue;
    p.tracks.push_back(random_track(random, id, p.time));
    if (number == 3 && id % 7 == 0) p.tracks.back().state = picture::TrackState::terminated;
    if (number > 1 && id == 5) p.tracks.pop_back();  // vanishes
  }
  return p;
}

json expected_track(const picture::AirPicture& p, const picture::SystemTrack& t) {
  json e{{"tod_s", std::fmod(p.time.seconds_since_epoch(), 86'400.0)}, {"track_number", t.track_number}};
  e["first"] = p.sequence == 1;
  e["last"] = t.state == picture::TrackState::terminated;
  e["coasting"] = t.state != picture::TrackState::confirmed;
  e["lat"] = t.position.latitude.degrees();
  e["lon"] = t.position.longitude.degrees();
  e["vx"] = t.velocity_east.metres_per_second();
  e["vy"] = t.velocity_north.metres_per_second();
  e["sigma_x"] = std::sqrt(t.position_covariance.east_east_m2);
  e["sigma_y"] = std::sqrt(t.position_covariance.north_north_m2);
  e["emergency"] = t.emergency;
  if (t.height_is_geometric) e["geometric_ft"] = t.position.height.feet();
  if (t.pressure_altitude) e["flight_level"] = t.pressure_altitude->flight_level();
  if (t.vertical_rate) e["rate_ft_per_min"] = t.vertical_rate->feet_per_minute();
  if (t.address) e["address"] = t.address->value();
  if (t.mode_a) e["mode_a"] = t.mode_a->bits();
  if (t.identification) e["identification"] = t.identification->text();
  return e;
}

int write_sample(const char* pcap_path, const char* expected_path) {
  output::SystemTrackSettings settings;
  settings.sac = 25;
  settings.sic = 7;
  auto made = output::SystemTrackService::make(settings);
  if (!made) return 1;
  auto service = std::move(made).value();

  std::string pcap("\xd4\xc3\xb2\xa1\x02\x00\x04\x00\x00\x00\x00\x00\x00\x00\x00\x00\xff\xff\x00\x00\x01\x00\x00\x00",
                   24);
  std::ofstream expected(expected_path);
  base::Random random(62);
  for (int number = 0; number < kPictures; ++number) {
    const auto p = random_picture(random, number);
    output::DatagramBatch batch;
    service.encode(p, batch);
    for (std::size_t i = 0; i < batch.size(); ++i) append_packet(pcap, batch[i], p.time);
    for (std::size_t i = 0; i < p.tracks.size(); ++i) {
      if (number == 2 && p.tracks[i].id.value() == 6)
        expected << json{{"track_number", 5}, {"last", true}, {"vanished", true}} << '\n';
      expected << expected_track(p, p.tracks[i]) << '\n';
    }
  }
  std::ofstream(pcap_path, std::ios::binary) << pcap;
  return expected.good() ? 0 : 1;
}

}  // namespace
}  // namespace marsad

int main(int argc, char** argv) {
  if (argc == 3) return marsad::write_sample(argv[1], argv[2]);
  std::fputs("usage: cat062_sample OUT.pcap OUT.jsonl\n", stderr);
  return 2;
}
