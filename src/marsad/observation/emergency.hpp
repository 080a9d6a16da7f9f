#pragma once

#include <cstdint>

#include "marsad/observation/identity.hpp"

namespace marsad::observation {

/// The ADS-B emergency state (ICAO Doc 9871, BDS 6,1) that a Mode A code declares: 7500 unlawful interference (5), 7600
/// no communications (4), 7700 general emergency (1); 0 for any other.
[[nodiscard]] constexpr std::uint8_t emergency_of(ModeACode code) noexcept {
  constexpr std::uint8_t kGeneral = 1;
  constexpr std::uint8_t kNoCommunications = 4;
  constexpr std::uint8_t kUnlawfulInterference = 5;
  switch (code.bits()) {
    case 07500:
      return kUnlawfulInterference;
    case 07600:
      return kNoCommunications;
    case 07700:
      return kGeneral;
    default:
      return 0;
  }
}

}  // namespace marsad::observation
