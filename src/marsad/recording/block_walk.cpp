#include "marsad/recording/block_walk.hpp"

#include <algorithm>

#include "marsad/wire/framing/octets.hpp"

namespace marsad::recording {

using base::Fault;
using base::FaultCode;

void BlockWalk::add_fault(FaultCode code, std::size_t skip_to, std::uint64_t entry) {
  ++counters_.faults;
  counters_.skipped_octets += skip_to - at_;
  if (faults_.size() < Reader::kFaultsKept) faults_.push_back({code, at_, counters_.blocks, entry, skip_to - at_});
  if (skip_to > at_) anchored_ = false;
  at_ = skip_to;
}

/// The next place behind at_ where a block with the right hash begins. A file made of headers that promise much would
/// keep us hashing for ever, so the work is limited in proportion to the file.
std::size_t BlockWalk::next_candidate() {
  constexpr std::uint64_t kHashedPerOctet = 4;
  constexpr std::uint64_t kHashedAtLeast = 64U << 20U;
  const std::uint64_t budget = kHashedAtLeast + kHashedPerOctet * content_.size();
  for (std::size_t at = at_ + 1; at + kBlockHeaderOctets <= content_.size(); ++at) {
    const auto kind = static_cast<BlockKind>(wire::framing::u32_at(content_, at, wire::framing::ByteOrder::little));
    if (kind != BlockKind::entries && kind != BlockKind::end) continue;
    const auto header = parse_block_header(content_.subspan(at));
    if (!header) continue;
    hashed_in_search_ += header->stored_octets;
    if (hashed_in_search_ > budget) break;
    if (hash_agrees(content_.subspan(at), *header)) return at;
  }
  return content_.size();
}

/// Everything about a block except where it stands in the order.
base::Result<BlockHeader> BlockWalk::check(Octets block) {
  auto header = parse_block_header(block);
  if (!header) return header;
  if (!hash_agrees(block, *header)) return Fault{FaultCode::checksum, 0};
  if (header->kind == BlockKind::end) return header;
  if (const auto fault = unpack(block, *header)) return *fault;
  if (const auto fault = check_entries(*header)) return *fault;
  return header;
}

std::optional<Fault> BlockWalk::unpack(Octets block, const BlockHeader& header) {
  const Octets stored = block.subspan(kBlockHeaderOctets, header.stored_octets);
  entries_ = stored;
  if (header.compression == Compression::none) return std::nullopt;
  if (!decompress(stored, header.raw_octets, unpacked_)) return Fault{FaultCode::bad_value, kBlockHeaderOctets};
  entries_ = unpacked_;
  return std::nullopt;
}

/// A block whose hash is right can still be wrong if a faulty or hostile writer made it.
std::optional<Fault> BlockWalk::check_entries(const BlockHeader& header) const {
  std::size_t at = 0;
  auto last = header.first_receipt;
  for (std::uint32_t i = 0; i < header.items; ++i) {
    const auto entry = parse_entry(entries_, at);
    if (!entry) return Fault{entry.error().code, kBlockHeaderOctets};
    const bool first_wrong = i == 0 && entry->receipt != header.first_receipt;
    if (first_wrong || entry->receipt < last) return Fault{FaultCode::bad_value, kBlockHeaderOctets};
    last = entry->receipt;
  }
  if (at != entries_.size() || last != header.last_receipt) return Fault{FaultCode::bad_length, kBlockHeaderOctets};
  return std::nullopt;
}

bool BlockWalk::advance() {
  while (!ended_ && at_ < content_.size()) {
    const auto header = check(content_.subspan(at_));
    if (!header) {
      const std::size_t next = next_candidate();
      const bool tail = next == content_.size() && header.error().code != FaultCode::checksum;
      add_fault(tail ? FaultCode::truncated : header.error().code, next, next_entry_);
      continue;
    }
    if (header->kind == BlockKind::end) return accept_end(*header);
    const bool too_old = header->first_entry < next_entry_ || (last_receipt_ && header->first_receipt < *last_receipt_);
    if (too_old && !jumped_) {
      add_fault(FaultCode::bad_value, at_ + kBlockHeaderOctets + header->stored_octets, next_entry_);
      continue;
    }
    accept(*header);
    return true;
  }
  return false;
}

void BlockWalk::accept(const BlockHeader& header) {
  const bool follows = anchored_ && header.previous == chain_;
  if (!follows && !jumped_) {
    if (anchored_) add_fault(FaultCode::checksum, at_, next_entry_);
    ++counters_.unanchored_blocks;
  }
  if (!jumped_) counters_.missing_entries += header.first_entry - next_entry_;
  jumped_ = false;
  anchored_ = true;
  chain_ = header.own;
  next_entry_ = header.first_entry + header.items;
  last_receipt_ = header.last_receipt;
  header_ = header;
  at_ += kBlockHeaderOctets + header.stored_octets;
  ++counters_.blocks;
  counters_.entries += header.items;
}

/// Always false: nothing to hand out.
bool BlockWalk::accept_end(const BlockHeader& header) {
  if (!jumped_ && anchored_ && header.previous != chain_) add_fault(FaultCode::checksum, at_, next_entry_);
  if (!jumped_ && header.first_entry > next_entry_) counters_.missing_entries += header.first_entry - next_entry_;
  const std::size_t trailer_at = at_ + kBlockHeaderOctets + header.stored_octets;
  const Octets rest = content_.subspan(trailer_at);
  const auto named = parse_trailer(rest.first(std::min(rest.size(), kTrailerOctets)));
  if (named != at_) {
    at_ = trailer_at;
    add_fault(rest.size() < kTrailerOctets ? FaultCode::truncated : FaultCode::bad_value, content_.size(), next_entry_);
    return false;
  }
  chain_ = header.own;
  at_ = trailer_at + kTrailerOctets;
  ended_ = true;
  if (at_ < content_.size()) {
    add_fault(FaultCode::bad_value, content_.size(), next_entry_);
    ended_ = false;
  }
  return false;
}

void BlockWalk::jump(std::size_t offset) noexcept {
  at_ = std::min(offset, content_.size());
  jumped_ = true;
  ended_ = false;
  last_receipt_.reset();
}

void BlockWalk::skip_before(units::UtcTime time) {
  while (at_ < content_.size()) {
    const auto header = parse_block_header(content_.subspan(at_));
    if (!header || header->kind == BlockKind::end || !(header->last_receipt < time)) return;
    at_ += kBlockHeaderOctets + header->stored_octets;
    jumped_ = true;
  }
}

std::optional<std::size_t> BlockWalk::end_block() const {
  if (content_.size() < kFileHeaderOctets + kBlockHeaderOctets + kTrailerOctets) return std::nullopt;
  const auto named = parse_trailer(content_.last(kTrailerOctets));
  if (!named || *named < kFileHeaderOctets || *named >= content_.size()) return std::nullopt;
  const auto at = static_cast<std::size_t>(*named);
  const auto header = parse_block_header(content_.subspan(at));
  if (!header || header->kind != BlockKind::end || !hash_agrees(content_.subspan(at), *header)) return std::nullopt;
  if (at + kBlockHeaderOctets + header->stored_octets + kTrailerOctets != content_.size()) return std::nullopt;
  return at;
}

bool BlockWalk::has_end() const { return end_block().has_value(); }

std::size_t BlockWalk::index_lookup(units::UtcTime time) const {
  std::size_t best = kFileHeaderOctets;
  const auto end = end_block();
  if (!end) return best;
  const auto header = parse_block_header(content_.subspan(*end));
  Octets body = content_.subspan(*end + kBlockHeaderOctets, header->stored_octets);
  for (; body.size() >= kIndexItemOctets; body = body.subspan(kIndexItemOctets)) {
    const IndexItem item = parse_index_item(body);
    if (!(item.first_receipt < time) || item.offset >= *end) break;
    best = std::max(best, static_cast<std::size_t>(item.offset));
  }
  return best;
}

}  // namespace marsad::recording
