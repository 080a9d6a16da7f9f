#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "marsad/base/result.hpp"

namespace marsad::io {

/// Where datagrams go.
struct UdpDestination {
  std::string address;     ///< numeric IPv4 or IPv6, unicast or multicast
  std::uint16_t port = 0;  ///< not 0
  std::string interface;   ///< for multicast: name of the network interface ("eth1"), or a numeric IPv4 address of it;
                           ///< empty leaves the choice to the routing table
  int ttl = 1;             ///< for multicast: hops, 0 to 255; 1 stays in the local network
  bool loopback = true;    ///< for multicast: receivers on this machine get it too
};

/// What has been sent.
struct UdpSenderCounters {
  std::uint64_t datagrams = 0;
  std::uint64_t octets = 0;
  std::uint64_t dropped = 0;  ///< refused by the kernel: buffer full, no route, interface down
};

/// Sends datagrams to one destination and never waits: what the kernel doesn't take at once is dropped and counted, so
/// that an output can't hold up the picture. Not for use by several threads at once.
class UdpSender {
 public:
  /// Fails with a message for the configuration's user.
  static base::Result<UdpSender, std::string> open(const UdpDestination& destination);

  ~UdpSender();
  UdpSender(UdpSender&& other) noexcept;
  UdpSender& operator=(UdpSender&& other) noexcept;

  /// True if the kernel took the datagram.
  bool send(std::span<const std::byte> datagram) noexcept;

  [[nodiscard]] const UdpSenderCounters& counters() const noexcept { return counters_; }

 private:
  UdpSender() = default;

  int socket_ = -1;
  alignas(8) std::byte address_[128]{};  ///< a sockaddr_storage, so that no system header is needed here
  unsigned address_octets_ = 0;
  UdpSenderCounters counters_;
};

}  // namespace marsad::io
