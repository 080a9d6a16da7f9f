#include <array>
#include <charconv>
#include <utility>

#include <fmt/core.h>

#include "marsad/config/section_reader.hpp"
#include "marsad/config/sections.hpp"
#include "marsad/wire/asterix/edition.hpp"

namespace marsad::config {
namespace {

constexpr std::array<std::string_view, 3> kAvrStyleNames{"plain", "counter", "counter-and-signal"};

template <class T>
void assign(T& target, std::optional<T> value) {
  if (value) target = std::move(*value);
}

/// What every output over UDP has.
template <class UdpSettings>
void read_destination(SectionReader& reader, UdpSettings& out, std::string_view example_port) {
  reader.require("address", "address = \"127.0.0.1\"");
  reader.require("port", example_port);
  assign(out.address, reader.address("address"));
  assign(out.port, reader.port("port"));
  if (auto interface = reader.interfaces("interface")) {
    if (interface->size() == 1)
      out.interface_address = interface->front();
    else
      reader.fail("interface", "is not one interface", "name the one to send on");
  }
  if (const auto ttl = reader.whole("ttl", 0, 255)) out.ttl = static_cast<std::uint8_t>(*ttl);
  assign(out.sac, reader.octet("sac"));
  assign(out.sic, reader.octet("sic"));
  if (!out.interface_address.empty() && !out.address.empty() && !is_multicast(out.address)) {
    reader.fail("interface", "is only for a multicast group", "leave it out, or send to 224.0.0.0 to 239.255.255.255");
  }
}

template <class UdpSettings>
std::string destination_toml(std::string_view table, const UdpSettings& out) {
  std::string text = fmt::format("\n[output.{}]\naddress = {}\nport = {}\n", table, quoted_toml(out.address), out.port);
  if (!out.interface_address.empty()) text += fmt::format("interface = {}\n", quoted_toml(out.interface_address));
  return text + fmt::format("ttl = {}\nsac = {}\nsic = {}\n", out.ttl, out.sac, out.sic);
}

Cat062Settings read_cat062(SectionReader reader, const SystemSettings& system) {
  Cat062Settings out;
  out.sac = system.sac;
  out.sic = system.sic;
  read_destination(reader, out, "port = 8700");
  if (const auto v = reader.number("period_s", {0.1, 60.0, "seconds"})) out.period = units::Duration::seconds(*v);
  reader.finish();
  return out;
}

Cat021Settings read_cat021(SectionReader reader, const SystemSettings& system) {
  Cat021Settings out;
  out.sac = system.sac;
  out.sic = system.sic;
  read_destination(reader, out, "port = 8721");
  if (auto edition = reader.text("edition")) {
    const bool known = edition->starts_with("2.") && wire::asterix::find_edition(21, *edition) != nullptr;
    if (!known)
      reader.fail("edition", fmt::format("is not an edition that marsad writes: \"{}\"", *edition),
                  "use \"2.4\", or another 2.x that 'marsad decode --schema' lists");
    out.edition = std::move(*edition);
  }
  reader.finish();
  return out;
}

/// "HOST:PORT", an IPv6 host in brackets.
std::optional<StreamPeer> parse_peer(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  std::string_view host = text.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  StreamPeer peer;
  const std::string_view port = text.substr(colon + 1);
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), peer.port);
  if (error != std::errc{} || end != port.data() + port.size() || peer.port == 0 || !is_host(host)) return std::nullopt;
  peer.host = std::string(host);
  return peer;
}

std::string to_text(const StreamPeer& peer) {
  const bool v6 = peer.host.find(':') != std::string::npos;
  return fmt::format("{}{}{}:{}", v6 ? "[" : "", peer.host, v6 ? "]" : "", peer.port);
}

StreamOutputSettings read_stream(SectionReader reader, StreamOutputSettings out, bool is_avr, bool relays) {
  assign(out.address, reader.address("address"));
  assign(out.port, reader.port("port"));
  if (relays) assign(out.duplicates, reader.truth("duplicates"));
  if (is_avr)
    if (const auto style = reader.choice("style", kAvrStyleNames))
      out.style = static_cast<wire::framing::AvrStyle>(*style);
  if (auto peers = reader.texts("push")) {
    for (const std::string& text : *peers) {
      const auto peer = parse_peer(text);
      if (peer)
        out.push.push_back(*peer);
      else
        reader.fail("push", fmt::format("is no host and port: \"{}\"", text), "write push = [\"10.0.0.5:30004\"]");
    }
  }
  if (!reader.has("port") && !reader.has("push"))
    reader.fail("port", "is missing", "add port = 30005 to listen on, or push = [\"HOST:PORT\"] to connect to");
  reader.finish();
  return out;
}

std::string stream_toml(std::string_view table, const StreamOutputSettings& out, bool is_avr, bool relays) {
  std::string text = fmt::format("\n[output.{}]\naddress = {}\n", table, quoted_toml(out.address));
  if (out.port != 0) text += fmt::format("port = {}\n", out.port);
  if (relays) text += fmt::format("duplicates = {}\n", out.duplicates);
  if (is_avr) text += fmt::format("style = {}\n", quoted_toml(kAvrStyleNames[static_cast<std::size_t>(out.style)]));
  if (out.push.empty()) return text;
  text += "push = [";
  for (std::size_t i = 0; i < out.push.size(); ++i) text += (i > 0 ? ", " : "") + quoted_toml(to_text(out.push[i]));
  return text + "]\n";
}

}  // namespace

void read_outputs(const Node& section, ErrorList& errors, Settings& settings) {
  SectionReader outputs(section, "output", errors);
  const auto with = [&](std::string_view key, auto&& read) {
    if (const Node* table = outputs.table(key)) read(SectionReader(*table, fmt::format("output.{}", key), errors));
  };
  with("cat062", [&](SectionReader r) { settings.cat062 = read_cat062(std::move(r), settings.system); });
  with("cat021", [&](SectionReader r) { settings.cat021 = read_cat021(std::move(r), settings.system); });
  with("beast", [&](SectionReader r) { settings.beast = read_stream(std::move(r), {}, false, true); });
  with("avr", [&](SectionReader r) { settings.avr = read_stream(std::move(r), {}, true, true); });
  with("sbs", [&](SectionReader r) { settings.sbs = read_stream(std::move(r), {}, false, false); });
  outputs.finish();
}

std::string outputs_toml(const Settings& settings) {
  std::string text;
  if (settings.cat062)
    text += destination_toml("cat062", *settings.cat062) +
            fmt::format("period_s = {}\n", number_toml(settings.cat062->period.seconds()));
  if (settings.cat021)
    text += destination_toml("cat021", *settings.cat021) +
            fmt::format("edition = {}\n", quoted_toml(settings.cat021->edition));
  if (settings.beast) text += stream_toml("beast", *settings.beast, false, true);
  if (settings.avr) text += stream_toml("avr", *settings.avr, true, true);
  if (settings.sbs) text += stream_toml("sbs", *settings.sbs, false, false);
  return text;
}

}  // namespace marsad::config
