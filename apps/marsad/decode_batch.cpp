#include "decode_batch.hpp"

#include <fmt/format.h>

#include <functional>

#include "marsad/wire/asterix/decode.hpp"
#include "marsad/wire/asterix/print.hpp"
#include "marsad/wire/modes/register_json.hpp"

namespace marsad::app {
namespace {

namespace asterix = wire::asterix;

std::string reason_of(const asterix::DecodeFault& fault) {
  std::string reason = base::name_of(fault.code);
  if (fault.category >= 0) reason += fmt::format(", category {:03}", fault.category);
  if (fault.item) reason += fmt::format(", item {}", asterix::name_of(*fault.item));
  return reason;
}

void append_register(std::string& out, std::uint8_t bds, std::uint64_t bits) {
  wire::modes::append_register_json(out, bds, wire::modes::Register(bits));
}

bool lies_in(std::span<const std::byte> payload, std::span<const std::byte> content) noexcept {
  const std::less_equal<> not_after;
  return not_after(content.data(), payload.data()) &&
         not_after(payload.data() + payload.size(), content.data() + content.size());
}

}  // namespace

void DecodeBatch::add(const wire::framing::Datagram& datagram, std::span<const std::byte> content) {
  const bool is_copied = !lies_in(datagram.payload, content);
  datagrams_.push_back({datagram, is_copied, copies_.size()});
  if (is_copied) copies_.insert(copies_.end(), datagram.payload.begin(), datagram.payload.end());
  octets_ += datagram.payload.size();
}

void DecodeBatch::decode(const std::string& path, const DecodeOptions& options, const asterix::EditionSet& editions) {
  for (const Entry& entry : datagrams_) {
    const wire::framing::Datagram& datagram = entry.datagram;
    asterix::PrintOptions print{.raw = options.raw, .receipt_time = {}, .base_offset = datagram.offset};
    if (!options.raw) print.append_register = append_register;
    if (datagram.receipt) print.receipt_time = datagram.receipt->seconds_since_epoch();
    const auto on_record = [&](const asterix::RecordView& record) {
      ++tally_.records[static_cast<std::size_t>(record.category())];
      if (options.format == "csv") return asterix::append_csv(text_, record, print);
      asterix::append_json(text_, record, print);
      text_ += '\n';
    };
    const auto on_fault = [&](const asterix::DecodeFault& fault) {
      tally_.add({path, datagram.offset + fault.offset, fault.skipped_octets, reason_of(fault)});
    };
    const auto payload = entry.is_copied
                             ? std::span<const std::byte>(copies_).subspan(entry.copy, datagram.payload.size())
                             : datagram.payload;
    asterix::decode_datagram(payload, editions, on_record, on_fault);
  }
}

void DecodeBatch::clear() noexcept {
  datagrams_.clear();
  copies_.clear();
  octets_ = 0;
  text_.clear();
  tally_ = {};
}

}  // namespace marsad::app
