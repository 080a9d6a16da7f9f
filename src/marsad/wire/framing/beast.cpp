// Beast binary: every frame begins with 1A and an octet that tells its type; an octet 1A inside is sent twice.
//   '1' '2' '3'  Mode A/C, short and long Mode S: 48 bit counter, signal, 2, 7 or 14 octets
//   '4' '5'      Radarcape status and position: 21 octets
//   E3           readsb's identity of a receiver: 8 octets
//   E8           readsb's time of what follows: 8 octets, never doubled, little-endian, signed milliseconds since 1970
//   'P' 'W'      readsb's questions to a receiver: 3 and 1 octets
// Sources: the Mode-S Beast data output formats (wiki.jetvision.de); the behaviour of readsb 3.14.
#include <algorithm>
#include <array>

#include "marsad/wire/framing/beast_scan.hpp"
#include "marsad/wire/framing/counter_clock.hpp"
#include "marsad/wire/framing/cutter.hpp"
#include "marsad/wire/framing/octets.hpp"
#include "marsad/wire/framing/receiver_message.hpp"

namespace marsad::wire::framing {
namespace {

constexpr std::size_t kLead = 2;  ///< octets of the escape and the type
constexpr std::size_t kLongestBody = 21;
constexpr std::uint8_t kTimeMark = 0xE8;

/// Octets behind the type, before doubling; 0 for a type that we don't know.
constexpr std::size_t body_size(std::uint8_t type) noexcept {
  switch (type) {
    case '1':
    case '2':
    case '3':
      return ReceiverMessage::kHeader - 1 + message_size(type);
    case '4':
    case '5':
      return kLongestBody;
    case 'P':
      return 3;
    case 'W':
      return 1;
    case 0xE3:
    case kTimeMark:
      return 8;
    default:
      return 0;
  }
}

/// The extent of a frame.
struct Extent {
  enum class State : std::uint8_t { whole, torn, short_of_octets };
  State state = State::whole;
  std::size_t octets = 0;  ///< whole: of the frame; torn: up to the escape that begins another frame
  std::size_t escapes = 0;
};

/// Goes through a frame octet by octet; with `body` given, what lies behind the type is copied there.
Extent extent_of(std::span<const std::byte> octets, std::size_t size, std::byte* body) noexcept {
  Extent out{Extent::State::whole, kLead, 0};
  for (std::size_t i = 0; i < size; ++i) {
    if (out.octets >= octets.size()) return {Extent::State::short_of_octets, octets.size(), 0};
    if (octets[out.octets] == kBeastEscape) {
      if (out.octets + 1 >= octets.size()) return {Extent::State::short_of_octets, octets.size(), 0};
      if (octets[out.octets + 1] != kBeastEscape) return {Extent::State::torn, out.octets, 0};
      ++out.octets;
      ++out.escapes;
    }
    if (body != nullptr) body[i] = octets[out.octets];
    ++out.octets;
  }
  return out;
}

Extent extent_of(std::span<const std::byte> octets, std::uint8_t type) noexcept {
  const std::size_t size = body_size(type);
  if (type != kTimeMark) return extent_of(octets, size, nullptr);
  if (octets.size() < kLead + size) return {Extent::State::short_of_octets, octets.size(), 0};
  return {Extent::State::whole, kLead + size, 0};
}

bool begins_frame(std::span<const std::byte> octets) noexcept {
  return octets.size() >= kLead && octets[0] == kBeastEscape && body_size(u8_at(octets, 1)) > 0;
}

/// Octets of the whole frame at the beginning that another frame, or the end, follows; 0 if there is none. `unsure` is
/// set where more octets could change the answer.
std::size_t followed_frame(std::span<const std::byte> octets, bool& unsure) noexcept {
  unsure = octets.size() < kLead && !octets.empty() && octets[0] == kBeastEscape;
  if (!begins_frame(octets)) return 0;
  const Extent extent = extent_of(octets, u8_at(octets, 1));
  unsure = extent.state == Extent::State::short_of_octets;
  if (extent.state != Extent::State::whole) return 0;
  const auto behind = octets.subspan(extent.octets);
  unsure = behind.size() < kLead && (behind.empty() || behind[0] == kBeastEscape);
  return behind.empty() || begins_frame(behind) ? extent.octets : 0;
}

class BeastCutter final : public Cutter {
 public:
  explicit BeastCutter(CounterKind counters) noexcept : clock_(counters), counters_(counters) {}

  Piece cut(std::span<const std::byte> octets, bool more, Datagram& out) override {
    if (octets.size() >= kLead + kScanOctets && octets[0] == kBeastEscape) {
      const std::size_t size = body_size(u8_at(octets, 1));
      const bool is_message = message_size(u8_at(octets, 1)) > 0;
      if (is_message && (escapes(octets.data() + kLead) & ((1U << size) - 1U)) == 0)
        return deliver(octets.subspan(1, 1 + size), kLead + size, out);
    }
    return cut_carefully(octets, more, out);
  }

 private:
  Piece cut_carefully(std::span<const std::byte> octets, bool more, Datagram& out) {
    if (octets.size() < kLead && octets[0] == kBeastEscape)
      return more ? incomplete() : damaged(octets.size(), base::FaultCode::truncated);
    if (!begins_frame(octets)) return mend(octets, more);
    const std::uint8_t type = u8_at(octets, 1);
    const Extent extent = extent_of(octets, type);
    if (extent.state == Extent::State::torn) return damaged(extent.octets, base::FaultCode::truncated);
    if (extent.state == Extent::State::short_of_octets) return more ? incomplete() : mend(octets, more);
    if (type == kTimeMark) return keep_time(octets, extent.octets);
    if (type == 'P' || type == 'W' || type == 0xE3) return framing(extent.octets);
    if (message_size(type) == 0) return other(extent.octets);
    body_[0] = octets[1];
    (void)extent_of(octets, body_size(type), &body_[1]);
    return deliver(std::span(body_).first(1 + body_size(type)), extent.octets, out);
  }

  Piece deliver(std::span<const std::byte> payload, std::size_t octets, Datagram& out) {
    const std::uint64_t counter = unsigned_at<6>(payload, 1, ByteOrder::big);
    if (counter == 0 && is_heartbeat(payload)) return other(octets);
    out = Datagram{};
    out.kind = PayloadKind::mode_s;
    out.payload = payload;
    out.receipt = receipt_;
    out.elapsed = clock_.elapsed(counter);
    if (counters_ == CounterKind::gps) out.recorder_clock = clock_.time_of_day(counter);
    return {.what = Piece::What::message, .octets = octets, .payload_octets = payload.size(), .payload_at = 1};
  }

  /// Programs send an empty Mode A/C message now and then, to show that they are there.
  [[nodiscard]] static bool is_heartbeat(std::span<const std::byte> payload) noexcept {
    return u8_at(payload, 0) == '1' && u8_at(payload, 7) == 0 && u16_at(payload, 8) == 0;
  }

  Piece keep_time(std::span<const std::byte> octets, std::size_t size) {
    constexpr std::int64_t kNanosecondsPerMillisecond = 1'000'000;
    const auto milliseconds = static_cast<std::int64_t>(unsigned_at<8>(octets, kLead, ByteOrder::little));
    const std::int64_t farthest = kFarthestSecond * 1000;
    if (milliseconds < -farthest || milliseconds > farthest) return damaged(size, base::FaultCode::bad_value);
    receipt_ = units::UtcTime::nanoseconds_since_epoch(milliseconds * kNanosecondsPerMillisecond);
    return framing(size);
  }

  /// Up to the next place that is certainly a frame, as far as the octets tell.
  [[nodiscard]] static Piece mend(std::span<const std::byte> octets, bool more) noexcept {
    std::size_t at = 1;
    for (; at < octets.size(); ++at) {
      bool unsure = false;
      if (octets[at] != kBeastEscape) continue;
      if (followed_frame(octets.subspan(at), unsure) > 0) break;
      if (unsure && more) break;
    }
    const bool torn = at == octets.size() && begins_frame(octets);
    return damaged(at, torn ? base::FaultCode::truncated : base::FaultCode::bad_value);
  }

  CounterClock clock_;
  CounterKind counters_;
  std::optional<units::UtcTime> receipt_;  ///< by the last time mark
  std::array<std::byte, 1 + kLongestBody> body_{};
};

/// How many frames follow each other from the beginning, counted up to `most`.
std::size_t frames_in_a_row(std::span<const std::byte> octets, std::size_t most) noexcept {
  std::size_t frames = 0;
  bool unsure = false;
  while (frames < most && !octets.empty()) {
    const std::size_t size = followed_frame(octets, unsure);
    if (size == 0) break;
    octets = octets.subspan(size);
    ++frames;
  }
  return frames;
}

}  // namespace

bool begins_like_beast(std::span<const std::byte> content) noexcept {
  constexpr std::size_t kCertain = 3;            // frames, where the content begins with one
  constexpr std::size_t kCertainLater = 8;       // frames, where it begins in the middle of one
  constexpr std::size_t kLongestBeginning = 48;  // octets of a frame, all doubled
  if (frames_in_a_row(content, kCertain) == kCertain) return true;
  bool unsure = false;
  if (content.size() <= kCertain * kLongestBeginning) return followed_frame(content, unsure) > 0;
  for (std::size_t at = 1; at < std::min(content.size(), kLongestBeginning); ++at)
    if (frames_in_a_row(content.subspan(at), kCertainLater) == kCertainLater) return true;
  return false;
}

std::unique_ptr<Cutter> beast_cutter(CounterKind counters) { return std::make_unique<BeastCutter>(counters); }

WalkerResult walk_beast(std::span<const std::byte> content) {
  const CounterKind counters = tell_counter_kind(content, *beast_cutter());
  return std::unique_ptr<Walker>(std::make_unique<CutWalker>(content, beast_cutter(counters)));
}

}  // namespace marsad::wire::framing
