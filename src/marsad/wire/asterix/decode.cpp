#include "marsad/wire/asterix/decode.hpp"

#include "marsad/wire/asterix/bits.hpp"
#include "marsad/wire/asterix/record_parser.hpp"

namespace marsad::wire::asterix {
namespace {

using base::FaultCode;

constexpr std::size_t kHeaderOctets = 3;

}  // namespace

DatagramReader::Step DatagramReader::report(const DecodeFault& fault) noexcept {
  fault_ = fault;
  ++summary_.faults;
  summary_.skipped_octets += fault.skipped_octets;
  return Step::fault;
}

DatagramReader::Step DatagramReader::open_block() noexcept {
  const std::size_t begin = position_;
  const std::size_t rest = datagram_.size() - begin;
  const auto give_up = [&](FaultCode code, std::size_t at, int category) {
    position_ = block_end_ = datagram_.size();
    return report({code, at, category, std::nullopt, rest});
  };
  if (rest < kHeaderOctets) return give_up(FaultCode::truncated, datagram_.size(), -1);
  const auto category = static_cast<int>(octet_at(datagram_, begin));
  const std::size_t length = octet_at(datagram_, begin + 1) << 8 | octet_at(datagram_, begin + 2);
  if (length <= kHeaderOctets) return give_up(FaultCode::bad_length, begin + 1, category);
  if (length > rest) return give_up(FaultCode::truncated, datagram_.size(), category);
  category_ = category;
  edition_ = editions_->of(category);
  depends_on_source_ = editions_->depends_on_source(category);
  block_end_ = begin + length;
  if (edition_ == nullptr && !depends_on_source_) {
    position_ = block_end_;
    return report({FaultCode::unknown_edition, begin, category, std::nullopt, length});
  }
  position_ = begin + kHeaderOctets;
  block_begin_ = begin;
  source_.reset();
  ++summary_.blocks;
  return Step::record;
}

/// By who sent the record that begins there, or sent the last one that told.
void DatagramReader::choose_edition(std::span<const std::byte> rest) noexcept {
  const std::optional<DataSource> source = peek_source(category_, rest);
  edition_ = editions_->of(category_, source ? source : source_);
}

DatagramReader::Step DatagramReader::next() noexcept {
  if (position_ == block_end_) {
    if (position_ == datagram_.size()) return Step::end;
    const Step opened = open_block();
    if (opened == Step::fault) return opened;
  }
  const std::size_t begin = position_;
  const auto rest = datagram_.subspan(begin, block_end_ - begin);
  if (depends_on_source_) [[unlikely]] {
    choose_edition(rest);
    if (edition_ == nullptr) {
      position_ = block_end_;
      return report({FaultCode::unknown_edition, begin, category_, std::nullopt, rest.size()});
    }
  }
  const RecordParser::Outcome outcome = RecordParser::parse(*edition_, rest, begin, source_, record_);
  summary_.unexplained_items += outcome.unexplained_items;
  if (!outcome.ok) {
    position_ = block_end_;
    return report({outcome.code, begin + outcome.at, edition_->category(), outcome.item, rest.size()});
  }
  position_ += outcome.size;
  record_.block_offset_ = block_begin_;
  source_ = record_.source();
  ++summary_.records;
  return Step::record;
}

}  // namespace marsad::wire::asterix
