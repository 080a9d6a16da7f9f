#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "marsad/units/time.hpp"

namespace marsad::wire::framing {

/// What the octets of a datagram are.
enum class PayloadKind : std::uint8_t {
  asterix = 1,        ///< one or more ASTERIX data blocks
  plot_row = 2,       ///< one data row of plots.csv, with its line end removed
  mode_s = 3,         ///< one Mode S or Mode A/C message as a receiver heard it: the layout of receiver_message.hpp
  sbs_row = 4,        ///< one line of SBS-1 (BaseStation) text, with its line end removed
  uat = 5,            ///< one line of dump978 text ("-00a6...;rs=2;" or "+3514...;"), with its line end removed
  aircraft_json = 6,  ///< one whole aircraft.json document as readsb, dump1090 and tar1090 write it
};

/// Whether the number stands for a PayloadKind; for readers of stored data.
[[nodiscard]] constexpr bool is_payload_kind(std::uint8_t number) noexcept {
  return number >= static_cast<std::uint8_t>(PayloadKind::asterix) &&
         number <= static_cast<std::uint8_t>(PayloadKind::aircraft_json);
}

/// Where a datagram came from: the sender and the group or address it was sent to, IPv4 as ::ffff:a.b.c.d. All zero for
/// a file that keeps no addresses.
struct Source {
  std::array<std::uint8_t, 16> sender{};
  std::array<std::uint8_t, 16> destination{};
  std::uint16_t sender_port = 0;
  std::uint16_t destination_port = 0;

  friend auto operator<=>(const Source&, const Source&) = default;
};

/// Receipt times read from files lie within this many seconds of 1970 (1824 to 2115): any two can be subtracted.
inline constexpr std::int64_t kFarthestSecond = 4'600'000'000;

/// One message as the network or a recorder delivered it. Borrows the octets from the buffer that it was read from.
struct Datagram {
  std::span<const std::byte> payload;
  std::optional<units::UtcTime> receipt;  ///< time of receipt, where the framing keeps one
  /// What the recorder's own clock showed, since its midnight, where it keeps a clock but no date; maybe local time.
  std::optional<units::Duration> recorder_clock;
  /// By the receiver's own free-running counter, since the first message of the file that it stamped; wraps and
  /// restarts mended, never decreasing. It has no date: with the time at which the file begins it gives receipt.
  std::optional<units::Duration> elapsed;
  PayloadKind kind = PayloadKind::asterix;
  Source source;
  std::uint64_t offset = 0;  ///< of the payload's first octet in the file
};

}  // namespace marsad::wire::framing
