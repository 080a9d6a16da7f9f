#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "marsad/config/settings.hpp"
#include "marsad/io/entry_queue.hpp"
#include "marsad/io/recording_file.hpp"
#include "marsad/io/tcp_receiver.hpp"
#include "marsad/io/thread_pool.hpp"
#include "marsad/io/udp_receiver.hpp"
#include "marsad/output/publication_status.hpp"
#include "marsad/wire/asterix/edition_watch.hpp"
#include "pipeline.hpp"
#include "receiver_outputs.hpp"
#include "sinks.hpp"

namespace marsad::app {

/// The sockets that a UDP feed of the configuration asks for: one for each multicast group, else one for the local
/// address.
std::vector<io::UdpFeed> udp_feeds(const config::FeedSettings& feed);
io::TcpFeed tcp_feed(const config::FeedSettings& feed);

/// What a live run is made of, beside the settings.
struct LiveOptions {
  output::PublicationMode mode = output::PublicationMode::live;
  std::string title;
  std::string recording;  ///< file to record to; empty: none
  bool picture = true;    ///< false: only record
  unsigned threads = 1;
  std::optional<units::Duration> duration;
};

/// Feeds and clock in, one ordered log, picture out: the running system. Its one loop is `run`, to be read top to
/// bottom; the receiving threads only fill the queue.
class LiveSystem {
 public:
  /// Opens the feeds and the recording. Throws RunFailure with the reason if one of them can't be.
  LiveSystem(const config::Settings& settings, LiveOptions options);
  ~LiveSystem();

  /// Before `run`. Sinks are served in this order.
  void add_sink(std::unique_ptr<PictureSink> sink) { sinks_.push_back(std::move(sink)); }

  /// Receives until the duration is over or the process is asked to end (SIGINT, SIGTERM). Throws RunFailure if a sink
  /// fails.
  void run();

  /// The port that each UDP feed really has, in the order of the settings' UDP feeds.
  [[nodiscard]] std::vector<std::uint16_t> udp_ports() const;

  /// How each feed does, in the order of the settings.
  [[nodiscard]] std::vector<output::FeedStatus> feed_statuses() const;
  [[nodiscard]] const ReceiverOutputs* receiver_outputs() const noexcept { return receiver_outputs_.get(); }

  [[nodiscard]] const Pipeline& pipeline() const noexcept { return pipeline_; }
  [[nodiscard]] std::uint64_t lost_datagrams() const;
  [[nodiscard]] std::optional<io::RecordingFileStatus> recording_status() const;

 private:
  void open_feeds();
  void stop_feeds();
  /// A feed on port 0 took a free one: the settings, and so the log, name the real one.
  void adopt_ports();
  void take(const recording::LogEntry& entry);
  /// Warns of sources that the configured or default edition misreads.
  void watch_editions(const recording::LogEntry& entry);
  void keep_time(const std::function<bool()>& ended);

  config::Settings settings_;
  LiveOptions options_;
  io::ThreadPool pool_;
  Pipeline pipeline_;
  wire::asterix::EditionWatch editions_;
  io::EntryQueue queue_;
  std::unique_ptr<io::RecordingFile> recording_;
  std::unique_ptr<io::UdpReceiver> udp_;
  std::unique_ptr<io::TcpReceiver> tcp_;
  std::unique_ptr<ReceiverOutputs> receiver_outputs_;  ///< where something is to be passed on
  std::vector<std::unique_ptr<PictureSink>> sinks_;
  std::uint64_t unrecorded_ = 0;  ///< entries that the recording refused: from the first on, it is no whole log
  std::atomic<bool> ended_{false};
};

}  // namespace marsad::app
