// links: wire_modes wire_framing base units
// How fast Mode S messages become fields: from a Beast recording (octets, framing, parity, every field of the message
// and of its extended squitter) and from frames of our own making. The recording lies outside the project: name the
// folder of shared data in MARSAD_SHARED, else ../shared is looked for and the benchmark skipped.

#include <benchmark/benchmark.h>

#include <array>
#include <cstddef>
#include <vector>

#include "marsad/base/check.hpp"
#include "marsad/base/random.hpp"
#include "marsad/wire/framing/file_reader.hpp"
#include "marsad/wire/framing/receiver_message.hpp"
#include "marsad/wire/modes/altitude.hpp"
#include "marsad/wire/modes/cpr.hpp"
#include "marsad/wire/modes/extended_squitter.hpp"
#include "marsad/wire/modes/message.hpp"
#include "marsad/wire/modes/parity.hpp"
#include "recordings.hpp"

namespace {

using namespace marsad::wire::modes;
namespace framing = marsad::wire::framing;

/// Takes every field of a message, so that none is left out by the compiler.
class Reader {
 public:
  void operator()(const ShortAirAir& message) {
    air_air(message);
    take(message.cross_link());
  }
  void operator()(const LongAirAir& message) {
    air_air(message);
    take(message.message().value());
  }
  void operator()(const SurveillanceAltitude& message) {
    surveillance(message);
    take(message.altitude_ft());
  }
  void operator()(const SurveillanceIdentity& message) {
    surveillance(message);
    take(message.mode_a());
  }
  void operator()(const CommBAltitude& message) {
    (*this)(static_cast<const SurveillanceAltitude&>(message));
    take(message.message().value());
  }
  void operator()(const CommBIdentity& message) {
    (*this)(static_cast<const SurveillanceIdentity&>(message));
    take(message.message().value());
  }
  void operator()(const AllCall& message) {
    take(message.capability());
    take(message.address());
  }
  void operator()(const CommD& message) {
    take(message.segment());
    take(message.message_tail());
  }
  void operator()(const MilitarySquitter& message) { take(message.application()); }
  void operator()(const ReservedFormat& message) { take(message.frame().high()); }
  void operator()(const ExtendedSquitter& message) {
    take(message.address());
    take(static_cast<unsigned>(message.address_kind()));
    if (!message.has_type_code()) return;
    squitter(message.type_code(), message.message());
  }

  void take(double value) { sum_ += value; }
  void take(const std::optional<double>& value) { sum_ += value.value_or(1.0); }
  void take(const Scaled& scaled) { take(scaled.value); }
  template <std::integral Value>
  void take(Value value) {
    bits_ ^= static_cast<std::uint64_t>(value);
  }
  void done() {
    benchmark::DoNotOptimize(sum_);
    benchmark::DoNotOptimize(bits_);
  }

 private:
  template <class Message>
  void air_air(const Message& message) {
    take(message.on_ground());
    take(message.sensitivity_level());
    take(message.reply_information());
    take(message.altitude_ft());
  }
  template <class Message>
  void surveillance(const Message& message) {
    take(message.flight_status().code());
    take(message.downlink_request());
    take(message.utility_message());
  }
  void squitter(unsigned type_code, Register me);
  void position(const cpr::Encoded& encoded) {
    take(encoded.lat);
    take(encoded.lon);
    take(encoded.odd);
  }
  void velocity(const AirborneVelocity& message);

  double sum_ = 0.0;
  std::uint64_t bits_ = 0;
};

void Reader::velocity(const AirborneVelocity& message) {
  take(message.ground_speed_kt());
  take(message.track_deg());
  take(message.heading_deg);
  take(message.airspeed_kt);
  take(message.vertical_rate_ft_min);
  take(message.geometric_minus_barometric_ft);
  take(message.nac_v);
}

void Reader::squitter(unsigned type_code, Register me) {
  switch (squitter_kind(type_code)) {
    case SquitterKind::identification:
      for (const char letter : decode_identification(me).letters) take(letter);
      return;
    case SquitterKind::surface_position: {
      const auto message = decode_surface_position(me);
      take(message.ground_speed_kt(2));
      take(message.track_deg);
      return position(message.cpr);
    }
    case SquitterKind::no_position:
    case SquitterKind::airborne_position: {
      const auto message = decode_airborne_position(me);
      take(message.altitude_ft());
      take(message.surveillance_status);
      return position(message.cpr);
    }
    case SquitterKind::airborne_velocity:
      return velocity(decode_airborne_velocity(me));
    case SquitterKind::aircraft_status:
      if (const auto emergency = decode_emergency_status(me)) take(emergency->mode_a);
      if (const auto advisory = decode_resolution_advisory_broadcast(me)) take(advisory->active);
      return;
    case SquitterKind::target_state:
      if (const auto target = decode_target_state(me)) {
        take(target->selected_altitude_ft);
        take(target->pressure_setting_mb);
        take(target->selected_heading_deg);
        take(target->nac_p);
        take(target->sil);
      }
      return;
    case SquitterKind::operational_status:
      if (const auto status = decode_operational_status(me)) {
        take(status->version);
        take(status->nac_p);
        take(status->sil);
        take(status->nic_supplement_a);
        take(status->sda.value_or(0));
        take(status->gva.value_or(0));
      }
      return;
    case SquitterKind::test:
      return take(decode_test(me).mode_a.value_or(0));
    case SquitterKind::surface_system_status:
      return take(decode_surface_system_status(me).content);
    case SquitterKind::reserved:
      return take(me.value());
  }
}

void read_frame(const Frame& frame, Reader& reader) {
  reader.take(parity_syndrome(frame));
  std::visit(reader, decode(frame));
}

std::vector<std::byte> recording() {
  return marsad::bench::content_of(marsad::bench::shared_folder() / "data/modes/beast/raw_adsb_20260106_081303.bin");
}

/// From the octets of a Beast recording to fields.
void BeastToFields(benchmark::State& state) {
  const auto content = recording();
  if (content.empty()) return state.SkipWithError("no recording: set MARSAD_SHARED");
  std::int64_t messages = 0;
  Reader reader;
  for (auto _ : state) {
    auto file = framing::FileReader::open(content);
    MARSAD_CHECK(file.ok());
    while (const auto datagram = file->next()) {
      const auto heard = framing::parse_receiver_message(datagram->payload);
      if (!heard) continue;
      const auto frame = Frame::from(heard->message);
      if (!frame) continue;
      read_frame(*frame, reader);
      ++messages;
    }
  }
  reader.done();
  state.SetItemsProcessed(messages);
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(content.size()));
}
BENCHMARK(BeastToFields);

/// The frames of the recording, cut out beforehand.
std::vector<Frame> recorded_frames() {
  std::vector<Frame> frames;
  const auto content = recording();
  auto file = framing::FileReader::open(content);
  if (!file.ok()) return frames;
  while (const auto datagram = file->next()) {
    const auto heard = framing::parse_receiver_message(datagram->payload);
    if (!heard) continue;
    if (const auto frame = Frame::from(heard->message)) frames.push_back(*frame);
  }
  return frames;
}

/// Frames in the shares in which a receiver near an airport hears them.
std::vector<Frame> made_frames() {
  constexpr std::array<unsigned, 16> kFormats{0, 4, 5, 11, 11, 11, 16, 17, 17, 17, 17, 17, 18, 20, 20, 21};
  constexpr std::array<unsigned, 10> kTypeCodes{4, 11, 12, 11, 19, 19, 28, 29, 31, 7};
  marsad::base::Random random(1);
  std::vector<Frame> frames;
  for (std::size_t i = 0; i < 4096; ++i) {
    std::array<std::byte, Frame::kLong> octets{};
    for (std::byte& octet : octets) octet = static_cast<std::byte>(random.below(256));
    const unsigned format = kFormats[i % kFormats.size()];
    octets[0] = static_cast<std::byte>(format << 3U | 5U);
    octets[4] = static_cast<std::byte>(kTypeCodes[i % kTypeCodes.size()] << 3U | 1U);
    frames.push_back(*Frame::from(std::span(octets).first(format < 16 ? Frame::kShort : Frame::kLong)));
  }
  return frames;
}

void read_all(benchmark::State& state, const std::vector<Frame>& frames) {
  if (frames.empty()) return state.SkipWithError("no recording: set MARSAD_SHARED");
  Reader reader;
  for (auto _ : state)
    for (const Frame& frame : frames) read_frame(frame, reader);
  reader.done();
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(frames.size()));
}
void RecordedFramesToFields(benchmark::State& state) { read_all(state, recorded_frames()); }
void MadeFramesToFields(benchmark::State& state) { read_all(state, made_frames()); }
BENCHMARK(RecordedFramesToFields);
BENCHMARK(MadeFramesToFields);

void Parity(benchmark::State& state) {
  const auto frames = made_frames();
  std::uint32_t bits = 0;
  for (auto _ : state)
    for (const Frame& frame : frames) bits ^= parity_syndrome(frame);
  benchmark::DoNotOptimize(bits);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(frames.size()));
}
BENCHMARK(Parity);

void GlobalPosition(benchmark::State& state) {
  marsad::base::Random random(1);
  std::vector<std::array<cpr::Encoded, 2>> pairs;
  for (int i = 0; i < 1024; ++i) {
    const cpr::Position place{random.uniform(-85.0, 85.0), random.uniform(-180.0, 180.0)};
    pairs.push_back({cpr::encode_airborne(place, false), cpr::encode_airborne(place, true)});
  }
  double sum = 0.0;
  for (auto _ : state)
    for (const auto& pair : pairs)
      if (const auto place = cpr::airborne_global(pair[0], pair[1], true)) sum += place->lat_deg + place->lon_deg;
  benchmark::DoNotOptimize(sum);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(pairs.size()));
}
BENCHMARK(GlobalPosition);

void LocalPosition(benchmark::State& state) {
  marsad::base::Random random(1);
  std::vector<std::pair<cpr::Encoded, cpr::Position>> heard;
  for (int i = 0; i < 1024; ++i) {
    const cpr::Position place{random.uniform(-85.0, 85.0), random.uniform(-180.0, 180.0)};
    heard.emplace_back(cpr::encode_airborne(place, i % 2 != 0), place);
  }
  double sum = 0.0;
  for (auto _ : state)
    for (const auto& [encoded, reference] : heard)
      if (const auto place = cpr::airborne_local(encoded, reference)) sum += place->lat_deg + place->lon_deg;
  benchmark::DoNotOptimize(sum);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(heard.size()));
}
BENCHMARK(LocalPosition);

}  // namespace
