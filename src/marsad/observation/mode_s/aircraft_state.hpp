#pragma once

#include <cstdint>
#include <optional>

#include "marsad/geo/geodetic.hpp"
#include "marsad/observation/identity.hpp"
#include "marsad/observation/mode_s/timed.hpp"
#include "marsad/units/angle.hpp"
#include "marsad/units/length.hpp"
#include "marsad/units/pressure_altitude.hpp"
#include "marsad/units/speed.hpp"
#include "marsad/units/time.hpp"
#include "marsad/wire/modes/extended_squitter.hpp"

namespace marsad::observation::mode_s {

/// Whose message it is. Reports of the same address that come by different ways are different sources, with different
/// errors, and are never mixed: a TIS-B position is a radar's, not the aircraft's own.
///
/// Source: RTCA DO-260B 2.2.3.2.1.3 (CF) and 2.2.18 (IMF).
enum class SourceKind : std::uint8_t {
  transponder,      ///< DF 0, 4, 5, 11, 16, 17, 20, 21, 24, and DF18 CF0: the aircraft itself, by its 24-bit address
  anonymous,        ///< DF18 CF1: a transmitter without a 24-bit address: vehicle, obstacle, anonymous
  tis_b,            ///< DF18 CF2, CF3, IMF 0: a ground station about an aircraft by its 24-bit address
  tis_b_other,      ///< DF18 CF2, CF3, CF5 with IMF 1: about a target by a track file number
  adsr,             ///< DF18 CF6, IMF 0: an ADS-B message of another link, rebroadcast
  adsr_other,       ///< DF18 CF6, IMF 1: the same, without a 24-bit address
  multilateration,  ///< made up by a multilateration client in the form of a squitter
};
inline constexpr std::size_t kSourceKinds = 7;

/// Velocity over ground.
struct GroundVelocity {
  units::Speed speed;
  units::Angle track_angle;  ///< clockwise from true north, 0 to 360 degrees
  bool supersonic = false;   ///< reported in steps of 4 kt
};

/// Speed through the air.
struct Airspeed {
  units::Speed speed;
  bool is_true = false;  ///< true airspeed, else indicated
};

/// A position and what it was resolved from.
struct ResolvedPosition {
  geo::Geodetic place;         ///< WGS-84; the height is not part of it: 0
  units::UtcTime time;         ///< receipt of the message that gave it
  bool on_surface = false;     ///< from a surface position message
  bool by_pair = false;        ///< from an even and an odd message, else from one and the position before it
  std::uint8_t type_code = 0;  ///< of the message
  std::uint8_t nic = 0;        ///< NIC, or NUCp of version 0; 0 unknown
  /// Containment radius; absent where it is unknown (NIC 0).
  std::optional<units::Length> containment;
  std::optional<units::UtcTime> previous;  ///< time of the position before it
};

/// What the aircraft says of the quality of its data, each with its age.
struct Quality {
  Timed<std::uint8_t> version;  ///< 0 DO-260, 1 DO-260A, 2 DO-260B, 3 DO-260C
  Timed<bool> nic_supplement_a;
  Timed<bool> nic_supplement_b;
  Timed<bool> nic_supplement_c;
  Timed<std::uint8_t> nic_supplement_d;  ///< version 3
  Timed<std::uint8_t> nacp;
  Timed<std::uint8_t> nacv;  ///< or NUCr of version 0
  Timed<std::uint8_t> sil;
  Timed<bool> sil_per_sample;  ///< SIL supplement: per sample, else per hour
  Timed<std::uint8_t> sda;
  Timed<std::uint8_t> gva;
  Timed<bool> nic_baro;
};

/// What the crew and the aircraft's systems intend.
struct Intent {
  Timed<units::PressureAltitude> mcp_altitude;
  Timed<units::PressureAltitude> fms_altitude;
  Timed<double> pressure_setting_hpa;
  Timed<units::Angle> selected_heading;
};

/// From Comm-B registers whose inference was sure enough.
struct AirData {
  Timed<units::Angle> roll;
  Timed<units::Angle> magnetic_heading;
  Timed<Airspeed> true_airspeed;
  Timed<Airspeed> indicated_airspeed;
  Timed<double> mach;
  Timed<units::Speed> barometric_rate;
  Timed<units::Speed> inertial_rate;
};

/// All that is known of one source about one aircraft.
struct AircraftState {
  ModeSAddress address;
  SourceKind source = SourceKind::transponder;
  units::UtcTime first_heard;
  units::UtcTime last_heard;
  std::uint64_t messages = 0;
  /// When a message proved by its parity that a transponder with this address is near: DF11 without interrogator code,
  /// DF17, DF18 with a 24-bit address.
  Timed<bool> confirmed;

  Timed<AircraftIdentification> identification;
  Timed<std::uint8_t> category;  ///< type code 1-4 (set D to A) in the upper four bits, category in the lower
  Timed<ModeACode> mode_a;
  Timed<std::uint8_t> emergency;  ///< emergency state 0-7 of type code 28
  Timed<bool> special_position_identification;
  Timed<bool> on_ground;

  Timed<ResolvedPosition> position;
  Timed<units::PressureAltitude> pressure_altitude;
  Timed<bool> altitude_in_25_ft;  ///< else in steps of 100 ft
  Timed<units::Length> geometric_height;
  Timed<units::Length> height_above_pressure_altitude;  ///< geometric minus barometric
  Timed<GroundVelocity> velocity;
  Timed<Airspeed> airspeed;
  Timed<units::Angle> heading;
  Timed<bool> heading_is_magnetic;
  Timed<units::Speed> barometric_rate;
  Timed<units::Speed> geometric_rate;

  Timed<bool> intent_change;  ///< announced in the last velocity message
  /// Of version 1 and later, as it was sent.
  Timed<wire::modes::OperationalStatus> operational_status;
  Timed<std::uint64_t> resolution_advisory;  ///< the ME field of the last broadcast (type code 28, subtype 2)
  Quality quality;
  Intent intent;
  AirData air_data;
};

}  // namespace marsad::observation::mode_s
