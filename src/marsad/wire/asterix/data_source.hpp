#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace marsad::wire::asterix {

/// Who sent a record: system area code and system identification code (item 010 of every category, 036 of 018).
struct DataSource {
  std::uint8_t sac;
  std::uint8_t sic;

  friend constexpr auto operator<=>(const DataSource&, const DataSource&) = default;
};

/// The source that the record at the beginning of `rest` names, told before its edition is known: wherever a category
/// has a data source identifier, every edition of it has it in the first slot, so it lies right behind the presence map
/// (a test holds the tables to that). Nothing if the record has none, is cut short, or is of another category.
[[nodiscard]] std::optional<DataSource> peek_source(int category, std::span<const std::byte> rest) noexcept;

}  // namespace marsad::wire::asterix
