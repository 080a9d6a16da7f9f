#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "marsad/units/time.hpp"
#include "marsad/wire/asterix/record_view.hpp"

namespace marsad::wire::asterix {

/// What the elements of a column are, and how one lies in memory.
enum class ColumnKind : std::uint8_t {
  number,            ///< a double in the standard's unit; NaN where absent
  unsigned_integer,  ///< 1, 2, 4 or 8 octets, the fewest that hold the field; 0 where absent
  signed_integer,    ///< the same in two's complement (only of raw columns)
  text,              ///< characters of four octets each (UTF-32), padded with zeros; nothing but zeros where absent
  octets,            ///< one octet; always ragged
};

/// One field of all records of a category, as one array: row i belongs to the i-th record. A field inside a repetitive
/// structure is ragged: the elements of row i are those from `offsets()[i]` to before `offsets()[i + 1]`.
class Column {
 public:
  Column(std::string name, std::string_view unit, ColumnKind kind, std::size_t element_octets, bool ragged);

  /// As the standard names it: "I048/040/RHO", "I048/140", "I062/380/SAL/ALT".
  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  /// "NM", "FL", "°"; empty for codes, texts, raw columns and where the unit differs from record to record.
  [[nodiscard]] std::string_view unit() const noexcept { return unit_; }
  [[nodiscard]] ColumnKind kind() const noexcept { return kind_; }
  [[nodiscard]] std::size_t element_octets() const noexcept { return element_octets_; }
  [[nodiscard]] bool ragged() const noexcept { return ragged_; }

  /// All elements one after another, in the machine's byte order.
  [[nodiscard]] std::span<const std::byte> elements() const noexcept { return {elements_.data(), used_}; }
  /// How many elements there are: as many as rows, unless the column is ragged.
  [[nodiscard]] std::size_t size() const noexcept { return used_ / element_octets_; }
  /// One octet for each row: 1 where the record has the field. A ragged row can be present and empty.
  [[nodiscard]] std::span<const std::uint8_t> presence() const noexcept { return presence_; }
  /// Of a ragged column, one more than rows.
  [[nodiscard]] std::span<const std::int64_t> offsets() const noexcept { return offsets_; }
  /// In how many rows it is present.
  [[nodiscard]] std::size_t present_rows() const noexcept { return present_rows_; }

  /// Gives the memory away, which leaves the column empty.
  struct Storage {
    std::vector<std::byte> elements;
    std::vector<std::uint8_t> presence;
    std::vector<std::int64_t> offsets;
  };
  [[nodiscard]] Storage release() noexcept;

 private:
  friend class ColumnTable;

  std::byte* place(std::size_t row);
  void mark(std::size_t row, std::size_t expected);
  void grow(std::size_t rows, std::size_t expected);
  void finish(std::size_t rows);

  std::string name_;
  std::string_view unit_;
  ColumnKind kind_;
  bool ragged_;
  std::size_t element_octets_;
  std::size_t used_ = 0;  // octets of `elements_` that hold elements; the rest is room
  std::size_t present_rows_ = 0;
  std::vector<std::byte> elements_;
  std::vector<std::uint8_t> presence_;
  std::vector<std::int64_t> offsets_;
};

/// Which columns are wanted.
struct ColumnOptions {
  bool raw = false;  ///< unscaled integers in place of values in the standard's units, and of octal digits
};

/// Sorts the records of one category, one after another, into columns. What is wanted of an edition is worked out once;
/// then a record costs one walk over those of its items that are wanted. A column is made when the first record has
/// its field, so that a category's hundreds of fields cost nothing where they are not sent.
///
/// The values are those of `RecordView::value`, `raw` and `text`, bit for bit. Items that have no described content
/// (special purpose fields, and expansion fields that contradict their description) are ragged columns of octets named
/// like the item, without the length octet.
class ColumnTable {
 public:
  explicit ColumnTable(int category, ColumnOptions options = {});

  [[nodiscard]] int category() const noexcept { return category_; }
  /// Limits the columns to those selected: an item ("I048/040"), a field ("I048/040/RHO") or a group of fields, with or
  /// without "I048/". Several calls add up; without any, every field is wanted. False if no edition of the category has
  /// such a name. Before the first record.
  [[nodiscard]] bool select(std::string_view name);

  /// How many rows there will be, if that can be guessed: memory is then taken once. A wrong guess costs nothing but
  /// memory.
  void expect(std::size_t rows) noexcept;
  /// Adds one record as the last row; it must be of this category. `base_offset` is the place of its datagram in the
  /// file.
  void take(const RecordView& record, std::uint64_t base_offset, std::optional<units::UtcTime> receipt);
  /// After the last record: makes every column as long as the table.
  void finish();

  [[nodiscard]] std::size_t rows() const noexcept { return offsets_.size(); }
  /// Those that some record has, by item, then in the order of the octets; after `finish`.
  [[nodiscard]] std::span<Column> columns() noexcept { return columns_; }
  /// Where each record begins in its file.
  [[nodiscard]] std::span<const std::uint64_t> record_offsets() const noexcept { return offsets_; }
  /// When each was received: nanoseconds since 1970-01-01 UTC, or kNoReceipt.
  static constexpr std::int64_t kNoReceipt = INT64_MIN;
  [[nodiscard]] std::span<const std::int64_t> receipts() const noexcept { return receipts_; }
  /// SAC in the higher octet, SIC in the lower; kNoSource where neither the record nor its block says.
  static constexpr std::uint32_t kNoSource = 0x10000;
  [[nodiscard]] std::span<const std::uint32_t> sources() const noexcept { return sources_; }
  /// The edition of each record, as an index in `editions_of(category)`.
  [[nodiscard]] std::span<const std::uint8_t> edition_numbers() const noexcept { return edition_numbers_; }

 private:
  friend std::vector<std::string> column_names(int category);
  friend std::optional<Column> absent_column(int category, std::string_view name, ColumnOptions options);

  /// How one field of an edition gets into its column.
  struct FieldPlan {
    std::uint16_t spec;
    std::uint16_t slot;              ///< in `slots_`
    const schema::Content* content;  ///< nullptr: depends on other fields
  };
  /// The wanted fields of each node of one edition.
  struct EditionPlan {
    const Edition* edition = nullptr;
    std::uint8_t number = 0;
    std::uint64_t roots = 0;  ///< bit n: something of item n is wanted
    struct Fields {
      std::uint16_t first = 0;
      std::uint16_t count = 0;
      bool wanted = false;  ///< these, or fields of a node below, or the octets
    };
    std::vector<Fields> nodes;
    std::vector<FieldPlan> fields;
  };
  /// A field of the category, over all its editions, or an item taken as octets.
  struct Slot {
    bool possible = false;  ///< some edition has it; an item only where it may be taken as octets
    bool wanted = false;
    bool ragged = false;
    ColumnKind kind = ColumnKind::unsigned_integer;
    std::size_t element_octets = 1;
    std::string_view unit;
    std::uint16_t column = schema::kNone;  ///< its place in `columns_`, once a record has it
  };

  void describe_slots();
  void describe(Slot& slot, const schema::EditionTables& tables, const schema::FieldSpec& spec, bool first) const;
  const EditionPlan& plan_of(const Edition& edition);
  EditionPlan make_plan(const Edition& edition) const;
  Column& column_of(std::size_t slot);
  [[nodiscard]] std::string column_name(std::size_t slot) const;
  [[nodiscard]] Column empty_column(std::size_t slot) const;
  void take_node(const EditionPlan& plan, const RecordView& record, std::size_t node,
                 std::span<const std::byte> octets);
  void take_fields(const EditionPlan& plan, const RecordView& record, std::size_t node,
                   std::span<const std::byte> octets);
  void take_octets(const RecordView& record, std::size_t node, std::span<const std::byte> octets);

  int category_;
  ColumnOptions options_;
  bool all_ = true;
  std::size_t row_ = 0;
  std::size_t expected_ = 0;
  std::vector<Slot> slots_;  // the category's fields, then its items
  std::vector<Column> columns_;
  std::vector<std::uint16_t> slot_of_column_;
  std::vector<EditionPlan> plans_;
  std::vector<std::uint64_t> offsets_;
  std::vector<std::int64_t> receipts_;
  std::vector<std::uint32_t> sources_;
  std::vector<std::uint8_t> edition_numbers_;
};

/// The names of all columns that records of a category may have, over all its editions; none for one not described.
[[nodiscard]] std::vector<std::string> column_names(int category);
/// An empty column as a table would have it of the field of that name ("I048/040/RHO" or "040/RHO"), whether or not a
/// record has it; nothing if no edition has such a field.
[[nodiscard]] std::optional<Column> absent_column(int category, std::string_view name, ColumnOptions options = {});

}  // namespace marsad::wire::asterix
