#include <fmt/format.h>

#include <fstream>

#include "errors.hpp"
#include "replayer.hpp"
#include "signals.hpp"
#include "verbs.hpp"

namespace marsad::app {
namespace {

/// t,sensor,mode_s,track_id: one line for each report that a track used.
class AssociationFile {
 public:
  explicit AssociationFile(const std::string& path) : path_(path), file_(path, std::ios::binary | std::ios::trunc) {
    file_ << "t,sensor,mode_s,track_id\n";
    check();
  }

  void append(const Pipeline& pipeline) {
    const auto reports = pipeline.last_reports();
    for (const tracking::Association& association : pipeline.tracker().associations()) {
      const observation::TargetReport& report = reports[association.report];
      file_ << fmt::format("{:.6f},{},{},{}\n", report.applicability.seconds_since_epoch(), report.sensor.value(),
                           report.address ? fmt::format("{:06X}", report.address->value()) : "",
                           association.track.value());
    }
    check();
  }

  void finish() {
    file_.flush();
    check();
  }

 private:
  void check() {
    if (!file_) throw RunFailure(fmt::format("{}: can't be written", path_));
  }

  std::string path_;
  std::ofstream file_;
};

}  // namespace

int track(const TrackOptions& options) {
  watch_signals();
  spare_inputs(options.picture, {options.output, options.associations});
  PictureOptions wanted = options.picture;
  wanted.rows_every_s = options.every_s;
  Replayer replayer(wanted);
  replayer.add_sink(std::make_unique<TrackFileSink>(options.output, options.every_s));
  std::unique_ptr<AssociationFile> associations;
  if (!options.associations.empty()) {
    associations = std::make_unique<AssociationFile>(options.associations);
    replayer.set_observer(
        [&](const Pipeline& pipeline, const picture::AirPicture&) { associations->append(pipeline); });
  }
  replayer.play();
  replayer.finish_sinks();
  if (associations) associations->finish();
  replayer.print_summary();
  if (stop_requested()) {
    fmt::print(stderr, "interrupted: {} holds only the beginning\n", options.output);
    return kFailed;
  }
  return options.picture.input.strict && replayer.damaged() ? kUnreadable : kDone;
}

}  // namespace marsad::app
