// Two ADS-B target reports as one CAT021 data block, in a file that any ASTERIX reader takes.
//   write_cat021 out.ast
#include <cstdio>
#include <fstream>

#include "marsad/wire/asterix/builder.hpp"
#include "marsad/wire/asterix/fields/cat021.hpp"

using namespace marsad::wire::asterix;

int main(int argc, char** argv) {
  if (argc != 2) return std::fprintf(stderr, "usage: write_cat021 FILE\n"), 2;
  RecordBuilder record(*find_edition(21, "2.6"));
  BlockBuilder block(21);

  struct Aircraft {
    std::uint32_t address;
    const char* identification;
    double latitude_deg, longitude_deg, flight_level;
  };
  for (const Aircraft& aircraft :
       {Aircraft{0x4CA2D6, "EIN52K", 33.2625, 44.2346, 350.0}, Aircraft{0x896042, "UAE7", 31.9394, 47.6626, 122.25}}) {
    record.clear();
    record.set_raw(cat021::I010_SAC, 25);
    record.set_raw(cat021::I010_SIC, 201);
    record.set(cat021::I073_VALUE, 43200.5);  // seconds since midnight, UTC
    record.set_raw(cat021::I080_VALUE, aircraft.address);
    record.set_text(cat021::I170_VALUE, aircraft.identification);
    record.set(cat021::I131_LAT, aircraft.latitude_deg);  // rounded to the nearest step of the standard
    record.set(cat021::I131_LON, aircraft.longitude_deg);
    record.set(cat021::I145_VALUE, aircraft.flight_level);
    if (!block.add(record).ok()) return std::fprintf(stderr, "the block is full\n"), 1;
  }
  std::ofstream file(argv[1], std::ios::binary);
  file.write(reinterpret_cast<const char*>(block.octets().data()), static_cast<std::streamsize>(block.octets().size()));
  return file.flush() ? 0 : 1;
}
