// Every recording, read by the typed records of each edition and by the tables: the same records, fields and faults,
// whatever edition the recording is really in. And every record that the tables read is printed as the slow twin
// prints.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <type_traits>
#include <vector>

#include "marsad/wire/asterix/decode.hpp"
#include "marsad/wire/asterix/print.hpp"
#include "marsad/wire/asterix/print_twin.hpp"
#include "marsad/wire/asterix/typed/all.hpp"
#include "marsad/wire/asterix/typed/decode.hpp"
#include "marsad/wire/asterix/typed/twin.hpp"
#include "marsad/wire/framing/file_reader.hpp"
#include "shared_folder.hpp"

namespace marsad::wire::asterix {
namespace {

using Octets = std::span<const std::byte>;

std::filesystem::path recordings_folder() { return marsad::shared_folder() / "data/asterix"; }

std::vector<std::byte> content_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::vector<char> characters{std::istreambuf_iterator<char>(file), {}};
  std::vector<std::byte> octets(characters.size());
  std::ranges::transform(characters, octets.begin(), [](char character) { return static_cast<std::byte>(character); });
  return octets;
}

class TypedRecordings : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(recordings_folder() / "MANIFEST.tsv"))
      GTEST_SKIP() << "no recordings in " << recordings_folder();
  }

  /// Calls `use` for the payload of every datagram of every recording that can be opened.
  template <class Use>
  static void each_datagram(Use&& use) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(recordings_folder())) {
      if (!entry.is_regular_file()) continue;
      SCOPED_TRACE(entry.path().string());
      const auto content = content_of(entry.path());
      auto reader = framing::FileReader::open(content);
      if (!reader.ok()) continue;
      while (const auto datagram = reader->next()) {
        use(datagram->payload);
        if (HasFailure()) return;
      }
    }
  }
};

template <class Record>
void compare(Octets datagram, std::size_t& records) {
  EditionSet set;
  set.choose(Record::kCategory, Record::edition());
  DatagramReader reader(datagram, set);
  typed::decode_datagram<Record>(
      datagram,
      [&](const Record& record) {
        ASSERT_EQ(reader.next(), DatagramReader::Step::record);
        const auto found = typed::difference(record, reader.record());
        ASSERT_FALSE(found) << *found;
        ++records;
      },
      [&](const DecodeFault& fault) {
        ASSERT_EQ(reader.next(), DatagramReader::Step::fault);
        ASSERT_EQ(fault.offset, reader.fault().offset);
        ASSERT_EQ(fault.code, reader.fault().code);
      });
  ASSERT_EQ(reader.next(), DatagramReader::Step::end);
}

template <class... Records>
struct Comparisons {
  /// Of the editions of the datagram's own category.
  static void run(Octets datagram, std::size_t& records) {
    const auto compare_one = [&]<class Record>(std::type_identity<Record>) {
      if (!datagram.empty() && std::to_integer<int>(datagram[0]) == Record::kCategory)
        compare<Record>(datagram, records);
    };
    (compare_one(std::type_identity<Records>{}), ...);
  }
};

TEST_F(TypedRecordings, TellWhatTheTablesTell) {
  std::size_t records = 0;
  each_datagram([&](Octets datagram) { typed::Every<Comparisons>::run(datagram, records); });
  EXPECT_GT(records, 390'000U);
}

TEST_F(TypedRecordings, ArePrintedAsTheSlowTwinPrints) {
  const EditionSet set = EditionSet::defaults();
  std::size_t records = 0;
  each_datagram([&](Octets datagram) {
    decode_datagram(
        datagram, set,
        [&](const RecordView& record) {
          std::string items;
          append_items_json(items, record);
          ASSERT_EQ(items, twin::items_json(record, false));
          ++records;
        },
        [](const DecodeFault&) {});
  });
  EXPECT_GT(records, 390'000U);
}

}  // namespace
}  // namespace marsad::wire::asterix
