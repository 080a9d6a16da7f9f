// Compiles only if marsad's own warnings (-Wconversion, -Wshadow, -Wold-style-cast and -Werror) do not reach its users.
#include <cstdio>

#include "marsad/wire/asterix/builder.hpp"
#include "marsad/wire/asterix/decode.hpp"
#include "marsad/wire/asterix/fields/cat034.hpp"
#include "marsad/wire/framing/file_reader.hpp"

using namespace marsad::wire::asterix;

int main() {
  int count = 0;
  {
    double count = 3.7;
    int cut = count;
    std::printf("%d ", (int)cut);
  }
  RecordBuilder north(*latest_edition(34));
  north.set_raw(cat034::I010_SAC, 25);
  north.set_raw(cat034::I010_SIC, 7);
  BlockBuilder block(34);
  if (!block.add(north).ok()) return 1;
  const auto editions = EditionSet::defaults();
  const auto kind = marsad::wire::framing::detect_kind(block.octets());
  decode_datagram(
      block.octets(), editions, [&](const RecordView& record) { count += int(*record.raw(cat034::I010_SIC)); },
      [](const DecodeFault&) {});
  std::printf("%d %s\n", count, kind ? marsad::wire::framing::name_of(*kind) : "unknown");
}
