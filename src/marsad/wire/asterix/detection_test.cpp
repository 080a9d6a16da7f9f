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
Octets adsb_block(const Edition& edition, int number, std::uint8_t sic = 5) {
  RecordBuilder builder(edition);
  builder.set_raw(cat021::I010_SAC, 20);
  builder.set_raw(cat021::I010_SIC, sic);
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

TEST(Detection, TellsSourcesOfDifferentEditionsApart) {
  const Edition& old = *find_edition(21, "0.23");
  const Edition& recent = *find_edition(21, "2.4");
  EditionDetector detector;
  for (int i = 0; i < 60; ++i) {
    detector.observe(adsb_block(old, i, 1));
    if (i % 3 == 0) detector.observe(adsb_block(recent, i, 2));
  }
  const EditionSet set = detector.editions(EditionSet::defaults());
  EXPECT_EQ(set.of(21, DataSource{20, 1})->name(), "0.23");
  EXPECT_EQ(set.of(21, DataSource{20, 2}), EditionSet::defaults().of(21));
  const auto findings = detector.source_findings();
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].source, (DataSource{20, 1}));
  EXPECT_EQ(findings[0].best.blocks, 60U);
  EXPECT_GT(findings[0].sureness, 0.999);
  EXPECT_TRUE(findings[1].explained);
  EXPECT_GT(findings[1].alike.size(), 1U);  // these reports use nothing that 2.x editions differ in
  EXPECT_TRUE(mismatches(detector, set).empty());
}

TEST(Detection, SaysWhichSourceTheEditionInForceMisreads) {
  const Edition& old = *find_edition(21, "0.23");
  EditionDetector detector;
  for (int i = 0; i < 20; ++i) detector.observe(adsb_block(old, i, 1));
  const auto found = mismatches(detector, EditionSet::defaults());
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(found[0].explained_by_another);
  EXPECT_EQ(found[0].finding.best.edition, &old);
  EXPECT_EQ(found[0].used, EditionSet::defaults().of(21));
  EXPECT_LT(found[0].of_used->sureness, 0.01);
  EditionSet told = EditionSet::defaults();
  told.choose(21, DataSource{20, 1}, old);
  EXPECT_TRUE(mismatches(detector, told).empty());
}

TEST(Detection, OneBlockIsLessSureThanManyAndDamageDoesNotDecide) {
  const Edition& old = *find_edition(21, "0.23");
  EditionDetector one, many, damaged;
  one.observe(adsb_block(old, 0));
  for (int i = 0; i < 50; ++i) {
    many.observe(adsb_block(old, i));
    Octets block = adsb_block(old, i);
    if (i % 10 == 0) block.back() = std::byte{0}, block[3] = std::byte{0xFF};
    damaged.observe(block);
  }
  EXPECT_LT(one.findings()[0].sureness, many.findings()[0].sureness);
  EXPECT_GT(one.findings()[0].sureness, 0.5);
  EXPECT_TRUE(damaged.findings()[0].explained);
  EXPECT_EQ(damaged.findings()[0].best.edition, &old);
}

TEST(Detection, BoundsTheSourcesThatItRemembers) {
  const Edition& edition = *latest_edition(21);
  EditionDetector detector;
  for (int i = 0; i < 3000; ++i) {
    Octets block = adsb_block(edition, 1);
    const auto source = peek_source(21, std::span(block).subspan(3));
    ASSERT_EQ(source, (DataSource{20, 5}));
    block[5] = static_cast<std::byte>(i / 250);
    block[6] = static_cast<std::byte>(i % 250);
    detector.observe(block);
  }
  EXPECT_LE(detector.source_findings().size(), EditionDetector::kMostSources + 1);
  EXPECT_EQ(detector.findings()[0].best.blocks, EditionDetector::kMostSources + 1000);
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
  EXPECT_FALSE(detector.findings()[0].explained);
}

TEST(Detection, PassesOverWhatIsNoBlock) {
  EditionDetector detector;
  detector.observe(Octets(2));
  detector.observe(Octets(200));
  EXPECT_TRUE(detector.findings().empty());
}

}  // namespace
}  // namespace marsad::wire::asterix
