#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "marsad/wire/modes/altitude.hpp"
#include "marsad/wire/modes/frame.hpp"
#include "marsad/wire/modes/register.hpp"

/// Mode S downlink messages by format. Each type is a view of one frame by value: three words, and a field is read by a
/// shift and a mask when it is asked for. Nothing is judged here: parity is parity.hpp, plausibility is observation's.
///
/// Source: ICAO Annex 10 volume IV, 3.1.2.5 to 3.1.2.8 (names of fields as there) and 4.3.8.4.2 (DF0 and DF16); Doc
/// 9871 chapter A.2.2 and A.3 (DF18).
namespace marsad::wire::modes {

/// FS of DF4, 5, 20, 21.
class FlightStatus {
 public:
  explicit constexpr FlightStatus(unsigned code) noexcept : code_(static_cast<std::uint8_t>(code)) {}
  [[nodiscard]] constexpr unsigned code() const noexcept { return code_; }
  [[nodiscard]] constexpr bool alert() const noexcept { return code_ >= 2 && code_ <= 4; }
  [[nodiscard]] constexpr bool special_position() const noexcept { return code_ == 4 || code_ == 5; }  ///< SPI
  /// Nothing where the code leaves it open (SPI) or is reserved.
  [[nodiscard]] constexpr std::optional<bool> on_ground() const noexcept {
    return code_ < 4 ? std::optional((code_ & 1U) != 0) : std::nullopt;
  }

 private:
  std::uint8_t code_;
};

namespace detail {
/// A frame that can be asked for a field.
class View {
 public:
  explicit constexpr View(const Frame& frame) noexcept : frame_(frame) {}
  [[nodiscard]] constexpr const Frame& frame() const noexcept { return frame_; }

 protected:
  [[nodiscard]] constexpr std::uint32_t field(unsigned first, unsigned last) const noexcept {
    return static_cast<std::uint32_t>(frame_.bits(first, last));
  }
  [[nodiscard]] constexpr bool bit(unsigned number) const noexcept { return field(number, number) != 0; }

 private:
  Frame frame_;
};

/// What DF4, 5, 20 and 21 have in common.
class Surveillance : public View {
 public:
  using View::View;
  [[nodiscard]] constexpr FlightStatus flight_status() const noexcept { return FlightStatus(field(6, 8)); }
  [[nodiscard]] constexpr unsigned downlink_request() const noexcept { return field(9, 13); }  ///< DR
  [[nodiscard]] constexpr unsigned utility_message() const noexcept { return field(14, 19); }  ///< UM, IIS and IDS
};

/// What DF0 and DF16 have in common.
class AirAir : public View {
 public:
  using View::View;
  [[nodiscard]] constexpr bool on_ground() const noexcept { return bit(6); }                    ///< VS
  [[nodiscard]] constexpr unsigned sensitivity_level() const noexcept { return field(9, 11); }  ///< SL, of ACAS
  /// RI: 0 no ACAS, 2 to 4 ACAS by its kind, 8 to 14 the maximum airspeed (see there).
  [[nodiscard]] constexpr unsigned reply_information() const noexcept { return field(14, 17); }
  /// The greatest true airspeed of the aircraft, knots, where RI tells it: at most this; infinite for code 14.
  [[nodiscard]] std::optional<double> maximum_airspeed_kt() const noexcept;
  [[nodiscard]] constexpr std::uint16_t altitude_code() const noexcept {  ///< AC
    return static_cast<std::uint16_t>(field(20, 32));
  }
  [[nodiscard]] std::optional<double> altitude_ft() const noexcept { return altitude_ft_13(altitude_code()); }
};
}  // namespace detail

/// DF0: short air-air surveillance (ACAS).
class ShortAirAir : public detail::AirAir {
 public:
  using AirAir::AirAir;
  [[nodiscard]] constexpr bool cross_link() const noexcept { return bit(7); }  ///< CC
};

/// DF16: long air-air surveillance (ACAS).
class LongAirAir : public detail::AirAir {
 public:
  using AirAir::AirAir;
  /// MV; its first eight bits (VDS) being 0x30, the rest is laid out like BDS 3,0 to bit 28.
  [[nodiscard]] constexpr Register message() const noexcept { return Register(frame().payload()); }
};

/// DF4: altitude reply.
class SurveillanceAltitude : public detail::Surveillance {
 public:
  using Surveillance::Surveillance;
  [[nodiscard]] constexpr std::uint16_t altitude_code() const noexcept {
    return static_cast<std::uint16_t>(field(20, 32));
  }
  [[nodiscard]] std::optional<double> altitude_ft() const noexcept { return altitude_ft_13(altitude_code()); }
};

/// DF5: identity reply.
class SurveillanceIdentity : public detail::Surveillance {
 public:
  using Surveillance::Surveillance;
  [[nodiscard]] constexpr std::uint16_t mode_a() const noexcept {
    return identity_13(static_cast<std::uint16_t>(field(20, 32)));
  }
};

/// DF20: Comm-B, altitude reply.
class CommBAltitude : public SurveillanceAltitude {
 public:
  using SurveillanceAltitude::SurveillanceAltitude;
  [[nodiscard]] constexpr Register message() const noexcept { return Register(frame().payload()); }  ///< MB
};

/// DF21: Comm-B, identity reply.
class CommBIdentity : public SurveillanceIdentity {
 public:
  using SurveillanceIdentity::SurveillanceIdentity;
  [[nodiscard]] constexpr Register message() const noexcept { return Register(frame().payload()); }  ///< MB
};

/// DF11: all-call reply or acquisition squitter.
class AllCall : public detail::View {
 public:
  using View::View;
  /// CA: 0 level 1, 4 level 2 on the ground, 5 level 2 airborne, 6 level 2 either, 7 DR or FS say something.
  [[nodiscard]] constexpr unsigned capability() const noexcept { return field(6, 8); }
  [[nodiscard]] constexpr std::optional<bool> on_ground() const noexcept {
    return capability() == 4 || capability() == 5 ? std::optional(capability() == 4) : std::nullopt;
  }
  [[nodiscard]] constexpr std::uint32_t address() const noexcept { return field(9, 32); }  ///< AA
};

/// Whose address a squitter's AA field holds.
enum class AddressKind : std::uint8_t {
  aircraft,    ///< a 24-bit ICAO address
  anonymous,   ///< another 24-bit address: anonymous, of a ground vehicle or of a fixed obstruction
  track_file,  ///< of a ground system: 12 bits Mode A code, 12 bits track file number
  none,        ///< reserved, or a message of the ground system itself
};

/// Who sent a squitter on whose behalf.
enum class SquitterSource : std::uint8_t {
  transponder,      ///< DF17: ADS-B by a transponder
  non_transponder,  ///< DF18, CF 0 and 1: ADS-B by another device
  tisb_fine,        ///< DF18, CF 2 and 5
  tisb_coarse,      ///< DF18, CF 3: the ME field is coarse (decode_tisb_coarse), it has no type code
  tisb_management,  ///< DF18, CF 4: TIS-B and ADS-R management; the ME field has no type code
  rebroadcast,      ///< DF18, CF 6: ADS-R
  military,         ///< DF19 with AF 0
  reserved,
};

/// DF17, DF18 and DF19 with AF 0.
class ExtendedSquitter : public detail::View {
 public:
  using View::View;
  /// CA of DF17, CF of DF18, AF of DF19.
  [[nodiscard]] constexpr unsigned subfield() const noexcept { return field(6, 8); }
  [[nodiscard]] constexpr SquitterSource source() const noexcept;
  /// Whether the ME field begins with a type code.
  [[nodiscard]] constexpr bool has_type_code() const noexcept {
    const auto from = source();
    return from != SquitterSource::tisb_coarse && from != SquitterSource::tisb_management &&
           from != SquitterSource::reserved;
  }
  [[nodiscard]] constexpr unsigned type_code() const noexcept { return field(33, 37); }    ///< meaningless without one
  [[nodiscard]] constexpr std::uint32_t address() const noexcept { return field(9, 32); }  ///< AA
  [[nodiscard]] constexpr AddressKind address_kind() const noexcept;
  /// IMF of TIS-B and ADS-R, wherever this message keeps it; false for one that keeps none.
  [[nodiscard]] constexpr bool imf() const noexcept;
  [[nodiscard]] constexpr Register message() const noexcept { return Register(frame().payload()); }  ///< ME
};

/// DF24: Comm-D, a segment of an extended length message.
class CommD : public detail::View {
 public:
  using View::View;
  [[nodiscard]] constexpr bool acknowledgement() const noexcept { return bit(4); }   ///< KE
  [[nodiscard]] constexpr unsigned segment() const noexcept { return field(5, 8); }  ///< ND
  [[nodiscard]] constexpr std::uint16_t message_head() const noexcept {              ///< MD bits 1 to 16
    return static_cast<std::uint16_t>(field(9, 24));
  }
  [[nodiscard]] constexpr std::uint64_t message_tail() const noexcept {
    return frame().bits(25, 88);
  }  ///< and 17 to 80
};

/// DF19 with AF 1 to 7: for military use, the rest unknown.
class MilitarySquitter : public detail::View {
 public:
  using View::View;
  [[nodiscard]] constexpr unsigned application() const noexcept { return field(6, 8); }  ///< AF
};

/// A format that the standard reserves (DF1 to 3, 6 to 10, 12 to 15, 22, 23).
class ReservedFormat : public detail::View {
 public:
  using View::View;
};

using Message = std::variant<ShortAirAir, SurveillanceAltitude, SurveillanceIdentity, AllCall, LongAirAir,
                             ExtendedSquitter, CommBAltitude, CommBIdentity, CommD, MilitarySquitter, ReservedFormat>;

/// The frame as the message of its format. Every frame is one; whether it is to be believed is for parity.hpp.
[[nodiscard]] constexpr Message decode(const Frame& frame) noexcept {
  switch (frame.downlink_format()) {
    case 0:
      return ShortAirAir(frame);
    case 4:
      return SurveillanceAltitude(frame);
    case 5:
      return SurveillanceIdentity(frame);
    case 11:
      return AllCall(frame);
    case 16:
      return LongAirAir(frame);
    case 17:
    case 18:
      return ExtendedSquitter(frame);
    case 19:
      if (frame.bits(6, 8) == 0) return ExtendedSquitter(frame);
      return MilitarySquitter(frame);
    case 20:
      return CommBAltitude(frame);
    case 21:
      return CommBIdentity(frame);
    case 24:
      return CommD(frame);
    default:
      return ReservedFormat(frame);
  }
}

/// Whether a reply whose parity hides the address (DF0, 4, 5, 16, 20, 21) sets no bit and no code that its format
/// reserves: spare bits, FS 6 and 7, DR 8 to 15, RI 1 and 15, altitudes in metres and pulses that no altitude has.
/// Damage that by chance has the parity of a known aircraft looks like its reply, and this tells most of it: in
/// recordings about one reply in 4000 is inconsistent, and they tell of altitudes up to 89,100 ft. True for other
/// formats, whose parity is proof enough.
[[nodiscard]] bool is_consistent(const Frame& frame) noexcept;

constexpr SquitterSource ExtendedSquitter::source() const noexcept {
  constexpr SquitterSource kByControlField[8] = {SquitterSource::non_transponder, SquitterSource::non_transponder,
                                                 SquitterSource::tisb_fine,       SquitterSource::tisb_coarse,
                                                 SquitterSource::tisb_management, SquitterSource::tisb_fine,
                                                 SquitterSource::rebroadcast,     SquitterSource::reserved};
  switch (frame().downlink_format()) {
    case 17:
      return SquitterSource::transponder;
    case 18:
      return kByControlField[subfield()];
    default:
      return subfield() == 0 ? SquitterSource::military : SquitterSource::reserved;
  }
}

constexpr bool ExtendedSquitter::imf() const noexcept {
  const auto from = source();
  if (from == SquitterSource::tisb_coarse) return bit(33);
  if (from != SquitterSource::tisb_fine && from != SquitterSource::rebroadcast) return false;
  const unsigned code = type_code();
  if (code >= 5 && code <= 8) return bit(32 + 21);
  if ((code >= 9 && code <= 18) || (code >= 20 && code <= 22) || code == 0) return bit(32 + 8);
  if (code == 19) return bit(32 + 9);
  if (from != SquitterSource::rebroadcast) return false;
  if (code == 29) return bit(32 + 51);
  return (code == 28 || code == 31) && bit(32 + 56);
}

constexpr AddressKind ExtendedSquitter::address_kind() const noexcept {
  switch (source()) {
    case SquitterSource::transponder:
    case SquitterSource::military:
      return AddressKind::aircraft;
    case SquitterSource::non_transponder:
      return subfield() == 0 ? AddressKind::aircraft : AddressKind::anonymous;
    case SquitterSource::tisb_fine:
      if (subfield() == 5) return imf() ? AddressKind::none : AddressKind::anonymous;
      return imf() ? AddressKind::track_file : AddressKind::aircraft;
    case SquitterSource::tisb_coarse:
      return imf() ? AddressKind::track_file : AddressKind::aircraft;
    case SquitterSource::rebroadcast:
      return imf() ? AddressKind::anonymous : AddressKind::aircraft;
    default:
      return AddressKind::none;
  }
}

}  // namespace marsad::wire::modes
