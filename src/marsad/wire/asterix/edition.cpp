#include "marsad/wire/asterix/edition.hpp"

#include <algorithm>
#include <utility>

#include "marsad/base/check.hpp"

namespace marsad::wire::asterix {
namespace {

const schema::CategoryTables* tables_of(int category) noexcept {
  const auto found = std::ranges::lower_bound(schema::categories, category, {},
                                              [](const schema::CategoryTables* tables) { return int{tables->number}; });
  return found != schema::categories.end() && (*found)->number == category ? *found : nullptr;
}

const schema::FieldName& field_name(Field field) {
  const schema::CategoryTables* tables = tables_of(field.category);
  MARSAD_CHECK(tables != nullptr && field.index < tables->fields.size());
  return tables->fields[field.index];
}

using SourceKey = std::pair<int, DataSource>;

SourceKey key_of(const EditionSet::OfSource& of_source) noexcept { return {of_source.category, of_source.source}; }

}  // namespace

std::string_view Edition::unit_of(Field field) const noexcept {
  const schema::FieldSpec* spec = find(field);
  return spec == nullptr ? std::string_view{} : schema::contents[spec->content].unit;
}

double Edition::step_of(Field field) const noexcept {
  const schema::FieldSpec* spec = find(field);
  if (spec == nullptr) return 1.0;
  const schema::Content& content = schema::contents[spec->content];
  return content.numerator / content.denominator;
}

std::span<const Edition> editions_of(int category) noexcept {
  const schema::CategoryTables* tables = tables_of(category);
  if (tables == nullptr) return {};
  return {tables->editions, tables->edition_count};
}

const Edition* find_edition(int category, std::string_view name) noexcept {
  const auto editions = editions_of(category);
  for (const Edition& edition : editions)
    if (edition.name() == name) return &edition;
  for (const Edition& edition : editions)
    if (std::ranges::find(edition.also_decodes(), name) != edition.also_decodes().end()) return &edition;
  return nullptr;
}

const Edition* latest_edition(int category) noexcept {
  const auto editions = editions_of(category);
  return editions.empty() ? nullptr : &editions.back();
}

std::span<const std::uint8_t> described_categories() noexcept {
  static const auto numbers = [] {
    std::array<std::uint8_t, 256> all{};
    std::ranges::transform(schema::categories, all.begin(), [](const auto* tables) { return tables->number; });
    return all;
  }();
  return std::span(numbers).first(schema::categories.size());
}

std::string_view name_of(Item item) noexcept {
  const schema::CategoryTables* tables = tables_of(item.category);
  MARSAD_CHECK(tables != nullptr && item.index < tables->items.size());
  return tables->items[item.index];
}

std::string_view name_of(Field field) noexcept { return field_name(field).path; }

Item item_of(Field field) noexcept { return Item{field.category, field_name(field).item}; }

std::optional<Item> find_item(int category, std::string_view name) noexcept {
  const schema::CategoryTables* tables = tables_of(category);
  if (tables == nullptr) return std::nullopt;
  const auto found = std::ranges::find(tables->items, name);
  if (found == tables->items.end()) return std::nullopt;
  return Item{tables->number, static_cast<std::uint16_t>(found - tables->items.begin())};
}

std::optional<Field> find_field(int category, std::string_view name) noexcept {
  const schema::CategoryTables* tables = tables_of(category);
  if (tables == nullptr) return std::nullopt;
  const auto found = std::ranges::find(tables->fields, name, &schema::FieldName::path);
  if (found == tables->fields.end()) return std::nullopt;
  return Field{tables->number, static_cast<std::uint16_t>(found - tables->fields.begin())};
}

EditionSet EditionSet::defaults() noexcept {
  EditionSet set;
  for (const schema::CategoryTables* tables : schema::categories)
    set.editions_[tables->number] = &tables->editions[tables->default_edition];
  return set;
}

void EditionSet::choose(int category, DataSource source, const Edition& edition) {
  MARSAD_CHECK(edition.category() == category);
  const auto place = std::ranges::lower_bound(sources_, SourceKey(category, source), {}, key_of);
  if (place != sources_.end() && key_of(*place) == SourceKey(category, source))
    place->edition = &edition;
  else
    sources_.insert(place, {category, source, &edition});
  by_source_[static_cast<std::size_t>(category)] = true;
}

const Edition* EditionSet::of(int category, const std::optional<DataSource>& source) const noexcept {
  if (!source || !depends_on_source(category)) return of(category);
  const auto place = std::ranges::lower_bound(sources_, SourceKey(category, *source), {}, key_of);
  return place != sources_.end() && key_of(*place) == SourceKey(category, *source) ? place->edition : of(category);
}

void EditionSet::choose(int category, const Edition& edition) {
  MARSAD_CHECK(edition.category() == category);
  editions_[static_cast<std::size_t>(category)] = &edition;
}

}  // namespace marsad::wire::asterix
