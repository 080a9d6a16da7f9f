#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "marsad/base/result.hpp"
#include "marsad/wire/framing/datagram.hpp"

namespace marsad::wire::framing {

/// Link types of captures (tcpdump.org, LINKTYPE_ registry) whose frames we can open.
enum class LinkType : std::uint32_t {
  null_loopback = 0,
  ethernet = 1,
  raw_ip_bsd = 12,
  raw_ip_openbsd = 14,
  raw_ip = 101,
  loop = 108,
  linux_cooked = 113,
  ipv4 = 228,
  ipv6 = 229,
  linux_cooked_2 = 276,
};

/// A piece of a fragmented IP packet.
struct Fragment {
  std::uint32_t identification = 0;
  std::uint8_t protocol = 0;
  std::uint32_t offset = 0;  ///< of the piece in the packet's payload, octets
  bool last = false;
};

/// What one captured frame is.
struct Frame {
  enum class Content : std::uint8_t {
    other,     ///< sound, but neither UDP nor ASTERIX over LLC
    damaged,   ///< see fault
    udp,       ///< `payload` is that of a UDP datagram
    llc,       ///< `payload` is what followed an IEEE 802.2 LLC header (unnumbered information)
    fragment,  ///< `payload` is a piece of an IP packet's payload, `fragment` says which
  };
  Content content = Content::other;
  base::FaultCode fault{};
  bool cut = false;  ///< the capture holds less of the payload than was sent
  std::span<const std::byte> payload;
  Source source;
  Fragment fragment;
};

/// Opens one captured frame: Ethernet II with VLAN tags, IEEE 802.3 with LLC or SNAP, Linux cooked, loopback, raw IP;
/// IPv4 with options, IPv6 with extension headers; UDP. Never reads outside `octets`. Checksums are not looked at:
/// captures made on the sending machine hold frames whose checksums the network card had yet to fill in.
[[nodiscard]] Frame open_frame(std::span<const std::byte> octets, std::uint32_t link_type) noexcept;

/// Opens the UDP datagram that `octets`, the payload of an IP packet, begins with; ports and payload of `frame` are
/// filled in. For packets put together from fragments.
void open_udp(std::span<const std::byte> octets, Frame& frame) noexcept;

}  // namespace marsad::wire::framing
