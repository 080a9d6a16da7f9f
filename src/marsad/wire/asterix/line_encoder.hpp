#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "marsad/base/result.hpp"
#include "marsad/wire/asterix/encode_fault.hpp"
#include "marsad/wire/asterix/item_encoder.hpp"
#include "marsad/wire/asterix/record_view.hpp"

namespace marsad::wire::asterix {

/// Where the octets of an encoded record come from.
enum class Origin : std::uint8_t {
  items,   ///< from the items, in canonical form
  octets,  ///< from "octets", which the items agree with
  edited,  ///< the items were changed after "octets" was printed: the changed ones anew, the others as they were
};

/// One record, and what its line tells of its place. Borrows the encoder's memory until its next call.
struct EncodedRecord {
  const Edition* edition = nullptr;
  std::span<const std::byte> octets;
  Origin origin = Origin::items;
  std::optional<double> receipt_time;   ///< "t", seconds since 1970-01-01 UTC
  std::optional<std::uint64_t> offset;  ///< of the record in the file that it was decoded from
  std::optional<std::uint64_t> block;   ///< of its data block, if it was not the first record of it
};

/// Encodes the lines that `marsad decode` prints, and such as people write by hand:
///
///   {"cat":48,"items":{"I048/010":{"SAC":25,"SIC":201},"I048/140":28800.5}}
///
/// The inverse of `append_json`, exact: decoding and encoding gives the same octets for every record, whatever its
/// form, as long as the items are left alone. Other keys of the object are ignored.
class LineEncoder {
 public:
  /// `editions` are those of lines without "edition"; `raw` says that lines without "raw" hold unscaled integers.
  explicit LineEncoder(const EditionSet& editions, bool raw = false);

  [[nodiscard]] base::Result<EncodedRecord, EncodeFault> encode(std::string_view line);

 private:
  /// Two of one edition: for the line, and for what its octets say.
  struct Encoders {
    explicit Encoders(const Edition& edition) : edited(edition), decoded(edition) {}
    ItemEncoder edited;
    ItemEncoder decoded;
  };
  /// The keys of a line.
  struct Line {
    bool raw = false;
    bool failed = false;
    unsigned seen = 0;
    std::optional<int> category;
    base::JsonText edition_name;
    base::JsonText octets;
    std::size_t edition_at = 0;
    std::size_t octets_at = 0;
    std::size_t items_at = 0;
    std::size_t items_end = 0;
    const Edition* encoded_as = nullptr;  // the items have been read, in this edition
    bool encoded_raw = false;
  };

  bool read_line(base::JsonReader& reader, Line& line);
  bool read_key(base::JsonReader& reader, Line& line, base::JsonText name);
  bool read_text(base::JsonReader& reader, Line& line, unsigned key);
  bool read_number(base::JsonReader& reader, Line& line, unsigned key);
  bool read_items(base::JsonReader& reader, Line& line);
  bool finish(base::JsonReader& reader, Line& line);
  bool restore(const Line& line, std::string_view items, Encoders& encoders);
  bool keep_unchanged(Encoders& encoders);
  [[nodiscard]] const Edition* edition_of(const Line& line) const noexcept;
  Encoders& encoders_of(const Edition& edition);
  bool fail(EncodeFaultCode code, std::size_t column, std::string_view key = {});

  EditionSet editions_;
  bool raw_;
  std::vector<std::unique_ptr<Encoders>> encoders_;
  std::string text_;
  std::vector<std::byte> given_;
  std::vector<std::byte> record_;
  RecordView view_;
  EncodedRecord encoded_;
  EncodeFault fault_;
};

}  // namespace marsad::wire::asterix
