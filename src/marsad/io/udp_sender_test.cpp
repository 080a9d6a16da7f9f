#include "marsad/io/udp_sender.hpp"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <string_view>
#include <vector>

namespace marsad::io {
namespace {

using ::testing::HasSubstr;

/// A socket on a free loopback port.
class Receiver {
 public:
  explicit Receiver(const char* group = nullptr) : socket_(::socket(AF_INET, SOCK_DGRAM, 0)) {
    sockaddr_in local{};
    local.sin_family = AF_INET;
    local.sin_addr.s_addr = group == nullptr ? htonl(INADDR_LOOPBACK) : inet_addr(group);
    EXPECT_EQ(::bind(socket_, reinterpret_cast<const sockaddr*>(&local), sizeof local), 0);
    socklen_t octets = sizeof local;
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&local), &octets);
    port_ = ntohs(local.sin_port);
    const timeval patience{2, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  }
  ~Receiver() { ::close(socket_); }
  Receiver(const Receiver&) = delete;
  Receiver& operator=(const Receiver&) = delete;

  bool join(const char* group) {
    ip_mreq request{};
    request.imr_multiaddr.s_addr = inet_addr(group);
    request.imr_interface.s_addr = htonl(INADDR_LOOPBACK);
    return ::setsockopt(socket_, IPPROTO_IP, IP_ADD_MEMBERSHIP, &request, sizeof request) == 0;
  }
  [[nodiscard]] std::uint16_t port() const { return port_; }
  std::string receive() {
    std::array<char, 2048> buffer{};
    const auto n = ::recv(socket_, buffer.data(), buffer.size(), 0);
    return n < 0 ? "nothing" : std::string(buffer.data(), static_cast<std::size_t>(n));
  }

 private:
  int socket_;
  std::uint16_t port_ = 0;
};

std::span<const std::byte> octets(std::string_view text) { return std::as_bytes(std::span(text)); }

TEST(UdpSender, SendsToOneReceiver) {
  Receiver receiver;
  auto sender = UdpSender::open({.address = "127.0.0.1", .port = receiver.port(), .interface = {}});
  ASSERT_TRUE(sender) << sender.error();
  EXPECT_TRUE(sender->send(octets("hello")));
  EXPECT_EQ(receiver.receive(), "hello");
  EXPECT_EQ(sender->counters().datagrams, 1U);
  EXPECT_EQ(sender->counters().octets, 5U);
}

TEST(UdpSender, SendsToAGroupThroughTheInterfaceItIsTold) {
  constexpr const char* kGroup = "239.77.77.77";
  Receiver receiver(kGroup);
  if (!receiver.join(kGroup)) GTEST_SKIP() << "no multicast on the loopback interface here";
  auto sender = UdpSender::open({.address = kGroup, .port = receiver.port(), .interface = "127.0.0.1", .ttl = 0});
  ASSERT_TRUE(sender) << sender.error();
  EXPECT_TRUE(sender->send(octets("to all")));
  EXPECT_EQ(receiver.receive(), "to all");
}

TEST(UdpSender, CountsWhatTheKernelRefuses) {
  Receiver receiver;
  auto sender = UdpSender::open({.address = "127.0.0.1", .port = receiver.port(), .interface = {}});
  ASSERT_TRUE(sender);
  const std::vector<std::byte> too_long(70'000);
  EXPECT_FALSE(sender->send(too_long));
  EXPECT_EQ(sender->counters().dropped, 1U);
  EXPECT_EQ(sender->counters().datagrams, 0U);
}

TEST(UdpSender, DoesNotMindThatNobodyListens) {
  std::uint16_t port = 0;
  {
    const Receiver gone;
    port = gone.port();
  }
  auto sender = UdpSender::open({.address = "127.0.0.1", .port = port, .interface = {}});
  ASSERT_TRUE(sender);
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(sender->send(octets("x")));
}

TEST(UdpSender, SaysWhatIsWrongWithADestination) {
  EXPECT_THAT(UdpSender::open({.address = "radar.example", .port = 1, .interface = {}}).error(), HasSubstr("numeric"));
  EXPECT_THAT(UdpSender::open({.address = "127.0.0.1", .port = 0, .interface = {}}).error(), HasSubstr("port 0"));
  EXPECT_THAT(UdpSender::open({.address = "239.1.1.1", .port = 1, .interface = {}, .ttl = 256}).error(),
              HasSubstr("0 to 255"));
  EXPECT_THAT(UdpSender::open({.address = "239.1.1.1", .port = 1, .interface = "no-such-0"}).error(),
              HasSubstr("no-such-0"));
}

TEST(UdpSender, KeepsItsSocketWhenMoved) {
  Receiver receiver;
  auto made = UdpSender::open({.address = "127.0.0.1", .port = receiver.port(), .interface = {}});
  ASSERT_TRUE(made);
  UdpSender sender = std::move(made).value();
  auto other = UdpSender::open({.address = "127.0.0.1", .port = receiver.port(), .interface = {}});
  ASSERT_TRUE(other);
  sender = std::move(other).value();
  EXPECT_TRUE(sender.send(octets("moved")));
  EXPECT_EQ(receiver.receive(), "moved");
}

}  // namespace
}  // namespace marsad::io
