#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "marsad/base/result.hpp"
#include "marsad/units/time.hpp"
#include "marsad/wire/framing/datagram.hpp"

namespace marsad::wire::framing {

/// The header of a libpcap capture of Ethernet frames with times in nanoseconds, little-endian (magic A1B23C4D;
/// draft-ietf-opsawg-pcap). Every file begins with it once.
void append_pcap_header(std::vector<std::byte>& out);

/// Appends one packet: `datagram.payload` in UDP in IPv4, or in IPv6 where either of its addresses is one, in Ethernet.
/// Lengths and checksums are right; hardware addresses are zero, but for a multicast group its own. A datagram without
/// addresses is given those of loopback, 127.0.0.1, and UDP port 8600 on both sides. `time` stands in where the
/// datagram has no receipt time; without either it is 1970. Times before 1970 or after 2106 don't fit and are set to
/// the nearest that do.
///
/// A payload of more than 65 507 octets (65 487 in IPv6) does not fit in UDP: too_large, and nothing is appended.
/// Larger than a network's usual frames it may be; no fragments are made.
[[nodiscard]] std::optional<base::Fault> append_pcap_packet(std::vector<std::byte>& out, const Datagram& datagram,
                                                            std::optional<units::UtcTime> time = std::nullopt);

}  // namespace marsad::wire::framing
