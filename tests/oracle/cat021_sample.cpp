// Writes what the ADS-B service sends for Mode S messages, as a pcap, together with what each record must say, as JSON
// lines: for cat021_tshark.py, which lets an independent decoder read the one and compares it with the other. The
// messages are made up at random, or lines "seconds hexadecimal" of a file.
// Usage: cat021_sample OUT.pcap OUT.jsonl [LINES]

#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "marsad/base/random.hpp"
#include "marsad/observation/mode_s/resolver.hpp"
#include "marsad/observation/mode_s/test_squitters.hpp"
#include "marsad/output/cat021_service.hpp"

namespace marsad {
namespace {

using nlohmann::json;
using observation::mode_s::AircraftState;
using observation::mode_s::Outcome;
using observation::mode_s::testing::airborne_position;
using observation::mode_s::testing::identification;
using observation::mode_s::testing::MadeFrame;
using observation::mode_s::testing::squitter;
using units::Duration;
using units::UtcTime;

constexpr std::uint16_t kUdpPort = 8600;
constexpr Duration kMotion = Duration::seconds(10.0);
constexpr Duration kStatus = Duration::seconds(25.0);
constexpr Duration kIdentity = Duration::seconds(120.0);

void put(std::string& out, std::uint64_t value, int octets, bool big_endian) {
  for (int i = 0; i < octets; ++i) {
    const int shift = 8 * (big_endian ? octets - 1 - i : i);
    out += static_cast<char>((value >> shift) & 0xFFU);
  }
}

/// IPv4 and UDP headers (checksums left zero: not computed).
void append_packet(std::string& pcap, std::span<const std::byte> payload) {
  std::string packet("\x45\x00", 2);
  put(packet, 28 + payload.size(), 2, true);
  packet += std::string("\x00\x00\x40\x00\x01\x11\x00\x00\x7f\x00\x00\x01\xef\x4d\x4d\x4d", 16);
  put(packet, kUdpPort, 2, true);
  put(packet, kUdpPort, 2, true);
  put(packet, 8 + payload.size(), 2, true);
  put(packet, 0, 2, true);
  for (const std::byte octet : payload) packet += static_cast<char>(octet);
  put(pcap, 0, 8, false);
  put(pcap, packet.size(), 4, false);
  put(pcap, packet.size(), 4, false);
  pcap += packet;
}

/// A squitter of any kind about one of a few aircraft that fly about Baghdad.
MadeFrame any_message(base::Random& random, double seconds) {
  const auto number = static_cast<std::uint32_t>(random.below(30));
  const std::uint32_t address = 0x4B0000U + number * 0x111U;
  const wire::modes::cpr::Position place{33.0 + 0.1 * number + 0.001 * seconds, 44.0 - 0.1 * number};
  switch (random.below(8)) {
    case 0:
    case 1:
    case 2:
      return squitter(address, airborne_position(place, random.chance(0.5), 100.0 * (number + 1.0),
                                                 9 + static_cast<unsigned>(random.below(14)) % 10, random.chance(0.5)));
    case 3:
      return squitter(address, 19ULL << 51U | random.below(std::uint64_t{1} << 51U));
    case 4:
      return squitter(address, identification("MARSAD12"));
    case 5: {
      const std::uint64_t random_status = random.below(std::uint64_t{1} << 48U) & ~(7ULL << 13U);
      return squitter(address, 31ULL << 51U | random_status | (number % 3) << 13U);
    }
    case 6:
      return squitter(address, 28ULL << 51U | (1 + random.below(2)) << 48U | random.below(std::uint64_t{1} << 48U));
    default:
      return squitter(address, 29ULL << 51U | 1ULL << 49U | random.below(std::uint64_t{1} << 49U));
  }
}

template <class T, class Convert>
void set_if(json& record, const char* key, const observation::mode_s::Timed<T>& timed, UtcTime now, Duration life,
            Convert convert) {
  if (timed.fresh(now, life)) record[key] = convert(timed.value());
}

json expected_of(const Outcome& outcome) {
  const AircraftState& state = *outcome.aircraft;
  const UtcTime now = outcome.reception.receipt;
  const auto feet_per_minute = [](units::Speed rate) { return rate.feet_per_minute(); };
  json record{{"address", state.address.value()},
              {"lat", outcome.position->place.latitude.degrees()},
              {"lon", outcome.position->place.longitude.degrees()},
              {"on_ground", outcome.position->on_surface},
              {"version", state.quality.version.value()},
              {"tod_s", std::fmod(now.seconds_since_epoch(), 86'400.0)}};
  set_if(record, "flight_level", state.pressure_altitude, now, kMotion, [](auto a) { return a.flight_level(); });
  set_if(record, "height_ft", state.geometric_height, now, kMotion, [](auto h) { return h.feet(); });
  set_if(record, "baro_rate", state.barometric_rate, now, kMotion, feet_per_minute);
  set_if(record, "geom_rate", state.geometric_rate, now, kMotion, feet_per_minute);
  set_if(record, "speed_nm_s", state.velocity, now, kMotion, [](auto v) { return v.speed.knots() / 3'600.0; });
  set_if(record, "track_deg", state.velocity, now, kMotion, [](auto v) { return v.track_angle.degrees(); });
  set_if(record, "mode_a", state.mode_a, now, kIdentity, [](auto code) { return code.bits(); });
  set_if(record, "identification", state.identification, now, kIdentity,
         [](auto text) { return std::string(text.text()); });
  if (state.quality.version.value() > 0) {
    record["nic"] = outcome.position->nic;
    record["nacp"] = state.quality.nacp.within(now, kStatus).value_or(0);
    record["sil"] = state.quality.sil.within(now, kStatus).value_or(0);
    record["nic_baro"] = state.quality.nic_baro.within(now, kStatus).value_or(false);
  }
  if (state.quality.version.value() > 1) {
    record["sda"] = state.quality.sda.within(now, kStatus).value_or(0);
    record["gva"] = state.quality.gva.within(now, kStatus).value_or(0);
  }
  record["nacv"] = state.quality.nacv.within(now, kStatus).value_or(0);
  if (state.emergency.fresh(now, kStatus)) record["emergency"] = state.emergency.value();
  return record;
}

class Sample {
 public:
  Sample(const char* pcap, const char* listing) : pcap_file_(pcap, std::ios::binary), listing_(listing) {
    put(pcap_, 0xA1B2C3D4, 4, false);
    put(pcap_, 2, 2, false);
    put(pcap_, 4, 2, false);
    put(pcap_, 0, 8, false);
    put(pcap_, 0x40000, 4, false);
    put(pcap_, 101, 4, false);
  }
  void take(const MadeFrame& frame, UtcTime receipt) {
    const Outcome& outcome = resolver_.take(frame.heard(), receipt);
    if (service_.take(outcome, receipt, batch_)) listing_ << expected_of(outcome).dump() << '\n';
  }
  bool finish() {
    service_.flush(batch_);
    for (std::size_t i = 0; i < batch_.size(); ++i) append_packet(pcap_, batch_[i]);
    pcap_file_ << pcap_;
    return pcap_file_.flush().good() && listing_.flush().good();
  }

 private:
  std::ofstream pcap_file_;
  std::ofstream listing_;
  std::string pcap_;
  observation::mode_s::Resolver resolver_;
  output::Cat021Service service_ = *output::Cat021Service::make({.sac = 25, .sic = 1});
  output::DatagramBatch batch_;
};

bool take_lines(Sample& sample, const char* path) {
  std::ifstream lines(path);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t space = line.find(' ');
    if (space == std::string::npos) return false;
    MadeFrame frame;
    for (std::size_t i = space + 1; i + 1 < line.size() && frame.size < 14; i += 2) {
      unsigned value = 0;
      std::from_chars(line.data() + i, line.data() + i + 2, value, 16);
      frame.octets[frame.size++] = static_cast<std::byte>(value);
    }
    sample.take(frame, UtcTime::seconds_since_epoch(std::atof(line.c_str())));
  }
  return true;
}

void take_random(Sample& sample) {
  base::Random random(21);
  for (int i = 0; i < 20'000; ++i) {
    const double seconds = 0.01 * i;
    // Over midnight.
    sample.take(any_message(random, seconds), UtcTime::seconds_since_epoch(1'767'225'500.0 + seconds));
  }
}

}  // namespace
}  // namespace marsad

int main(int count, char** arguments) {
  if (count < 3) {
    std::fputs("usage: cat021_sample OUT.pcap OUT.jsonl [LINES]\n", stderr);
    return 2;
  }
  marsad::Sample sample(arguments[1], arguments[2]);
  if (count > 3) {
    if (!marsad::take_lines(sample, arguments[3])) return 1;
  } else {
    marsad::take_random(sample);
  }
  return sample.finish() ? 0 : 1;
}
