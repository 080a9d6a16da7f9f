#pragma once

#include <cstddef>
#include <cstdint>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

// Where the escape octets of Beast frames are: the one loop that runs over every octet of a file. In two forms that
// must agree (tests, fuzz/beast_fuzz).
namespace marsad::wire::framing {

inline constexpr std::byte kBeastEscape{0x1A};
/// So many octets are looked at at once.
inline constexpr std::size_t kScanOctets = 32;

/// Bit i is set if octet i is an escape octet. `octets` points to `kScanOctets` readable ones.
[[nodiscard]] inline std::uint32_t escapes_scalar(const std::byte* octets) noexcept {
  std::uint32_t mask = 0;
  for (std::size_t i = 0; i < kScanOctets; ++i) mask |= (octets[i] == kBeastEscape ? 1U : 0U) << i;
  return mask;
}

/// The same with the vector instructions that every x86-64 has; elsewhere the scalar form.
[[nodiscard]] inline std::uint32_t escapes(const std::byte* octets) noexcept {
#if defined(__SSE2__)
  const __m128i wanted = _mm_set1_epi8(0x1A);
  const __m128i low = _mm_loadu_si128(reinterpret_cast<const __m128i*>(octets));
  const __m128i high = _mm_loadu_si128(reinterpret_cast<const __m128i*>(octets + 16));
  const auto low_mask = static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(low, wanted)));
  const auto high_mask = static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(high, wanted)));
  return low_mask | high_mask << 16U;
#else
  return escapes_scalar(octets);
#endif
}

}  // namespace marsad::wire::framing
