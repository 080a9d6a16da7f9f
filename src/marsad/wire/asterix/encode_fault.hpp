#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "marsad/base/json_reader.hpp"
#include "marsad/wire/asterix/edition.hpp"

namespace marsad::wire::asterix {

/// Why a line of JSON is no record.
enum class EncodeFaultCode : std::uint8_t {
  not_json,          ///< `json` says why
  trailing_text,     ///< something follows the object
  wrong_type,        ///< a number where an object is wanted, or the like
  missing_key,       ///< `key`: "cat" or "items"
  repeated_key,      ///< the same item, field or key twice
  unknown_category,  ///< no edition of it is described, or none is chosen
  unknown_edition,
  unknown_item,
  unknown_field,
  out_of_range,      ///< a number that the field can't hold
  not_whole,         ///< a fraction where a whole number is wanted
  bad_character,     ///< in a text, octal or hexadecimal digits
  wrong_length,      ///< of a text or of digits
  wrong_repetition,  ///< more than 255, or none where the standard wants one at least
  too_large,         ///< over 255 octets in an expansion field or 65,532 in a record
  wrong_profile,     ///< the record's kind (category 001: plot or track) has no place for an item
  empty_record,      ///< no item at all
};

/// One expected failure of encoding: what, where in the line, and of which item and field. Borrows the line.
struct EncodeFault {
  EncodeFaultCode code{};
  std::size_t column = 0;                    ///< octet of the line, from 0
  base::JsonFault json{};                    ///< of `not_json`
  const Edition* edition = nullptr;          ///< if it is known by then
  std::uint16_t node = schema::kNone;        ///< of the edition's tables: the item or sub-item
  std::uint16_t field = schema::kNone;       ///< of the edition's tables
  const schema::Content* content = nullptr;  ///< of the field, in this record
  std::string_view key;                      ///< the one that is not known, not there, or there twice
};

/// One sentence for people, with the remedy: "I048/040/RHO: a number from 0 to 255.99609375 NM is wanted".
/// Unknown names are answered with the nearest known one.
[[nodiscard]] std::string message_of(const EncodeFault& fault);

}  // namespace marsad::wire::asterix
