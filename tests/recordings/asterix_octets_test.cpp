// Every octet of every ASTERIX recording is accounted for: framing, other traffic, block headers, records, or undecoded
// for a reason that is told. The table that is printed is the answer to "what can't marsad read?".

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "marsad/wire/asterix/decode.hpp"
#include "marsad/wire/asterix/detection.hpp"
#include "marsad/wire/framing/file_reader.hpp"
#include "shared_folder.hpp"

namespace marsad::wire::asterix {
namespace {

constexpr std::size_t kHeaderOctets = 3;

struct Recording {
  std::string name;
  bool called_decodable;  ///< by the manifest
};

/// What can't be read, and why; nothing else may be undecoded.
const std::map<std::string, std::string>& known_gaps() {
  static const std::map<std::string, std::string> kGaps{
      {"croatiacontrol/asterix.pcap", "category 062 in an edition of 2008, before 1.0, that nobody describes"},
      {"goasterix/sample.ast", "categories 030 and 255 are not described, 032 is in an older edition"},
      {"goasterix/sample.pcap", "categories 030 and 255 are not described, 032 is in an older edition"},
      {"jasterix/cat010ed0.24_sensis.bin", "category 010 in an edition of a maker that nobody describes"},
      {"jasterix/cat030ed7.0.bin", "category 030 (ARTAS) is not described"},
      {"jasterix/cat252ed7.0.bin", "category 252 (ARTAS) is not described"},
  };
  return kGaps;
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
    if (columns.size() > 11) all.push_back({columns[0], columns[11] == "0"});
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

/// What became of one file.
struct Account {
  std::string kind;
  framing::FramingCounters framing;
  std::map<int, std::size_t> records;
  std::size_t blocks = 0;
  std::size_t record_octets = 0;
  std::size_t undecoded_octets = 0;
  std::set<std::string> reasons;
};

void decode(std::span<const std::byte> payload, const EditionSet& editions, Account& account) {
  const auto summary = decode_datagram(
      payload, editions,
      [&](const RecordView& record) {
        ++account.records[record.category()];
        account.record_octets += record.octets().size();
      },
      [&](const DecodeFault& fault) {
        account.undecoded_octets += fault.skipped_octets;
        account.reasons.insert(std::string(base::name_of(fault.code)) + " in category " +
                               std::to_string(fault.category));
      });
  account.blocks += summary.blocks;
}

Account account_of(std::span<const std::byte> content) {
  Account account;
  auto first = framing::FileReader::open(content);
  EXPECT_TRUE(first.ok());
  if (!first.ok()) return account;
  EditionDetector detector;
  while (const auto datagram = first->next()) detector.observe(datagram->payload);
  const EditionSet editions = detector.editions(EditionSet::defaults());
  auto second = framing::FileReader::open(content);
  while (const auto datagram = second->next()) decode(datagram->payload, editions, account);
  account.kind = framing::name_of(second->kind());
  account.framing = second->counters();
  return account;
}

void print_row(const Recording& recording, const Account& account) {
  std::string records, reasons;
  for (const auto& [category, count] : account.records)
    records += "CAT" + std::to_string(category) + ":" + std::to_string(count) + " ";
  for (const std::string& reason : account.reasons) reasons += (reasons.empty() ? "" : "; ") + reason;
  std::printf("%-55s %-12s %-45s %9zu  %s\n", recording.name.c_str(), account.kind.c_str(), records.c_str(),
              account.undecoded_octets + static_cast<std::size_t>(account.framing.skipped_octets), reasons.c_str());
}

TEST(RecordingOctets, EveryOctetOfEveryFileIsAccountedFor) {
  if (!std::filesystem::exists(recordings_folder() / "MANIFEST.tsv"))
    GTEST_SKIP() << "no recordings in " << recordings_folder();
  std::printf("%-55s %-12s %-45s %9s  %s\n", "file", "kind", "records", "undecoded", "why");
  std::size_t files = 0;
  for (const Recording& recording : recordings()) {
    SCOPED_TRACE(recording.name);
    const auto content = content_of(recordings_folder() / recording.name);
    const Account account = account_of(content);
    print_row(recording, account);
    const auto& framing = account.framing;
    EXPECT_EQ(framing.payload_octets + framing.framing_octets + framing.other_octets + framing.skipped_octets,
              content.size());
    EXPECT_EQ(framing.skipped_octets, 0U);
    // Of a block that can't be decoded at all the header is undecoded too, and not counted among the blocks.
    EXPECT_EQ(account.blocks * kHeaderOctets + account.record_octets + account.undecoded_octets,
              framing.payload_octets);
    const auto gap = known_gaps().find(recording.name);
    EXPECT_EQ(account.undecoded_octets > 0, gap != known_gaps().end());
    if (gap != known_gaps().end()) {
      EXPECT_FALSE(recording.called_decodable);
      std::printf("%-55s   %s\n", "", gap->second.c_str());
    }
    ++files;
  }
  EXPECT_GE(files, 47U);
}

}  // namespace
}  // namespace marsad::wire::asterix
