#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "marsad/base/result.hpp"
#include "marsad/wire/framing/datagram.hpp"
#include "marsad/wire/framing/message_stream.hpp"

namespace marsad::io {

/// What is called for each datagram, on the receiver's thread. `feed` is its place in the settings. The payload is
/// valid during the call.
using OnDatagram = std::function<void(const wire::framing::Datagram& datagram, std::uint16_t feed)>;

/// One UDP input.
struct UdpFeed {
  std::string name;
  /// Numeric IPv4 or IPv6 address to listen on. A multicast group is joined. Loopback unless told otherwise.
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  ///< 0: any free one, see UdpReceiver::ports()
  /// For a group: the interfaces to join it on, each by its name or (IPv4) numeric address; empty lets the system
  /// choose one.
  std::vector<std::string> interfaces;
  /// For a group: only datagrams of this sender (source-specific multicast); empty for any.
  std::string source;
  wire::framing::StreamFormat format = wire::framing::StreamFormat::asterix;  ///< of the messages in a datagram
};

struct UdpFeedCounters {
  std::uint64_t datagrams = 0;
  std::uint64_t octets = 0;
  std::uint64_t lost = 0;            ///< dropped by the kernel because we were too slow (SO_RXQ_OVFL)
  std::uint64_t truncated = 0;       ///< longer than 65 535 octets: not delivered
  std::uint64_t errors = 0;          ///< of the socket
  std::uint64_t messages = 0;        ///< delivered; of ASTERIX: datagrams, or parts of envelopes
  std::uint64_t dropped_octets = 0;  ///< damaged, in datagrams of other formats than ASTERIX
  std::uint32_t buffer_octets = 0;   ///< the receive buffer that the kernel granted, of 8 MiB wished for
};

/// Receives any number of UDP feeds on one thread, with the kernel's receipt times. ORADIS envelopes are removed; of
/// other formats than ASTERIX each datagram holds whole messages, and each message is delivered by itself.
class UdpReceiver {
 public:
  /// Opens and joins everything, or says what failed (feed, address, reason) and leaves nothing open. Nothing is
  /// delivered before start().
  static base::Result<std::unique_ptr<UdpReceiver>, std::string> open(const std::vector<UdpFeed>& feeds,
                                                                      OnDatagram on_datagram);
  ~UdpReceiver();

  void start();
  /// Returns when the last callback has.
  void stop();

  /// The port of each feed, in the order of the settings.
  [[nodiscard]] std::vector<std::uint16_t> ports() const;
  [[nodiscard]] std::vector<UdpFeedCounters> counters() const;

 private:
  struct State;
  explicit UdpReceiver(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace marsad::io
