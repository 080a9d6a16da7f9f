// Every record of every recording is written back as it was from the line that decode prints, whatever its form; and
// which records are not in canonical form is told rightly. Prints how many of each file are not.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "marsad/wire/asterix/block_assembler.hpp"
#include "marsad/wire/asterix/builder.hpp"
#include "marsad/wire/asterix/canonical.hpp"
#include "marsad/wire/asterix/decode.hpp"
#include "marsad/wire/asterix/detection.hpp"
#include "marsad/wire/asterix/line_encoder.hpp"
#include "marsad/wire/asterix/print.hpp"
#include "marsad/wire/framing/file_reader.hpp"
#include "shared_folder.hpp"

namespace marsad::wire::asterix {
namespace {

using Octets = std::vector<std::byte>;

std::filesystem::path recordings_folder() { return marsad::shared_folder() / "data/asterix"; }

std::vector<std::filesystem::path> all_files() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(recordings_folder()))
    if (entry.is_regular_file() && entry.path().filename() != "MANIFEST.tsv") files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

std::vector<char> content_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

template <class OnDatagram>
void each_datagram(std::span<const std::byte> content, OnDatagram&& on_datagram) {
  auto reader = framing::FileReader::open(content);
  while (reader.ok()) {
    const auto datagram = reader->next();
    if (!datagram) return;
    if (datagram->kind == framing::PayloadKind::asterix) on_datagram(*datagram);
  }
}

struct Books {
  std::size_t records = 0;
  std::size_t uncanonical = 0;
  std::size_t datagrams = 0;
  std::size_t damaged_datagrams = 0;
};

/// Takes one recording through lines of JSON and back.
class RoundTrip {
 public:
  RoundTrip(std::span<const std::byte> content, bool raw) : content_(content), raw_(raw) {
    EditionDetector detector;
    each_datagram(content_, [&](const framing::Datagram& datagram) { detector.observe(datagram.payload); });
    editions_ = detector.editions(EditionSet::defaults());
  }

  Books run() {
    each_datagram(content_, [&](const framing::Datagram& datagram) { take(datagram); });
    return books_;
  }

 private:
  void take(const framing::Datagram& datagram) {
    Octets again;
    BlockAssembler block;
    const auto close = [&] {
      again.insert(again.end(), block.octets().begin(), block.octets().end());
      block.clear();
    };
    const auto summary = decode_datagram(
        datagram.payload, editions_,
        [&](const RecordView& record) {
          const auto encoded = line_of(record, datagram.offset);
          if (!encoded.ok() || block.add(*encoded)) return;
          close();
          EXPECT_TRUE(block.add(*encoded));
        },
        [](const DecodeFault&) {});
    close();
    ++books_.datagrams;
    const bool damaged = summary.faults > 0;
    if (damaged) ++books_.damaged_datagrams;
    EXPECT_TRUE(damaged || std::ranges::equal(again, datagram.payload)) << "datagram at octet " << datagram.offset;
  }

  base::Result<EncodedRecord, EncodeFault> line_of(const RecordView& record, std::uint64_t base_offset) {
    ++books_.records;
    const bool canonical = is_canonical(record);
    if (!canonical) ++books_.uncanonical;
    EXPECT_TRUE(raw_ || fields_suffice(record) == canonical) << record_to_json(record);
    line_.clear();
    append_json(line_, record, {.raw = raw_, .base_offset = base_offset});
    auto encoded = lines_.encode(line_);
    EXPECT_TRUE(encoded.ok()) << line_;
    if (encoded.ok()) {
      EXPECT_TRUE(std::ranges::equal(encoded->octets, record.octets())) << line_;
      EXPECT_EQ(encoded->origin, canonical ? Origin::items : Origin::octets);
    }
    return encoded;
  }

  /// Do the values of the fields alone give the octets of the record?
  bool fields_suffice(const RecordView& record) {
    RecordBuilder& builder = builders_.try_emplace(&record.edition(), record.edition()).first->second;
    builder.clear();
    builder.set_fields_of(record);
    Octets octets;
    return builder.append_to(octets).ok() && std::ranges::equal(octets, record.octets());
  }

  std::span<const std::byte> content_;
  bool raw_;
  EditionSet editions_;
  LineEncoder lines_{EditionSet()};
  std::map<const Edition*, RecordBuilder> builders_;
  std::string line_;
  Books books_;
};

TEST(RoundTripOfRecordings, GivesEveryRecordAndEveryUndamagedDatagramBack) {
  if (!std::filesystem::exists(recordings_folder() / "MANIFEST.tsv"))
    GTEST_SKIP() << "no recordings in " << recordings_folder();
  Books all;
  std::cout << "  records  not canonical  datagrams  damaged  file\n";
  for (const std::filesystem::path& path : all_files()) {
    const std::string name = std::filesystem::relative(path, recordings_folder()).string();
    SCOPED_TRACE(name);
    const std::vector<char> content = content_of(path);
    const Books books = RoundTrip(std::as_bytes(std::span(content)), false).run();
    EXPECT_EQ(RoundTrip(std::as_bytes(std::span(content)), true).run().records, books.records);
    std::cout << std::setw(9) << books.records << std::setw(15) << books.uncanonical << std::setw(11) << books.datagrams
              << std::setw(9) << books.damaged_datagrams << "  " << name << '\n';
    all.records += books.records;
    all.uncanonical += books.uncanonical;
    all.datagrams += books.datagrams;
    all.damaged_datagrams += books.damaged_datagrams;
  }
  std::cout << std::setw(9) << all.records << std::setw(15) << all.uncanonical << std::setw(11) << all.datagrams
            << std::setw(9) << all.damaged_datagrams << "  all of them\n";
  EXPECT_GT(all.records, 390'000U);
  EXPECT_GT(all.uncanonical, 1'000U);
}

}  // namespace
}  // namespace marsad::wire::asterix
