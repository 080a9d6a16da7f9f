#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

/// Comm-B data registers (BDS) of Mode S transponders, as they come in I048/250 and in Comm-B replies.
///
/// Source: ICAO Doc 9871, second edition, appendix A, tables A-2-16, A-2-23 to A-2-28, A-2-32, A-2-33, A-2-48, A-2-64,
/// A-2-68, A-2-69, A-2-80, A-2-83, A-2-96; ICAO Annex 10 volume IV, 3.1.2.6.9 and 4.3.8.4.2. Bits are numbered as
/// there, 1 to 56, the first sent being 1.
///
/// Each value has a status bit; a value whose status is 0 is absent. `consistent` is false if bits are set that must be
/// zero: reserved ones, or those of a value whose status is 0. Such a register probably holds something else. Values
/// are in the register's units; nothing is judged for plausibility.
namespace marsad::wire::modes {

/// The 56 bits of one register.
class Register {
 public:
  constexpr explicit Register(std::uint64_t bits) noexcept : bits_(bits & 0xFF'FFFF'FFFF'FFFFU) {}

  [[nodiscard]] constexpr std::uint64_t value() const noexcept { return bits_; }
  /// Bits `first` to `last`, 1 to 56, as a number.
  [[nodiscard]] constexpr std::uint64_t bits(unsigned first, unsigned last) const noexcept {
    return bits_ >> (56 - last) & ((std::uint64_t{1} << (last - first + 1)) - 1);
  }
  [[nodiscard]] constexpr bool bit(unsigned number) const noexcept { return bits(number, number) != 0; }
  /// The same in two's complement, bit `first` being the sign.
  [[nodiscard]] constexpr std::int64_t signed_bits(unsigned first, unsigned last) const noexcept {
    const std::uint64_t sign = std::uint64_t{1} << (last - first);
    return static_cast<std::int64_t>(bits(first, last) ^ sign) - static_cast<std::int64_t>(sign);
  }

  friend constexpr bool operator==(const Register&, const Register&) = default;

 private:
  std::uint64_t bits_;
};

/// BDS 1,0: what the transponder's data link can do.
struct DataLinkCapability {
  bool consistent;
  bool continued;  ///< more in BDS 1,1 to 1,6
  bool overlay;    ///< overlay command capability
  bool acas_operational;
  std::uint8_t subnetwork_version;
  bool enhanced_protocol;
  bool specific_services;
  std::uint8_t uplink_elm;  ///< code of the uplink extended length message throughput
  std::uint8_t downlink_elm;
  bool identification;  ///< aircraft identification can be asked for
  bool squitter;
  bool surveillance_identifier;
  bool common_usage;        ///< BDS 1,7 changes are announced
  std::uint8_t acas;        ///< bits 37 to 40: hybrid surveillance, resolution advisories, version
  std::uint16_t terminals;  ///< bits 41 to 56: data terminal equipment
};

/// BDS 1,7: which registers are being filled at present.
struct CommonUsageCapability {
  bool consistent;
  std::uint32_t flags;  ///< bits 1 to 28 of the register, bit 1 the highest of 28

  /// Is the register `bds` (0x40 for BDS 4,0) announced? False for one that this report has no bit for.
  [[nodiscard]] bool has(unsigned bds) const noexcept;
};

/// BDS 1,8 to 1,C: which registers the transponder's installation can fill; 56 of them each, from BDS 0,1 on.
struct ServicesCapability {
  bool consistent;     ///< false in BDS 1,C if a bit beyond BDS F,F is set
  std::uint8_t first;  ///< the register of bit 56; that of bit 55 is the next, and so on
  std::uint64_t flags;

  /// Is the register `bds` announced? False for one that this report has no bit for.
  [[nodiscard]] bool has(unsigned bds) const noexcept;
};

/// BDS 2,1: registration marks of aircraft and airline, six bits a character.
struct Registration {
  bool consistent;
  std::optional<std::array<char, 7>> aircraft;
  std::optional<std::array<char, 2>> airline;
};

/// BDS 2,0: aircraft identification, eight characters of six bits; see FixedText of the ASTERIX codec for the
/// characters.
struct Identification {
  bool consistent;
  std::array<char, 8> characters;

  [[nodiscard]] std::string_view view() const noexcept { return {characters.data(), characters.size()}; }
};

/// BDS 3,0: the ACAS resolution advisory that is, or just was, in force.
struct ResolutionAdvisory {
  bool consistent;
  std::uint16_t active;      ///< 14 bits, ARA
  std::uint8_t complements;  ///< 4 bits, RAC
  bool terminated;
  bool multiple_threats;
  std::optional<std::uint32_t> threat_address;        ///< 24 bits
  std::optional<std::uint16_t> threat_altitude_code;  ///< 13 bits, as in a Mode C reply
  std::optional<double> threat_range_nm;              ///< 0 to 12.55; coarse: steps of 0.1 NM
  std::optional<double> threat_bearing_deg;           ///< middle of a sector of 6°, clockwise from the nose
};

/// BDS 4,0: what the crew and the flight management system intend vertically.
struct SelectedVerticalIntention {
  bool consistent;
  std::optional<double> mcp_altitude_ft;  ///< selected on the mode control panel; steps of 16 ft
  std::optional<double> fms_altitude_ft;
  std::optional<double> pressure_setting_mb;  ///< the 800 mb of offset included; steps of 0.1 mb
  std::optional<bool> vnav;
  std::optional<bool> altitude_hold;
  std::optional<bool> approach;
  std::optional<std::uint8_t> target_source;  ///< 0 unknown, 1 aircraft altitude, 2 panel, 3 flight management system
};

/// BDS 5,0: track and turn.
struct TrackAndTurn {
  bool consistent;
  std::optional<double> roll_deg;          ///< right wing down positive; steps of 45/256°
  std::optional<double> true_track_deg;    ///< -180 to 180, clockwise from true north; steps of 90/512°
  std::optional<double> ground_speed_kt;   ///< steps of 2 kt
  std::optional<double> track_rate_deg_s;  ///< clockwise positive; steps of 8/256 °/s
  std::optional<double> true_airspeed_kt;  ///< steps of 2 kt
};

/// BDS 6,0: heading and speed.
struct HeadingAndSpeed {
  bool consistent;
  std::optional<double> magnetic_heading_deg;  ///< -180 to 180, clockwise from magnetic north; steps of 90/512°
  std::optional<double> indicated_airspeed_kt;
  std::optional<double> mach;                    ///< steps of 0.004
  std::optional<double> barometric_rate_ft_min;  ///< climbing positive; steps of 32 ft/min
  std::optional<double> inertial_rate_ft_min;
};

/// How bad a hazard is.
enum class Severity : std::uint8_t { nil = 0, light = 1, moderate = 2, severe = 3 };

/// BDS 4,4: meteorological routine air report.
struct RoutineAirReport {
  bool consistent;                      ///< also false for a source code that is reserved
  std::uint8_t source;                  ///< of the position: 0 invalid, 1 inertial, 2 GNSS, 3 DME/DME, 4 VOR/DME
  std::optional<double> wind_speed_kt;  ///< both or none
  std::optional<double> wind_from_deg;  ///< true; steps of 180/256°
  /// Static, -128 to 127.75 °C in steps of 0.25. It has no status bit: a transponder that doesn't know it sends 0.
  double air_temperature_c;
  std::optional<double> static_pressure_hpa;  ///< average; steps of 1 hPa
  std::optional<Severity> turbulence;
  std::optional<double> humidity_percent;  ///< steps of 100/64
};

/// BDS 4,5: meteorological hazard report.
struct HazardReport {
  bool consistent;
  std::optional<Severity> turbulence;
  std::optional<Severity> wind_shear;
  std::optional<Severity> microburst;
  std::optional<Severity> icing;
  std::optional<Severity> wake_vortex;
  std::optional<double> air_temperature_c;    ///< static; steps of 0.25 °C
  std::optional<double> static_pressure_hpa;  ///< average; steps of 1 hPa
  std::optional<double> radio_height_ft;      ///< steps of 16 ft
};

/// BDS 5,3: state relative to the air.
struct AirState {
  bool consistent;
  std::optional<double> magnetic_heading_deg;  ///< -180 to 180, clockwise from magnetic north; steps of 90/512°
  std::optional<double> indicated_airspeed_kt;
  std::optional<double> mach;                  ///< steps of 0.008
  std::optional<double> true_airspeed_kt;      ///< steps of 0.5 kt
  std::optional<double> altitude_rate_ft_min;  ///< climbing positive; steps of 64 ft/min
};

[[nodiscard]] DataLinkCapability decode_bds_10(Register reg) noexcept;
[[nodiscard]] CommonUsageCapability decode_bds_17(Register reg) noexcept;
/// `bds` is 0x18 to 0x1C; another is taken for 0x18.
[[nodiscard]] ServicesCapability decode_services_capability(std::uint8_t bds, Register reg) noexcept;
[[nodiscard]] Registration decode_bds_21(Register reg) noexcept;
[[nodiscard]] Identification decode_bds_20(Register reg) noexcept;
[[nodiscard]] ResolutionAdvisory decode_bds_30(Register reg) noexcept;
[[nodiscard]] SelectedVerticalIntention decode_bds_40(Register reg) noexcept;
[[nodiscard]] RoutineAirReport decode_bds_44(Register reg) noexcept;
[[nodiscard]] HazardReport decode_bds_45(Register reg) noexcept;
[[nodiscard]] AirState decode_bds_53(Register reg) noexcept;
[[nodiscard]] TrackAndTurn decode_bds_50(Register reg) noexcept;
[[nodiscard]] HeadingAndSpeed decode_bds_60(Register reg) noexcept;

}  // namespace marsad::wire::modes
