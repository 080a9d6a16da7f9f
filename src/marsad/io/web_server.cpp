#include "marsad/io/web_server.hpp"

#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_set>
#include <utility>

#include "marsad/io/web_content.hpp"

// The only translation unit that includes Beast: it costs half a minute to compile.

namespace marsad::io {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
namespace websocket = boost::beast::websocket;
using boost::system::error_code;
using tcp = asio::ip::tcp;
using SteadyClock = std::chrono::steady_clock;

/// What the page may load: only from here, but images also from its own memory, and style attributes (MapLibre needs
/// both). `host` is that of the request: not every browser counts a WebSocket to it as 'self'.
std::string content_security_policy(std::string_view host) {
  constexpr std::string_view kHostCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-:[]_";
  const bool usable = !host.empty() && host.find_first_not_of(kHostCharacters) == std::string_view::npos;
  return fmt::format(
      "default-src 'self'; script-src 'self'; worker-src 'self'; img-src 'self' data: blob:; style-src 'self' "
      "'unsafe-inline'; connect-src 'self'{}; object-src 'none'; base-uri 'none'; form-action 'none'; "
      "frame-ancestors 'none'",
      usable ? fmt::format(" ws://{0} wss://{0}", host) : "");
}

boost::beast::string_view to_boost(std::string_view text) { return {text.data(), text.size()}; }
std::string_view to_std(boost::beast::string_view text) { return {text.data(), text.size()}; }

class FrameClient;

/// A value that one thread writes and all may read.
class SharedCounters {
 public:
  template <class Change>
  void change(Change&& change) {
    const std::lock_guard lock(mutex_);
    change(counters_);
  }
  [[nodiscard]] WebServerCounters read() const {
    const std::lock_guard lock(mutex_);
    return counters_;
  }

 private:
  mutable std::mutex mutex_;
  WebServerCounters counters_;
};

/// What connections share with their server.
struct ServerContext {
  ServerContext(WebServerSettings given, std::span<const EmbeddedAsset> assets, WebAdmission who)
      : settings(std::move(given)), content(assets, settings.version), admission(std::move(who)) {}

  WebServerSettings settings;
  WebContent content;
  WebAdmission admission;
  SharedCounters counters;
  std::unordered_set<FrameClient*> clients;  // each keeps itself alive by its pending read
  std::size_t open_connections = 0;          // HTTP and WebSocket
};

/// How long `octets` may take to leave: a stuck client is dropped, one on a slow line isn't.
std::chrono::milliseconds time_to_write(const WebServerSettings& settings, std::size_t octets) {
  constexpr std::size_t kSlowestOctetsPerSecond = 16U * 1024U;
  return settings.write_timeout + std::chrono::milliseconds(octets * 1000U / kSlowestOctetsPerSecond);
}

/// Counts a connection for as long as it lives.
class ConnectionSlot {
 public:
  explicit ConnectionSlot(ServerContext& context) : context_(&context) { add(1); }
  ~ConnectionSlot() {
    if (context_ != nullptr) add(-1);
  }
  ConnectionSlot(ConnectionSlot&& other) noexcept : context_(std::exchange(other.context_, nullptr)) {}
  ConnectionSlot& operator=(ConnectionSlot&&) = delete;

 private:
  void add(int change) {
    context_->open_connections += static_cast<std::size_t>(change);
    context_->counters.change([&](auto& c) { c.connections_open = context_->open_connections; });
  }

  ServerContext* context_;
};

/// One WebSocket that receives frames. What it can't take in time is thrown away and replaced by one fresh snapshot, so
/// that a slow client costs a bounded queue and nobody else's time.
class FrameClient : public std::enable_shared_from_this<FrameClient> {
 public:
  FrameClient(ServerContext& context, beast::tcp_stream&& stream, ConnectionSlot&& slot)
      : context_(context), slot_(std::move(slot)), socket_(std::move(stream)) {}

  ~FrameClient() {
    if (context_.clients.erase(this) > 0) context_.counters.change([](auto& c) { --c.clients; });
  }
  FrameClient(const FrameClient&) = delete;
  FrameClient& operator=(const FrameClient&) = delete;

  template <class Request>
  void accept(const Request& request) {
    beast::get_lowest_layer(socket_).expires_never();
    websocket::stream_base::timeout timeout;
    timeout.handshake_timeout = context_.settings.header_timeout;
    timeout.idle_timeout = context_.settings.idle_timeout;
    timeout.keep_alive_pings = true;
    socket_.set_option(timeout);
    socket_.set_option(websocket::stream_base::decorator(
        [server = "marsad/" + context_.settings.version](websocket::response_type& response) {
          response.set(http::field::server, server);
        }));
    socket_.read_message_max(1024);
    socket_.auto_fragment(false);
    socket_.binary(true);
    socket_.async_accept(request, [self = shared_from_this()](error_code error) {
      if (!error) self->join();
    });
  }

  /// Takes the newest picture: what changed, if this client is up to date, else all of it.
  void on_update() {
    if (stale_) return;
    const std::uint64_t newest = context_.content.update_number();
    const Frame delta = update_number_ + 1 == newest ? context_.content.delta() : nullptr;
    enqueue(delta ? delta : context_.content.snapshot(), newest);
  }

  /// Drops the client if a frame has been on its way for too long.
  void drop_if_stuck(SteadyClock::time_point now) {
    if (!writing_ || now - write_began_ < time_to_write(context_.settings, queue_.front()->size())) return;
    context_.counters.change([](auto& c) { ++c.clients_dropped; });
    beast::get_lowest_layer(socket_).close();
  }

 private:
  void join() {
    context_.clients.insert(this);
    context_.counters.change([](auto& c) { ++c.clients; });
    if (context_.content.has_picture()) on_update();
    read();
  }

  /// Clients have nothing to say, but reading answers their pings and notices that they left.
  void read() {
    socket_.async_read(input_, [self = shared_from_this()](error_code error, std::size_t) {
      if (error) return self->close();
      self->input_.clear();
      self->read();
    });
  }

  void enqueue(Frame frame, std::uint64_t update_number) {
    queued_octets_ += frame->size();
    queue_.push_back(std::move(frame));
    update_number_ = update_number;
    const std::size_t waiting = queue_.size() - (writing_ ? 1U : 0U);
    const bool over = waiting > context_.settings.max_queued_frames ||
                      (waiting > 1 && queued_octets_ > context_.settings.max_queued_octets);
    if (!writing_) return write();
    if (over) conflate();
  }

  /// Forgets all that waits behind the frame being written, which has to be finished.
  void conflate() {
    queue_.resize(1);
    queued_octets_ = queue_.front()->size();
    stale_ = true;
    context_.counters.change([](auto& c) { ++c.conflations; });
  }

  void write() {
    if (queue_.empty()) return;
    writing_ = true;
    write_began_ = SteadyClock::now();
    socket_.async_write(asio::buffer(*queue_.front()),
                        [self = shared_from_this()](error_code error, std::size_t) { self->on_written(error); });
  }

  void on_written(error_code error) {
    writing_ = false;
    if (error) return close();
    const std::size_t octets = queue_.front()->size();
    context_.counters.change([&](auto& c) {
      ++c.frames_sent;
      c.frame_octets_sent += octets;
    });
    queued_octets_ -= octets;
    queue_.pop_front();
    if (stale_) {
      stale_ = false;
      return enqueue(context_.content.snapshot(), context_.content.update_number());
    }
    write();
  }

  void close() { beast::get_lowest_layer(socket_).close(); }

  ServerContext& context_;
  ConnectionSlot slot_;
  websocket::stream<beast::tcp_stream> socket_;
  beast::flat_buffer input_;
  std::deque<Frame> queue_;  // the first is being written while `writing_`
  std::size_t queued_octets_ = 0;
  std::uint64_t update_number_ = 0;  // of the picture that the client has once the queue is through
  bool writing_ = false;
  bool stale_ = false;  // what it had to miss will be made good by a snapshot as soon as it can take one
  SteadyClock::time_point write_began_;
};

/// One HTTP connection: request, response, and again, until it becomes a WebSocket or ends.
class HttpConnection : public std::enable_shared_from_this<HttpConnection> {
 public:
  HttpConnection(ServerContext& context, tcp::socket&& socket)
      : context_(context),
        slot_(context),
        stream_(std::move(socket)),
        input_(context.settings.max_header_octets + context.settings.max_body_octets + 1024) {}

  void read() {
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(context_.settings.max_header_octets));
    parser_->body_limit(context_.settings.max_body_octets);
    // For the whole request, however slowly its octets drip.
    stream_.expires_after(context_.settings.header_timeout);
    http::async_read(stream_, input_, *parser_,
                     [self = shared_from_this()](error_code error, std::size_t) { self->on_read(error); });
  }

 private:
  using Response = http::response<http::span_body<const char>>;

  void on_read(error_code error) {
    if (error == http::error::end_of_stream) return close();
    if (error == http::error::header_limit || error == http::error::buffer_overflow)
      return refuse(error_reply(431, "the header is too large"));
    if (error == http::error::body_limit) return refuse(error_reply(413, "no body is wanted"));
    if (error && error.category() == make_error_code(http::error::bad_target).category() &&
        error != http::error::partial_message)
      return refuse(error_reply(400, "this is not HTTP"));
    if (error) return close();  // silent for too long, or gone
    context_.counters.change([](auto& c) { ++c.requests; });
    answer();
  }

  void answer() {
    const auto& request = parser_->get();
    const std::string_view host = to_std(request[http::field::host]);
    const std::string_view origin = to_std(request[http::field::origin]);
    if (host.empty() && request.version() >= 11) return refuse(error_reply(400, "a request names its Host"));
    if (!context_.admission.admits_host(host)) return refuse(error_reply(421, "this server does not go by that name"));
    if (request.target().size() > context_.settings.max_target_octets)
      return refuse(error_reply(414, "the target is too long"));
    if (websocket::is_upgrade(request)) return upgrade(host, origin);
    const WebRequest asked{to_std(request.method_string()), to_std(request.target()),
                           to_std(request[http::field::if_none_match])};
    send(context_.content.reply_to(asked, [&](output::MetricsWriter& writer) { write_metrics(writer); }),
         request.keep_alive());
  }

  void upgrade(std::string_view host, std::string_view origin) {
    const std::string_view target = to_std(parser_->get().target());
    if (target.substr(0, target.find('?')) != "/ws/picture")
      return refuse(error_reply(404, "there is no WebSocket here"));
    if (!context_.admission.admits_origin(origin, host))
      return refuse(error_reply(403, "pages of that origin may not listen here"));
    const auto request = parser_->release();
    std::make_shared<FrameClient>(context_, std::move(stream_), std::move(slot_))->accept(request);
  }

  /// Answers and ends the connection.
  void refuse(WebReply&& reply) { send(std::move(reply), false); }

  void send(WebReply&& reply, bool keep_alive) {
    if (reply.status >= 400 && reply.status < 500) context_.counters.change([](auto& c) { ++c.requests_rejected; });
    const bool head_only = parser_->is_header_done() && parser_->get().method() == http::verb::head;
    keeper_ = std::move(reply.keeper);
    response_.emplace(static_cast<http::status>(reply.status), 11U);
    set_fields(*response_, reply);
    response_->keep_alive(keep_alive);
    if (reply.status != 304) response_->content_length(reply.body.size());
    if (!head_only) response_->body() = {reply.body.data(), reply.body.size()};
    stream_.expires_after(time_to_write(context_.settings, response_->body().size()));
    http::async_write(stream_, *response_, [self = shared_from_this(), keep_alive](error_code error, std::size_t) {
      if (error) return;
      if (keep_alive) return self->read();
      self->finish();
    });
  }

  /// Empty also while the header is not whole.
  [[nodiscard]] std::string_view field_of_request(http::field field) const {
    return parser_->is_header_done() ? to_std(parser_->get()[field]) : std::string_view();
  }

  void set_fields(Response& response, const WebReply& reply) const {
    const auto set = [&](http::field field, std::string_view value) {
      if (!value.empty()) response.set(field, to_boost(value));
    };
    set(http::field::server, "marsad/" + context_.settings.version);
    set(http::field::content_type, reply.content_type);
    set(http::field::cache_control, reply.cache_control);
    set(http::field::etag, reply.etag);
    set(http::field::allow, reply.allow);
    if (reply.retry_after_1s) response.set(http::field::retry_after, "1");
    response.set("Content-Security-Policy", content_security_policy(field_of_request(http::field::host)));
    response.set("X-Content-Type-Options", "nosniff");
    response.set("Referrer-Policy", "no-referrer");
    response.set("Cross-Origin-Opener-Policy", "same-origin");
    const std::string_view origin = field_of_request(http::field::origin);
    const bool allowed = !origin.empty() && context_.admission.is_allowed_origin(origin);
    if (allowed) set(http::field::access_control_allow_origin, origin);
    response.set("Cross-Origin-Resource-Policy", allowed ? "cross-origin" : "same-origin");
    if (reply.cache_control != "no-store") response.set(http::field::vary, "Origin");
  }

  /// Our side is done. What the client still sends is read and thrown away for a moment: closing on unread octets would
  /// reset the connection and could take our last answer with it.
  void finish() {
    error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    stream_.expires_after(std::chrono::seconds(1));
    drain(64U * 1024U);
  }

  void drain(std::size_t octets_left) {
    stream_.async_read_some(asio::buffer(scratch_),
                            [self = shared_from_this(), octets_left](error_code error, std::size_t n) {
                              if (error || n >= octets_left) return self->close();
                              self->drain(octets_left - n);
                            });
  }

  void close() { stream_.close(); }

  void write_metrics(output::MetricsWriter& writer) const {
    using Kind = output::MetricsWriter::Kind;
    const WebServerCounters c = context_.counters.read();
    const auto one = [&](std::string_view name, Kind kind, std::string_view help, auto value) {
      writer.family(name, kind, help);
      writer.sample(value);
    };
    one("marsad_web_clients", Kind::gauge, "WebSocket clients.", c.clients);
    one("marsad_web_connections", Kind::gauge, "Open connections.", c.connections_open);
    one("marsad_web_connections_total", Kind::counter, "Connections accepted.", c.connections_accepted);
    one("marsad_web_connections_refused_total", Kind::counter, "Connections over the limit.", c.connections_refused);
    one("marsad_web_requests_total", Kind::counter, "HTTP requests.", c.requests);
    one("marsad_web_requests_rejected_total", Kind::counter, "Answered with a 4xx.", c.requests_rejected);
    one("marsad_web_frames_sent_total", Kind::counter, "Binary frames sent.", c.frames_sent);
    one("marsad_web_frame_octets_sent_total", Kind::counter, "Octets in them.", c.frame_octets_sent);
    one("marsad_web_conflations_total", Kind::counter, "Queues replaced by a fresh snapshot.", c.conflations);
    one("marsad_web_clients_dropped_total", Kind::counter, "Clients dropped for being stuck.", c.clients_dropped);
    one("marsad_web_pictures_total", Kind::counter, "Pictures published.", c.pictures);
    one("marsad_web_pictures_skipped_total", Kind::counter, "Overtaken by a newer one.", c.pictures_skipped);
    one("marsad_web_publish_latency_seconds", Kind::gauge, "From publication to the last client's queue.",
        c.last_publish_latency_s);
    if (context_.settings.extra_metrics) context_.settings.extra_metrics(writer);
  }

  ServerContext& context_;
  ConnectionSlot slot_;
  beast::tcp_stream stream_;
  beast::flat_buffer input_;
  std::optional<http::request_parser<http::string_body>> parser_;
  std::optional<Response> response_;
  std::shared_ptr<const void> keeper_;  // of the body being sent
  std::array<char, 4096> scratch_{};
};

/// A request may name the address itself, its usual names, and those configured.
WebAdmission admission_for(const WebServerSettings& settings, const asio::ip::address& address) {
  const bool check_hosts = address.is_loopback() || !settings.allowed_hosts.empty();
  std::vector<std::string> hosts = settings.allowed_hosts;
  hosts.push_back(address.is_v6() ? fmt::format("[{}]", address.to_string()) : address.to_string());
  if (address.is_loopback()) hosts.insert(hosts.end(), {"localhost", "127.0.0.1", "[::1]"});
  return WebAdmission(check_hosts, std::move(hosts), settings.allowed_origins);
}

}  // namespace

class WebServer::State {
 public:
  State(const WebServerSettings& settings, std::span<const EmbeddedAsset> assets, const asio::ip::address& address)
      : context_(settings, assets, admission_for(settings, address)), acceptor_(io_), retry_(io_), watch_(io_) {}

  /// Binds and listens; throws boost::system::system_error.
  void listen(const tcp::endpoint& endpoint) {
    acceptor_.open(endpoint.protocol());
    acceptor_.set_option(tcp::acceptor::reuse_address(true));
    // Accepted sockets inherit it, before their window is announced.
    acceptor_.set_option(asio::socket_base::send_buffer_size(context_.settings.send_buffer_octets));
    acceptor_.bind(endpoint);
    acceptor_.listen();
    port_ = acceptor_.local_endpoint().port();
    accept();
    watch();
  }

  [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
  void run() { io_.run(); }
  void start() {
    thread_ = std::thread([this] { io_.run(); });
  }
  void stop() {
    io_.stop();
    if (thread_.joinable()) thread_.join();
  }

  void publish(std::shared_ptr<const picture::AirPicture> picture, output::PublicationStatus status) {
    if (!picture) return;
    bool overtakes = false;
    {
      const std::lock_guard lock(published_mutex_);
      overtakes = published_.has_value();
      published_ = Published{std::move(picture), std::move(status), SteadyClock::now()};
    }
    context_.counters.change([&](auto& c) {
      ++c.pictures;
      if (overtakes) ++c.pictures_skipped;
    });
    if (!overtakes) asio::post(io_, [this] { take_published(); });
  }

  [[nodiscard]] WebServerCounters counters() const { return context_.counters.read(); }

 private:
  struct Published {
    std::shared_ptr<const picture::AirPicture> picture;
    output::PublicationStatus status;
    SteadyClock::time_point when;
  };

  void take_published() {
    std::optional<Published> taken;
    {
      const std::lock_guard lock(published_mutex_);
      taken.swap(published_);
    }
    if (!taken) return;
    context_.content.update(std::move(taken->picture), std::move(taken->status));
    for (FrameClient* client : context_.clients) client->on_update();
    const std::chrono::duration<double> latency = SteadyClock::now() - taken->when;
    context_.counters.change([&](auto& c) { c.last_publish_latency_s = latency.count(); });
  }

  void accept() {
    acceptor_.async_accept([this](error_code error, tcp::socket socket) {
      if (error == asio::error::operation_aborted) return;
      if (error) return accept_later();
      admit(std::move(socket));
      accept();
    });
  }

  /// Out of file descriptors, say: without the pause this would spin.
  void accept_later() {
    retry_.expires_after(std::chrono::milliseconds(100));
    retry_.async_wait([this](error_code error) {
      if (!error) accept();
    });
  }

  void admit(tcp::socket&& socket) {
    if (context_.open_connections >= context_.settings.max_connections) {
      context_.counters.change([](auto& c) { ++c.connections_refused; });
      return;  // closed by its destructor
    }
    context_.counters.change([](auto& c) { ++c.connections_accepted; });
    error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    std::make_shared<HttpConnection>(context_, std::move(socket))->read();
  }

  /// Looks now and then for clients that a frame has been stuck to for too long.
  void watch() {
    watch_.expires_after(std::max(context_.settings.write_timeout / 4, std::chrono::milliseconds(10)));
    watch_.async_wait([this](error_code error) {
      if (error) return;
      const auto now = SteadyClock::now();
      for (FrameClient* client : context_.clients) client->drop_if_stuck(now);
      watch();
    });
  }

  // Order matters at the end: what still waits in `io_` refers to `context_`.
  ServerContext context_;
  std::mutex published_mutex_;
  std::optional<Published> published_;
  std::thread thread_;
  std::uint16_t port_ = 0;
  asio::io_context io_{1};
  tcp::acceptor acceptor_;
  asio::steady_timer retry_;
  asio::steady_timer watch_;
};

base::Result<WebServer, std::string> WebServer::listen(const WebServerSettings& settings,
                                                       std::span<const EmbeddedAsset> assets) {
  error_code error;
  const auto address = asio::ip::make_address(settings.address, error);
  if (error) return fmt::format("web: \"{}\" is not a numeric IPv4 or IPv6 address", settings.address);
  const std::string where = fmt::format("{}:{}", settings.address, settings.port);
  const tcp::endpoint endpoint(address, settings.port);
  try {
    auto state = std::make_unique<State>(settings, assets, address);
    state->listen(endpoint);
    return WebServer(std::move(state));
  } catch (const boost::system::system_error& failure) {
    return fmt::format("web: cannot listen on {}: {}", where, failure.code().message());
  }
}

WebServer::WebServer(std::unique_ptr<State> state) : state_(std::move(state)) {}
WebServer::~WebServer() {
  if (state_) state_->stop();
}
WebServer::WebServer(WebServer&&) noexcept = default;
WebServer& WebServer::operator=(WebServer&& other) noexcept {
  if (state_) state_->stop();
  state_ = std::move(other.state_);
  return *this;
}

std::uint16_t WebServer::port() const noexcept { return state_->port(); }
void WebServer::start() { state_->start(); }
void WebServer::run() { state_->run(); }
void WebServer::stop() { state_->stop(); }
void WebServer::publish(std::shared_ptr<const picture::AirPicture> picture, output::PublicationStatus status) {
  state_->publish(std::move(picture), std::move(status));
}
WebServerCounters WebServer::counters() const { return state_->counters(); }

}  // namespace marsad::io
