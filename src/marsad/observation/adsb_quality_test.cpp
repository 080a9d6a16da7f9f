#include "marsad/observation/adsb_quality.hpp"

#include <gtest/gtest.h>

namespace marsad::observation {
namespace {

using units::Length;
using units::Speed;

double sigma_m(const AdsbQuality& quality) { return adsb_position_sigma(quality, Length::metres(30.0)).metres(); }

TEST(AdsbQuality, BetterCategoriesNeverGiveLargerDeviations) {
  for (std::uint8_t category = 1; category < 11; ++category) {
    const auto next = static_cast<std::uint8_t>(category + 1);
    EXPECT_GT(sigma_m({.nacp = category}), sigma_m({.nacp = next})) << "NACp " << int{category};
    EXPECT_GT(sigma_m({.nucp_or_nic = category, .version = 2}), sigma_m({.nucp_or_nic = next, .version = 2}))
        << "NIC " << int{category};
    EXPECT_GT(sigma_m({.pic = category}), sigma_m({.pic = next})) << "PIC " << int{category};
    if (next < 10) {
      EXPECT_GT(sigma_m({.nucp_or_nic = category}), sigma_m({.nucp_or_nic = next})) << "NUCp " << int{category};
    }
  }
}

TEST(AdsbQuality, UnknownAndUndefinedCategoriesAreHonestlyLarge) {
  EXPECT_DOUBLE_EQ(sigma_m({.nacp = 0}), 500.0);
  EXPECT_DOUBLE_EQ(sigma_m({.nacp = 15}), 500.0);
  EXPECT_DOUBLE_EQ(sigma_m({.nucp_or_nic = 0, .nacp = 0, .pic = 0}), 500.0);
  EXPECT_DOUBLE_EQ(sigma_m({}), 30.0);
}

TEST(AdsbQuality, ANavigationAccuracyOutranksIntegrity) {
  EXPECT_DOUBLE_EQ(sigma_m({.nucp_or_nic = 8, .nacp = 10, .pic = 11, .version = 2}), sigma_m({.nacp = 10}));
  EXPECT_DOUBLE_EQ(sigma_m({.nucp_or_nic = 8, .nacp = 0, .pic = 13, .version = 2}), sigma_m({.pic = 13}));
}

TEST(AdsbQuality, VelocityCategoriesMeanMetresPerSecond) {
  const auto sigma = [](const AdsbQuality& quality) {
    return adsb_velocity_sigma(quality, Speed::metres_per_second(1.5)).metres_per_second();
  };
  EXPECT_NEAR(sigma({.nucr_or_nacv = 2}), 3.0 / 2.4477, 1e-3);
  EXPECT_DOUBLE_EQ(sigma({.nucr_or_nacv = 0}), 10.0);
  EXPECT_DOUBLE_EQ(sigma({.nucr_or_nacv = 7}), 10.0);
  EXPECT_DOUBLE_EQ(sigma({}), 1.5);
}

}  // namespace
}  // namespace marsad::observation
