#include "marsad/wire/uat/downlink.hpp"

#include <cmath>
#include <numbers>

#include "marsad/wire/uat/bits.hpp"
#include "marsad/wire/uat/line.hpp"

namespace marsad::wire::uat {
namespace {

constexpr double kCircleStepDeg = 360.0 / (1 << 24);

/// -1000 ft is code 1; 0 is not available and 4095 anything above the scale.
std::optional<double> altitude_ft(std::uint32_t code) noexcept {
  if (code == 0 || code == 4095) return std::nullopt;
  return (static_cast<double>(code) - 41.0) * 25.0;
}

/// Code 1 is zero; `most`, all ones, is anything above the scale.
std::optional<double> magnitude(std::uint32_t code, std::uint32_t most, double step) noexcept {
  if (code == 0 || code == most) return std::nullopt;
  return static_cast<double>(code - 1) * step;
}

std::optional<double> signed_magnitude(bool negative, std::uint32_t code, std::uint32_t most, double step) noexcept {
  const auto size = magnitude(code, most, step);
  if (!size) return std::nullopt;
  return negative && *size != 0 ? -*size : *size;
}

std::optional<Position> position_of(BitReader read, unsigned nic) noexcept {
  const std::uint32_t lat = read.bits(5, 1, 23);
  const std::uint32_t lon = read.bits(7, 8, 24);
  if (lat == 0 && lon == 0 && nic == 0) return std::nullopt;
  Position position{.lat_deg = lat * kCircleStepDeg, .lon_deg = lon * kCircleStepDeg};
  if (position.lat_deg > 90) position.lat_deg -= 180;
  if (position.lon_deg >= 180) position.lon_deg -= 360;
  return position;
}

void put_altitude(StateVector& state, bool geometric, std::uint32_t code) noexcept {
  (geometric ? state.geometric_height_ft : state.pressure_altitude_ft) = altitude_ft(code);
}

void decode_airborne(BitReader read, StateVector& state) noexcept {
  constexpr double kRateStepFtMin = 64.0;
  const double step_kt = state.air_ground == AirGround::supersonic ? 4.0 : 1.0;
  state.north_velocity_kt = signed_magnitude(read.bit(13, 4), read.bits(13, 5, 10), 1023, step_kt);
  state.east_velocity_kt = signed_magnitude(read.bit(14, 7), read.bits(14, 8, 10), 1023, step_kt);
  if (state.north_velocity_kt && state.east_velocity_kt) {
    state.ground_speed_kt = std::hypot(*state.north_velocity_kt, *state.east_velocity_kt);
    if (*state.ground_speed_kt > 0) {
      const double angle = std::atan2(*state.east_velocity_kt, *state.north_velocity_kt) * 180.0 / std::numbers::pi;
      state.direction_deg = angle < 0 ? angle + 360.0 : angle;
      state.direction_kind = GroundDirection::true_track;
    }
  }
  const bool barometric = read.bit(16, 2);
  (barometric ? state.barometric_rate_ft_min : state.geometric_rate_ft_min) =
      signed_magnitude(read.bit(16, 3), read.bits(16, 4, 9), 511, kRateStepFtMin);
}

void decode_surface(BitReader read, StateVector& state) noexcept {
  constexpr double kDirectionStepDeg = 360.0 / 512.0;
  state.ground_speed_kt = magnitude(read.bits(13, 5, 10), 1023, 1.0);
  state.direction_kind = static_cast<GroundDirection>(read.bits(14, 7, 2));
  if (state.direction_kind != GroundDirection::none) state.direction_deg = read.bits(15, 1, 9) * kDirectionStepDeg;
  const std::uint32_t size = read.bits(16, 2, 4);
  if (size != 0) state.size_code = static_cast<std::uint8_t>(size);
}

StateVector decode_state(BitReader read, AddressQualifier qualifier) noexcept {
  StateVector state;
  state.nic = static_cast<std::uint8_t>(read.bits(12, 5, 4));
  state.position = position_of(read, state.nic);
  put_altitude(state, read.bit(10, 8), read.bits(11, 1, 12));
  state.air_ground = static_cast<AirGround>(read.bits(13, 1, 2));
  if (state.air_ground == AirGround::ground) {
    decode_surface(read, state);
  } else if (state.air_ground != AirGround::reserved) {
    decode_airborne(read, state);
  }
  switch (qualifier) {
    case AddressQualifier::tisb_icao:
    case AddressQualifier::tisb_track:
    case AddressQualifier::adsr_other:
      state.tisb_site = static_cast<std::uint8_t>(read.bits(17, 5, 4));
      break;
    case AddressQualifier::reserved:
      break;
    default:
      state.utc_coupled = read.bit(17, 5);
  }
  return state;
}

/// Three base-40 digits in two octets, the first being the highest.
void decode_base_40(std::uint32_t code, std::span<char, 3> out) noexcept {
  constexpr std::string_view kCharacters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ     ";
  out[0] = kCharacters[code / 1600 % 40];
  out[1] = kCharacters[code / 40 % 40];
  out[2] = kCharacters[code % 40];
}

bool is_mode_a(std::string_view text) noexcept {
  return text.size() == 4 && text.find_first_not_of("01234567") == std::string_view::npos;
}

void decode_identification(BitReader read, ModeStatus& status) noexcept {
  std::array<char, 9> digits{};
  for (std::size_t i = 0; i < 3; ++i)
    decode_base_40(read.bits(18 + 2 * i, 1, 16), std::span(digits).subspan(3 * i).first<3>());
  status.emitter_category = static_cast<std::uint8_t>(read.bits(18, 1, 16) / 1600 % 40);
  for (std::size_t i = 0; i < 8; ++i) status.characters[i] = digits[i + 1];
  // Transmitters of version 1 leave the bit that tells the two apart at 0 and send an identification all the same.
  status.is_flight_plan = !read.bit(27, 7) && is_mode_a(status.text());
}

void decode_version_2(BitReader read, ModeStatus& status) noexcept {
  status.uat_in = read.bit(27, 1);
  status.es_in = read.bit(27, 2);
  status.sda = static_cast<std::uint8_t>(read.bits(25, 7, 2));
  status.sil_per_sample = read.bit(27, 8);
  status.gva = static_cast<std::uint8_t>(read.bits(28, 1, 2));
  status.single_antenna = read.bit(28, 3);
  status.nic_supplement = read.bit(28, 4);
}

ModeStatus decode_status(BitReader read) noexcept {
  const auto octet = [](std::uint32_t value) { return static_cast<std::uint8_t>(value); };
  ModeStatus status;
  decode_identification(read, status);
  status.emergency = octet(read.bits(24, 1, 3));
  status.version = octet(read.bits(24, 4, 3));
  status.sil = octet(read.bits(24, 7, 2));
  status.transmit_slot = octet(read.bits(25, 1, 6));
  status.nac_p = octet(read.bits(26, 1, 4));
  status.nac_v = octet(read.bits(26, 5, 3));
  status.nic_baro = read.bit(26, 8);
  // Octet 27 was laid out otherwise before version 2.
  const unsigned first = status.version >= 2 ? 3 : 2;
  status.tcas_operational = read.bit(27, first);
  status.resolution_advisory = read.bit(27, first + 1);
  status.ident = read.bit(27, first + 2);
  status.atc_services = read.bit(27, first + 3);
  if (status.version < 2) {
    status.traffic_display = read.bit(27, 1);
  } else {
    decode_version_2(read, status);
  }
  return status;
}

TargetState decode_target(BitReader read, std::size_t first) noexcept {
  TargetState target;
  target.from_fms = read.bit(first, 1);
  target.selected_altitude_ft = magnitude(read.bits(first, 2, 11), 2048, 32.0);
  const std::uint32_t pressure = read.bits(first + 1, 5, 9);
  if (pressure != 0) target.pressure_setting_mb = 800.0 + (pressure - 1) * 0.8;
  if (read.bit(first + 2, 6)) target.selected_heading_deg = read.bits(first + 2, 7, 9) * (180.0 / 256.0);
  target.modes_known = read.bit(first + 3, 8);
  if (target.modes_known) {
    target.autopilot = read.bit(first + 4, 1);
    target.vnav = read.bit(first + 4, 2);
    target.altitude_hold = read.bit(first + 4, 3);
    target.approach = read.bit(first + 4, 4);
    target.lnav = read.bit(first + 4, 5);
  }
  return target;
}

}  // namespace

std::string_view ModeStatus::text() const noexcept {
  const std::string_view all(characters.data(), characters.size());
  return all.substr(0, all.find_last_not_of(' ') + 1);
}

base::Result<Downlink> decode_downlink(std::span<const std::byte> octets) {
  if (octets.size() != kBasicSize && octets.size() != kLongSize)
    return base::Fault{base::FaultCode::bad_length, octets.size()};
  const BitReader read(octets);
  Downlink message;
  message.type = static_cast<std::uint8_t>(read.bits(1, 1, 5));
  if ((message.type == 0) != (octets.size() == kBasicSize)) return base::Fault{base::FaultCode::bad_value, 0};
  message.qualifier = static_cast<AddressQualifier>(read.bits(1, 6, 3));
  message.address = read.bits(2, 1, 24);
  if (message.type > 10) return message;
  message.state = decode_state(read, message.qualifier);
  if (message.type == 1 || message.type == 3) message.status = decode_status(read);
  if (message.type == 3 || message.type == 4) message.target = decode_target(read, 30);
  if (message.type == 6) message.target = decode_target(read, 25);
  // The intent of version 1 had another layout.
  if (message.status && message.status->version < 2) message.target.reset();
  message.has_auxiliary = message.type == 1 || message.type == 2 || message.type == 5 || message.type == 6;
  if (message.has_auxiliary) put_altitude(*message.state, !read.bit(10, 8), read.bits(30, 1, 12));
  return message;
}

}  // namespace marsad::wire::uat
