#include "marsad/config/edition_key.hpp"

#include <fmt/format.h>

#include <charconv>

namespace marsad::config {
namespace {

std::optional<std::uint8_t> parse_octet(std::string_view text) {
  std::uint8_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc{} && end == text.data() + text.size();
  return whole ? std::optional(number) : std::nullopt;
}

}  // namespace

std::optional<wire::asterix::DataSource> parse_data_source(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto sac = parse_octet(text.substr(0, slash));
  const auto sic = parse_octet(text.substr(slash + 1));
  if (!sac || !sic) return std::nullopt;
  return wire::asterix::DataSource{*sac, *sic};
}

std::optional<EditionKey> parse_edition_key(std::string_view text) {
  const std::size_t at = text.find('@');
  const auto category = parse_octet(text.substr(0, at));
  if (!category || *category == 0) return std::nullopt;
  if (at == std::string_view::npos) return EditionKey{*category, std::nullopt};
  const auto source = parse_data_source(text.substr(at + 1));
  if (!source) return std::nullopt;
  return EditionKey{*category, source};
}

std::string to_text(const EditionKey& key) {
  if (!key.source) return fmt::format("{}", key.category);
  return fmt::format("{}@{}/{}", key.category, key.source->sac, key.source->sic);
}

wire::asterix::EditionSet with_choices(wire::asterix::EditionSet base, const std::vector<EditionChoice>& choices) {
  for (const EditionChoice& choice : choices) {
    const wire::asterix::Edition* edition = wire::asterix::find_edition(choice.category, choice.edition);
    if (edition == nullptr) continue;
    if (choice.source)
      base.choose(choice.category, *choice.source, *edition);
    else
      base.choose(choice.category, *edition);
  }
  return base;
}

}  // namespace marsad::config
