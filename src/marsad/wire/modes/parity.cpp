#include "marsad/wire/modes/parity.hpp"

#include <array>
#include <cstddef>

namespace marsad::wire::modes {
namespace {

constexpr std::uint32_t kGenerator = 0x1FFF409;
constexpr std::uint32_t kMask = 0xFF'FFFF;
constexpr std::size_t kDataOctets = 11;  ///< of a long message, the parity field left out

/// A remainder times x, modulo the generator.
constexpr std::uint32_t times_x(std::uint32_t remainder) {
  remainder <<= 1U;
  return (remainder & 0x100'0000U) != 0 ? remainder ^ kGenerator : remainder;
}

using Slices = std::array<std::array<std::uint32_t, 256>, kDataOctets>;

/// Slice k holds the remainder of each octet that is followed by k octets of data and the parity field, so that all
/// look-ups of a message are independent of each other.
constexpr Slices make_slices() {
  Slices slices{};
  for (std::uint32_t octet = 0; octet < 256; ++octet) {
    std::uint32_t remainder = octet << 16U;
    for (int bit = 0; bit < 8; ++bit) remainder = times_x(remainder);
    slices[0][octet] = remainder;
  }
  for (std::size_t k = 1; k < kDataOctets; ++k) {
    for (std::size_t octet = 0; octet < 256; ++octet) {
      const std::uint32_t before = slices[k - 1][octet];
      slices[k][octet] = (before << 8U & kMask) ^ slices[0][before >> 16U];
    }
  }
  return slices;
}
constexpr Slices kSlices = make_slices();

/// The syndrome of one inverted bit with `i` bits after it.
constexpr std::array<std::uint32_t, 112> make_bit_syndromes() {
  std::array<std::uint32_t, 112> syndromes{};
  syndromes[0] = 1;
  for (std::size_t i = 1; i < syndromes.size(); ++i) syndromes[i] = times_x(syndromes[i - 1]);
  return syndromes;
}
constexpr std::array<std::uint32_t, 112> kBitSyndromes = make_bit_syndromes();

constexpr std::size_t octet_of(std::uint64_t word, unsigned shift) { return word >> shift & 0xFFU; }

}  // namespace

std::uint32_t parity_remainder(const Frame& frame) noexcept {
  const std::uint64_t high = frame.high();
  if (!frame.is_long()) {
    return kSlices[3][octet_of(high, 56)] ^ kSlices[2][octet_of(high, 48)] ^ kSlices[1][octet_of(high, 40)] ^
           kSlices[0][octet_of(high, 32)];
  }
  const std::uint64_t low = frame.low();
  return kSlices[10][octet_of(high, 56)] ^ kSlices[9][octet_of(high, 48)] ^ kSlices[8][octet_of(high, 40)] ^
         kSlices[7][octet_of(high, 32)] ^ kSlices[6][octet_of(high, 24)] ^ kSlices[5][octet_of(high, 16)] ^
         kSlices[4][octet_of(high, 8)] ^ kSlices[3][octet_of(high, 0)] ^ kSlices[2][octet_of(low, 56)] ^
         kSlices[1][octet_of(low, 48)] ^ kSlices[0][octet_of(low, 40)];
}

std::optional<Corrected> correct(const Frame& frame, Correction correction, KnownAddress known) noexcept {
  constexpr unsigned kLastOfFormat = 5;
  constexpr unsigned kFirstOfAddress = 9;
  constexpr unsigned kLastOfAddress = 32;
  if (correction == Correction::none) return std::nullopt;
  const unsigned format = frame.downlink_format();
  if (format != 11 && format != 17 && format != 18) return std::nullopt;
  if (frame.bits(kFirstOfAddress, kLastOfAddress) != known.value) return std::nullopt;
  const std::uint32_t syndrome = parity_syndrome(frame);
  if (syndrome == 0 || (format == 11 && interrogator_of(syndrome).has_value())) return std::nullopt;
  const auto size = static_cast<unsigned>(8 * frame.size());
  for (unsigned bit = kLastOfFormat + 1; bit <= size; ++bit) {
    const bool in_address = bit >= kFirstOfAddress && bit <= kLastOfAddress;
    if (!in_address && kBitSyndromes[size - bit] == syndrome) return Corrected{frame.with_bit_inverted(bit), bit};
  }
  return std::nullopt;
}

}  // namespace marsad::wire::modes
