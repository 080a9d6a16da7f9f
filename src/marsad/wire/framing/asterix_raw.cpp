// Raw ASTERIX: data blocks one after another, nothing between them (EUROCONTROL-SPEC-0149, part 1: category, length,
// records).
#include <algorithm>
#include <bitset>

#include "marsad/wire/framing/blocks.hpp"
#include "marsad/wire/framing/envelope.hpp"
#include "marsad/wire/framing/octets.hpp"
#include "marsad/wire/framing/walker.hpp"

namespace marsad::wire::framing {
namespace {

/// So many whole blocks in a row are no accident: each is right by chance at most once in a thousand times.
constexpr std::size_t kCertainRun = 3;

bool is_text(std::span<const std::byte> octets) noexcept {
  return std::all_of(octets.begin(), octets.end(), [](std::byte octet) {
    const auto c = std::to_integer<unsigned>(octet);
    return (c >= 0x20U && c < 0x7FU) || c == '\n' || c == '\r' || c == '\t';
  });
}

class RawWalker final : public Walker {
 public:
  using Walker::Walker;

  std::optional<Datagram> next() override {
    while (!at_end()) {
      const auto length = whole_block(rest());
      if (!length) {
        mend();
        continue;
      }
      return deliver(sound_length(*length));
    }
    return std::nullopt;
  }

 private:
  Datagram deliver(std::size_t length) {
    Datagram datagram;
    datagram.payload = rest().first(length);
    datagram.offset = at_;
    categories_.set(u8_at(rest(), 0));
    account_.add_payload(length);
    at_ += length;
    return datagram;
  }

  /// A wrong length that happens to fit would swallow its neighbours. So where no block follows, and a certain run of
  /// blocks begins inside, the block ends there; its decoder will say that its length is wrong.
  [[nodiscard]] std::size_t sound_length(std::size_t length) const noexcept {
    const auto behind = rest().subspan(length);
    if (behind.empty() || whole_block(behind)) return length;
    const std::size_t run = next_run(at_ + kSmallestBlock, at_ + length);
    return run < at_ + length ? run - at_ : length;
  }

  void mend() {
    const bool torn = rest().size() < kSmallestBlock || (u8_at(rest(), 0) != 0 && u16_at(rest(), 1) > rest().size());
    skip_to(next_run(at_ + 1, content_.size()), torn ? base::FaultCode::truncated : base::FaultCode::bad_length);
  }

  /// The first place in [from, to) where a certain run of blocks begins, or blocks that reach the end of the file and
  /// are of categories that have occurred; else `to`.
  [[nodiscard]] std::size_t next_run(std::size_t from, std::size_t to) const noexcept {
    for (std::size_t at = from; at < to; ++at) {
      const auto run = block_run(content_.subspan(at), kCertainRun);
      if (run.blocks >= kCertainRun) return at;
      if (run.blocks >= 1 && run.to_the_end && categories_.test(u8_at(content_, at))) return at;
    }
    return to;
  }

  std::bitset<256> categories_;
};

}  // namespace

bool begins_like_asterix_raw(std::span<const std::byte> content) noexcept {
  constexpr std::size_t kTextProbe = 64;
  if (is_text(content.first(std::min(content.size(), kTextProbe)))) return false;
  const auto run = block_run(content, kCertainRun);
  if (run.blocks >= kCertainRun || run.to_the_end) return run.blocks > 0;
  if (run.blocks == 0) return false;
  const auto tail = content.subspan(run.octets);
  if (tail.size() < kSmallestBlock) return true;
  return is_assigned_category(u8_at(tail, 0)) && u16_at(tail, 1) > tail.size();
}

WalkerResult walk_asterix_raw(std::span<const std::byte> content) {
  return std::unique_ptr<Walker>(std::make_unique<RawWalker>(content));
}

}  // namespace marsad::wire::framing
