#include "marsad/simulation/geography.hpp"

#include <algorithm>
#include <array>

#include "marsad/base/check.hpp"

namespace marsad::simulation {
namespace {

using geo::Geodetic;
using units::Angle;
using units::Length;

constexpr Geodetic at(double latitude_deg, double longitude_deg, double height_m = 0.0) {
  return {Angle::degrees(latitude_deg), Angle::degrees(longitude_deg), Length::metres(height_m)};
}

constexpr Aerodrome field(std::string_view code, Geodetic point, double runway_deg, bool is_domestic, double share) {
  return {code, point, Angle::degrees(runway_deg), is_domestic, share};
}

constexpr std::array kAerodromes{
    field("ORBI", at(33.2625, 44.2346, 35), 154, true, 6.0),     // Baghdad
    field("ORMM", at(30.5491, 47.6621, 3), 144, true, 3.0),      // Basra
    field("ORER", at(36.2376, 43.9632, 409), 180, true, 4.0),    // Erbil
    field("ORSU", at(35.5617, 45.3167, 760), 135, true, 2.0),    // Sulaymaniyah
    field("ORNI", at(31.9900, 44.4040, 31), 105, true, 3.0),     // Najaf
    field("ORKK", at(35.4695, 44.3489, 354), 135, true, 1.0),    // Kirkuk
    field("ORBM", at(36.3058, 43.1474, 219), 155, true, 0.7),    // Mosul
    field("OKBK", at(29.2266, 47.9689, 63), 155, false, 2.0),    // Kuwait
    field("OSDI", at(33.4115, 36.5156, 616), 50, false, 1.0),    // Damascus
    field("OJAI", at(31.7226, 35.9932, 730), 80, false, 2.0),    // Amman
    field("OIIE", at(35.4161, 51.1522, 1007), 110, false, 2.0),  // Tehran
    field("OIAW", at(31.3374, 48.7620, 20), 125, false, 1.0),    // Ahvaz
    field("OICC", at(34.3459, 47.1581, 1313), 110, false, 0.7),  // Kermanshah
    field("OMDB", at(25.2528, 55.3644, 19), 120, false, 4.0),    // Dubai
    field("OTHH", at(25.2731, 51.6081, 4), 155, false, 3.0),     // Doha
    field("OERK", at(24.9576, 46.6988, 625), 155, false, 1.0),   // Riyadh
    field("LTFM", at(41.2753, 28.7519, 99), 170, false, 4.0),    // Istanbul
    field("LTCC", at(37.8939, 40.2010, 686), 160, false, 0.7),   // Diyarbakir
};

constexpr std::array kTrunk{at(38.6, 40.4), at(37.1, 42.4), at(36.0, 43.3), at(34.6, 43.9), at(33.1, 44.7),
                            at(31.6, 46.2), at(30.4, 47.5), at(29.2, 48.9), at(27.9, 50.4)};
constexpr std::array kEastern{at(38.6, 43.4), at(37.2, 44.1), at(36.1, 44.4), at(34.4, 44.95),
                              at(32.6, 45.9), at(30.9, 47.3), at(29.1, 48.6), at(27.6, 49.7)};
constexpr std::array kSouthernCrossing{at(31.9, 37.6), at(32.5, 40.6), at(33.1, 43.4),
                                       at(33.7, 46.2), at(34.3, 48.8), at(34.7, 50.5)};
constexpr std::array kNorthernCrossing{at(34.7, 37.8), at(35.3, 41.1), at(35.6, 44.0), at(35.9, 46.4), at(36.2, 49.6)};
constexpr std::array kDesert{at(29.9, 39.2), at(31.0, 42.6), at(32.1, 45.1), at(32.9, 47.9), at(33.6, 50.1)};
constexpr std::array kMeridian{at(27.9, 44.9), at(30.2, 44.9), at(32.2, 44.6),
                               at(34.2, 43.8), at(36.2, 43.0), at(38.3, 42.2)};
constexpr std::array kWestern{at(37.9, 41.1), at(35.9, 41.9), at(33.8, 42.2),
                              at(31.9, 42.5), at(29.7, 43.3), at(28.1, 44.0)};

constexpr std::array kAirways{Airway{"trunk", kTrunk},
                              Airway{"eastern", kEastern},
                              Airway{"southern crossing", kSouthernCrossing},
                              Airway{"northern crossing", kNorthernCrossing},
                              Airway{"desert", kDesert},
                              Airway{"meridian", kMeridian},
                              Airway{"western", kWestern}};

constexpr std::array kBorder{at(37.15, 44.78), at(36.68, 45.05), at(36.38, 45.25), at(36.00, 45.35), at(35.80, 45.72),
                             at(35.62, 46.00), at(35.40, 46.12), at(35.10, 46.18), at(34.90, 45.88), at(34.51, 45.52),
                             at(33.95, 45.45), at(33.60, 45.90), at(33.05, 46.10), at(32.60, 46.80), at(32.00, 47.80),
                             at(31.00, 47.70), at(30.49, 48.02), at(29.93, 48.55)};

constexpr std::array kIntruder{at(35.44, 46.30), at(35.36, 46.02), at(35.20, 45.62), at(35.02, 45.30), at(34.80, 45.05),
                               at(34.62, 45.22), at(34.72, 45.60), at(34.80, 45.95), at(34.86, 46.20)};

}  // namespace

std::span<const Aerodrome> aerodromes() noexcept { return kAerodromes; }

const Aerodrome& aerodrome(std::string_view icao_code) noexcept {
  const auto* const found = std::find_if(kAerodromes.begin(), kAerodromes.end(),
                                         [icao_code](const Aerodrome& a) { return a.icao_code == icao_code; });
  MARSAD_CHECK(found != kAerodromes.end());
  return *found;
}

std::span<const Airway> airways() noexcept { return kAirways; }
std::span<const Geodetic> border_line() noexcept { return kBorder; }
std::span<const Geodetic> intruder_points() noexcept { return kIntruder; }
Geodetic scene_centre() noexcept { return at(33.3, 44.2); }

}  // namespace marsad::simulation
