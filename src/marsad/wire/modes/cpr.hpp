#pragma once

#include <array>
#include <cstdint>
#include <optional>

/// Compact position reporting: a position as its place within a zone of latitude and of longitude, in two grids (even
/// and odd) whose zones differ in size. One of each tells the zones (global decoding); one of them and a reference that
/// is near enough, too (local decoding).
///
/// The encodings differ in their bits and in the zones. Zones of latitude: 60 even, 59 odd, of the circle for airborne,
/// coarse and intent; of a quarter of it for surface.
///
///     airborne  17 bits, zones of  6°  latitude, step   5.1 m   ambiguous beyond 180 NM
///     surface   17 bits, zones of 1.5° latitude, step   1.3 m   ambiguous beyond 45 NM
///     coarse    12 bits, zones of  6°  latitude, step 163   m   TIS-B
///     intent    14 bits, zones of  6°  latitude, step  41   m   one grid only (even)
///
/// Latitudes are degrees north, longitudes degrees east, WGS-84; results lie in [-90, 90] and [-180, 180). Everything
/// is reckoned in whole numbers of zones and bins, so a result is the exact centre of its bin, rounded once to double.
/// Inputs are rounded to 2^-48 turns (0.14 µm). References are taken modulo 360° and must be finite.
///
/// Source: RTCA DO-260B, A.1.7 (ICAO Doc 9871, C.2.6); L. Titolo, M. Moscato, C. Muñoz, A. Dutle, F. Bobot, "A
/// formally verified floating-point implementation of the compact position reporting algorithm", FM 2018.
namespace marsad::wire::modes::cpr {

/// One encoded position: the bins within the zones, and which grid.
struct Encoded {
  std::uint32_t lat = 0;  ///< YZ
  std::uint32_t lon = 0;  ///< XZ
  bool odd = false;       ///< the format bit F

  friend constexpr bool operator==(const Encoded&, const Encoded&) = default;
};

struct Position {
  double lat_deg = 0.0;
  double lon_deg = 0.0;

  friend constexpr bool operator==(const Position&, const Position&) = default;
};

/// The number of zones of longitude at a latitude: 59 at the equator, 1 beyond 87°, 2 at 87° itself.
[[nodiscard]] unsigned nl(double lat_deg) noexcept;

/// The position of the newest of an even and an odd message of one target. Nothing if the two lie in different zones of
/// longitude (the target has crossed a border, or the pair is no pair) or the latitude lies beyond a pole. The caller
/// sees to it that they belong together: same target, at most 10 s apart (surface: 25 s at over 25 kt, else 50 s), of
/// the same kind.
[[nodiscard]] std::optional<Position> airborne_global(const Encoded& even, const Encoded& odd,
                                                      bool odd_is_newest) noexcept;
[[nodiscard]] std::optional<Position> coarse_global(const Encoded& even, const Encoded& odd,
                                                    bool odd_is_newest) noexcept;

/// Of the eight positions that a pair on the surface may mean (four longitudes 90° apart, on either hemisphere), the
/// one nearest to the reference, which must be within 45 NM for that to be the right one.
[[nodiscard]] std::optional<Position> surface_global(const Encoded& even, const Encoded& odd, bool odd_is_newest,
                                                     const Position& reference) noexcept;
/// All four longitudes on the northern hemisphere, [0, 90) first, then eastwards; the southern ones are 90° to the
/// south of these. A hemisphere may lie in different zones of longitude for the two messages while the other does not.
struct SurfaceCandidates {
  std::optional<std::array<Position, 4>> north;
  std::optional<std::array<Position, 4>> south;
};
[[nodiscard]] SurfaceCandidates surface_candidates(const Encoded& even, const Encoded& odd,
                                                   bool odd_is_newest) noexcept;

/// The position nearest to the reference: the right one if that is within half a zone (airborne 180 NM, surface 45 NM).
/// Nothing if the latitude lies beyond a pole.
[[nodiscard]] std::optional<Position> airborne_local(const Encoded& encoded, const Position& reference) noexcept;
[[nodiscard]] std::optional<Position> surface_local(const Encoded& encoded, const Position& reference) noexcept;
[[nodiscard]] std::optional<Position> coarse_local(const Encoded& encoded, const Position& reference) noexcept;
[[nodiscard]] std::optional<Position> intent_local(const Encoded& encoded, const Position& reference) noexcept;

/// The bins of a position; a latitude beyond ±90° is an error of the caller's.
[[nodiscard]] Encoded encode_airborne(const Position& position, bool odd) noexcept;
[[nodiscard]] Encoded encode_surface(const Position& position, bool odd) noexcept;
[[nodiscard]] Encoded encode_coarse(const Position& position, bool odd) noexcept;
[[nodiscard]] Encoded encode_intent(const Position& position) noexcept;

}  // namespace marsad::wire::modes::cpr
