#include "marsad/output/sbs_rows.hpp"

#include <fmt/format.h>

#include <chrono>
#include <iterator>
#include <optional>
#include <string_view>

#include "marsad/wire/modes/extended_squitter.hpp"
#include "marsad/wire/modes/message.hpp"

namespace marsad::output {
namespace {

using observation::mode_s::Outcome;
using observation::mode_s::Verdict;
using units::UtcTime;
using wire::modes::Register;
using wire::modes::SquitterKind;

/// The fields of a row that depend on the message.
struct Row {
  int type = 0;
  std::string_view identification;  // of `letters`
  std::array<char, 8> letters{};
  std::optional<double> altitude_ft;
  std::optional<double> speed_kt;
  std::optional<double> track_deg;
  std::optional<double> rate_ft_min;
  std::optional<std::uint16_t> mode_a;
  std::optional<bool> alert;
  std::optional<bool> emergency;
  std::optional<bool> special_position;
  std::optional<bool> on_ground;
};

bool is_emergency(std::uint16_t mode_a) { return mode_a == 07500 || mode_a == 07600 || mode_a == 07700; }

void fill_reply(Row& row, const wire::modes::Frame& frame) {
  const wire::modes::SurveillanceAltitude reply(frame);
  const auto status = reply.flight_status();
  row.alert = status.alert();
  row.special_position = status.special_position();
  row.on_ground = status.on_ground();
  if (frame.downlink_format() % 2 == 0) {
    row.type = 5;
    row.altitude_ft = reply.altitude_ft();
  } else {
    row.type = 6;
    row.mode_a = wire::modes::SurveillanceIdentity(frame).mode_a();
    row.emergency = is_emergency(*row.mode_a);
  }
}

void fill_airborne(Row& row, Register me) {
  const auto message = wire::modes::decode_airborne_position(me);
  row.type = 3;
  if (!message.geometric()) row.altitude_ft = message.altitude_ft();
  constexpr std::uint8_t kEmergency = 1;
  constexpr std::uint8_t kChanged = 2;
  constexpr std::uint8_t kSpecialPosition = 3;
  row.alert = message.surveillance_status == kEmergency || message.surveillance_status == kChanged;
  row.emergency = message.surveillance_status == kEmergency;
  row.special_position = message.surveillance_status == kSpecialPosition;
  if (message.has_position()) row.on_ground = false;
}

void fill_surface(Row& row, const Outcome& outcome, Register me) {
  const auto message = wire::modes::decode_surface_position(me);
  row.type = 2;
  row.speed_kt = message.ground_speed_kt(outcome.aircraft->quality.version.value());
  row.track_deg = message.track_deg;
  row.on_ground = true;
}

void fill_velocity(Row& row, Register me) {
  const auto message = wire::modes::decode_airborne_velocity(me);
  row.type = 4;
  row.speed_kt = message.ground_speed_kt();
  row.track_deg = message.track_deg();
  row.rate_ft_min = message.vertical_rate_ft_min.value;
}

void fill_squitter(Row& row, const Outcome& outcome) {
  const wire::modes::ExtendedSquitter squitter(*outcome.frame);
  if (!squitter.has_type_code()) return;
  const Register me = squitter.message();
  switch (wire::modes::squitter_kind(squitter.type_code())) {
    case SquitterKind::identification: {
      const auto message = wire::modes::decode_identification(me);
      row.type = 1;
      row.letters = message.letters;
      row.identification = {row.letters.data(), row.letters.size()};
      return;
    }
    case SquitterKind::surface_position:
      return fill_surface(row, outcome, me);
    case SquitterKind::no_position:
    case SquitterKind::airborne_position:
      return fill_airborne(row, me);
    case SquitterKind::airborne_velocity:
      return fill_velocity(row, me);
    default:
      return;
  }
}

void fill(Row& row, const Outcome& outcome) {
  switch (outcome.frame->downlink_format()) {
    case 0:
    case 16: {
      const wire::modes::ShortAirAir air(*outcome.frame);
      row.type = 7;
      row.altitude_ft = air.altitude_ft();
      row.on_ground = air.on_ground();
      return;
    }
    case 4:
    case 5:
    case 20:
    case 21:
      return fill_reply(row, *outcome.frame);
    case 11:
      row.type = 8;
      row.on_ground = wire::modes::AllCall(*outcome.frame).on_ground();
      return;
    case 17:
    case 18:
      return fill_squitter(row, outcome);
    default:
      return;
  }
}

void append_time(std::string& out, UtcTime time) {
  using std::chrono::floor;
  const std::chrono::sys_time<std::chrono::nanoseconds> moment{
      std::chrono::nanoseconds(time.nanoseconds_since_epoch())};
  const auto day = floor<std::chrono::days>(moment);
  const std::chrono::year_month_day date(day);
  const auto of_day = floor<std::chrono::milliseconds>(moment - day).count();
  fmt::format_to(std::back_inserter(out), "{:04}/{:02}/{:02},{:02}:{:02}:{:02}.{:03}", static_cast<int>(date.year()),
                 static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), of_day / 3'600'000,
                 of_day / 60'000 % 60, of_day / 1'000 % 60, of_day % 1'000);
}

void append_number(std::string& out, const std::optional<double>& value, int decimals) {
  if (value) fmt::format_to(std::back_inserter(out), "{:.{}f}", *value, decimals);
  out += ',';
}

std::string_view flag(const std::optional<bool>& value) {
  if (!value) return "";
  return *value ? "-1" : "0";
}

}  // namespace

bool append_sbs_row(std::string& out, const Outcome& outcome, UtcTime logged) {
  if (outcome.verdict != Verdict::accepted) return false;
  Row row;
  fill(row, outcome);
  if (row.type == 0) return false;
  fmt::format_to(std::back_inserter(out), "MSG,{},1,1,{:06X},1,", row.type, outcome.address->value());
  append_time(out, outcome.reception.receipt);
  out += ',';
  append_time(out, logged);
  out += ',';
  out += row.identification;
  out += ',';
  append_number(out, row.altitude_ft, 0);
  append_number(out, row.speed_kt, 0);
  append_number(out, row.track_deg, 0);
  std::optional<double> latitude_deg;
  std::optional<double> longitude_deg;
  if (outcome.position) {
    latitude_deg = outcome.position->place.latitude.degrees();
    longitude_deg = outcome.position->place.longitude.degrees();
  }
  append_number(out, latitude_deg, 5);
  append_number(out, longitude_deg, 5);
  append_number(out, row.rate_ft_min, 0);
  if (row.mode_a) fmt::format_to(std::back_inserter(out), "{:04o}", *row.mode_a);
  fmt::format_to(std::back_inserter(out), ",{},{},{},{}\r\n", flag(row.alert), flag(row.emergency),
                 flag(row.special_position), flag(row.on_ground));
  return true;
}

}  // namespace marsad::output
