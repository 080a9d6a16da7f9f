// FINAL (IOSS) frames, as read from recordings of three systems:
//   u16 length of the whole frame | u8 error | u8 line | u8 day | u24 time of day of the recorder in 10 ms |
//   data blocks | A5 A5 A5 A5, big-endian.
// The recorder's clock need not be UTC: of the recordings at hand one is an hour behind, one three hours.
#include "marsad/wire/framing/blocks.hpp"
#include "marsad/wire/framing/octets.hpp"
#include "marsad/wire/framing/walker.hpp"

namespace marsad::wire::framing {
namespace {

constexpr std::size_t kHeaderOctets = 8;
constexpr std::size_t kTrailerOctets = 4;
constexpr std::uint32_t kTrailer = 0xA5A5A5A5U;

/// The length of the frame at the beginning, if it has its trailer and a payload.
std::optional<std::size_t> whole_frame(std::span<const std::byte> octets) noexcept {
  if (!holds(octets, 0, kHeaderOctets)) return std::nullopt;
  const std::size_t length = u16_at(octets, 0);
  if (length <= kHeaderOctets + kTrailerOctets || length > octets.size()) return std::nullopt;
  if (u32_at(octets, length - kTrailerOctets) != kTrailer) return std::nullopt;
  return length;
}

std::span<const std::byte> payload_of(std::span<const std::byte> frame) noexcept {
  return frame.subspan(kHeaderOctets, frame.size() - kHeaderOctets - kTrailerOctets);
}

class FinalFrameWalker final : public Walker {
 public:
  using Walker::Walker;

  std::optional<Datagram> next() override {
    while (!at_end()) {
      if (const auto length = whole_frame(rest())) return deliver(rest().first(*length));
      mend();
    }
    return std::nullopt;
  }

 private:
  Datagram deliver(std::span<const std::byte> frame) {
    constexpr double kSecondsPerCount = 0.01;
    Datagram datagram;
    datagram.payload = payload_of(frame);
    datagram.offset = at_ + kHeaderOctets;
    const auto counts = unsigned_at<3>(frame, 5, ByteOrder::big);
    datagram.recorder_clock = units::Duration::seconds(static_cast<double>(counts) * kSecondsPerCount);
    account_.add_payload(datagram.payload.size());
    account_.add_framing(kHeaderOctets + kTrailerOctets);
    at_ += frame.size();
    return datagram;
  }

  void mend() {
    std::size_t at = at_ + 1;
    while (at < content_.size() && !begins_like_final_frame(content_.subspan(at))) ++at;
    skip_to(at, at == content_.size() ? base::FaultCode::truncated : base::FaultCode::bad_length);
  }
};

}  // namespace

bool begins_like_final_frame(std::span<const std::byte> content) noexcept {
  const auto length = whole_frame(content);
  return length && whole_block(payload_of(content.first(*length))).has_value();
}

WalkerResult walk_final_frame(std::span<const std::byte> content) {
  return std::unique_ptr<Walker>(std::make_unique<FinalFrameWalker>(content));
}

}  // namespace marsad::wire::framing
