#include "marsad/wire/asterix/data_source.hpp"

#include <array>

#include "marsad/wire/asterix/bits.hpp"
#include "marsad/wire/asterix/edition.hpp"

namespace marsad::wire::asterix {
namespace {

/// Which categories have the data source in their first slot. By the newest edition; the others agree.
std::array<bool, 256> find_categories_with_source() noexcept {
  std::array<bool, 256> with_source{};
  for (const std::uint8_t category : described_categories()) {
    const schema::EditionTables& tables = latest_edition(category)->tables();
    with_source[category] =
        tables.source_item != schema::kSpareSlot && tables.profiles[0].slots[0] == tables.source_item;
  }
  return with_source;
}

}  // namespace

std::optional<DataSource> peek_source(int category, std::span<const std::byte> rest) noexcept {
  static const std::array<bool, 256> kWithSource = find_categories_with_source();
  if (category < 0 || category > 255 || !kWithSource[static_cast<std::size_t>(category)]) return std::nullopt;
  if (rest.empty() || (octet_at(rest, 0) & 0x80U) == 0) return std::nullopt;
  std::size_t map_end = 0;
  while (map_end < rest.size() && (octet_at(rest, map_end) & 1U) != 0) ++map_end;
  if (rest.size() < map_end + 3) return std::nullopt;
  return DataSource{static_cast<std::uint8_t>(octet_at(rest, map_end + 1)),
                    static_cast<std::uint8_t>(octet_at(rest, map_end + 2))};
}

}  // namespace marsad::wire::asterix
