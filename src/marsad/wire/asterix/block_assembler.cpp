#include "marsad/wire/asterix/block_assembler.hpp"

namespace marsad::wire::asterix {
namespace {

constexpr std::size_t kHeaderOctets = 3;
constexpr std::size_t kMaxBlock = 0xFFFF;
constexpr std::size_t kMaxDatagram = 65507;  // UDP over IPv4

}  // namespace

bool BlockAssembler::goes_on_with(const EncodedRecord& record) const noexcept {
  const bool same_block = record.block && record.block == offset_ &&
                          record.edition->category() == std::to_integer<int>(block_[0]) &&
                          record.receipt_time == receipt_time_;
  const bool later = !record.offset || !last_record_ || *record.offset > *last_record_;
  return same_block && later && block_.size() + record.octets.size() <= kMaxBlock;
}

bool BlockAssembler::add(const EncodedRecord& record) {
  if (!empty() && !goes_on_with(record)) return false;
  if (empty()) {
    block_.resize(kHeaderOctets);
    block_[0] = static_cast<std::byte>(record.edition->category());
    receipt_time_ = record.receipt_time;
    offset_ = record.block;
    if (!offset_ && record.offset && *record.offset >= kHeaderOctets) offset_ = *record.offset - kHeaderOctets;
  }
  block_.insert(block_.end(), record.octets.begin(), record.octets.end());
  block_[1] = static_cast<std::byte>(block_.size() >> 8);
  block_[2] = static_cast<std::byte>(block_.size() & 0xFF);
  last_record_ = record.offset;
  return true;
}

void BlockAssembler::clear() noexcept {
  block_.clear();
  receipt_time_.reset();
  offset_.reset();
  last_record_.reset();
}

bool DatagramAssembler::add(const BlockAssembler& block) {
  const bool adjoins = end_ && end_ == block.offset() && receipt_time_ && receipt_time_ == block.receipt_time() &&
                       datagram_.size() + block.octets().size() <= kMaxDatagram;
  if (!empty() && !adjoins) return false;
  if (empty()) receipt_time_ = block.receipt_time();
  datagram_.insert(datagram_.end(), block.octets().begin(), block.octets().end());
  end_.reset();
  if (block.offset()) end_ = *block.offset() + block.octets().size();
  return true;
}

void DatagramAssembler::clear() noexcept {
  datagram_.clear();
  receipt_time_.reset();
  end_.reset();
}

}  // namespace marsad::wire::asterix
