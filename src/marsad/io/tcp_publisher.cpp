#include "marsad/io/tcp_publisher.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <deque>
#include <set>
#include <thread>
#include <utility>

#include <fmt/core.h>
#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

namespace marsad::io {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::chrono::milliseconds kFirstPause{500};
constexpr std::chrono::milliseconds kLongestPause{30'000};

/// What was published at once, shared by all clients that it waits for.
using Shared = std::shared_ptr<const std::vector<std::byte>>;

struct AtomicCounters {
  std::atomic<std::uint64_t> octets{0}, sent_octets{0}, clients{0}, connections{0}, slow_clients{0}, lost_octets{0},
      refused_clients{0}, failed_connects{0};
};

/// One client. Lives on the publisher's thread.
struct Client {
  explicit Client(tcp::socket s) : socket(std::move(s)) {}
  tcp::socket socket;
  std::deque<Shared> waiting;
  std::size_t waiting_octets = 0;
  std::size_t sent_of_first = 0;
  bool writing = false;
  std::array<std::byte, 512> thrown_away{};
  std::size_t peer = 0;  ///< number of the peer that we connected to
  bool is_peer = false;
};
using ClientPtr = std::shared_ptr<Client>;  // shared by the operations in flight and by the set of clients

}  // namespace

struct TcpPublisher::State {
  explicit State(TcpPublication p) : publication(std::move(p)), work(context.get_executor()) {}

  /// One place to connect to.
  struct Link {
    explicit Link(asio::io_context& context) : resolver(context), timer(context) {}
    tcp::resolver resolver;
    asio::steady_timer timer;
    std::chrono::milliseconds pause = kFirstPause;
  };

  TcpPublication publication;
  asio::io_context context{1};
  asio::executor_work_guard<asio::io_context::executor_type> work;
  tcp::acceptor acceptor{context};
  asio::steady_timer accept_timer{context};
  std::vector<std::unique_ptr<Link>> links;
  std::set<ClientPtr> clients;
  AtomicCounters counters;
  std::uint16_t port = 0;
  std::thread thread;

  std::optional<std::string> listen();
  void run();
  void accept();
  void connect(std::size_t peer);
  void connect_failed(std::size_t peer);
  void connect_again(std::size_t peer);
  void begin(tcp::socket socket, std::optional<std::size_t> peer);
  void read(const ClientPtr& client);
  void offer(const Shared& octets);
  void write(const ClientPtr& client);
  void end(const ClientPtr& client);
};

std::optional<std::string> TcpPublisher::State::listen() {
  if (!publication.listen) return std::nullopt;
  error_code error;
  const auto address = asio::ip::make_address(publication.listen->address, error);
  const tcp::endpoint endpoint(address, publication.listen->port);
  if (!error) acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (!error) port = acceptor.local_endpoint(error).port();
  if (!error) return std::nullopt;
  return fmt::format("output {}: cannot listen on {} port {}: {}", publication.name, publication.listen->address,
                     publication.listen->port, error.message());
}

void TcpPublisher::State::run() {
  if (publication.listen) accept();
  for (std::size_t peer = 0; peer < publication.push.size(); ++peer) connect(peer);
  context.run();
}

void TcpPublisher::State::accept() {
  acceptor.async_accept([this](error_code error, tcp::socket socket) {
    if (error == asio::error::operation_aborted) return;
    if (error) {  // no descriptors left, most likely
      accept_timer.expires_after(kFirstPause);
      accept_timer.async_wait([this](error_code stopped) {
        if (!stopped) accept();
      });
      return;
    }
    if (clients.size() < publication.most_clients)
      begin(std::move(socket), std::nullopt);
    else
      ++counters.refused_clients;
    accept();
  });
}

void TcpPublisher::State::connect(std::size_t peer) {
  const TcpPublication::Peer& to = publication.push[peer];
  links[peer]->resolver.async_resolve(
      to.host, std::to_string(to.port),
      [this, peer](error_code unresolved, const tcp::resolver::results_type& endpoints) {
        if (unresolved) return connect_failed(peer);
        auto socket = std::make_shared<tcp::socket>(context);  // kept alive by the handler until it has run
        asio::async_connect(*socket, endpoints, [this, peer, socket](error_code error, const tcp::endpoint&) {
          if (error) return connect_failed(peer);
          begin(std::move(*socket), peer);
        });
      });
}

void TcpPublisher::State::connect_failed(std::size_t peer) {
  ++counters.failed_connects;
  connect_again(peer);
}

void TcpPublisher::State::connect_again(std::size_t peer) {
  Link& link = *links[peer];
  link.timer.expires_after(link.pause);
  link.pause = std::min(2 * link.pause, kLongestPause);
  link.timer.async_wait([this, peer](error_code error) {
    if (!error) connect(peer);
  });
}

void TcpPublisher::State::begin(tcp::socket socket, std::optional<std::size_t> peer) {
  auto client = std::make_shared<Client>(std::move(socket));
  client->is_peer = peer.has_value();
  client->peer = peer.value_or(0);
  error_code ignored;
  client->socket.set_option(tcp::no_delay(true), ignored);
  client->socket.set_option(asio::socket_base::keep_alive(true), ignored);
  clients.insert(client);
  ++counters.connections;
  ++counters.clients;
  read(client);
}

/// Only to learn that the client has gone.
void TcpPublisher::State::read(const ClientPtr& client) {
  client->socket.async_read_some(asio::buffer(client->thrown_away), [this, client](error_code error, std::size_t) {
    if (error) return end(client);
    read(client);
  });
}

void TcpPublisher::State::offer(const Shared& octets) {
  const std::vector<ClientPtr> now(clients.begin(), clients.end());
  for (const ClientPtr& client : now) {
    if (client->waiting_octets + octets->size() > publication.most_waiting_octets) {
      ++counters.slow_clients;
      counters.lost_octets += octets->size();
      end(client);
      continue;
    }
    client->waiting.push_back(octets);
    client->waiting_octets += octets->size();
    if (!client->writing) write(client);
  }
}

void TcpPublisher::State::write(const ClientPtr& client) {
  client->writing = true;
  const auto rest = std::span(*client->waiting.front()).subspan(client->sent_of_first);
  client->socket.async_write_some(asio::buffer(rest.data(), rest.size()),
                                  [this, client](error_code error, std::size_t sent) {
                                    client->writing = false;
                                    counters.sent_octets += sent;
                                    if (error || !clients.contains(client)) return end(client);
                                    if (client->is_peer) links[client->peer]->pause = kFirstPause;
                                    client->waiting_octets -= sent;
                                    client->sent_of_first += sent;
                                    if (client->sent_of_first == client->waiting.front()->size()) {
                                      client->waiting.pop_front();
                                      client->sent_of_first = 0;
                                    }
                                    if (!client->waiting.empty()) write(client);
                                  });
}

void TcpPublisher::State::end(const ClientPtr& client) {
  if (clients.erase(client) == 0) return;
  --counters.clients;
  counters.lost_octets += client->waiting_octets;
  error_code ignored;
  client->socket.close(ignored);
  if (client->is_peer) connect_again(client->peer);
}

base::Result<std::unique_ptr<TcpPublisher>, std::string> TcpPublisher::open(TcpPublication publication) {
  auto state = std::make_unique<State>(std::move(publication));
  if (auto error = state->listen()) return *error;
  for (std::size_t i = 0; i < state->publication.push.size(); ++i)
    state->links.push_back(std::make_unique<State::Link>(state->context));
  return std::unique_ptr<TcpPublisher>(new TcpPublisher(std::move(state)));
}

TcpPublisher::TcpPublisher(std::unique_ptr<State> state) : state_(std::move(state)) {
  state_->thread = std::thread([s = state_.get()] { s->run(); });
}

TcpPublisher::~TcpPublisher() { stop(); }

void TcpPublisher::publish(std::span<const std::byte> octets) {
  if (octets.empty()) return;
  state_->counters.octets += octets.size();
  if (state_->counters.clients == 0) return;
  auto shared = std::make_shared<const std::vector<std::byte>>(octets.begin(), octets.end());
  asio::post(state_->context, [s = state_.get(), shared = std::move(shared)] { s->offer(shared); });
}

void TcpPublisher::stop() {
  if (!state_->thread.joinable()) return;
  // Behind everything that was published: each client's last piece is with the system then, or too slow to wait for.
  asio::post(state_->context, [s = state_.get()] { s->context.stop(); });
  state_->thread.join();
}

std::uint16_t TcpPublisher::port() const noexcept { return state_->port; }

TcpPublicationCounters TcpPublisher::counters() const {
  const AtomicCounters& c = state_->counters;
  return {c.octets,       c.sent_octets, c.clients,         c.connections,
          c.slow_clients, c.lost_octets, c.refused_clients, c.failed_connects};
}

}  // namespace marsad::io
