#include "marsad/wire/modes/cpr.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "marsad/base/random.hpp"

namespace marsad::wire::modes::cpr {
namespace {

constexpr double kNmPerDegree = 60.0;

/// The formula of the standard, in place of the table.
unsigned slow_nl(double lat_deg) {
  if (std::abs(lat_deg) == 87.0) return 2;
  if (std::abs(lat_deg) > 87.0) return 1;
  const double across = std::cos(lat_deg * std::numbers::pi / 180.0);
  const double ratio = 1.0 - (1.0 - std::cos(std::numbers::pi / 30.0)) / (across * across);
  return static_cast<unsigned>(std::floor(2.0 * std::numbers::pi / std::acos(ratio)));
}

TEST(ZonesOfLongitude, AreThoseOfTheFormula) {
  base::Random random(1);
  for (int i = 0; i < 20'000; ++i) {
    const double lat_deg = random.uniform(-90.0, 90.0);
    ASSERT_EQ(nl(lat_deg), slow_nl(lat_deg)) << lat_deg;
  }
  EXPECT_EQ(nl(0.0), 59U);
  EXPECT_EQ(nl(-87.0), 2U);
  EXPECT_EQ(nl(87.0 + 1e-12), 1U);
  EXPECT_EQ(nl(-90.0), 1U);
}

Position random_position(base::Random& random, double greatest_lat_deg) {
  return {random.uniform(-greatest_lat_deg, greatest_lat_deg), random.uniform(-180.0, 180.0)};
}

double lon_apart_deg(double one, double other) { return std::abs(std::remainder(one - other, 360.0)); }

/// Half a bin, in zones of latitude of `lat_zone_deg` and with as many zones of longitude as the latitude has.
void expect_near(const Position& decoded, const Position& truth, double lat_zone_deg, double circle_deg, double bins) {
  const double zones = std::max(1.0, nl(decoded.lat_deg) - 1.0);
  EXPECT_LE(std::abs(decoded.lat_deg - truth.lat_deg), 0.5 * lat_zone_deg / bins + 1e-12);
  EXPECT_LE(lon_apart_deg(decoded.lon_deg, truth.lon_deg), 0.5 * circle_deg / zones / bins + 1e-12);
  EXPECT_GE(decoded.lon_deg, -180.0);
  EXPECT_LT(decoded.lon_deg, 180.0);
}

TEST(AirbornePair, GivesTheEncodedPlace) {
  base::Random random(2);
  int decoded_pairs = 0;
  for (int i = 0; i < 20'000; ++i) {
    const Position truth = random_position(random, 89.9);
    const Encoded even = encode_airborne(truth, false);
    const Encoded odd = encode_airborne(truth, true);
    for (const bool odd_is_newest : {false, true}) {
      const auto decoded = airborne_global(even, odd, odd_is_newest);
      if (!decoded) continue;  // next to a border of zones: the two bins lie on different sides
      ++decoded_pairs;
      expect_near(*decoded, truth, 360.0 / 59.0, 360.0, 0x1p17);
    }
  }
  EXPECT_GT(decoded_pairs, 39'900);
}

TEST(AirbornePair, AcrossABorderOfZonesIsRefused) {
  constexpr double kBorderDeg = 10.470471299968775;
  const Encoded even = encode_airborne({kBorderDeg - 0.001, 20.0}, false);
  const Encoded odd = encode_airborne({kBorderDeg + 0.001, 20.0}, true);
  EXPECT_FALSE(airborne_global(even, odd, true).has_value());
  EXPECT_FALSE(airborne_global(even, odd, false).has_value());
}

TEST(AirbornePair, BeyondAPoleIsRefused) {
  base::Random random(3);
  int refused = 0;
  for (int i = 0; i < 20'000; ++i) {
    const auto bin = [&] { return static_cast<std::uint32_t>(random.below(1U << 17U)); };
    const auto decoded = airborne_global({bin(), bin(), false}, {bin(), bin(), true}, i % 2 == 0);
    refused += decoded ? 0 : 1;
    if (!decoded) continue;
    ASSERT_LE(std::abs(decoded->lat_deg), 90.0);
    ASSERT_LE(std::abs(decoded->lon_deg), 180.0);
  }
  EXPECT_GT(refused, 9'000) << "half of all pairs of bins at random lie beyond a pole";
}

TEST(AirbornePair, WorksAtTheEquatorTheDateLineAndThePoles) {
  for (const Position truth :
       {Position{0.0, 0.0}, Position{1e-6, 179.9999}, Position{-1e-6, -180.0}, Position{5.0, 180.0},
        Position{89.99, 10.0}, Position{-89.99, -170.0}, Position{87.5, 0.0}}) {
    const auto decoded = airborne_global(encode_airborne(truth, false), encode_airborne(truth, true), true);
    ASSERT_TRUE(decoded.has_value()) << truth.lat_deg;
    expect_near(*decoded, truth, 360.0 / 59.0, 360.0, 0x1p17);
  }
}

TEST(AirborneReference, GivesTheEncodedPlaceWithin180Nm) {
  base::Random random(4);
  for (int i = 0; i < 20'000; ++i) {
    const Position truth = random_position(random, 86.0);
    const double away_nm = random.uniform(0.0, 175.0);
    const double direction = random.uniform(0.0, 2.0 * std::numbers::pi);
    const double north_deg = away_nm / kNmPerDegree * std::cos(direction);
    const double lat_deg = truth.lat_deg + north_deg;
    const double across = std::cos(std::max(std::abs(truth.lat_deg), std::abs(lat_deg)) * std::numbers::pi / 180.0);
    const Position reference{lat_deg, truth.lon_deg + away_nm / kNmPerDegree * std::sin(direction) * across};
    const auto decoded = airborne_local(encode_airborne(truth, i % 2 != 0), reference);
    ASSERT_TRUE(decoded.has_value());
    expect_near(*decoded, truth, 6.1017, 360.0, 0x1p17);
  }
}

TEST(AirborneReference, FartherThanHalfAZoneGivesAnotherPlace) {
  const Position truth{60.0, 19.0};
  const auto decoded = airborne_local(encode_airborne(truth, false), {60.3, 26.0});
  ASSERT_TRUE(decoded.has_value());
  EXPECT_NEAR(decoded->lat_deg, truth.lat_deg, 1e-4);
  EXPECT_GT(std::abs(decoded->lon_deg - truth.lon_deg), 10.0) << "one zone of longitude to the east";
}

TEST(AirborneReference, MayLieOnTheOtherSideOfTheDateLine) {
  const Position truth{10.0, 179.99};
  const auto decoded = airborne_local(encode_airborne(truth, true), {10.1, -179.9});
  ASSERT_TRUE(decoded.has_value());
  expect_near(*decoded, truth, 6.1017, 360.0, 0x1p17);
  const auto turned = airborne_local(encode_airborne(truth, true), {10.1, 180.1 + 720.0});
  EXPECT_EQ(turned, decoded);
}

TEST(SurfacePair, GivesTheEncodedPlaceNearAReference) {
  base::Random random(5);
  int decoded_pairs = 0;
  for (int i = 0; i < 20'000; ++i) {
    const Position truth = random_position(random, 80.0);
    const Position reference{truth.lat_deg + random.uniform(-0.7, 0.7), truth.lon_deg + random.uniform(-0.7, 0.7)};
    const Encoded even = encode_surface(truth, false);
    const Encoded odd = encode_surface(truth, true);
    const auto decoded = surface_global(even, odd, i % 2 != 0, reference);
    if (!decoded) continue;
    ++decoded_pairs;
    expect_near(*decoded, truth, 90.0 / 59.0, 90.0, 0x1p17);
    const auto near = surface_local(i % 2 != 0 ? odd : even, reference);
    EXPECT_EQ(near, decoded);
  }
  EXPECT_GT(decoded_pairs, 19'900);
}

TEST(SurfacePair, HasFourPlacesOnEachHemisphere) {
  const Position truth{51.47, -0.46};  // a taxiway at Heathrow
  const auto all = surface_candidates(encode_surface(truth, false), encode_surface(truth, true), true);
  ASSERT_TRUE(all.north.has_value());
  EXPECT_NEAR((*all.north)[0].lon_deg, 89.54, 1e-4);
  EXPECT_NEAR((*all.north)[1].lon_deg, 179.54, 1e-4);
  EXPECT_NEAR((*all.north)[2].lon_deg, -90.46, 1e-4);
  EXPECT_NEAR((*all.north)[3].lon_deg, -0.46, 1e-4);
  if (all.south) {
    EXPECT_NEAR((*all.south)[0].lat_deg, 51.47 - 90.0, 1e-4);
  }
}

TEST(SurfacePair, WorksOnBothSidesOfTheEquator) {
  for (const double lat_deg : {-4e-6, 0.0, 4e-6}) {
    const Position truth{lat_deg, 32.44};
    const auto decoded = surface_global(encode_surface(truth, false), encode_surface(truth, true), true, {0.04, 32.4});
    ASSERT_TRUE(decoded.has_value()) << lat_deg;
    expect_near(*decoded, truth, 90.0 / 59.0, 90.0, 0x1p17);
  }
}

TEST(CoarseAndIntent, GiveTheEncodedPlaceToTheirBins) {
  base::Random random(6);
  for (int i = 0; i < 5'000; ++i) {
    const Position truth = random_position(random, 85.0);
    const Position reference{truth.lat_deg + 1.0, truth.lon_deg + 1.0};
    const auto coarse = coarse_local(encode_coarse(truth, i % 2 != 0), reference);
    ASSERT_TRUE(coarse.has_value());
    expect_near(*coarse, truth, 360.0 / 59.0, 360.0, 0x1p12);
    const auto intent = intent_local(encode_intent(truth), reference);
    ASSERT_TRUE(intent.has_value());
    expect_near(*intent, truth, 6.0, 360.0, 0x1p14);
    const auto pair = coarse_global(encode_coarse(truth, false), encode_coarse(truth, true), true);
    if (pair) expect_near(*pair, truth, 360.0 / 59.0, 360.0, 0x1p12);
  }
}

TEST(Encoding, OfADecodedPlaceIsTheSameBins) {
  base::Random random(7);
  for (int i = 0; i < 20'000; ++i) {
    const Position truth = random_position(random, 89.0);
    const bool odd = i % 2 != 0;
    const Encoded airborne = encode_airborne(truth, odd);
    EXPECT_EQ(encode_airborne(*airborne_local(airborne, truth), odd), airborne);
    const Encoded surface = encode_surface(truth, odd);
    EXPECT_EQ(encode_surface(*surface_local(surface, truth), odd), surface);
  }
}

}  // namespace
}  // namespace marsad::wire::modes::cpr
