#pragma once

#include <cstdint>
#include <optional>

#include "marsad/wire/modes/frame.hpp"

/// The cyclic redundancy check of Mode S: generator 0x1FFF409 (25 bits) over all bits but the last 24, which carry the
/// remainder combined by exclusive or with an address (AP), with an interrogator's code (PI), or with both an address
/// and the number of a register (DP).
///
/// Source: ICAO Annex 10 volume IV, 3.1.2.3.3; 3.1.2.6.11.2.5 (data parity and overlay control).
namespace marsad::wire::modes {

/// What the sender combined the remainder with.
enum class ParityUse : std::uint8_t {
  address,       ///< AP or DP: the syndrome is the sender's address, if the frame is undamaged
  interrogator,  ///< PI of DF11: the syndrome is the code of the interrogator that asked, 0 for a squitter
  zero,          ///< PI of DF17, 18 and 19: the syndrome is 0
  unknown,       ///< a format that no standard describes
};

[[nodiscard]] constexpr ParityUse parity_use(unsigned downlink_format) noexcept {
  switch (downlink_format) {
    case 0:
    case 4:
    case 5:
    case 16:
    case 20:
    case 21:
    case 24:
      return ParityUse::address;
    case 11:
      return ParityUse::interrogator;
    case 17:
    case 18:
    case 19:
      return ParityUse::zero;
    default:
      return ParityUse::unknown;
  }
}

/// The remainder of all bits but the last 24, 24 bits.
[[nodiscard]] std::uint32_t parity_remainder(const Frame& frame) noexcept;

/// The remainder combined with the parity field: see ParityUse for what it should be.
[[nodiscard]] inline std::uint32_t parity_syndrome(const Frame& frame) noexcept {
  return parity_remainder(frame) ^ frame.parity_field();
}

/// Who asked for a DF11 reply.
struct Interrogator {
  bool surveillance;  ///< an SI code (1 to 63) rather than an II code (0 to 15)
  std::uint8_t code;  ///< II 0: an acquisition squitter, or an interrogator without a code

  friend constexpr bool operator==(const Interrogator&, const Interrogator&) = default;
};

/// The interrogator of the syndrome of a DF11; nothing if no interrogator can have it: the frame is then damaged.
[[nodiscard]] constexpr std::optional<Interrogator> interrogator_of(std::uint32_t syndrome) noexcept {
  const std::uint32_t label = syndrome >> 4U;  // CL: 0 for II codes, 1 to 4 for the quarters of the SI codes
  const auto low = static_cast<std::uint8_t>(syndrome & 0xFU);
  if (label > 4 || (label == 1 && low == 0)) return std::nullopt;  // there is no SI code 0
  if (label == 0) return Interrogator{false, low};
  return Interrogator{true, static_cast<std::uint8_t>((label - 1) * 16 + low)};
}

/// The register that a DF20 or DF21 of the aircraft `address` says it carries, if its syndrome is a data parity (DP):
/// the address with the register's number in its first eight bits. Nothing if the syndrome is the address itself or
/// belongs to someone else.
[[nodiscard]] constexpr std::optional<std::uint8_t> overlaid_register(std::uint32_t syndrome,
                                                                      std::uint32_t address) noexcept {
  const std::uint32_t difference = syndrome ^ address;
  if (difference == 0 || (difference & 0xFFFFU) != 0) return std::nullopt;
  return static_cast<std::uint8_t>(difference >> 16U);
}

/// Whether damage is mended. Off everywhere unless an operator asks for it.
enum class Correction : std::uint8_t { none, one_bit };

/// The address of an aircraft that was heard lately in a frame with clean parity. Whoever makes one claims that; a
/// correction without this knowledge invents aircraft.
struct KnownAddress {
  explicit constexpr KnownAddress(std::uint32_t bits) noexcept : value(bits) {}
  std::uint32_t value;
};

struct Corrected {
  Frame frame;   ///< with clean parity
  unsigned bit;  ///< that was inverted, numbered from 1
};

/// The frame with the one bit inverted that makes its parity clean. Nothing if that is not asked for, if the frame is
/// not a DF11, 17 or 18 or is clean already, if its address is not `known`, or if no single bit outside the first five
/// (DF) and the address explains the damage. Two bits are never mended: about one damaged frame in three would come out
/// as something else. DF11 is mended only to interrogator code 0, since a code and an error can't be told apart.
[[nodiscard]] std::optional<Corrected> correct(const Frame& frame, Correction correction, KnownAddress known) noexcept;

}  // namespace marsad::wire::modes
