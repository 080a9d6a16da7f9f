// links: base units wire_framing wire_modes observation io
//
// Reads a file of receivers' messages through duplicates, positions and the state of each aircraft, and says what came
// of it: the work that other decoders do without any output, for comparisons of whole programs by user CPU time.
#include <cstdio>

#include "marsad/io/mapped_file.hpp"
#include "marsad/observation/mode_s/resolver.hpp"
#include "marsad/wire/framing/file_reader.hpp"
#include "marsad/wire/framing/receiver_message.hpp"

int main(int argc, char** argv) {
  if (argc != 2) return std::fprintf(stderr, "usage: resolve_messages FILE\n"), 2;
  const auto file = marsad::io::MappedFile::open(argv[1]);
  if (!file.ok()) return std::fprintf(stderr, "%s\n", file.error().c_str()), 3;
  auto reader = marsad::wire::framing::FileReader::open(file.value().content());
  if (!reader.ok()) return std::fprintf(stderr, "%s: unknown form\n", argv[1]), 3;
  marsad::observation::mode_s::Resolver resolver;
  const auto start = marsad::units::UtcTime::seconds_since_epoch(1'767'679'983.0);
  while (const auto datagram = reader.value().next())
    if (const auto message = marsad::wire::framing::parse_receiver_message(datagram->payload))
      resolver.take(*message,
                    datagram->receipt.value_or(start + datagram->elapsed.value_or(marsad::units::Duration())));
  const auto& counters = resolver.counters();
  std::printf("%llu messages, %llu accepted, %llu positions, %zu aircraft\n",
              static_cast<unsigned long long>(counters.messages),
              static_cast<unsigned long long>(counters.of(marsad::observation::mode_s::Verdict::accepted)),
              static_cast<unsigned long long>(counters.of(marsad::observation::mode_s::PositionVerdict::resolved)),
              resolver.aircraft());
  return 0;
}
