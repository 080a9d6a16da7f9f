#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "marsad/wire/asterix/typed/repeated.hpp"
#include "marsad/wire/asterix/typed/value.hpp"

namespace marsad::wire::asterix::typed {

/// Where a presence map says that slot `slot` is there, in a map whose octets hold `kSlotsPerOctet` slots (7 before an
/// extension bit, 8 in an expansion field) and which is kept with its first octet highest.
[[nodiscard]] constexpr std::uint64_t slot_bit(std::size_t slot, std::size_t slots_per_octet = 7) noexcept {
  return std::uint64_t{1} << (63 - (slot / slots_per_octet * 8 + slot % slots_per_octet));
}

/// Items or sub-items beside one another and which of them are there: what typed records, compound items and expansion
/// fields have in common. Borrows the datagram and the record. The member templates are for the generated accessors.
class Parts {
 public:
  Parts(const std::byte* record, const std::uint16_t* places, const std::uint64_t* maps, std::size_t map) noexcept
      : record_(record), places_(places), maps_(maps), present_(maps[map]) {}

  /// True if anything is there.
  [[nodiscard]] bool any() const noexcept { return present_ != 0; }

  /// Is the part of that bit of the presence map there?
  [[nodiscard]] bool has(std::uint64_t bit) const noexcept { return (present_ & bit) != 0; }

  /// The part of that bit and place, if it is there: read as one value,
  template <class Reader, std::uint64_t kBit, std::size_t kPlace>
  [[nodiscard]] std::optional<typename Reader::Value> value() const noexcept {
    if (!has(kBit)) return std::nullopt;
    return Reader::read(at(kPlace));
  }
  /// as repetitions after an octet that counts them,
  template <class Reader, std::size_t kSize, std::uint64_t kBit, std::size_t kPlace>
  [[nodiscard]] Repeated<Reader, kSize> counted() const noexcept {
    if (!has(kBit)) return {};
    return Repeated<Reader, kSize>(at(kPlace) + 1, std::to_integer<std::size_t>(*at(kPlace)));
  }
  /// as repetitions that each say whether another follows,
  template <class Reader, std::size_t kSize, std::uint64_t kBit, std::size_t kPlace>
  [[nodiscard]] Repeated<Reader, kSize> chained() const noexcept {
    if (!has(kBit)) return {};
    const std::byte* const first = at(kPlace);
    std::size_t count = 1;
    while ((first[count * kSize - 1] & std::byte{1}) != std::byte{0}) ++count;
    return Repeated<Reader, kSize>(first, count);
  }
  /// as octets after the one of their length,
  template <std::uint64_t kBit, std::size_t kPlace>
  [[nodiscard]] std::optional<Octets> octets() const noexcept {
    if (!has(kBit)) return std::nullopt;
    return content<kPlace>();
  }
  template <std::size_t kPlace>
  [[nodiscard]] Octets content() const noexcept {
    return Octets(at(kPlace) + 1, std::to_integer<std::size_t>(*at(kPlace)) - 1);
  }
  /// or as parts of their own.
  template <class Inner, std::uint64_t kBit, std::size_t kMap>
  [[nodiscard]] std::optional<Inner> parts() const noexcept {
    if (!has(kBit)) return std::nullopt;
    return Inner(Parts(record_, places_, maps_, kMap));
  }

 private:
  [[nodiscard]] const std::byte* at(std::size_t place) const noexcept { return record_ + places_[place]; }

  const std::byte* record_;
  const std::uint16_t* places_;
  const std::uint64_t* maps_;
  std::uint64_t present_;
};

}  // namespace marsad::wire::asterix::typed
