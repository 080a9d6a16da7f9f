#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

#include "marsad/wire/modes/cpr.hpp"
#include "marsad/wire/modes/register.hpp"

/// The contents (ME, 56 bits) of extended squitters by type code: what ADS-B, TIS-B and ADS-R say. The same layouts are
/// the registers BDS 0,5 to 0,9, 6,1, 6,2 and 6,5, so a Comm-B reply may carry them too. Bits are numbered 1 to 56.
///
/// What a message doesn't know is absent; a value beyond its scale is absent too, with a `saturated` flag beside it,
/// never a number. The meaning of some bits hangs on the version of the sender's ADS-B (0 DO-260, 1 DO-260A, 2 DO-260B,
/// 3 DO-260C), which only its operational status tells: such functions take the version, 0 until it is known.
///
/// Source: ICAO Doc 9871 second edition, A.2.3 (version 0), B.2.3 and B.3 (version 1, TIS-B), C.2.3 and C.3 (version
/// 2); RTCA DO-260B, 2.2.3.2 and 2.2.17.
namespace marsad::wire::modes {

/// What a type code announces. Codes 9 to 18 tell the position with barometric altitude, 20 to 22 with geometric
/// height.
enum class SquitterKind : std::uint8_t {
  no_position,  ///< TC 0: an airborne or surface position without position, maybe with altitude
  identification,
  surface_position,
  airborne_position,
  airborne_velocity,
  test,
  surface_system_status,
  aircraft_status,
  target_state,
  operational_status,
  reserved,
};
[[nodiscard]] constexpr SquitterKind squitter_kind(unsigned type_code) noexcept {
  if (type_code == 0) return SquitterKind::no_position;
  if (type_code <= 4) return SquitterKind::identification;
  if (type_code <= 8) return SquitterKind::surface_position;
  if (type_code <= 18) return SquitterKind::airborne_position;
  if (type_code == 19) return SquitterKind::airborne_velocity;
  if (type_code <= 22) return SquitterKind::airborne_position;
  switch (type_code) {
    case 23:
      return SquitterKind::test;
    case 24:
      return SquitterKind::surface_system_status;
    case 28:
      return SquitterKind::aircraft_status;
    case 29:
      return SquitterKind::target_state;
    case 31:
      return SquitterKind::operational_status;
    default:
      return SquitterKind::reserved;
  }
}

/// TC 1 to 4: aircraft identification and emitter category.
struct AirborneIdentification {
  char category_set;      ///< 'A' (TC 4) to 'D' (TC 1)
  std::uint8_t category;  ///< 0 (not told) to 7 within the set: A1 light, A7 rotorcraft, B1 glider, C2 service vehicle
  std::array<char, 8> letters;  ///< A to Z, 0 to 9 and space; '#' for a code that is no letter
  bool legal;                   ///< no letter is '#'

  /// Without the spaces at the end.
  [[nodiscard]] constexpr std::string_view text() const noexcept {
    std::size_t size = letters.size();
    while (size > 0 && letters[size - 1] == ' ') --size;
    return {letters.data(), size};
  }
};

/// What the movement code of a surface position tells.
enum class Movement : std::uint8_t { unknown, stopped, moving, above_175_kt, decelerating, accelerating, backing };

/// The speeds that share one code; the true one is above `low_kt` and at most `high_kt` (infinite: no limit).
struct SpeedStep {
  double low_kt = 0.0;
  double high_kt = 0.0;
  [[nodiscard]] constexpr double middle_kt() const noexcept { return 0.5 * (low_kt + high_kt); }  ///< may be infinite
};

/// TC 5 to 8.
struct SurfacePosition {
  std::uint8_t type_code;
  std::uint8_t movement_code;
  std::optional<double> track_deg;  ///< heading or ground track, of true or magnetic north: operational status tells
  bool utc_synchronised;            ///< T; in TIS-B and ADS-R this bit is IMF
  cpr::Encoded cpr;                 ///< cpr::surface_global, cpr::surface_local

  [[nodiscard]] Movement movement() const noexcept;
  /// The step of codes 1 to 124; those from 2 to 8 (below 1 kt) are cut otherwise from version 2 on.
  [[nodiscard]] std::optional<SpeedStep> speed_step(unsigned version) const noexcept;
  /// The middle of the step; 0 if stopped; nothing above 175 kt.
  [[nodiscard]] std::optional<double> ground_speed_kt(unsigned version) const noexcept;
};

/// TC 0, 9 to 18 and 20 to 22.
struct AirbornePosition {
  std::uint8_t type_code;
  std::uint8_t surveillance_status;  ///< 0 nothing, 1 emergency code, 2 Mode A code has changed, 3 SPI
  bool nic_supplement_b;             ///< version 2 on; before that: a single antenna. In TIS-B and ADS-R: IMF
  std::uint16_t altitude_code;       ///< 12 bits
  bool utc_synchronised;             ///< T
  cpr::Encoded cpr;                  ///< cpr::airborne_global, cpr::airborne_local; meaningless without position

  [[nodiscard]] constexpr bool has_position() const noexcept { return type_code != 0; }
  /// Is the altitude a height above the WGS-84 ellipsoid (TC 20 to 22) rather than barometric? Both are coded alike.
  [[nodiscard]] constexpr bool geometric() const noexcept { return type_code >= 20; }
  [[nodiscard]] std::optional<double> altitude_ft() const noexcept;
};

/// A speed or rate that may lie beyond its scale.
struct Scaled {
  std::optional<double> value;
  bool saturated = false;  ///< beyond the scale: all that is known is that it is more than the scale's end
};

/// TC 19, as ADS-B sends it. Subtypes 1 and 2 tell the velocity over ground, 3 and 4 heading and airspeed; 2 and 4 in
/// steps of 4 kt ("supersonic"). Other subtypes are reserved: everything is absent.
///
/// Version 3 gives bits 9, 10, 47 and 48 to a finer difference of heights, and bits 47 and 48 to NIC supplement D where
/// there is no difference. An ADS-R message of version 3 has IMF in bit 9: read it as version 2.
struct AirborneVelocity {
  std::uint8_t subtype;
  bool intent_change;   ///< bit 9, before version 3
  bool ifr_capability;  ///< bit 10, before version 2
  std::uint8_t nac_v;   ///< NUCr in version 0
  Scaled east_kt;       ///< subtypes 1 and 2; saturated above 1021.5 kt (4086 kt), `west` or `south` telling the sign
  Scaled north_kt;
  bool west;  ///< direction bits as sent
  bool south;
  std::optional<double> heading_deg;  ///< subtypes 3 and 4: [0, 360), clockwise; of magnetic north in version 0
  Scaled airspeed_kt;                 ///< saturated above 1021.5 kt (4086 kt)
  bool true_airspeed;                 ///< else indicated
  Scaled vertical_rate_ft_min;        ///< climbing positive; saturated above 32,608 ft/min either way
  bool vertical_rate_barometric;      ///< else geometric
  bool descending;                    ///< sign bit as sent
  /// Saturated above 3137.5 ft either way, from version 3 on above 4550 ft.
  Scaled geometric_minus_barometric_ft;
  std::optional<std::uint8_t> nic_supplement_d;  ///< version 3 on

  /// Both components known: their length, and the track angle in [0, 360) clockwise from true north, absent at rest.
  [[nodiscard]] std::optional<double> ground_speed_kt() const noexcept;
  [[nodiscard]] std::optional<double> track_deg() const noexcept;
};

/// TC 19 of a fine TIS-B message (DF18, CF 2 and 5): as above but for bits 9 to 13, 36 and 47 to 56.
struct TisbVelocity {
  AirborneVelocity velocity;  ///< without intent, IFR capability and source of the vertical rate
  bool imf;
  std::uint8_t nac_p;
  bool geometric;  ///< GEO: bits 49 to 56 hold geometric_minus_barometric_ft, else the next three
  std::optional<bool> nic_supplement;
  std::optional<std::uint8_t> nac_v;
  std::optional<std::uint8_t> sil;
};

/// TC 28, subtype 1.
struct EmergencyStatus {
  /// 0 none, 1 general, 2 medical, 3 minimum fuel, 4 no communications, 5 unlawful interference, 6 downed aircraft, 7
  /// reserved; from version 3 on 2 lost link to an unmanned aircraft, 6 and 7 in distress (automatic, manual).
  std::uint8_t state;
  std::uint16_t mode_a;  ///< 0 (also) if not told: version 0
};

/// TC 29: target state and status. Version 1 sends subtype 0, version 2 subtype 1; what the other doesn't tell is
/// absent.
struct TargetState {
  std::uint8_t subtype;
  std::uint8_t nac_p;
  bool nic_baro;
  std::uint8_t sil;
  bool sil_per_sample;  ///< SIL supplement, version 2
  bool acas_operational;
  std::optional<double>
      selected_altitude_ft;  ///< subtype 0: target altitude, steps of 100 ft; subtype 1: steps of 32 ft
  bool altitude_from_fms;    ///< subtype 1: by flight management system rather than panel
  std::optional<double> pressure_setting_mb;   ///< subtype 1: 800 to 1208 mb, steps of 0.8
  std::optional<double> selected_heading_deg;  ///< [0, 360), steps of 1° (subtype 0) or 180/256° (subtype 1)
  bool heading_is_track;                       ///< subtype 0: a track angle rather than a heading
  std::optional<bool> autopilot;               ///< of subtype 1, if its mode bits are valid; so the next four
  std::optional<bool> vnav;
  std::optional<bool> altitude_hold;
  std::optional<bool> approach;
  std::optional<bool> lnav;
  bool imf;  ///< ADS-R
  /// Of subtype 0 as sent: sources, capability and modes of the vertical and horizontal target (codes of B.2.3.9).
  std::uint8_t vertical_source;
  std::uint8_t target_altitude_type;
  std::uint8_t altitude_capability;
  std::uint8_t vertical_mode;
  std::uint8_t horizontal_source;
  std::uint8_t horizontal_mode;
  std::uint8_t capability_mode;  ///< bits 52 and 53
  std::uint8_t emergency;        ///< bits 54 to 56, as EmergencyStatus::state
};

/// Where the position's reference point lies on the aircraft, from DO-260B 2.2.3.2.7.2.4.7.
struct AntennaOffset {
  std::optional<double> right_m;      ///< of the roll axis: -6 to 6 m, steps of 2 m
  std::optional<double> from_nose_m;  ///< 2 to 60 m, steps of 2 m
  bool applied_by_sensor;             ///< the position is that of the aircraft's centre already
};

/// What an aircraft or vehicle with a code measures at most; absent where the code sets no limit.
struct Dimensions {
  std::optional<double> length_m;
  std::optional<double> width_m;
};

/// TC 31: operational status, subtypes 0 (airborne) and 1 (surface). Bits that the version doesn't define are absent or
/// false; of version 0 only the raw codes are told.
struct OperationalStatus {
  std::uint8_t subtype;                  ///< others than 0 and 1 are reserved
  std::uint8_t version;                  ///< bits 41 to 43: 0 to 7; above 3 not assigned, read like 3
  std::uint16_t capability_class;        ///< CC as sent: bits 9 to 24 (airborne), 9 to 20 (surface)
  std::uint16_t operational_mode;        ///< OM as sent: bits 25 to 40
  bool nic_supplement_a;                 ///< version 1 on
  std::optional<bool> nic_supplement_c;  ///< version 2 on, surface
  std::uint8_t nac_p;
  std::optional<std::uint8_t> nac_v;  ///< version 2 on, surface
  std::optional<std::uint8_t> gva;    ///< airborne: version 2 on; in version 1 these bits are reserved (BAQ)
  std::uint8_t sil;
  bool sil_per_sample;                   ///< SIL supplement, version 2 on
  std::optional<std::uint8_t> sda;       ///< system design assurance, version 2 on
  std::optional<bool> nic_baro;          ///< airborne, before version 3
  std::optional<bool> track_is_heading;  ///< surface: the surface position tells heading rather than ground track
  bool magnetic_north;  ///< HRD: directions are of magnetic north; not told by airborne aircraft from 3 on
  std::optional<bool> acas_operational;           ///< airborne
  bool resolution_advisory;                       ///< ACAS RA active
  bool ident;                                     ///< IDENT switch active
  bool air_traffic_services;                      ///< receiving ATC services; reserved in version 2
  std::optional<bool> single_antenna;             ///< version 2 on
  std::optional<bool> receives_1090es;            ///< version 2 on; version 1: a display of traffic (CDTI)
  std::optional<bool> receives_uat;               ///< version 2 on
  std::optional<bool> air_referenced_velocity;    ///< ARV, airborne, before version 3
  std::optional<bool> target_state_report;        ///< TS, likewise
  std::optional<std::uint8_t> trajectory_change;  ///< TC, likewise
  std::optional<bool> position_offset_applied;    ///< POA, version 1, surface
  std::optional<bool> low_power;                  ///< B2 low, surface: class B2 with less than 70 W
  std::optional<std::uint8_t> length_width_code;  ///< surface
  std::optional<AntennaOffset> antenna_offset;    ///< version 2 on, surface
  bool imf;                                       ///< ADS-R

  /// Of the length and width code; nothing if it is 0: no data (DO-260A meant 15 m by 11.5 m, which few send).
  [[nodiscard]] std::optional<Dimensions> dimensions() const noexcept;
};

/// TC 23. Subtype 7 of version 1 told the Mode A code.
struct TestMessage {
  std::uint8_t subtype;
  std::optional<std::uint16_t> mode_a;
};

/// TC 24: of an airport's surveillance system. Subtype 1 is its status, laid out by the system's maker.
struct SurfaceSystemStatus {
  std::uint8_t subtype;
  std::uint64_t content;  ///< bits 9 to 56
};

/// The whole ME field of DF18 with CF 3, which has no type code.
struct TisbCoarse {
  bool imf;
  std::uint8_t surveillance_status;
  std::uint8_t service_volume;            ///< SVID
  std::uint16_t altitude_code;            ///< 12 bits, barometric
  std::optional<double> track_deg;        ///< steps of 11.25°
  std::optional<SpeedStep> ground_speed;  ///< steps of 32 kt; the last begins at 1968 kt and has no end
  cpr::Encoded cpr;                       ///< cpr::coarse_global, cpr::coarse_local

  /// The middle of the step; nothing for the last.
  [[nodiscard]] std::optional<double> ground_speed_kt() const noexcept;
  [[nodiscard]] std::optional<double> altitude_ft() const noexcept;
};

[[nodiscard]] constexpr unsigned type_code_of(Register me) noexcept { return static_cast<unsigned>(me.bits(1, 5)); }
[[nodiscard]] constexpr unsigned subtype_of(Register me) noexcept { return static_cast<unsigned>(me.bits(6, 8)); }

/// Each reads a message of its kind; the type code is the caller's affair (squitter_kind).
[[nodiscard]] AirborneIdentification decode_identification(Register me) noexcept;
[[nodiscard]] SurfacePosition decode_surface_position(Register me) noexcept;
[[nodiscard]] AirbornePosition decode_airborne_position(Register me) noexcept;
[[nodiscard]] AirborneVelocity decode_airborne_velocity(Register me, unsigned version = 0) noexcept;
[[nodiscard]] TisbVelocity decode_tisb_velocity(Register me) noexcept;
[[nodiscard]] TisbCoarse decode_tisb_coarse(Register me) noexcept;
[[nodiscard]] TestMessage decode_test(Register me) noexcept;
[[nodiscard]] SurfaceSystemStatus decode_surface_system_status(Register me) noexcept;
/// TC 28; nothing for another subtype. The advisory of subtype 2 is laid out like BDS 3,0.
[[nodiscard]] std::optional<EmergencyStatus> decode_emergency_status(Register me) noexcept;
[[nodiscard]] std::optional<ResolutionAdvisory> decode_resolution_advisory_broadcast(Register me) noexcept;
/// TC 29; nothing for the reserved subtypes 2 and 3 (bits 6 and 7).
[[nodiscard]] std::optional<TargetState> decode_target_state(Register me) noexcept;
/// TC 31; nothing for the reserved subtypes.
[[nodiscard]] std::optional<OperationalStatus> decode_operational_status(Register me) noexcept;

}  // namespace marsad::wire::modes
