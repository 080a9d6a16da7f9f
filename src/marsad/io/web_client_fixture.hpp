#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace marsad::io::fixture {

/// Far beyond what anything takes on a busy machine: only a failing test waits for it.
inline constexpr int kPatienceMs = 20'000;

/// A hand-made client on POSIX sockets for the tests of the web server: it can be as slow and as rude as a test needs.
class RawClient {
 public:
  /// Connects to 127.0.0.1. A `receive_buffer` of a few kilobytes makes slowness show at once; 0 leaves the default.
  explicit RawClient(std::uint16_t port, int receive_buffer = 0);
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  bool send(std::string_view octets);
  /// Everything until the server closes or `patience_ms` passes without an octet.
  std::string receive_all(int patience_ms = kPatienceMs);
  /// Exactly `count` octets, or fewer if they don't come.
  std::string receive(std::size_t count, int patience_ms = kPatienceMs);
  /// Up to and with the first `end`.
  std::string receive_until(std::string_view end, int patience_ms = kPatienceMs);
  /// True if the server has closed the connection, or does within `patience_ms`.
  bool is_closed(int patience_ms = kPatienceMs);

 private:
  bool wait_readable(int patience_ms) const;

  int socket_ = -1;
};

/// A response taken apart.
struct HttpResponse {
  unsigned status = 0;
  std::string head;  ///< status line and header fields
  std::string body;

  /// Value of a header field, compared without case; empty if absent.
  [[nodiscard]] std::string field(std::string_view name) const;
};

/// Reads one response with Content-Length (or none, for 304) from `client`.
HttpResponse read_response(RawClient& client, bool has_body = true);

/// One request on a connection of its own.
HttpResponse request(std::uint16_t port, std::string_view method, std::string_view target,
                     std::string_view more_fields = {});

/// The client's side of a WebSocket, as much as the tests need of RFC 6455.
class WebSocketClient {
 public:
  explicit WebSocketClient(std::uint16_t port, int receive_buffer = 0, std::string_view more_fields = {});

  /// The status of the answer to the upgrade: 101 when it is open.
  [[nodiscard]] unsigned status() const { return status_; }
  /// The next binary message, answering pings meanwhile; nothing if none comes in time or the server closes.
  std::optional<std::vector<std::byte>> next_message(int patience_ms = kPatienceMs);
  /// Sends one masked frame.
  bool send_frame(unsigned opcode, std::string_view payload);
  RawClient& raw() { return client_; }

 private:
  std::optional<std::pair<unsigned, std::string>> next_frame(int patience_ms);

  RawClient client_;
  unsigned status_ = 0;
};

}  // namespace marsad::io::fixture
