#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "marsad/config/settings.hpp"
#include "marsad/wire/asterix/data_source.hpp"
#include "marsad/wire/asterix/edition.hpp"

namespace marsad::config {

/// What an edition is chosen for: a category, or one source of it.
struct EditionKey {
  std::uint8_t category = 0;
  std::optional<wire::asterix::DataSource> source;

  friend bool operator==(const EditionKey&, const EditionKey&) = default;
};

/// "21", or "21@20/129" for the records of SAC 20, SIC 129 alone; leading zeros are allowed. Nothing for anything else.
[[nodiscard]] std::optional<EditionKey> parse_edition_key(std::string_view text);
/// The inverse.
[[nodiscard]] std::string to_text(const EditionKey& key);
[[nodiscard]] inline EditionKey key_of(const EditionChoice& choice) { return {choice.category, choice.source}; }

/// "20/129", as in `parse_edition_key`. Nothing for anything else.
[[nodiscard]] std::optional<wire::asterix::DataSource> parse_data_source(std::string_view text);

/// `base` with the chosen editions; choices that are not described are left out.
[[nodiscard]] wire::asterix::EditionSet with_choices(wire::asterix::EditionSet base,
                                                     const std::vector<EditionChoice>& choices);

}  // namespace marsad::config
