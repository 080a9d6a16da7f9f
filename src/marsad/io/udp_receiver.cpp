#include "marsad/io/udp_receiver.hpp"

#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <thread>
#include <utility>

#include <fmt/core.h>

#include "marsad/io/address.hpp"
#include "marsad/io/clock.hpp"
#include "marsad/wire/framing/envelope.hpp"

namespace marsad::io {
namespace {

using wire::framing::Datagram;
using wire::framing::EnvelopeParts;

constexpr int kBufferOctets = 8 << 20;
constexpr std::size_t kBatch = 32;
constexpr std::size_t kLongestDatagram = 65'536;
constexpr std::size_t kControlOctets = 256;

class Descriptor {
 public:
  explicit Descriptor(int number = -1) noexcept : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  [[nodiscard]] int number() const noexcept { return number_; }

 private:
  int number_;
};

struct AtomicCounters {
  std::atomic<std::uint64_t> datagrams{0}, octets{0}, lost{0}, truncated{0}, errors{0}, messages{0}, dropped_octets{0};
};

struct Socket {
  Descriptor descriptor;
  std::uint16_t port = 0;
  std::uint32_t buffer_octets = 0;
  std::uint32_t lost_seen = 0;  ///< the kernel's own count, which wraps
  std::array<std::uint8_t, 16> address{};
  std::optional<wire::framing::MessageStream> messages;  ///< for other formats than ASTERIX
  std::unique_ptr<AtomicCounters> counters = std::make_unique<AtomicCounters>();
};

std::string failure(const UdpFeed& feed, const char* what) {
  return fmt::format("feed {}: cannot {} {} port {}: {}", feed.name, what, feed.address, feed.port,
                     std::strerror(errno));
}

template <class Value>
bool set_option(int socket, int level, int name, const Value& value) noexcept {
  return ::setsockopt(socket, level, name, &value, sizeof value) == 0;
}

/// Asks for the large buffer, past the system's limit where we may; the kernel counts its own overhead, so it answers
/// with twice what it grants.
std::uint32_t enlarge_buffer(int socket) noexcept {
  if (!set_option(socket, SOL_SOCKET, SO_RCVBUFFORCE, kBufferOctets)) {
    (void)set_option(socket, SOL_SOCKET, SO_RCVBUF, kBufferOctets);
  }
  int granted = 0;
  socklen_t length = sizeof granted;
  (void)::getsockopt(socket, SOL_SOCKET, SO_RCVBUF, &granted, &length);
  return static_cast<std::uint32_t>(granted / 2);
}

bool join(int socket, const SocketAddress& group, const std::optional<SocketAddress>& source,
          unsigned interface) noexcept {
  const int level = group.family() == AF_INET ? IPPROTO_IP : IPPROTO_IPV6;
  if (source) {
    group_source_req request{};
    request.gsr_interface = interface;
    request.gsr_group = group.storage;
    request.gsr_source = source->storage;
    return set_option(socket, level, MCAST_JOIN_SOURCE_GROUP, request);
  }
  group_req request{};
  request.gr_interface = interface;
  request.gr_group = group.storage;
  return set_option(socket, level, MCAST_JOIN_GROUP, request);
}

/// The group is joined only here: without IP_MULTICAST_ALL off, groups that others on this machine have joined would
/// come in too.
std::optional<std::string> join_group(int socket, const UdpFeed& feed, const SocketAddress& group) {
  std::optional<SocketAddress> source;
  if (!feed.source.empty()) {
    source = socket_address(feed.source, 0);
    if (!source || source->family() != group.family())
      return fmt::format("feed {}: {} is no numeric address of a sender to {}", feed.name, feed.source, feed.address);
  }
  constexpr int kOff = 0;
  if (group.family() == AF_INET) (void)set_option(socket, IPPROTO_IP, IP_MULTICAST_ALL, kOff);
  const std::vector<std::string> any_interface{""};
  for (const std::string& name : feed.interfaces.empty() ? any_interface : feed.interfaces) {
    const auto interface = interface_index(name);
    if (!interface) return fmt::format("feed {}: there is no network interface {}", feed.name, name);
    if (!join(socket, group, source, *interface)) return failure(feed, "join");
  }
  return std::nullopt;
}

using SocketResult = base::Result<Socket, std::string>;

SocketResult open_socket(const UdpFeed& feed) {
  const auto address = socket_address(feed.address, feed.port);
  if (!address) return fmt::format("feed {}: {} is no numeric IPv4 or IPv6 address", feed.name, feed.address);
  Socket out;
  out.descriptor = Descriptor(::socket(address->family(), SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  const int socket = out.descriptor.number();
  if (socket < 0) return failure(feed, "open");
  constexpr int kOn = 1;
  if (address->is_multicast() && !set_option(socket, SOL_SOCKET, SO_REUSEADDR, kOn)) return failure(feed, "share");
  if (::bind(socket, address->raw(), address->length) != 0) return failure(feed, "listen on");
  out.buffer_octets = enlarge_buffer(socket);
  (void)set_option(socket, SOL_SOCKET, SO_RXQ_OVFL, kOn);
  (void)set_option(socket, SOL_SOCKET, SO_TIMESTAMPNS, kOn);
  if (address->family() == AF_INET)
    (void)set_option(socket, IPPROTO_IP, IP_PKTINFO, kOn);
  else
    (void)set_option(socket, IPPROTO_IPV6, IPV6_RECVPKTINFO, kOn);
  if (address->is_multicast()) {
    if (auto error = join_group(socket, feed, *address)) return *error;
  }
  SocketAddress bound;
  bound.length = sizeof bound.storage;
  if (::getsockname(socket, reinterpret_cast<sockaddr*>(&bound.storage), &bound.length) != 0)
    return failure(feed, "ask for");
  const PlainAddress plain = plain_address(bound.storage);
  if (feed.format != wire::framing::StreamFormat::asterix) out.messages.emplace(feed.format);
  out.port = plain.port;
  out.address = plain.octets;
  return out;
}

/// What the kernel says beside the datagram.
struct Ancillary {
  std::optional<units::UtcTime> receipt;
  std::optional<std::array<std::uint8_t, 16>> destination;
  std::optional<std::uint32_t> lost;
};

template <class Value>
Value value_of(const cmsghdr& message) noexcept {
  Value value{};
  std::memcpy(&value, CMSG_DATA(&message), sizeof value);
  return value;
}

Ancillary ancillary_of(msghdr& header) noexcept {
  Ancillary out;
  for (cmsghdr* one = CMSG_FIRSTHDR(&header); one != nullptr; one = CMSG_NXTHDR(&header, one)) {
    if (one->cmsg_level == SOL_SOCKET && one->cmsg_type == SO_TIMESTAMPNS) {
      constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;
      const auto stamp = value_of<timespec>(*one);
      out.receipt = units::UtcTime::nanoseconds_since_epoch(stamp.tv_sec * kNanosecondsPerSecond + stamp.tv_nsec);
    } else if (one->cmsg_level == SOL_SOCKET && one->cmsg_type == SO_RXQ_OVFL) {
      out.lost = value_of<std::uint32_t>(*one);
    } else if (one->cmsg_level == IPPROTO_IP && one->cmsg_type == IP_PKTINFO) {
      out.destination = plain_address(value_of<in_pktinfo>(*one).ipi_addr);
    } else if (one->cmsg_level == IPPROTO_IPV6 && one->cmsg_type == IPV6_PKTINFO) {
      const auto info = value_of<in6_pktinfo>(*one);
      auto& octets = out.destination.emplace();
      std::memcpy(octets.data(), &info.ipi6_addr, octets.size());
    }
  }
  return out;
}

/// The buffers of one recvmmsg() call.
struct Batch {
  std::vector<std::byte> octets = std::vector<std::byte>(kBatch * kLongestDatagram);
  struct alignas(cmsghdr) Control {
    std::array<std::byte, kControlOctets> octets;
  };
  std::array<Control, kBatch> controls{};
  std::array<sockaddr_storage, kBatch> senders{};
  std::array<iovec, kBatch> pieces{};
  std::array<mmsghdr, kBatch> messages{};

  void prepare() noexcept {
    for (std::size_t i = 0; i < kBatch; ++i) {
      pieces[i] = {octets.data() + i * kLongestDatagram, kLongestDatagram};
      msghdr& header = messages[i].msg_hdr;
      header = {};
      header.msg_name = &senders[i];
      header.msg_namelen = sizeof senders[i];
      header.msg_iov = &pieces[i];
      header.msg_iovlen = 1;
      header.msg_control = controls[i].octets.data();
      header.msg_controllen = kControlOctets;
    }
  }
};

}  // namespace

struct UdpReceiver::State {
  std::vector<Socket> sockets;
  OnDatagram on_datagram;
  Descriptor wake;
  Batch batch;
  SystemClock clock;
  std::thread thread;

  void run();
  void drain(std::size_t feed);
  void hand_out(std::size_t feed, std::size_t message);
  void hand_out_messages(std::size_t feed, std::span<const std::byte> octets, const Datagram& received);
};

void UdpReceiver::State::hand_out(std::size_t feed, std::size_t message) {
  Socket& socket = sockets[feed];
  msghdr& header = batch.messages[message].msg_hdr;
  const Ancillary beside = ancillary_of(header);
  if (beside.lost) {
    socket.counters->lost += *beside.lost - socket.lost_seen;  // modulo 2^32
    socket.lost_seen = *beside.lost;
  }
  if ((header.msg_flags & MSG_TRUNC) != 0) {
    ++socket.counters->truncated;
    return;
  }
  const std::size_t size = batch.messages[message].msg_len;
  ++socket.counters->datagrams;
  socket.counters->octets += size;
  const PlainAddress sender = plain_address(batch.senders[message]);
  Datagram datagram;
  datagram.receipt = beside.receipt ? *beside.receipt : clock.now();
  datagram.source.sender = sender.octets;
  datagram.source.sender_port = sender.port;
  datagram.source.destination = beside.destination.value_or(socket.address);
  datagram.source.destination_port = socket.port;
  if (socket.messages) {
    hand_out_messages(feed, std::span(batch.octets).subspan(message * kLongestDatagram, size), datagram);
    return;
  }
  EnvelopeParts parts(std::span(batch.octets).subspan(message * kLongestDatagram, size));
  while (const auto part = parts.next()) {
    ++socket.counters->messages;
    datagram.payload = *part;
    on_datagram(datagram, static_cast<std::uint16_t>(feed));
  }
}

/// A datagram of messages that are no ASTERIX; what it leaves unfinished is damage.
void UdpReceiver::State::hand_out_messages(std::size_t feed, std::span<const std::byte> octets,
                                           const Datagram& received) {
  Socket& socket = sockets[feed];
  const auto deliver = [&](const Datagram& message) {
    Datagram datagram = message;
    datagram.receipt = received.receipt;
    datagram.source = received.source;
    on_datagram(datagram, static_cast<std::uint16_t>(feed));
  };
  socket.messages->put(octets, deliver);
  socket.messages->end(deliver);
  socket.counters->messages = socket.messages->counters().datagrams;
  socket.counters->dropped_octets = socket.messages->counters().skipped_octets;
}

/// Takes what waits at one socket, but no more than a few batches: another may be waiting too.
void UdpReceiver::State::drain(std::size_t feed) {
  constexpr int kMostBatches = 8;
  for (int i = 0; i < kMostBatches; ++i) {
    batch.prepare();
    const int number = sockets[feed].descriptor.number();
    const int count = ::recvmmsg(number, batch.messages.data(), kBatch, MSG_DONTWAIT, nullptr);
    if (count < 0) {
      if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) ++sockets[feed].counters->errors;
      return;
    }
    for (std::size_t message = 0; message < static_cast<std::size_t>(count); ++message) hand_out(feed, message);
    if (static_cast<std::size_t>(count) < kBatch) return;
  }
}

void UdpReceiver::State::run() {
  std::vector<pollfd> waiting;
  for (const Socket& socket : sockets) waiting.push_back({socket.descriptor.number(), POLLIN, 0});
  waiting.push_back({wake.number(), POLLIN, 0});
  while (true) {
    if (::poll(waiting.data(), waiting.size(), -1) < 0 && errno != EINTR) return;
    if (waiting.back().revents != 0) return;
    for (std::size_t feed = 0; feed < sockets.size(); ++feed) {
      if (waiting[feed].revents != 0) drain(feed);
    }
  }
}

base::Result<std::unique_ptr<UdpReceiver>, std::string> UdpReceiver::open(const std::vector<UdpFeed>& feeds,
                                                                          OnDatagram on_datagram) {
  auto state = std::make_unique<State>();
  state->on_datagram = std::move(on_datagram);
  for (const UdpFeed& feed : feeds) {
    auto socket = open_socket(feed);
    if (!socket) return socket.error();
    state->sockets.push_back(std::move(socket).value());
  }
  state->wake = Descriptor(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (state->wake.number() < 0) return fmt::format("cannot make an event descriptor: {}", std::strerror(errno));
  return std::unique_ptr<UdpReceiver>(new UdpReceiver(std::move(state)));
}

UdpReceiver::UdpReceiver(std::unique_ptr<State> state) : state_(std::move(state)) {}
UdpReceiver::~UdpReceiver() { stop(); }

void UdpReceiver::start() {
  if (!state_->thread.joinable()) state_->thread = std::thread([state = state_.get()] { state->run(); });
}

void UdpReceiver::stop() {
  if (!state_->thread.joinable()) return;
  const std::uint64_t one = 1;
  (void)(::write(state_->wake.number(), &one, sizeof one) == sizeof one);  // an event descriptor with room takes it
  state_->thread.join();
  std::uint64_t drained = 0;
  (void)(::read(state_->wake.number(), &drained, sizeof drained) == sizeof drained);
}

std::vector<std::uint16_t> UdpReceiver::ports() const {
  std::vector<std::uint16_t> out;
  for (const Socket& socket : state_->sockets) out.push_back(socket.port);
  return out;
}

std::vector<UdpFeedCounters> UdpReceiver::counters() const {
  std::vector<UdpFeedCounters> out;
  for (const Socket& socket : state_->sockets) {
    const AtomicCounters& c = *socket.counters;
    out.push_back(
        {c.datagrams, c.octets, c.lost, c.truncated, c.errors, c.messages, c.dropped_octets, socket.buffer_octets});
  }
  return out;
}

}  // namespace marsad::io
