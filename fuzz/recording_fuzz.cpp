// links: recording wire_framing units base
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "marsad/base/check.hpp"
#include "marsad/recording/block_format.hpp"
#include "marsad/recording/reader.hpp"

namespace {

using namespace marsad::recording;  // NOLINT(google-build-using-namespace)
using Octets = std::span<const std::byte>;

/// Whatever the octets are: times never go back, counters agree, and the valid prefix is no longer than the file.
void read_everything(Octets content) {
  const VerifyReport report = verify(content);
  MARSAD_CHECK(report.valid_octets <= content.size());
  auto reader = Reader::open(content);
  if (!reader) return;
  std::uint64_t entries = 0;
  auto last = reader->created();
  while (const auto entry = reader->next()) {
    MARSAD_CHECK(entries == 0 || entry->receipt >= last);
    last = entry->receipt;
    ++entries;
  }
  MARSAD_CHECK(entries == reader->counters().entries);
  MARSAD_CHECK(entries >= report.entries);
  MARSAD_CHECK(report.intact() || reader->counters().faults > 0 || !reader->closed());
  (void)reader->seek(last);
  while (reader->next()) {
  }
}

std::size_t take(Octets& octets, std::size_t most) {
  if (octets.empty()) return 0;
  const auto value = std::to_integer<std::size_t>(octets[0]);
  octets = octets.subspan(1);
  return value % (most + 1);
}

/// A file whose hashes are right and whose contents are the fuzzer's: what a hostile writer could make.
std::vector<std::byte> sealed(Octets octets) {
  auto file = encode_file_header({});
  ChainHash chain = parse_file_header(file).value().own;
  while (!octets.empty()) {
    BlockHeader header;
    header.kind = take(octets, 9) == 0 ? BlockKind::end : BlockKind::entries;
    header.compression = take(octets, 1) == 0 ? Compression::none : Compression::zstd;
    header.items = static_cast<std::uint32_t>(take(octets, 255));
    header.first_entry = take(octets, 255);
    const auto first = static_cast<std::int64_t>(take(octets, 255));
    header.first_receipt = marsad::units::UtcTime::nanoseconds_since_epoch(first);
    header.last_receipt =
        marsad::units::UtcTime::nanoseconds_since_epoch(first + static_cast<std::int64_t>(take(octets, 255)));
    const std::size_t wanted = take(octets, 255);
    const auto body = octets.first(std::min(wanted, octets.size()));
    octets = octets.subspan(body.size());
    header.raw_octets = static_cast<std::uint32_t>(body.size() + take(octets, 255));
    if (header.compression == Compression::none) header.raw_octets = static_cast<std::uint32_t>(body.size());
    header.previous = chain;
    append_block(file, header, body);
    chain = header.own;
  }
  return file;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto octets = std::as_bytes(std::span(data, size));
  read_everything(octets);
  read_everything(sealed(octets));
  return 0;
}
