#include <algorithm>
#include <array>
#include <cstdio>
#include <string>

#include "marsad/observation/adsb_report.hpp"
#include "marsad/observation/placement.hpp"
#include "marsad/observation/translation.hpp"
#include "marsad/wire/framing/receiver_message.hpp"

/// Messages of Mode S receivers, and whose they are.
namespace marsad::observation {

using wire::framing::Source;

namespace {

bool fits(const ReceiverSetting& setting, const Source& source) {
  const bool address = !setting.address || *setting.address == source.sender || *setting.address == source.destination;
  const bool port = !setting.port || *setting.port == source.sender_port || *setting.port == source.destination_port;
  return address && port;
}

/// "10.1.2.3", or the eight groups of an IPv6 address.
std::string address_text(const std::array<std::uint8_t, 16>& address) {
  constexpr std::array<std::uint8_t, 12> kIpv4{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  std::array<char, 48> text{};
  const auto octet = [&address](std::size_t i) { return static_cast<unsigned>(address[i]); };
  if (std::equal(kIpv4.begin(), kIpv4.end(), address.begin())) {
    std::snprintf(text.data(), text.size(), "%u.%u.%u.%u", octet(12), octet(13), octet(14), octet(15));
    return text.data();
  }
  std::string groups;
  for (std::size_t i = 0; i < address.size(); i += 2) {
    std::snprintf(text.data(), text.size(), "%s%x", i == 0 ? "" : ":", octet(i) << 8U | octet(i + 1));
    groups += text.data();
  }
  return groups;
}

std::string name_of_receiver(const Source& source) {
  if (source == Source{}) return "receiver";
  std::uint16_t port = std::min(source.sender_port, source.destination_port);
  if (port == 0) port = std::max(source.sender_port, source.destination_port);
  return "receiver " + address_text(source.sender) + ":" + std::to_string(port);
}

}  // namespace

std::optional<SensorId> Translation::receiver_at(const Source& source) {
  if (const auto known = receivers.known(source)) return known;
  const auto setting =
      std::ranges::find_if(settings.receivers, [&source](const ReceiverSetting& s) { return fits(s, source); });
  const std::string name = setting != settings.receivers.end() ? setting->sensor : name_of_receiver(source);
  const std::optional<SensorId> id = registry.id_of_name(name, SensorKind::adsb);
  if (!id) {
    ++counters.refused;
    return std::nullopt;
  }
  receivers.learn(source, *id);
  const SensorCharacteristics& nominal = registry.get(*id).characteristics;
  if (nominal.site)
    receivers.resolver(settings.mode_s)
        .set_site(id->value(), mode_s::ReceiverSite{*nominal.site, nominal.range_max * kRangeTolerance + kRangeMargin});
  return id;
}

void translate_mode_s(std::span<const std::byte> payload, const Source& source, Translation& work) {
  const auto message = wire::framing::parse_receiver_message(payload);
  if (!message) {
    ++work.counters.faults;
    work.counters.skipped_octets += payload.size();
    return;
  }
  ++work.counters.records;
  const std::optional<SensorId> id = work.receiver_at(source);
  if (!id) return;
  const mode_s::Outcome& outcome =
      work.receivers.resolver(work.settings.mode_s).take(*message, work.receipt, id->value());
  if (outcome.verdict != mode_s::Verdict::accepted) {
    ++work.counters.rejected;
  } else if (outcome.position) {
    report_position(*outcome.aircraft, *outcome.position, *id, work);
  } else {
    ++work.counters.absorbed;
  }
}

}  // namespace marsad::observation
