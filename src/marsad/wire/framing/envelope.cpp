#include "marsad/wire/framing/envelope.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "marsad/wire/framing/blocks.hpp"
#include "marsad/wire/framing/octets.hpp"

namespace marsad::wire::framing {
namespace {

// Categories with a published specification, current or withdrawn, those reserved for military use that occur in
// recordings of civil systems, and the private ones of the common tool chains.
constexpr std::array<std::uint8_t, 44> kAssigned{
    1,  2,  3,  4,  7,  8,  9,  10,  11,  15,  16,  17,  18,  19,  20,  21,  22,  23,  24,  25,  30,  31,
    32, 33, 34, 48, 62, 63, 65, 128, 129, 131, 150, 200, 203, 204, 205, 240, 244, 247, 251, 252, 253, 255};
static_assert(std::is_sorted(kAssigned.begin(), kAssigned.end()));

/// The length of the ORADIS part at the beginning, if its length and those of the data blocks in it agree.
std::size_t oradis_part(std::span<const std::byte> octets) noexcept {
  if (!holds(octets, 0, EnvelopeParts::kOradisHeaderOctets)) return 0;
  const std::size_t length = u16_at(octets, 0);
  if (length <= EnvelopeParts::kOradisHeaderOctets || length > octets.size()) return 0;
  constexpr std::uint32_t kMillisecondsOfDay = 86'400'000;
  if (u32_at(octets, 2) > kMillisecondsOfDay) return 0;
  return is_block_chain(octets.first(length).subspan(EnvelopeParts::kOradisHeaderOctets)) ? length : 0;
}

bool is_oradis(std::span<const std::byte> payload) noexcept {
  if (payload.empty() || is_block_chain(payload)) return false;
  while (!payload.empty()) {
    const std::size_t length = oradis_part(payload);
    if (length == 0) return false;
    payload = payload.subspan(length);
  }
  return true;
}

}  // namespace

std::optional<std::size_t> whole_block(std::span<const std::byte> octets) noexcept {
  if (octets.size() < kSmallestBlock || u8_at(octets, 0) == 0) return std::nullopt;
  const std::size_t length = u16_at(octets, 1);
  if (length < kSmallestBlock || length > octets.size()) return std::nullopt;
  return length;
}

BlockRun block_run(std::span<const std::byte> octets, std::size_t most) noexcept {
  BlockRun run;
  while (run.blocks < most && !octets.empty()) {
    const auto length = whole_block(octets);
    if (!length || !is_assigned_category(u8_at(octets, 0))) return run;
    ++run.blocks;
    run.octets += *length;
    octets = octets.subspan(*length);
  }
  run.to_the_end = octets.empty();
  return run;
}

bool begins_with_block(std::span<const std::byte> payload) noexcept { return whole_block(payload).has_value(); }

bool is_block_chain(std::span<const std::byte> payload) noexcept {
  if (payload.empty()) return false;
  while (!payload.empty()) {
    const auto length = whole_block(payload);
    if (!length) return false;
    payload = payload.subspan(*length);
  }
  return true;
}

bool is_assigned_category(int category) noexcept {
  return std::binary_search(kAssigned.begin(), kAssigned.end(), category);
}

bool looks_like_asterix(std::span<const std::byte> payload) noexcept {
  if (is_block_chain(payload)) return true;
  if (begins_with_block(payload) && is_assigned_category(u8_at(payload, 0))) return true;
  return is_oradis(payload);
}

EnvelopeParts::EnvelopeParts(std::span<const std::byte> payload) noexcept
    : rest_(payload), enveloped_(is_oradis(payload)), done_(payload.empty()) {}

std::optional<std::span<const std::byte>> EnvelopeParts::next() noexcept {
  if (done_) return std::nullopt;
  const std::size_t length = enveloped_ ? oradis_part(rest_) : rest_.size();
  const auto part = rest_.first(length).subspan(enveloped_ ? kOradisHeaderOctets : 0);
  rest_ = rest_.subspan(length);
  done_ = rest_.empty();
  return part;
}

}  // namespace marsad::wire::framing
