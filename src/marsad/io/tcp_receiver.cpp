#include "marsad/io/tcp_receiver.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>
#include <atomic>
#include <chrono>
#include <set>
#include <thread>
#include <utility>

#include <fmt/core.h>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include "marsad/io/clock.hpp"

namespace marsad::io {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using wire::framing::Datagram;
using wire::framing::MessageStream;

constexpr std::chrono::milliseconds kFirstPause{500};
constexpr std::chrono::milliseconds kLongestPause{30'000};
constexpr std::size_t kMostSenders = 64;

/// A peer that has lost its power says nothing, not even that it is gone. Probed after half a minute of silence, it is
/// given up after a minute: the system's own two hours are too long for a radar.
void probe_when_silent(tcp::socket& socket) {
  constexpr int kSilenceS = 30;
  constexpr int kBetweenProbesS = 10;
  constexpr int kProbes = 3;
  error_code ignored;
  socket.set_option(asio::socket_base::keep_alive(true), ignored);
  const auto set = [&socket](int name, int value) {
    (void)::setsockopt(socket.native_handle(), IPPROTO_TCP, name, &value, sizeof value);
  };
  set(TCP_KEEPIDLE, kSilenceS);
  set(TCP_KEEPINTVL, kBetweenProbesS);
  set(TCP_KEEPCNT, kProbes);
}

struct AtomicCounters {
  std::atomic<std::uint64_t> messages{0}, octets{0}, connections{0}, open{0}, out_of_step{0}, dropped_octets{0},
      damaged_parts{0}, failed_connects{0}, refused{0};
};

std::array<std::uint8_t, 16> octets_of(const asio::ip::address& address) {
  const auto v6 = address.is_v4() ? asio::ip::make_address_v6(asio::ip::v4_mapped, address.to_v4()) : address.to_v6();
  std::array<std::uint8_t, 16> out{};
  const auto from = v6.to_bytes();
  std::copy(from.begin(), from.end(), out.begin());
  return out;
}

/// One input: its connections, and how it gets new ones. Lives on the receiver's one thread.
class Feed {
 public:
  Feed(asio::io_context& context, TcpFeed settings, std::uint16_t number, const OnDatagram& on_datagram)
      : settings_(std::move(settings)),
        number_(number),
        on_datagram_(on_datagram),
        resolver_(context),
        acceptor_(context),
        timer_(context),
        context_(context) {}

  /// Opens the listening socket; the reason if that fails.
  std::optional<std::string> listen() {
    if (!settings_.listen) return std::nullopt;
    error_code error;
    const auto address = asio::ip::make_address(settings_.host, error);
    const tcp::endpoint endpoint(address, settings_.port);
    if (!error) acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (!error) port_ = acceptor_.local_endpoint(error).port();
    if (!error) return std::nullopt;
    return fmt::format("feed {}: cannot listen on {} port {}: {}", settings_.name, settings_.host, settings_.port,
                       error.message());
  }

  void start() {
    if (settings_.listen)
      accept();
    else
      connect();
  }

  [[nodiscard]] std::uint16_t port() const noexcept { return settings_.listen ? port_ : settings_.port; }
  [[nodiscard]] const AtomicCounters& counters() const noexcept { return counters_; }

 private:
  struct Connection {
    Connection(tcp::socket s, wire::framing::StreamFormat format) : socket(std::move(s)), stream(format) {}
    tcp::socket socket;
    MessageStream stream;
    wire::framing::FramingCounters told;  ///< of the stream, as far as they are in the feed's counters
    std::array<std::byte, 16'384> received{};
    wire::framing::Source source;
  };
  using Shared = std::shared_ptr<Connection>;  // shared by the operation in flight and by connections_

  void accept() {
    acceptor_.async_accept([this](error_code error, tcp::socket socket) {
      if (error == asio::error::operation_aborted) return;
      if (error) return pause_then([this] { accept(); });  // no descriptors left, most likely
      if (connections_.size() < kMostSenders)
        begin(std::move(socket));
      else
        ++counters_.refused;
      accept();
    });
  }

  void connect() {
    resolver_.async_resolve(settings_.host, std::to_string(settings_.port),
                            [this](error_code error, const tcp::resolver::results_type& endpoints) {
                              if (error) return connect_failed(error);
                              connect_to(endpoints);
                            });
  }

  void connect_to(const tcp::resolver::results_type& endpoints) {
    auto socket = std::make_shared<tcp::socket>(context_);  // kept alive by the handler until it has run
    asio::async_connect(*socket, endpoints, [this, socket](error_code error, const tcp::endpoint&) {
      if (error) return connect_failed(error);
      begin(std::move(*socket));
    });
  }

  void connect_failed(error_code error) {
    if (error == asio::error::operation_aborted) return;
    ++counters_.failed_connects;
    pause_then([this] { connect(); });
  }

  template <class Action>
  void pause_then(Action action) {
    timer_.expires_after(pause_);
    pause_ = std::min(2 * pause_, kLongestPause);
    timer_.async_wait([action](error_code error) {
      if (!error) action();
    });
  }

  void begin(tcp::socket socket) {
    auto connection = std::make_shared<Connection>(std::move(socket), settings_.format);
    probe_when_silent(connection->socket);
    error_code error;
    const auto remote = connection->socket.remote_endpoint(error);
    if (!error) {
      connection->source.sender = octets_of(remote.address());
      connection->source.sender_port = remote.port();
    }
    const auto local = connection->socket.local_endpoint(error);
    if (!error) {
      connection->source.destination = octets_of(local.address());
      connection->source.destination_port = local.port();
    }
    connections_.insert(connection);
    ++counters_.connections;
    ++counters_.open;
    read(connection);
  }

  void read(const Shared& connection) {
    connection->socket.async_read_some(
        asio::buffer(connection->received), [this, connection](error_code error, std::size_t size) {
          if (size > 0 && !take(*connection, std::span(connection->received).first(size))) {
            ++counters_.out_of_step;
            return end(connection);
          }
          if (error) return end(connection);
          read(connection);
        });
  }

  /// False once the stream is out of step.
  bool take(Connection& connection, std::span<const std::byte> octets) {
    counters_.octets += octets.size();
    connection.stream.put(octets, deliver(connection));
    tell(connection);
    return !connection.stream.lost();
  }

  MessageStream::OnMessage deliver(const Connection& connection) {
    return [this, &connection, receipt = clock_.now()](const Datagram& message) {
      pause_ = kFirstPause;  // data, not a mere connection, make the next pause short again
      Datagram datagram = message;
      datagram.receipt = receipt;
      datagram.source = connection.source;
      on_datagram_(datagram, number_);
    };
  }

  /// Adds what is new in the books of the stream to those of the feed.
  void tell(Connection& connection) {
    const wire::framing::FramingCounters& now = connection.stream.counters();
    counters_.messages += now.datagrams - connection.told.datagrams;
    counters_.dropped_octets += now.skipped_octets - connection.told.skipped_octets;
    counters_.damaged_parts += now.faults - connection.told.faults;
    connection.told = now;
  }

  void end(const Shared& connection) {
    if (connections_.erase(connection) == 0) return;
    connection->stream.break_off();
    tell(*connection);
    --counters_.open;
    error_code ignored;
    connection->socket.close(ignored);
    if (!settings_.listen) pause_then([this] { connect(); });
  }

  TcpFeed settings_;
  std::uint16_t number_;
  const OnDatagram& on_datagram_;
  tcp::resolver resolver_;
  tcp::acceptor acceptor_;
  asio::steady_timer timer_;
  asio::io_context& context_;
  std::set<Shared> connections_;
  std::chrono::milliseconds pause_ = kFirstPause;
  std::uint16_t port_ = 0;
  AtomicCounters counters_;
  SystemClock clock_;
};

}  // namespace

struct TcpReceiver::State {
  OnDatagram on_datagram;
  asio::io_context context{1};
  std::vector<std::unique_ptr<Feed>> feeds;
  std::thread thread;
};

base::Result<std::unique_ptr<TcpReceiver>, std::string> TcpReceiver::open(const std::vector<TcpFeed>& feeds,
                                                                          OnDatagram on_datagram) {
  auto state = std::make_unique<State>();
  state->on_datagram = std::move(on_datagram);
  for (const TcpFeed& settings : feeds) {
    const auto number = static_cast<std::uint16_t>(state->feeds.size());
    auto feed = std::make_unique<Feed>(state->context, settings, number, state->on_datagram);
    if (auto error = feed->listen()) return *error;
    state->feeds.push_back(std::move(feed));
  }
  return std::unique_ptr<TcpReceiver>(new TcpReceiver(std::move(state)));
}

TcpReceiver::TcpReceiver(std::unique_ptr<State> state) : state_(std::move(state)) {}
TcpReceiver::~TcpReceiver() { stop(); }

void TcpReceiver::start() {
  State& s = *state_;
  if (s.thread.joinable()) return;
  s.thread = std::thread([&s] {
    for (const auto& feed : s.feeds) feed->start();
    s.context.run();
  });
}

void TcpReceiver::stop() {
  State& s = *state_;
  s.context.stop();
  if (s.thread.joinable()) s.thread.join();
}

std::vector<std::uint16_t> TcpReceiver::ports() const {
  std::vector<std::uint16_t> out;
  for (const auto& feed : state_->feeds) out.push_back(feed->port());
  return out;
}

std::vector<TcpFeedCounters> TcpReceiver::counters() const {
  std::vector<TcpFeedCounters> out;
  for (const auto& feed : state_->feeds) {
    const AtomicCounters& c = feed->counters();
    out.push_back({c.messages, c.octets, c.connections, c.open, c.out_of_step, c.dropped_octets, c.damaged_parts,
                   c.failed_connects, c.refused});
  }
  return out;
}

}  // namespace marsad::io
