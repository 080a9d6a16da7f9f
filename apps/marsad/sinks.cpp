#include "sinks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "errors.hpp"
#include "marsad/io/embedded_assets.hpp"
#include "marsad/output/picture_json.hpp"
#include "marsad/output/tracks_csv.hpp"
#include "udp_output.hpp"

namespace marsad::app {
namespace {

io::WebServer listen(const WebOptions& options) {
  io::WebServerSettings settings;
  settings.address = options.address;
  settings.port = options.port;
  settings.version = MARSAD_VERSION;
  auto server = io::WebServer::listen(settings, io::web_assets());
  if (!server.ok()) throw RunFailure(server.error());
  return std::move(server).value();
}

output::SystemTrackService make_service(std::uint8_t sac, std::uint8_t sic, units::Duration period) {
  output::SystemTrackSettings settings;
  settings.sac = sac;
  settings.sic = sic;
  settings.period = period;
  auto service = output::SystemTrackService::make(settings);
  if (!service.ok()) throw RunFailure(service.error());
  return std::move(service).value();
}

bool ends_with(const std::string& text, std::string_view ending) {
  return text.size() >= ending.size() && std::string_view(text).substr(text.size() - ending.size()) == ending;
}

}  // namespace

WebSink::WebSink(const WebOptions& options) : address_(options.address), server_(listen(options)) { server_.start(); }

void WebSink::take(const PicturePtr& picture, const output::PublicationStatus& status) {
  server_.publish(picture, status);
}

void WebSink::finish() { server_.stop(); }

std::string WebSink::url() const {
  const bool v6 = address_.find(':') != std::string::npos;
  return fmt::format("http://{}{}{}:{}", v6 ? "[" : "", address_, v6 ? "]" : "", server_.port());
}

Cat062Sink::Cat062Sink(const config::Cat062Settings& settings)
    : service_(make_service(settings.sac, settings.sic, settings.period)), sender_(udp_sender_of(settings)) {}

void Cat062Sink::take(const PicturePtr& picture, const output::PublicationStatus&) {
  batch_.clear();
  service_.encode(*picture, batch_);
  for (std::size_t i = 0; i < batch_.size(); ++i) sender_.send(batch_[i]);
}

TrackFileSink::Form TrackFileSink::form_of(const std::string& path) {
  if (ends_with(path, ".csv")) return Form::csv;
  if (ends_with(path, ".geojson")) return Form::geojson;
  if (ends_with(path, ".ast")) return Form::cat062;
  throw UsageError(fmt::format("{}: the ending tells the form of the tracks: .csv, .geojson or .ast (CAT062)", path));
}

TrackFileSink::TrackFileSink(const std::string& path, double every_s)
    : path_(path), form_(form_of(path)), every_s_(every_s), file_(path) {
  if (form_ == Form::cat062) service_.emplace(make_service(0, 0, units::Duration()));
  if (form_ != Form::csv) return;
  output::append_tracks_csv_header(text_);
  file_.append(text_);
}

void TrackFileSink::take(const PicturePtr& picture, const output::PublicationStatus&) {
  if (previous_) shortest_step_s_ = std::min(shortest_step_s_, (picture->time - *previous_).seconds());
  previous_ = picture->time;
  const double steps = picture->time.seconds_since_epoch() / every_s_;
  if (std::abs(steps - std::round(steps)) * every_s_ > 1e-3) return;
  last_ = picture;
  if (form_ == Form::csv) {
    text_.clear();
    output::append_tracks_csv_rows(text_, *picture);
    file_.append(text_);
  } else if (form_ == Form::cat062) {
    batch_.clear();
    service_->encode(*picture, batch_);
    for (std::size_t i = 0; i < batch_.size(); ++i) file_.append(batch_[i]);
  }
}

/// A recording brings its own pictures, whatever rows are asked for.
void TrackFileSink::warn_of_missing_rows() const {
  const double steps = every_s_ / shortest_step_s_;
  if (!previous_ || !std::isfinite(shortest_step_s_) || shortest_step_s_ <= 0.0) return;
  if (std::round(steps) >= 1.0 && std::abs(steps - std::round(steps)) * shortest_step_s_ <= 1e-3) return;
  fmt::print(
      stderr,
      "{}: the recording holds a picture every {} s, so there are fewer rows than one every {} s; choose --every "
      "as a multiple of that\n",
      path_, shortest_step_s_, every_s_);
}

void TrackFileSink::finish() {
  warn_of_missing_rows();
  if (form_ == Form::geojson) {
    text_.clear();
    output::append_geojson(text_, last_ ? *last_ : picture::AirPicture{});
    file_.append(text_);
  }
  file_.finish();
}

}  // namespace marsad::app
