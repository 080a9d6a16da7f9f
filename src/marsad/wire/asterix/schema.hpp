#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

/// The form of the tables that `codegen/asterix.py` writes from `specs/asterix/*.json`: everything that the decoder,
/// the encoder and the printers know about a category. Plain constant data; users of the codec need `edition.hpp`
/// instead.
namespace marsad::wire::asterix {
class Edition;
}

namespace marsad::wire::asterix::schema {

/// "No such index" in every table.
inline constexpr std::uint16_t kNone = 0xFFFF;
/// The most items that an edition may have, so that presence is one machine word.
inline constexpr std::size_t kMaxItems = 64;
/// In a user application profile: a slot without an item, and the slot of the random field sequence.
inline constexpr std::uint8_t kSpareSlot = 0xFF;
inline constexpr std::uint8_t kSequenceSlot = 0xFE;

/// How the bits of a field are to be read.
enum class Meaning : std::uint8_t {
  code,             ///< an enumeration, an identifier, an address: bits without scale
  unsigned_number,  ///< bits · numerator / denominator
  signed_number,    ///< the same in two's complement
  octal,            ///< three bits a digit
  ascii,            ///< eight bits a character
  icao,             ///< six bits a character (ICAO Annex 10, the 64 characters of International Alphabet 5)
  bds,              ///< a Comm-B register, 56 bits
};

/// How a scaled number is printed by integers alone, exactly and with the fewest digits that read back as the same
/// double: bits · multiplier / 2^digits, or / 10^digits. Proved for each content by `Content.decimal` of the generator.
struct Decimal {
  std::uint64_t multiplier;
  std::uint8_t width;  ///< fields of up to so many bits; 0: none
  std::uint8_t digits;
  bool is_binary;
};

/// Meaning, scale and unit of a field. The denominator is 1 wherever the scale is a binary fraction, hence exact.
struct Content {
  Meaning meaning;
  double numerator;
  double denominator;
  std::string_view unit;
  Decimal decimal;
};

/// A name in the form in which the printers copy it, all 32 octets at once: quoted, and with a colon.
struct alignas(32) Key {
  char text[31];
  std::uint8_t size;

  [[nodiscard]] constexpr std::string_view name() const noexcept { return {text + 1, size - 3U}; }
};

/// How the printers write a field.
enum class Printing : std::uint8_t {
  integer,          ///< a code that is a whole number
  unsigned_number,  ///< scaled
  signed_number,    ///< scaled
  octal,            ///< a string of octal digits
  ascii,            ///< a string
  icao,             ///< a string
  octets,           ///< a string of hexadecimal digits
  by_case,          ///< as the field's meaning in this record says, if it is there at all
};

/// How long a stretch of octets is.
enum class Shape : std::uint8_t {
  fixed,            ///< `size` octets
  extended,         ///< parts of `extents` octets, each but a closed last one ending in an extension bit
  repeat_count,     ///< one octet N, then N times `size` octets
  repeat_fx,        ///< `size` octets ending in an extension bit, once or more
  explicit_length,  ///< one octet that counts itself and what follows
  compound,         ///< a presence map extended by FX bits, then the sub-items that it names
};

/// A data item, or a sub-item of a compound item or of a described reserved expansion field.
struct Node {
  Shape shape;
  std::uint8_t fspec_octets;  ///< of an explicit_length node with sub-items: its presence map, without FX bits
  std::uint16_t size;
  std::uint16_t parent;   ///< kNone for a data item
  std::uint8_t position;  ///< slot in the parent's presence map; for a data item its number in the edition
  bool last_extent_open;
  std::uint16_t first_child;  ///< in `children`; of an extended node in `extents`
  std::uint16_t child_count;
  std::uint16_t first_field;
  std::uint16_t field_count;
  std::uint16_t spare;    ///< in `spares`, of `size` octets: bits that an encoder leaves zero; kNone if there are none
  std::uint16_t key;      ///< in the table `keys`: the name, of a data item "I048/040"
  std::string_view name;  ///< "040", "SAL"
};

/// Bits inside one node (one repetition of it).
struct FieldSpec {
  std::uint16_t node;
  std::uint16_t bit;
  std::uint16_t width;
  std::uint16_t content;  ///< in the table `contents`
  std::uint16_t first_case;
  std::uint8_t case_count;
  bool only_in_case;    ///< absent unless a case holds
  Printing printing;
  std::uint16_t index;  ///< in the category's fields over all editions
  std::uint16_t group_key;  ///< in the table `keys`, kNone for none
  std::uint16_t key;
  std::string_view group;
  std::string_view name;  ///< empty where the node is one unnamed element
};

/// "If the fields `selector` have the values `key`, then the field means `content`." Selectors are indices in the
/// category's fields over all editions; kNone ends them.
struct Case {
  std::uint16_t selector[2];
  std::uint16_t key[2];
  std::uint16_t content;
};

/// A user application profile: for each bit of the record's presence map the number of an item, or a slot constant.
struct Profile {
  std::uint16_t selector_value;
  std::span<const std::uint8_t> slots;
};

struct CategoryTables;

/// One category in one edition.
struct EditionTables {
  const CategoryTables* category;
  std::string_view name;
  std::string_view date;
  std::string_view title;
  std::span<const std::string_view> also_decodes;
  std::span<const Node> nodes;
  std::span<const std::uint16_t> roots;        ///< number of an item in the edition -> its node
  std::span<const std::string_view> titles;    ///< number of an item in the edition -> its title
  std::span<const std::uint16_t> root_items;   ///< number of an item in the edition -> index of the Item
  std::span<const std::uint8_t> item_numbers;  ///< index of an Item -> number in the edition, or kSpareSlot
  std::span<const std::uint16_t> children;     ///< nodes, kNone for a slot without sub-item
  std::span<const std::uint8_t> extents;
  std::span<const FieldSpec> fields;             ///< in the order of the octets
  std::span<const std::uint16_t> field_numbers;  ///< index of a Field -> position in `fields`, or kNone
  std::span<const Case> cases;
  std::span<const Profile> profiles;
  std::uint16_t selector;      ///< index of the Field that chooses the profile, or kNone
  std::uint8_t selector_slot;  ///< slot of its item, the same in every profile
  std::uint8_t source_item;    ///< number of the item that is SAC and SIC, or kSpareSlot
  std::span<const std::uint8_t> spares;
  std::uint16_t sequence_slot;  ///< of the random field sequence, the same in every profile, or kNone
  bool has_parts;               ///< has fields that are there only in some cases
  std::uint64_t checked_items;  ///< bit n: item n can be encoded in more than one way (spare bits, presence maps)
};

/// Name of a Field of a category: "010/SAC".
struct FieldName {
  std::uint16_t item;
  std::string_view path;
};

/// One category over all its editions.
struct CategoryTables {
  std::uint8_t number;
  std::span<const std::string_view> items;
  std::span<const FieldName> fields;
  const Edition* editions;  ///< oldest first
  std::uint16_t edition_count;
  std::uint16_t default_edition;
};

/// Is this field written in hexadecimal digits in text? Readers of JSON, who keep numbers as doubles, would damage it.
[[nodiscard]] constexpr bool is_hexadecimal(const FieldSpec& spec, const Content& content) noexcept {
  const bool whole = spec.bit % 8 == 0 && spec.width % 8 == 0;
  return content.meaning == Meaning::bds || spec.width > 64 ||
         (content.meaning == Meaning::code && spec.width > 53 && whole);
}

/// The generated tables.
extern const std::span<const Content> contents;
extern const std::span<const Key> keys;
extern const std::span<const CategoryTables* const> categories;  ///< ascending by number

}  // namespace marsad::wire::asterix::schema
