#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include <fmt/core.h>
#include <fmt/ranges.h>

#include "marsad/config/names.hpp"
#include "marsad/config/section_reader.hpp"
#include "marsad/config/sections.hpp"

namespace marsad::config {
namespace {

using wire::framing::StreamFormat;

/// The words of `format`, in the order of StreamFormat.
constexpr std::array<std::string_view, 7> kFormatNames{"asterix", "beast",   "avr",          "hex-csv",
                                                       "sbs",     "dump978", "aircraft-json"};

void read_udp_extras(SectionReader& reader, FeedSettings& feed) {
  if (auto groups = reader.addresses("group")) feed.groups = std::move(*groups);
  if (auto interfaces = reader.interfaces("interface")) feed.interfaces = std::move(*interfaces);
  if (feed.kind == FeedKind::tcp && !(feed.groups.empty() && feed.interfaces.empty())) {
    reader.fail(feed.groups.empty() ? "interface" : "group", "has no meaning for a TCP feed",
                "leave it out, or write kind = \"udp\"");
  }
  for (const std::string& group : feed.groups) {
    if (is_multicast(group)) continue;
    reader.fail("group", fmt::format("is no multicast group: {}", group),
                "give addresses from 224.0.0.0 to 239.255.255.255, or IPv6 ones that begin with ff");
    break;
  }
  if (!feed.interfaces.empty() && feed.groups.empty()) {
    reader.fail("interface", "needs a multicast group to join", "add group = \"239.0.0.1\", or use address instead");
  }
}

void read_tcp_extras(SectionReader& reader, FeedSettings& feed) {
  if (const auto listen = reader.truth("listen")) feed.listen = *listen;
  if (feed.listen && feed.kind == FeedKind::udp)
    reader.fail("listen", "has no meaning for a UDP feed", "leave it out, or write kind = \"tcp\"");
}

FeedSettings read_feed(SectionReader& reader) {
  FeedSettings feed;
  reader.require("name", "name = \"radar LAN\"");
  reader.require("port", "port = 8600");
  if (auto name = reader.text("name")) feed.name = std::move(*name);
  if (const auto kind = reader.choice("kind", kFeedKindNames)) feed.kind = static_cast<FeedKind>(*kind);
  if (const auto format = reader.choice("format", kFormatNames)) feed.format = static_cast<StreamFormat>(*format);
  if (const auto port = reader.port("port")) feed.port = *port;
  read_udp_extras(reader, feed);
  read_tcp_extras(reader, feed);
  const bool connects = feed.kind == FeedKind::tcp && !feed.listen;
  if (connects) reader.require("address", "address = \"127.0.0.1\", the host to connect to");
  // A group is received on every interface's address; anything else only on loopback unless told otherwise.
  feed.address = feed.groups.empty() ? "127.0.0.1" : "0.0.0.0";
  auto address = connects ? reader.host("address") : reader.address("address");
  if (address) feed.address = std::move(*address);
  reader.finish();
  return feed;
}

void check_feed_is_new(const std::vector<FeedSettings>& feeds, SectionReader& section) {
  const FeedSettings& last = feeds.back();
  const auto key = [](const FeedSettings& f) {
    return std::tie(f.kind, f.address, f.port, f.groups, f.interfaces, f.listen);
  };
  if (last.port == 0) return;  // its own error has been said
  const auto same = std::find_if(feeds.begin(), feeds.end() - 1, [&](const auto& f) { return key(f) == key(last); });
  if (same == feeds.end() - 1) return;
  section.fail("port", fmt::format("repeats the address and port of feed \"{}\"", same->name),
               "every feed needs its own socket: change the port, the address or the group, or remove one");
}

/// One text, or a list of several.
std::string list_toml(const std::vector<std::string>& texts) {
  if (texts.size() == 1) return quoted_toml(texts.front());
  std::string out = "[";
  for (const std::string& text : texts) out += (out.size() > 1 ? ", " : "") + quoted_toml(text);
  return out + "]";
}

}  // namespace

std::vector<FeedSettings> read_feeds(const std::vector<const Node*>& tables, ErrorList& errors) {
  std::vector<FeedSettings> feeds;
  for (std::size_t i = 0; i < tables.size(); ++i) {
    SectionReader section(*tables[i], fmt::format("feed[{}]", i + 1), errors);
    feeds.push_back(read_feed(section));
    check_feed_is_new(feeds, section);
  }
  return feeds;
}

std::string feed_toml(const FeedSettings& feed) {
  std::string out = fmt::format(
      "\n[[feed]]\nname = {}\nkind = {}\nformat = {}\naddress = {}\nport = {}\n", quoted_toml(feed.name),
      quoted_toml(kFeedKindNames[static_cast<std::size_t>(feed.kind)]),
      quoted_toml(kFormatNames[static_cast<std::size_t>(feed.format)]), quoted_toml(feed.address), feed.port);
  if (feed.listen) out += "listen = true\n";
  if (!feed.groups.empty()) out += fmt::format("group = {}\n", list_toml(feed.groups));
  if (!feed.interfaces.empty()) out += fmt::format("interface = {}\n", list_toml(feed.interfaces));
  return out;
}

}  // namespace marsad::config
