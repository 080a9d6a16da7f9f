#pragma once

#include <compare>
#include <cstdint>

namespace marsad::wire::asterix {

/// A data item of a category, the same constant in every edition ("I048/040" is `cat048::I040`). The generated headers
/// `marsad/wire/asterix/fields/catNNN.hpp` define one for every item that any described edition has.
struct Item {
  std::uint8_t category;
  std::uint16_t index;  ///< position in the category's list of items over all its editions

  friend constexpr auto operator<=>(const Item&, const Item&) = default;
};

/// One element inside an item, again the same constant in every edition: RHO of I048/040 is `cat048::I040_RHO`, a
/// sub-field of a compound item `cat062::I380_ADR`, an item that is one unnamed element `cat048::I140_VALUE`. An
/// edition that lacks it answers "absent".
struct Field {
  std::uint8_t category;
  std::uint16_t index;  ///< position in the category's list of fields over all its editions

  friend constexpr auto operator<=>(const Field&, const Field&) = default;
};

}  // namespace marsad::wire::asterix
