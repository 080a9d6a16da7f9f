#include <array>
#include <bit>
#include <cmath>
#include <concepts>

#include "marsad/output/error_ellipse.hpp"
#include "marsad/output/frame.hpp"
#include "marsad/output/picture_json.hpp"
#include "marsad/output/track_view.hpp"

namespace marsad::output {
namespace {

using picture::AirPicture;
using picture::SystemTrack;

/// Appends numbers in little-endian order, whatever the machine's own.
class Sink {
 public:
  explicit Sink(std::vector<std::byte>& out) : out_(out) {}

  template <std::unsigned_integral T>
  void put(T value) {
    std::array<std::byte, sizeof(T)> octets;
    for (std::size_t i = 0; i < sizeof(T); ++i)
      octets[i] = static_cast<std::byte>((std::uint64_t{value} >> (8U * i)) & 0xFFU);
    out_.insert(out_.end(), octets.begin(), octets.end());
  }
  void put(double value) { put(std::bit_cast<std::uint64_t>(value)); }
  void put(float value) { put(std::bit_cast<std::uint32_t>(value)); }
  void put_single(double value) { put(static_cast<float>(value)); }

 private:
  std::vector<std::byte>& out_;
};

std::uint8_t flags_of(const SystemTrack& track) {
  unsigned flags = 0;
  if (track.height_is_geometric) flags |= frame::kHeightIsGeometric;
  if (track.on_ground) flags |= frame::kOnGround;
  if (track.simulated) flags |= frame::kSimulated;
  if (track.primary_only) flags |= frame::kPrimaryOnly;
  if (track.special_position_identification) flags |= frame::kSpi;
  if (track.pressure_altitude) flags |= frame::kHasPressureAltitude;
  if (track.vertical_rate) flags |= frame::kHasVerticalRate;
  return static_cast<std::uint8_t>(flags);
}

std::uint8_t presence_of(const SystemTrack& track) {
  unsigned bits = 0;
  if (track.address) bits |= frame::kHasAddress;
  if (track.mode_a) bits |= frame::kHasModeA;
  if (track.identification) bits |= frame::kHasIdentification;
  return static_cast<std::uint8_t>(bits);
}

void put_head(Sink& sink, const SystemTrack& track) {
  sink.put(track.id.value());
  sink.put(track.track_number);
  sink.put(static_cast<std::uint8_t>(track.state));
  sink.put(flags_of(track));
  sink.put(track.emergency);
  sink.put(track.state == picture::TrackState::tentative ? frame::kIdentityPending : frame::kIdentityUnknown);
  sink.put(static_cast<std::uint8_t>(track.contributions.size()));
  sink.put(presence_of(track));
}

void put_state(Sink& sink, const SystemTrack& track) {
  sink.put(track.position.latitude.degrees());
  sink.put(track.position.longitude.degrees());
  sink.put_single(track.position.height.metres());
  sink.put_single(track.velocity_east.metres_per_second());
  sink.put_single(track.velocity_north.metres_per_second());
  sink.put_single(track.pressure_altitude ? track.pressure_altitude->feet() : 0.0);
  sink.put_single(track.vertical_rate ? track.vertical_rate->feet_per_minute() : 0.0);
  sink.put_single(track.existence_probability);
  const ErrorEllipse ellipse = error_ellipse(track.position_covariance);
  sink.put_single(ellipse.sigma_major.metres());
  sink.put_single(ellipse.sigma_minor.metres());
  sink.put_single(ellipse.orientation.degrees());
  sink.put(track.last_update.seconds_since_epoch());
}

void put_identity(Sink& sink, const SystemTrack& track) {
  sink.put(std::uint32_t{track.address ? track.address->value() : 0U});
  sink.put(static_cast<std::uint16_t>(track.mode_a ? track.mode_a->bits() : 0U));
  sink.put(std::uint16_t{0});
  std::string padded(track.identification ? track.identification->text() : std::string_view());
  padded.resize(8, ' ');
  for (const char c : padded) sink.put(static_cast<std::uint8_t>(c));
}

void put_track(Sink& sink, const AirPicture& picture, const SystemTrack& track) {
  put_head(sink, track);
  put_state(sink, track);
  put_identity(sink, track);
  for (const auto& contribution : track.contributions) {
    sink.put(contribution.sensor.value());
    sink.put(std::uint16_t{0});
    sink.put(contribution.reports);
    sink.put_single(age_between(contribution.last, picture.time).seconds());
  }
}

struct Extent {
  frame::Kind kind;
  std::uint64_t from_sequence;
  std::uint32_t tracks;
  std::uint32_t removed;
};

void put_header(Sink& sink, const AirPicture& picture, PublicationMode mode, const Extent& extent) {
  for (const std::uint8_t octet : frame::kMagic) sink.put(octet);
  sink.put(static_cast<std::uint8_t>(extent.kind));
  sink.put(static_cast<std::uint8_t>(mode));
  sink.put(std::uint16_t{0});
  sink.put(picture.time.seconds_since_epoch());
  sink.put(extent.from_sequence);
  sink.put(picture.sequence);
  sink.put(extent.tracks);
  sink.put(extent.removed);
}

void put_status(Sink& sink, std::vector<std::byte>& out, const AirPicture& picture, const PublicationStatus& status) {
  std::string json;
  append_status_json(json, picture, status);
  sink.put(static_cast<std::uint32_t>(json.size()));
  const auto octets = std::as_bytes(std::span<const char>(json));
  out.insert(out.end(), octets.begin(), octets.end());
}

bool belongs_in_frame(const SystemTrack& track) { return is_alive(track) && has_usable_state(track); }

}  // namespace

void append_snapshot_frame(std::vector<std::byte>& out, const AirPicture& picture, const PublicationStatus& status) {
  Sink sink(out);
  std::uint32_t count = 0;
  for (const auto& track : picture.tracks) count += belongs_in_frame(track) ? 1U : 0U;
  put_header(sink, picture, status.mode, {frame::Kind::snapshot, 0, count, 0});
  for (const auto& track : picture.tracks)
    if (belongs_in_frame(track)) put_track(sink, picture, track);
  put_status(sink, out, picture, status);
}

void append_delta_frame(std::vector<std::byte>& out, const AirPicture& picture, const picture::ChangeSet& changes,
                        const PublicationStatus& status) {
  Sink sink(out);
  std::uint32_t count = 0;
  for (const std::size_t index : changes.changed) count += belongs_in_frame(picture.tracks.at(index)) ? 1U : 0U;
  put_header(sink, picture, status.mode,
             {frame::Kind::delta, changes.from_sequence, count, static_cast<std::uint32_t>(changes.removed.size())});
  for (const std::size_t index : changes.changed)
    if (belongs_in_frame(picture.tracks.at(index))) put_track(sink, picture, picture.tracks[index]);
  for (const auto id : changes.removed) sink.put(id.value());
  put_status(sink, out, picture, status);
}

}  // namespace marsad::output
