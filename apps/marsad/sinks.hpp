#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "marsad/config/settings.hpp"
#include "marsad/io/udp_sender.hpp"
#include "marsad/io/web_server.hpp"
#include "marsad/output/datagram_batch.hpp"
#include "marsad/output/publication_status.hpp"
#include "marsad/output/system_track_service.hpp"
#include "marsad/picture/air_picture.hpp"
#include "options.hpp"
#include "output_file.hpp"

namespace marsad::app {

using PicturePtr = std::shared_ptr<const picture::AirPicture>;

/// A consumer of the picture.
class PictureSink {
 public:
  virtual ~PictureSink() = default;
  virtual void take(const PicturePtr& picture, const output::PublicationStatus& status) = 0;
  /// After the last picture. Throws RunFailure if what was to be written isn't.
  virtual void finish() {}
};

/// The web map and the interfaces beside it. Throws RunFailure if it can't listen.
class WebSink final : public PictureSink {
 public:
  explicit WebSink(const WebOptions& options);
  void take(const PicturePtr& picture, const output::PublicationStatus& status) override;
  void finish() override;
  /// "http://127.0.0.1:8042"
  [[nodiscard]] std::string url() const;

 private:
  std::string address_;
  io::WebServer server_;
};

/// CAT062 and CAT065 over UDP, a batch each period of picture time.
class Cat062Sink final : public PictureSink {
 public:
  explicit Cat062Sink(const config::Cat062Settings& settings);
  void take(const PicturePtr& picture, const output::PublicationStatus& status) override;
  [[nodiscard]] const io::UdpSenderCounters& sent() const { return sender_.counters(); }

 private:
  output::SystemTrackService service_;
  io::UdpSender sender_;
  output::DatagramBatch batch_;
};

/// A file of tracks: tracks.csv, GeoJSON of the last picture, or CAT062 data blocks, by the ending of its name. CSV
/// rows at every whole multiple of `every`.
class TrackFileSink final : public PictureSink {
 public:
  TrackFileSink(const std::string& path, double every_s);
  void take(const PicturePtr& picture, const output::PublicationStatus& status) override;
  void finish() override;

 private:
  enum class Form : std::uint8_t { csv, geojson, cat062 };

  static Form form_of(const std::string& path);
  void warn_of_missing_rows() const;

  std::string path_;
  Form form_;
  double every_s_;
  OutputFile file_;
  std::string text_;
  PicturePtr last_;
  std::optional<units::UtcTime> previous_;
  double shortest_step_s_ = std::numeric_limits<double>::infinity();
  std::optional<output::SystemTrackService> service_;
  output::DatagramBatch batch_;
};

}  // namespace marsad::app
