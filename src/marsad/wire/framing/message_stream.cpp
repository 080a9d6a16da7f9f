#include "marsad/wire/framing/message_stream.hpp"

#include <algorithm>
#include <array>

#include "marsad/base/check.hpp"
#include "marsad/wire/framing/blocks.hpp"
#include "marsad/wire/framing/cutter.hpp"
#include "marsad/wire/framing/octets.hpp"

namespace marsad::wire::framing {
namespace {

/// Data blocks by their length field.
class BlockCutter final : public Cutter {
 public:
  Piece cut(std::span<const std::byte> octets, bool more, Datagram& out) override {
    constexpr std::size_t kHeaderOctets = 3;
    const bool has_header = octets.size() >= kHeaderOctets;
    if (has_header && (u8_at(octets, 0) == 0 || u16_at(octets, 1) < kSmallestBlock))
      return damaged(octets.size(), base::FaultCode::bad_length);
    const std::size_t length = has_header ? u16_at(octets, 1) : kHeaderOctets;
    if (!has_header || length > octets.size())
      return more ? incomplete() : damaged(octets.size(), base::FaultCode::truncated);
    out = Datagram{};
    out.payload = octets.first(length);
    return {.what = Piece::What::message, .octets = length, .payload_octets = length};
  }
};

std::unique_ptr<Cutter> cutter_of(StreamFormat format) {
  switch (format) {
    case StreamFormat::asterix:
      return std::make_unique<BlockCutter>();
    case StreamFormat::beast:
      return beast_cutter();
    case StreamFormat::avr:
      return avr_cutter();
    case StreamFormat::hex_csv:
      return hex_csv_cutter();
    case StreamFormat::sbs:
      return sbs_cutter();
    case StreamFormat::dump978:
      return dump978_cutter();
    case StreamFormat::aircraft_json:
      return aircraft_json_cutter();
  }
  MARSAD_CHECK(false);
  return nullptr;
}

constexpr std::array kFormats{StreamFormat::asterix,      StreamFormat::beast, StreamFormat::avr,
                              StreamFormat::hex_csv,      StreamFormat::sbs,   StreamFormat::dump978,
                              StreamFormat::aircraft_json};

FileKind kind_of(StreamFormat format) noexcept {
  constexpr std::array kKinds{FileKind::asterix_raw, FileKind::beast,   FileKind::avr,          FileKind::hex_csv,
                              FileKind::sbs,         FileKind::dump978, FileKind::aircraft_json};
  return kKinds[static_cast<std::size_t>(format)];
}

}  // namespace

const char* name_of(StreamFormat format) noexcept { return name_of(kind_of(format)); }

std::optional<StreamFormat> stream_format_named(std::string_view name) noexcept {
  const auto* found =
      std::find_if(kFormats.begin(), kFormats.end(), [name](StreamFormat format) { return name == name_of(format); });
  return found == kFormats.end() ? std::nullopt : std::optional(*found);
}

MessageStream::MessageStream(StreamFormat format) : format_(format), cutter_(cutter_of(format)) {}
MessageStream::MessageStream(MessageStream&&) noexcept = default;
MessageStream& MessageStream::operator=(MessageStream&&) noexcept = default;
MessageStream::~MessageStream() = default;

std::size_t MessageStream::cut(std::span<const std::byte> octets, bool more, const OnMessage& on_message) {
  std::size_t done = 0;
  Datagram message;
  while (done < octets.size() && !lost_) {
    const Piece piece = cutter_->cut(octets.subspan(done), more, message);
    if (piece.what == Piece::What::incomplete) break;
    const std::uint64_t began = position_;
    done += piece.octets;
    position_ += piece.octets;
    switch (piece.what) {
      case Piece::What::message:
        ++counters_.datagrams;
        counters_.payload_octets += piece.payload_octets;
        counters_.framing_octets += piece.octets - piece.payload_octets;
        counters_.faults += piece.flawed ? 1U : 0U;
        message.offset = began + piece.payload_at;
        on_message(message);
        break;
      case Piece::What::framing:
        counters_.framing_octets += piece.octets;
        break;
      case Piece::What::other:
        counters_.other_octets += piece.octets;
        ++counters_.other_frames;
        break;
      case Piece::What::damaged:
      case Piece::What::incomplete:
        counters_.skipped_octets += piece.octets;
        ++counters_.faults;
        lost_ = format_ == StreamFormat::asterix && more;
        break;
    }
  }
  return done;
}

void MessageStream::put(std::span<const std::byte> octets, const OnMessage& on_message) {
  if (lost_) {
    counters_.skipped_octets += octets.size();
    return;
  }
  if (held_.empty()) {
    const std::size_t done = cut(octets, true, on_message);
    const auto rest = octets.subspan(done);
    if (lost_)
      counters_.skipped_octets += rest.size();
    else
      held_.assign(rest.begin(), rest.end());
    return;
  }
  held_.insert(held_.end(), octets.begin(), octets.end());
  const std::size_t done = cut(held_, true, on_message);
  held_.erase(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(done));
}

void MessageStream::end(const OnMessage& on_message) {
  (void)cut(held_, false, on_message);
  held_.clear();
  break_off();
}

void MessageStream::break_off() {
  counters_.skipped_octets += held_.size();
  counters_.faults += held_.empty() ? 0U : 1U;
  position_ += held_.size();
  held_.clear();
  lost_ = false;
  cutter_ = cutter_of(format_);
}

}  // namespace marsad::wire::framing
