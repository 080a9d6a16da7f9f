#include "filter_criteria.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>

#include "errors.hpp"
#include "marsad/config/edition_key.hpp"
#include "marsad/wire/framing/text_time.hpp"

namespace marsad::app {
namespace {

using observation::RecordCriteria;
using units::Angle;
using units::UtcTime;

template <class Number>
std::optional<Number> number_of(std::string_view text, int base = 10) {
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  const bool whole = error == std::errc{} && end == text.data() + text.size();
  return whole ? std::optional(number) : std::nullopt;
}

std::optional<double> real_of(std::string_view text) {
  double number = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc{} && end == text.data() + text.size() && std::isfinite(number);
  return whole ? std::optional(number) : std::nullopt;
}

/// Exactly `Count` numbers with commas between them.
template <std::size_t Count>
std::optional<std::array<double, Count>> reals_of(std::string_view text) {
  std::array<double, Count> numbers{};
  for (std::size_t i = 0; i < Count; ++i) {
    const std::size_t comma = i + 1 < Count ? text.find(',') : text.size();
    if (comma == std::string_view::npos) return std::nullopt;
    const auto number = real_of(text.substr(0, comma));
    if (!number) return std::nullopt;
    numbers[i] = *number;
    text.remove_prefix(std::min(text.size(), comma + 1));
  }
  return numbers;
}

bool is_latitude(double degrees) { return std::abs(degrees) <= 90.0; }
bool is_longitude(double degrees) { return std::abs(degrees) <= 180.0; }

/// "HH:MM:SS", seconds with a fraction if need be; up to 24:00:00.
std::optional<double> time_of_day_of(std::string_view text) {
  if (text.size() < 8 || text[2] != ':' || text[5] != ':') return std::nullopt;
  const auto hours = number_of<unsigned>(text.substr(0, 2));
  const auto minutes = number_of<unsigned>(text.substr(3, 2));
  const auto seconds = real_of(text.substr(6));
  if (!hours || !minutes || !seconds || *minutes > 59 || *seconds < 0.0 || *seconds >= 60.0) return std::nullopt;
  const double time = *hours * 3600.0 + *minutes * 60.0 + *seconds;
  return time <= 86'400.0 ? std::optional(time) : std::nullopt;
}

observation::DayInterval day_interval_of(const std::string& text) {
  const std::size_t dash = text.find('-');
  if (dash != std::string::npos) {
    const auto from = time_of_day_of(std::string_view(text).substr(0, dash));
    const auto to = time_of_day_of(std::string_view(text).substr(dash + 1));
    if (from && to) return {.from_s = *from, .to_s = *to};
  }
  throw UsageError(fmt::format("--time-of-day {}: write HH:MM:SS-HH:MM:SS, as in 23:50:00-00:10:00", text));
}

/// "YYYY-MM-DDTHH:MM:SSZ", the Z optional.
UtcTime moment_of(const char* option, const std::string& text) {
  if (const auto time = wire::framing::parse_date_and_time(text)) return *time;
  throw UsageError(fmt::format("{} {}: write a moment in UTC as 2016-05-10T22:00:00Z", option, text));
}

observation::Circle circle_of(const std::string& text) {
  constexpr double kMetresPerKilometre = 1000.0;
  const auto numbers = reals_of<3>(text);
  if (!numbers || !is_latitude((*numbers)[0]) || !is_longitude((*numbers)[1]) || (*numbers)[2] < 0.0)
    throw UsageError(
        fmt::format("--within {}: write LAT,LON,KM in degrees and kilometres, as in 33.26,44.23,100", text));
  const auto [latitude, longitude, kilometres] = *numbers;
  return {.centre = {Angle::degrees(latitude), Angle::degrees(longitude), {}},
          .radius = units::Length::metres(kilometres * kMetresPerKilometre)};
}

observation::Box box_of(const std::string& text) {
  const auto numbers = reals_of<4>(text);
  if (!numbers || !is_latitude((*numbers)[0]) || !is_longitude((*numbers)[1]) || !is_latitude((*numbers)[2]) ||
      !is_longitude((*numbers)[3]) || (*numbers)[0] > (*numbers)[2])
    throw UsageError(fmt::format(
        "--box {}: write SOUTH,WEST,NORTH,EAST in degrees, as in 32.5,43.5,34,45; WEST may be greater than EAST, then "
        "the box lies across 180 degrees",
        text));
  const auto [south, west, north, east] = *numbers;
  return {Angle::degrees(south), Angle::degrees(west), Angle::degrees(north), Angle::degrees(east)};
}

}  // namespace

RecordCriteria parse_criteria(const AsterixFilterOptions& options) {
  RecordCriteria criteria;
  for (const std::string& text : options.sources) {
    const auto source = config::parse_data_source(text);
    if (!source) throw UsageError(fmt::format("--source {}: write SAC/SIC, as in 20/129", text));
    criteria.sources.push_back(*source);
  }
  for (const std::string& text : options.addresses) {
    const auto address = number_of<std::uint32_t>(text, 16);
    if (!address || text.size() != 6)
      throw UsageError(fmt::format("--address {}: write six hexadecimal digits, as in 3c6589", text));
    criteria.addresses.push_back(*address);
  }
  for (const std::string& text : options.mode_3a) {
    const auto code = number_of<std::uint16_t>(text, 8);
    if (!code || text.size() != 4)
      throw UsageError(fmt::format("--mode3a {}: write four octal digits, as in 7700", text));
    criteria.mode_3a.push_back(*code);
  }
  for (const std::string& text : options.identifications) {
    if (text.empty()) throw UsageError("--ident: write an identification, as in IAW123 or IAW*");
    criteria.identifications.push_back(text);
  }
  for (const std::string& text : options.within) criteria.areas.emplace_back(circle_of(text));
  for (const std::string& text : options.boxes) criteria.areas.emplace_back(box_of(text));
  if (!options.time_of_day.empty()) criteria.times_of_day = day_interval_of(options.time_of_day);
  if (!options.from.empty()) criteria.from = moment_of("--from", options.from);
  if (!options.until.empty()) criteria.until = moment_of("--until", options.until);
  if (criteria.from && criteria.until && *criteria.until <= *criteria.from)
    throw UsageError(fmt::format("--until {}: is not after --from {}", options.until, options.from));
  return criteria;
}

wire::asterix::RecordFilter::Options filter_options(const AsterixFilterOptions& options,
                                                    const RecordCriteria& criteria) {
  using wire::asterix::BlockChoice;
  const BlockChoice of_wanted = !criteria.empty() ? BlockChoice::by_record
                                : options.invert  ? BlockChoice::drop
                                                  : BlockChoice::keep;
  const BlockChoice of_others = options.invert ? BlockChoice::keep : BlockChoice::drop;
  wire::asterix::RecordFilter::Options filter{.categories = {}, .keep_undecoded = options.keep_undecoded};
  filter.categories.fill(options.categories.empty() ? of_wanted : of_others);
  for (const int category : options.categories) filter.categories[static_cast<std::size_t>(category)] = of_wanted;
  return filter;
}

}  // namespace marsad::app
