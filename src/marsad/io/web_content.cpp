#include "marsad/io/web_content.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "marsad/base/check.hpp"
#include "marsad/base/digest.hpp"
#include "marsad/output/aircraft_json.hpp"
#include "marsad/output/frame.hpp"
#include "marsad/output/json_writer.hpp"
#include "marsad/output/picture_json.hpp"

namespace marsad::io {
namespace {

constexpr std::string_view kJson = "application/json; charset=utf-8";
constexpr std::string_view kMetricsText = "text/plain; version=0.0.4; charset=utf-8";
constexpr std::string_view kNeverKeep = "no-store";
constexpr std::string_view kAskEachTime = "no-cache";
constexpr std::string_view kKeepForever = "public, max-age=31536000, immutable";

WebReply text_reply(unsigned status, std::string_view content_type, std::shared_ptr<const std::string> text) {
  WebReply reply;
  reply.status = status;
  reply.content_type = content_type;
  reply.body = *text;
  reply.keeper = std::move(text);
  reply.cache_control = kNeverKeep;
  return reply;
}

WebReply text_reply(unsigned status, std::string_view content_type, std::string&& text) {
  return text_reply(status, content_type, std::make_shared<const std::string>(std::move(text)));
}

/// True if an If-None-Match header names `etag`, weakly or not, or "*".
bool names_etag(std::string_view header, std::string_view etag) {
  return header == "*" || (!etag.empty() && header.find(etag) != std::string_view::npos);
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::ranges::equal(a, b, [&](char x, char y) { return lower(x) == lower(y); });
}

/// "localhost:8042" -> "localhost", "[::1]:8042" -> "[::1]".
std::string_view without_port(std::string_view authority) {
  const std::size_t bracket = authority.rfind(']');
  const std::size_t colon = authority.rfind(':');
  if (colon == std::string_view::npos) return authority;
  if (bracket != std::string_view::npos && colon < bracket) return authority;
  return authority.substr(0, colon);
}

}  // namespace

WebReply error_reply(unsigned status, std::string_view what) {
  std::string text;
  output::JsonWriter json(text);
  json.begin_object();
  json.key("status").integer(std::uint64_t{status});
  json.key("error").text(what);
  json.end_object();
  WebReply reply = text_reply(status, kJson, std::move(text));
  reply.retry_after_1s = status == 503;
  return reply;
}

WebContent::WebContent(std::span<const EmbeddedAsset> assets, std::string version) : version_(std::move(version)) {
  for (const auto& asset : assets) {
    base::Digest digest;
    digest.add(asset.content);
    assets_.emplace(asset.path, Asset{&asset, fmt::format("\"{:016x}\"", digest.value())});
  }
}

void WebContent::update(std::shared_ptr<const picture::AirPicture> picture, output::PublicationStatus status) {
  before_ = std::exchange(picture_, std::move(picture));
  status_ = std::move(status);
  ++update_number_;
  snapshot_.reset();
  delta_.reset();
  picture_json_.reset();
  aircraft_json_.reset();
  geojson_.reset();
}

Frame WebContent::snapshot() {
  MARSAD_CHECK(picture_ != nullptr);
  if (!snapshot_) {
    auto octets = std::make_shared<std::vector<std::byte>>();
    output::append_snapshot_frame(*octets, *picture_, status_);
    snapshot_ = std::move(octets);
  }
  return snapshot_;
}

Frame WebContent::delta() {
  const bool follows = before_ && picture_ && picture_->sequence > before_->sequence && picture_->time >= before_->time;
  if (!follows) return nullptr;
  if (!delta_) {
    auto octets = std::make_shared<std::vector<std::byte>>();
    output::append_delta_frame(*octets, *picture_, picture::changes_between(before_.get(), *picture_), status_);
    delta_ = std::move(octets);
  }
  return delta_;
}

WebReply WebContent::reply_to(const WebRequest& request,
                              const std::function<void(output::MetricsWriter&)>& write_more_metrics) {
  if (request.method != "GET" && request.method != "HEAD") {
    WebReply reply = error_reply(405, "this server is read with GET and HEAD only");
    reply.allow = "GET, HEAD";
    return reply;
  }
  if (!request.target.starts_with('/')) return error_reply(400, "the target must be a path");
  const std::string_view path = request.target.substr(0, request.target.find_first_of("?#"));
  if (path == "/api/picture.json") return reply_with_picture_form(picture_json_, &WebContent::write_picture_json);
  if (path == "/api/picture.geojson") return reply_with_picture_form(geojson_, &WebContent::write_geojson);
  if (path == "/data/aircraft.json") return reply_with_picture_form(aircraft_json_, &WebContent::write_aircraft_json);
  if (path == "/data/receiver.json") return reply_with_receiver();
  if (path == "/api/health") return reply_with_health();
  if (path == "/metrics") return reply_with_metrics(write_more_metrics);
  if (path == "/ws/picture") return error_reply(426, "this is a WebSocket");
  return reply_with_asset(path == "/" ? "/index.html" : path, request.if_none_match);
}

WebReply WebContent::reply_with_asset(std::string_view path, std::string_view if_none_match) const {
  const auto found = assets_.find(path);
  if (found == assets_.end()) return error_reply(404, "there is nothing here");
  const auto& [file, etag] = found->second;
  WebReply reply;
  reply.etag = etag;
  // The names of what the page's build puts into /assets/ contain a hash of the content.
  reply.cache_control = path.starts_with("/assets/") ? kKeepForever : kAskEachTime;
  if (names_etag(if_none_match, etag)) {
    reply.status = 304;
    return reply;
  }
  reply.content_type = file->content_type;
  reply.body = {reinterpret_cast<const char*>(file->content.data()), file->content.size()};
  return reply;
}

WebReply WebContent::reply_with_picture_form(Text& kept, void (WebContent::*write)(std::string&) const) {
  if (!picture_) return error_reply(503, "there is no picture yet");
  if (!kept) {
    std::string text;
    (this->*write)(text);
    kept = std::make_shared<const std::string>(std::move(text));
  }
  return text_reply(200, kJson, kept);
}

WebReply WebContent::reply_with_health() const {
  std::string text;
  output::JsonWriter json(text);
  json.begin_object();
  json.key("status").text(picture_ ? "ok" : "starting");
  json.key("version").text(version_);
  if (picture_) {
    json.key("sequence").integer(picture_->sequence);
    json.key("t").number(picture_->time.seconds_since_epoch(), 6);
    json.key("tracks").integer(std::uint64_t{picture_->tracks.size()});
    json.key("mode").text(name_of(status_.mode));
    json.key("recording").boolean(status_.recording);
  }
  json.end_object();
  WebReply reply = text_reply(picture_ ? 200 : 503, kJson, std::move(text));
  reply.retry_after_1s = !picture_;
  return reply;
}

WebReply WebContent::reply_with_receiver() const {
  output::ReceiverDescription receiver;
  receiver.version = "marsad " + version_;
  if (picture_) receiver.centre = output::centre_of_sensors(*picture_);
  std::string text;
  output::append_receiver_json(text, receiver);
  return text_reply(200, kJson, std::move(text));
}

WebReply WebContent::reply_with_metrics(const std::function<void(output::MetricsWriter&)>& write_more) const {
  std::string text;
  output::MetricsWriter writer(text);
  writer.family("marsad_build_info", output::MetricsWriter::Kind::gauge, "Always 1; the version is in the label.");
  writer.sample(std::uint64_t{1}, {{"version", version_}});
  if (picture_) output::write_picture_metrics(writer, *picture_, status_);
  if (write_more) write_more(writer);
  return text_reply(200, kMetricsText, std::move(text));
}

void WebContent::write_picture_json(std::string& out) const { output::append_picture_json(out, *picture_, status_); }
void WebContent::write_aircraft_json(std::string& out) const { output::append_aircraft_json(out, *picture_); }
void WebContent::write_geojson(std::string& out) const { output::append_geojson(out, *picture_); }

WebAdmission::WebAdmission(bool check_hosts, std::vector<std::string> hosts, std::vector<std::string> origins)
    : check_hosts_(check_hosts), hosts_(std::move(hosts)), origins_(std::move(origins)) {}

bool WebAdmission::admits_host(std::string_view host) const {
  if (!check_hosts_) return true;
  const std::string_view name = without_port(host);
  return std::ranges::any_of(hosts_, [&](const std::string& ours) { return equal_ignoring_case(ours, name); });
}

bool WebAdmission::admits_origin(std::string_view origin, std::string_view host) const {
  if (origin.empty() || is_allowed_origin(origin)) return true;
  for (const std::string_view scheme : {"http://", "https://"})
    if (origin.starts_with(scheme)) return equal_ignoring_case(origin.substr(scheme.size()), host);
  return false;
}

bool WebAdmission::is_allowed_origin(std::string_view origin) const {
  return std::ranges::any_of(origins_, [&](const std::string& allowed) { return allowed == origin; });
}

}  // namespace marsad::io
