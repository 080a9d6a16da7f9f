#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "marsad/io/clock.hpp"
#include "marsad/io/tcp_receiver.hpp"
#include "marsad/io/udp_receiver.hpp"
#include "marsad/wire/framing/test_files.hpp"

namespace marsad::io {
namespace {

using wire::framing::Datagram;
using wire::framing::test::block;
using wire::framing::test::Bytes;
using wire::framing::test::bytes;
using wire::framing::test::joined;
using wire::framing::test::oradis_part;

/// Gathers what a receiver delivers, and waits for it.
class Gathered {
 public:
  struct One {
    std::uint16_t feed = 0;
    Bytes payload;
    Datagram datagram;
  };

  OnDatagram callback() {
    return [this](const Datagram& datagram, std::uint16_t feed) {
      const std::lock_guard lock(mutex_);
      all_.push_back({feed, Bytes(datagram.payload.begin(), datagram.payload.end()), datagram});
      changed_.notify_all();
    };
  }
  std::vector<One> wait_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(10), [&] { return all_.size() >= count; });
    return all_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<One> all_;
};

sockaddr_in loopback(const char* address, std::uint16_t port) {
  sockaddr_in out{};
  out.sin_family = AF_INET;
  out.sin_port = htons(port);
  ::inet_pton(AF_INET, address, &out.sin_addr);
  return out;
}

bool send_udp(const Bytes& payload, const char* address, std::uint16_t port) {
  const int socket = ::socket(AF_INET, SOCK_DGRAM, 0);
  in_addr interface {};
  ::inet_pton(AF_INET, "127.0.0.1", &interface);
  ::setsockopt(socket, IPPROTO_IP, IP_MULTICAST_IF, &interface, sizeof interface);
  const sockaddr_in to = loopback(address, port);
  const auto sent =
      ::sendto(socket, payload.data(), payload.size(), 0, reinterpret_cast<const sockaddr*>(&to), sizeof to);
  ::close(socket);
  return sent == static_cast<ssize_t>(payload.size());
}

TEST(UdpReceiver, DeliversDatagramsOfEachFeedWithTimeAndSource) {
  Gathered gathered;
  auto opened = UdpReceiver::open({{.name = "a"}, {.name = "b"}}, gathered.callback());
  ASSERT_TRUE(opened) << opened.error();
  UdpReceiver& receiver = **opened;
  receiver.start();
  const auto before = SystemClock().now();
  const auto ports = receiver.ports();
  ASSERT_TRUE(send_udp(block(48, 20), "127.0.0.1", ports[0]));
  ASSERT_EQ(gathered.wait_for(1).size(), 1U);
  ASSERT_TRUE(send_udp(joined({oradis_part(block(1, 20)), oradis_part(block(2, 12))}), "127.0.0.1", ports[1]));
  const auto all = gathered.wait_for(3);
  receiver.stop();
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].feed, 0);
  EXPECT_EQ(all[0].payload, block(48, 20));
  EXPECT_EQ(all[0].datagram.source.destination_port, ports[0]);
  EXPECT_NE(all[0].datagram.source.sender_port, 0);
  EXPECT_EQ(all[0].datagram.source.sender[12], 127);
  EXPECT_EQ(all[0].datagram.source.destination[12], 127);
  ASSERT_TRUE(all[0].datagram.receipt);
  EXPECT_LT(abs(*all[0].datagram.receipt - before), units::Duration::seconds(10));
  EXPECT_EQ(all[1].feed, 1);
  EXPECT_EQ(all[1].payload, block(1, 20));
  EXPECT_EQ(all[2].payload, block(2, 12));
  EXPECT_EQ(receiver.counters()[1].datagrams, 1U);
  EXPECT_EQ(receiver.counters()[0].lost, 0U);
}

TEST(UdpReceiver, CountsWhatTheKernelDroppedExactly) {
  Gathered gathered;
  auto opened = UdpReceiver::open({{.name = "a"}}, gathered.callback());
  ASSERT_TRUE(opened);
  UdpReceiver& receiver = **opened;
  const auto port = receiver.ports()[0];
  // Nobody reads yet: more octets than the buffer holds, whatever the kernel granted.
  const std::size_t count = 2 * receiver.counters()[0].buffer_octets / 8000 + 100;
  for (std::size_t i = 0; i < count; ++i) ASSERT_TRUE(send_udp(block(48, 8000), "127.0.0.1", port));
  receiver.start();
  const auto waiting = gathered.wait_for(1).size();
  ASSERT_GT(waiting, 0U);
  // The kernel tells its count with the next datagram that it could keep.
  for (int i = 0; i < 200; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    ASSERT_TRUE(send_udp(block(34, 12), "127.0.0.1", port));
    const auto now = receiver.counters()[0];
    if (now.lost > 0 && now.datagrams + now.lost >= count) break;
  }
  receiver.stop();
  EXPECT_GT(receiver.counters()[0].lost, 0U);
  const auto all = gathered.wait_for(0);
  const auto big = static_cast<std::size_t>(
      std::count_if(all.begin(), all.end(), [](const Gathered::One& one) { return one.payload.size() == 8000; }));
  EXPECT_EQ(big + receiver.counters()[0].lost, count);
}

TEST(UdpReceiver, ReceivesOnlyTheGroupsThatItsFeedsName) {
  Gathered gathered;
  auto opened = UdpReceiver::open({{.name = "g", .address = "239.77.1.1", .port = 48'611, .interfaces = {"127.0.0.1"}},
                                   {.name = "h", .address = "239.77.1.2", .port = 48'611, .interfaces = {"lo"}}},
                                  gathered.callback());
  if (!opened) GTEST_SKIP() << "no multicast on the loopback interface here: " << opened.error();
  (*opened)->start();
  if (!send_udp(block(48, 20), "239.77.1.1", 48'611)) GTEST_SKIP() << "multicast can't be sent here";
  if (gathered.wait_for(1).empty()) GTEST_SKIP() << "multicast doesn't come back on the loopback interface here";
  ASSERT_TRUE(send_udp(block(48, 22), "239.77.1.3", 48'611));
  ASSERT_TRUE(send_udp(block(48, 21), "239.77.1.2", 48'611));
  const auto all = gathered.wait_for(2);
  (*opened)->stop();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].feed, 0);
  EXPECT_EQ(all[0].datagram.source.destination[12], 239);
  EXPECT_EQ(all[0].datagram.source.destination[15], 1);
  EXPECT_EQ(all[1].feed, 1);
  EXPECT_EQ(all[1].payload, block(48, 21));
}

TEST(UdpReceiver, CutsDatagramsOfOtherFormatsIntoMessages) {
  using wire::framing::test::beast_message;
  using wire::framing::test::squitter;
  Gathered gathered;
  auto opened = UdpReceiver::open({{.name = "b", .format = wire::framing::StreamFormat::beast}}, gathered.callback());
  ASSERT_TRUE(opened) << opened.error();
  (*opened)->start();
  const Bytes two = joined({beast_message(5, squitter(7)), beast_message(6, squitter(14)), bytes({0x1A, 0x33, 1})});
  ASSERT_TRUE(send_udp(two, "127.0.0.1", (*opened)->ports()[0]));
  ASSERT_TRUE(send_udp(beast_message(7, squitter(7)), "127.0.0.1", (*opened)->ports()[0]));
  const auto all = gathered.wait_for(3);
  (*opened)->stop();
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[1].datagram.kind, wire::framing::PayloadKind::mode_s);
  EXPECT_TRUE(all[1].datagram.receipt);
  EXPECT_EQ((*opened)->counters()[0].datagrams, 2U);
  EXPECT_EQ((*opened)->counters()[0].messages, 3U);
  EXPECT_EQ((*opened)->counters()[0].dropped_octets, 3U);
}

TEST(UdpReceiver, SaysWhichFeedCannotBeOpened) {
  const auto nothing = [](const Datagram&, std::uint16_t) {};
  const auto name = UdpReceiver::open({{.name = "north", .address = "radar.example"}}, nothing);
  ASSERT_FALSE(name);
  EXPECT_EQ(name.error(), "feed north: radar.example is no numeric IPv4 or IPv6 address");
  const auto interface =
      UdpReceiver::open({{.name = "n", .address = "239.1.1.1", .port = 48'612, .interfaces = {"nope0"}}}, nothing);
  ASSERT_FALSE(interface);
  EXPECT_EQ(interface.error(), "feed n: there is no network interface nope0");
  const auto first = UdpReceiver::open({{.name = "a"}}, nothing);
  ASSERT_TRUE(first);
  const auto taken = UdpReceiver::open({{.name = "b", .port = (*first)->ports()[0]}}, nothing);
  ASSERT_FALSE(taken);
  EXPECT_NE(taken.error().find("Address already in use"), std::string::npos);
  const auto foreign = UdpReceiver::open({{.name = "c", .address = "192.0.2.1"}}, nothing);
  EXPECT_FALSE(foreign);
}

/// A plain client or server socket of the test.
class Peer {
 public:
  explicit Peer(int socket) : socket_(socket) {}
  ~Peer() {
    if (socket_ >= 0) ::close(socket_);
  }
  Peer(Peer&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  static Peer connected_to(std::uint16_t port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    const sockaddr_in to = loopback("127.0.0.1", port);
    EXPECT_EQ(::connect(socket, reinterpret_cast<const sockaddr*>(&to), sizeof to), 0);
    return Peer(socket);
  }
  static Peer listening_on(std::uint16_t& port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    const int on = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in at = loopback("127.0.0.1", port);
    EXPECT_EQ(::bind(socket, reinterpret_cast<const sockaddr*>(&at), sizeof at), 0);
    EXPECT_EQ(::listen(socket, 4), 0);
    socklen_t length = sizeof at;
    EXPECT_EQ(::getsockname(socket, reinterpret_cast<sockaddr*>(&at), &length), 0);
    port = ntohs(at.sin_port);
    return Peer(socket);
  }
  [[nodiscard]] Peer accepted() const { return Peer(::accept(socket_, nullptr, nullptr)); }
  void send(const Bytes& octets) const {
    EXPECT_EQ(::send(socket_, octets.data(), octets.size(), MSG_NOSIGNAL), static_cast<ssize_t>(octets.size()));
  }

 private:
  int socket_;
};

TEST(TcpReceiver, CutsTheStreamOfEachSenderIntoBlocks) {
  Gathered gathered;
  auto opened = TcpReceiver::open({{.name = "a", .listen = true}}, gathered.callback());
  ASSERT_TRUE(opened) << opened.error();
  (*opened)->start();
  const auto port = (*opened)->ports()[0];
  {
    const Peer one = Peer::connected_to(port);
    const Bytes stream = joined({block(48, 20), block(34, 12), block(62, 300)});
    for (const std::byte octet : stream) one.send({octet});  // as badly cut as can be
    const Peer other = Peer::connected_to(port);
    other.send(joined({block(48, 30), bytes({48, 0})}));
    const auto all = gathered.wait_for(4);
    ASSERT_EQ(all.size(), 4U);
    std::vector<std::size_t> sizes;
    for (const auto& each : all) sizes.push_back(each.payload.size());
    EXPECT_THAT(sizes, ::testing::UnorderedElementsAre(20, 12, 300, 30));
    EXPECT_TRUE(all[0].datagram.receipt);
    EXPECT_EQ(all[0].datagram.source.sender[12], 127);
  }
  for (int i = 0; i < 500 && (*opened)->counters()[0].open > 0; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  (*opened)->stop();
  const auto counters = (*opened)->counters()[0];
  EXPECT_EQ(counters.messages, 4U);
  EXPECT_EQ(counters.connections, 2U);
  EXPECT_EQ(counters.open, 0U);
  EXPECT_EQ(counters.dropped_octets, 2U) << "the torn block at the end";
}

TEST(TcpReceiver, GivesUpAStreamThatIsOutOfStepAndConnectsAnew) {
  Gathered gathered;
  std::uint16_t port = 0;
  const Peer server = Peer::listening_on(port);
  auto opened = TcpReceiver::open({{.name = "a", .port = port}}, gathered.callback());
  ASSERT_TRUE(opened);
  (*opened)->start();
  {
    const Peer first = server.accepted();
    first.send(joined({block(48, 20), bytes({0, 0, 0, 1, 2, 3})}));
    ASSERT_EQ(gathered.wait_for(1).size(), 1U);
    const Peer second = server.accepted();  // after the first pause
    second.send(block(34, 12));
    EXPECT_EQ(gathered.wait_for(2).size(), 2U);
  }
  (*opened)->stop();
  const auto counters = (*opened)->counters()[0];
  EXPECT_EQ(counters.out_of_step, 1U);
  EXPECT_EQ(counters.connections, 2U);
  EXPECT_GE(counters.dropped_octets, 3U);
}

TEST(TcpReceiver, CutsReceiversMessagesAndGoesOnBehindDamage) {
  using wire::framing::test::beast_message;
  using wire::framing::test::squitter;
  using wire::framing::test::text;
  Gathered gathered;
  auto opened = TcpReceiver::open({{.name = "b", .listen = true, .format = wire::framing::StreamFormat::beast},
                                   {.name = "s", .listen = true, .format = wire::framing::StreamFormat::sbs}},
                                  gathered.callback());
  ASSERT_TRUE(opened) << opened.error();
  (*opened)->start();
  const auto ports = (*opened)->ports();
  {
    const Peer beast = Peer::connected_to(ports[0]);
    const Peer sbs = Peer::connected_to(ports[1]);
    const Bytes message = beast_message(0x1A, squitter(14));
    beast.send(joined({message, bytes({1, 2, 3, 0x1A, 0x99}), message}));
    sbs.send(text("MSG,8,1,1,4B00AA,1,,,,,,,,,,,,,,,,\r\nMSG,8,1"));
    const auto all = gathered.wait_for(3);
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(std::count_if(all.begin(), all.end(), [](const auto& one) { return one.feed == 0; }), 2);
    EXPECT_TRUE(all[0].datagram.receipt);
  }
  for (int i = 0; i < 500 && (*opened)->counters()[1].open > 0; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  (*opened)->stop();
  EXPECT_EQ((*opened)->counters()[0].dropped_octets, 5U);
  EXPECT_EQ((*opened)->counters()[0].out_of_step, 0U);
  EXPECT_EQ((*opened)->counters()[1].messages, 1U);
  EXPECT_EQ((*opened)->counters()[1].dropped_octets, 7U) << "the row that was broken off";
}

TEST(TcpReceiver, KeepsTryingUntilTheServerIsThere) {
  Gathered gathered;
  std::uint16_t port = 0;
  { const Peer reserved = Peer::listening_on(port); }
  auto opened = TcpReceiver::open({{.name = "a", .port = port}}, gathered.callback());
  ASSERT_TRUE(opened);
  (*opened)->start();
  for (int i = 0; i < 500 && (*opened)->counters()[0].failed_connects == 0; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_GE((*opened)->counters()[0].failed_connects, 1U);
  const Peer server = Peer::listening_on(port);
  const Peer connection = server.accepted();
  connection.send(block(48, 20));
  EXPECT_EQ(gathered.wait_for(1).size(), 1U);
  (*opened)->stop();
}

TEST(TcpReceiver, SaysWhyItCannotListen) {
  const auto failed =
      TcpReceiver::open({{.name = "north", .host = "nonsense", .listen = true}}, [](const Datagram&, std::uint16_t) {});
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().find("feed north: cannot listen on nonsense port 0: "), 0U);
}

}  // namespace
}  // namespace marsad::io
