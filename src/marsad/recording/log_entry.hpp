#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "marsad/units/time.hpp"
#include "marsad/wire/framing/datagram.hpp"

namespace marsad::recording {

/// What one entry of the log is. The log holds everything that enters the system, in the one order that counts.
enum class EntryKind : std::uint8_t {
  configuration = 1,    ///< the whole configuration as text, always first; a later one replaces it from there on
  datagram = 2,         ///< octets from a feed
  tick = 3,             ///< a clock tick: the picture is published at these and only these times
  operator_action = 4,  ///< what a person did, as JSON text
};

/// One entry of the log. `replay(log) == picture`: nothing else may influence the picture.
struct LogEntry {
  EntryKind kind = EntryKind::tick;
  units::UtcTime receipt;  ///< never before that of the previous entry
  wire::framing::PayloadKind payload_kind = wire::framing::PayloadKind::asterix;  ///< of a datagram
  wire::framing::Source source;                                                   ///< of a datagram
  std::span<const std::byte> payload;                                             ///< borrowed; empty for a tick
};

}  // namespace marsad::recording
