#include "marsad/wire/modes/quality.hpp"

#include <gtest/gtest.h>

namespace marsad::wire::modes {
namespace {

constexpr double kNm = 1852.0;

Integrity airborne(unsigned type_code, unsigned version, bool a, bool b) {
  return nic_of(type_code, version, {.a = a, .b = b, .c = false});
}

TEST(Nic, OfVersion2UsesSupplementsAAndBInTheAir) {
  EXPECT_EQ(airborne(9, 2, false, false), (Integrity{11, 7.5}));
  EXPECT_EQ(airborne(10, 2, false, false), (Integrity{10, 25.0}));
  EXPECT_EQ(airborne(11, 2, true, true), (Integrity{9, 75.0}));
  EXPECT_EQ(airborne(11, 2, false, false), (Integrity{8, 0.1 * kNm}));
  EXPECT_EQ(airborne(12, 2, false, false), (Integrity{7, 0.2 * kNm}));
  EXPECT_EQ(airborne(13, 2, false, true), (Integrity{6, 0.3 * kNm}));
  EXPECT_EQ(airborne(13, 2, false, false), (Integrity{6, 0.5 * kNm}));
  EXPECT_EQ(airborne(13, 2, true, true), (Integrity{6, 0.6 * kNm}));
  EXPECT_EQ(airborne(14, 2, false, false), (Integrity{5, kNm}));
  EXPECT_EQ(airborne(15, 2, false, false), (Integrity{4, 2 * kNm}));
  EXPECT_EQ(airborne(16, 2, true, true), (Integrity{3, 4 * kNm}));
  EXPECT_EQ(airborne(16, 2, false, false), (Integrity{2, 8 * kNm}));
  EXPECT_EQ(airborne(17, 2, false, false), (Integrity{1, 20 * kNm}));
  EXPECT_EQ(airborne(18, 2, false, false), (Integrity{0, {}}));
  EXPECT_EQ(airborne(20, 2, false, false), (Integrity{11, 7.5}));
  EXPECT_EQ(airborne(22, 2, false, false), (Integrity{0, {}}));
  EXPECT_EQ(airborne(0, 2, true, true), (Integrity{0, {}}));
}

TEST(Nic, OfVersion2UsesSupplementsAAndCOnTheGround) {
  const auto surface = [](unsigned type_code, bool a, bool c) {
    return nic_of(type_code, 2, {.a = a, .b = {}, .c = c});
  };
  EXPECT_EQ(surface(5, false, false), (Integrity{11, 7.5}));
  EXPECT_EQ(surface(7, true, false), (Integrity{9, 75.0}));
  EXPECT_EQ(surface(7, false, false), (Integrity{8, 0.1 * kNm}));
  EXPECT_EQ(surface(8, true, true), (Integrity{7, 0.2 * kNm}));
  EXPECT_EQ(surface(8, true, false), (Integrity{6, 0.3 * kNm}));
  EXPECT_EQ(surface(8, false, true), (Integrity{6, 0.6 * kNm}));
  EXPECT_EQ(surface(8, false, false), (Integrity{0, {}}));
}

TEST(Nic, TakesTheWorstOfWhatIsNotHeardOrNotDefined) {
  EXPECT_EQ(nic_of(13, 2, {.a = {}, .b = true, .c = {}}), (Integrity{6, 0.6 * kNm}));
  EXPECT_EQ(nic_of(11, 2, {.a = {}, .b = true, .c = {}}), (Integrity{9, 75.0})) << "A=0 with B=1 is not defined";
  EXPECT_EQ(airborne(11, 2, false, true), (Integrity{8, 0.1 * kNm}));
  EXPECT_EQ(airborne(13, 2, true, false), (Integrity{6, 0.6 * kNm}));
  EXPECT_EQ(nic_of(8, 2, {}), (Integrity{0, {}}));
  EXPECT_EQ(nic_of(7, 1, {}), (Integrity{8, 0.1 * kNm}));
}

TEST(Nic, OfVersion1UsesOneSupplement) {
  EXPECT_EQ(airborne(11, 1, true, false), (Integrity{9, 75.0}));
  EXPECT_EQ(airborne(11, 1, false, true), (Integrity{8, 0.1 * kNm})) << "bit 8 is the antenna in version 1";
  EXPECT_EQ(airborne(13, 1, true, false), (Integrity{6, 0.6 * kNm}));
  EXPECT_EQ(airborne(16, 1, true, false), (Integrity{3, 4 * kNm}));
  EXPECT_EQ(airborne(8, 1, true, false), (Integrity{0, {}}));
}

TEST(Nic, OfVersion0StandsForTheNucp) {
  EXPECT_EQ(airborne(11, 0, true, true), (Integrity{8, 0.1 * kNm}));
  EXPECT_EQ(airborne(13, 0, true, true), (Integrity{6, 0.5 * kNm}));
  EXPECT_EQ(airborne(16, 0, false, false), (Integrity{1, 10 * kNm}));
  EXPECT_EQ(airborne(8, 0, false, false), (Integrity{0, {}}));
}

TEST(Nic, NeverGrowsWithTheTypeCodeAndNeverThrows) {
  for (unsigned version = 0; version < 8; ++version)
    for (unsigned type_code = 0; type_code < 40; ++type_code)
      for (unsigned bits = 0; bits < 8; ++bits) {
        const auto integrity =
            nic_of(type_code, version, {(bits & 1U) != 0, (bits & 2U) != 0, (bits & 4U) != 0, bits & 3U});
        EXPECT_LE(integrity.nic, 11);
        EXPECT_EQ(integrity.nic == 0, !integrity.rc_m.has_value()) << type_code;
      }
}

TEST(Nic, OfVersion3UsesSupplementDWithGeometricHeight) {
  const auto height = [](unsigned type_code, std::optional<std::uint8_t> d) {
    return nic_of(type_code, 3, {.a = true, .b = true, .c = true, .d = d});
  };
  EXPECT_EQ(height(20, 3), (Integrity{11, 7.5}));
  EXPECT_EQ(height(20, 0), (Integrity{8, 0.1 * kNm}));
  EXPECT_EQ(height(20, std::nullopt), height(20, 0));
  EXPECT_EQ(height(21, 3), (Integrity{7, 0.2 * kNm}));
  EXPECT_EQ(height(22, 2), (Integrity{5, kNm}));
  EXPECT_EQ(height(22, std::nullopt), (Integrity{0, {}}));
  EXPECT_EQ(nic_of(11, 3, {.a = true, .b = true, .c = {}}), (Integrity{9, 75.0}));
}

TEST(Nucp, HasItsBounds) {
  EXPECT_EQ(nucp_of(9), 9);
  EXPECT_EQ(nucp_of(18), 0);
  EXPECT_EQ(nucp_of(22), 0);
  EXPECT_EQ(nucp_of(31), 0);
  EXPECT_EQ(nucp_containment_m(9), 7.5);
  EXPECT_EQ(nucp_containment_m(5), 0.5 * kNm);
  EXPECT_EQ(nucp_containment_m(0), std::nullopt);
  EXPECT_EQ(nucp_containment_m(10), std::nullopt);
  EXPECT_EQ(nucp_accuracy_m(7), 0.05 * kNm);
  EXPECT_EQ(nac_p_of_version_0(9), 11);
  EXPECT_EQ(nac_p_of_version_0(16), 1);
  EXPECT_EQ(sil_of_version_0(11), 2);
  EXPECT_EQ(sil_of_version_0(18), 0);
  EXPECT_EQ(sil_of_version_0(8), 0) << "no radius, no integrity";
  EXPECT_EQ(sil_of_version_0(19), 0);
}

TEST(Accuracy, HasItsBounds) {
  EXPECT_EQ(nac_p_accuracy_m(11), 3.0);
  EXPECT_EQ(nac_p_accuracy_m(9), 30.0);
  EXPECT_EQ(nac_p_accuracy_m(8), 0.05 * kNm);
  EXPECT_EQ(nac_p_accuracy_m(6), 0.3 * kNm);
  EXPECT_EQ(nac_p_accuracy_m(1), 10 * kNm);
  EXPECT_EQ(nac_p_accuracy_m(0), std::nullopt);
  EXPECT_EQ(nac_p_accuracy_m(12), std::nullopt);
  EXPECT_EQ(nac_v_accuracy_m_s(1), 10.0);
  EXPECT_EQ(nac_v_accuracy_m_s(4), 0.3);
  EXPECT_EQ(nac_v_accuracy_m_s(5), std::nullopt);
  EXPECT_EQ(gva_accuracy_m(2), 45.0);
  EXPECT_EQ(gva_accuracy_m(3), std::nullopt);
  EXPECT_EQ(sil_probability(3), 1e-7);
  EXPECT_EQ(sil_probability(0), std::nullopt);
  EXPECT_EQ(sda_probability(2), 1e-5);
}

}  // namespace
}  // namespace marsad::wire::modes
