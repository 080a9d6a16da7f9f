#include "marsad/observation/plot_row.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <system_error>

#include "marsad/base/utf8.hpp"
#include "marsad/observation/placement.hpp"
#include "marsad/observation/translation.hpp"

namespace marsad::observation {

using base::Result;
using units::Angle;
using units::Length;
using units::Speed;
using units::UtcTime;

namespace {

enum Column : std::size_t {
  t,
  t_rx,
  sensor_id,
  type,
  range_m,
  azimuth_deg,
  mode3a,
  mode_s,
  fl,
  lat,
  lon,
  alt_m,
  ve,
  vn,
  kColumns
};

using Fields = std::array<std::string_view, kColumns>;

/// Where the years 1870 and 2070 are: far enough for any recording, near enough for every sum of times to fit.
constexpr double kFarthestTimeS = 3.2e9;
/// No range, height, speed or level of an air vehicle needs more, and every square of it stays finite.
constexpr double kFarthestNumber = 1e8;

bool split(std::string_view row, Fields& fields) noexcept {
  if (!row.empty() && row.back() == '\r') row.remove_suffix(1);
  for (std::size_t i = 0; i < kColumns; ++i) {
    const std::size_t comma = row.find(',');
    const bool last = i + 1 == kColumns;
    if ((comma == std::string_view::npos) != last) return false;
    fields[i] = row.substr(0, comma);
    if (!last) row.remove_prefix(comma + 1);
  }
  return true;
}

std::optional<double> number(std::string_view field) noexcept {
  double value = 0.0;
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
  if (error != std::errc{} || end != field.data() + field.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<UtcTime> moment(std::string_view field) noexcept {
  const std::optional<double> seconds = number(field);
  if (!seconds || std::abs(*seconds) > kFarthestTimeS) return std::nullopt;
  return UtcTime::seconds_since_epoch(*seconds);
}

/// What may name a sensor: printable UTF-8 of reasonable length, since names go on into files, pages and messages.
bool is_name(std::string_view text) noexcept {
  constexpr std::size_t kLongestName = 64;
  if (text.empty() || text.size() > kLongestName) return false;
  while (!text.empty()) {
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t octets = base::utf8_sequence_length(text);
    if (octets == 0 || lead < 0x20 || lead == 0x7F) return false;
    text.remove_prefix(octets);
  }
  return true;
}

std::optional<PlotType> plot_type(std::string_view field) noexcept {
  if (field == "PSR") return PlotType::psr;
  if (field == "SSR") return PlotType::ssr;
  if (field == "MODES") return PlotType::mode_s;
  if (field == "ADSB") return PlotType::adsb;
  return std::nullopt;
}

std::optional<ModeSAddress> address(std::string_view field) noexcept {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value, 16);
  const bool whole = field.size() == 6 && error == std::errc{} && end == field.data() + field.size();
  return whole ? std::optional(ModeSAddress(value)) : std::nullopt;
}

/// Reads an optional number; false if the field holds something else.
bool read(std::string_view field, std::optional<double>& into) noexcept {
  if (field.empty()) return true;
  into = number(field);
  return into.has_value() && std::abs(*into) < kFarthestNumber;
}

bool read_numbers(const Fields& fields, PlotRow& row) noexcept {
  return read(fields[range_m], row.range_m) && read(fields[azimuth_deg], row.azimuth_deg) &&
         read(fields[fl], row.flight_level) && read(fields[lat], row.latitude_deg) &&
         read(fields[lon], row.longitude_deg) && read(fields[alt_m], row.height_m) &&
         read(fields[ve], row.velocity_east_ms) && read(fields[vn], row.velocity_north_ms);
}

bool read_codes(const Fields& fields, PlotRow& row) noexcept {
  if (!fields[mode3a].empty()) row.mode_a = ModeACode::parse(fields[mode3a]);
  if (!fields[mode_s].empty()) row.address = address(fields[mode_s]);
  return row.mode_a.has_value() != fields[mode3a].empty() && row.address.has_value() != fields[mode_s].empty();
}

bool is_position_whole(const PlotRow& row) noexcept {
  const bool halves = row.range_m.has_value() != row.azimuth_deg.has_value() ||
                      row.latitude_deg.has_value() != row.longitude_deg.has_value() ||
                      row.velocity_east_ms.has_value() != row.velocity_north_ms.has_value();
  return !halves && row.range_m.value_or(0.0) >= 0.0 && std::abs(row.latitude_deg.value_or(0.0)) <= 90.0 &&
         std::abs(row.longitude_deg.value_or(0.0)) <= 180.0;
}

Detection detection_of(PlotType plot_type) noexcept {
  switch (plot_type) {
    case PlotType::psr:
      return Detection::psr;
    case PlotType::ssr:
      return Detection::ssr;
    case PlotType::mode_s:
      return Detection::mode_s;
    case PlotType::adsb:
      return Detection::adsb;
  }
  return Detection::psr;
}

SensorKind kind_of(PlotType plot_type) noexcept {
  switch (plot_type) {
    case PlotType::psr:
      return SensorKind::psr;
    case PlotType::ssr:
      return SensorKind::ssr;
    case PlotType::mode_s:
      return SensorKind::mode_s;
    case PlotType::adsb:
      return SensorKind::adsb;
  }
  return SensorKind::psr;
}

void place(TargetReport& report, const PlotRow& row, const Translation& work) {
  const Sensor& sensor = work.registry.get(report.sensor);
  const std::optional<geo::LocalFrame>& frame = work.registry.frame(report.sensor);
  if (row.latitude_deg && row.longitude_deg) {
    place_geodetic(report, sensor, frame, *row.latitude_deg, *row.longitude_deg,
                   circular(sensor.characteristics.sigma_position));
  } else if (row.range_m && row.azimuth_deg) {
    place_polar(report, sensor, frame, Length::metres(*row.range_m), Angle::degrees(*row.azimuth_deg).normalised());
  }
}

}  // namespace

Result<PlotRow, RowFault> parse_plot_row(std::string_view text) noexcept {
  Fields fields;
  if (!split(text, fields)) return RowFault::field_count;
  const std::optional<UtcTime> applicability = moment(fields[t]);
  const std::optional<UtcTime> receipt = moment(fields[t_rx]);
  if (!applicability || !receipt) return RowFault::time;
  if (!is_name(fields[sensor_id])) return RowFault::sensor;
  const std::optional<PlotType> known_type = plot_type(fields[type]);
  if (!known_type) return RowFault::type;
  PlotRow row;
  row.applicability = *applicability;
  row.receipt = *receipt;
  row.sensor = fields[sensor_id];
  row.type = *known_type;
  if (!read_numbers(fields, row)) return RowFault::number;
  if (!read_codes(fields, row)) return RowFault::code;
  if (!is_position_whole(row)) return RowFault::position;
  return row;
}

void translate_plot_row(std::string_view text, Translation& work) {
  const Result<PlotRow, RowFault> parsed = parse_plot_row(text);
  if (!parsed) {
    ++work.counters.faults;
    work.counters.skipped_octets += text.size();
    ++work.counters.row_faults[static_cast<std::size_t>(parsed.error())];
    return;
  }
  const PlotRow& row = *parsed;
  ++work.counters.records;
  const std::optional<SensorId> id = work.registry.id_of_name(row.sensor, kind_of(row.type));
  if (!id) {
    ++work.counters.refused;
    return;
  }
  TargetReport report = work.begin(*id, detection_of(row.type));
  report.applicability = row.applicability;
  report.quality.time_from_receipt = false;
  report.mode_a = row.mode_a;
  report.address = row.address;
  if (row.flight_level) set_flight_level(report, *row.flight_level);
  if (row.height_m) report.geometric_height = Length::metres(*row.height_m);
  if (row.velocity_east_ms && row.velocity_north_ms)
    report.velocity = HorizontalVelocity{.east = Speed::metres_per_second(*row.velocity_east_ms),
                                         .north = Speed::metres_per_second(*row.velocity_north_ms),
                                         .sigma = work.registry.get(*id).characteristics.sigma_velocity};
  place(report, row, work);
  work.finish(report);
}

}  // namespace marsad::observation
