#include "marsad/wire/asterix/record_filter.hpp"

#include <algorithm>

#include "marsad/base/check.hpp"
#include "marsad/wire/asterix/bits.hpp"
#include "marsad/wire/asterix/decode.hpp"

namespace marsad::wire::asterix {
namespace {

constexpr std::size_t kHeaderOctets = 3;
constexpr std::byte kFirstSlot{0x80};
constexpr std::byte kExtension{0x01};

/// Does the record say itself who sent it?
bool names_its_source(const RecordView& record) noexcept {
  const std::uint8_t source = record.edition().tables().source_item;
  return source == schema::kSpareSlot || (record.presence() >> source & 1U) != 0;
}

}  // namespace

void RecordFilter::take_undecoded(std::span<const std::byte> octets, bool& whole) {
  ++counters_.undecoded;
  counters_.undecoded_octets += octets.size();
  if (options_.keep_undecoded)
    kept_.insert(kept_.end(), octets.begin(), octets.end());
  else
    whole = false;
}

void RecordFilter::keep_record(const RecordView& record, Block& block) {
  ++counters_.kept_records;
  const auto octets = record.octets();
  const auto source = record.source();
  if (!source || names_its_source(record) || block.written_source == source) {
    kept_.insert(kept_.end(), octets.begin(), octets.end());
  } else {
    const auto map_end =
        std::ranges::find_if(octets, [](std::byte octet) { return (octet & kExtension) == std::byte{}; });
    MARSAD_CHECK(map_end != octets.end());
    kept_.push_back(octets[0] | kFirstSlot);
    kept_.insert(kept_.end(), octets.begin() + 1, map_end + 1);
    kept_.push_back(std::byte{source->sac});
    kept_.push_back(std::byte{source->sic});
    kept_.insert(kept_.end(), map_end + 1, octets.end());
    ++counters_.sourced_records;
  }
  block.written_source = source;
}

void RecordFilter::finish(const Block& block) {
  const std::size_t octets = kept_.size() - block.begin;
  if (block.whole) {
    ++counters_.whole_blocks;
    return;
  }
  if (octets <= kHeaderOctets) {
    kept_.resize(block.begin);
    return;
  }
  // A source is written into a record only where the record that held it was dropped, so blocks never grow.
  MARSAD_CHECK(octets <= block.octets.size());
  kept_[block.begin + 1] = static_cast<std::byte>(octets >> 8U);
  kept_[block.begin + 2] = static_cast<std::byte>(octets & 0xFFU);
  ++counters_.rebuilt_blocks;
}

void RecordFilter::filter_block(std::span<const std::byte> octets, const Wanted& wanted) {
  Block block{.octets = octets, .begin = kept_.size()};
  kept_.insert(kept_.end(), octets.begin(), octets.begin() + kHeaderOctets);
  decode_datagram(
      octets, editions_,
      [&](const RecordView& record) {
        ++counters_.records;
        if (wanted(record))
          keep_record(record, block);
        else
          block.whole = false;
      },
      [&](const DecodeFault& fault) {
        // Of a block that can't be decoded at all the fault covers the header too.
        const std::size_t size = std::min(fault.skipped_octets, octets.size() - kHeaderOctets);
        take_undecoded(octets.last(size), block.whole);
      });
  finish(block);
}

std::span<const std::byte> RecordFilter::filter(std::span<const std::byte> datagram, const Wanted& wanted) {
  kept_.clear();
  ++counters_.datagrams;
  bool whole = true;
  for (std::size_t at = 0; at < datagram.size();) {
    const auto rest = datagram.subspan(at);
    const std::size_t length = rest.size() < kHeaderOctets ? 0 : octet_at(rest, 1) << 8 | octet_at(rest, 2);
    if (length <= kHeaderOctets || length > rest.size()) {
      take_undecoded(rest, whole);
      break;
    }
    ++counters_.blocks;
    const auto block = rest.first(length);
    switch (options_.categories[octet_at(block, 0)]) {
      case BlockChoice::by_record:
        filter_block(block, wanted);
        break;
      case BlockChoice::keep:
        kept_.insert(kept_.end(), block.begin(), block.end());
        ++counters_.whole_blocks;
        break;
      case BlockChoice::drop:
        break;
    }
    at += length;
  }
  if (!kept_.empty()) ++counters_.kept_datagrams;
  return kept_;
}

}  // namespace marsad::wire::asterix
