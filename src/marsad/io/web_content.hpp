#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "marsad/io/embedded_assets.hpp"
#include "marsad/output/metrics.hpp"
#include "marsad/output/publication_status.hpp"
#include "marsad/picture/air_picture.hpp"

namespace marsad::io {

/// What of an HTTP request matters here. Everything borrows from the request.
struct WebRequest {
  std::string_view method;  ///< "GET"
  std::string_view target;  ///< as sent: path and query
  std::string_view if_none_match;
};

/// A response without the connection's own headers. The octets live at least as long as `keeper`.
struct WebReply {
  unsigned status = 200;
  std::string_view content_type;
  std::span<const char> body;
  std::shared_ptr<const void> keeper;
  std::string_view cache_control;
  std::string_view etag;        ///< empty for none
  std::string_view allow;       ///< of a 405
  bool retry_after_1s = false;  ///< of a 503
};

/// The body of every error: {"status":404,"error":"..."}.
WebReply error_reply(unsigned status, std::string_view what);

/// An encoded frame, shared by all clients that get it.
using Frame = std::shared_ptr<const std::vector<std::byte>>;

/// Everything that can be asked of the web server, without the network: the newest picture in all its forms, each
/// encoded when first asked for and then kept until the next picture, and the files of the page. One thread at a time.
class WebContent {
 public:
  /// `assets` must outlive this. `version` is marsad's own.
  WebContent(std::span<const EmbeddedAsset> assets, std::string version);

  /// Replaces the newest picture.
  void update(std::shared_ptr<const picture::AirPicture> picture, output::PublicationStatus status);

  [[nodiscard]] bool has_picture() const noexcept { return picture_ != nullptr; }
  /// Number of the newest update, from 1: unlike the picture's own sequence it grows even when a replay is wound back.
  [[nodiscard]] std::uint64_t update_number() const noexcept { return update_number_; }
  /// All of the newest picture. There must be one.
  [[nodiscard]] Frame snapshot();
  /// From the picture of the update before the newest one to it; null if only a snapshot will do.
  [[nodiscard]] Frame delta();

  /// Answers anything but the WebSocket. `write_more_metrics` adds to /metrics.
  [[nodiscard]] WebReply reply_to(const WebRequest& request,
                                  const std::function<void(output::MetricsWriter&)>& write_more_metrics);

 private:
  struct Asset {
    const EmbeddedAsset* file;
    std::string etag;
  };
  /// A text made at most once per picture.
  using Text = std::shared_ptr<const std::string>;

  WebReply reply_with_asset(std::string_view path, std::string_view if_none_match) const;
  WebReply reply_with_picture_form(Text& kept, void (WebContent::*write)(std::string&) const);
  WebReply reply_with_health() const;
  WebReply reply_with_receiver() const;
  WebReply reply_with_metrics(const std::function<void(output::MetricsWriter&)>& write_more) const;
  void write_picture_json(std::string& out) const;
  void write_aircraft_json(std::string& out) const;
  void write_geojson(std::string& out) const;

  std::unordered_map<std::string_view, Asset> assets_;
  std::string version_;

  std::shared_ptr<const picture::AirPicture> before_;
  std::shared_ptr<const picture::AirPicture> picture_;
  output::PublicationStatus status_;
  std::uint64_t update_number_ = 0;
  Frame snapshot_;
  Frame delta_;
  Text picture_json_;
  Text aircraft_json_;
  Text geojson_;
};

/// Which requests a server may answer at all: a defence against pages that rebind their own name to our address, and
/// against foreign pages that open our WebSocket.
class WebAdmission {
 public:
  /// `check_hosts`: refuse every Host but `hosts`.
  WebAdmission(bool check_hosts, std::vector<std::string> hosts, std::vector<std::string> origins);

  /// True if the Host header names us.
  [[nodiscard]] bool admits_host(std::string_view host) const;
  /// True for a request without Origin, of our own origin (the authority equals Host), or of an allowed one.
  [[nodiscard]] bool admits_origin(std::string_view origin, std::string_view host) const;
  /// True if pages of `origin` may read our answers although it isn't our own.
  [[nodiscard]] bool is_allowed_origin(std::string_view origin) const;

 private:
  bool check_hosts_;
  std::vector<std::string> hosts_;
  std::vector<std::string> origins_;
};

}  // namespace marsad::io
