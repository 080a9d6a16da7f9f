#pragma once

#include "marsad/wire/asterix/record_view.hpp"

namespace marsad::wire::asterix {

/// Would an encoder that is given this record's items, as `append_json` prints them, write the same octets?
///
/// The standard leaves senders some liberty that no value shows: spare bits that are set, presence maps longer than
/// needed, extents that the edition does not know, an expansion field of a length octet alone, items in a random field
/// sequence. A record that uses it is legal, and not canonical. (REP = 0, an empty compound item, and extents whose
/// fields are all zero do show in the items, and are canonical.)
///
/// Cheap: only items that can be written in more than one way are looked at, each against a mask from the edition's
/// tables. Test: equals a comparison with what `ItemEncoder` makes of the printed items, for octets at random.
[[nodiscard]] bool is_canonical(const RecordView& record) noexcept;

}  // namespace marsad::wire::asterix
