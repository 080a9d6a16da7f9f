// What only some aircraft fill: weather, air-referenced state, registration, services.

#include <algorithm>
#include <array>

#include "marsad/wire/modes/register.hpp"
#include "marsad/wire/modes/status_reader.hpp"

namespace marsad::wire::modes {
namespace {

constexpr std::uint8_t kServices[] = {0x18, 0x19, 0x1A, 0x1B, 0x1C};
constexpr unsigned kEachServices = 56;  ///< registers told by one of them
constexpr double kTemperatureStepC = 0.25;

char letter_of(std::uint64_t code) noexcept { return static_cast<char>(code < 32 ? code + 64 : code); }

std::optional<Severity> severity(StatusReader& read, Register reg, unsigned status) noexcept {
  if (!read.present(status, status + 1, status + 2)) return std::nullopt;
  return static_cast<Severity>(reg.bits(status + 1, status + 2));
}

}  // namespace

bool ServicesCapability::has(unsigned bds) const noexcept {
  return bds >= first && bds < first + kEachServices && bds <= 0xFF && (flags >> (bds - first) & 1U) != 0;
}

ServicesCapability decode_services_capability(std::uint8_t bds, Register reg) noexcept {
  const auto found = std::ranges::find(kServices, bds);
  const auto number = found == std::end(kServices) ? 0U : static_cast<unsigned>(found - std::begin(kServices));
  const unsigned first = 1 + number * kEachServices;
  const unsigned beyond = first + kEachServices > 0x100 ? first + kEachServices - 0x100 : 0;
  return {.consistent = beyond == 0 || reg.bits(1, beyond) == 0,
          .first = static_cast<std::uint8_t>(first),
          .flags = reg.value()};
}

Registration decode_bds_21(Register reg) noexcept {
  StatusReader read(reg);
  Registration registration{};
  if (read.present(1, 2, 43)) {
    auto& letters = registration.aircraft.emplace();
    for (unsigned i = 0; i < 7; ++i) letters[i] = letter_of(reg.bits(2 + 6 * i, 7 + 6 * i));
  }
  if (read.present(44, 45, 56)) registration.airline = {letter_of(reg.bits(45, 50)), letter_of(reg.bits(51, 56))};
  registration.consistent = read.consistent();
  return registration;
}

RoutineAirReport decode_bds_44(Register reg) noexcept {
  constexpr unsigned kLastSource = 4;
  StatusReader read(reg);
  RoutineAirReport report{};
  report.source = static_cast<std::uint8_t>(reg.bits(1, 4));
  if (read.present(5, 6, 23)) {
    report.wind_speed_kt = static_cast<double>(reg.bits(6, 14));
    report.wind_from_deg = static_cast<double>(reg.bits(15, 23)) * (180.0 / 256.0);
  }
  report.air_temperature_c = static_cast<double>(reg.signed_bits(24, 34)) * kTemperatureStepC;
  report.static_pressure_hpa = read.number(35, 36, 46, 1.0);
  report.turbulence = severity(read, reg, 47);
  report.humidity_percent = read.number(50, 51, 56, 100.0 / 64.0);
  report.consistent = read.consistent() && report.source <= kLastSource;
  return report;
}

HazardReport decode_bds_45(Register reg) noexcept {
  StatusReader read(reg);
  HazardReport report{};
  report.turbulence = severity(read, reg, 1);
  report.wind_shear = severity(read, reg, 4);
  report.microburst = severity(read, reg, 7);
  report.icing = severity(read, reg, 10);
  report.wake_vortex = severity(read, reg, 13);
  report.air_temperature_c = read.signed_number(16, 17, 26, kTemperatureStepC);
  report.static_pressure_hpa = read.number(27, 28, 38, 1.0);
  report.radio_height_ft = read.number(39, 40, 51, 16.0);
  read.must_be_zero(52, 56);
  report.consistent = read.consistent();
  return report;
}

AirState decode_bds_53(Register reg) noexcept {
  StatusReader read(reg);
  AirState state{};
  state.magnetic_heading_deg = read.signed_number(1, 2, 12, 90.0 / 512.0);
  state.indicated_airspeed_kt = read.number(13, 14, 23, 1.0);
  if (read.present(24, 25, 33)) state.mach = static_cast<double>(reg.bits(25, 33)) / 125.0;
  state.true_airspeed_kt = read.number(34, 35, 46, 0.5);
  state.altitude_rate_ft_min = read.signed_number(47, 48, 56, 64.0);
  state.consistent = read.consistent();
  return state;
}

}  // namespace marsad::wire::modes
