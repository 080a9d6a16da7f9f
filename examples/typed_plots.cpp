// The fast way for programs that know their edition: plots of CAT048 edition 1.32 as structs, their items' names and
// units checked by the compiler. Prints the mean range of each minute.
//   typed_plots radar.ast
#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <vector>

#include "marsad/wire/asterix/typed/cat048_1_32.hpp"
#include "marsad/wire/asterix/typed/decode.hpp"

namespace asterix = marsad::wire::asterix;
namespace cat048 = asterix::typed::cat048_1_32;

int main(int argc, char** argv) {
  std::ifstream file(argc > 1 ? argv[1] : "", std::ios::binary);
  const std::vector<char> content{std::istreambuf_iterator<char>(file), {}};

  struct Minute {
    std::size_t plots = 0;
    double range_nm = 0.0;
  };
  std::map<int, Minute> minutes;
  const auto summary = asterix::typed::decode_datagram<cat048::Record>(
      std::as_bytes(std::span(content)),
      [&](const cat048::Record& record) {
        const auto time = record.i140();      // seconds since midnight
        const auto position = record.i040();  // an optional struct: absent if the radar did not send it
        if (!time || !position) return;
        Minute& minute = minutes[static_cast<int>(time->value() / 60.0)];
        ++minute.plots;
        minute.range_nm += position->rho.value();
      },
      [](const asterix::DecodeFault& fault) {
        std::fprintf(stderr, "octet %zu: %s\n", fault.offset, marsad::base::name_of(fault.code));
      });
  for (const auto& [minute, sum] : minutes)
    std::printf("%02d:%02d %6zu plots, %6.2f NM on average\n", minute / 60, minute % 60, sum.plots,
                sum.range_nm / static_cast<double>(sum.plots));
  return summary.records > 0 ? 0 : 1;
}
