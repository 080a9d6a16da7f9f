// Who is where: one line for each CAT048 and CAT021 record of a recording that says so.
//   decode_file radar.pcap
#include <cstdio>
#include <fstream>
#include <iterator>
#include <vector>

#include "marsad/wire/asterix/decode.hpp"
#include "marsad/wire/asterix/detection.hpp"
#include "marsad/wire/asterix/fields/cat021.hpp"
#include "marsad/wire/asterix/fields/cat048.hpp"
#include "marsad/wire/framing/file_reader.hpp"

using namespace marsad::wire;

void print(const asterix::RecordView& record) {
  using namespace marsad::wire::asterix;
  const bool radar = record.category() == 48;
  const auto who = record.text(radar ? cat048::I240_VALUE : cat021::I170_VALUE);
  auto first = record.value(radar ? cat048::I040_RHO : cat021::I131_LAT);
  auto second = record.value(radar ? cat048::I040_THETA : cat021::I131_LON);
  if (!radar && !first) {  // the finer position is not always sent
    first = record.value(cat021::I130_LAT);
    second = record.value(cat021::I130_LON);
  }
  if (!who || !first || !second) return;  // what a record does not have is absent, never zero
  std::printf(radar ? "%-8s %9.4f NM %9.4f deg\n" : "%-8s %9.5f N %10.5f E\n", std::string(who->view()).c_str(), *first,
              *second);
}

int main(int argc, char** argv) {
  std::ifstream file(argc > 1 ? argv[1] : "", std::ios::binary);
  const std::vector<char> content{std::istreambuf_iterator<char>(file), {}};
  const auto octets = std::as_bytes(std::span(content));

  asterix::EditionDetector detector;  // which edition was this recorded in? The octets tell.
  for (auto reader = framing::FileReader::open(octets); reader.ok();) {
    const auto datagram = reader->next();
    if (!datagram) break;
    detector.observe(datagram->payload);
  }
  const asterix::EditionSet editions = detector.editions(asterix::EditionSet::defaults());

  auto reader = framing::FileReader::open(octets);  // tells pcap, .ast, .ff, ... by content
  if (!reader.ok())
    return std::fprintf(stderr, "usage: decode_file RECORDING (it can't be read, or is of no known kind)\n"), 1;
  while (const auto datagram = reader->next()) {
    asterix::decode_datagram(datagram->payload, editions, print, [&](const asterix::DecodeFault& fault) {
      std::fprintf(stderr, "octet %zu: %s, %zu octets skipped\n", datagram->offset + fault.offset,
                   marsad::base::name_of(fault.code), fault.skipped_octets);
    });
  }
}
