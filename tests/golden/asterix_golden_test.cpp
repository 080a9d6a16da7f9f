// Every file of tests/golden/asterix/<category>/<edition>: octets in hexadecimal, each line explained after '#', and
// after
// '=' one line of JSON for each record that they must decode to.

#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "marsad/wire/asterix/decode.hpp"
#include "marsad/wire/asterix/print.hpp"

namespace marsad::wire::asterix {
namespace {

struct Golden {
  std::string name;
  const Edition* edition;
  std::vector<std::byte> octets;
  std::vector<std::string> records;
};

void append_hex(std::string_view line, std::vector<std::byte>& octets) {
  std::string digits(line.substr(0, line.find('#')));
  std::erase_if(digits, [](char character) { return std::isspace(static_cast<unsigned char>(character)); });
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
    unsigned octet = 0;
    std::from_chars(digits.data() + i, digits.data() + i + 2, octet, 16);
    octets.push_back(static_cast<std::byte>(octet));
  }
}

Golden read(const std::filesystem::path& path) {
  Golden golden{path.string(), nullptr, {}, {}};
  const std::string edition = path.parent_path().filename();
  const std::string category = path.parent_path().parent_path().filename();
  golden.edition = find_edition(std::stoi(category), edition);
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("= "))
      golden.records.push_back(line.substr(2));
    else
      append_hex(line, golden.octets);
  }
  return golden;
}

std::vector<Golden> all_golden() {
  std::vector<Golden> all;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(MARSAD_GOLDEN_ASTERIX))
    if (entry.path().extension() == ".txt") all.push_back(read(entry.path()));
  std::ranges::sort(all, {}, &Golden::name);
  return all;
}

struct Decoded {
  std::vector<std::string> records;
  std::size_t record_octets = 0;
  DatagramSummary summary;
};

Decoded decode(const Edition& edition, std::span<const std::byte> octets) {
  EditionSet set;
  set.choose(edition.category(), edition);
  Decoded decoded;
  decoded.summary = decode_datagram(
      octets, set,
      [&](const RecordView& record) {
        decoded.records.push_back(record_to_json(record));
        decoded.record_octets += record.octets().size();
      },
      [](const DecodeFault&) {});
  return decoded;
}

/// Each octet belongs to a record, to the header of a block, or to what was skipped.
void expect_all_octets_counted(const Decoded& decoded, std::size_t size) {
  EXPECT_EQ(decoded.record_octets + 3 * decoded.summary.blocks + decoded.summary.skipped_octets, size);
}

TEST(Golden, DecodesToTheExplainedValues) {
  const auto all = all_golden();
  ASSERT_GE(all.size(), 15U);
  for (const Golden& golden : all) {
    SCOPED_TRACE(golden.name);
    ASSERT_NE(golden.edition, nullptr);
    const Decoded decoded = decode(*golden.edition, golden.octets);
    EXPECT_EQ(decoded.records, golden.records);
    EXPECT_EQ(decoded.summary.faults, 0U);
    expect_all_octets_counted(decoded, golden.octets.size());
  }
}

TEST(Golden, TruncatedAtEveryOctetIsOneFaultAndNoRecord) {
  for (const Golden& golden : all_golden())
    for (std::size_t size = 1; size < golden.octets.size(); ++size) {
      SCOPED_TRACE(golden.name + " cut after " + std::to_string(size));
      const Decoded decoded = decode(*golden.edition, std::span(golden.octets).first(size));
      EXPECT_TRUE(decoded.records.empty());
      EXPECT_EQ(decoded.summary.faults, 1U);
      EXPECT_EQ(decoded.summary.skipped_octets, size);
    }
}

TEST(Golden, ABlockThatEndsTooEarlyKeepsTheRecordsBeforeTheDamage) {
  for (const Golden& golden : all_golden())
    for (std::size_t size = 4; size < golden.octets.size(); ++size) {
      SCOPED_TRACE(golden.name + " shortened to " + std::to_string(size));
      std::vector<std::byte> block(golden.octets.begin(), golden.octets.begin() + static_cast<std::ptrdiff_t>(size));
      block[2] = static_cast<std::byte>(size);
      const Decoded decoded = decode(*golden.edition, block);
      ASSERT_LE(decoded.records.size(), golden.records.size());
      EXPECT_TRUE(std::equal(decoded.records.begin(), decoded.records.end(), golden.records.begin()));
      EXPECT_LE(decoded.summary.faults, 1U);
      expect_all_octets_counted(decoded, size);
    }
}

TEST(Golden, AnyFlippedBitIsDecodedOrSkippedButEveryOctetIsCounted) {
  for (const Golden& golden : all_golden())
    for (std::size_t bit = 0; bit < golden.octets.size() * 8; ++bit) {
      SCOPED_TRACE(golden.name + " bit " + std::to_string(bit));
      std::vector<std::byte> damaged = golden.octets;
      damaged[bit / 8] ^= static_cast<std::byte>(0x80U >> bit % 8);
      expect_all_octets_counted(decode(*golden.edition, damaged), damaged.size());
    }
}

}  // namespace
}  // namespace marsad::wire::asterix
