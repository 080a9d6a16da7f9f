#include <fmt/core.h>

#include "marsad/config/sections.hpp"

namespace marsad::config {
namespace {

void set(units::Duration& target, std::optional<double> seconds) {
  if (seconds) target = units::Duration::seconds(*seconds);
}

void set(double& target, std::optional<double> value) {
  if (value) target = *value;
}

void set(std::size_t& target, std::optional<std::int64_t> value) {
  if (value) target = static_cast<std::size_t>(*value);
}

}  // namespace

tracking::TrackerSettings read_tracker(SectionReader reader) {
  tracking::TrackerSettings tracker;
  tracking::LifecycleSettings& life = tracker.lifecycle;
  set(life.confirm_existence, reader.number("confirm_existence", {0.5, 0.999999, "(a probability)"}));
  set(life.delete_existence, reader.number("delete_existence", {0.0, 0.4, "(a probability)"}));
  set(life.confirm_reports_addressed, reader.whole("confirm_reports_addressed", 1, 20));
  set(life.confirm_reports_coded, reader.whole("confirm_reports_coded", 1, 20));
  set(life.confirm_reports_primary, reader.whole("confirm_reports_primary", 1, 20));
  set(life.coast_scans, reader.number("coast_scans", {0.5, 100.0, "periods of the quickest sensor"}));
  set(life.delete_scans, reader.number("delete_scans", {1.0, 200.0, "periods of the quickest sensor"}));
  set(life.coast_least, reader.number("coast_least_s", {0.5, 600.0, "seconds"}));
  set(life.delete_least, reader.number("delete_least_s", {1.0, 3600.0, "seconds"}));
  set(life.delete_most, reader.number("delete_most_s", {1.0, 3600.0, "seconds"}));
  set(life.max_tracks, reader.whole("max_tracks", 1, 65'535));
  set(tracker.association.gate, reader.number("gate", {1.0, 100.0, "(a squared Mahalanobis distance)"}));
  set(tracker.association.new_targets_per_scan,
      reader.number("new_targets_per_scan", {0.001, 100.0, "targets in one scan"}));
  set(tracker.association.oldest_report, reader.number("oldest_report_s", {0.0, 60.0, "seconds"}));
  if (life.delete_least > life.delete_most) {
    reader.fail("delete_most_s", "is below delete_least_s", "give a delete_most_s of at least delete_least_s");
  }
  if (life.coast_scans > life.delete_scans) {
    reader.fail("delete_scans", "is below coast_scans", "give a delete_scans of at least coast_scans");
  }
  reader.finish();
  return tracker;
}

std::string tracker_toml(const tracking::TrackerSettings& tracker) {
  const tracking::LifecycleSettings& life = tracker.lifecycle;
  std::string out = fmt::format("\n[tracker]\nconfirm_existence = {}\ndelete_existence = {}\n",
                                number_toml(life.confirm_existence), number_toml(life.delete_existence));
  out += fmt::format("confirm_reports_addressed = {}\nconfirm_reports_coded = {}\nconfirm_reports_primary = {}\n",
                     life.confirm_reports_addressed, life.confirm_reports_coded, life.confirm_reports_primary);
  out += fmt::format("coast_scans = {}\ndelete_scans = {}\n", number_toml(life.coast_scans),
                     number_toml(life.delete_scans));
  out += fmt::format("coast_least_s = {}\ndelete_least_s = {}\ndelete_most_s = {}\nmax_tracks = {}\n",
                     number_toml(life.coast_least.seconds()), number_toml(life.delete_least.seconds()),
                     number_toml(life.delete_most.seconds()), life.max_tracks);
  return out + fmt::format("gate = {}\nnew_targets_per_scan = {}\noldest_report_s = {}\n",
                           number_toml(tracker.association.gate), number_toml(tracker.association.new_targets_per_scan),
                           number_toml(tracker.association.oldest_report.seconds()));
}

}  // namespace marsad::config
