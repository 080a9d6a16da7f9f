#include "marsad/recording/writer.hpp"

#include <utility>

#include "marsad/recording/block_format.hpp"
#include "marsad/recording/receipt_order.hpp"

namespace marsad::recording {
namespace {

/// The index names a block at least this far behind the one it named before, and the steps double whenever there are
/// too many: the index of a long recording stays small.
constexpr std::uint64_t kFirstIndexStepOctets = 64U << 10U;
constexpr std::size_t kMostIndexItems = 16'384;

}  // namespace

struct Writer::State {
  State(OctetSink& s, const WriterSettings& w) : sink(s), settings(w) {}

  OctetSink& sink;
  WriterSettings settings;
  WriterCounters counters;
  ReceiptOrder order;

  // The block that is being filled.
  std::vector<std::byte> raw;
  std::uint32_t entries = 0;
  units::UtcTime first_receipt;
  units::UtcTime last_receipt;
  bool full = false;          ///< something was refused: nothing more comes into this block
  std::uint64_t refused = 0;  ///< entries to leave out before the next block

  // What is sealed and not yet taken by the sink.
  std::vector<std::byte> sealed;
  std::uint32_t sealed_blocks = 0;

  std::vector<std::byte> compressed;
  ChainHash chain{};
  std::uint64_t next_entry = 0;
  std::uint64_t next_offset = 0;  ///< where the next block will lie in the file
  std::vector<IndexItem> index;
  std::uint64_t index_step_octets = kFirstIndexStepOctets;
  units::UtcTime recording_first;
  bool end_sealed = false;

  bool offer();
  void seal();
  void seal_end();
  void add_to_index();
  void push_block(BlockHeader& header, std::span<const std::byte> body);
};

bool Writer::State::offer() {
  if (sealed.empty()) return true;
  if (!sink.write(sealed)) return false;
  counters.stored_octets += sealed.size();
  counters.blocks += sealed_blocks;
  sealed.clear();
  sealed_blocks = 0;
  return true;
}

void Writer::State::push_block(BlockHeader& header, std::span<const std::byte> body) {
  header.previous = chain;
  append_block(sealed, header, body);
  chain = header.own;
  ++sealed_blocks;
  next_offset += kBlockHeaderOctets + body.size();
}

void Writer::State::add_to_index() {
  if (!index.empty() && next_offset - index.back().offset < index_step_octets) return;
  index.push_back({next_offset, next_entry, first_receipt});
  if (index.size() < kMostIndexItems) return;
  for (std::size_t i = 0; 2 * i < index.size(); ++i) index[i] = index[2 * i];
  index.resize((index.size() + 1) / 2);
  index_step_octets *= 2;
}

void Writer::State::seal() {
  if (entries > 0) {
    BlockHeader header;
    header.raw_octets = static_cast<std::uint32_t>(raw.size());
    header.items = entries;
    header.first_entry = next_entry;
    header.first_receipt = first_receipt;
    header.last_receipt = last_receipt;
    const bool smaller = settings.compress && compress(raw, settings.compression_level, compressed);
    header.compression = smaller ? Compression::zstd : Compression::none;
    if (index.empty()) recording_first = first_receipt;
    add_to_index();
    push_block(header, smaller ? compressed : raw);
    next_entry += entries;
  }
  next_entry += refused;
  raw.clear();
  entries = 0;
  refused = 0;
  full = false;
}

void Writer::State::seal_end() {
  if (end_sealed) return;
  const std::uint64_t end_offset = next_offset;
  std::vector<std::byte> body;
  body.reserve(index.size() * kIndexItemOctets);
  for (const IndexItem& item : index) append_index_item(body, item);
  BlockHeader header;
  header.kind = BlockKind::end;
  header.raw_octets = static_cast<std::uint32_t>(body.size());
  header.items = static_cast<std::uint32_t>(index.size());
  header.first_entry = next_entry;
  header.first_receipt = recording_first;
  header.last_receipt = last_receipt;
  push_block(header, body);
  append_trailer(sealed, end_offset);
  end_sealed = true;
}

Writer::Writer(OctetSink& sink, const WriterSettings& settings) : state_(std::make_unique<State>(sink, settings)) {
  state_->sealed = encode_file_header(settings.created);
  const auto header = parse_file_header(state_->sealed);
  state_->chain = header.value().own;
  state_->next_offset = kFileHeaderOctets;
}

Writer::~Writer() = default;

bool Writer::append(const LogEntry& entry) {
  State& s = *state_;
  const std::size_t size = encoded_octets(entry);
  const bool possible = entry.payload.size() <= kMaxPayloadOctets && is_storable(entry.receipt);
  const bool fits = possible && s.raw.size() + size <= kMaxBlockOctets;
  if (s.end_sealed) return false;
  if (s.full || !fits) {
    note_refused(1);
    (void)flush();  // so that the next one has a block again, unless the sink refuses
    return false;
  }
  LogEntry kept = entry;
  kept.receipt = s.order.admit(entry.receipt);
  s.counters.lifted_receipts = s.order.lifted();
  if (s.entries == 0) s.first_receipt = kept.receipt;
  s.last_receipt = kept.receipt;
  append_entry(s.raw, kept);
  ++s.entries;
  ++s.counters.entries;
  if (s.raw.size() >= s.settings.block_octets && s.offer()) {
    s.seal();
    (void)s.offer();  // what is refused now is offered again
  }
  return true;
}

void Writer::note_refused(std::uint64_t count) {
  if (count == 0) return;
  state_->refused += count;
  state_->counters.refused_entries += count;
  state_->full = true;
}

bool Writer::flush() {
  State& s = *state_;
  if (!s.offer()) return false;
  s.seal();
  return s.offer();
}

bool Writer::close() {
  State& s = *state_;
  if (!flush()) return false;
  s.seal_end();
  return s.offer();
}

const WriterCounters& Writer::counters() const noexcept { return state_->counters; }

}  // namespace marsad::recording
