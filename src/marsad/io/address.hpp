#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace marsad::io {

/// A numeric IPv4 or IPv6 address with a port, in the form of the operating system. Includes system headers: for .cpp
/// files of this room only.
struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t length = 0;

  [[nodiscard]] const sockaddr* raw() const noexcept { return reinterpret_cast<const sockaddr*>(&storage); }
  [[nodiscard]] int family() const noexcept { return storage.ss_family; }
  [[nodiscard]] bool is_multicast() const noexcept;
};

/// Nothing if `address` is not numeric.
[[nodiscard]] std::optional<SocketAddress> socket_address(const std::string& address, std::uint16_t port);

/// The address in 16 octets, IPv4 as ::ffff:a.b.c.d, and the port.
struct PlainAddress {
  std::array<std::uint8_t, 16> octets{};
  std::uint16_t port = 0;
};
[[nodiscard]] PlainAddress plain_address(const sockaddr_storage& storage) noexcept;
[[nodiscard]] std::array<std::uint8_t, 16> plain_address(const in_addr& address) noexcept;

/// The number of the network interface with this name or numeric IPv4 address; 0 for the empty text; nothing if there
/// is no such interface.
[[nodiscard]] std::optional<unsigned> interface_index(const std::string& interface);

}  // namespace marsad::io
