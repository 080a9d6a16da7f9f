#include "marsad/wire/modes/message.hpp"

#include <limits>

namespace marsad::wire::modes {
namespace {

/// Bit i of such a set is code i.
constexpr bool holds(std::uint32_t codes, std::uint64_t code) { return (codes >> code & 1U) != 0; }

constexpr std::uint32_t kReservedFlightStatus = 0xC0;
constexpr std::uint32_t kReservedDownlinkRequest = 0xFF00;
constexpr std::uint32_t kReservedReplyInformation = 0x8002;

bool is_altitude(const Frame& frame) {
  const auto coding = altitude_coding_13(static_cast<std::uint16_t>(frame.bits(20, 32)));
  return coding != AltitudeCoding::illegal && coding != AltitudeCoding::metric;
}

bool air_air_is_consistent(const Frame& frame) {
  const bool spare_bits = frame.bits(8, 8) != 0 || (frame.is_long() && frame.bits(7, 7) != 0) ||
                          frame.bits(12, 13) != 0 || frame.bits(18, 19) != 0;
  return !spare_bits && !holds(kReservedReplyInformation, frame.bits(14, 17)) && is_altitude(frame);
}

bool surveillance_is_consistent(const Frame& frame) {
  return !holds(kReservedFlightStatus, frame.bits(6, 8)) && !holds(kReservedDownlinkRequest, frame.bits(9, 13));
}

}  // namespace

bool is_consistent(const Frame& frame) noexcept {
  switch (frame.downlink_format()) {
    case 0:
    case 16:
      return air_air_is_consistent(frame);
    case 4:
    case 20:
      return surveillance_is_consistent(frame) && is_altitude(frame);
    case 5:
    case 21:
      return surveillance_is_consistent(frame);
    default:
      return true;
  }
}

}  // namespace marsad::wire::modes

namespace marsad::wire::modes::detail {

std::optional<double> AirAir::maximum_airspeed_kt() const noexcept {
  switch (reply_information()) {
    case 9:
      return 75.0;
    case 10:
      return 150.0;
    case 11:
      return 300.0;
    case 12:
      return 600.0;
    case 13:
      return 1200.0;
    case 14:
      return std::numeric_limits<double>::infinity();
    default:
      return std::nullopt;
  }
}

}  // namespace marsad::wire::modes::detail
