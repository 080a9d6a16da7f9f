// Reads every record of a file of data blocks, builds it anew from its fields, and tells how many came out as the same
// octets. Records that were not written in the shortest form do not; nothing else is lost.
//   round_trip radar.ast
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <vector>

#include "marsad/wire/asterix/builder.hpp"
#include "marsad/wire/asterix/decode.hpp"

using namespace marsad::wire::asterix;

int main(int argc, char** argv) {
  std::ifstream file(argc > 1 ? argv[1] : "", std::ios::binary);
  const std::vector<char> content{std::istreambuf_iterator<char>(file), {}};
  const auto editions = EditionSet::defaults();
  std::size_t records = 0;
  std::size_t same = 0;
  std::vector<std::byte> octets;
  const auto rebuild = [&](const RecordView& record) {
    RecordBuilder builder(record.edition());
    builder.set_fields_of(record);
    octets.clear();
    const bool built = builder.append_to(octets).ok();
    ++records;
    if (built && std::ranges::equal(octets, record.octets())) ++same;
  };
  const auto summary = decode_datagram(std::as_bytes(std::span(content)), editions, rebuild, [](const DecodeFault&) {});
  std::printf("%zu records, %zu rebuilt octet by octet, %zu octets damaged\n", records, same, summary.skipped_octets);
  return records > 0 && summary.faults == 0 ? 0 : 1;
}
