#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "marsad/base/result.hpp"

/// The ADS-B message of UAT: what aircraft, vehicles and, for TIS-B and ADS-R, ground stations send on 978 MHz.
///
/// Source: RTCA DO-282B, 2.2.4.5 (tables 2-10 to 2-60). Octets and bits are numbered from 1 as there. Values are in the
/// message's own units; a value that the sender marks as unavailable is absent, and so is one at the end of its scale
/// that only says "more than". Nothing is judged for plausibility.
namespace marsad::wire::uat {

/// Whose address it is, and who sends (header, bits 6 to 8).
enum class AddressQualifier : std::uint8_t {
  adsb_icao = 0,
  adsb_other = 1,  ///< self-assigned, or of national use
  tisb_icao = 2,   ///< traffic information made on the ground, of a target whose 24-bit address is known
  tisb_track = 3,  ///< the same, the address being a track number of the service
  surface_vehicle = 4,
  fixed_beacon = 5,
  adsr_other = 6,  ///< rebroadcast of a target whose address is none of ICAO's
  reserved = 7,
};

enum class AirGround : std::uint8_t { subsonic = 0, supersonic = 1, ground = 2, reserved = 3 };

/// A position in WGS-84.
struct Position {
  double lat_deg;  ///< steps of 180/2^23 degrees
  double lon_deg;
};

/// What a direction on the ground is the direction of.
enum class GroundDirection : std::uint8_t { none = 0, true_track = 1, magnetic_heading = 2, true_heading = 3 };

/// Octets 5 to 17, in every message of type 0 to 10.
struct StateVector {
  std::optional<Position> position;
  std::optional<double> pressure_altitude_ft;  ///< -1000 to 101325; steps of 25 ft
  std::optional<double> geometric_height_ft;   ///< above the ellipsoid
  std::uint8_t nic = 0;                        ///< navigation integrity category
  AirGround air_ground = AirGround::subsonic;
  std::optional<double> north_velocity_kt;  ///< airborne; steps of 1 kt, 4 kt if supersonic
  std::optional<double> east_velocity_kt;
  std::optional<double> ground_speed_kt;  ///< as sent on the ground; airborne from the two velocities
  std::optional<double> direction_deg;    ///< 0 to 360 clockwise; `direction_kind` says of what
  GroundDirection direction_kind = GroundDirection::none;
  std::optional<double> barometric_rate_ft_min;  ///< climbing positive; steps of 64 ft/min
  std::optional<double> geometric_rate_ft_min;
  std::optional<std::uint8_t> size_code;  ///< length and width, 1 to 15, on the ground
  std::optional<bool> utc_coupled;        ///< not for what the ground sends
  std::optional<std::uint8_t> tisb_site;  ///< what the ground sends: its site, 0 to 15
};

/// Octets 18 to 29 of types 1 and 3.
struct ModeStatus {
  std::uint8_t emitter_category = 0;  ///< 0 to 39: 1 light, 3 large, 7 rotorcraft, ...
  std::array<char, 8> characters{};   ///< blank: not available
  /// The text is a four-digit flight plan identification (Mode A code), not an aircraft identification.
  bool is_flight_plan = false;
  std::uint8_t emergency = 0;  ///< 0 none, 1 general, 2 medical, 3 minimum fuel, 4 no radio, 5 unlawful, 6 downed
  std::uint8_t version = 0;    ///< of the UAT standard: 1 DO-282A, 2 DO-282B
  std::uint8_t sil = 0;
  std::uint8_t transmit_slot = 0;  ///< low six bits of the message start opportunity
  std::uint8_t nac_p = 0;
  std::uint8_t nac_v = 0;
  bool nic_baro = false;
  bool tcas_operational = false;
  bool resolution_advisory = false;
  bool ident = false;  ///< special position identification
  bool atc_services = false;
  std::optional<bool> traffic_display;  ///< CDTI; before version 2
  /// From version 2 on.
  std::optional<bool> uat_in;  ///< receives 978 MHz
  std::optional<bool> es_in;   ///< receives 1090 MHz
  std::optional<std::uint8_t> sda;
  std::optional<bool> sil_per_sample;
  std::optional<std::uint8_t> gva;
  std::optional<bool> single_antenna;
  std::optional<bool> nic_supplement;

  /// The characters without the blanks at their end.
  [[nodiscard]] std::string_view text() const noexcept;
};

/// What the crew intends: octets 30 to 34 of types 3 and 4, 25 to 29 of type 6; from version 2 on.
struct TargetState {
  std::optional<double> selected_altitude_ft;  ///< steps of 32 ft
  bool from_fms = false;                       ///< of the flight management system, else of the panel
  std::optional<double> pressure_setting_mb;   ///< steps of 0.8 mb
  std::optional<double> selected_heading_deg;  ///< 0 to 360, magnetic; steps of 180/256°
  bool modes_known = false;                    ///< whether the following say anything
  bool autopilot = false;
  bool vnav = false;
  bool altitude_hold = false;
  bool approach = false;
  bool lnav = false;
};

/// One message. The elements that its type has are there.
struct Downlink {
  std::uint8_t type = 0;  ///< 0 to 31: which elements follow the header (table 2-10)
  AddressQualifier qualifier = AddressQualifier::adsb_icao;
  std::uint32_t address = 0;  ///< 24 bits
  std::optional<StateVector> state;
  std::optional<ModeStatus> status;
  std::optional<TargetState> target;
  /// The auxiliary state vector of types 1, 2, 5 and 6: the altitude of the other kind than the state vector's. It is
  /// filled into `state`.
  bool has_auxiliary = false;
};

/// Whether a 24-bit address identifies an airframe: sent by the aircraft or known to the ground.
[[nodiscard]] constexpr bool is_icao_address(AddressQualifier qualifier) noexcept {
  return qualifier == AddressQualifier::adsb_icao || qualifier == AddressQualifier::tisb_icao;
}

/// Decodes a message of 18 or 34 octets (`Line::message()`). Types 11 to 31 have a header only that is known.
/// Faults: `bad_length` for another size, `bad_value` if type and size contradict each other (type 0 alone is basic).
[[nodiscard]] base::Result<Downlink> decode_downlink(std::span<const std::byte> octets);

}  // namespace marsad::wire::uat
