// Replay files of the DARR tool: int32 length of the payload | int32 delay since the record before in ms | data blocks,
// little-endian. The delays are those of the tool's timer, not of the network: in one recording at hand they add up to
// 112 s where the data span 80 s. So they are not handed on as time of receipt.
#include "marsad/wire/framing/blocks.hpp"
#include "marsad/wire/framing/envelope.hpp"
#include "marsad/wire/framing/octets.hpp"
#include "marsad/wire/framing/walker.hpp"

namespace marsad::wire::framing {
namespace {

constexpr std::size_t kHeaderOctets = 8;

/// The length of the record at the beginning, if its header can be one and its payload fits and begins with a block.
std::optional<std::size_t> whole_record(std::span<const std::byte> octets) noexcept {
  constexpr std::uint32_t kLongestPayload = 65'535;
  constexpr std::uint32_t kLongestDelay = 86'400'000;
  if (!holds(octets, 0, kHeaderOctets)) return std::nullopt;
  const std::uint32_t length = u32_at(octets, 0, ByteOrder::little);
  if (length < kSmallestBlock || length > kLongestPayload || u32_at(octets, 4, ByteOrder::little) > kLongestDelay)
    return std::nullopt;
  if (!holds(octets, kHeaderOctets, length)) return std::nullopt;
  if (!whole_block(octets.subspan(kHeaderOctets, length))) return std::nullopt;
  return kHeaderOctets + length;
}

/// Evidence enough to take up the thread again; a bounded amount of work at any place.
bool is_plausible(std::span<const std::byte> octets) noexcept {
  constexpr std::size_t kBlocksLookedAt = 4;
  const auto length = whole_record(octets);
  if (!length) return false;
  const auto run = block_run(octets.first(*length).subspan(kHeaderOctets), kBlocksLookedAt);
  return run.to_the_end || run.blocks == kBlocksLookedAt;
}

class RplyWalker final : public Walker {
 public:
  using Walker::Walker;

  std::optional<Datagram> next() override {
    while (!at_end()) {
      if (const auto length = whole_record(rest())) return deliver(*length);
      mend();
    }
    return std::nullopt;
  }

 private:
  Datagram deliver(std::size_t length) {
    Datagram datagram;
    datagram.payload = rest().first(length).subspan(kHeaderOctets);
    datagram.offset = at_ + kHeaderOctets;
    account_.add_payload(datagram.payload.size());
    account_.add_framing(kHeaderOctets);
    at_ += length;
    return datagram;
  }

  void mend() {
    std::size_t at = at_ + 1;
    while (at < content_.size() && !is_plausible(content_.subspan(at))) ++at;
    skip_to(at, at == content_.size() ? base::FaultCode::truncated : base::FaultCode::bad_length);
  }
};

}  // namespace

bool begins_like_rply(std::span<const std::byte> content) noexcept {
  const auto length = whole_record(content);
  if (!length || !is_block_chain(content.first(*length).subspan(kHeaderOctets))) return false;
  const auto behind = content.subspan(*length);
  if (behind.empty() || whole_record(behind)) return true;
  // The second record may be torn, but then its header must promise more than there is.
  return behind.size() < kHeaderOctets || u32_at(behind, 0, ByteOrder::little) > behind.size() - kHeaderOctets;
}

WalkerResult walk_rply(std::span<const std::byte> content) {
  return std::unique_ptr<Walker>(std::make_unique<RplyWalker>(content));
}

}  // namespace marsad::wire::framing
