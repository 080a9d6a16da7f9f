// What a 1090 MHz receiver heard, as columns: one row for each message that is believed, with what that message gives.

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bindings.hpp"
#include "marsad/observation/mode_s/resolver.hpp"
#include "marsad/wire/framing/file_reader.hpp"
#include "marsad/wire/modes/extended_squitter.hpp"
#include "marsad/wire/modes/message.hpp"
#include "recording.hpp"

namespace marsad::python {
namespace {

namespace framing = wire::framing;
namespace modes = wire::modes;
using observation::mode_s::Outcome;
using observation::mode_s::SourceKind;
using observation::mode_s::Verdict;

/// Columns of numbers: NaN where the message does not give one.
enum class Number : std::uint8_t {
  elapsed,
  alt_ft,
  alt_geom_ft,
  lat,
  lon,
  rc_m,
  gs_kt,
  track_deg,
  heading_deg,
  ias_kt,
  tas_kt,
  vrate_fpm,
  geom_minus_baro_ft,
  selected_altitude_ft,
  selected_heading_deg,
  qnh_mb,
  count
};
constexpr std::array<const char*, static_cast<std::size_t>(Number::count)> kNumbers{"elapsed",
                                                                                    "alt_ft",
                                                                                    "alt_geom_ft",
                                                                                    "lat",
                                                                                    "lon",
                                                                                    "rc_m",
                                                                                    "gs_kt",
                                                                                    "track_deg",
                                                                                    "heading_deg",
                                                                                    "ias_kt",
                                                                                    "tas_kt",
                                                                                    "vrate_fpm",
                                                                                    "geom_minus_baro_ft",
                                                                                    "selected_altitude_ft",
                                                                                    "selected_heading_deg",
                                                                                    "qnh_mb"};

/// Columns of codes: -1 where the message does not give one.
enum class Code : std::uint8_t {
  df,
  address,
  crc,
  source,
  signal,
  tc,
  category,
  squawk,
  surface,
  emergency,
  nic,
  nacp,
  nacv,
  sil,
  sda,
  gva,
  version,
  count
};
constexpr std::array<const char*, static_cast<std::size_t>(Code::count)> kCodes{
    "df",        "address", "crc",  "source", "signal", "tc",  "category", "squawk", "surface",
    "emergency", "nic",     "nacp", "nacv",   "sil",    "sda", "gva",      "version"};

constexpr std::size_t kCallsign = 8;

/// Rows of the columns above.
class Rows {
 public:
  void reserve(std::size_t rows) {
    for (auto& column : numbers_) column.reserve(rows);
    for (auto& column : codes_) column.reserve(rows);
    callsigns_.reserve(rows * kCallsign);
    offsets_.reserve(rows);
    receipts_.reserve(rows);
  }
  void add(std::uint64_t offset, std::int64_t receipt) {
    for (auto& column : numbers_) column.push_back(std::numeric_limits<double>::quiet_NaN());
    for (auto& column : codes_) column.push_back(-1);
    callsigns_.resize(callsigns_.size() + kCallsign);
    offsets_.push_back(offset);
    receipts_.push_back(receipt);
  }
  void set(Number column, const std::optional<double>& value) {
    if (value) numbers_[static_cast<std::size_t>(column)].back() = *value;
  }
  template <class Value>
  void set(Code column, const std::optional<Value>& value) {
    if (value) codes_[static_cast<std::size_t>(column)].back() = static_cast<std::int32_t>(*value);
  }
  void set(Code column, std::uint32_t value) { set(column, std::optional(value)); }
  void set_callsign(std::string_view text) { text.copy(&callsigns_[callsigns_.size() - kCallsign], kCallsign); }

  [[nodiscard]] py::dict to_python() {
    const std::size_t rows = offsets_.size();
    py::dict out;
    for (std::size_t i = 0; i < kNumbers.size(); ++i)
      out[kNumbers[i]] = array_owning(std::move(numbers_[i]), py::dtype("f8"), rows);
    for (std::size_t i = 0; i < kCodes.size(); ++i)
      out[kCodes[i]] = array_owning(std::move(codes_[i]), py::dtype("i4"), rows);
    out["callsign"] = array_owning(std::move(callsigns_), py::dtype("S8"), rows);
    out["offset"] = array_owning(std::move(offsets_), py::dtype("u8"), rows);
    out["receipt"] = array_owning(std::move(receipts_), py::dtype("M8[ns]"), rows);
    return out;
  }

 private:
  std::array<std::vector<double>, kNumbers.size()> numbers_;
  std::array<std::vector<std::int32_t>, kCodes.size()> codes_;
  std::vector<char> callsigns_;
  std::vector<std::uint64_t> offsets_;
  std::vector<std::int64_t> receipts_;
};

void put_identification(Rows& rows, modes::Register me) {
  const auto message = modes::decode_identification(me);
  rows.set_callsign(message.text());
  // A3 is 0xA3: the set as a hexadecimal digit, the category as the next.
  rows.set(Code::category, static_cast<std::uint32_t>(message.category_set - 'A' + 10) << 4U | message.category);
}

void put_position(Rows& rows, const Outcome& outcome) {
  if (outcome.position) {
    rows.set(Number::lat, outcome.position->place.latitude.degrees());
    rows.set(Number::lon, outcome.position->place.longitude.degrees());
  }
  if (!outcome.integrity) return;
  rows.set(Code::nic, std::uint32_t{outcome.integrity->nic});
  rows.set(Number::rc_m, outcome.integrity->rc_m);
}

void put_surface_position(Rows& rows, const Outcome& outcome, modes::Register me) {
  const auto message = modes::decode_surface_position(me);
  const unsigned version = outcome.aircraft != nullptr ? outcome.aircraft->quality.version.value() : 0U;
  rows.set(Code::surface, 1U);
  rows.set(Number::gs_kt, message.ground_speed_kt(version));
  rows.set(Number::track_deg, message.track_deg);
  put_position(rows, outcome);
}

void put_airborne_position(Rows& rows, const Outcome& outcome, modes::Register me) {
  const auto message = modes::decode_airborne_position(me);
  if (message.has_position()) rows.set(Code::surface, 0U);
  rows.set(message.geometric() ? Number::alt_geom_ft : Number::alt_ft, message.altitude_ft());
  put_position(rows, outcome);
}

void put_motion(Rows& rows, const modes::AirborneVelocity& motion) {
  rows.set(Number::gs_kt, motion.ground_speed_kt());
  rows.set(Number::track_deg, motion.track_deg());
  rows.set(Number::heading_deg, motion.heading_deg);
  rows.set(motion.true_airspeed ? Number::tas_kt : Number::ias_kt, motion.airspeed_kt.value);
  rows.set(Number::vrate_fpm, motion.vertical_rate_ft_min.value);
  rows.set(Number::geom_minus_baro_ft, motion.geometric_minus_barometric_ft.value);
}

void put_velocity(Rows& rows, const Outcome& outcome, modes::Register me) {
  if (outcome.source == SourceKind::tis_b || outcome.source == SourceKind::tis_b_other) {
    const auto message = modes::decode_tisb_velocity(me);
    put_motion(rows, message.velocity);
    rows.set(Code::nacp, std::uint32_t{message.nac_p});
    rows.set(Code::nacv, message.nac_v);
    rows.set(Code::sil, message.sil);
    return;
  }
  const bool knows_version = outcome.aircraft != nullptr && outcome.source != SourceKind::adsr;
  const unsigned version = knows_version ? outcome.aircraft->quality.version.value() : 0U;
  const auto message = modes::decode_airborne_velocity(me, version);
  put_motion(rows, message);
  rows.set(Code::nacv, std::uint32_t{message.nac_v});
}

void put_emergency(Rows& rows, modes::Register me) {
  const auto status = modes::decode_emergency_status(me);
  if (!status) return;
  rows.set(Code::emergency, std::uint32_t{status->state});
  if (status->mode_a != 0) rows.set(Code::squawk, std::uint32_t{status->mode_a});
}

void put_target_state(Rows& rows, modes::Register me) {
  const auto target = modes::decode_target_state(me);
  if (!target) return;
  rows.set(Number::selected_altitude_ft, target->selected_altitude_ft);
  if (!target->heading_is_track) rows.set(Number::selected_heading_deg, target->selected_heading_deg);
  rows.set(Number::qnh_mb, target->pressure_setting_mb);
  rows.set(Code::nacp, std::uint32_t{target->nac_p});
  rows.set(Code::sil, std::uint32_t{target->sil});
  if (target->subtype == 0) rows.set(Code::emergency, std::uint32_t{target->emergency});
}

void put_operational_status(Rows& rows, modes::Register me) {
  const auto status = modes::decode_operational_status(me);
  if (!status) return;
  rows.set(Code::version, std::uint32_t{status->version});
  if (status->version == 0) return;
  rows.set(Code::nacp, std::uint32_t{status->nac_p});
  rows.set(Code::nacv, status->nac_v);
  rows.set(Code::sil, std::uint32_t{status->sil});
  rows.set(Code::sda, status->sda);
  rows.set(Code::gva, status->gva);
}

void put_squitter(Rows& rows, const Outcome& outcome) {
  const modes::ExtendedSquitter squitter(*outcome.frame);
  const modes::Register me = squitter.message();
  if (squitter.source() == modes::SquitterSource::tisb_coarse) {
    const auto message = modes::decode_tisb_coarse(me);
    rows.set(Number::alt_ft, message.altitude_ft());
    rows.set(Number::track_deg, message.track_deg);
    rows.set(Number::gs_kt, message.ground_speed_kt());
    return;
  }
  if (!squitter.has_type_code()) return;
  rows.set(Code::tc, std::uint32_t{squitter.type_code()});
  switch (modes::squitter_kind(squitter.type_code())) {
    case modes::SquitterKind::identification:
      return put_identification(rows, me);
    case modes::SquitterKind::surface_position:
      return put_surface_position(rows, outcome, me);
    case modes::SquitterKind::no_position:
    case modes::SquitterKind::airborne_position:
      return put_airborne_position(rows, outcome, me);
    case modes::SquitterKind::airborne_velocity:
      return put_velocity(rows, outcome, me);
    case modes::SquitterKind::aircraft_status:
      return put_emergency(rows, me);
    case modes::SquitterKind::target_state:
      return put_target_state(rows, me);
    case modes::SquitterKind::operational_status:
      return put_operational_status(rows, me);
    case modes::SquitterKind::test:
      return rows.set(Code::squawk, modes::decode_test(me).mode_a);
    default:
      return;
  }
}

void put_message(Rows& rows, const Outcome& outcome) {
  const modes::Frame& frame = *outcome.frame;
  switch (frame.downlink_format()) {
    case 0:
    case 16: {
      const modes::LongAirAir air(frame);
      rows.set(Code::surface, air.on_ground() ? 1U : 0U);
      return rows.set(Number::alt_ft, air.altitude_ft());
    }
    case 4:
    case 20:
      rows.set(Code::surface, modes::SurveillanceAltitude(frame).flight_status().on_ground());
      return rows.set(Number::alt_ft, modes::SurveillanceAltitude(frame).altitude_ft());
    case 5:
    case 21:
      rows.set(Code::surface, modes::SurveillanceIdentity(frame).flight_status().on_ground());
      return rows.set(Code::squawk, std::uint32_t{modes::SurveillanceIdentity(frame).mode_a()});
    case 11:
      return rows.set(Code::surface, modes::AllCall(frame).on_ground());
    case 17:
    case 18:
      return put_squitter(rows, outcome);
    default:
      return;
  }
}

struct Site {
  double latitude_deg;
  double longitude_deg;
  double range_m;
};

/// All messages of a recording through the resolver.
class Reading {
 public:
  Reading(std::span<const std::byte> content, const std::optional<std::string>& kind, const std::optional<Site>& site,
          std::optional<std::int64_t> start_ns)
      : reader_(open_reader(content, parse_kind(kind))), start_ns_(start_ns) {
    rows_.reserve(std::min(content.size() / kOctetsOfMessage, kMostReserved));
    if (!site) return;
    site_ = {.place = {.latitude = units::Angle::degrees(site->latitude_deg),
                       .longitude = units::Angle::degrees(site->longitude_deg),
                       .height = {}},
             .range = units::Length::metres(site->range_m)};
  }

  void read() {
    while (const auto datagram = reader_.next()) {
      const auto message = datagram->kind == framing::PayloadKind::mode_s
                               ? framing::parse_receiver_message(datagram->payload)
                               : std::optional<framing::ReceiverMessage>();
      if (message)
        take(*datagram, *message);
      else
        ++other_payloads_;
    }
  }

  [[nodiscard]] py::dict to_python() {
    py::dict verdicts;
    for (std::size_t i = 0; resolver_ && i < observation::mode_s::kVerdicts; ++i)
      if (const auto count = resolver_->counters().verdicts[i]; count > 0)
        verdicts[py::str(std::string(observation::mode_s::name_of(static_cast<Verdict>(i))))] = count;
    py::dict out;
    out["columns"] = rows_.to_python();
    out["verdicts"] = verdicts;
    out["other_payloads"] = other_payloads_;
    DamageReport damage;
    damage.add(reader_);
    out["damage"] = damage.to_python();
    return out;
  }

 private:
  [[nodiscard]] std::optional<units::UtcTime> time_of(const framing::Datagram& datagram) const {
    if (datagram.receipt) return datagram.receipt;
    if (!datagram.elapsed || !start_ns_) return std::nullopt;
    return units::UtcTime::nanoseconds_since_epoch(*start_ns_) + *datagram.elapsed;
  }

  void take(const framing::Datagram& datagram, const framing::ReceiverMessage& message) {
    const auto time = time_of(datagram);
    const bool has_order = time || datagram.elapsed;
    if (!resolver_) {
      resolver_.emplace(has_order ? observation::mode_s::ResolverSettings{} : observation::mode_s::without_times());
      resolver_->set_site(0, site_);
    }
    // Without a date time begins with the recording: only differences count.
    if (has_order) latest_ = time.value_or(units::UtcTime() + datagram.elapsed.value_or(units::Duration()));
    const Outcome& outcome = resolver_->take(message, latest_);
    if (outcome.verdict != Verdict::accepted || !outcome.frame) return;
    rows_.add(datagram.offset, time ? time->nanoseconds_since_epoch() : std::numeric_limits<std::int64_t>::min());
    if (datagram.elapsed) rows_.set(Number::elapsed, datagram.elapsed->seconds());
    rows_.set(Code::df, std::uint32_t{outcome.frame->downlink_format()});
    if (outcome.address) rows_.set(Code::address, outcome.address->value());
    rows_.set(Code::crc, static_cast<std::uint32_t>(outcome.parity));
    rows_.set(Code::source, static_cast<std::uint32_t>(outcome.source));
    if (outcome.signal > 0) rows_.set(Code::signal, std::uint32_t{outcome.signal});
    put_message(rows_, outcome);
  }

  static constexpr std::size_t kOctetsOfMessage = 23;  // as most are: Beast, long
  static constexpr std::size_t kMostReserved = 1'000'000;

  framing::FileReader reader_;
  std::optional<std::int64_t> start_ns_;
  std::optional<observation::mode_s::ReceiverSite> site_;
  std::optional<observation::mode_s::Resolver> resolver_;  // made by the first message, which shows if there are times
  units::UtcTime latest_;
  Rows rows_;
  std::uint64_t other_payloads_ = 0;
};

py::dict read_mode_s(const py::bytes& content, const std::optional<std::string>& kind,
                     const std::optional<std::array<double, 3>>& site, std::optional<std::int64_t> start_ns) {
  std::optional<Site> place;
  if (site) place = Site{(*site)[0], (*site)[1], (*site)[2]};
  Reading reading(octets_of(content), kind, place, start_ns);
  {
    const py::gil_scoped_release free;
    reading.read();
  }
  return reading.to_python();
}

/// The names of the codes that the columns `source` and `crc` hold.
py::list source_names() {
  py::list names;
  for (std::size_t i = 0; i < observation::mode_s::kSourceKinds; ++i)
    names.append(observation::mode_s::name_of(static_cast<observation::mode_s::SourceKind>(i)));
  return names;
}

}  // namespace

void define_mode_s(py::module_& module) {
  module.def("read_mode_s", &read_mode_s);
  module.def("source_names", &source_names);
}

}  // namespace marsad::python
