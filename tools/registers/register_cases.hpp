#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "marsad/wire/modes/register_inference.hpp"

namespace marsad::registers {

/// A register that a radar read, with its name, and what the radar knew of the aircraft otherwise.
struct RegisterCase {
  std::uint32_t address;
  std::uint8_t bds;
  wire::modes::Register reg;
  wire::modes::RegisterContext context;  ///< altitude, speed and track
};

/// The registers of every CAT048 record (I048/250) of a recording in the order of the file, and as BDS 2,0 the aircraft
/// identification (I048/240). Registers that the radar calls 0,0 and those that are all zeros are left out. Empty if
/// the file can't be read.
[[nodiscard]] std::vector<RegisterCase> read_register_cases(const std::filesystem::path& path);

}  // namespace marsad::registers
