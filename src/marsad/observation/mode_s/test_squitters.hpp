#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "marsad/base/check.hpp"
#include "marsad/observation/mode_s/resolver.hpp"
#include "marsad/units/time.hpp"
#include "marsad/wire/framing/receiver_message.hpp"
#include "marsad/wire/modes/altitude.hpp"
#include "marsad/wire/modes/cpr.hpp"
#include "marsad/wire/modes/frame.hpp"
#include "marsad/wire/modes/parity.hpp"

/// Mode S messages made from what they shall say, for tests and benchmarks. Bits as in ICAO Doc 9871 and Annex 10.
namespace marsad::observation::mode_s::testing {

using wire::modes::cpr::Position;

/// A message of 7 or 14 octets.
struct MadeFrame {
  std::array<std::byte, 14> octets{};
  std::size_t size = 0;

  [[nodiscard]] wire::framing::ReceiverMessage heard() const {
    using Type = wire::framing::ReceiverMessage::Type;
    wire::framing::ReceiverMessage message;
    message.type = size == wire::modes::Frame::kLong ? Type::long_frame : Type::short_frame;
    message.message = std::span(octets).first(size);
    return message;
  }
  /// The payload of a datagram, with counter and signal 0.
  [[nodiscard]] std::vector<std::byte> payload() const {
    std::vector<std::byte> all(wire::framing::ReceiverMessage::kHeader);
    all[0] = static_cast<std::byte>(size == wire::modes::Frame::kLong ? '3' : '2');
    all.insert(all.end(), octets.begin(), octets.begin() + static_cast<std::ptrdiff_t>(size));
    return all;
  }
};

/// Puts bits one after the other (those beyond 64 are 0); the parity, combined with `overlay`, ends the message.
class FrameWriter {
 public:
  FrameWriter& put(std::uint64_t value, unsigned width) {
    for (unsigned i = width; i-- > 0; ++bits_)
      if (i < 64 && (value >> i & 1U) != 0) made_.octets[bits_ / 8] |= static_cast<std::byte>(0x80U >> bits_ % 8);
    return *this;
  }
  MadeFrame finish(std::uint32_t overlay = 0) {
    put(0, 24);
    made_.size = bits_ / 8;
    const auto frame = wire::modes::Frame::from(std::span(made_.octets).first(made_.size));
    MARSAD_CHECK(frame.has_value());
    const std::uint32_t parity = wire::modes::parity_remainder(*frame) ^ overlay;
    for (std::size_t i = 0; i < 3; ++i)
      made_.octets[made_.size - 3 + i] = static_cast<std::byte>(parity >> (16 - 8 * i) & 0xFFU);
    return made_;
  }

 private:
  MadeFrame made_;
  unsigned bits_ = 0;
};

/// DF17, airborne; or DF18 with a control field.
inline MadeFrame squitter(std::uint32_t address, std::uint64_t content) {
  return FrameWriter().put(17, 5).put(5, 3).put(address, 24).put(content, 56).finish();
}
inline MadeFrame squitter_18(unsigned control, std::uint32_t address, std::uint64_t content) {
  return FrameWriter().put(18, 5).put(control, 3).put(address, 24).put(content, 56).finish();
}
/// DF11; the interrogator's code 0 makes it a squitter.
inline MadeFrame all_call(std::uint32_t address, std::uint32_t interrogator = 0) {
  return FrameWriter().put(11, 5).put(5, 3).put(address, 24).finish(interrogator);
}
/// DF4 and DF5.
inline MadeFrame altitude_reply(std::uint32_t address, double altitude_ft) {
  const auto code = wire::modes::encode_altitude_25_ft_13(altitude_ft).value_or(0);
  return FrameWriter().put(4, 5).put(0, 14).put(code, 13).finish(address);
}
inline MadeFrame identity_reply(std::uint32_t address, std::uint16_t mode_a) {
  return FrameWriter().put(5, 5).put(0, 14).put(wire::modes::encode_identity_13(mode_a), 13).finish(address);
}
/// DF20 with a register.
inline MadeFrame comm_b(std::uint32_t address, double altitude_ft, std::uint64_t content) {
  const auto code = wire::modes::encode_altitude_25_ft_13(altitude_ft).value_or(0);
  return FrameWriter().put(20, 5).put(0, 14).put(code, 13).put(content, 56).finish(address);
}

/// ME of an airborne position; type code 11 unless told.
inline std::uint64_t airborne_position(const Position& place, bool odd, double altitude_ft = 30'000.0,
                                       unsigned type_code = 11, bool supplement_b = false) {
  const auto encoded = wire::modes::cpr::encode_airborne(place, odd);
  const auto altitude = wire::modes::encode_altitude_25_ft_12(altitude_ft).value_or(0);
  return std::uint64_t{type_code} << 51U | std::uint64_t{supplement_b} << 48U | std::uint64_t{altitude} << 36U |
         std::uint64_t{odd} << 34U | std::uint64_t{encoded.lat} << 17U | encoded.lon;
}
/// ME of a surface position at 10 kt to the east.
inline std::uint64_t surface_position(const Position& place, bool odd) {
  const auto encoded = wire::modes::cpr::encode_surface(place, odd);
  constexpr std::uint64_t kTenKnots = 29;
  constexpr std::uint64_t kEast = 32;
  return 7ULL << 51U | kTenKnots << 44U | 1ULL << 43U | kEast << 36U | std::uint64_t{odd} << 34U |
         std::uint64_t{encoded.lat} << 17U | encoded.lon;
}
/// ME of a velocity over ground, subtype 1, NACv 2, level flight.
inline std::uint64_t airborne_velocity(double east_kt, double north_kt) {
  const auto part = [](double knots) {
    return (knots < 0 ? 1ULL << 10U : 0ULL) | static_cast<std::uint64_t>(std::abs(knots) + 1.5);
  };
  return 19ULL << 51U | 1ULL << 48U | 2ULL << 43U | part(east_kt) << 32U | part(north_kt) << 21U;
}
/// ME of an airborne operational status.
inline std::uint64_t operational_status(unsigned version, bool supplement_a, unsigned nacp, unsigned sil) {
  return 31ULL << 51U | std::uint64_t{version} << 13U | std::uint64_t{supplement_a} << 12U | std::uint64_t{nacp} << 8U |
         std::uint64_t{sil} << 4U;
}
/// ME of an identification, category A3.
inline std::uint64_t identification(const char* eight_letters) {
  std::uint64_t bits = 4ULL << 51U | 3ULL << 48U;
  for (unsigned i = 0; i < 8; ++i) bits |= (static_cast<std::uint64_t>(eight_letters[i]) & 0x3FU) << (42U - 6U * i);
  return bits;
}

}  // namespace marsad::observation::mode_s::testing
