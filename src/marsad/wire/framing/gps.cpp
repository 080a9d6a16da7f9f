// GPS recordings: 2200 octets of header, then { one data block | 10 octets } to the end. Of the 10 octets the first
// four were the same throughout the one recording at hand, the next two and the last were zero; between them stands
// u24, big-endian, the recorder's time of day in 1/128 s: in that recording it is 0.66 to 0.70 s after the times of day
// of plots and 0.02 s after those of a radar's service messages, from the first to the last. No public document.
#include <algorithm>

#include "marsad/wire/framing/blocks.hpp"
#include "marsad/wire/framing/envelope.hpp"
#include "marsad/wire/framing/octets.hpp"
#include "marsad/wire/framing/walker.hpp"

namespace marsad::wire::framing {
namespace {

constexpr std::size_t kFileHeaderOctets = 2200;
constexpr std::size_t kTrailerOctets = 10;
constexpr std::size_t kConstantOctets = 4;
constexpr std::size_t kTimeOffset = 6;
/// So many records in a row are no accident.
constexpr std::size_t kCertainRun = 3;

std::span<const std::byte> trailer_of(std::span<const std::byte> record) noexcept {
  return record.last(kTrailerOctets);
}

/// The length of the record at the beginning, if a block of an assigned category and a possible trailer fit.
std::optional<std::size_t> whole_record(std::span<const std::byte> octets) noexcept {
  constexpr std::uint64_t kCountsOfDay = 86'400 * 128;
  const auto block = whole_block(octets);
  if (!block || !is_assigned_category(u8_at(octets, 0)) || !holds(octets, *block, kTrailerOctets)) return std::nullopt;
  const auto trailer = octets.subspan(*block, kTrailerOctets);
  if (u8_at(trailer, kTrailerOctets - 1) != 0) return std::nullopt;
  if (unsigned_at<3>(trailer, kTimeOffset, ByteOrder::big) > kCountsOfDay) return std::nullopt;
  return *block + kTrailerOctets;
}

/// Whether records with the same constant follow one another, a certain run of them or to the end.
bool begins_run(std::span<const std::byte> octets) noexcept {
  std::span<const std::byte> constant;
  for (std::size_t records = 0; records < kCertainRun; ++records) {
    if (octets.empty()) return records > 1;
    const auto length = whole_record(octets);
    if (!length) return false;
    const auto begin = trailer_of(octets.first(*length)).first(kConstantOctets);
    if (records > 0 && !std::ranges::equal(begin, constant)) return false;
    constant = begin;
    octets = octets.subspan(*length);
  }
  return true;
}

class GpsWalker final : public Walker {
 public:
  explicit GpsWalker(std::span<const std::byte> content) noexcept : Walker(content) {
    at_ = std::min(kFileHeaderOctets, content.size());
    account_.add_framing(at_);
  }

  std::optional<Datagram> next() override {
    while (!at_end()) {
      if (const auto length = whole_record(rest())) return deliver(rest().first(*length));
      mend();
    }
    return std::nullopt;
  }

 private:
  Datagram deliver(std::span<const std::byte> record) {
    constexpr double kSecondsPerCount = 1.0 / 128.0;
    Datagram datagram;
    datagram.payload = record.first(record.size() - kTrailerOctets);
    datagram.offset = at_;
    const auto counts = unsigned_at<3>(trailer_of(record), kTimeOffset, ByteOrder::big);
    datagram.recorder_clock = units::Duration::seconds(static_cast<double>(counts) * kSecondsPerCount);
    account_.add_payload(datagram.payload.size());
    account_.add_framing(kTrailerOctets);
    at_ += record.size();
    return datagram;
  }

  void mend() {
    std::size_t at = at_ + 1;
    while (at < content_.size() && !begins_run(content_.subspan(at))) ++at;
    skip_to(at, at == content_.size() ? base::FaultCode::truncated : base::FaultCode::bad_length);
  }
};

}  // namespace

bool begins_like_gps(std::span<const std::byte> content) noexcept {
  return content.size() > kFileHeaderOctets && begins_run(content.subspan(kFileHeaderOctets));
}

WalkerResult walk_gps(std::span<const std::byte> content) {
  return std::unique_ptr<Walker>(std::make_unique<GpsWalker>(content));
}

}  // namespace marsad::wire::framing
