#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include "marsad/observation/adsb_report.hpp"
#include "marsad/observation/json_reader.hpp"
#include "marsad/observation/translation.hpp"

/// aircraft.json: everything that a receiver program knows, again and again. A position is reported once, when it is
/// new.
///
/// Source: the README files on JSON of dump1090-mutability, dump1090-fa and readsb.
namespace marsad::observation {

using mode_s::AircraftState;
using mode_s::SourceKind;
using units::Angle;
using units::Duration;
using units::Length;
using units::PressureAltitude;
using units::Speed;
using units::UtcTime;

namespace {

/// One element of the list, as far as it matters. Units as written: feet, knots, degrees, feet per minute, seconds.
struct Entry {
  std::optional<std::string_view> hex, flight, mode_a, emergency, type, category;
  std::optional<double> latitude, longitude, seen_position, altitude, geometric_height, ground_speed, track;
  std::optional<double> barometric_rate, geometric_rate, nic, nacp, nacv, version;
  bool on_ground = false;
};

/// The members that are texts and numbers; those of dump1090-mutability have other names.
bool read_text(std::string_view name, Entry& entry, JsonReader& json) {
  struct Member {
    std::string_view name;
    std::optional<std::string_view> Entry::*into;
  };
  constexpr std::array<Member, 6> kMembers{{{"hex", &Entry::hex},
                                            {"flight", &Entry::flight},
                                            {"squawk", &Entry::mode_a},
                                            {"emergency", &Entry::emergency},
                                            {"type", &Entry::type},
                                            {"category", &Entry::category}}};
  for (const Member& member : kMembers) {
    if (member.name != name) continue;
    entry.*member.into = json.text();
    return true;
  }
  return false;
}

bool read_number(std::string_view name, Entry& entry, JsonReader& json) {
  struct Member {
    std::string_view name;
    std::optional<double> Entry::*into;
  };
  constexpr std::array<Member, 16> kMembers{{{"lat", &Entry::latitude},
                                             {"lon", &Entry::longitude},
                                             {"seen_pos", &Entry::seen_position},
                                             {"alt_geom", &Entry::geometric_height},
                                             {"gs", &Entry::ground_speed},
                                             {"speed", &Entry::ground_speed},
                                             {"track", &Entry::track},
                                             {"baro_rate", &Entry::barometric_rate},
                                             {"vert_rate", &Entry::barometric_rate},
                                             {"geom_rate", &Entry::geometric_rate},
                                             {"nic", &Entry::nic},
                                             {"nac_p", &Entry::nacp},
                                             {"nac_v", &Entry::nacv},
                                             {"version", &Entry::version},
                                             {"alt_baro", &Entry::altitude},
                                             {"altitude", &Entry::altitude}}};
  for (const Member& member : kMembers) {
    if (member.name != name) continue;
    constexpr double kMost = 1e7;
    const auto value = json.number();
    if (value && std::abs(*value) < kMost) entry.*member.into = value;
    return true;
  }
  return false;
}

void read_member(std::string_view name, Entry& entry, JsonReader& json) {
  if (read_text(name, entry, json)) return;
  if (!read_number(name, entry, json)) return;
  const bool is_altitude = name == "alt_baro" || name == "altitude";
  if (is_altitude && !entry.altitude) entry.on_ground = json.text() == "ground";
}

/// "adsb_icao", "mlat", "tisb_trackfile", ...; a tilde before the address marks one that is none of ICAO's.
SourceKind source_of(const Entry& entry, bool tilde) {
  const std::string_view type = entry.type.value_or("");
  if (type == "mlat") return SourceKind::multilateration;
  if (type.starts_with("tisb")) return tilde ? SourceKind::tis_b_other : SourceKind::tis_b;
  if (type.starts_with("adsr")) return tilde ? SourceKind::adsr_other : SourceKind::adsr;
  return tilde ? SourceKind::anonymous : SourceKind::transponder;
}

std::uint8_t emergency_state(std::string_view name) {
  constexpr std::array<std::string_view, 7> kNames{"none",  "general",  "lifeguard", "minfuel",
                                                   "nordo", "unlawful", "downed"};
  const auto found = std::ranges::find(kNames, name);
  return found == kNames.end() ? std::uint8_t{0} : static_cast<std::uint8_t>(found - kNames.begin());
}

std::uint8_t small(double value, std::uint8_t most) {
  return static_cast<std::uint8_t>(std::clamp(value, 0.0, static_cast<double>(most)));
}

void learn_quality(mode_s::Quality& quality, const Entry& entry, UtcTime time) {
  if (entry.version) quality.version.set(small(*entry.version, 7), time);
  if (entry.nacp) quality.nacp.set(small(*entry.nacp, 15), time);
  if (entry.nacv) quality.nacv.set(small(*entry.nacv, 7), time);
}

void learn(AircraftState& state, const Entry& entry, UtcTime time) {
  const auto identification = AircraftIdentification::from_text(entry.flight.value_or(""));
  if (!identification.empty()) state.identification.set(identification, time);
  if (const auto code = ModeACode::parse(entry.mode_a.value_or(""))) state.mode_a.set(*code, time);
  if (entry.emergency) state.emergency.set(emergency_state(*entry.emergency), time);
  if (entry.altitude) state.pressure_altitude.set(PressureAltitude::feet(*entry.altitude), time);
  if (entry.geometric_height) state.geometric_height.set(Length::feet(*entry.geometric_height), time);
  if (entry.ground_speed && entry.track && *entry.ground_speed >= 0.0)
    state.velocity.set(
        {.speed = Speed::knots(*entry.ground_speed), .track_angle = Angle::degrees(*entry.track), .supersonic = false},
        time);
  if (entry.barometric_rate) state.barometric_rate.set(Speed::feet_per_minute(*entry.barometric_rate), time);
  if (entry.geometric_rate) state.geometric_rate.set(Speed::feet_per_minute(*entry.geometric_rate), time);
  learn_quality(state.quality, entry, time);
}

std::optional<ModeSAddress> address_of(std::string_view hex) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(hex.data(), hex.data() + hex.size(), value, 16);
  const bool whole = hex.size() == 6 && error == std::errc{} && end == hex.data() + hex.size();
  return whole ? std::optional(ModeSAddress(value)) : std::nullopt;
}

bool is_place(const Entry& entry) {
  return entry.latitude && entry.longitude && std::abs(*entry.latitude) <= 90.0 && std::abs(*entry.longitude) <= 180.0;
}

void translate_entry(const Entry& entry, UtcTime written, SensorId id, Translation& work) {
  const bool tilde = entry.hex && entry.hex->starts_with('~');
  const auto address = address_of(entry.hex.value_or("").substr(tilde ? 1 : 0));
  if (!address) {
    ++work.counters.faults;
    return;
  }
  ++work.counters.records;
  AircraftState state;
  state.address = *address;
  state.source = source_of(entry, tilde);
  constexpr double kOldest = 60.0;
  const double age_s = std::max(0.0, entry.seen_position.value_or(0.0));
  const UtcTime time = written - Duration::seconds(std::min(age_s, kOldest));
  if (!is_place(entry) || age_s >= kOldest) {
    ++work.counters.absorbed;
    return;
  }
  const geo::Geodetic place{Angle::degrees(*entry.latitude), Angle::degrees(*entry.longitude), Length()};
  if (!work.receivers.is_news(state.source, *address, place, time, work.receipt)) {
    ++work.counters.rejected;
    return;
  }
  learn(state, entry, time);
  mode_s::ResolvedPosition position;
  position.place = place;
  position.time = time;
  position.on_surface = entry.on_ground;
  position.nic = small(entry.nic.value_or(0.0), 15);
  report_position(state, position, id, work);
}

/// "now", wherever it stands: the list may come before it.
std::optional<UtcTime> time_of(std::string_view document) {
  std::optional<double> now;
  JsonReader json(document);
  json.object([&now](std::string_view name, JsonReader& value) {
    if (name == "now") now = value.number();
  });
  constexpr double kFarthestS = 4e9;
  if (!now || !(*now > 0.0 && *now < kFarthestS)) return std::nullopt;
  return UtcTime::seconds_since_epoch(*now);
}

}  // namespace

void translate_aircraft_json(std::string_view document, const wire::framing::Source& source, Translation& work) {
  const std::optional<SensorId> id = work.receiver_at(source);
  if (!id) {
    ++work.counters.records;
    return;
  }
  const UtcTime written = work.believed(time_of(document).value_or(work.receipt));
  JsonReader json(document);
  const auto on_entry = [&](JsonReader& element) {
    Entry entry;
    const bool whole =
        element.object([&entry](std::string_view name, JsonReader& value) { read_member(name, entry, value); });
    if (whole) translate_entry(entry, written, *id, work);
  };
  const bool whole = json.object([&](std::string_view name, JsonReader& value) {
    if (name == "aircraft") value.array(on_entry);
  });
  if (whole) return;
  ++work.counters.faults;
  work.counters.skipped_octets += document.size();
}

}  // namespace marsad::observation
