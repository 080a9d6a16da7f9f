#include "marsad/output/cat021_record.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "marsad/output/cat062_record.hpp"
#include "marsad/wire/asterix/fields/cat021.hpp"
#include "marsad/wire/modes/message.hpp"
#include "marsad/wire/modes/quality.hpp"

namespace marsad::output {
namespace {

using observation::mode_s::AircraftState;
using observation::mode_s::Outcome;
using observation::mode_s::ResolvedPosition;
using observation::mode_s::SourceKind;
using observation::mode_s::Timed;
using units::Duration;
using units::UtcTime;
using wire::asterix::Field;
using wire::asterix::RecordBuilder;
namespace cat021 = wire::asterix::cat021;

constexpr Duration kMotionLife = Duration::seconds(10.0);
constexpr Duration kStatusLife = Duration::seconds(25.0);
constexpr Duration kIdentityLife = Duration::seconds(120.0);

void set_flag(RecordBuilder& record, Field field, bool flag) { record.set_raw(field, flag ? 1U : 0U); }

/// I021/295: how old a value is that does not come from the message at hand.
template <class T>
void set_age(RecordBuilder& record, Field field, const Timed<T>& timed, UtcTime now) {
  const double age_s = std::max(0.0, timed.age(now).seconds());
  if (age_s > 0.0) record.set(field, age_s);
}

/// I021/020 from the set and number of an emitter category (DO-260B 2.2.3.2.5.2).
std::uint64_t emitter_category(std::uint8_t set_and_number) {
  constexpr std::array<std::uint8_t, 8> kA{0, 1, 2, 3, 4, 5, 6, 10};
  constexpr std::array<std::uint8_t, 8> kB{0, 11, 12, 16, 15, 0, 13, 14};
  constexpr std::array<std::uint8_t, 8> kC{0, 20, 21, 22, 23, 24, 0, 0};
  const std::size_t number = set_and_number & 7U;
  switch (set_and_number >> 4U) {
    case 4:
      return kA[number];
    case 3:
      return kB[number];
    case 2:
      return kC[number];
    default:
      return 0;
  }
}

bool is_vehicle(const AircraftState& state) {
  constexpr std::uint8_t kEmergencyVehicle = 0x21;
  constexpr std::uint8_t kServiceVehicle = 0x22;
  const auto category = state.category.any();
  return category == kEmergencyVehicle || category == kServiceVehicle;
}

/// I021/210 LTT: by which link it was sent in the first place.
std::uint64_t link_of(SourceKind source) {
  constexpr std::uint64_t kUat = 1;
  constexpr std::uint64_t k1090 = 2;
  return source == SourceKind::adsr || source == SourceKind::adsr_other ? kUat : k1090;
}

void fill_descriptor(RecordBuilder& record, const Outcome& outcome, const AircraftState& state, UtcTime now) {
  constexpr std::uint64_t kIcao = 0;
  constexpr std::uint64_t kSurfaceVehicle = 2;
  constexpr std::uint64_t kAnonymous = 3;
  constexpr std::uint64_t kUnknownReporting = 2;
  const bool own = state.source == SourceKind::transponder || state.source == SourceKind::adsr;
  const std::uint64_t of_address = own ? kIcao : kAnonymous;
  record.set_raw(cat021::I040_ATP, is_vehicle(state) ? kSurfaceVehicle : of_address);
  const auto fine = state.altitude_in_25_ft.within(now, kMotionLife);
  record.set_raw(cat021::I040_ARC, fine ? (*fine ? 0U : 1U) : kUnknownReporting);
  const bool on_ground =
      outcome.position ? outcome.position->on_surface : state.on_ground.within(now, kStatusLife).value_or(false);
  set_flag(record, cat021::I040_GBS, on_ground);
  const bool selects =
      state.intent.mcp_altitude.fresh(now, kStatusLife) || state.intent.fms_altitude.fresh(now, kStatusLife);
  set_flag(record, cat021::I040_SAA, !selects);
  record.set_raw(cat021::I040_CL, 0);
}

/// The time of reception twice: in steps of 1/128 s, and the fraction of the same second in steps of 2^-30 s.
void fill_reception(RecordBuilder& record, UtcTime time, Field coarse, Field indicator, Field fraction) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  constexpr std::int64_t kDay = 86'400 * kSecond;
  std::int64_t of_day = time.nanoseconds_since_epoch() % kDay;
  if (of_day < 0) of_day += kDay;
  const std::int64_t within = of_day % kSecond;
  record.set_raw(coarse, static_cast<std::uint64_t>(of_day / kSecond * 128 + within * 128 / kSecond));
  record.set_raw(indicator, 0);  // cut off, not rounded: the whole second is the same
  record.set_raw(fraction, static_cast<std::uint64_t>(within) * (1ULL << 30U) / static_cast<std::uint64_t>(kSecond));
}

void fill_position(RecordBuilder& record, const ResolvedPosition& position) {
  fill_reception(record, position.time, cat021::I073_VALUE, cat021::I074_FSI, cat021::I074_TOMRP);
  record.set(cat021::I131_LAT, position.place.latitude.degrees());
  record.set(cat021::I131_LON, position.place.longitude.degrees());
}

/// ED-129B: the greatest category whose radius holds that of containment.
std::uint64_t position_integrity_category(const std::optional<units::Length>& containment) {
  constexpr double kNm = 1852.0;
  constexpr std::array kRadiusM{20 * kNm,  10 * kNm,  8 * kNm,   4 * kNm,   2 * kNm, kNm,  0.6 * kNm,
                                0.5 * kNm, 0.3 * kNm, 0.2 * kNm, 0.1 * kNm, 75.0,    25.0, 7.5};
  if (!containment) return 0;
  std::uint64_t category = 0;
  constexpr double kRounding = 1e-6;
  while (category < kRadiusM.size() && containment->metres() <= kRadiusM[category] * (1.0 + kRounding)) ++category;
  return category;
}

void fill_quality(RecordBuilder& record, const AircraftState& state, const ResolvedPosition& position, UtcTime now) {
  const auto& quality = state.quality;
  const bool is_first_version = quality.version.value() == 0;
  record.set_raw(cat021::I210_VNS, 0);
  record.set_raw(cat021::I210_VN, std::min<std::uint8_t>(quality.version.value(), 3));
  record.set_raw(cat021::I210_LTT, link_of(state.source));
  record.set_raw(cat021::I090_NUCRNACV, quality.nacv.within(now, kStatusLife).value_or(0));
  record.set_raw(cat021::I090_NUCPNIC, is_first_version ? wire::modes::nucp_of(position.type_code) : position.nic);
  if (!is_first_version) {
    record.set_raw(cat021::I090_NICBARO, quality.nic_baro.within(now, kStatusLife).value_or(false) ? 1U : 0U);
    record.set_raw(cat021::I090_SIL, quality.sil.within(now, kStatusLife).value_or(0));
    record.set_raw(cat021::I090_NACP, quality.nacp.within(now, kStatusLife).value_or(0));
  }
  if (quality.version.value() >= 2) {
    record.set_raw(cat021::I090_SILS, quality.sil_per_sample.within(now, kStatusLife).value_or(false) ? 1U : 0U);
    record.set_raw(cat021::I090_SDA, quality.sda.within(now, kStatusLife).value_or(0));
    record.set_raw(cat021::I090_GVA, quality.gva.within(now, kStatusLife).value_or(0));
  }
  record.set_raw(cat021::I090_PIC, position_integrity_category(position.containment));
}

void fill_identity(RecordBuilder& record, const AircraftState& state, UtcTime now) {
  record.set_raw(cat021::I080_VALUE, state.address.value());
  if (state.mode_a.fresh(now, kIdentityLife)) {
    record.set_raw(cat021::I070_MODE3A, state.mode_a.value().bits());
    set_age(record, cat021::I295_M3A, state.mode_a, now);
  }
  if (state.identification.fresh(now, kIdentityLife)) {
    record.set_text(cat021::I170_VALUE, state.identification.value().text());
    set_age(record, cat021::I295_TI2, state.identification, now);
  }
  if (state.category.known()) record.set_raw(cat021::I020_VALUE, emitter_category(state.category.value()));
}

void fill_heights(RecordBuilder& record, const AircraftState& state, UtcTime now) {
  if (state.pressure_altitude.fresh(now, kMotionLife)) {
    record.set(cat021::I145_VALUE, state.pressure_altitude.value().flight_level());
    set_age(record, cat021::I295_FL, state.pressure_altitude, now);
  }
  if (state.geometric_height.fresh(now, kMotionLife)) {
    record.set(cat021::I140_VALUE, state.geometric_height.value().feet());
    set_age(record, cat021::I295_GH, state.geometric_height, now);
  }
}

void fill_rate(RecordBuilder& record, const Timed<units::Speed>& rate, Field value, Field exceeded, Field age,
               UtcTime now) {
  if (!rate.fresh(now, kMotionLife)) return;
  record.set_raw(exceeded, 0);
  record.set(value, rate.value().feet_per_minute());
  set_age(record, age, rate, now);
}

void fill_motion(RecordBuilder& record, const AircraftState& state, UtcTime now) {
  if (state.velocity.fresh(now, kMotionLife)) {
    const auto& velocity = state.velocity.value();
    record.set_raw(cat021::I160_RE, 0);
    record.set(cat021::I160_GS, velocity.speed.metres_per_second() / 1852.0);
    record.set(cat021::I160_TA, velocity.track_angle.normalised().degrees());
    set_age(record, cat021::I295_GV, state.velocity, now);
    fill_reception(record, state.velocity.time(), cat021::I075_VALUE, cat021::I076_FSI, cat021::I076_TOMRP);
  }
  fill_rate(record, state.barometric_rate, cat021::I155_BVR, cat021::I155_RE, cat021::I295_BVR, now);
  fill_rate(record, state.geometric_rate, cat021::I157_GVR, cat021::I157_RE, cat021::I295_GVR, now);
}

void fill_air_data(RecordBuilder& record, const AircraftState& state, UtcTime now) {
  if (state.airspeed.fresh(now, kMotionLife)) {
    const auto& airspeed = state.airspeed.value();
    if (airspeed.is_true) {
      record.set_raw(cat021::I151_RE, 0);
      record.set(cat021::I151_TAS, airspeed.speed.knots());
      set_age(record, cat021::I295_TAS, state.airspeed, now);
    } else {
      record.set_raw(cat021::I150_IM, 0);
      record.set(cat021::I150_AS, airspeed.speed.metres_per_second() / 1852.0);
      set_age(record, cat021::I295_AS, state.airspeed, now);
    }
  }
  if (state.heading.fresh(now, kMotionLife) && state.heading_is_magnetic.value()) {
    record.set(cat021::I152_VALUE, state.heading.value().normalised().degrees());
    set_age(record, cat021::I295_MH, state.heading, now);
  }
}

void fill_intent(RecordBuilder& record, const AircraftState& state, UtcTime now) {
  constexpr std::uint64_t kPanel = 2;
  constexpr std::uint64_t kFlightManagement = 3;
  const auto& mcp = state.intent.mcp_altitude;
  const auto& fms = state.intent.fms_altitude;
  const bool by_panel = mcp.fresh(now, kStatusLife);
  const auto& chosen = by_panel ? mcp : fms;
  if (!chosen.fresh(now, kStatusLife)) return;
  record.set_raw(cat021::I146_SAS, 1);
  record.set_raw(cat021::I146_SRC, by_panel ? kPanel : kFlightManagement);
  record.set(cat021::I146_ALT, chosen.value().feet());
  set_age(record, cat021::I295_SAL, chosen, now);
}

/// I021/200 SS: nothing, a permanent alert (emergency code), a temporary one (code changed), SPI.
std::uint64_t surveillance_status(const AircraftState& state, UtcTime now) {
  constexpr std::uint64_t kSpecialPosition = 3;
  return state.special_position_identification.within(now, kStatusLife).value_or(false) ? kSpecialPosition : 0;
}

void fill_target_status(RecordBuilder& record, const AircraftState& state, UtcTime now) {
  const bool has_emergency = state.emergency.fresh(now, kStatusLife);
  const std::uint64_t status = surveillance_status(state, now);
  if (!has_emergency && status == 0) return;
  set_flag(record, cat021::I200_ICF, state.intent_change.within(now, kStatusLife).value_or(false));
  record.set_raw(cat021::I200_LNAV, 0);
  record.set_raw(cat021::I200_ME, 0);
  record.set_raw(cat021::I200_PS, has_emergency ? state.emergency.value() : 0U);
  record.set_raw(cat021::I200_SS, status);
  if (has_emergency) set_age(record, cat021::I295_TS, state.emergency, now);
}

void fill_operational_status(RecordBuilder& record, const AircraftState& state, UtcTime now) {
  if (!state.operational_status.fresh(now, kStatusLife)) return;
  const wire::modes::OperationalStatus& status = state.operational_status.value();
  if (status.subtype == 0) {
    set_flag(record, cat021::I008_RA, status.resolution_advisory);
    record.set_raw(cat021::I008_TC, status.trajectory_change.value_or(0));
    set_flag(record, cat021::I008_TS, status.target_state_report.value_or(false));
    set_flag(record, cat021::I008_ARV, status.air_referenced_velocity.value_or(false));
    set_flag(record, cat021::I008_CDTIA, status.receives_1090es.value_or(false));
    set_flag(record, cat021::I008_NOTTCAS, !status.acas_operational.value_or(false));
    set_flag(record, cat021::I008_SA, status.single_antenna.value_or(false));
    set_age(record, cat021::I295_AOS, state.operational_status, now);
  } else {
    set_flag(record, cat021::I271_POA, status.position_offset_applied.value_or(false));
    set_flag(record, cat021::I271_CDTIS, status.receives_1090es.value_or(false));
    set_flag(record, cat021::I271_B2LOW, status.low_power.value_or(false));
    set_flag(record, cat021::I271_RAS, status.air_traffic_services);
    set_flag(record, cat021::I271_IDENT, status.ident);
    if (status.length_width_code) record.set_raw(cat021::I271_LW, *status.length_width_code);
    set_age(record, cat021::I295_SCC, state.operational_status, now);
  }
}

void fill_resolution_advisory(RecordBuilder& record, const AircraftState& state, UtcTime now) {
  if (!state.resolution_advisory.fresh(now, kStatusLife)) return;
  const wire::modes::Register message(state.resolution_advisory.value());
  record.set_raw(cat021::I260_TYP, message.bits(1, 5));
  record.set_raw(cat021::I260_STYP, message.bits(6, 8));
  record.set_raw(cat021::I260_ARA, message.bits(9, 22));
  record.set_raw(cat021::I260_RAC, message.bits(23, 26));
  record.set_raw(cat021::I260_RAT, message.bits(27, 27));
  record.set_raw(cat021::I260_MTE, message.bits(28, 28));
  record.set_raw(cat021::I260_TTI, message.bits(29, 30));
  record.set_raw(cat021::I260_TID, message.bits(31, 56));
  set_age(record, cat021::I295_ARA, state.resolution_advisory, now);
}

}  // namespace

void fill_cat021(RecordBuilder& record, const GroundStation& station, const Outcome& outcome, UtcTime now) {
  const AircraftState& state = *outcome.aircraft;
  const UtcTime heard = outcome.reception.receipt;
  record.clear();
  record.set_raw(cat021::I010_SAC, station.sac);
  record.set_raw(cat021::I010_SIC, station.sic);
  if (station.service) record.set_raw(cat021::I015_VALUE, *station.service);
  record.set_raw(cat021::I077_VALUE, time_of_day_128ths(now));
  fill_descriptor(record, outcome, state, heard);
  fill_identity(record, state, heard);
  if (outcome.position) {
    fill_position(record, *outcome.position);
    fill_quality(record, state, *outcome.position, heard);
  }
  fill_heights(record, state, heard);
  fill_motion(record, state, heard);
  fill_air_data(record, state, heard);
  fill_intent(record, state, heard);
  fill_target_status(record, state, heard);
  fill_operational_status(record, state, heard);
  fill_resolution_advisory(record, state, heard);
  constexpr std::uint16_t kReceivers = 256;
  if (outcome.reception.receiver < kReceivers) record.set_raw(cat021::I400_VALUE, outcome.reception.receiver);
}

}  // namespace marsad::output
