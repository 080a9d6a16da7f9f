#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "marsad/base/result.hpp"
#include "marsad/io/embedded_assets.hpp"
#include "marsad/output/metrics.hpp"
#include "marsad/output/publication_status.hpp"
#include "marsad/picture/air_picture.hpp"

namespace marsad::io {

/// Where the web server listens and what it puts up with. The defaults are for a workplace of some hundred screens.
struct WebServerSettings {
  std::string address = "127.0.0.1";  ///< numeric IPv4 or IPv6; anything but loopback is for the operator to choose
  std::uint16_t port = 8042;          ///< 0: any free one, see `WebServer::port`

  /// Host names that requests may name besides the address itself and, on loopback, "localhost". On loopback any other
  /// Host is refused (421), so that a hostile page can't reach us by rebinding its own name. Elsewhere the check is
  /// made only if this list is not empty.
  std::vector<std::string> allowed_hosts;
  /// Origins of other pages ("http://localhost:5173") that may read the interfaces and open the WebSocket. A page of
  /// our own origin always may.
  std::vector<std::string> allowed_origins;

  std::size_t max_connections = 1024;
  std::size_t max_header_octets = 8192;
  std::size_t max_target_octets = 2048;
  std::size_t max_body_octets = 4096;  ///< no interface takes a body; more is refused before it is read
  std::size_t max_queued_frames = 4;   ///< per WebSocket client; what is over gets replaced by one fresh snapshot
  std::size_t max_queued_octets = 1U << 20U;  ///< likewise; a single snapshot may be larger
  int send_buffer_octets =
      256 * 1024;  ///< SO_SNDBUF of every connection, so that slowness shows here and not in the kernel

  std::chrono::milliseconds header_timeout{10'000};  ///< for a whole request to arrive, and for an idle connection
  std::chrono::milliseconds write_timeout{
      20'000};  ///< for one response or frame to leave, plus a second for each 16 KiB
  std::chrono::milliseconds idle_timeout{60'000};  ///< WebSocket: pinged at half of this, dropped when it stays silent

  std::string version;  ///< of marsad, for receiver.json and the Server header

  /// Writes the metrics of other parts (recorder, UDP output) for /metrics. Called on the server's thread.
  std::function<void(output::MetricsWriter&)> extra_metrics;
};

/// What the server has done since it was started.
struct WebServerCounters {
  std::uint64_t connections_accepted = 0;
  std::uint64_t connections_refused = 0;  ///< over `max_connections`
  std::uint64_t connections_open = 0;
  std::uint64_t requests = 0;
  std::uint64_t requests_rejected = 0;  ///< answered with a 4xx
  std::uint64_t clients = 0;            ///< WebSocket clients now
  std::uint64_t frames_sent = 0;
  std::uint64_t frame_octets_sent = 0;
  std::uint64_t conflations = 0;       ///< times a client's queue was thrown away for a fresh snapshot
  std::uint64_t clients_dropped = 0;   ///< too slow for too long
  std::uint64_t pictures = 0;          ///< published
  std::uint64_t pictures_skipped = 0;  ///< overtaken by a newer one before the server came to it
  double last_publish_latency_s = 0;   ///< from `publish` to the last frame handed to the network stack's queue
};

/// The web server: the page, the picture as JSON, aircraft.json for tar1090, metrics, and the picture as binary frames
/// over a WebSocket (docs/web-protocol.md). Single-threaded inside; frames are encoded once per picture for all
/// clients.
///
///   GET /  /assets/*          the embedded page: nothing outside the given list can be served
///   GET /api/picture.json, /api/picture.geojson             GET /data/aircraft.json, /data/receiver.json   for tar1090
///   GET /api/health           200 once there is a picture, 503 before          GET /metrics   Prometheus
///   GET /ws/picture           WebSocket: a snapshot, then a delta per picture; a slow client gets fewer, fresher
///   snapshots
class WebServer {
 public:
  /// Binds and listens. Fails with a message that names address, port and reason. `assets` must outlive the server.
  static base::Result<WebServer, std::string> listen(const WebServerSettings& settings,
                                                     std::span<const EmbeddedAsset> assets);

  /// Stops and joins.
  ~WebServer();
  WebServer(WebServer&&) noexcept;
  WebServer& operator=(WebServer&&) noexcept;

  /// The port actually bound.
  [[nodiscard]] std::uint16_t port() const noexcept;

  /// Serves on a thread of its own until `stop`. Or: serves on the caller's thread until `stop` from another.
  void start();
  void run();
  /// Ends serving, closes every connection, joins the thread of `start`. Safe from any thread but the server's own.
  void stop();

  /// Hands over a picture. Safe from any thread and cheap: encoding happens on the server's thread. Pictures published
  /// faster than they can be sent are skipped, never queued.
  void publish(std::shared_ptr<const picture::AirPicture> picture, output::PublicationStatus status);

  /// Safe from any thread.
  [[nodiscard]] WebServerCounters counters() const;

 private:
  class State;
  explicit WebServer(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace marsad::io
