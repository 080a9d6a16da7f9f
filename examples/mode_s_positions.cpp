// Positions from what a 1090 MHz receiver recorded (Beast, AVR): parity, duplicates and compact positions are resolved,
// and only what is plausible comes out.
//   mode_s_positions adsb.beast
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "marsad/observation/mode_s/resolver.hpp"
#include "marsad/wire/framing/file_reader.hpp"

using namespace marsad;

int main(int argc, char** argv) {
  std::ifstream file(argc > 1 ? argv[1] : "", std::ios::binary);
  const std::vector<char> content{std::istreambuf_iterator<char>(file), {}};
  auto reader = wire::framing::FileReader::open(std::as_bytes(std::span(content)));
  if (!reader.ok()) return std::fprintf(stderr, "usage: mode_s_positions RECORDING\n"), 1;

  observation::mode_s::Resolver resolver;
  while (const auto datagram = reader->next()) {
    if (datagram->kind != wire::framing::PayloadKind::mode_s) continue;
    const auto message = wire::framing::parse_receiver_message(datagram->payload);
    if (!message) continue;
    // Most recordings have the receiver's counter and no date: then time begins with the recording.
    const auto time = datagram->receipt.value_or(units::UtcTime() + datagram->elapsed.value_or(units::Duration()));
    const observation::mode_s::Outcome& outcome = resolver.take(*message, time);
    if (!outcome.position) continue;
    const auto name = outcome.aircraft->identification.any();
    std::printf("%9.3f %06X %-8s %9.5f %10.5f\n", time.seconds_since_epoch(), outcome.address->value(),
                name ? std::string(name->text()).c_str() : "", outcome.position->place.latitude.degrees(),
                outcome.position->place.longitude.degrees());
  }
  const auto& counters = resolver.counters();
  std::fprintf(stderr, "%llu messages, %zu aircraft\n", static_cast<unsigned long long>(counters.messages),
               resolver.aircraft());
}
