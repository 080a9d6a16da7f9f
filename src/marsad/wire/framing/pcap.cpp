// libpcap capture files (draft-ietf-opsawg-pcap): 24 octets header, then records of 16 octets header and a frame.
#include <algorithm>

#include "marsad/wire/framing/capture.hpp"
#include "marsad/wire/framing/octets.hpp"

namespace marsad::wire::framing {
namespace {

constexpr std::size_t kFileHeader = 24;
constexpr std::size_t kRecordHeader = 16;
constexpr std::uint32_t kLongestFrame = 262'144;  // the largest snapshot length of libpcap

struct Form {
  ByteOrder order = ByteOrder::little;
  std::uint32_t nanoseconds_per_count = 1000;
};

std::optional<Form> form_of(std::span<const std::byte> content) noexcept {
  constexpr std::uint32_t kMicroseconds = 0xA1B2C3D4U;
  constexpr std::uint32_t kNanoseconds = 0xA1B23C4DU;
  if (content.size() < 4) return std::nullopt;
  for (const ByteOrder order : {ByteOrder::little, ByteOrder::big}) {
    const std::uint32_t magic = u32_at(content, 0, order);
    if (magic == kMicroseconds) return Form{order, 1000};
    if (magic == kNanoseconds) return Form{order, 1};
  }
  return std::nullopt;
}

struct RecordHeader {
  std::uint32_t seconds = 0;
  std::uint32_t fraction = 0;
  std::uint32_t captured = 0;
  std::uint32_t original = 0;
};

class PcapWalker final : public CaptureWalker {
 public:
  PcapWalker(std::span<const std::byte> content, Form form) noexcept
      : CaptureWalker(content), form_(form), link_type_(u32_at(content, 20, form.order) & 0x0FFFFFFFU) {
    account_.add_framing(kFileHeader);
    at_ = kFileHeader;
  }

 private:
  bool step() override {
    if (at_end()) return false;
    if (!is_sound(at_)) {
      mend();
      return true;
    }
    const RecordHeader header = header_at(at_);
    Captured captured;
    captured.octets = content_.subspan(at_ + kRecordHeader, header.captured);
    captured.link_type = link_type_;
    captured.receipt = units::UtcTime::nanoseconds_since_epoch(
        std::int64_t{header.seconds} * 1'000'000'000 + std::int64_t{header.fraction} * form_.nanoseconds_per_count);
    account_.add_framing(kRecordHeader);
    at_ += kRecordHeader + header.captured;
    accept(captured);
    return true;
  }

  [[nodiscard]] RecordHeader header_at(std::size_t at) const noexcept {
    return {u32_at(content_, at, form_.order), u32_at(content_, at + 4, form_.order),
            u32_at(content_, at + 8, form_.order), u32_at(content_, at + 12, form_.order)};
  }

  [[nodiscard]] bool fits(std::size_t at) const noexcept {
    if (!holds(content_, at, kRecordHeader)) return false;
    const RecordHeader header = header_at(at);
    return header.captured <= kLongestFrame && holds(content_, at + kRecordHeader, header.captured);
  }

  [[nodiscard]] bool is_proper(std::size_t at) const noexcept {
    if (!fits(at)) return false;
    const RecordHeader header = header_at(at);
    return header.captured > 0 && header.captured <= header.original && header.original <= kLongestFrame &&
           header.fraction < 1'000'000'000U / form_.nanoseconds_per_count;
  }

  /// Where the record at `at`, which fits, would end.
  [[nodiscard]] std::size_t end_of(std::size_t at) const noexcept {
    return at + kRecordHeader + header_at(at).captured;
  }

  /// A header with an odd field is believed if what follows it is in order: the field is damaged, the length is not.
  [[nodiscard]] bool is_sound(std::size_t at) const noexcept {
    if (is_proper(at)) return true;
    return fits(at) && (end_of(at) == content_.size() || is_proper(end_of(at)));
  }

  /// Skips to the next place where two proper records follow one another, or one ends the file.
  void mend() {
    const bool torn = !holds(content_, at_, kRecordHeader) || header_at(at_).captured <= kLongestFrame;
    std::size_t at = at_ + 1;
    const auto resumes = [this](std::size_t place) {
      return is_proper(place) && (end_of(place) == content_.size() || is_proper(end_of(place)));
    };
    while (at < content_.size() && !resumes(at)) ++at;
    skip_to(at, torn && at == content_.size() ? base::FaultCode::truncated : base::FaultCode::bad_length);
  }

  Form form_;
  std::uint32_t link_type_;
};

}  // namespace

bool begins_like_pcap(std::span<const std::byte> content) noexcept {
  return content.size() >= kFileHeader && form_of(content).has_value();
}

WalkerResult walk_pcap(std::span<const std::byte> content) {
  const auto form = form_of(content);
  if (!form) return base::Fault{base::FaultCode::unknown_format, 0};
  if (content.size() < kFileHeader) return base::Fault{base::FaultCode::truncated, content.size()};
  return std::unique_ptr<Walker>(std::make_unique<PcapWalker>(content, *form));
}

}  // namespace marsad::wire::framing
