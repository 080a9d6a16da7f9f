#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "marsad/wire/framing/datagram.hpp"
#include "marsad/wire/framing/file_reader.hpp"

namespace marsad::wire::framing {

class Cutter;

/// The forms in which messages come over a live stream (TCP, serial line, standard input) or in datagrams.
/// docs/framings.md states their layouts.
enum class StreamFormat : std::uint8_t { asterix, beast, avr, hex_csv, sbs, dump978, aircraft_json };

/// The name used in configurations ("aircraft-json"), which is that of the FileKind.
[[nodiscard]] const char* name_of(StreamFormat format) noexcept;
[[nodiscard]] std::optional<StreamFormat> stream_format_named(std::string_view name) noexcept;

/// Cuts one stream of octets into messages however it arrives in pieces. A message is delivered as soon as its last
/// octet is there. Between calls it holds the beginning of at most one message: 65 535 octets of ASTERIX, 64 MiB of
/// aircraft.json, 16 384 of a line, 64 of Beast.
///
/// A stream that is damaged is taken up again at the next message that is certainly one. Only ASTERIX has no mark by
/// which it could be: there a header that can't be one (category 0, length under 4) makes the stream `lost()`, and the
/// connection should be made again.
class MessageStream {
 public:
  /// The payload is valid during the call. Receipt is what the message itself tells, if it tells any.
  using OnMessage = std::function<void(const Datagram& message)>;

  explicit MessageStream(StreamFormat format);
  MessageStream(MessageStream&&) noexcept;
  MessageStream& operator=(MessageStream&&) noexcept;
  ~MessageStream();

  /// The next octets of the stream.
  void put(std::span<const std::byte> octets, const OnMessage& on_message);

  /// The stream has ended where it should, as a file or a datagram does: what waits is cut as it is, and a last line
  /// may lack its end. The next put() begins a new stream in the same books.
  void end(const OnMessage& on_message);

  /// The stream was broken off, as a connection is: what waits is damaged, since a row cut in two may look like a whole
  /// one. The next put() begins a new stream in the same books.
  void break_off();

  [[nodiscard]] bool lost() const noexcept { return lost_; }
  /// What became of the octets: datagrams are messages, and after end() or break_off() the sums of octets are those put in.
  [[nodiscard]] const FramingCounters& counters() const noexcept { return counters_; }
  /// Of a message that has begun but isn't whole.
  [[nodiscard]] std::size_t pending_octets() const noexcept { return held_.size(); }

 private:
  /// Cuts all that can be; answers how many octets that took.
  std::size_t cut(std::span<const std::byte> octets, bool more, const OnMessage& on_message);

  StreamFormat format_;
  std::unique_ptr<Cutter> cutter_;
  std::vector<std::byte> held_;
  std::uint64_t position_ = 0;  ///< of the next octet to be cut, in the stream
  FramingCounters counters_;
  bool lost_ = false;
};

}  // namespace marsad::wire::framing
