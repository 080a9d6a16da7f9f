#include "marsad/wire/modes/cpr.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "marsad/base/check.hpp"

namespace marsad::wire::modes::cpr {
namespace {

constexpr std::array<double, 58> kLatitudesDeg{10.470471299968775, 14.828174368687508,
                                               18.186263570714182, 21.029394926029344,
                                               23.545044865571402, 25.829247070588554,
                                               27.938987101219166, 29.91135685731838,
                                               31.77209707681102,  33.539934362985456,
                                               35.228995977964466, 36.85025107593547,
                                               38.412418924123045, 39.92256684333892,
                                               41.386518322602825, 42.809140122435664,
                                               44.19454951419314,  45.54626722660254,
                                               46.867332524987674, 48.160391280966536,
                                               49.42776439255704,  50.67150165553846,
                                               51.89342469168786,  53.09516152796016,
                                               54.27817472272919,  55.4437844449506,
                                               56.59318756205935,  57.72747353866127,
                                               58.84763776148471,  59.954592766940465,
                                               61.04917774246363,  62.132166592103424,
                                               63.20427479381938,  64.2661652256745,
                                               65.31845309682099,  66.36171008382628,
                                               67.39646774084676,  68.4232202208334,
                                               69.44242631144031,  70.45451074987608,
                                               71.4598647302899,   72.45884544728952,
                                               73.4517744166787,   74.43893415725142,
                                               75.42056256653363,  76.39684390794473,
                                               77.36789461328192,  78.33374082922752,
                                               79.29428225456931,  80.24923213280516,
                                               81.19801349271951,  82.13956980510609,
                                               83.07199444719816,  83.99173562980566,
                                               84.89166190702088,  85.75541620944419,
                                               86.53536997512101,  87.0};

constexpr unsigned kTurnBits = 48;  ///< angles are in 2^-48 turns

/// What an encoding differs in. A message holds the low `sent_bits` of the bins of a zone, `bin_bits` wide; that they
/// are fewer for surface makes its zones a quarter of the size for a decoder.
struct Grid {
  unsigned sent_bits;
  unsigned bin_bits;
  unsigned quarters;  ///< zones of a decoder in one of the encoder

  [[nodiscard]] constexpr std::int64_t bins() const { return std::int64_t{1} << sent_bits; }
};
constexpr Grid kAirborne{17, 17, 1};
constexpr Grid kSurface{17, 19, 4};
constexpr Grid kCoarse{12, 12, 1};
constexpr Grid kIntent{14, 14, 1};

/// An angle as a whole number of bins, so many of which make a turn.
struct Bins {
  std::int64_t count;
  std::int64_t per_turn;

  /// One product, exact below 2^53, and one division: the nearest double.
  [[nodiscard]] double degrees() const { return static_cast<double>(360 * count) / static_cast<double>(per_turn); }
  /// The same angle in [-1/2, 1/2) turns.
  [[nodiscard]] Bins wrapped() const {
    std::int64_t within = count;  // never more than two turns
    while (2 * within >= per_turn) within -= per_turn;
    while (2 * within < -per_turn) within += per_turn;
    return {within, per_turn};
  }
  [[nodiscard]] bool beyond_pole() const { return 4 * (count < 0 ? -count : count) > per_turn; }
};

std::int64_t turns_of(double degrees) {
  if (!std::isfinite(degrees)) return 0;
  constexpr double kScale = 0x1p48 / 360.0;
  return std::llrint((std::abs(degrees) <= 360.0 ? degrees : std::remainder(degrees, 360.0)) * kScale);
}

/// The zone of a pair, [0, zones); indices are small (below 2^12).
std::int64_t zone_of(std::int64_t index, std::int64_t zones) {
  const std::int64_t zone = static_cast<std::int32_t>(index) % static_cast<std::int32_t>(zones);
  return zone < 0 ? zone + zones : zone;
}

std::int64_t latitude_zones(bool odd) { return odd ? 59 : 60; }

std::int64_t longitude_zones(const Bins& latitude, bool odd) {
  return std::max(static_cast<std::int64_t>(nl(latitude.degrees())) - (odd ? 1 : 0), std::int64_t{1});
}

/// The bin nearest to an angle in a circle of `zones` zones.
Bins nearest_bin(std::int64_t turns, std::int64_t zones, unsigned bin_bits) {
  const unsigned shift = kTurnBits - bin_bits;
  return {(turns * zones + (std::int64_t{1} << (shift - 1))) >> shift, zones << bin_bits};
}

Encoded encode(const Position& position, bool odd, const Grid& grid) {
  MARSAD_CHECK(std::abs(position.lat_deg) <= 90.0 && std::isfinite(position.lon_deg));
  const Bins lat = nearest_bin(turns_of(position.lat_deg), latitude_zones(odd), grid.bin_bits);
  const Bins lon = nearest_bin(turns_of(position.lon_deg), longitude_zones(lat, odd), grid.bin_bits);
  const auto sent = static_cast<std::uint32_t>(grid.bins() - 1);
  return {static_cast<std::uint32_t>(lat.count) & sent, static_cast<std::uint32_t>(lon.count) & sent, odd};
}

/// The angle nearest to the reference whose place within its zone is `bin`.
Bins nearest_angle(std::uint32_t bin, std::int64_t zones, std::int64_t reference, unsigned sent_bits) {
  const std::int64_t place = static_cast<std::int64_t>(bin) << (kTurnBits - sent_bits);
  const std::int64_t zone = (reference * zones - place + (std::int64_t{1} << (kTurnBits - 1))) >> kTurnBits;
  return {(zone << sent_bits) + bin, zones << sent_bits};
}

std::optional<Position> decode_local(const Encoded& encoded, const Position& reference, const Grid& grid) {
  const Bins lat = nearest_angle(encoded.lat, latitude_zones(encoded.odd) * grid.quarters, turns_of(reference.lat_deg),
                                 grid.sent_bits);
  if (lat.beyond_pole()) return std::nullopt;
  const Bins lon = nearest_angle(encoded.lon, longitude_zones(lat, encoded.odd) * grid.quarters,
                                 turns_of(reference.lon_deg), grid.sent_bits);
  return Position{lat.degrees(), lon.wrapped().degrees()};
}

/// The zone of latitude that only this pair of bins has: j of the standard, of both grids.
std::int64_t latitude_index(const Encoded& even, const Encoded& odd, const Grid& grid) {
  const std::int64_t difference = std::int64_t{59} * even.lat - std::int64_t{60} * odd.lat;
  return (2 * difference + grid.bins()) >> (grid.sent_bits + 1);
}

/// The latitude of one message of a pair, in [0, 360°), or [0, 90°) on the surface.
Bins pair_latitude(std::int64_t index, const Encoded& encoded, const Grid& grid) {
  const std::int64_t zones = latitude_zones(encoded.odd);
  return {(zone_of(index, zones) << grid.sent_bits) + encoded.lat, zones * grid.quarters << grid.sent_bits};
}

/// The longitude of the newest of a pair, whose latitudes both have `zones` = NL zones, from 0° eastwards.
Bins pair_longitude(const Encoded& even, const Encoded& odd, bool odd_is_newest, std::int64_t nl_zones,
                    const Grid& grid) {
  const std::int64_t difference = (nl_zones - 1) * even.lon - nl_zones * odd.lon;
  const std::int64_t index = (2 * difference + grid.bins()) >> (grid.sent_bits + 1);
  const std::int64_t zones = std::max(nl_zones - (odd_is_newest ? 1 : 0), std::int64_t{1});
  const Encoded& newest = odd_is_newest ? odd : even;
  return {(zone_of(index, zones) << grid.sent_bits) + newest.lon, zones * grid.quarters << grid.sent_bits};
}

std::optional<Position> decode_global(const Encoded& even, const Encoded& odd, bool odd_is_newest, const Grid& grid) {
  const std::int64_t index = latitude_index(even, odd, grid);
  const Bins lat_even = pair_latitude(index, even, grid).wrapped();
  const Bins lat_odd = pair_latitude(index, odd, grid).wrapped();
  if (lat_even.beyond_pole() || lat_odd.beyond_pole()) return std::nullopt;
  const unsigned zones = nl(lat_even.degrees());
  if (zones != nl(lat_odd.degrees())) return std::nullopt;
  const Bins lon = pair_longitude(even, odd, odd_is_newest, zones, grid);
  return Position{(odd_is_newest ? lat_odd : lat_even).degrees(), lon.wrapped().degrees()};
}

/// The latitudes of a pair on the surface that lies `quarters` turns to the north of the one in [0, 90°). Next to the
/// equator the two may fall on either side of it: the odd one is that nearest to the even one.
struct PairLatitudes {
  Bins even;
  Bins odd;
};
PairLatitudes surface_latitudes(const Encoded& even, const Encoded& odd, int quarters) {
  const std::int64_t index = latitude_index(even, odd, kSurface);
  const auto moved = [](const Bins& lat, int by) { return Bins{lat.count + by * lat.per_turn / 4, lat.per_turn}; };
  const Bins lat_even = moved(pair_latitude(index, even, kSurface), quarters);
  const Bins lat_odd = moved(pair_latitude(index, odd, kSurface), quarters);
  const double apart_deg = lat_even.degrees() - lat_odd.degrees();
  return {lat_even, moved(lat_odd, apart_deg > 45.0 ? 1 : apart_deg < -45.0 ? -1 : 0)};
}

/// The four longitudes on one hemisphere; nothing if the zones of longitude differ.
std::optional<std::array<Position, 4>> hemisphere(const Encoded& even, const Encoded& odd, bool odd_is_newest,
                                                  const PairLatitudes& lat) {
  if (lat.even.beyond_pole() || lat.odd.beyond_pole()) return std::nullopt;
  const unsigned zones = nl(lat.even.degrees());
  if (zones != nl(lat.odd.degrees())) return std::nullopt;
  const Bins lon = pair_longitude(even, odd, odd_is_newest, zones, kSurface);
  std::array<Position, 4> candidates{};
  for (std::size_t quarter = 0; quarter < candidates.size(); ++quarter) {
    const Bins turned{lon.count + static_cast<std::int64_t>(quarter) * lon.per_turn / 4, lon.per_turn};
    candidates[quarter] = {(odd_is_newest ? lat.odd : lat.even).degrees(), turned.wrapped().degrees()};
  }
  return candidates;
}

}  // namespace

unsigned nl(double lat_deg) noexcept {
  const double distance = std::abs(lat_deg);
  if (distance == kLatitudesDeg.back()) return 2;
  const auto beyond = std::ranges::upper_bound(kLatitudesDeg, distance);
  return 59U - static_cast<unsigned>(beyond - kLatitudesDeg.begin());
}

std::optional<Position> airborne_global(const Encoded& even, const Encoded& odd, bool odd_is_newest) noexcept {
  return decode_global(even, odd, odd_is_newest, kAirborne);
}

std::optional<Position> coarse_global(const Encoded& even, const Encoded& odd, bool odd_is_newest) noexcept {
  return decode_global(even, odd, odd_is_newest, kCoarse);
}

SurfaceCandidates surface_candidates(const Encoded& even, const Encoded& odd, bool odd_is_newest) noexcept {
  return {hemisphere(even, odd, odd_is_newest, surface_latitudes(even, odd, 0)),
          hemisphere(even, odd, odd_is_newest, surface_latitudes(even, odd, -1))};
}

std::optional<Position> surface_global(const Encoded& even, const Encoded& odd, bool odd_is_newest,
                                       const Position& reference) noexcept {
  const PairLatitudes north = surface_latitudes(even, odd, 0);
  const PairLatitudes south = surface_latitudes(even, odd, -1);
  const auto distance_deg = [&](const PairLatitudes& pair) {
    return std::abs((odd_is_newest ? pair.odd : pair.even).degrees() - reference.lat_deg);
  };
  const bool is_north = distance_deg(north) <= distance_deg(south);
  const auto candidates = hemisphere(even, odd, odd_is_newest, is_north ? north : south);
  if (!candidates) return std::nullopt;
  return *std::ranges::min_element(*candidates, {}, [&](const Position& candidate) {
    return std::abs(std::remainder(candidate.lon_deg - reference.lon_deg, 360.0));
  });
}

std::optional<Position> airborne_local(const Encoded& encoded, const Position& reference) noexcept {
  return decode_local(encoded, reference, kAirborne);
}
std::optional<Position> surface_local(const Encoded& encoded, const Position& reference) noexcept {
  return decode_local(encoded, reference, kSurface);
}
std::optional<Position> coarse_local(const Encoded& encoded, const Position& reference) noexcept {
  return decode_local(encoded, reference, kCoarse);
}
std::optional<Position> intent_local(const Encoded& encoded, const Position& reference) noexcept {
  return decode_local(encoded, reference, kIntent);
}

Encoded encode_airborne(const Position& position, bool odd) noexcept { return encode(position, odd, kAirborne); }
Encoded encode_surface(const Position& position, bool odd) noexcept { return encode(position, odd, kSurface); }
Encoded encode_coarse(const Position& position, bool odd) noexcept { return encode(position, odd, kCoarse); }
Encoded encode_intent(const Position& position) noexcept { return encode(position, false, kIntent); }

}  // namespace marsad::wire::modes::cpr
