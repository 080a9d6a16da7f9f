#include "marsad/io/web_client_fixture.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>

// The client of the web server's tests; named like a test so that it is linked into the test program only.

namespace marsad::io::fixture {

RawClient::RawClient(std::uint16_t port, int receive_buffer) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  if (receive_buffer > 0) ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
  sockaddr_in server{};
  server.sin_family = AF_INET;
  server.sin_port = htons(port);
  server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&server), sizeof server) != 0) {
    ::close(socket_);
    socket_ = -1;
  }
}

RawClient::~RawClient() {
  if (socket_ >= 0) ::close(socket_);
}

bool RawClient::send(std::string_view octets) {
  while (!octets.empty()) {
    const auto n = ::send(socket_, octets.data(), octets.size(), MSG_NOSIGNAL);
    if (n <= 0) return false;
    octets.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

bool RawClient::wait_readable(int patience_ms) const {
  pollfd waiting{socket_, POLLIN, 0};
  return ::poll(&waiting, 1, patience_ms) > 0;
}

std::string RawClient::receive_all(int patience_ms) {
  std::string all;
  std::array<char, 65'536> buffer;
  while (wait_readable(patience_ms)) {
    const auto n = ::recv(socket_, buffer.data(), buffer.size(), 0);
    if (n <= 0) break;
    all.append(buffer.data(), static_cast<std::size_t>(n));
  }
  return all;
}

std::string RawClient::receive(std::size_t count, int patience_ms) {
  std::string got(count, '\0');
  std::size_t have = 0;
  while (have < count && wait_readable(patience_ms)) {
    const auto n = ::recv(socket_, got.data() + have, count - have, 0);
    if (n <= 0) break;
    have += static_cast<std::size_t>(n);
  }
  got.resize(have);
  return got;
}

std::string RawClient::receive_until(std::string_view end, int patience_ms) {
  std::string got;
  while (!got.ends_with(end)) {
    const std::string one = receive(1, patience_ms);
    if (one.empty()) break;
    got += one;
  }
  return got;
}

bool RawClient::is_closed(int patience_ms) {
  std::array<char, 4096> buffer;
  while (wait_readable(patience_ms))
    if (::recv(socket_, buffer.data(), buffer.size(), 0) <= 0) return true;
  return false;
}

std::string HttpResponse::field(std::string_view name) const {
  const auto lower = [](std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
  };
  const std::size_t at = lower(head).find("\r\n" + lower(std::string(name)) + ": ");
  if (at == std::string::npos) return {};
  const std::size_t begin = at + name.size() + 4;
  return head.substr(begin, head.find("\r\n", begin) - begin);
}

HttpResponse read_response(RawClient& client, bool has_body) {
  HttpResponse response;
  response.head = client.receive_until("\r\n\r\n");
  if (response.head.size() < 12) return response;
  response.status = static_cast<unsigned>(std::stoul(response.head.substr(9, 3)));
  const std::string length = response.field("Content-Length");
  if (has_body && !length.empty()) response.body = client.receive(std::stoul(length));
  return response;
}

HttpResponse request(std::uint16_t port, std::string_view method, std::string_view target,
                     std::string_view more_fields) {
  RawClient client(port);
  std::string text(method);
  text += ' ';
  text += target;
  text += " HTTP/1.1\r\nHost: localhost:";
  text += std::to_string(port) + "\r\n";
  text += more_fields;
  text += "\r\n";
  client.send(text);
  return read_response(client, method != "HEAD");
}

WebSocketClient::WebSocketClient(std::uint16_t port, int receive_buffer, std::string_view more_fields)
    : client_(port, receive_buffer) {
  std::string text =
      "GET /ws/picture HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n";
  if (more_fields.find("Host:") == std::string_view::npos) text += "Host: 127.0.0.1\r\n";
  text += more_fields;
  text += "\r\n";
  client_.send(text);
  const HttpResponse response = read_response(client_);
  status_ = response.status;
  // The accept key that RFC 6455 section 1.3 gives for this nonce.
  if (status_ == 101 && response.field("Sec-WebSocket-Accept") != "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") status_ = 0;
}

std::optional<std::pair<unsigned, std::string>> WebSocketClient::next_frame(int patience_ms) {
  const std::string head = client_.receive(2, patience_ms);
  if (head.size() < 2) return std::nullopt;
  const auto octet = [](char c) { return static_cast<std::uint64_t>(static_cast<unsigned char>(c)); };
  std::uint64_t length = octet(head[1]) & 0x7FU;
  const std::size_t more = length == 126 ? 2 : length == 127 ? 8 : 0;
  if (more > 0) {
    const std::string extended = client_.receive(more, patience_ms);
    if (extended.size() < more) return std::nullopt;
    length = 0;
    for (const char c : extended) length = length << 8U | octet(c);
  }
  std::string payload = client_.receive(length, patience_ms);
  if (payload.size() < length) return std::nullopt;
  return std::pair(static_cast<unsigned>(octet(head[0])), std::move(payload));
}

std::optional<std::vector<std::byte>> WebSocketClient::next_message(int patience_ms) {
  constexpr unsigned kFinalBinary = 0x82;
  constexpr unsigned kPing = 0x89;
  constexpr unsigned kPong = 0xA;
  while (auto frame = next_frame(patience_ms)) {
    auto& [head, payload] = *frame;
    if (head == kPing) {
      send_frame(kPong, payload);
      continue;
    }
    if (head != kFinalBinary) return std::nullopt;
    std::vector<std::byte> octets;
    octets.reserve(payload.size());
    for (const char c : payload) octets.push_back(static_cast<std::byte>(c));
    return octets;
  }
  return std::nullopt;
}

bool WebSocketClient::send_frame(unsigned opcode, std::string_view payload) {
  std::string frame;
  frame += static_cast<char>(0x80U | opcode);
  if (payload.size() < 126) {
    frame += static_cast<char>(0x80U | payload.size());
  } else {
    frame += static_cast<char>(0x80U | 126U);
    frame += static_cast<char>(payload.size() >> 8U);
    frame += static_cast<char>(payload.size() & 0xFFU);
  }
  frame += std::string(4, '\0');  // a mask of zeros
  frame += payload;
  return client_.send(frame);
}

}  // namespace marsad::io::fixture
