#include "marsad/wire/asterix/decode.hpp"

#include "marsad/wire/asterix/block_header.hpp"
#include "marsad/wire/asterix/record_parser.hpp"

namespace marsad::wire::asterix {

using base::FaultCode;

DatagramReader::Step DatagramReader::report(const DecodeFault& fault) noexcept {
  fault_ = fault;
  ++summary_.faults;
  summary_.skipped_octets += fault.skipped_octets;
  return Step::fault;
}

DatagramReader::Step DatagramReader::open_block() noexcept {
  const std::size_t begin = position_;
  const BlockHeader header = read_block_header(datagram_.subspan(begin));
  if (header.fault) {
    position_ = block_end_ = datagram_.size();
    return report({*header.fault, begin + header.at, header.category, std::nullopt, datagram_.size() - begin});
  }
  category_ = header.category;
  edition_ = editions_->of(header.category);
  depends_on_source_ = editions_->depends_on_source(header.category);
  block_end_ = begin + header.size;
  if (edition_ == nullptr && !depends_on_source_) {
    position_ = block_end_;
    return report({FaultCode::unknown_edition, begin, header.category, std::nullopt, header.size});
  }
  position_ = begin + kBlockHeaderOctets;
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
