#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "marsad/wire/asterix/edition.hpp"
#include "marsad/wire/asterix/record_view.hpp"

namespace marsad::wire::asterix {

/// How records are printed.
struct PrintOptions {
  bool raw = false;                    ///< unscaled integers instead of values in the standard's units
  std::optional<double> receipt_time;  ///< seconds since 1970-01-01 UTC; printed as "t", null if unknown
  std::uint64_t base_offset = 0;       ///< added to the record's offset in the datagram: the datagram's in its file
  /// Appends what Comm-B register `bds` (0x40 is BDS 4,0), whose 56 bits are given, says, as one JSON object, or nothing
  /// if it can't tell. It is printed as "register" beside the octets of each item that names its register (I048/250),
  /// and as "advisory" behind the items for I048/260 and I020/260, which are BDS 3,0.
  void (*append_register)(std::string& out, std::uint8_t bds, std::uint64_t bits) = nullptr;
};

/// Appends one record as one JSON object without a line end, in the form that `marsad decode` prints:
/// {"cat":48,"edition":"1.32","t":null,"offset":3,"items":{"I048/010":{"SAC":25,"SIC":201},...}}.
///
/// Before the items, "block" is the offset of the record's data block, left out where the record is the first of its
/// block, and "raw":true says that numbers are unscaled. After them, "octets" is the record in hexadecimal digits where
/// its items don't tell all of it (`is_canonical`), for `LineEncoder` to write it back as it was.
///
/// Scaled numbers print with the fewest digits that read back as the same double; codes are integers; octal codes and
/// texts are strings; registers, and codes of more than 53 bits, are strings of hexadecimal digits, as are expansion
/// fields without a description (their octets after the length). Repetitive items are arrays. Absent items are absent.
/// Always valid JSON in ASCII, whatever the octets.
void append_json(std::string& out, const RecordView& record, const PrintOptions& options = {});
/// The object of items alone.
void append_items_json(std::string& out, const RecordView& record, bool raw = false);
[[nodiscard]] std::string record_to_json(const RecordView& record, const PrintOptions& options = {});

/// Appends the same record as one row of CSV, ended by a line feed. The columns are those of `csv_header` (which ends
/// in a line feed too): cat,edition,t,offset,sac,sic,items. `items` is the JSON object of above, quoted as CSV wants
/// it.
[[nodiscard]] std::string_view csv_header() noexcept;
void append_csv(std::string& out, const RecordView& record, const PrintOptions& options = {});

/// Appends what an edition describes as one JSON object: items with title and structure, fields with bits, unit, step.
void append_schema_json(std::string& out, const Edition& edition);

}  // namespace marsad::wire::asterix
