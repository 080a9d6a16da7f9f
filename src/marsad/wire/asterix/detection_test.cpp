#include "marsad/wire/asterix/detection.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "marsad/base/random.hpp"
#include "marsad/wire/asterix/builder.hpp"
#include "marsad/wire/asterix/fields/cat021.hpp"

namespace marsad::wire::asterix {
namespace {

using Octets = std::vector<std::byte>;

/// A block of ADS-B reports, coded in `edition`.
Octets adsb_block(const Edition& edition, int number) {
  RecordBuilder builder(edition);
  builder.set_raw(cat021::I010_SAC, 20);
  builder.set_raw(cat021::I010_SIC, 5);
  builder.set_raw(cat021::I040_ATP, 0);
  builder.set(cat021::I030_VALUE, 40000 + number);
  builder.set(cat021::I071_VALUE, 40000 + number);
  builder.set(cat021::I130_LAT, 33.3 + 0.001 * number);
  builder.set(cat021::I130_LON, 44.4);
  builder.set_raw(cat021::I080_VALUE, 0x710000U + static_cast<unsigned>(number));
  BlockBuilder block(21);
  EXPECT_TRUE(block.add(builder).ok());
  return {block.octets().begin(), block.octets().end()};
}

EditionSet detect(const Edition& edition) {
  EditionDetector detector;
  for (int i = 0; i < 50; ++i) detector.observe(adsb_block(edition, i));
  return detector.editions(EditionSet::defaults());
}

TEST(Detection, TellsTheOldEditionsOfCategory021FromTheNewOnes) {
  EXPECT_EQ(detect(*find_edition(21, "0.23")).of(21)->name(), "0.23");
  EXPECT_EQ(detect(*find_edition(21, "0.26")).of(21)->name().substr(0, 2), "0.");
  EXPECT_EQ(detect(*find_edition(21, "2.4")).of(21), EditionSet::defaults().of(21));
}

TEST(Detection, IsSureWhenOnlyOneLayoutFits) {
  EditionDetector detector;
  for (int i = 0; i < 50; ++i) detector.observe(adsb_block(*find_edition(21, "0.23"), i));
  const auto findings = detector.findings();
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].category, 21);
  EXPECT_EQ(findings[0].best.score, 1.0);
  EXPECT_GT(findings[0].sureness, 0.5);
}

TEST(Detection, NoiseChangesNoEdition) {
  base::Random random(3);
  EditionDetector detector;
  for (int i = 0; i < 100; ++i) {
    Octets noise(60);
    for (std::byte& octet : noise) octet = static_cast<std::byte>(random.bits());
    noise[0] = std::byte{21};
    noise[1] = std::byte{0};
    noise[2] = std::byte{60};
    detector.observe(noise);
  }
  EXPECT_EQ(detector.editions(EditionSet::defaults()).of(21), EditionSet::defaults().of(21));
  ASSERT_EQ(detector.findings().size(), 1U);
  EXPECT_LT(detector.findings()[0].best.score, 0.5);
}

TEST(Detection, PassesOverWhatIsNoBlock) {
  EditionDetector detector;
  detector.observe(Octets(2));
  detector.observe(Octets(200));
  EXPECT_TRUE(detector.findings().empty());
}

}  // namespace
}  // namespace marsad::wire::asterix
