#include "marsad/wire/asterix/edition_watch.hpp"

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

#include "marsad/wire/asterix/builder.hpp"
#include "marsad/wire/asterix/fields/cat021.hpp"

namespace marsad::wire::asterix {
namespace {

using units::UtcTime;

std::vector<std::byte> report(std::string_view edition, int number) {
  RecordBuilder builder(*find_edition(21, edition));
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

/// Feeds one report a second for so long; what was told.
std::vector<EditionMismatch> feed(EditionWatch& watch, std::string_view edition, int from_s, int to_s) {
  std::vector<EditionMismatch> all;
  for (int second = from_s; second < to_s; ++second)
    for (EditionMismatch& one : watch.take(report(edition, second), UtcTime::seconds_since_epoch(second)))
      all.push_back(std::move(one));
  return all;
}

TEST(EditionWatch, TellsOnceOfASourceThatAnotherEditionExplains) {
  EditionWatch watch(EditionSet::defaults());
  const auto told = feed(watch, "0.23", 0, 300);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_TRUE(told[0].explained_by_another);
  EXPECT_EQ(told[0].finding.best.edition->name(), "0.23");
}

TEST(EditionWatch, IsSilentWhileAllIsReadRight) {
  EditionSet set = EditionSet::defaults();
  set.choose(21, DataSource{20, 5}, *find_edition(21, "0.23"));
  EditionWatch watch(set);
  EXPECT_TRUE(feed(watch, "0.23", 0, 200).empty());
}

TEST(EditionWatch, NoticesThatASensorWasGivenAnotherEdition) {
  EditionWatch watch(EditionSet::defaults());
  EXPECT_TRUE(feed(watch, "2.4", 0, 1000).empty());
  EXPECT_EQ(feed(watch, "0.23", 1000, 1100).size(), 1U);
}

TEST(EditionWatch, TellsOfWhatNoEditionExplains) {
  EditionWatch watch(EditionSet::defaults());
  std::vector<std::byte> rubbish = report("2.4", 1);
  rubbish.resize(9);
  rubbish[2] = std::byte{9};
  std::vector<EditionMismatch> told;
  for (int second = 0; second < 60; ++second)
    for (EditionMismatch& one : watch.take(rubbish, UtcTime::seconds_since_epoch(second)))
      told.push_back(std::move(one));
  ASSERT_EQ(told.size(), 1U);
  EXPECT_FALSE(told[0].explained_by_another);
}

}  // namespace
}  // namespace marsad::wire::asterix
