#include "marsad/io/tcp_publisher.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace marsad::io {
namespace {

std::span<const std::byte> octets(std::string_view text) { return std::as_bytes(std::span(text.data(), text.size())); }

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in out{};
  out.sin_family = AF_INET;
  out.sin_port = htons(port);
  ::inet_pton(AF_INET, "127.0.0.1", &out.sin_addr);
  return out;
}

/// A plain socket of the test.
class Peer {
 public:
  explicit Peer(int socket = ::socket(AF_INET, SOCK_STREAM, 0)) : socket_(socket) {
    const timeval ten_seconds{10, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &ten_seconds, sizeof ten_seconds);
  }
  ~Peer() { ::close(socket_); }
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  void small_buffer() const {
    const int size = 4096;
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
  }
  void connect(std::uint16_t port) const {
    const sockaddr_in to = loopback(port);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to), 0);
  }
  std::uint16_t listen() const {
    sockaddr_in at = loopback(0);
    EXPECT_EQ(::bind(socket_, reinterpret_cast<const sockaddr*>(&at), sizeof at), 0);
    EXPECT_EQ(::listen(socket_, 4), 0);
    socklen_t length = sizeof at;
    EXPECT_EQ(::getsockname(socket_, reinterpret_cast<sockaddr*>(&at), &length), 0);
    return ntohs(at.sin_port);
  }
  [[nodiscard]] int accept() const { return ::accept(socket_, nullptr, nullptr); }
  [[nodiscard]] std::string receive(std::size_t size) const {
    std::string out;
    std::array<char, 65536> piece{};
    while (out.size() < size) {
      const auto count = ::recv(socket_, piece.data(), std::min(piece.size(), size - out.size()), 0);
      if (count <= 0) break;
      out.append(piece.data(), static_cast<std::size_t>(count));
    }
    return out;
  }

 private:
  int socket_;
};

bool comes_true(const std::function<bool()>& what) {
  for (int i = 0; i < 1000; ++i) {
    if (what()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

std::unique_ptr<TcpPublisher> opened(TcpPublication publication) {
  auto publisher = TcpPublisher::open(std::move(publication));
  EXPECT_TRUE(publisher.ok()) << (publisher.ok() ? "" : publisher.error());
  return std::move(publisher).value();
}

TEST(TcpPublisher, SendsEachClientWhatIsPublishedAfterItCame) {
  const auto publisher = opened({.name = "t", .listen = TcpPublication::Listen{}});
  const Peer first;
  first.connect(publisher->port());
  ASSERT_TRUE(comes_true([&] { return publisher->counters().clients == 1; }));
  publisher->publish(octets("one "));
  EXPECT_EQ(first.receive(4), "one ");
  {
    const Peer second;
    second.connect(publisher->port());
    ASSERT_TRUE(comes_true([&] { return publisher->counters().clients == 2; }));
    publisher->publish(octets("two "));
    EXPECT_EQ(second.receive(4), "two ");
  }
  EXPECT_EQ(first.receive(4), "two ");
  EXPECT_TRUE(comes_true([&] { return publisher->counters().clients == 1; })) << "one has gone";
  publisher->publish(octets("three"));
  EXPECT_EQ(first.receive(5), "three");
  EXPECT_EQ(publisher->counters().octets, 13U);
  EXPECT_EQ(publisher->counters().connections, 2U);
  EXPECT_EQ(publisher->counters().slow_clients, 0U);
}

TEST(TcpPublisher, CutsOffAClientThatDoesNotReadAndKeepsTheOthers) {
  const auto publisher =
      opened({.name = "t", .listen = TcpPublication::Listen{}, .most_waiting_octets = std::size_t{1} << 20U});
  const Peer reads;
  reads.connect(publisher->port());
  const Peer sleeps;
  sleeps.small_buffer();
  sleeps.connect(publisher->port());
  ASSERT_TRUE(comes_true([&] { return publisher->counters().clients == 2; }));
  const std::string block(100'000, 'x');
  constexpr int kBlocks = 200;  // 20 MB, more than any buffer
  std::size_t read = 0;
  for (int i = 0; i < kBlocks; ++i) {
    publisher->publish(octets(block));
    read += reads.receive(block.size()).size();
  }
  EXPECT_EQ(read, kBlocks * block.size());
  EXPECT_TRUE(comes_true([&] { return publisher->counters().slow_clients == 1; }));
  EXPECT_EQ(publisher->counters().clients, 1U);
  EXPECT_GT(publisher->counters().lost_octets, 0U);
}

TEST(TcpPublisher, ConnectsToItsPeersAgainAndAgain) {
  const Peer server;
  const std::uint16_t port = server.listen();
  const auto publisher = opened({.name = "t", .listen = {}, .push = {{.host = "127.0.0.1", .port = port}}});
  EXPECT_EQ(publisher->port(), 0);
  for (std::uint64_t round = 1; round <= 2; ++round) {
    const Peer connection(server.accept());  // the one before ended with its round
    ASSERT_TRUE(comes_true([&] { return publisher->counters().connections == round; }));
    publisher->publish(octets("hello"));
    EXPECT_EQ(connection.receive(5), "hello");
  }
}

TEST(TcpPublisher, SaysWhyItCannotListen) {
  const auto failed = TcpPublisher::open({.name = "beast", .listen = TcpPublication::Listen{"nonsense", 0}});
  ASSERT_FALSE(failed.ok());
  EXPECT_EQ(failed.error().find("output beast: cannot listen on nonsense port 0: "), 0U);
}

}  // namespace
}  // namespace marsad::io
