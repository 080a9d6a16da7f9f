#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "marsad/base/result.hpp"
#include "marsad/io/udp_receiver.hpp"
#include "marsad/wire/framing/message_stream.hpp"

namespace marsad::io {

/// One TCP input: a stream of messages of one format; also of a serial line behind a terminal server.
struct TcpFeed {
  std::string name;
  /// Host to connect to (name or address), or address to listen on.
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;  ///< when listening, 0 means any free one
  bool listen = false;     ///< wait for senders instead of connecting
  wire::framing::StreamFormat format = wire::framing::StreamFormat::asterix;
};

struct TcpFeedCounters {
  std::uint64_t messages = 0;  ///< of ASTERIX: data blocks
  std::uint64_t octets = 0;
  std::uint64_t connections = 0;     ///< made so far
  std::uint64_t open = 0;            ///< now
  std::uint64_t out_of_step = 0;     ///< streams of ASTERIX given up because their length fields made no sense
  std::uint64_t dropped_octets = 0;  ///< damaged, cut off by the end of a connection, or after it was out of step
  std::uint64_t damaged_parts = 0;   ///< places at which octets were dropped
  std::uint64_t failed_connects = 0;
  std::uint64_t refused = 0;  ///< senders turned away, because too many were connected
};

/// Receives any number of TCP feeds on one thread. Receipt is by the computer's clock, when the octets are read. A
/// connection that breaks, falls out of step or whose peer has not answered for a minute is made again after 0.5 s,
/// then after twice as long each time, up to 30 s.
class TcpReceiver {
 public:
  /// Opens the listening sockets, or says what failed. Connections are made after start().
  static base::Result<std::unique_ptr<TcpReceiver>, std::string> open(const std::vector<TcpFeed>& feeds,
                                                                      OnDatagram on_datagram);
  ~TcpReceiver();

  void start();
  /// Returns when the last callback has.
  void stop();

  [[nodiscard]] std::vector<std::uint16_t> ports() const;
  [[nodiscard]] std::vector<TcpFeedCounters> counters() const;

 private:
  struct State;
  explicit TcpReceiver(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace marsad::io
