// links: wire_modes base
// A frame of any bits is a message whose fields lie in their ranges; the fast parity is long division; mending touches
// neither format nor address; decoded positions encode to the same bins.

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>

#include "marsad/wire/modes/altitude.hpp"
#include "marsad/wire/modes/cpr.hpp"
#include "marsad/wire/modes/extended_squitter.hpp"
#include "marsad/wire/modes/message.hpp"
#include "marsad/wire/modes/parity.hpp"
#include "marsad/wire/modes/quality.hpp"

namespace {

using namespace marsad::wire::modes;

void require(bool holds) {
  if (!holds) __builtin_trap();
}

void within(const std::optional<double>& value, double low, double high) {
  if (value) require(*value >= low && *value <= high);
}

std::uint32_t slow_remainder(const Frame& frame) {
  std::uint32_t remainder = 0;
  const auto size = static_cast<unsigned>(8 * frame.size());
  for (unsigned bit = 1; bit <= size; ++bit) {
    remainder = remainder << 1U | static_cast<std::uint32_t>(bit <= size - 24 ? frame.bits(bit, bit) : 0);
    if ((remainder & 0x100'0000U) != 0) remainder ^= 0x1FF'F409U;
  }
  return remainder;
}

void check_parity(const Frame& frame) {
  require(parity_remainder(frame) == slow_remainder(frame));
  const auto address = static_cast<std::uint32_t>(frame.bits(9, 32));
  require(!correct(frame, Correction::none, KnownAddress(address)));
  require(!correct(frame, Correction::one_bit, KnownAddress(address ^ 1U)));
  const auto mended = correct(frame, Correction::one_bit, KnownAddress(address));
  if (!mended) return;
  require(mended->frame.bits(1, 5) == frame.bits(1, 5));
  require(mended->frame.bits(9, 32) == address);
  require(mended->frame == frame.with_bit_inverted(mended->bit));
  require(parity_syndrome(mended->frame) == 0);
}

void check_position(const std::optional<cpr::Position>& position) {
  if (position)
    require(std::abs(position->lat_deg) <= 90.0 && position->lon_deg >= -180.0 && position->lon_deg < 180.0);
}

void check_squitter(Register me) {
  for (const char letter : decode_identification(me).letters) require(letter >= ' ' && letter <= 'Z');
  const auto surface = decode_surface_position(me);
  for (const unsigned version : {0U, 2U}) within(surface.ground_speed_kt(version), 0.0, 175.0);
  within(surface.track_deg, 0.0, 359.0);
  within(decode_airborne_position(me).altitude_ft(), -1200.0, 126'700.0);
  const auto velocity = decode_airborne_velocity(me);
  within(velocity.ground_speed_kt(), 0.0, 5776.0);
  within(velocity.track_deg(), 0.0, std::nextafter(360.0, 0.0));
  within(velocity.vertical_rate_ft_min.value, -32'576.0, 32'576.0);
  within(velocity.geometric_minus_barometric_ft.value, -3125.0, 3125.0);
  within(decode_airborne_velocity(me, 3).geometric_minus_barometric_ft.value, -4500.0, 4500.0);
  within(decode_tisb_velocity(me).velocity.airspeed_kt.value, 0.0, 4084.0);
  within(decode_tisb_coarse(me).altitude_ft(), -1200.0, 126'700.0);
  within(decode_tisb_coarse(me).track_deg, 0.0, 359.0);
  if (const auto mode_a = decode_test(me).mode_a) require(*mode_a <= 07777);
  if (const auto emergency = decode_emergency_status(me)) require(emergency->state < 8 && emergency->mode_a <= 07777);
  static_cast<void>(decode_resolution_advisory_broadcast(me));
  if (const auto target = decode_target_state(me)) {
    within(target->selected_altitude_ft, -1000.0, 100'000.0);
    within(target->selected_heading_deg, 0.0, std::nextafter(360.0, 0.0));
    within(target->pressure_setting_mb, 800.0, 1208.1);
  }
  if (const auto status = decode_operational_status(me)) {
    if (const auto size = status->dimensions()) within(size->length_m, 15.0, 85.0);
    const auto integrity =
        nic_of(type_code_of(me), status->version, {.a = status->nic_supplement_a, .b = me.bit(8), .c = {}});
    require((integrity.nic == 0) == !integrity.rc_m);
  }
}

/// What every type of message can be asked for.
struct Check {
  template <class Type>
  void operator()(const Type& message) const {
    if constexpr (requires { message.altitude_ft(); }) within(message.altitude_ft(), -1200.0, 126'700.0);
    if constexpr (requires { message.mode_a(); }) require(message.mode_a() <= 07777);
    if constexpr (requires { message.flight_status(); }) require(message.flight_status().code() < 8);
    if constexpr (requires { message.address(); }) require(message.address() < 1U << 24U);
    if constexpr (requires { message.maximum_airspeed_kt(); }) static_cast<void>(message.maximum_airspeed_kt());
    if constexpr (requires { message.address_kind(); }) {
      if (message.address_kind() == AddressKind::none) require(message.frame().downlink_format() == 18);
    }
  }
};

class Octets {
 public:
  explicit Octets(std::span<const std::uint8_t> octets) : octets_(octets) {}
  /// The next octets as a value, zeros beyond the end.
  template <class Value>
  Value next() {
    Value value{};
    const std::size_t size = std::min(sizeof value, octets_.size());
    std::memcpy(&value, octets_.data(), size);
    octets_ = octets_.subspan(size);
    return value;
  }

 private:
  std::span<const std::uint8_t> octets_;
};

using Local = std::optional<cpr::Position> (*)(const cpr::Encoded&, const cpr::Position&) noexcept;
using Encode = cpr::Encoded (*)(const cpr::Position&, bool) noexcept;

void check_local(const cpr::Encoded& encoded, const cpr::Position& reference, unsigned bits, Local decode,
                 Encode encode) {
  const std::uint32_t mask = (1U << bits) - 1;
  const cpr::Encoded sent{encoded.lat & mask, encoded.lon & mask, encoded.odd};
  const auto position = decode(sent, reference);
  check_position(position);
  if (position) require(encode(*position, sent.odd) == sent);
}

void check_positions(Octets octets) {
  const auto bins = [&](bool odd) {
    const auto lat = octets.next<std::uint32_t>();
    return cpr::Encoded{lat & 0x1FFFFU, octets.next<std::uint32_t>() & 0x1FFFFU, odd};
  };
  const cpr::Encoded even = bins(false);
  const cpr::Encoded odd = bins(true);
  const auto lat_deg = octets.next<double>();
  const cpr::Position reference{lat_deg, octets.next<double>()};
  for (const cpr::Encoded& encoded : {even, odd}) {
    check_local(encoded, reference, 17, cpr::airborne_local, cpr::encode_airborne);
    check_local(encoded, reference, 17, cpr::surface_local, cpr::encode_surface);
    check_local(encoded, reference, 12, cpr::coarse_local, cpr::encode_coarse);
    check_position(cpr::intent_local(encoded, reference));
    const bool odd_is_newest = encoded.odd;
    const auto airborne = cpr::airborne_global(even, odd, odd_is_newest);
    check_position(airborne);
    if (airborne) require(cpr::encode_airborne(*airborne, odd_is_newest) == encoded);
    const auto surface = cpr::surface_global(even, odd, odd_is_newest, reference);
    check_position(surface);
    if (surface) require(cpr::encode_surface(*surface, odd_is_newest) == encoded);
    check_position(cpr::coarse_global(even, odd, odd_is_newest));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t frame_size = (data[0] & 0x80U) != 0 ? Frame::kLong : Frame::kShort;
  if (size < frame_size) {
    require(!Frame::from(std::as_bytes(std::span(data, size))) || size == Frame::kShort);
    return 0;
  }
  const auto frame = Frame::from(std::as_bytes(std::span(data, frame_size)));
  require(frame.has_value());
  check_parity(*frame);
  std::visit(Check{}, decode(*frame));
  check_squitter(Register(frame->payload()));
  const auto code = static_cast<std::uint16_t>(frame->high() >> 32U);
  within(decode_mode_ac(code).altitude_ft, -1200.0, 126'700.0);
  check_positions(Octets(std::span(data, size).subspan(frame_size)));
  return 0;
}
