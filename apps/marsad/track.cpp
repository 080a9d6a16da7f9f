#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>

#include "output_file.hpp"
#include "replayer.hpp"
#include "signals.hpp"
#include "verbs.hpp"

namespace marsad::app {
namespace {

constexpr std::string_view kAssociationHeader = "t,sensor,mode_s,track_id\n";

/// One line for each report of the last tick that a track used.
void append_associations(OutputFile& file, const Pipeline& pipeline) {
  const auto reports = pipeline.last_reports();
  std::string lines;
  for (const tracking::Association& association : pipeline.tracker().associations()) {
    const observation::TargetReport& report = reports[association.report];
    lines +=
        fmt::format("{:.6f},{},{},{}\n", report.applicability.seconds_since_epoch(), report.sensor.value(),
                    report.address ? fmt::format("{:06X}", report.address->value()) : "", association.track.value());
  }
  file.append(lines);
}

}  // namespace

int track(const TrackOptions& options) {
  watch_signals();
  spare_inputs(options.picture, {options.output, options.associations});
  PictureOptions wanted = options.picture;
  wanted.rows_every_s = options.every_s;
  Replayer replayer(wanted);
  replayer.add_sink(std::make_unique<TrackFileSink>(options.output, options.every_s));
  std::optional<OutputFile> associations;
  if (!options.associations.empty()) {
    associations.emplace(options.associations);
    associations->append(kAssociationHeader);
    replayer.set_observer(
        [&](const Pipeline& pipeline, const picture::AirPicture&) { append_associations(*associations, pipeline); });
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
