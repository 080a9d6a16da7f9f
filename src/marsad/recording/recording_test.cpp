#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "marsad/base/random.hpp"
#include "marsad/recording/block_format.hpp"
#include "marsad/recording/reader.hpp"
#include "marsad/recording/receipt_order.hpp"
#include "marsad/recording/writer.hpp"
#include "marsad/wire/framing/file_kind.hpp"

namespace marsad::recording {
namespace {

using Bytes = std::vector<std::byte>;
using units::UtcTime;

class VectorSink final : public OctetSink {
 public:
  bool write(std::span<const std::byte> more) override {
    if (refusing) return false;
    octets.insert(octets.end(), more.begin(), more.end());
    return true;
  }
  Bytes octets;
  bool refusing = false;
};

/// An entry that owns its payload.
struct Kept {
  LogEntry entry;
  Bytes payload;

  friend bool operator==(const Kept& a, const Kept& b) {
    return a.entry.kind == b.entry.kind && a.entry.receipt == b.entry.receipt &&
           a.entry.payload_kind == b.entry.payload_kind && a.entry.source == b.entry.source && a.payload == b.payload;
  }
};

UtcTime at_ms(std::int64_t ms) { return UtcTime::nanoseconds_since_epoch(1'700'000'000'000'000'000 + ms * 1'000'000); }

Kept kept(const LogEntry& entry) { return {entry, Bytes(entry.payload.begin(), entry.payload.end())}; }

/// Entry `i` of the sample log: configuration first, then datagrams with a tick each tenth, 100 ms apart.
Kept sample_entry(std::size_t i, base::Random& random) {
  Kept out;
  out.entry.receipt = at_ms(static_cast<std::int64_t>(i) * 100);
  out.entry.kind = i == 0 ? EntryKind::configuration : (i % 10 == 0 ? EntryKind::tick : EntryKind::datagram);
  if (out.entry.kind == EntryKind::tick) return out;
  out.payload.resize(20 + random.below(60));
  for (std::byte& octet : out.payload) octet = static_cast<std::byte>(random.below(4));
  if (out.entry.kind == EntryKind::datagram) {
    constexpr std::size_t kPayloadKinds = 6;
    out.entry.payload_kind = static_cast<wire::framing::PayloadKind>(1 + i % kPayloadKinds);
    out.entry.source.sender[15] = static_cast<std::uint8_t>(i % 7);
    out.entry.source.destination_port = 8600;
  }
  return out;
}

std::vector<Kept> sample_log(std::size_t entries) {
  base::Random random(7);
  std::vector<Kept> log;
  for (std::size_t i = 0; i < entries; ++i) log.push_back(sample_entry(i, random));
  return log;
}

void append(Writer& writer, const Kept& one) {
  LogEntry entry = one.entry;
  entry.payload = one.payload;
  ASSERT_TRUE(writer.append(entry));
}

/// Writes the log, a block every `per_block` entries.
Bytes recorded(const std::vector<Kept>& log, std::size_t per_block, bool close = true, bool compress = true) {
  VectorSink sink;
  Writer writer(sink, {.created = at_ms(0), .compress = compress});
  for (std::size_t i = 0; i < log.size(); ++i) {
    append(writer, log[i]);
    if ((i + 1) % per_block == 0) {
      EXPECT_TRUE(writer.flush());
    }
  }
  EXPECT_TRUE(close ? writer.close() : writer.flush());
  EXPECT_EQ(writer.counters().stored_octets, sink.octets.size());
  return sink.octets;
}

std::vector<Kept> read_all(std::span<const std::byte> content) {
  std::vector<Kept> out;
  auto reader = Reader::open(content);
  EXPECT_TRUE(reader.ok());
  if (!reader) return out;
  while (const auto entry = reader->next()) out.push_back(kept(*entry));
  return out;
}

/// Where each block begins, and where the last ends.
std::vector<std::size_t> block_bounds(std::span<const std::byte> content) {
  std::vector<std::size_t> bounds{kFileHeaderOctets};
  while (true) {
    const auto header = parse_block_header(content.subspan(bounds.back()));
    if (!header) return bounds;
    bounds.push_back(bounds.back() + kBlockHeaderOctets + header->stored_octets);
  }
}

TEST(Recording, GivesBackWhatWasWritten) {
  const auto log = sample_log(1000);
  for (const bool compress : {false, true}) {
    const Bytes file = recorded(log, 90, true, compress);
    EXPECT_EQ(read_all(file), log);
    auto reader = Reader::open(file);
    EXPECT_EQ(reader->created(), at_ms(0));
    EXPECT_TRUE(reader->closed());
    EXPECT_EQ(wire::framing::detect_kind(file), wire::framing::FileKind::marsad_recording);
    const auto report = verify(file);
    EXPECT_TRUE(report.intact());
    EXPECT_EQ(report.entries, 1000U);
    EXPECT_EQ(report.blocks, 12U);
    EXPECT_EQ(report.valid_octets, file.size());
    EXPECT_EQ(report.first_receipt, at_ms(0));
    EXPECT_EQ(report.last_receipt, at_ms(99'900));
  }
}

TEST(Recording, IsSmallerCompressedAndTheSameEachTime) {
  const auto log = sample_log(1000);
  EXPECT_LT(recorded(log, 500).size(), recorded(log, 500, true, false).size());
  EXPECT_EQ(recorded(log, 500), recorded(log, 500));
}

TEST(Recording, MayBeEmpty) {
  const Bytes file = recorded({}, 1);
  EXPECT_TRUE(verify(file).intact());
  EXPECT_TRUE(read_all(file).empty());
  auto reader = Reader::open(file);
  EXPECT_FALSE(reader->seek(at_ms(0)));
}

TEST(Recording, LiftsReceiptTimesThatGoBackAndCountsThem) {
  VectorSink sink;
  Writer writer(sink);
  for (const std::int64_t ms : {100, 50, 200}) {
    LogEntry entry;
    entry.receipt = at_ms(ms);
    EXPECT_TRUE(writer.append(entry));
  }
  EXPECT_TRUE(writer.close());
  EXPECT_EQ(writer.counters().lifted_receipts, 1U);
  const auto log = read_all(sink.octets);
  ASSERT_EQ(log.size(), 3U);
  EXPECT_EQ(log[1].entry.receipt, at_ms(100));
  EXPECT_EQ(log[2].entry.receipt, at_ms(200));
}

TEST(Recording, SurvivesADiskThatIsFullForAWhile) {
  VectorSink sink;
  Writer writer(sink, {.block_octets = 200});
  const auto log = sample_log(400);
  for (std::size_t i = 0; i < log.size(); ++i) {
    sink.refusing = i > 50 && i < 300;
    append(writer, log[i]);
  }
  EXPECT_TRUE(writer.close());
  EXPECT_EQ(writer.counters().refused_entries, 0U);
  EXPECT_EQ(read_all(sink.octets), log);
  EXPECT_TRUE(verify(sink.octets).intact());
}

TEST(Recording, RefusesWhatNoLongerFitsInItsBufferAndTheReaderKnowsHowMuch) {
  VectorSink sink;
  Writer writer(sink);
  const Bytes megabyte(1U << 20U, std::byte{5});
  LogEntry entry;
  entry.kind = EntryKind::datagram;
  entry.payload = megabyte;
  sink.refusing = true;
  std::uint64_t accepted = 0;
  for (int i = 0; i < 60; ++i) accepted += writer.append(entry) ? 1U : 0U;
  sink.refusing = false;
  EXPECT_EQ(writer.counters().refused_entries, 60 - accepted);
  EXPECT_GT(accepted, 10U);
  EXPECT_LT(accepted, 40U);
  EXPECT_TRUE(writer.flush());
  EXPECT_TRUE(writer.append(entry)) << "and goes on";
  EXPECT_TRUE(writer.close());
  const auto report = verify(sink.octets);
  EXPECT_TRUE(report.intact());
  EXPECT_EQ(report.entries, accepted + 1);
  EXPECT_EQ(report.missing_entries, 60 - accepted);
}

TEST(Recording, RefusesAnEntryThatIsTooLargeAndNoOther) {
  VectorSink sink;
  Writer writer(sink);
  const Bytes large(kMaxPayloadOctets + 1);
  LogEntry entry;
  EXPECT_TRUE(writer.append(entry));
  entry.payload = large;
  EXPECT_FALSE(writer.append(entry));
  entry.payload = {};
  EXPECT_TRUE(writer.append(entry));
  EXPECT_TRUE(writer.close());
  const auto report = verify(sink.octets);
  EXPECT_TRUE(report.intact());
  EXPECT_EQ(report.entries, 2U);
  EXPECT_EQ(report.missing_entries, 1U);
}

TEST(Recording, SeeksWithAndWithoutTheIndex) {
  const auto log = sample_log(2000);
  const Bytes closed = recorded(log, 37, true, false);
  Bytes torn = closed;
  torn.resize(torn.size() - 1);
  for (const Bytes* file : std::initializer_list<const Bytes*>{&closed, &torn}) {
    auto reader = Reader::open(*file);
    for (const std::int64_t ms : {150'000, 0, 99'950, 3'600, 100'000, -5, 199'900}) {
      ASSERT_TRUE(reader->seek(at_ms(ms)));
      const std::size_t expected = ms <= 0 ? 0 : static_cast<std::size_t>((ms + 99) / 100);
      for (std::size_t i = expected; i < std::min(expected + 100, log.size()); ++i) {
        const auto entry = reader->next();
        ASSERT_TRUE(entry);
        ASSERT_EQ(kept(*entry), log[i]);
      }
    }
    EXPECT_FALSE(reader->seek(at_ms(199'901)));
    EXPECT_FALSE(reader->next());
    EXPECT_LE(reader->counters().faults, 1U) << "but for the torn end";
  }
}

TEST(Recording, KeepsItsIndexSmallHoweverLongItGrows) {
  VectorSink sink;
  Writer writer(sink, {.block_octets = 1});
  Bytes payload(700);
  base::Random random(3);
  for (std::byte& octet : payload) octet = static_cast<std::byte>(random.bits());
  LogEntry entry;
  entry.payload = payload;
  for (int i = 0; i < 2000; ++i) {
    entry.receipt = at_ms(i);
    ASSERT_TRUE(writer.append(entry));
  }
  ASSERT_TRUE(writer.close());
  auto reader = Reader::open(sink.octets);
  ASSERT_TRUE(reader->seek(at_ms(1777)));
  EXPECT_EQ(reader->next()->receipt, at_ms(1777));
  EXPECT_EQ(reader->counters().entries, 1U) << "the blocks before it were not even opened";
}

TEST(Recording, TornAnywhereGivesItsLongestValidPrefix) {
  const auto log = sample_log(60);
  const Bytes file = recorded(log, 7);
  const auto bounds = block_bounds(file);
  for (std::size_t size = 0; size < file.size(); ++size) {
    SCOPED_TRACE(size);
    const auto cut = std::span(file).first(size);
    const auto report = verify(cut);
    EXPECT_FALSE(report.intact());
    EXPECT_FALSE(report.closed);
    EXPECT_TRUE(report.torn_tail_only());
    if (size < kFileHeaderOctets) {
      EXPECT_FALSE(Reader::open(cut));
      continue;
    }
    // The end block itself holds no entries, so the prefix ends with the last block of entries before it.
    std::size_t valid = kFileHeaderOctets;
    std::size_t blocks = 0;
    for (std::size_t i = 1; i + 1 < bounds.size() && bounds[i] <= size; ++i, ++blocks) valid = bounds[i];
    EXPECT_EQ(report.valid_octets, valid);
    const auto entries = read_all(cut);
    ASSERT_EQ(entries.size(), report.entries);
    ASSERT_EQ(entries.size(), std::min(log.size(), blocks * 7));
    EXPECT_TRUE(std::equal(entries.begin(), entries.end(), log.begin()));
  }
}

TEST(Recording, GoesOnBehindADamagedBlockAndCountsWhatIsMissing) {
  const auto log = sample_log(70);
  Bytes file = recorded(log, 7);
  const auto bounds = block_bounds(file);
  file[bounds[3] + kBlockHeaderOctets + 5] ^= std::byte{1};
  auto reader = Reader::open(file);
  std::vector<Kept> entries;
  while (const auto entry = reader->next()) entries.push_back(kept(*entry));
  auto expected = log;
  expected.erase(expected.begin() + 21, expected.begin() + 28);
  EXPECT_EQ(entries, expected);
  EXPECT_EQ(reader->counters().missing_entries, 7U);
  EXPECT_EQ(reader->counters().unanchored_blocks, 1U);
  ASSERT_EQ(reader->faults().size(), 1U);
  EXPECT_EQ(reader->faults()[0], (RecordingFault{base::FaultCode::checksum, bounds[3], 3, 21, bounds[4] - bounds[3]}));
  const auto report = verify(file);
  ASSERT_TRUE(report.first_fault);
  EXPECT_EQ(report.first_fault->offset, bounds[3]);
  EXPECT_EQ(report.first_fault->entry, 21U);
  EXPECT_EQ(report.valid_octets, bounds[3]);
  EXPECT_FALSE(report.torn_tail_only());
}

TEST(Recording, TellsZerosAtTheEndAsATornTail) {
  Bytes file = recorded(sample_log(70), 7, false);
  EXPECT_TRUE(verify(file).torn_tail_only());
  EXPECT_FALSE(verify(file).first_fault);
  file.resize(file.size() + 4096);
  const auto report = verify(file);
  EXPECT_TRUE(report.torn_tail_only());
  EXPECT_EQ(report.entries, 70U);
}

TEST(Recording, WithAChangedHeaderIsRefused) {
  Bytes file = recorded(sample_log(3), 7);
  file[8] = std::byte{2};
  EXPECT_EQ(Reader::open(file).error().code, base::FaultCode::checksum)
      << "an honest later version would have its own hash";
}

/// One random edit of the kinds that a disk, a careless hand or a forger makes.
Bytes edited(const Bytes& file, const std::vector<std::size_t>& bounds, base::Random& random) {
  const auto part = [&](std::size_t i) {
    return Bytes(file.begin() + static_cast<std::ptrdiff_t>(bounds[i]),
                 file.begin() + static_cast<std::ptrdiff_t>(bounds[i + 1]));
  };
  const std::size_t blocks = bounds.size() - 1;
  const std::size_t one = random.below(blocks);
  const std::size_t other = (one + 1 + random.below(blocks - 1)) % blocks;
  const auto what = random.below(6);
  Bytes out;
  if (what == 0) {
    out = file;
    out[random.below(file.size())] ^= static_cast<std::byte>(1U << random.below(8));
    return out;
  }
  if (what == 1) {
    out = file;
    out.resize(random.below(file.size()));
    return out;
  }
  if (what == 2) {
    out = file;
    const std::size_t at = random.below(file.size());
    const std::size_t count = 1 + random.below(std::min<std::size_t>(50, file.size() - at));
    out.erase(out.begin() + static_cast<std::ptrdiff_t>(at), out.begin() + static_cast<std::ptrdiff_t>(at + count));
    return out;
  }
  out.assign(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(kFileHeaderOctets));
  for (std::size_t i = 0; i < blocks; ++i) {
    std::vector<Bytes> pieces{part(i)};
    if (what == 3 && i == one) pieces.clear();                                           // dropped
    if (what == 4 && i == one) pieces.push_back(part(i));                                // repeated
    if (what == 5 && (i == one || i == other)) pieces = {part(i == one ? other : one)};  // swapped
    for (const Bytes& piece : pieces) out.insert(out.end(), piece.begin(), piece.end());
  }
  out.insert(out.end(), file.begin() + static_cast<std::ptrdiff_t>(bounds.back()), file.end());
  return out;
}

TEST(Verify, FindsEveryOneOfThousandsOfRandomEdits) {
  const auto log = sample_log(60);
  const Bytes file = recorded(log, 10);
  const auto bounds = block_bounds(file);
  base::Random random(99);
  int edits = 0;
  for (int round = 0; round < 5'000; ++round) {
    const Bytes changed = edited(file, bounds, random);
    if (changed == file) continue;
    ++edits;
    SCOPED_TRACE(round);
    const auto report = verify(changed);
    ASSERT_FALSE(report.intact());
    // What is called valid is what was written.
    if (report.valid_octets > 0) {
      ASSERT_TRUE(std::equal(changed.begin(), changed.begin() + static_cast<std::ptrdiff_t>(report.valid_octets),
                             file.begin()));
    }
    auto reader = Reader::open(changed);
    if (!reader) continue;
    UtcTime last = at_ms(0);
    std::uint64_t count = 0;
    while (const auto entry = reader->next()) {
      ASSERT_GE(entry->receipt, last);
      last = entry->receipt;
      ++count;
    }
    ASSERT_GE(count, report.entries);
    ASSERT_LE(count, log.size());
  }
  EXPECT_GT(edits, 4'950);
}

TEST(ReceiptOrder, NeverGoesBack) {
  ReceiptOrder order;
  EXPECT_EQ(order.admit(at_ms(-10)), at_ms(-10));
  EXPECT_EQ(order.admit(at_ms(5)), at_ms(5));
  EXPECT_EQ(order.admit(at_ms(4)), at_ms(5));
  EXPECT_EQ(order.admit(at_ms(5)), at_ms(5));
  EXPECT_EQ(order.lifted(), 1U);
}

}  // namespace
}  // namespace marsad::recording
