// Vectors that others have verified: NASA's for compact position reporting (32-bit angles, 2^32 to the turn, from the
// formally proven implementations), and a table of every altitude that Gillham's code has.

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

#include "marsad/wire/modes/altitude.hpp"
#include "marsad/wire/modes/cpr.hpp"
#include "shared_folder.hpp"

namespace marsad::wire::modes {
namespace {

using Row = std::vector<std::string>;

std::filesystem::path modes_folder() { return marsad::shared_folder() / "data/modes"; }

std::vector<Row> rows_of(const std::filesystem::path& path) {
  std::vector<Row> rows;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
    if (line.empty()) continue;
    Row row;
    std::istringstream fields(line);
    for (std::string field; std::getline(fields, field, ',');) row.push_back(field);
    rows.push_back(row);
  }
  return rows;
}

std::uint32_t hex(const std::string& text) { return static_cast<std::uint32_t>(std::stoul(text, nullptr, 16)); }

/// A 32-bit angle in degrees, exactly, and the nearest such angle.
double degrees(const std::string& angle) { return static_cast<std::int32_t>(hex(angle)) * 360.0 / 0x1p32; }
std::uint32_t angle(double deg) { return static_cast<std::uint32_t>(std::llround(deg / 360.0 * 0x1p32)); }

cpr::Position position(const Row& row, std::size_t lat) { return {degrees(row[lat]), degrees(row[lat + 1])}; }
cpr::Encoded encoded(const Row& row, std::size_t lat, bool odd) { return {hex(row[lat]), hex(row[lat + 1]), odd}; }

void expect_angles(const cpr::Position& decoded, const Row& row, std::size_t lat) {
  EXPECT_EQ(angle(decoded.lat_deg), hex(row[lat]));
  EXPECT_EQ(angle(decoded.lon_deg), hex(row[lat + 1]));
}

class ModesVectors : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(modes_folder() / "cpr_vectors/nasa_cpr"))
      GTEST_SKIP() << "no vectors in " << modes_folder();
  }

  /// Runs `check` on each row of the file of NASA's that ends like this.
  static void each_row(const std::string& name, std::size_t expected_rows,
                       const std::function<void(const Row&)>& check) {
    SCOPED_TRACE(name);
    const auto rows = rows_of(modes_folder() / "cpr_vectors/nasa_cpr" / name);
    EXPECT_EQ(rows.size(), expected_rows);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      SCOPED_TRACE("row " + std::to_string(i + 1));
      check(rows[i]);
    }
  }
};

constexpr const char* kAirborne = "fixed-point__airborne__benchmarks__";
constexpr const char* kSurface = "fixed-point__surface__benchmarks__";
constexpr const char* kCoarse = "fixed-point__coarse__benchmarks__";
constexpr const char* kIntent = "fixed-point__intent__benchmarks__";

template <class Encode>
std::function<void(const Row&)> encoding(Encode encode) {
  return [encode](const Row& row) {
    const bool odd = row[0] == "1";
    EXPECT_EQ(encode(position(row, 1), odd), encoded(row, 3, odd));
  };
}

TEST_F(ModesVectors, AreEncodedToTheSameBins) {
  each_row(kAirborne + std::string("encoding__MOPS-table-2-139.csv"), 284, encoding(cpr::encode_airborne));
  each_row(kAirborne + std::string("encoding__t6-3awb.csv"), 232, encoding(cpr::encode_airborne));
  each_row(kAirborne + std::string("encoding__t6-4awb.csv"), 232, encoding(cpr::encode_airborne));
  each_row(kSurface + std::string("encoding__MOPS-table-2-141.csv"), 284, encoding(cpr::encode_surface));
  each_row(kSurface + std::string("encoding__t6-1awb.csv"), 232, encoding(cpr::encode_surface));
  each_row(kSurface + std::string("encoding__t6-2awb.csv"), 232, encoding(cpr::encode_surface));
  each_row(kCoarse + std::string("encoding__t6-5awb.csv"), 232, encoding(cpr::encode_coarse));
  each_row(kCoarse + std::string("encoding__t6-6awb.csv"), 232, encoding(cpr::encode_coarse));
  each_row(kIntent + std::string("encoding__intent_encoded_positions.csv"), 232,
           [](const Row& row) { EXPECT_EQ(cpr::encode_intent(position(row, 0)), encoded(row, 2, false)); });
}

TEST_F(ModesVectors, ChangeTheirZonesOfLongitudeWhereTheStandardSays) {
  each_row(kSurface + std::string("encoding__MOPS-table-2-140.csv"), 58, [](const Row& row) {
    constexpr double kLonDeg = 45.0;
    EXPECT_EQ(cpr::encode_surface({degrees(row[1]), kLonDeg}, false), encoded(row, 4, false));
    EXPECT_EQ(cpr::encode_surface({degrees(row[3]), kLonDeg}, false), encoded(row, 6, false));
  });
}

template <class Decode>
std::function<void(const Row&)> global(Decode decode) {
  return [decode](const Row& row) {
    for (const bool odd_is_newest : {false, true}) {
      const auto decoded = decode(encoded(row, 2, false), encoded(row, 6, true), odd_is_newest);
      ASSERT_TRUE(decoded.has_value());
      expect_angles(*decoded, row, odd_is_newest ? 11 : 9);
    }
  };
}

/// The vectors give latitude and longitude modulo 90°, of the hemisphere in which the position lies.
void surface_global_row(const Row& row) {
  for (const bool odd_is_newest : {false, true}) {
    const auto all = cpr::surface_candidates(encoded(row, 2, false), encoded(row, 6, true), odd_is_newest);
    const bool is_south = position(row, odd_is_newest ? 4 : 0).lat_deg < 0.0;
    const auto& candidates = is_south ? all.south : all.north;
    ASSERT_TRUE(candidates.has_value());
    const cpr::Position first = (*candidates)[0];
    expect_angles({first.lat_deg + (is_south ? 90.0 : 0.0), first.lon_deg}, row, odd_is_newest ? 11 : 9);
  }
}

TEST_F(ModesVectors, AreDecodedInPairsToTheSamePlaces) {
  const auto file = [](const char* kind, const char* name) { return std::string(kind) + "global-decoding__" + name; };
  each_row(file(kAirborne, "airborne_globally_decoded_gd_random_positions.csv"), 296, global(cpr::airborne_global));
  each_row(file(kAirborne, "airborne_globally_decoded_positions_01.csv"), 232, global(cpr::airborne_global));
  each_row(file(kSurface, "surface_globally_decoded_gd_random_positions.csv"), 83, surface_global_row);
  each_row(file(kSurface, "surface_globally_decoded_positions_01.csv"), 231, surface_global_row);
  each_row(file(kCoarse, "coarse_globally_decoded_gd_random_positions.csv"), 286, global(cpr::coarse_global));
  each_row(file(kCoarse, "coarse_globally_decoded_positions_01.csv"), 58, global(cpr::coarse_global));
}

template <class Decode>
std::function<void(const Row&)> local(Decode decode) {
  return [decode](const Row& row) {
    const auto decoded = decode(encoded(row, 5, row[4] == "1"), position(row, 0));
    ASSERT_TRUE(decoded.has_value());
    expect_angles(*decoded, row, 7);
  };
}

TEST_F(ModesVectors, AreDecodedNearAReferenceToTheSamePlaces) {
  const auto file = [](const char* kind, const char* name) { return std::string(kind) + "local-decoding__" + name; };
  each_row(file(kAirborne, "airborne_locally_decoded_ld_random_positions.csv"), 298, local(cpr::airborne_local));
  each_row(file(kAirborne, "airborne_locally_decoded_positions_01.csv"), 232, local(cpr::airborne_local));
  each_row(file(kSurface, "surface_locally_decoded_ld_random_positions.csv"), 285, local(cpr::surface_local));
  each_row(file(kSurface, "surface_locally_decoded_positions_01.csv"), 232, local(cpr::surface_local));
  each_row(file(kCoarse, "coarse_locally_decoded_ld_random_positions.csv"), 296, local(cpr::coarse_local));
  each_row(file(kCoarse, "coarse_locally_decoded_positions_01.csv"), 116, local(cpr::coarse_local));
  const auto intent = [](const Row& row) {
    const auto decoded = cpr::intent_local(encoded(row, 4, false), position(row, 0));
    ASSERT_TRUE(decoded.has_value());
    expect_angles(*decoded, row, 6);
  };
  each_row(file(kIntent, "intent_locally_decoded_ld_random_positions.csv"), 300, intent);
  each_row(file(kIntent, "intent_locally_decoded_positions.csv"), 116, intent);
}

/// A bin of latitude is 6°/2^17 wide at most; of longitude, 360° in a single zone at most.
void expect_within_half_a_bin(const cpr::Position& decoded, const cpr::Position& truth) {
  constexpr double kHalfLatDeg = 0.5 * 360.0 / 59.0 / 0x1p17;
  const double half_lon_deg = 0.5 * 360.0 / std::max(1.0, cpr::nl(decoded.lat_deg) - 1.0) / 0x1p17;
  EXPECT_NEAR(decoded.lat_deg, truth.lat_deg, kHalfLatDeg + 1e-9);
  EXPECT_NEAR(std::remainder(decoded.lon_deg - truth.lon_deg, 360.0), 0.0, half_lon_deg + 1e-9);
}

TEST_F(ModesVectors, InFloatingPointAreEncodedAlikeAndDecodedWithinHalfABin) {
  const auto place = [](const Row& row, std::size_t lat) {
    return cpr::Position{std::stod(row[lat]), std::stod(row[lat + 1])};
  };
  each_row("floating-point__benchmarks__global-decoding__airb-global-decoding.csv", 232, [&](const Row& row) {
    const cpr::Encoded even = encoded(row, 4, false);
    const cpr::Encoded odd = encoded(row, 10, true);
    EXPECT_EQ(cpr::encode_airborne(place(row, 0), false), even);
    EXPECT_EQ(cpr::encode_airborne(place(row, 6), true), odd);
    for (const bool odd_is_newest : {false, true}) {
      const auto decoded = cpr::airborne_global(even, odd, odd_is_newest);
      ASSERT_TRUE(decoded.has_value());
      expect_within_half_a_bin(*decoded, place(row, odd_is_newest ? 6 : 0));
    }
  });
  each_row("floating-point__benchmarks__local-decoding__airb-local-decoding.csv", 232, [&](const Row& row) {
    const auto decoded = cpr::airborne_local(encoded(row, 9, row[8] == "1"), place(row, 0));
    ASSERT_TRUE(decoded.has_value());
    expect_within_half_a_bin(*decoded, place(row, 4));
  });
}

TEST_F(ModesVectors, OfGillhamsCodeHaveTheSameAltitudes) {
  // ALTITUDE,C1,A1,C2,A2,C4,A4,B1,B2,D2,B4,D4,AC: the pulses in the order of the code, M and Q left out.
  const auto rows = rows_of(modes_folder() / "tables/vrs_GillhamAltitudeTable.csv");
  std::size_t altitudes = 0;
  for (const Row& row : rows) {
    if (row.size() < 12 || row[0].find_first_not_of("-0123456789") != std::string::npos || row[0].empty()) continue;
    unsigned pulses = 0;
    for (std::size_t pulse = 1; pulse <= 11; ++pulse) {
      pulses = pulses << 1U | (row[pulse] == "1" ? 1U : 0U);
      if (pulse == 7) pulses <<= 1U;  // Q
    }
    const auto code = static_cast<std::uint16_t>(pulses);
    EXPECT_EQ(altitude_ft_12(code), std::stod(row[0])) << row[0];
    EXPECT_EQ(altitude_ft_13(with_m_bit(code)), std::stod(row[0])) << row[0];
    EXPECT_EQ(encode_altitude_100_ft_12(std::stod(row[0])), code) << row[0];
    ++altitudes;
  }
  EXPECT_EQ(altitudes, 1280U);
}

}  // namespace
}  // namespace marsad::wire::modes
