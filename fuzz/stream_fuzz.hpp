#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "framing_fuzz.hpp"
#include "marsad/base/check.hpp"
#include "marsad/wire/framing/message_stream.hpp"

namespace marsad::fuzz {

/// The octets as a file of `kind`, whose books must balance, and as a live stream of `format` in pieces whose size the
/// first octet tells: its books must balance too. Answers how many messages the stream gave.
inline std::uint64_t file_and_stream(wire::framing::FileKind kind, wire::framing::StreamFormat format,
                                     const std::uint8_t* data, std::size_t size) {
  (void)balance(kind, data, size);
  if (size == 0) return 0;
  const std::size_t most = 1 + data[0];
  wire::framing::MessageStream stream(format);
  std::uint64_t messages = 0;
  std::uint8_t mixed = 0;
  const auto take = [&](const wire::framing::Datagram& message) {
    ++messages;
    for (const std::byte octet : message.payload) mixed ^= static_cast<std::uint8_t>(octet);
  };
  auto rest = std::as_bytes(std::span(data, size));
  while (!rest.empty()) {
    const auto piece = rest.first(std::min(rest.size(), most));
    stream.put(piece, take);
    rest = rest.subspan(piece.size());
  }
  stream.end(take);
  const auto& counters = stream.counters();
  MARSAD_CHECK(counters.datagrams == messages);
  MARSAD_CHECK(counters.payload_octets + counters.framing_octets + counters.other_octets + counters.skipped_octets ==
               size);
  const volatile std::uint8_t used = mixed;  // the octets must really be read
  return used == 0 ? messages : messages;
}

}  // namespace marsad::fuzz
