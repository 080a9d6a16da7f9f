#include "marsad/wire/framing/sbs_row.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "marsad/wire/framing/text_time.hpp"

namespace marsad::wire::framing {
namespace {

enum Column : std::size_t {
  kind,
  type,
  session,
  aircraft,
  address,
  flight,
  date_generated,
  time_generated,
  date_logged,
  time_logged,
  identification,
  altitude,
  ground_speed,
  track,
  latitude,
  longitude,
  vertical_rate,
  code,
  alert,
  emergency,
  special_position,
  on_ground,
  kColumns
};
using Fields = std::array<std::string_view, kColumns>;

constexpr std::array<std::string_view, 5> kOtherKinds{"SEL", "ID", "AIR", "STA", "CLK"};

bool split(std::string_view row, Fields& fields) noexcept {
  while (!row.empty() && (row.back() == '\r' || row.back() == '\n')) row.remove_suffix(1);
  for (std::size_t i = 0; i < kColumns; ++i) {
    const std::size_t comma = row.find(',');
    fields[i] = row.substr(0, comma);
    if (comma == std::string_view::npos) return true;
    row.remove_prefix(comma + 1);
  }
  return false;
}

std::optional<double> number(std::string_view field) noexcept {
  constexpr double kMost = 1e7;
  double value = 0.0;
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
  if (error != std::errc{} || end != field.data() + field.size() || !(std::abs(value) < kMost)) return std::nullopt;
  return value;
}

/// "-1" or "1" set, "0" not set, anything else not told.
std::optional<bool> flag(std::string_view field) noexcept {
  if (field == "-1" || field == "1") return true;
  if (field == "0") return false;
  return std::nullopt;
}

bool read_address(std::string_view field, std::uint32_t& value) noexcept {
  constexpr std::uint32_t kAllOnes = 0xFF'FFFF;
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value, 16);
  return field.size() == 6 && error == std::errc{} && end == field.data() + field.size() && value != 0 &&
         value != kAllOnes;
}

std::string_view octal_digits(std::string_view field) noexcept {
  const bool good =
      field.size() == 4 && std::all_of(field.begin(), field.end(), [](char c) { return c >= '0' && c <= '7'; });
  return good ? field : std::string_view();
}

void read_place(const Fields& fields, SbsRow& row) noexcept {
  const auto latitude_deg = number(fields[latitude]);
  const auto longitude_deg = number(fields[longitude]);
  if (!latitude_deg || !longitude_deg || std::abs(*latitude_deg) > 90.0 || std::abs(*longitude_deg) > 180.0) return;
  row.latitude_deg = latitude_deg;
  row.longitude_deg = longitude_deg;
}

/// Two neighbouring columns as one text, comma included.
std::string_view joined(std::string_view first, std::string_view second) noexcept {
  return {first.data(), static_cast<std::size_t>(second.data() + second.size() - first.data())};
}

}  // namespace

SbsLine parse_sbs_row(std::string_view line, SbsRow& row) noexcept {
  Fields fields;
  if (!split(line, fields)) return SbsLine::damaged;
  if (std::find(kOtherKinds.begin(), kOtherKinds.end(), fields[kind]) != kOtherKinds.end()) return SbsLine::other;
  row = SbsRow{};
  if (fields[kind] != "MSG" || !read_address(fields[address], row.address)) return SbsLine::damaged;
  if (fields[type].size() == 1 && fields[type][0] >= '1' && fields[type][0] <= '8')
    row.type = static_cast<std::uint8_t>(fields[type][0] - '0');
  if (!fields[time_generated].empty())
    row.generated = parse_date_and_time(joined(fields[date_generated], fields[time_generated]));
  row.identification = fields[identification];
  row.altitude_ft = number(fields[altitude]);
  row.ground_speed_kt = number(fields[ground_speed]);
  if (row.ground_speed_kt && *row.ground_speed_kt < 0.0) row.ground_speed_kt.reset();
  row.track_deg = number(fields[track]);
  read_place(fields, row);
  row.vertical_rate_ft_min = number(fields[vertical_rate]);
  row.mode_a = octal_digits(fields[code]);
  row.alert = flag(fields[alert]);
  row.emergency = flag(fields[emergency]);
  row.special_position = flag(fields[special_position]);
  row.on_ground = flag(fields[on_ground]);
  return SbsLine::message;
}

}  // namespace marsad::wire::framing
