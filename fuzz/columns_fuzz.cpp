// links: wire_asterix base
//
// Any octets as data blocks, every record of category 048, 062, 021 or 001 (the first octet chooses, and whether raw)
// sorted into columns: nothing may crash or read outside, and every column must agree with itself about its length.

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "marsad/wire/asterix/columns.hpp"
#include "marsad/wire/asterix/decode.hpp"

namespace asterix = marsad::wire::asterix;

namespace {

void check(bool condition) {
  if (!condition) std::abort();
}

void check_column(const asterix::Column& column, std::size_t rows) {
  check(column.presence().size() == rows);
  check(column.elements().size() == column.size() * column.element_octets());
  if (!column.ragged()) return check(column.size() == rows);
  check(column.offsets().size() == rows + 1 && column.offsets()[0] == 0);
  for (std::size_t i = 0; i < rows; ++i) check(column.offsets()[i] <= column.offsets()[i + 1]);
  check(static_cast<std::size_t>(column.offsets()[rows]) == column.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  constexpr std::array kCategories{48, 62, 21, 1};
  const int category = kCategories[data[0] % kCategories.size()];
  asterix::ColumnTable table(category, {.raw = (data[0] & 4U) != 0});
  asterix::EditionSet editions = asterix::EditionSet::defaults();
  const auto all = asterix::editions_of(category);
  editions.choose(category, all[(data[0] >> 3U) % all.size()]);
  asterix::decode_datagram(
      std::as_bytes(std::span(data + 1, size - 1)), editions,
      [&](const asterix::RecordView& record) {
        if (record.category() == category) table.take(record, 0, std::nullopt);
      },
      [](const asterix::DecodeFault&) {});
  table.finish();
  for (const asterix::Column& column : table.columns()) check_column(column, table.rows());
  return 0;
}
