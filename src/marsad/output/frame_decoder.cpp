#include <bit>
#include <concepts>

#include "marsad/output/frame.hpp"

namespace marsad::output {
namespace {

using base::Fault;
using base::FaultCode;

/// Takes little-endian numbers off the front. Past the end it gives zeros and remembers that it did.
class Cursor {
 public:
  explicit Cursor(std::span<const std::byte> octets) : octets_(octets) {}

  template <std::unsigned_integral T>
  T take() {
    if (left() < sizeof(T)) {
      exhausted_ = true;
      return 0;
    }
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i) value |= std::to_integer<std::uint64_t>(octets_[at_ + i]) << (8U * i);
    at_ += sizeof(T);
    return static_cast<T>(value);
  }
  double take_double() { return std::bit_cast<double>(take<std::uint64_t>()); }
  float take_float() { return std::bit_cast<float>(take<std::uint32_t>()); }

  [[nodiscard]] std::size_t at() const { return at_; }
  [[nodiscard]] std::size_t left() const { return octets_.size() - at_; }
  [[nodiscard]] bool exhausted() const { return exhausted_; }

 private:
  std::span<const std::byte> octets_;
  std::size_t at_ = 0;
  bool exhausted_ = false;
};

void take_state(Cursor& cursor, DecodedTrack& track) {
  track.latitude_deg = cursor.take_double();
  track.longitude_deg = cursor.take_double();
  track.height_m = cursor.take_float();
  track.east_mps = cursor.take_float();
  track.north_mps = cursor.take_float();
  track.pressure_altitude_ft = cursor.take_float();
  track.vertical_rate_ft_per_min = cursor.take_float();
  track.existence = cursor.take_float();
  track.sigma_major_m = cursor.take_float();
  track.sigma_minor_m = cursor.take_float();
  track.orientation_deg = cursor.take_float();
  track.last_update_s = cursor.take_double();
}

DecodedTrack take_track(Cursor& cursor) {
  DecodedTrack track;
  track.id = cursor.take<std::uint64_t>();
  track.track_number = cursor.take<std::uint16_t>();
  track.state = cursor.take<std::uint8_t>();
  track.flags = cursor.take<std::uint8_t>();
  track.emergency = cursor.take<std::uint8_t>();
  track.identity = cursor.take<std::uint8_t>();
  const auto contributions = cursor.take<std::uint8_t>();
  track.presence = cursor.take<std::uint8_t>();
  take_state(cursor, track);
  track.address = cursor.take<std::uint32_t>();
  track.mode_a = cursor.take<std::uint16_t>();
  cursor.take<std::uint16_t>();
  for (char& c : track.identification) c = static_cast<char>(cursor.take<std::uint8_t>());
  for (unsigned i = 0; i < contributions && !cursor.exhausted(); ++i) {
    DecodedContribution contribution;
    contribution.sensor = cursor.take<std::uint16_t>();
    cursor.take<std::uint16_t>();
    contribution.reports = cursor.take<std::uint32_t>();
    contribution.age_s = cursor.take_float();
    track.contributions.push_back(contribution);
  }
  return track;
}

}  // namespace

base::Result<DecodedFrame> decode_frame(std::span<const std::byte> octets) {
  Cursor cursor(octets);
  for (const std::uint8_t expected : frame::kMagic)
    if (cursor.take<std::uint8_t>() != expected) return Fault{FaultCode::unknown_format, 0};
  const auto kind = cursor.take<std::uint8_t>();
  const auto mode = cursor.take<std::uint8_t>();
  if (kind > 1) return Fault{FaultCode::bad_value, 4};
  if (mode > 2) return Fault{FaultCode::bad_value, 5};
  cursor.take<std::uint16_t>();

  DecodedFrame decoded;
  decoded.kind = static_cast<frame::Kind>(kind);
  decoded.mode = static_cast<PublicationMode>(mode);
  decoded.picture_time_s = cursor.take_double();
  decoded.from_sequence = cursor.take<std::uint64_t>();
  decoded.to_sequence = cursor.take<std::uint64_t>();
  const auto tracks = cursor.take<std::uint32_t>();
  const auto removed = cursor.take<std::uint32_t>();
  for (std::uint32_t i = 0; i < tracks && !cursor.exhausted(); ++i) decoded.tracks.push_back(take_track(cursor));
  for (std::uint32_t i = 0; i < removed && !cursor.exhausted(); ++i)
    decoded.removed.push_back(cursor.take<std::uint64_t>());
  const auto json_octets = cursor.take<std::uint32_t>();
  if (cursor.exhausted() || cursor.left() < json_octets) return Fault{FaultCode::truncated, cursor.at()};
  if (cursor.left() > json_octets) return Fault{FaultCode::bad_length, cursor.at() + json_octets};
  const auto json = octets.subspan(cursor.at(), json_octets);
  decoded.status_json.reserve(json.size());
  for (const std::byte octet : json) decoded.status_json.push_back(static_cast<char>(octet));
  return decoded;
}

}  // namespace marsad::output
