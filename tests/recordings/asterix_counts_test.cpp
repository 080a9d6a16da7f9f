// Every recording that its manifest calls decodable gives the manifest's number of records of each category, in the
// editions that are detected, and what is decoded is encoded to the same octets wherever its encoding is canonical.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "marsad/wire/asterix/builder.hpp"
#include "marsad/wire/asterix/decode.hpp"
#include "marsad/wire/asterix/detection.hpp"
#include "marsad/wire/framing/file_reader.hpp"
#include "shared_folder.hpp"

namespace marsad::wire::asterix {
namespace {

using Counts = std::map<int, std::size_t>;

struct Recording {
  std::string name;
  std::filesystem::path path;
  Counts expected;
};

/// Where the manifest is known to count wrongly, and why.
const std::map<std::string, Counts>& corrections() {
  static const std::map<std::string, Counts> kCorrections{
      // 121 blocks hold a third extent of I019/553, which a reader that ignores extension bits takes for 121 records
      // more.
      {"lebl-160510/cat020_019_mlat_160510-lebl-220001.ast", {{19, 7381}, {20, 69933}}},
      // In edition 0.26 one report, of an aircraft over Lisbon that ends with its block; in 2.x two, one at 216 N.
      {"jasterix/cat021ed0.26.bin", {{21, 1}}},
  };
  return kCorrections;
}

/// "CAT034:20 CAT048:2099"
Counts counts_of(const std::string& text) {
  Counts counts;
  std::istringstream words(text);
  for (std::string word; words >> word;)
    if (word.starts_with("CAT")) counts[std::stoi(word.substr(3, 3))] = std::stoul(word.substr(7));
  return counts;
}

std::filesystem::path recordings_folder() { return marsad::shared_folder() / "data/asterix"; }

std::vector<Recording> recordings() {
  std::vector<Recording> all;
  std::ifstream manifest(recordings_folder() / "MANIFEST.tsv");
  std::string line;
  for (std::getline(manifest, line); std::getline(manifest, line);) {
    std::vector<std::string> columns;
    std::istringstream row(line);
    for (std::string column; std::getline(row, column, '\t');) columns.push_back(column);
    if (columns.size() < 8) continue;
    const auto correction = corrections().find(columns[0]);
    const Counts expected = correction != corrections().end() ? correction->second : counts_of(columns[7]);
    if (!expected.empty()) all.push_back({columns[0], recordings_folder() / columns[0], expected});
  }
  return all;
}

std::vector<std::byte> content_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::vector<char> characters{std::istreambuf_iterator<char>(file), {}};
  std::vector<std::byte> octets(characters.size());
  std::ranges::transform(characters, octets.begin(), [](char character) { return static_cast<std::byte>(character); });
  return octets;
}

template <class OnDatagram>
void each_datagram(std::span<const std::byte> content, OnDatagram&& on_datagram) {
  auto reader = framing::FileReader::open(content);
  ASSERT_TRUE(reader.ok());
  while (const auto datagram = reader->next()) on_datagram(datagram->payload);
}

EditionSet editions_of_content(std::span<const std::byte> content) {
  EditionDetector detector;
  each_datagram(content, [&](std::span<const std::byte> payload) { detector.observe(payload); });
  return detector.editions(EditionSet::defaults());
}

class Recordings : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(recordings_folder() / "MANIFEST.tsv"))
      GTEST_SKIP() << "no recordings in " << recordings_folder();
  }
};

TEST_F(Recordings, GiveTheManifestsNumberOfRecordsOfEachCategory) {
  std::size_t files = 0;
  for (const Recording& recording : recordings()) {
    SCOPED_TRACE(recording.name);
    const auto content = content_of(recording.path);
    const EditionSet set = editions_of_content(content);
    Counts counts;
    each_datagram(content, [&](std::span<const std::byte> payload) {
      decode_datagram(
          payload, set, [&](const RecordView& record) { ++counts[record.category()]; }, [](const DecodeFault&) {});
    });
    EXPECT_EQ(counts, recording.expected);
    ++files;
  }
  EXPECT_GE(files, 35U);
}

TEST_F(Recordings, AnEditionThatNobodyDescribesIsCountedAsDamage) {
  const auto content = content_of(recordings_folder() / "croatiacontrol/asterix.pcap");
  const EditionSet set = editions_of_content(content);
  EXPECT_EQ(set.of(62), EditionSet::defaults().of(62));
  std::size_t faults = 0;
  each_datagram(content, [&](std::span<const std::byte> payload) {
    faults += decode_datagram(
                  payload, set, [](const RecordView&) {}, [](const DecodeFault&) {})
                  .faults;
  });
  EXPECT_GE(faults, 70U);
}

TEST_F(Recordings, EncodeToTheSameOctetsWhereTheyAreCanonical) {
  std::size_t records = 0, same = 0;
  for (const Recording& recording : recordings()) {
    const auto content = content_of(recording.path);
    const EditionSet set = editions_of_content(content);
    std::map<const Edition*, RecordBuilder> builders;
    std::vector<std::byte> octets;
    each_datagram(content, [&](std::span<const std::byte> payload) {
      decode_datagram(
          payload, set,
          [&](const RecordView& record) {
            RecordBuilder& builder = builders.try_emplace(&record.edition(), record.edition()).first->second;
            builder.clear();
            builder.set_fields_of(record);
            octets.clear();
            ++records;
            if (builder.append_to(octets).ok() && std::ranges::equal(octets, record.octets())) ++same;
          },
          [](const DecodeFault&) {});
    });
  }
  // The others set spare bits (most: category 021 edition 0.23), pad presence maps, or hold extents beyond the edition.
  EXPECT_GT(static_cast<double>(same), 0.99 * static_cast<double>(records));
  EXPECT_GT(records, 390'000U);
}

}  // namespace
}  // namespace marsad::wire::asterix
