// pcapng capture files (draft-ietf-opsawg-pcapng): sections of blocks, each with its length in front and behind.
#include <algorithm>

#include "marsad/wire/framing/capture.hpp"
#include "marsad/wire/framing/octets.hpp"

namespace marsad::wire::framing {
namespace {

constexpr std::uint32_t kSectionHeader = 0x0A0D0D0AU;
constexpr std::uint32_t kInterface = 1;
constexpr std::uint32_t kOldPacket = 2;
constexpr std::uint32_t kSimplePacket = 3;
constexpr std::uint32_t kNameResolution = 4;
constexpr std::uint32_t kStatistics = 5;
constexpr std::uint32_t kEnhancedPacket = 6;
constexpr std::uint32_t kByteOrderMagic = 0x1A2B3C4DU;

constexpr std::size_t kSmallestBlockOctets = 12;
constexpr std::size_t kBodyAt = 8;
constexpr std::size_t kLongestBlock = std::size_t{16} << 20U;
constexpr std::size_t kMostInterfaces = 4096;
constexpr std::uint64_t kNanosecondsPerSecond = 1'000'000'000;

std::optional<ByteOrder> byte_order_at(std::span<const std::byte> octets, std::size_t at) noexcept {
  if (!holds(octets, at, kSmallestBlockOctets + 4)) return std::nullopt;
  if (u32_at(octets, at) != kSectionHeader) return std::nullopt;
  for (const ByteOrder order : {ByteOrder::little, ByteOrder::big}) {
    if (u32_at(octets, at + 8, order) == kByteOrderMagic) return order;
  }
  return std::nullopt;
}

struct Interface {
  std::uint32_t link_type = 0;
  std::uint32_t snap_length = 0;  ///< 0: no limit
  std::uint8_t resolution = 6;    ///< if_tsresol: 10^-n, or 2^-(n & 0x7F) with the top bit set
  std::int64_t offset_s = 0;      ///< if_tsoffset
};

/// Nothing if the time is farther than kFarthestSecond.
std::optional<units::UtcTime> time_of(const Interface& interface, std::uint64_t counts) noexcept {
  std::uint64_t seconds = 0;
  std::uint64_t nanoseconds = 0;
  const unsigned exponent = interface.resolution & 0x7FU;
  if ((interface.resolution & 0x80U) != 0) {
    if (exponent > 63) return std::nullopt;
    seconds = counts >> exponent;
    const std::uint64_t fraction = counts - (seconds << exponent);
    // 10^9 < 2^30, so 34 bits of the fraction fit; the rest is below a tenth of a nanosecond.
    const unsigned kept = std::min(exponent, 34U);
    nanoseconds = ((fraction >> (exponent - kept)) * kNanosecondsPerSecond) >> kept;
  } else {
    if (exponent > 19) return std::nullopt;
    std::uint64_t per_second = 1;
    for (unsigned i = 0; i < exponent; ++i) per_second *= 10;
    seconds = counts / per_second;
    const std::uint64_t fraction = counts % per_second;
    nanoseconds = per_second <= kNanosecondsPerSecond ? fraction * (kNanosecondsPerSecond / per_second)
                                                      : fraction / (per_second / kNanosecondsPerSecond);
  }
  const std::int64_t limit = kFarthestSecond;
  if (seconds > static_cast<std::uint64_t>(limit) || interface.offset_s > limit || interface.offset_s < -limit)
    return std::nullopt;
  const std::int64_t total = static_cast<std::int64_t>(seconds) + interface.offset_s;
  if (total > limit || total < -limit) return std::nullopt;
  return units::UtcTime::nanoseconds_since_epoch(total * static_cast<std::int64_t>(kNanosecondsPerSecond) +
                                                 static_cast<std::int64_t>(nanoseconds));
}

class PcapngWalker final : public CaptureWalker {
 public:
  using CaptureWalker::CaptureWalker;

 private:
  using Octets = std::span<const std::byte>;

  bool step() override {
    if (at_end()) return false;
    const std::size_t length = whole_block_at(at_);
    if (length == 0) {
      mend();
      return true;
    }
    const Octets block = content_.subspan(at_, length);
    if (const auto order = byte_order_at(content_, at_)) {
      order_ = *order;
      interfaces_.clear();
    }
    open(block);
    return true;
  }

  /// The length of the block at `at` if it is whole and its two lengths agree, else 0.
  [[nodiscard]] std::size_t whole_block_at(std::size_t at) const noexcept {
    if (!holds(content_, at, kSmallestBlockOctets)) return 0;
    const bool section = u32_at(content_, at) == kSectionHeader;
    const auto section_order = byte_order_at(content_, at);
    if (section && !section_order) return 0;
    const ByteOrder order = section ? *section_order : order_;
    const std::uint64_t length = u32_at(content_, at + 4, order);
    if (length < kSmallestBlockOctets || length % 4 != 0 || length > kLongestBlock) return 0;
    if (!holds(content_, at, length)) return 0;
    return u32_at(content_, at + static_cast<std::size_t>(length) - 4, order) == length
               ? static_cast<std::size_t>(length)
               : 0;
  }

  void open(Octets block) {
    const Octets body = block.subspan(kBodyAt, block.size() - kSmallestBlockOctets);
    switch (u32_at(block, 0, order_)) {
      case kInterface:
        return open_interface(block, body);
      case kEnhancedPacket:
        return open_packet(block, body, body.size() >= 4 ? u32_at(body, 0, order_) : 0);
      case kOldPacket:
        return open_packet(block, body, body.size() >= 4 ? u16_at(body, 0, order_) : 0);
      case kSimplePacket:
        return open_simple_packet(block, body);
      default:  // section header, names, statistics, and what others have added: no packets in them
        account_.add_framing(block.size());
        at_ += block.size();
    }
  }

  void open_interface(Octets block, Octets body) {
    if (body.size() < 8) return skip_to(at_ + block.size(), base::FaultCode::bad_length);
    if (interfaces_.size() == kMostInterfaces) return skip_to(at_ + block.size(), base::FaultCode::too_large);
    Interface interface;
    interface.link_type = u16_at(body, 0, order_);
    interface.snap_length = u32_at(body, 4, order_);
    read_options(body.subspan(8), interface);
    interfaces_.push_back(interface);
    account_.add_framing(block.size());
    at_ += block.size();
  }

  void read_options(Octets options, Interface& interface) const noexcept {
    constexpr std::uint16_t kTimeResolution = 9;
    constexpr std::uint16_t kTimeOffset = 14;
    while (options.size() >= 4) {
      const std::uint16_t code = u16_at(options, 0, order_);
      const std::size_t length = u16_at(options, 2, order_);
      const std::size_t padded = (length + 3) / 4 * 4;
      if (code == 0 || padded > options.size() - 4) return;
      const Octets value = options.subspan(4, length);
      if (code == kTimeResolution && length == 1) interface.resolution = u8_at(value, 0);
      if (code == kTimeOffset && length == 8)
        interface.offset_s = static_cast<std::int64_t>(unsigned_at<8>(value, 0, order_));
      options = options.subspan(4 + padded);
    }
  }

  /// Enhanced and old packet blocks differ only in how they write the interface.
  void open_packet(Octets block, Octets body, std::uint32_t interface_number) {
    constexpr std::size_t kHeader = 20;
    if (body.size() < kHeader) return skip_to(at_ + block.size(), base::FaultCode::bad_length);
    const std::uint32_t captured = u32_at(body, 12, order_);
    if (captured > body.size() - kHeader) return skip_to(at_ + block.size(), base::FaultCode::bad_length);
    if (interface_number >= interfaces_.size()) return skip_to(at_ + block.size(), base::FaultCode::bad_value);
    const Interface& interface = interfaces_[interface_number];
    const std::uint64_t counts = (std::uint64_t{u32_at(body, 4, order_)} << 32U) | u32_at(body, 8, order_);
    deliver(block, {body.subspan(kHeader, captured), interface.link_type, time_of(interface, counts)});
  }

  void open_simple_packet(Octets block, Octets body) {
    if (body.size() < 4) return skip_to(at_ + block.size(), base::FaultCode::bad_length);
    if (interfaces_.empty()) return skip_to(at_ + block.size(), base::FaultCode::bad_value);
    const Interface& interface = interfaces_.front();
    std::size_t captured = u32_at(body, 0, order_);
    if (interface.snap_length != 0) captured = std::min<std::size_t>(captured, interface.snap_length);
    if (captured > body.size() - 4) return skip_to(at_ + block.size(), base::FaultCode::bad_length);
    deliver(block, {body.subspan(4, captured), interface.link_type, std::nullopt});
  }

  void deliver(Octets block, const Captured& captured) {
    account_.add_framing(block.size() - captured.octets.size());
    at_ += block.size();
    accept(captured);
  }

  /// Skips to the next block that is whole and of a kind that we know.
  void mend() {
    std::size_t at = at_ + 1;
    while (at < content_.size() && !resumes(at)) ++at;
    skip_to(at, at == content_.size() ? base::FaultCode::truncated : base::FaultCode::bad_length);
  }

  [[nodiscard]] bool resumes(std::size_t at) const noexcept {
    if (whole_block_at(at) == 0) return false;
    if (byte_order_at(content_, at)) return true;
    const std::uint32_t type = u32_at(content_, at, order_);
    return type == kInterface || type == kOldPacket || type == kSimplePacket || type == kNameResolution ||
           type == kStatistics || type == kEnhancedPacket;
  }

  ByteOrder order_ = ByteOrder::little;
  std::vector<Interface> interfaces_;
};

}  // namespace

bool begins_like_pcapng(std::span<const std::byte> content) noexcept { return byte_order_at(content, 0).has_value(); }

WalkerResult walk_pcapng(std::span<const std::byte> content) {
  if (!begins_like_pcapng(content)) return base::Fault{base::FaultCode::unknown_format, 0};
  return std::unique_ptr<Walker>(std::make_unique<PcapngWalker>(content));
}

}  // namespace marsad::wire::framing
