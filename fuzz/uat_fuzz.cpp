// links: wire_uat base

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>

#include "marsad/wire/uat/print.hpp"

namespace {

namespace uat = marsad::wire::uat;

void check_state(const uat::StateVector& state) {
  if (!state.position) return;
  if (!(std::abs(state.position->lat_deg) <= 90) || !(std::abs(state.position->lon_deg) <= 180)) __builtin_trap();
}

void check_uplink(const uat::Uplink& message) {
  std::size_t octets = 8;
  for (const uat::Frame& frame : message.frames) octets += 2 + frame.data.size();
  if (octets + message.damaged_octets > uat::kUplinkSize) __builtin_trap();
}

}  // namespace

/// Any text is a line that is refused at one of its characters, or a message of printable ASCII.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  const auto line = uat::parse_line(text);
  if (!line) {
    if (line.error().offset > size) __builtin_trap();
    return 0;
  }
  std::string json;
  static_cast<void>(uat::append_uat_json(json, *line));
  for (const char character : json)
    if (character < 0x20 || character > 0x7E) __builtin_trap();
  if (json.find("null") != std::string::npos) __builtin_trap();
  if (line->kind == uat::Line::Kind::uplink) {
    check_uplink(*uat::decode_uplink(line->message()));
  } else if (const auto message = uat::decode_downlink(line->message()); message && message->state) {
    check_state(*message->state);
  }
  return 0;
}
