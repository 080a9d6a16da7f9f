#include "replayer.hpp"

#include <fmt/format.h>

#include <chrono>
#include <ctime>
#include <nlohmann/json.hpp>
#include <utility>

#include "console.hpp"
#include "signals.hpp"

namespace marsad::app {
namespace {

units::Duration seconds_since(std::chrono::steady_clock::time_point moment) {
  return units::Duration::seconds(std::chrono::duration<double>(std::chrono::steady_clock::now() - moment).count());
}

double processor_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

}  // namespace

Replayer::Replayer(const PictureOptions& options)
    : options_(options), input_(options), pool_(options.threads), pipeline_(pool_) {}

void Replayer::play() {
  const double begin = processor_seconds();
  ProgressBar progress("replaying");
  while (auto entry = input_.next()) {
    if (pace_) pace_(*entry);
    if (stop_requested()) break;
    const auto handed_in = std::chrono::steady_clock::now();
    const PicturePtr picture = pipeline_.step(*entry);
    if (!picture) continue;
    const output::PublicationStatus status{.mode = output::PublicationMode::replay,
                                           .latency = seconds_since(handed_in),
                                           .recording = false,
                                           .speed = speed_,
                                           .title = options_.input.inputs.front()};
    for (const auto& sink : sinks_) sink->take(picture, status);
    evaluate(*picture);
    if (observer_) observer_(pipeline_, *picture);
    progress.show(input_.progress());
    last_picture_ = picture;
  }
  cpu_s_ = processor_seconds() - begin;
}

void Replayer::finish_sinks() {
  for (const auto& sink : sinks_) sink->finish();
}

void Replayer::evaluate(const picture::AirPicture& picture) {
  const auto reports = pipeline_.last_reports();
  for (const observation::TargetReport& report : reports)
    if (report.address) purity_.saw(*report.address);
  for (const tracking::Association& association : pipeline_.tracker().associations()) {
    const observation::TargetReport& report = reports[association.report];
    if (report.address) purity_.used(association.track, *report.address, report.applicability);
  }
  for (const picture::SystemTrack& track : picture.tracks)
    if (track.state == picture::TrackState::confirmed) purity_.confirmed(track.id);
}

bool Replayer::damaged() const { return any_damage(input_.reports()) || pipeline_.translator().counters().faults > 0; }

void Replayer::print_summary() const { options_.input.json ? print_summary_json() : print_summary_text(); }

void Replayer::print_summary_text() const {
  const auto& counters = pipeline_.translator().counters();
  const auto& tracker = pipeline_.tracker().counters();
  print_damage(input_.reports());
  fmt::print(stderr, "{} records, {} target reports, {} damaged parts ({} octets skipped)\n", counters.records,
             counters.target_reports, counters.faults, counters.skipped_octets);
  fmt::print(stderr,
             "reports: {} updated a track, {} began one, {} without a place, {} refused, {} late, {} repeated, {} "
             "found the table of tracks full\n",
             tracker.associated, tracker.initiated, tracker.unplaced, tracker.refused, tracker.late, tracker.repeated,
             tracker.no_room);
  for (const observation::Sensor& sensor : pipeline_.translator().registry().sensors()) {
    const std::string needed = observation::what_is_needed(sensor);
    if (!needed.empty() && sensor.key.family != observation::SensorKind::system_tracks)
      fmt::print(stderr,
                 "\n{}: {} reports, {} of them could not be placed. To make it known, add to the configuration:\n{}\n",
                 sensor.name, pipeline_.translator().registry().counters(sensor.id).reports,
                 pipeline_.translator().registry().counters(sensor.id).unplaced, needed);
  }
  const auto purity = purity_.summarise();
  fmt::print(stderr, "{} confirmed tracks ({} with a Mode S address); {} addresses heard, {} of them tracked\n",
             purity.confirmed_tracks, purity.confirmed_with_address, purity.addresses, purity.tracked_addresses);
  fmt::print(stderr,
             "{} tracks with more than one address; {} addresses with more than one track at a time, {} with one after "
             "another\n",
             purity.mixed_tracks, purity.divided_addresses, purity.succeeded_addresses);
  if (last_picture_)
    fmt::print(stderr, "{} pictures to {}, digest {:016x}; {:.2f} s of processor time\n", last_picture_->sequence,
               iso_time(last_picture_->time), pipeline_.digest(), cpu_s_);
}

void Replayer::print_summary_json() const {
  const auto& counters = pipeline_.translator().counters();
  const auto& tracker = pipeline_.tracker().counters();
  const auto purity = purity_.summarise();
  nlohmann::ordered_json summary{{"records", counters.records},
                                 {"target_reports", counters.target_reports},
                                 {"faults", counters.faults},
                                 {"skipped_bytes", counters.skipped_octets},
                                 {"associated", tracker.associated},
                                 {"initiated", tracker.initiated},
                                 {"unplaced", tracker.unplaced},
                                 {"refused", tracker.refused},
                                 {"late", tracker.late},
                                 {"repeated", tracker.repeated},
                                 {"no_room", tracker.no_room},
                                 {"confirmed_tracks", purity.confirmed_tracks},
                                 {"confirmed_tracks_with_address", purity.confirmed_with_address},
                                 {"addresses", purity.addresses},
                                 {"tracked_addresses", purity.tracked_addresses},
                                 {"tracks_with_several_addresses", purity.mixed_tracks},
                                 {"addresses_with_several_tracks_at_a_time", purity.divided_addresses},
                                 {"addresses_with_successive_tracks", purity.succeeded_addresses},
                                 {"pictures", last_picture_ ? last_picture_->sequence : 0},
                                 {"digest", fmt::format("{:016x}", pipeline_.digest())},
                                 {"cpu_s", cpu_s_}};
  summary["inputs"] = nlohmann::ordered_json::array();
  for (const io::LogInputReport& report : input_.reports())
    summary["inputs"].push_back({{"input", report.path},
                                 {"entries", report.entries},
                                 {"faults", report.framing.faults + report.recording.faults},
                                 {"skipped_bytes", report.framing.skipped_octets + report.recording.skipped_octets},
                                 {"missing_entries", report.recording.missing_entries},
                                 {"lifted_receipts", report.lifted_receipts},
                                 {"implausible_receipts", report.implausible_receipts}});
  summary["unknown_sensors"] = nlohmann::ordered_json::array();
  for (const observation::Sensor& sensor : pipeline_.translator().registry().sensors())
    if (!sensor.configured)
      summary["unknown_sensors"].push_back({{"name", sensor.name}, {"needed", observation::what_is_needed(sensor)}});
  fmt::print(stderr, "{}\n", summary.dump(-1, ' ', true, nlohmann::ordered_json::error_handler_t::replace));
}

}  // namespace marsad::app
