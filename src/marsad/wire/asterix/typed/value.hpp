#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>

#include "marsad/wire/asterix/bits.hpp"
#include "marsad/wire/asterix/fixed_text.hpp"

/// The kinds of values that the typed records of `marsad/wire/asterix/typed/catNNN_E_EE.hpp` are made of. Codes are
/// plain integers; the others know what their bits mean.
namespace marsad::wire::asterix::typed {

using Octets = std::span<const std::byte>;

/// A number as it was sent (`raw`) and, times its step, in the standard's unit: kNumerator / kDenominator of that unit.
/// Exact where the step is a binary fraction, else correctly rounded: the same double as `RecordView::value` gives.
template <std::integral Integer, std::int64_t kNumerator, std::int64_t kDenominator>
struct Number {
  Integer raw{};

  [[nodiscard]] static constexpr double step() noexcept {
    return static_cast<double>(kNumerator) / static_cast<double>(kDenominator);
  }
  [[nodiscard]] constexpr double value() const noexcept {
    if constexpr (std::has_single_bit(static_cast<std::uint64_t>(kDenominator)))
      return static_cast<double>(raw) * step();
    else
      return static_cast<double>(raw) * static_cast<double>(kNumerator) / static_cast<double>(kDenominator);
  }

  friend constexpr auto operator<=>(const Number&, const Number&) = default;
};

/// A number whose step depends on another field of its item, such as an airspeed that is either a speed or a Mach
/// number.
template <std::integral Integer>
struct ChosenNumber {
  Integer raw{};
  double numerator = 1.0;
  double denominator = 1.0;

  [[nodiscard]] constexpr double value() const noexcept { return static_cast<double>(raw) * numerator / denominator; }
};

/// A code of octal digits, three bits each: Mode 1, 2 and 3/A.
template <std::unsigned_integral Integer, unsigned kBits>
struct Octal {
  Integer raw{};

  /// The digits, leading zeros included.
  [[nodiscard]] constexpr FixedText text() const noexcept {
    FixedText text;
    for (unsigned digits = (kBits + 2) / 3; digits-- > 0;)
      static_cast<void>(text.push_back(static_cast<char>('0' + (raw >> (3 * digits) & 7U))));
    return text;
  }

  friend constexpr auto operator<=>(const Octal&, const Octal&) = default;
};

/// Characters of six bits (ICAO Annex 10) or of eight (ASCII), at most 64 bits of them.
template <unsigned kBits, unsigned kBitsEach>
struct Text {
  std::uint64_t raw{};

  /// Without trailing spaces; see FixedText for what becomes of codes that are no letters.
  [[nodiscard]] constexpr FixedText text() const noexcept {
    FixedText text;
    for (unsigned left = kBits; left >= kBitsEach; left -= kBitsEach) {
      const auto code = static_cast<unsigned>(raw >> (left - kBitsEach) & low_mask(kBitsEach));
      static_cast<void>(text.push_back(static_cast<char>(kBitsEach == 6 && code < 32 ? code + 64 : code)));
    }
    text.trim();
    return text;
  }

  friend constexpr auto operator<=>(const Text&, const Text&) = default;
};

/// The 56 bits of a Comm-B register.
struct Register {
  std::uint64_t raw{};

  friend constexpr auto operator<=>(const Register&, const Register&) = default;
};

/// `kSize` octets, 1 to 8, as one number, the first octet the highest. Written so that compilers load words.
template <std::size_t kSize>
[[nodiscard]] constexpr std::uint64_t load(const std::byte* octets) noexcept {
  static_assert(kSize >= 1 && kSize <= 8);
  const auto at = [octets](std::size_t i) { return std::to_integer<std::uint64_t>(octets[i]); };
  if constexpr (kSize == 1)
    return at(0);
  else if constexpr (kSize == 2)
    return at(0) << 8 | at(1);
  else if constexpr (kSize == 4)
    return at(0) << 24 | at(1) << 16 | at(2) << 8 | at(3);
  else if constexpr (kSize == 8)
    return at(0) << 56 | at(1) << 48 | at(2) << 40 | at(3) << 32 | at(4) << 24 | at(5) << 16 | at(6) << 8 | at(7);
  else {
    constexpr std::size_t kWord = kSize > 4 ? 4 : 2;
    return load<kWord>(octets) << (8 * (kSize - kWord)) | load<kSize - kWord>(octets + kWord);
  }
}

/// `kWidth` bits, 1 to 64, from bit `kBit` on, as `read_bits` counts them; bits above them may be set.
template <std::size_t kBit, std::size_t kWidth>
[[nodiscard]] constexpr std::uint64_t bits(const std::byte* octets) noexcept {
  constexpr std::size_t kFirst = kBit / 8;
  constexpr std::size_t kSize = (kBit + kWidth - 1) / 8 - kFirst + 1;
  constexpr std::size_t kShift = 7 - (kBit + kWidth - 1) % 8;
  if constexpr (kSize == 9)
    return load<8>(octets + kFirst) << (8 - kShift) | load<1>(octets + kFirst + 8) >> kShift;
  else
    return load<kSize>(octets + kFirst) >> kShift;
}

/// The lowest `kWidth` bits of `word` as a `Value`: an integer, or one of the types above.
template <class Value, unsigned kWidth>
[[nodiscard]] constexpr Value to(std::uint64_t word) noexcept {
  if constexpr (std::integral<Value>) {
    if constexpr (std::signed_integral<Value>)
      return static_cast<Value>(sign_extend(word & low_mask(kWidth), kWidth));
    else
      return static_cast<Value>(word & low_mask(kWidth));
  } else {
    Value value;
    value.raw = to<decltype(value.raw), kWidth>(word);
    return value;
  }
}

/// Reads an item that is one unnamed element.
template <class T, unsigned kBit, unsigned kWidth>
struct Single {
  using Value = T;
  [[nodiscard]] static constexpr T read(const std::byte* octets) noexcept {
    return to<T, kWidth>(bits<kBit, kWidth>(octets));
  }
};

}  // namespace marsad::wire::asterix::typed
