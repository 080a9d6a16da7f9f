#include "marsad/observation/adsb_report.hpp"

#include <algorithm>
#include <optional>

#include "marsad/observation/adsb_quality.hpp"
#include "marsad/observation/placement.hpp"
#include "marsad/wire/modes/quality.hpp"

namespace marsad::observation {

using mode_s::AircraftState;
using mode_s::ResolvedPosition;
using mode_s::SourceKind;
using units::Duration;
using units::Speed;
using units::UtcTime;

namespace {

constexpr Duration kVelocityLife = Duration::seconds(5.0);
constexpr Duration kHeightLife = Duration::seconds(10.0);
constexpr Duration kStatusLife = Duration::seconds(25.0);
constexpr Duration kIdentityLife = Duration::seconds(120.0);
/// How the velocity of a manoeuvring aircraft parts from what it said.
constexpr double kVelocityDriftMs2 = 2.0;

bool has_icao_address(SourceKind source) {
  return source == SourceKind::transponder || source == SourceKind::tis_b || source == SourceKind::adsr ||
         source == SourceKind::multilateration;
}

AdsbQuality quality_of(const AircraftState& state, const ResolvedPosition& position, UtcTime now) {
  const mode_s::Quality& known = state.quality;
  AdsbQuality quality{.nucp_or_nic = position.nic,
                      .nacp = known.nacp.within(now, kStatusLife),
                      .pic = {},
                      .nucr_or_nacv = known.nacv.within(now, kStatusLife),
                      .version = known.version.value()};
  if (position.type_code == 0) {
    // Not a squitter: a source that tells the NIC itself, or nothing at all.
    quality.version = std::max<std::uint8_t>(quality.version, 1);
    if (position.nic == 0) quality.nucp_or_nic.reset();
  } else if (quality.version == 0) {
    quality.nucp_or_nic = wire::modes::nucp_of(position.type_code);
  }
  return quality;
}

void read_identity(TargetReport& report, const AircraftState& state, UtcTime now) {
  const std::uint32_t address = state.address.value();
  constexpr std::uint32_t kAllOnes = 0xFF'FFFF;
  if (address != 0 && address < kAllOnes) report.address = state.address;
  report.quality.address_doubtful = !report.address || !has_icao_address(state.source);
  report.identification = state.identification.within(now, kIdentityLife);
  report.mode_a = state.mode_a.within(now, kIdentityLife);
  report.emergency = std::min<std::uint8_t>(state.emergency.within(now, kStatusLife).value_or(0), 7);
  report.special_position_identification =
      state.special_position_identification.within(now, kStatusLife).value_or(false);
}

void read_motion(TargetReport& report, const AircraftState& state, const ResolvedPosition& position,
                 const AdsbQuality& quality, const Sensor& sensor) {
  const auto& barometric = state.barometric_rate;
  const auto& geometric = state.geometric_rate;
  report.vertical_rate = barometric.within(position.time, kVelocityLife);
  if (!report.vertical_rate) report.vertical_rate = geometric.within(position.time, kVelocityLife);
  const bool used_before = position.previous && state.velocity.time() <= *position.previous;
  if (!state.velocity.fresh(position.time, kVelocityLife) || used_before) return;
  const mode_s::GroundVelocity& velocity = state.velocity.value();
  const double age_s = std::max(0.0, state.velocity.age(position.time).seconds());
  const Speed sigma = adsb_velocity_sigma(quality, sensor.characteristics.sigma_velocity);
  report.velocity = HorizontalVelocity{.east = velocity.speed * sin(velocity.track_angle),
                                       .north = velocity.speed * cos(velocity.track_angle),
                                       .sigma = sigma + Speed::metres_per_second(kVelocityDriftMs2 * age_s)};
}

}  // namespace

void report_position(const AircraftState& state, const ResolvedPosition& position, SensorId id, Translation& work) {
  const bool is_mlat = state.source == SourceKind::multilateration;
  TargetReport report = work.begin(id, is_mlat ? Detection::mlat : Detection::adsb);
  report.applicability = work.believed(position.time);
  report.quality.time_from_receipt = report.applicability != position.time;
  report.on_ground = position.on_surface;
  read_identity(report, state, position.time);
  if (const auto altitude = state.pressure_altitude.within(position.time, kHeightLife))
    set_flight_level(report, altitude->flight_level());
  report.geometric_height = state.geometric_height.within(position.time, kHeightLife);
  const Sensor& sensor = work.registry.get(id);
  const AdsbQuality quality = quality_of(state, position, position.time);
  read_motion(report, state, position, quality, sensor);
  geo::HorizontalCovariance covariance = circular(adsb_position_sigma(quality, sensor.characteristics.sigma_position));
  if (report.velocity) add_latency(covariance, *report.velocity, kAdsbLatencySigma);
  place_geodetic(report, sensor, work.registry.frame(id), position.place.latitude.degrees(),
                 position.place.longitude.degrees(), covariance);
  work.finish(report);
}

}  // namespace marsad::observation
