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

#include "marsad/io/address.hpp"

namespace marsad::io {
namespace {

/// The destination in the kernel's form; nothing if it is not numeric.
std::optional<SocketAddress> parse(const UdpDestination& destination) {
  auto address = socket_address(destination.address, destination.port);
  // A link-local destination needs to know through which interface.
  if (address && address->family() == AF_INET6 && !destination.interface.empty())
    reinterpret_cast<sockaddr_in6*>(&address->storage)->sin6_scope_id = if_nametoindex(destination.interface.c_str());
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
  sender.socket_ = ::socket(address->family(), SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (sender.socket_ < 0) return fail(std::strerror(errno));
  if (address->is_multicast()) {
    const std::string problem = prepare_multicast(sender.socket_, destination, address->family() == AF_INET6);
    if (!problem.empty()) return fail(fmt::format("{}: {}", problem, std::strerror(errno)));
  }
  static_assert(sizeof(sockaddr_storage) <= sizeof sender.address_);
  std::memcpy(sender.address_, &address->storage, address->length);
  sender.address_octets_ = address->length;
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
