// links: output observation wire_modes wire_framing geo units base
// Mode S messages through duplicates, parity, positions and the state of aircraft, and on to JSON lines and CAT021, on
// traffic made here: 300 aircraft, each sending squitters and replies at the rates of the standard, one receiver.

#include <benchmark/benchmark.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "marsad/base/random.hpp"
#include "marsad/observation/mode_s/resolver.hpp"
#include "marsad/output/cat021_service.hpp"
#include "marsad/output/mode_s_json.hpp"
#include "marsad/wire/modes/altitude.hpp"
#include "marsad/wire/modes/cpr.hpp"
#include "marsad/wire/modes/parity.hpp"

namespace {

using namespace marsad;
using observation::mode_s::Resolver;
using units::UtcTime;

struct Heard {
  std::array<std::byte, 14> octets{};
  std::uint8_t size = 0;
  UtcTime receipt;
};

/// Bits put one after the other, and the parity at the end.
class FrameWriter {
 public:
  FrameWriter& put(std::uint64_t value, unsigned width) {
    for (unsigned i = width; i-- > 0; ++size_)
      if ((value >> i & 1U) != 0) heard_.octets[size_ / 8] |= static_cast<std::byte>(0x80U >> size_ % 8);
    return *this;
  }
  Heard finish(std::uint32_t overlay, UtcTime receipt) {
    put(0, 24);
    heard_.size = static_cast<std::uint8_t>(size_ / 8);
    const auto frame = wire::modes::Frame::from(std::span(heard_.octets).first(heard_.size));
    const std::uint32_t parity = wire::modes::parity_remainder(*frame) ^ overlay;
    for (unsigned i = 0; i < 3; ++i)
      heard_.octets[heard_.size - 3 + i] = static_cast<std::byte>(parity >> (16 - 8 * i) & 0xFFU);
    heard_.receipt = receipt;
    return heard_;
  }

 private:
  Heard heard_;
  unsigned size_ = 0;
};

struct Flight {
  std::uint32_t address;
  double latitude_deg, longitude_deg, north_kt, east_kt, altitude_ft;
};

std::uint64_t airborne_position(const Flight& flight, double seconds, bool odd) {
  const wire::modes::cpr::Position place{
      flight.latitude_deg + flight.north_kt * seconds / 3600.0 / 60.0,
      flight.longitude_deg + flight.east_kt * seconds / 3600.0 / 60.0 / std::cos(flight.latitude_deg * 0.01745)};
  const auto encoded = wire::modes::cpr::encode_airborne(place, odd);
  const auto altitude = wire::modes::encode_altitude_25_ft_12(flight.altitude_ft).value_or(0);
  return 11ULL << 51U | std::uint64_t{altitude} << 36U | std::uint64_t{odd} << 34U | std::uint64_t{encoded.lat} << 17U |
         encoded.lon;
}

std::uint64_t airborne_velocity(const Flight& flight) {
  const auto part = [](double knots) {
    return (knots < 0 ? 1ULL << 10U : 0ULL) | static_cast<std::uint64_t>(std::abs(knots) + 1.5);
  };
  return 19ULL << 51U | 1ULL << 48U | 2ULL << 43U | part(flight.east_kt) << 32U | part(flight.north_kt) << 21U;
}

/// One message of a flight: in the proportions in which receivers near an airport hear them.
Heard message_of(const Flight& flight, unsigned turn, double seconds, UtcTime receipt) {
  FrameWriter write;
  const auto squitter = [&](std::uint64_t content) {
    return write.put(17, 5).put(5, 3).put(flight.address, 24).put(content, 56).finish(0, receipt);
  };
  const auto altitude = wire::modes::encode_altitude_25_ft_13(flight.altitude_ft).value_or(0);
  switch (turn % 16) {
    case 0:
    case 1:
      return squitter(airborne_position(flight, seconds, turn % 2 == 1));
    case 2:
    case 8:
      return squitter(airborne_velocity(flight));
    case 3:
      return squitter(29ULL << 51U | 1ULL << 49U | 0x2A5ULL << 20U);
    case 4:
      return squitter(31ULL << 51U | 2ULL << 13U | 9ULL << 8U | 3ULL << 4U);
    case 5:
    case 6:
    case 7:
      return write.put(11, 5).put(5, 3).put(flight.address, 24).finish(turn % 3, receipt);
    case 9:
    case 10:
      return write.put(4, 5).put(0, 14).put(altitude, 13).finish(flight.address, receipt);
    case 11:
      return write.put(0, 5).put(0, 14).put(altitude, 13).finish(flight.address, receipt);
    case 12:
    case 13:
      return write.put(20, 5).put(0, 14).put(altitude, 13).put(0x85E42F31300000ULL, 56).finish(flight.address, receipt);
    default:
      return write.put(21, 5).put(0, 14).put(0x0AAA, 13).put(0x8F39F91A7E27C4ULL, 56).finish(flight.address, receipt);
  }
}

const std::vector<Heard>& traffic() {
  static const std::vector<Heard> kTraffic = [] {
    base::Random random(1);
    std::vector<Flight> flights;
    for (std::uint32_t i = 0; i < 300; ++i)
      flights.push_back({0x400000 + i * 7919, random.uniform(58.0, 62.0), random.uniform(20.0, 29.0),
                         random.uniform(-400.0, 400.0), random.uniform(-400.0, 400.0),
                         25.0 * std::floor(random.uniform(40.0, 1'600.0))});
    std::vector<Heard> heard;
    const UtcTime start = UtcTime::seconds_since_epoch(1.7e9);
    for (unsigned i = 0; i < 600'000; ++i) {
      const double seconds = i / 6'000.0;
      const auto number = static_cast<std::size_t>(random.uniform(0.0, 299.999));
      const unsigned turn = static_cast<unsigned>(random.uniform(0.0, 15.999));
      heard.push_back(message_of(flights[number], turn, seconds, start + units::Duration::seconds(seconds)));
    }
    return heard;
  }();
  return kTraffic;
}

wire::framing::ReceiverMessage as_message(const Heard& heard) {
  wire::framing::ReceiverMessage message;
  message.type = heard.size == 14 ? wire::framing::ReceiverMessage::Type::long_frame
                                  : wire::framing::ReceiverMessage::Type::short_frame;
  message.message = std::span(heard.octets).first(heard.size);
  return message;
}

template <class OnOutcome>
void run(benchmark::State& state, const observation::mode_s::ResolverSettings& settings, OnOutcome&& on_outcome) {
  const std::vector<Heard>& messages = traffic();
  std::uint64_t positions = 0;
  for (auto _ : state) {
    Resolver resolver(settings);
    for (const Heard& heard : messages) on_outcome(resolver.take(as_message(heard), heard.receipt));
    positions = resolver.counters().of(observation::mode_s::PositionVerdict::resolved);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(messages.size()));
  state.counters["positions"] = static_cast<double>(positions);
}

void resolve(benchmark::State& state) {
  observation::mode_s::ResolverSettings settings;
  settings.registers = state.range(0) != 0;
  run(state, settings, [](const auto& outcome) { benchmark::DoNotOptimize(&outcome); });
}
BENCHMARK(resolve)->Arg(0)->Arg(1)->ArgName("registers")->Unit(benchmark::kMillisecond);

void resolve_and_print(benchmark::State& state) {
  observation::mode_s::ResolverSettings settings;
  settings.registers = state.range(0) != 0;
  output::ModeSJsonOptions options;
  options.registers = settings.registers;
  std::string out;
  std::size_t octets = 0;
  run(state, settings, [&](const auto& outcome) {
    output::append_mode_s_json(out, outcome, options);
    out += '\n';
    if (out.size() < 65'536) return;
    octets += out.size();
    out.clear();
  });
  state.SetBytesProcessed(static_cast<std::int64_t>(octets));
}
BENCHMARK(resolve_and_print)->Arg(0)->Arg(1)->ArgName("registers")->Unit(benchmark::kMillisecond);

void resolve_and_send_cat021(benchmark::State& state) {
  observation::mode_s::ResolverSettings settings;
  settings.registers = false;
  auto service = output::Cat021Service::make({});
  output::DatagramBatch batch;
  run(state, settings, [&](const auto& outcome) {
    service->take(outcome, outcome.reception.receipt, batch);
    if (batch.size() > 64) batch.clear();
  });
}
BENCHMARK(resolve_and_send_cat021)->Unit(benchmark::kMillisecond);

}  // namespace
