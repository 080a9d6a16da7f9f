#include "marsad/wire/framing/pcap_writer.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <span>

namespace marsad::wire::framing {
namespace {

constexpr std::uint32_t kNanosecondMagic = 0xA1B23C4DU;
constexpr std::uint32_t kEthernet = 1;
constexpr std::uint32_t kLongestPacket = 262'144;
constexpr std::size_t kUdpHeaderOctets = 8;
constexpr std::size_t kIpv4HeaderOctets = 20;
constexpr std::size_t kLongestIp = 65'535;
constexpr std::uint16_t kAsterixPort = 8600;
constexpr std::uint8_t kUdp = 17;
constexpr std::uint8_t kTimeToLive = 64;
constexpr std::array<std::uint8_t, 16> kLoopback{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 127, 0, 0, 1};

using Octets = std::vector<std::byte>;
using IpAddress = std::array<std::uint8_t, 16>;

template <std::size_t Count>
void append_little(Octets& out, std::uint64_t value) {
  for (std::size_t i = 0; i < Count; ++i) out.push_back(static_cast<std::byte>(value >> (8 * i) & 0xFFU));
}

template <std::size_t Count>
void append_big(Octets& out, std::uint64_t value) {
  for (std::size_t i = Count; i-- > 0;) out.push_back(static_cast<std::byte>(value >> (8 * i) & 0xFFU));
}

void append_octets(Octets& out, std::span<const std::uint8_t> octets) {
  for (const std::uint8_t octet : octets) out.push_back(static_cast<std::byte>(octet));
}

void put_big16(Octets& out, std::size_t at, std::uint32_t value) {
  out[at] = static_cast<std::byte>(value >> 8U & 0xFFU);
  out[at + 1] = static_cast<std::byte>(value & 0xFFU);
}

/// The sum of 16-bit words of RFC 1071, not yet folded; an odd last octet is the high one.
std::uint64_t sum_of(std::span<const std::byte> octets) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < octets.size(); ++i)
    sum += std::to_integer<std::uint64_t>(octets[i]) << (i % 2 == 0 ? 8U : 0U);
  return sum;
}

std::uint32_t checksum_of(std::uint64_t sum) {
  while (sum > 0xFFFFU) sum = (sum & 0xFFFFU) + (sum >> 16U);
  return static_cast<std::uint32_t>(~sum & 0xFFFFU);
}

bool is_ipv4(const IpAddress& address) {
  return std::all_of(address.begin(), address.begin() + 10, [](std::uint8_t octet) { return octet == 0; }) &&
         address[10] == 0xFF && address[11] == 0xFF;
}

bool is_none(const IpAddress& address) {
  return std::all_of(address.begin(), address.end(), [](std::uint8_t octet) { return octet == 0; });
}

/// The datagram's addresses, made good where it has none.
Source addresses_of(const Datagram& datagram) {
  Source source = datagram.source;
  const bool ipv6 = !(is_ipv4(source.sender) || is_none(source.sender)) ||
                    !(is_ipv4(source.destination) || is_none(source.destination));
  if (is_none(source.sender) && is_none(source.destination) && source.destination_port == 0)
    source.sender_port = source.destination_port = kAsterixPort;
  IpAddress loopback = kLoopback;
  if (ipv6) {
    loopback = {};
    loopback[15] = 1;
  }
  if (is_none(source.sender)) source.sender = loopback;
  if (is_none(source.destination)) source.destination = loopback;
  return source;
}

/// The hardware address that a group's frames are sent to (RFC 1112, RFC 2464); zero for any other destination.
std::array<std::uint8_t, 6> hardware_address_of(const IpAddress& destination, bool ipv4) {
  if (ipv4 && destination[12] >= 224 && destination[12] < 240)
    return {0x01, 0x00, 0x5E, static_cast<std::uint8_t>(destination[13] & 0x7FU), destination[14], destination[15]};
  if (!ipv4 && destination[0] == 0xFF)
    return {0x33, 0x33, destination[12], destination[13], destination[14], destination[15]};
  return {};
}

void append_ipv4_header(Octets& out, const Source& source, std::size_t udp_octets) {
  const std::size_t begin = out.size();
  append_big<2>(out, 0x4500U);  // version, header of five words
  append_big<2>(out, kIpv4HeaderOctets + udp_octets);
  append_big<4>(out, 0x00004000U);  // no identification, don't fragment
  append_big<1>(out, kTimeToLive);
  append_big<1>(out, kUdp);
  append_big<2>(out, 0);
  append_octets(out, std::span(source.sender).last(4));
  append_octets(out, std::span(source.destination).last(4));
  put_big16(out, begin + 10, checksum_of(sum_of(std::span(out).subspan(begin))));
}

void append_ipv6_header(Octets& out, const Source& source, std::size_t udp_octets) {
  append_big<4>(out, 0x60000000U);
  append_big<2>(out, udp_octets);
  append_big<1>(out, kUdp);
  append_big<1>(out, kTimeToLive);
  append_octets(out, source.sender);
  append_octets(out, source.destination);
}

/// UDP (RFC 768) with the checksum over the pseudo header: the addresses, the protocol and the length.
void append_udp(Octets& out, const Source& source, bool ipv4, std::span<const std::byte> payload) {
  const std::size_t begin = out.size();
  const std::size_t octets = kUdpHeaderOctets + payload.size();
  append_big<2>(out, source.sender_port);
  append_big<2>(out, source.destination_port);
  append_big<2>(out, octets);
  append_big<2>(out, 0);
  out.insert(out.end(), payload.begin(), payload.end());
  const auto address_octets = [&](const IpAddress& address) {
    return std::as_bytes(ipv4 ? std::span(address).last(4) : std::span<const std::uint8_t>(address));
  };
  const std::uint64_t sum = sum_of(std::span(out).subspan(begin)) + sum_of(address_octets(source.sender)) +
                            sum_of(address_octets(source.destination)) + kUdp + octets;
  const std::uint32_t checksum = checksum_of(sum);
  put_big16(out, begin + 6, checksum == 0 ? 0xFFFFU : checksum);  // zero would mean that there is none
}

void append_packet_time(Octets& out, std::optional<units::UtcTime> time) {
  constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;
  constexpr std::int64_t kLast =
      (std::int64_t{std::numeric_limits<std::uint32_t>::max()} + 1) * kNanosecondsPerSecond - 1;
  const std::int64_t ns = std::clamp<std::int64_t>(time ? time->nanoseconds_since_epoch() : 0, 0, kLast);
  append_little<4>(out, static_cast<std::uint64_t>(ns / kNanosecondsPerSecond));
  append_little<4>(out, static_cast<std::uint64_t>(ns % kNanosecondsPerSecond));
}

}  // namespace

void append_pcap_header(Octets& out) {
  append_little<4>(out, kNanosecondMagic);
  append_little<2>(out, 2);  // version 2.4
  append_little<2>(out, 4);
  append_little<8>(out, 0);
  append_little<4>(out, kLongestPacket);
  append_little<4>(out, kEthernet);
}

std::optional<base::Fault> append_pcap_packet(Octets& out, const Datagram& datagram,
                                              std::optional<units::UtcTime> time) {
  const Source source = addresses_of(datagram);
  const bool ipv4 = is_ipv4(source.sender) && is_ipv4(source.destination);
  const std::size_t udp_octets = kUdpHeaderOctets + datagram.payload.size();
  // The length field of IPv6 doesn't count its header; the limit is kept alike, so that a reader may count on it.
  const std::size_t ip_header_octets = ipv4 ? kIpv4HeaderOctets : 40;
  if (ip_header_octets + udp_octets > kLongestIp) return base::Fault{base::FaultCode::too_large, 0};
  constexpr std::size_t kEthernetHeaderOctets = 14;
  const std::size_t octets = kEthernetHeaderOctets + ip_header_octets + udp_octets;
  append_packet_time(out, datagram.receipt ? datagram.receipt : time);
  append_little<4>(out, octets);
  append_little<4>(out, octets);
  append_octets(out, hardware_address_of(source.destination, ipv4));
  append_octets(out, std::array<std::uint8_t, 6>{});
  append_big<2>(out, ipv4 ? 0x0800U : 0x86DDU);
  if (ipv4)
    append_ipv4_header(out, source, udp_octets);
  else
    append_ipv6_header(out, source, udp_octets);
  append_udp(out, source, ipv4, datagram.payload);
  return std::nullopt;
}

}  // namespace marsad::wire::framing
