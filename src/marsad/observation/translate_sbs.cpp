#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <optional>

#include "marsad/observation/adsb_report.hpp"
#include "marsad/observation/translation.hpp"

/// Rows of SBS-1 (BaseStation) text. Each holds what one message said: what is remembered of the aircraft completes it.
namespace marsad::observation {

using mode_s::AircraftState;
using units::Angle;
using units::Length;
using units::PressureAltitude;
using units::Speed;
using units::UtcTime;

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
  mode_a,
  alert,
  emergency,
  special_position,
  on_ground,
  kColumns
};
using Fields = std::array<std::string_view, kColumns>;

/// Some writers leave out empty fields at the end; those that there are not are empty. False beyond 22.
bool split(std::string_view row, Fields& fields) {
  if (!row.empty() && row.back() == '\r') row.remove_suffix(1);
  for (std::size_t i = 0; i < kColumns; ++i) {
    const std::size_t comma = row.find(',');
    fields[i] = row.substr(0, comma);
    if (comma == std::string_view::npos) return i >= address;
    row.remove_prefix(comma + 1);
  }
  return false;
}

std::optional<double> number(std::string_view field) {
  double value = 0.0;
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
  constexpr double kMost = 1e7;
  if (error != std::errc{} || end != field.data() + field.size() || !(std::abs(value) < kMost)) return std::nullopt;
  return value;
}

std::optional<ModeSAddress> address_of(std::string_view field) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value, 16);
  constexpr std::uint32_t kAllOnes = 0xFF'FFFF;
  const bool whole = field.size() == 6 && error == std::errc{} && end == field.data() + field.size();
  return whole && value != 0 && value != kAllOnes ? std::optional(ModeSAddress(value)) : std::nullopt;
}

/// "-1" or "1" set, "0" not set, anything else not told.
std::optional<bool> flag(std::string_view field) {
  if (field == "-1" || field == "1") return true;
  if (field == "0") return false;
  return std::nullopt;
}

template <class Number>
bool read(std::string_view text, std::size_t begin, std::size_t size, Number& into) {
  if (text.size() < begin + size) return false;
  const char* const first = text.data() + begin;
  const auto [end, error] = std::from_chars(first, first + size, into);
  return error == std::errc{} && end == first + size;
}

/// "2018/04/03" and "19:02:28.136", taken as UTC.
std::optional<UtcTime> moment(std::string_view date, std::string_view time) {
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  unsigned hour = 0;
  unsigned minute = 0;
  if (date.size() != 10 || !read(date, 0, 4, year) || !read(date, 5, 2, month) || !read(date, 8, 2, day))
    return std::nullopt;
  const std::chrono::year_month_day calendar{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
  if (!calendar.ok() || year < 1970 || year > 2100) return std::nullopt;
  if (!read(time, 0, 2, hour) || !read(time, 3, 2, minute) || time.size() < 7) return std::nullopt;
  const auto seconds = number(time.substr(6));
  if (!seconds || *seconds < 0.0 || *seconds >= 61.0 || hour > 23 || minute > 59) return std::nullopt;
  const auto days = std::chrono::sys_days(calendar).time_since_epoch().count();
  const std::int64_t minutes = (std::int64_t{days} * 24 + hour) * 60 + minute;
  return UtcTime::nanoseconds_since_epoch(minutes * 60'000'000'000) + units::Duration::seconds(*seconds);
}

void learn(AircraftState& state, const Fields& fields, UtcTime time) {
  const auto name = AircraftIdentification::from_text(fields[identification]);
  if (!name.empty()) state.identification.set(name, time);
  if (const auto altitude_ft = number(fields[altitude]))
    state.pressure_altitude.set(PressureAltitude::feet(*altitude_ft), time);
  const auto speed_kt = number(fields[ground_speed]);
  const auto track_deg = number(fields[track]);
  if (speed_kt && track_deg && *speed_kt >= 0.0)
    state.velocity.set(
        {.speed = Speed::knots(*speed_kt), .track_angle = Angle::degrees(*track_deg), .supersonic = false}, time);
  if (const auto rate = number(fields[vertical_rate])) state.barometric_rate.set(Speed::feet_per_minute(*rate), time);
  if (const auto code = ModeACode::parse(fields[mode_a])) state.mode_a.set(*code, time);
  if (const auto set = flag(fields[emergency])) state.emergency.set(*set ? 1 : 0, time);
  if (const auto set = flag(fields[special_position])) state.special_position_identification.set(*set, time);
  if (const auto set = flag(fields[on_ground])) state.on_ground.set(*set, time);
}

/// Only rows about a message of an aircraft; BaseStation also writes SEL, ID, AIR, STA and CLK rows, which say nothing
/// of where anyone is.
bool is_fault(const Fields& fields) { return fields[kind] == "MSG" && !address_of(fields[address]); }

}  // namespace

void translate_sbs_row(std::string_view row, const wire::framing::Source& source, Translation& work) {
  Fields fields;
  if (!split(row, fields) || is_fault(fields)) {
    ++work.counters.faults;
    work.counters.skipped_octets += row.size();
    return;
  }
  ++work.counters.records;
  if (fields[kind] != "MSG") {
    ++work.counters.untranslated;
    return;
  }
  const std::optional<SensorId> id = work.receiver_at(source);
  if (!id) return;
  const UtcTime time = work.believed(moment(fields[date_generated], fields[time_generated]).value_or(work.receipt));
  AircraftState& state = work.receivers.row_aircraft(*address_of(fields[address]), work.receipt).state;
  learn(state, fields, time);
  const auto latitude_deg = number(fields[latitude]);
  const auto longitude_deg = number(fields[longitude]);
  const bool is_place =
      latitude_deg && longitude_deg && std::abs(*latitude_deg) <= 90.0 && std::abs(*longitude_deg) <= 180.0;
  if (!is_place) {
    ++work.counters.absorbed;
    return;
  }
  mode_s::ResolvedPosition position;
  position.place = {Angle::degrees(*latitude_deg), Angle::degrees(*longitude_deg), Length()};
  position.time = time;
  position.on_surface =
      fields[type] == "2" || state.on_ground.within(time, units::Duration::seconds(10.0)).value_or(false);
  if (state.position.known()) position.previous = state.position.time();
  state.position.set(position, time);
  report_position(state, position, *id, work);
}

}  // namespace marsad::observation
