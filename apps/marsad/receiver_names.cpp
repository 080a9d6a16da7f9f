#include "receiver_names.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace marsad::app {
namespace {

using config::FeedSettings;
using observation::ReceiverSetting;

bool is_receiver(const FeedSettings& feed) { return feed.format != wire::framing::StreamFormat::asterix; }

/// IPv4 as ::ffff:a.b.c.d; nothing for a name.
std::optional<std::array<std::uint8_t, 16>> numeric(const std::string& address) {
  std::array<std::uint8_t, 16> octets{};
  if (inet_pton(AF_INET6, address.c_str(), octets.data()) == 1) return octets;
  octets[10] = octets[11] = 0xFF;
  if (inet_pton(AF_INET, address.c_str(), octets.data() + 12) == 1) return octets;
  return std::nullopt;
}

/// The other end of the connection, if the feed names it; of a multicast feed, its only group.
std::optional<std::array<std::uint8_t, 16>> address_of(const FeedSettings& feed) {
  if (feed.kind == config::FeedKind::tcp) return feed.listen ? std::nullopt : numeric(feed.address);
  return feed.groups.size() == 1 ? numeric(feed.groups.front()) : std::nullopt;
}

}  // namespace

std::vector<ReceiverSetting> receivers_of(const std::vector<FeedSettings>& feeds) {
  std::vector<ReceiverSetting> receivers;
  for (const FeedSettings& feed : feeds) {
    if (!is_receiver(feed) || feed.port == 0) continue;
    const auto address = address_of(feed);
    const auto same_port = [&feed](const FeedSettings& other) { return is_receiver(other) && other.port == feed.port; };
    if (!address && std::ranges::count_if(feeds, same_port) > 1) continue;
    receivers.push_back({.sensor = feed.name, .address = address, .port = feed.port});
  }
  return receivers;
}

}  // namespace marsad::app
