#include "marsad/wire/modes/register.hpp"

#include <algorithm>

#include "marsad/wire/modes/status_reader.hpp"

namespace marsad::wire::modes {
namespace {

/// The registers of bits 1 to 26 of BDS 1,7, in their order.
constexpr std::array<std::uint8_t, 26> kCommonUsage{0x05, 0x06, 0x07, 0x08, 0x09, 0x0A, 0x20, 0x21, 0x40,
                                                    0x41, 0x42, 0x43, 0x44, 0x45, 0x48, 0x50, 0x51, 0x52,
                                                    0x53, 0x54, 0x55, 0x56, 0x5F, 0x60, 0xE1, 0xE2};

}  // namespace

DataLinkCapability decode_bds_10(Register reg) noexcept {
  const auto field = [&](unsigned first, unsigned last) { return reg.bits(first, last); };
  return {
      .consistent = field(1, 8) == 0x10 && field(10, 14) == 0,
      .continued = reg.bit(9),
      .overlay = reg.bit(15),
      .acas_operational = reg.bit(16),
      .subnetwork_version = static_cast<std::uint8_t>(field(17, 23)),
      .enhanced_protocol = reg.bit(24),
      .specific_services = reg.bit(25),
      .uplink_elm = static_cast<std::uint8_t>(field(26, 28)),
      .downlink_elm = static_cast<std::uint8_t>(field(29, 32)),
      .identification = reg.bit(33),
      .squitter = reg.bit(34),
      .surveillance_identifier = reg.bit(35),
      .common_usage = reg.bit(36),
      .acas = static_cast<std::uint8_t>(field(37, 40)),
      .terminals = static_cast<std::uint16_t>(field(41, 56)),
  };
}

bool CommonUsageCapability::has(unsigned bds) const noexcept {
  const auto found = std::ranges::find(kCommonUsage, bds);
  if (found == kCommonUsage.end()) return false;
  return (flags >> (27 - (found - kCommonUsage.begin())) & 1U) != 0;
}

CommonUsageCapability decode_bds_17(Register reg) noexcept {
  return {.consistent = reg.bits(29, 56) == 0, .flags = static_cast<std::uint32_t>(reg.bits(1, 28))};
}

Identification decode_bds_20(Register reg) noexcept {
  Identification identification{.consistent = reg.bits(1, 8) == 0x20, .characters = {}};
  for (unsigned i = 0; i < 8; ++i) {
    const auto code = static_cast<unsigned>(reg.bits(9 + 6 * i, 14 + 6 * i));
    identification.characters[i] = static_cast<char>(code < 32 ? code + 64 : code);
  }
  return identification;
}

ResolutionAdvisory decode_bds_30(Register reg) noexcept {
  ResolutionAdvisory advisory{
      .consistent = reg.bits(1, 8) == 0x30,
      .active = static_cast<std::uint16_t>(reg.bits(9, 22)),
      .complements = static_cast<std::uint8_t>(reg.bits(23, 26)),
      .terminated = reg.bit(27),
      .multiple_threats = reg.bit(28),
      .threat_address = {},
      .threat_altitude_code = {},
      .threat_range_nm = {},
      .threat_bearing_deg = {},
  };
  const auto threat_type = reg.bits(29, 30);
  if (threat_type == 1) {
    advisory.threat_address = static_cast<std::uint32_t>(reg.bits(31, 54));
    advisory.consistent = advisory.consistent && reg.bits(55, 56) == 0;
  } else if (threat_type == 2) {
    const auto range = reg.bits(44, 50);
    const auto bearing = reg.bits(51, 56);
    advisory.threat_altitude_code = static_cast<std::uint16_t>(reg.bits(31, 43));
    if (range > 0) advisory.threat_range_nm = static_cast<double>(range - 1) / 10.0;
    if (bearing >= 1 && bearing <= 60) advisory.threat_bearing_deg = static_cast<double>(bearing) * 6.0 - 3.0;
    advisory.consistent = advisory.consistent && bearing <= 60;
  } else {
    advisory.consistent = advisory.consistent && threat_type == 0 && reg.bits(31, 56) == 0;
  }
  return advisory;
}

SelectedVerticalIntention decode_bds_40(Register reg) noexcept {
  constexpr double kAltitudeStepFt = 16.0;
  StatusReader read(reg);
  SelectedVerticalIntention intention{};
  intention.mcp_altitude_ft = read.number(1, 2, 13, kAltitudeStepFt);
  intention.fms_altitude_ft = read.number(14, 15, 26, kAltitudeStepFt);
  if (read.present(27, 28, 39)) intention.pressure_setting_mb = (static_cast<double>(reg.bits(28, 39)) + 8000.0) / 10.0;
  read.must_be_zero(40, 47);
  if (read.present(48, 49, 51)) {
    intention.vnav = reg.bit(49);
    intention.altitude_hold = reg.bit(50);
    intention.approach = reg.bit(51);
  }
  read.must_be_zero(52, 53);
  if (read.present(54, 55, 56)) intention.target_source = static_cast<std::uint8_t>(reg.bits(55, 56));
  intention.consistent = read.consistent();
  return intention;
}

TrackAndTurn decode_bds_50(Register reg) noexcept {
  StatusReader read(reg);
  TrackAndTurn track{};
  track.roll_deg = read.signed_number(1, 2, 11, 45.0 / 256.0);
  track.true_track_deg = read.signed_number(12, 13, 23, 90.0 / 512.0);
  track.ground_speed_kt = read.number(24, 25, 34, 2.0);
  track.track_rate_deg_s = read.signed_number(35, 36, 45, 8.0 / 256.0);
  track.true_airspeed_kt = read.number(46, 47, 56, 2.0);
  track.consistent = read.consistent();
  return track;
}

HeadingAndSpeed decode_bds_60(Register reg) noexcept {
  constexpr double kRateStepFtMin = 32.0;
  StatusReader read(reg);
  HeadingAndSpeed heading{};
  heading.magnetic_heading_deg = read.signed_number(1, 2, 12, 90.0 / 512.0);
  heading.indicated_airspeed_kt = read.number(13, 14, 23, 1.0);
  if (read.present(24, 25, 34)) heading.mach = static_cast<double>(reg.bits(25, 34)) / 250.0;
  heading.barometric_rate_ft_min = read.signed_number(35, 36, 45, kRateStepFtMin);
  heading.inertial_rate_ft_min = read.signed_number(46, 47, 56, kRateStepFtMin);
  heading.consistent = read.consistent();
  return heading;
}

}  // namespace marsad::wire::modes
