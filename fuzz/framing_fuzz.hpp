#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "marsad/base/check.hpp"
#include "marsad/wire/framing/file_reader.hpp"

namespace marsad::fuzz {

/// Reads the octets as `kind` (or as what they are detected to be) to the end and checks the law of the books.
inline int balance(std::optional<wire::framing::FileKind> kind, const std::uint8_t* data, std::size_t size) {
  const auto content = std::as_bytes(std::span(data, size));
  auto reader = wire::framing::FileReader::open(content, kind);
  if (!reader) return 0;
  std::uint64_t delivered = 0;
  std::uint8_t mixed = 0;
  while (const auto datagram = reader->next()) {
    delivered += datagram->payload.size();
    for (const std::byte octet : datagram->payload) mixed ^= static_cast<std::uint8_t>(octet);
  }
  const auto& counters = reader->counters();
  const bool is_digits =
      reader->kind() == wire::framing::FileKind::avr || reader->kind() == wire::framing::FileKind::hex_csv;
  MARSAD_CHECK(is_digits || delivered == counters.payload_octets);
  MARSAD_CHECK(counters.payload_octets + counters.framing_octets + counters.other_octets + counters.skipped_octets ==
               size);
  const volatile std::uint8_t used = mixed;  // the octets must really be read
  return used == 0 ? 0 : 0;
}

}  // namespace marsad::fuzz
