#include "marsad/wire/framing/network.hpp"

#include <algorithm>

#include "marsad/wire/framing/octets.hpp"

namespace marsad::wire::framing {
namespace {

constexpr std::uint16_t kEtherIpv4 = 0x0800;
constexpr std::uint16_t kEtherIpv6 = 0x86DD;
constexpr std::uint16_t kEtherVlan = 0x8100;
constexpr std::uint16_t kEtherQinq = 0x88A8;
constexpr std::uint16_t kEtherOldQinq = 0x9100;
constexpr std::uint16_t kLargest8023Length = 1500;
constexpr std::uint8_t kProtocolUdp = 17;

Frame other() noexcept { return {}; }

Frame damaged(base::FaultCode code) noexcept {
  Frame frame;
  frame.content = Frame::Content::damaged;
  frame.fault = code;
  return frame;
}

void set_ipv4_address(std::array<std::uint8_t, 16>& address, std::span<const std::byte> octets) noexcept {
  address = {};
  address[10] = address[11] = 0xFF;
  for (std::size_t i = 0; i < 4; ++i) address[12 + i] = u8_at(octets, i);
}

void set_ipv6_address(std::array<std::uint8_t, 16>& address, std::span<const std::byte> octets) noexcept {
  for (std::size_t i = 0; i < address.size(); ++i) address[i] = u8_at(octets, i);
}

/// The payload of an IP packet whose addresses are known.
Frame open_transport(Frame frame, std::span<const std::byte> payload, std::uint8_t protocol) noexcept {
  if (protocol != kProtocolUdp) return other();
  open_udp(payload, frame);
  return frame;
}

Frame open_fragment(Frame frame, std::span<const std::byte> payload, const Fragment& fragment) noexcept {
  if (fragment.protocol != kProtocolUdp) return other();
  if (frame.cut) return damaged(base::FaultCode::truncated);
  if (payload.empty() || (!fragment.last && payload.size() % 8 != 0)) return damaged(base::FaultCode::bad_length);
  frame.content = Frame::Content::fragment;
  frame.payload = payload;
  frame.fragment = fragment;
  return frame;
}

Frame open_ipv4(std::span<const std::byte> octets) noexcept {
  constexpr std::size_t kSmallestHeader = 20;
  if (octets.size() < kSmallestHeader) return damaged(base::FaultCode::truncated);
  const unsigned version_and_length = u8_at(octets, 0);
  const std::size_t header = std::size_t{version_and_length & 0x0FU} * 4;
  if (version_and_length >> 4U != 4 || header < kSmallestHeader) return damaged(base::FaultCode::bad_value);
  // A total length of 0: the network card was to cut the packet and fill it in (segmentation offload).
  const std::size_t announced = u16_at(octets, 2);
  const std::size_t total = announced == 0 ? octets.size() : announced;
  if (total < header) return damaged(base::FaultCode::bad_length);
  if (octets.size() < header) return damaged(base::FaultCode::truncated);

  Frame frame;
  set_ipv4_address(frame.source.sender, octets.subspan(12, 4));
  set_ipv4_address(frame.source.destination, octets.subspan(16, 4));
  frame.cut = total > octets.size();
  const auto payload = octets.first(std::min(total, octets.size())).subspan(header);
  const unsigned flags_and_offset = u16_at(octets, 6);
  const bool more = (flags_and_offset & 0x2000U) != 0;
  const std::uint32_t offset = (flags_and_offset & 0x1FFFU) * 8U;
  const std::uint8_t protocol = u8_at(octets, 9);
  if (more || offset != 0) return open_fragment(frame, payload, {u16_at(octets, 4), protocol, offset, !more});
  return open_transport(frame, payload, protocol);
}

Frame open_ipv6(std::span<const std::byte> octets) noexcept {
  constexpr std::size_t kHeader = 40;
  constexpr int kMostExtensions = 8;
  if (octets.size() < kHeader) return damaged(base::FaultCode::truncated);
  if (u8_at(octets, 0) >> 4U != 6) return damaged(base::FaultCode::bad_value);
  Frame frame;
  set_ipv6_address(frame.source.sender, octets.subspan(8, 16));
  set_ipv6_address(frame.source.destination, octets.subspan(24, 16));
  const std::size_t announced = u16_at(octets, 4);
  auto payload = octets.subspan(kHeader);
  frame.cut = announced > payload.size();
  if (announced != 0) payload = payload.first(std::min(announced, payload.size()));

  std::uint8_t next = u8_at(octets, 6);
  for (int i = 0; i < kMostExtensions; ++i) {
    const bool options = next == 0 || next == 43 || next == 60;  // hop-by-hop, routing, destination
    const bool fragment = next == 44;
    if (!options && !fragment) return open_transport(frame, payload, next);
    if (payload.size() < 8) return damaged(base::FaultCode::truncated);
    const std::size_t length = fragment ? 8 : (std::size_t{u8_at(payload, 1)} + 1) * 8;
    if (payload.size() < length) return damaged(base::FaultCode::truncated);
    const auto header = payload.first(length);
    next = u8_at(header, 0);
    payload = payload.subspan(length);
    if (!fragment) continue;
    const unsigned offset_and_more = u16_at(header, 2);
    const std::uint32_t offset = offset_and_more & 0xFFF8U;
    const bool more = (offset_and_more & 1U) != 0;
    if (more || offset != 0) return open_fragment(frame, payload, {u32_at(header, 4), next, offset, !more});
  }
  return other();
}

Frame open_ip(std::span<const std::byte> octets) noexcept {
  if (octets.empty()) return damaged(base::FaultCode::truncated);
  return u8_at(octets, 0) >> 4U == 6 ? open_ipv6(octets) : open_ipv4(octets);
}

Frame open_ether_type(std::span<const std::byte> octets, std::uint16_t type) noexcept;

/// IEEE 802.2: what follows an 802.3 length field. SNAP carries an EtherType; any other service access point carries
/// its data at once, which is how some radars send ASTERIX without IP.
Frame open_llc(std::span<const std::byte> octets, std::size_t announced) noexcept {
  constexpr std::size_t kHeader = 3;
  constexpr std::uint8_t kUnnumberedInformation = 0x03;
  constexpr std::uint8_t kSnap = 0xAA;
  if (octets.size() < kHeader || announced < kHeader) return damaged(base::FaultCode::truncated);
  Frame frame;
  frame.cut = announced > octets.size();
  const auto data = octets.first(std::min(announced, octets.size()));
  if (u8_at(data, 2) != kUnnumberedInformation) return other();
  if (u8_at(data, 0) == kSnap && u8_at(data, 1) == kSnap) {
    if (data.size() < kHeader + 5) return damaged(base::FaultCode::truncated);
    return open_ether_type(data.subspan(kHeader + 5), u16_at(data, kHeader + 3));
  }
  frame.content = Frame::Content::llc;
  frame.payload = data.subspan(kHeader);
  return frame;
}

Frame open_ether_type(std::span<const std::byte> octets, std::uint16_t type) noexcept {
  constexpr int kMostTags = 4;
  for (int i = 0; i < kMostTags && (type == kEtherVlan || type == kEtherQinq || type == kEtherOldQinq); ++i) {
    if (octets.size() < 4) return damaged(base::FaultCode::truncated);
    type = u16_at(octets, 2);
    octets = octets.subspan(4);
  }
  if (type == kEtherIpv4) return open_ipv4(octets);
  if (type == kEtherIpv6) return open_ipv6(octets);
  if (type <= kLargest8023Length) return open_llc(octets, type);
  return other();
}

/// A frame whose link header of `header` octets has an EtherType at `type_at`.
Frame open_behind(std::span<const std::byte> octets, std::size_t header, std::size_t type_at) noexcept {
  if (octets.size() < header) return damaged(base::FaultCode::truncated);
  return open_ether_type(octets.subspan(header), u16_at(octets, type_at));
}

/// BSD loopback: a protocol family in the byte order of the capturing machine; the IP version tells as much.
Frame open_loopback(std::span<const std::byte> octets) noexcept {
  constexpr std::size_t kHeader = 4;
  if (octets.size() < kHeader) return damaged(base::FaultCode::truncated);
  return open_ip(octets.subspan(kHeader));
}

/// Linux cooked captures use EtherType 4 for IEEE 802.2; there the frame's own end is the only length.
Frame open_cooked(std::span<const std::byte> octets, std::size_t header, std::size_t type_at) noexcept {
  constexpr std::uint16_t kCooked8022 = 4;
  if (octets.size() < header) return damaged(base::FaultCode::truncated);
  const std::uint16_t type = u16_at(octets, type_at);
  const auto data = octets.subspan(header);
  if (type == kCooked8022) return open_llc(data, data.size());
  return type <= kLargest8023Length ? other() : open_ether_type(data, type);
}

}  // namespace

void open_udp(std::span<const std::byte> octets, Frame& frame) noexcept {
  constexpr std::size_t kHeader = 8;
  if (octets.size() < kHeader) {
    frame = damaged(base::FaultCode::truncated);
    return;
  }
  const std::size_t announced = u16_at(octets, 4);
  const std::size_t length = announced == 0 ? octets.size() : announced;
  if (length < kHeader) {
    frame = damaged(base::FaultCode::bad_length);
    return;
  }
  frame.content = Frame::Content::udp;
  frame.source.sender_port = u16_at(octets, 0);
  frame.source.destination_port = u16_at(octets, 2);
  frame.cut = frame.cut || length > octets.size();
  frame.payload = octets.first(std::min(length, octets.size())).subspan(kHeader);
}

Frame open_frame(std::span<const std::byte> octets, std::uint32_t link_type) noexcept {
  switch (static_cast<LinkType>(link_type)) {
    case LinkType::ethernet:
      return open_behind(octets, 14, 12);
    case LinkType::linux_cooked:
      return open_cooked(octets, 16, 14);
    case LinkType::linux_cooked_2:
      return open_cooked(octets, 20, 0);
    case LinkType::null_loopback:
    case LinkType::loop:
      return open_loopback(octets);
    case LinkType::raw_ip:
    case LinkType::raw_ip_bsd:
    case LinkType::raw_ip_openbsd:
      return open_ip(octets);
    case LinkType::ipv4:
      return open_ipv4(octets);
    case LinkType::ipv6:
      return open_ipv6(octets);
  }
  return damaged(base::FaultCode::unknown_format);
}

}  // namespace marsad::wire::framing
