#include "marsad/recording/reader.hpp"

#include <utility>

#include "marsad/recording/block_walk.hpp"

namespace marsad::recording {

struct Reader::State {
  State(std::span<const std::byte> content, const FileHeader& header)
      : walk(content, header), created(header.created), has_end(walk.has_end()) {}

  BlockWalk walk;
  units::UtcTime created;
  bool has_end;
  std::size_t entry_at = 0;  ///< of the next entry in walk.entries()
  bool in_block = false;
  std::optional<LogEntry> found;  ///< by seek(), for next()

  std::optional<LogEntry> next() {
    if (in_block && entry_at == walk.entries().size()) in_block = false;
    if (!in_block) {
      if (!walk.advance()) return std::nullopt;
      in_block = true;
      entry_at = 0;
    }
    const auto entry = parse_entry(walk.entries(), entry_at);
    MARSAD_CHECK(entry.ok());  // advance() has parsed them all
    return *entry;
  }
};

base::Result<Reader> Reader::open(std::span<const std::byte> content) {
  const auto header = parse_file_header(content);
  if (!header) return header.error();
  return Reader(std::make_unique<State>(content, *header));
}

Reader::Reader(std::unique_ptr<State> state) : state_(std::move(state)) {}
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;
Reader::~Reader() = default;

std::optional<LogEntry> Reader::next() {
  if (state_->found) return std::exchange(state_->found, std::nullopt);
  return state_->next();
}

bool Reader::seek(units::UtcTime time) {
  State& s = *state_;
  s.in_block = false;
  s.found.reset();
  s.walk.jump(s.walk.index_lookup(time));
  s.walk.skip_before(time);
  while (auto entry = s.next()) {
    if (entry->receipt < time) continue;
    s.found = entry;
    return true;
  }
  return false;
}

units::UtcTime Reader::created() const noexcept { return state_->created; }
bool Reader::closed() const noexcept { return state_->has_end || state_->walk.ended(); }
const ReaderCounters& Reader::counters() const noexcept { return state_->walk.counters(); }
std::span<const RecordingFault> Reader::faults() const noexcept { return state_->walk.faults(); }
std::uint64_t Reader::position() const noexcept { return state_->walk.position(); }

bool VerifyReport::torn_tail_only() const noexcept {
  return !closed && (!first_fault || first_fault->code == base::FaultCode::truncated);
}

VerifyReport verify(std::span<const std::byte> content) {
  VerifyReport report;
  const auto header = parse_file_header(content);
  if (!header) {
    report.first_fault = RecordingFault{header.error().code, header.error().offset, 0, 0, content.size()};
    return report;
  }
  report.head = header->own;
  report.valid_octets = kFileHeaderOctets;
  BlockWalk walk(content, *header);
  while (walk.advance() && walk.faults().empty()) {
    if (report.blocks == 0) report.first_receipt = walk.header().first_receipt;
    ++report.blocks;
    report.entries += walk.header().items;
    report.last_receipt = walk.header().last_receipt;
    report.valid_octets = walk.position();
    report.missing_entries = walk.counters().missing_entries;
    report.head = walk.chain();
  }
  if (!walk.faults().empty()) {
    report.first_fault = walk.faults().front();
    return report;
  }
  report.closed = walk.ended();
  if (report.closed) {
    report.valid_octets = walk.position();
    report.missing_entries = walk.counters().missing_entries;
    report.head = walk.chain();
  }
  return report;
}

}  // namespace marsad::recording
