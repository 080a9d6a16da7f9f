#include "marsad/base/digest.hpp"

#include <optional>
#include <span>
#include <string_view>

#include "marsad/picture/air_picture.hpp"

namespace marsad::picture {
namespace {

using base::Digest;

void add(Digest& digest, units::UtcTime time) { digest.add(time.nanoseconds_since_epoch()); }
void add(Digest& digest, units::Duration d) { digest.add(d.seconds()); }
void add(Digest& digest, units::Length length) { digest.add(length.metres()); }
void add(Digest& digest, units::Speed speed) { digest.add(speed.metres_per_second()); }
void add(Digest& digest, units::PressureAltitude altitude) { digest.add(altitude.metres()); }
void add(Digest& digest, observation::ModeSAddress address) { digest.add(std::uint64_t{address.value()}); }
void add(Digest& digest, observation::ModeACode code) { digest.add(std::uint64_t{code.bits()}); }
void add(Digest& digest, std::string_view text) { digest.add(std::as_bytes(std::span(text.data(), text.size()))); }
void add(Digest& digest, const observation::AircraftIdentification& id) { add(digest, id.text()); }

void add(Digest& digest, const geo::Geodetic& position) {
  digest.add(position.latitude.radians());
  digest.add(position.longitude.radians());
  add(digest, position.height);
}

void add(Digest& digest, const geo::HorizontalCovariance& covariance) {
  digest.add(covariance.east_east_m2);
  digest.add(covariance.east_north_m2);
  digest.add(covariance.north_north_m2);
}

template <class T>
void add(Digest& digest, const std::optional<T>& value) {
  digest.add(value.has_value());
  if (value) add(digest, *value);
}

void add_identity(Digest& digest, const SystemTrack& track) {
  add(digest, track.address);
  add(digest, track.mode_a);
  add(digest, track.identification);
  digest.add(std::uint64_t{track.emergency});
  digest.add(track.special_position_identification);
  digest.add(track.on_ground);
  digest.add(track.simulated);
  digest.add(track.primary_only);
}

void add_kinematics(Digest& digest, const SystemTrack& track) {
  add(digest, track.position);
  digest.add(track.height_is_geometric);
  add(digest, track.position_covariance);
  add(digest, track.velocity_east);
  add(digest, track.velocity_north);
  add(digest, track.velocity_covariance_m2s2);
  add(digest, track.pressure_altitude);
  add(digest, track.vertical_rate);
  for (const double probability : track.model_probability) digest.add(probability);
}

void add(Digest& digest, const SystemTrack& track) {
  digest.add(track.id.value());
  digest.add(std::uint64_t{track.track_number});
  digest.add(static_cast<std::uint64_t>(track.state));
  digest.add(track.existence_probability);
  add_kinematics(digest, track);
  add_identity(digest, track);
  add(digest, track.initiated);
  add(digest, track.last_update);
  digest.add(std::uint64_t{track.contributions.size()});
  for (const Contribution& contribution : track.contributions) {
    digest.add(std::uint64_t{contribution.sensor.value()});
    add(digest, contribution.last);
    digest.add(std::uint64_t{contribution.reports});
  }
}

void add(Digest& digest, const SensorStatus& sensor) {
  digest.add(std::uint64_t{sensor.id.value()});
  add(digest, std::string_view(sensor.name));
  digest.add(std::uint64_t{sensor.key.sac});
  digest.add(std::uint64_t{sensor.key.sic});
  digest.add(static_cast<std::uint64_t>(sensor.key.family));
  digest.add(static_cast<std::uint64_t>(sensor.kind));
  digest.add(sensor.configured);
  digest.add(sensor.has_site);
  add(digest, sensor.site);
  add(digest, sensor.period);
  add(digest, sensor.range_max);
  add(digest, sensor.last_receipt);
  digest.add(sensor.reports);
  digest.add(sensor.unplaced);
  digest.add(sensor.implausible);
  add(digest, sensor.latency);
}

void add(Digest& digest, const InputCounters& input) {
  for (const std::uint64_t count :
       {input.datagrams, input.octets, input.records, input.target_reports, input.faults, input.skipped_octets})
    digest.add(count);
}

}  // namespace

std::uint64_t digest_of(const AirPicture& picture) {
  Digest digest;
  add(digest, picture.time);
  digest.add(picture.sequence);
  digest.add(std::uint64_t{picture.tracks.size()});
  for (const SystemTrack& track : picture.tracks) add(digest, track);
  digest.add(std::uint64_t{picture.sensors.size()});
  for (const SensorStatus& sensor : picture.sensors) add(digest, sensor);
  add(digest, picture.input);
  return digest.value();
}

}  // namespace marsad::picture
