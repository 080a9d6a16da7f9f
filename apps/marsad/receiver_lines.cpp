#include "receiver_lines.hpp"

#include <fmt/format.h>

#include <array>

#include "marsad/base/json_members.hpp"
#include "marsad/base/json_reader.hpp"
#include "marsad/output/mode_s_json.hpp"
#include "marsad/wire/framing/receiver_message.hpp"
#include "marsad/wire/framing/sbs_row.hpp"
#include "marsad/wire/uat/line.hpp"
#include "marsad/wire/uat/print.hpp"

namespace marsad::app {
namespace {

using wire::framing::Datagram;
using wire::framing::PayloadKind;

/// What most people look for, in the order of the JSON members.
constexpr std::array<std::string_view, 26> kColumns{
    "t",         "df",     "icao",    "crc",     "verdict",     "tc",     "callsign",  "category",  "squawk",
    "emergency", "alt_ft", "surface", "lat",     "lon",         "gs_kt",  "track_deg", "vrate_fpm", "nic",
    "nacp",      "nacv",   "sil",     "version", "heading_deg", "ias_kt", "bds",       "hex"};

std::string_view text_of(std::span<const std::byte> octets) {
  return {reinterpret_cast<const char*>(octets.data()), octets.size()};
}

/// The values of `kColumns` among the members of one JSON object, as they stand there, quotes removed.
std::string csv_row_of(std::string_view json) {
  std::array<std::string_view, kColumns.size()> cells{};
  base::JsonReader reader(json);
  reader.begin_object();
  for (base::JsonText key; reader.next_key(key);) {
    const auto kind = reader.peek();
    const std::size_t begin = reader.position();
    reader.skip();
    std::string_view value = json.substr(begin, reader.position() - begin);
    if (kind == base::JsonKind::string) value = value.substr(1, value.size() - 2);
    for (std::size_t i = 0; i < kColumns.size(); ++i)
      if (equals(key, kColumns[i]) && value != "null") cells[i] = value;
  }
  return fmt::format("{}", fmt::join(cells, ","));
}

std::string name_of(const observation::mode_s::Outcome& outcome) {
  if (outcome.verdict == observation::mode_s::Verdict::mode_ac) return "Mode A/C";
  return outcome.frame ? fmt::format("DF{}", outcome.frame->downlink_format()) : "malformed";
}

/// A row in the words of the Mode S messages.
void append_members(std::string& out, const wire::framing::SbsRow& row) {
  base::JsonMembers write(out);
  const auto number = [&write](std::string_view key, const std::optional<double>& value, int decimals) {
    if (value) write.number(key, *value, decimals);
  };
  const auto flag = [&write](std::string_view key, const std::optional<bool>& value) {
    if (value) write.boolean(key, *value);
  };
  write.integer("sbs", row.type);
  write.hex("icao", row.address, 6);
  if (!row.identification.empty()) write.text("callsign", row.identification);
  if (!row.mode_a.empty()) write.text("squawk", row.mode_a);
  number("alt_ft", row.altitude_ft, 2);
  number("lat", row.latitude_deg, 9);
  number("lon", row.longitude_deg, 9);
  number("gs_kt", row.ground_speed_kt, 3);
  number("track_deg", row.track_deg, 3);
  number("vrate_fpm", row.vertical_rate_ft_min, 1);
  flag("alert", row.alert);
  if (row.emergency) write.integer("emergency", *row.emergency ? 1 : 0);
  flag("spi", row.special_position);
  flag("surface", row.on_ground);
}

/// Puts "t" in front of the members of the object that begins at `begin`.
void lead_with_time(std::string& out, std::size_t begin, std::optional<units::UtcTime> receipt) {
  const std::string time = receipt ? fmt::format("\"t\":{:.6f},", receipt->seconds_since_epoch()) : "\"t\":null,";
  out.insert(begin + 1, out[begin + 1] == '}' ? time.substr(0, time.size() - 1) : time);
}

}  // namespace

std::string ReceiverLines::csv_header() { return fmt::format("{}\n", fmt::join(kColumns, ",")); }

bool ReceiverLines::append(std::string& out, const Datagram& datagram) {
  switch (datagram.kind) {
    case PayloadKind::mode_s:
      return append_mode_s(out, datagram);
    case PayloadKind::uat:
      return append_uat(out, datagram);
    case PayloadKind::sbs_row:
      return append_row(out, datagram);
    case PayloadKind::aircraft_json:
      return append_document(out, datagram);
    case PayloadKind::asterix:
    case PayloadKind::plot_row:
      break;
  }
  return false;
}

bool ReceiverLines::append_mode_s(std::string& out, const Datagram& datagram) {
  const auto message = wire::framing::parse_receiver_message(datagram.payload);
  if (!message) return false;
  const auto receipt = datagram.receipt;
  const bool has_order = receipt || datagram.elapsed;
  if (!resolver_)
    resolver_.emplace(has_order ? observation::mode_s::ResolverSettings{} : observation::mode_s::without_times());
  if (has_order) latest_ = receipt.value_or(units::UtcTime() + datagram.elapsed.value_or(units::Duration()));
  const observation::mode_s::Outcome& outcome = resolver_->take(*message, latest_);
  const std::size_t begin = out.size();
  output::append_mode_s_json(out, outcome, {.has_time = receipt.has_value()});
  end_line(out, begin);
  ++lines_[name_of(outcome)];
  return true;
}

bool ReceiverLines::append_uat(std::string& out, const Datagram& datagram) {
  const auto line = wire::uat::parse_line(text_of(datagram.payload));
  if (!line.ok()) return false;
  const std::size_t begin = out.size();
  if (!wire::uat::append_uat_json(out, line.value()).ok()) return false;
  lead_with_time(out, begin, datagram.receipt);
  end_line(out, begin);
  ++lines_["UAT"];
  return true;
}

bool ReceiverLines::append_document(std::string& out, const Datagram& datagram) {
  const std::string_view text = text_of(datagram.payload);
  base::JsonReader reader(text);
  if (!reader.begin_object()) return false;
  for (base::JsonText key; reader.next_key(key);) {
    if (!equals(key, "aircraft")) {
      reader.skip();
      continue;
    }
    if (!reader.begin_array()) return false;
    while (reader.next_element()) {
      const bool is_object = reader.peek() == base::JsonKind::object;
      const std::size_t entry = reader.position();
      reader.skip();
      if (!is_object) continue;
      const std::size_t begin = out.size();
      out += text.substr(entry, reader.position() - entry);
      lead_with_time(out, begin, datagram.receipt);
      end_line(out, begin);
      ++lines_["aircraft.json"];
    }
  }
  return reader.ok();
}

bool ReceiverLines::append_row(std::string& out, const Datagram& datagram) {
  wire::framing::SbsRow row;
  const auto what = wire::framing::parse_sbs_row(text_of(datagram.payload), row);
  if (what == wire::framing::SbsLine::damaged) return false;
  ++lines_["SBS-1"];
  if (what == wire::framing::SbsLine::other) return true;  // sessions and clocks: nothing to print
  const std::size_t begin = out.size();
  out += '{';
  append_members(out, row);
  out += '}';
  lead_with_time(out, begin, datagram.receipt);
  end_line(out, begin);
  return true;
}

void ReceiverLines::end_line(std::string& out, std::size_t begin) {
  if (form_ == Form::csv) {
    const std::string row = csv_row_of(std::string_view(out).substr(begin));
    out.resize(begin);
    out += row;
  }
  out += '\n';
}

}  // namespace marsad::app
