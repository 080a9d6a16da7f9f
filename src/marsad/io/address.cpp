#include "marsad/io/address.hpp"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>

#include <algorithm>
#include <cstring>
#include <memory>

namespace marsad::io {

bool SocketAddress::is_multicast() const noexcept {
  if (family() == AF_INET) {
    const auto* v4 = reinterpret_cast<const sockaddr_in*>(&storage);
    return IN_MULTICAST(ntohl(v4->sin_addr.s_addr));
  }
  const auto* v6 = reinterpret_cast<const sockaddr_in6*>(&storage);
  return v6->sin6_addr.s6_addr[0] == 0xFF;
}

std::optional<SocketAddress> socket_address(const std::string& address, std::uint16_t port) {
  SocketAddress out;
  sockaddr_in v4{};
  if (::inet_pton(AF_INET, address.c_str(), &v4.sin_addr) == 1) {
    v4.sin_family = AF_INET;
    v4.sin_port = htons(port);
    out.length = sizeof v4;
    std::memcpy(&out.storage, &v4, sizeof v4);
    return out;
  }
  sockaddr_in6 v6{};
  if (::inet_pton(AF_INET6, address.c_str(), &v6.sin6_addr) == 1) {
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    out.length = sizeof v6;
    std::memcpy(&out.storage, &v6, sizeof v6);
    return out;
  }
  return std::nullopt;
}

std::array<std::uint8_t, 16> plain_address(const in_addr& address) noexcept {
  std::array<std::uint8_t, 16> octets{};
  octets[10] = octets[11] = 0xFF;
  std::memcpy(&octets[12], &address, sizeof address);
  return octets;
}

PlainAddress plain_address(const sockaddr_storage& storage) noexcept {
  PlainAddress out;
  if (storage.ss_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &storage, sizeof v4);
    out.octets = plain_address(v4.sin_addr);
    out.port = ntohs(v4.sin_port);
  } else if (storage.ss_family == AF_INET6) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, &storage, sizeof v6);
    std::memcpy(out.octets.data(), &v6.sin6_addr, out.octets.size());
    out.port = ntohs(v6.sin6_port);
  }
  return out;
}

std::optional<unsigned> interface_index(const std::string& interface) {
  if (interface.empty()) return 0U;
  if (const unsigned index = ::if_nametoindex(interface.c_str()); index != 0) return index;
  in_addr wanted{};
  if (::inet_pton(AF_INET, interface.c_str(), &wanted) != 1) return std::nullopt;
  ifaddrs* first = nullptr;
  if (::getifaddrs(&first) != 0) return std::nullopt;
  const std::unique_ptr<ifaddrs, decltype(&::freeifaddrs)> owner(first, &::freeifaddrs);
  for (const ifaddrs* one = first; one != nullptr; one = one->ifa_next) {
    if (one->ifa_addr == nullptr || one->ifa_addr->sa_family != AF_INET) continue;
    sockaddr_in v4{};
    std::memcpy(&v4, one->ifa_addr, sizeof v4);
    if (v4.sin_addr.s_addr == wanted.s_addr) return ::if_nametoindex(one->ifa_name);
  }
  return std::nullopt;
}

}  // namespace marsad::io
