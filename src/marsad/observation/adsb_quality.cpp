#include "marsad/observation/adsb_quality.hpp"

#include <array>
#include <cstddef>
#include <span>

#include "marsad/observation/placement.hpp"

namespace marsad::observation {

using units::Length;
using units::Speed;

namespace {

constexpr double kNm = 1852.0;
constexpr double kUnknown = 0.0;
constexpr Length kUnknownSigma = Length::metres(500.0);
constexpr Speed kUnknownVelocitySigma = Speed::metres_per_second(10.0);

/// Radii of 95 % in metres by category.
constexpr std::array kNacpRadiusM{kUnknown,  10 * kNm,  4 * kNm,    2 * kNm, kNm,  0.5 * kNm,
                                  0.3 * kNm, 0.1 * kNm, 0.05 * kNm, 30.0,    10.0, 3.0};
constexpr std::array kNucpRadiusM{kUnknown,   10 * kNm,  5 * kNm,    kNm,  0.5 * kNm,
                                  0.25 * kNm, 0.1 * kNm, 0.05 * kNm, 10.0, 3.0};
/// Radii of containment in metres by category.
constexpr std::array kNicRadiusM{kUnknown,  20 * kNm,  8 * kNm,   4 * kNm, 2 * kNm, kNm,
                                 0.6 * kNm, 0.2 * kNm, 0.1 * kNm, 75.0,    25.0,    7.5};
constexpr std::array kPicRadiusM{kUnknown,  20 * kNm,  10 * kNm,  8 * kNm,   4 * kNm, 2 * kNm, kNm, 0.6 * kNm,
                                 0.5 * kNm, 0.3 * kNm, 0.2 * kNm, 0.1 * kNm, 75.0,    25.0,    7.5};
constexpr double kContainmentPerRadius95 = 2.0;
constexpr std::array kVelocityRadius{kUnknown, 10.0, 3.0, 1.0, 0.3};

/// 0 for a category that means "unknown" or that the table doesn't define.
double look_up(std::span<const double> table, std::uint8_t category) noexcept {
  return category < table.size() ? table[category] : kUnknown;
}

}  // namespace

Length adsb_position_sigma(const AdsbQuality& quality, Length otherwise) noexcept {
  if (!quality.nucp_or_nic && !quality.nacp && !quality.pic) return otherwise;
  double radius95_m = quality.nacp ? look_up(kNacpRadiusM, *quality.nacp) : kUnknown;
  if (radius95_m == kUnknown && quality.pic) radius95_m = look_up(kPicRadiusM, *quality.pic) / kContainmentPerRadius95;
  if (radius95_m == kUnknown && quality.nucp_or_nic) {
    radius95_m = quality.version == 0 ? look_up(kNucpRadiusM, *quality.nucp_or_nic)
                                      : look_up(kNicRadiusM, *quality.nucp_or_nic) / kContainmentPerRadius95;
  }
  return radius95_m == kUnknown ? kUnknownSigma : Length::metres(radius95_m / kRadius95PerSigma);
}

Speed adsb_velocity_sigma(const AdsbQuality& quality, Speed otherwise) noexcept {
  if (!quality.nucr_or_nacv) return otherwise;
  const double radius95 = look_up(kVelocityRadius, *quality.nucr_or_nacv);
  return radius95 == kUnknown ? kUnknownVelocitySigma : Speed::metres_per_second(radius95 / kRadius95PerSigma);
}

void add_latency(geo::HorizontalCovariance& covariance, const HorizontalVelocity& velocity,
                 units::Duration sigma) noexcept {
  const double east_m = velocity.east.metres_per_second() * sigma.seconds();
  const double north_m = velocity.north.metres_per_second() * sigma.seconds();
  covariance.east_east_m2 += east_m * east_m;
  covariance.east_north_m2 += east_m * north_m;
  covariance.north_north_m2 += north_m * north_m;
}

}  // namespace marsad::observation
