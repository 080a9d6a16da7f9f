#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "marsad/base/result.hpp"
#include "marsad/output/publication_status.hpp"
#include "marsad/picture/air_picture.hpp"

namespace marsad::output {

/// The binary frame of the web page: one WebSocket message per picture, little-endian, version 1. The layout is written
/// down for other programs in docs/web-protocol.md; these constants are its only copy in C++.
namespace frame {

inline constexpr std::array<std::uint8_t, 4> kMagic{'M', 'S', 'D', '1'};
inline constexpr std::size_t kHeaderOctets = 40;
inline constexpr std::size_t kTrackOctets = 92;  ///< without its contributions
inline constexpr std::size_t kContributionOctets = 12;
inline constexpr std::size_t kRemovedOctets = 8;

enum class Kind : std::uint8_t { snapshot = 0, delta = 1 };

/// Bits of a track's flags.
inline constexpr std::uint8_t kHeightIsGeometric = 1, kOnGround = 2, kSimulated = 4, kPrimaryOnly = 8, kSpi = 16,
                              kHasPressureAltitude = 32, kHasVerticalRate = 64;
/// Bits of a track's presence octet.
inline constexpr std::uint8_t kHasAddress = 1, kHasModeA = 2, kHasIdentification = 4;
/// The identity octet, in the order of the seven standard identities. Only these two are used so far.
inline constexpr std::uint8_t kIdentityPending = 0, kIdentityUnknown = 1;

}  // namespace frame

/// Appends to `out` a frame with every track of `picture` that hasn't ended.
void append_snapshot_frame(std::vector<std::byte>& out, const picture::AirPicture& picture,
                           const PublicationStatus& status);

/// Appends to `out` a frame with what `changes` names, for a client that holds the picture `changes.from_sequence`.
/// A track that ended is in the list of the removed and in no other.
void append_delta_frame(std::vector<std::byte>& out, const picture::AirPicture& picture,
                        const picture::ChangeSet& changes, const PublicationStatus& status);

/// A frame taken apart again: the twin by which tests, and programs that check a server, read what the encoder wrote.
/// Raw numbers in the units of the layout.
struct DecodedContribution {
  std::uint16_t sensor = 0;
  std::uint32_t reports = 0;
  float age_s = 0;
};
struct DecodedTrack {
  std::uint64_t id = 0;
  std::uint16_t track_number = 0;
  std::uint8_t state = 0, flags = 0, emergency = 0, identity = 0, presence = 0;
  double latitude_deg = 0, longitude_deg = 0;
  float height_m = 0, east_mps = 0, north_mps = 0, pressure_altitude_ft = 0, vertical_rate_ft_per_min = 0,
        existence = 0;
  float sigma_major_m = 0, sigma_minor_m = 0, orientation_deg = 0;
  double last_update_s = 0;
  std::uint32_t address = 0;
  std::uint16_t mode_a = 0;
  std::array<char, 8> identification{};
  std::vector<DecodedContribution> contributions;
};
struct DecodedFrame {
  frame::Kind kind = frame::Kind::snapshot;
  PublicationMode mode = PublicationMode::live;
  double picture_time_s = 0;
  std::uint64_t from_sequence = 0, to_sequence = 0;
  std::vector<DecodedTrack> tracks;
  std::vector<std::uint64_t> removed;
  std::string status_json;
};

/// Reads one whole frame. Fails, with the octet where, on a wrong magic (unknown_format), an impossible kind or mode
/// (bad_value), an end before the announced counts are through (truncated), and octets after the end (bad_length).
/// Allocates no more than the frame's own size justifies.
base::Result<DecodedFrame> decode_frame(std::span<const std::byte> octets);

}  // namespace marsad::output
