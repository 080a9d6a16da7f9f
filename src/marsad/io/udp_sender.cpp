#include "marsad/io/udp_sender.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

namespace marsad::io {
namespace {

/// A destination in the kernel's form.
struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t octets = 0;
  bool is_v6 = false;
  bool is_multicast = false;
};

std::optional<SocketAddress> parse(const UdpDestination& destination) {
  SocketAddress address;
  sockaddr_in v4{};
  if (inet_pton(AF_INET, destination.address.c_str(), &v4.sin_addr) == 1) {
    v4.sin_family = AF_INET;
    v4.sin_port = htons(destination.port);
    std::memcpy(&address.storage, &v4, sizeof v4);
    address.octets = sizeof v4;
    address.is_multicast = (ntohl(v4.sin_addr.s_addr) >> 28U) == 0xEU;
    return address;
  }
  sockaddr_in6 v6{};
  if (inet_pton(AF_INET6, destination.address.c_str(), &v6.sin6_addr) != 1) return std::nullopt;
  v6.sin6_family = AF_INET6;
  v6.sin6_port = htons(destination.port);
  // A link-local destination needs to know through which interface.
  if (!destination.interface.empty()) v6.sin6_scope_id = if_nametoindex(destination.interface.c_str());
  std::memcpy(&address.storage, &v6, sizeof v6);
  address.octets = sizeof v6;
  address.is_v6 = true;
  address.is_multicast = v6.sin6_addr.s6_addr[0] == 0xFF;
  return address;
}

template <class Value>
bool set_option(int socket, int level, int name, const Value& value) {
  return setsockopt(socket, level, name, &value, sizeof value) == 0;
}

/// Chooses the interface that multicast leaves by. IPv4 takes a name or an address of the interface, IPv6 a name.
bool choose_interface(int socket, const std::string& interface, bool is_v6) {
  const unsigned index = if_nametoindex(interface.c_str());
  if (is_v6) return index != 0 && set_option(socket, IPPROTO_IPV6, IPV6_MULTICAST_IF, static_cast<int>(index));
  ip_mreqn request{};
  request.imr_ifindex = static_cast<int>(index);
  if (index == 0 && inet_pton(AF_INET, interface.c_str(), &request.imr_address) != 1) return false;
  return set_option(socket, IPPROTO_IP, IP_MULTICAST_IF, request);
}

/// An empty text, or what failed.
std::string prepare_multicast(int socket, const UdpDestination& destination, bool is_v6) {
  const int loop = destination.loopback ? 1 : 0;
  const bool hops_set = is_v6 ? set_option(socket, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, destination.ttl)
                              : set_option(socket, IPPROTO_IP, IP_MULTICAST_TTL, destination.ttl);
  if (!hops_set) return "cannot set the time to live";
  const bool loop_set = is_v6 ? set_option(socket, IPPROTO_IPV6, IPV6_MULTICAST_LOOP, loop)
                              : set_option(socket, IPPROTO_IP, IP_MULTICAST_LOOP, loop);
  if (!loop_set) return "cannot set multicast loopback";
  if (!destination.interface.empty() && !choose_interface(socket, destination.interface, is_v6))
    return fmt::format("cannot use the interface \"{}\"", destination.interface);
  return {};
}

}  // namespace

base::Result<UdpSender, std::string> UdpSender::open(const UdpDestination& destination) {
  const auto fail = [&](std::string_view what) {
    return fmt::format("UDP output to {}:{}: {}", destination.address, destination.port, what);
  };
  const auto address = parse(destination);
  if (!address) return fail("not a numeric IPv4 or IPv6 address");
  if (destination.port == 0) return fail("port 0 cannot be sent to");
  if (destination.ttl < 0 || destination.ttl > 255) return fail("a time to live is 0 to 255");

  UdpSender sender;
  sender.socket_ = ::socket(address->is_v6 ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (sender.socket_ < 0) return fail(std::strerror(errno));
  if (address->is_multicast) {
    const std::string problem = prepare_multicast(sender.socket_, destination, address->is_v6);
    if (!problem.empty()) return fail(fmt::format("{}: {}", problem, std::strerror(errno)));
  }
  static_assert(sizeof(sockaddr_storage) <= sizeof sender.address_);
  std::memcpy(sender.address_, &address->storage, address->octets);
  sender.address_octets_ = address->octets;
  return sender;
}

UdpSender::~UdpSender() {
  if (socket_ >= 0) ::close(socket_);
}

UdpSender::UdpSender(UdpSender&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), address_octets_(other.address_octets_), counters_(other.counters_) {
  std::memcpy(address_, other.address_, sizeof address_);
}

UdpSender& UdpSender::operator=(UdpSender&& other) noexcept {
  if (this == &other) return *this;
  if (socket_ >= 0) ::close(socket_);
  socket_ = std::exchange(other.socket_, -1);
  std::memcpy(address_, other.address_, sizeof address_);
  address_octets_ = other.address_octets_;
  counters_ = other.counters_;
  return *this;
}

bool UdpSender::send(std::span<const std::byte> datagram) noexcept {
  sockaddr_storage storage{};
  std::memcpy(&storage, address_, address_octets_);
  // The socket stays unconnected: on a connected one the "port unreachable" of one datagram would fail the next.
  const auto sent = ::sendto(socket_, datagram.data(), datagram.size(), MSG_NOSIGNAL,
                             reinterpret_cast<const sockaddr*>(&storage), address_octets_);
  if (sent != static_cast<ssize_t>(datagram.size())) {
    ++counters_.dropped;
    return false;
  }
  ++counters_.datagrams;
  counters_.octets += datagram.size();
  return true;
}

}  // namespace marsad::io
