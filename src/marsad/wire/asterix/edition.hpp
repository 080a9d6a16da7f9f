#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "marsad/wire/asterix/data_source.hpp"
#include "marsad/wire/asterix/field.hpp"
#include "marsad/wire/asterix/schema.hpp"

namespace marsad::wire::asterix {

/// One ASTERIX category in one edition: which items it has, how they are laid out, what their bits mean. All editions
/// are constants in tables generated from `specs/asterix`; pointers to them never dangle.
class Edition {
 public:
  constexpr explicit Edition(const schema::EditionTables& tables) noexcept : tables_(&tables) {}

  [[nodiscard]] constexpr int category() const noexcept { return tables_->category->number; }
  /// "1.31"
  [[nodiscard]] constexpr std::string_view name() const noexcept { return tables_->name; }
  /// Day of issue, "2022-10-03".
  [[nodiscard]] constexpr std::string_view date() const noexcept { return tables_->date; }
  /// "Monoradar Target Reports"
  [[nodiscard]] constexpr std::string_view title() const noexcept { return tables_->title; }
  /// Older editions, not described on their own, that this one reads (specs/asterix/editions.json says why).
  [[nodiscard]] constexpr std::span<const std::string_view> also_decodes() const noexcept {
    return tables_->also_decodes;
  }

  [[nodiscard]] constexpr bool describes(Item item) const noexcept {
    return item.category == category() && item.index < tables_->item_numbers.size() &&
           tables_->item_numbers[item.index] != schema::kSpareSlot;
  }
  [[nodiscard]] constexpr bool describes(Field field) const noexcept { return find(field) != nullptr; }

  /// The standard's unit of `field` ("NM", "FL", "°"), empty for codes and texts and for a field that is not described.
  [[nodiscard]] std::string_view unit_of(Field field) const noexcept;
  /// The value of one step of the field in that unit; 1 for codes.
  [[nodiscard]] double step_of(Field field) const noexcept;

  [[nodiscard]] constexpr const schema::EditionTables& tables() const noexcept { return *tables_; }
  [[nodiscard]] constexpr const schema::FieldSpec* find(Field field) const noexcept {
    if (field.category != category() || field.index >= tables_->field_numbers.size()) return nullptr;
    const std::uint16_t number = tables_->field_numbers[field.index];
    return number == schema::kNone ? nullptr : &tables_->fields[number];
  }

 private:
  const schema::EditionTables* tables_;
};

/// The edition of that name ("1.31"), or the described one that also decodes it; nullptr if there is neither.
[[nodiscard]] const Edition* find_edition(int category, std::string_view name) noexcept;
/// The newest described edition; nullptr for a category that is not described.
[[nodiscard]] const Edition* latest_edition(int category) noexcept;
/// All described editions, oldest first.
[[nodiscard]] std::span<const Edition> editions_of(int category) noexcept;
/// The described categories, ascending.
[[nodiscard]] std::span<const std::uint8_t> described_categories() noexcept;

/// "048" written as in the standard's item names: the name of `item` is "I048/040", of an expansion field "I048/RE".
/// Here the part after the slash.
[[nodiscard]] std::string_view name_of(Item item) noexcept;
/// "040/RHO": item and sub-fields, separated by slashes.
[[nodiscard]] std::string_view name_of(Field field) noexcept;
/// The item that a field is part of.
[[nodiscard]] Item item_of(Field field) noexcept;
/// By the names above; nothing if no edition of the category has it.
[[nodiscard]] std::optional<Item> find_item(int category, std::string_view name) noexcept;
[[nodiscard]] std::optional<Field> find_field(int category, std::string_view name) noexcept;

/// Which edition reads which category, and which source's records of it where sources differ.
class EditionSet {
 public:
  /// The newest edition of each described category. Newer editions mostly extend older ones; where they do not
  /// (category 021), `EditionDetector` tells what is there.
  [[nodiscard]] static EditionSet defaults() noexcept;

  /// The edition of one source alone.
  struct OfSource {
    int category;
    DataSource source;
    const Edition* edition;
  };

  /// An empty set: no category is read.
  EditionSet() = default;

  /// Reads `category` by `edition` from now on, but for the sources that have an edition of their own. The edition must
  /// be one of that category.
  void choose(int category, const Edition& edition);
  /// Reads the records of `source` alone by `edition`, whatever is chosen for the category.
  void choose(int category, DataSource source, const Edition& edition);

  [[nodiscard]] const Edition* of(int category) const noexcept {
    return category >= 0 && category < 256 ? editions_[static_cast<std::size_t>(category)] : nullptr;
  }
  /// The source's own edition, else the category's.
  [[nodiscard]] const Edition* of(int category, const std::optional<DataSource>& source) const noexcept;
  /// Has any source an edition of its own in `category`? Where none has, no record need be asked who sent it.
  [[nodiscard]] bool depends_on_source(int category) const noexcept {
    return category >= 0 && category < 256 && by_source_[static_cast<std::size_t>(category)];
  }
  /// The sources with an edition of their own, by category, SAC and SIC.
  [[nodiscard]] std::span<const OfSource> of_sources() const noexcept { return sources_; }

 private:
  std::array<const Edition*, 256> editions_{};
  std::array<bool, 256> by_source_{};
  std::vector<OfSource> sources_;  // ascending
};

}  // namespace marsad::wire::asterix
