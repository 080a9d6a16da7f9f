#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "marsad/base/result.hpp"

namespace marsad::io {

/// One output stream over TCP.
struct TcpPublication {
  std::string name;  ///< for messages
  /// Where to listen for clients.
  struct Listen {
    std::string address = "127.0.0.1";  ///< numeric
    std::uint16_t port = 0;             ///< 0: any free one, see TcpPublisher::port()
  };
  std::optional<Listen> listen;
  /// Where to connect to; again after 0.5 s, then after twice as long each time up to 30 s, whenever that ends.
  struct Peer {
    std::string host;  ///< name or address
    std::uint16_t port = 0;
  };
  std::vector<Peer> push;
  std::size_t most_clients = 64;                            ///< that may be connected to us
  std::size_t most_waiting_octets = std::size_t{4} << 20U;  ///< for one client: more, and it is cut off
};

struct TcpPublicationCounters {
  std::uint64_t octets = 0;           ///< published
  std::uint64_t sent_octets = 0;      ///< to all clients together
  std::uint64_t clients = 0;          ///< now, those that we connected to among them
  std::uint64_t connections = 0;      ///< made so far
  std::uint64_t slow_clients = 0;     ///< cut off because they didn't read fast enough
  std::uint64_t lost_octets = 0;      ///< that waited for clients which were cut off or went away
  std::uint64_t refused_clients = 0;  ///< turned away, because too many were connected
  std::uint64_t failed_connects = 0;
};

/// Sends one stream of octets to any number of clients, from a thread of its own. A client gets what is published after
/// it has connected, from the beginning of a `publish()` on. Clients never hold up the publisher nor each other: who
/// doesn't read is cut off once `most_waiting_octets` wait for it. What clients send is read and thrown away.
class TcpPublisher {
 public:
  /// Opens the listening socket, or says what failed. Connections are made from then on.
  static base::Result<std::unique_ptr<TcpPublisher>, std::string> open(TcpPublication publication);
  ~TcpPublisher();

  /// Whole messages: a client's stream begins with the first octet of some call. Copies, and returns at once.
  void publish(std::span<const std::byte> octets);

  /// Ends all connections, after what waits for each was sent so far as the system takes it at once.
  void stop();

  /// That is listened on; 0 if none is.
  [[nodiscard]] std::uint16_t port() const noexcept;
  [[nodiscard]] TcpPublicationCounters counters() const;

 private:
  struct State;
  explicit TcpPublisher(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace marsad::io
