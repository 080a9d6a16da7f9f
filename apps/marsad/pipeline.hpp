#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "marsad/base/digest.hpp"
#include "marsad/base/executor.hpp"
#include "marsad/config/settings.hpp"
#include "marsad/observation/translator.hpp"
#include "marsad/picture/air_picture.hpp"
#include "marsad/recording/log_entry.hpp"
#include "marsad/tracking/tracker.hpp"

namespace marsad::app {

/// From the log to the picture: everything between the door and the consumers, in one pure step.
///
///   log entry -> (decode, translate) target reports -> (track) tracks -> (compose) picture
///
/// `replay(log) == picture`: the pictures depend on the entries alone, bit for bit, whatever the executor's threads.
class Pipeline {
 public:
  /// Starts with the default settings, until a configuration entry says more. `executor` must outlive the pipeline.
  explicit Pipeline(base::Executor& executor);

  /// Takes the next entry of the log. At a tick, the picture of that moment; else nothing.
  std::shared_ptr<const picture::AirPicture> step(const recording::LogEntry& entry);

  /// The settings in force: those of the last good configuration entry.
  [[nodiscard]] const config::Settings& settings() const noexcept { return settings_; }
  [[nodiscard]] const observation::Translator& translator() const noexcept { return *translator_; }
  [[nodiscard]] const tracking::Tracker& tracker() const noexcept { return *tracker_; }
  /// The reports of the last tick, to which the tracker's associations refer.
  [[nodiscard]] std::span<const observation::TargetReport> last_reports() const noexcept { return tracked_.reports; }
  /// Fingerprint of every picture so far, in order.
  [[nodiscard]] std::uint64_t digest() const noexcept { return digest_.value(); }
  /// Entries that could not be used: configurations that don't parse.
  [[nodiscard]] std::uint64_t refused_entries() const noexcept { return refused_entries_; }

 private:
  void configure(std::span<const std::byte> text);
  void apply(config::Settings settings);
  std::shared_ptr<const picture::AirPicture> publish(units::UtcTime time);

  base::Executor& executor_;
  config::Settings settings_;
  std::optional<observation::Translator> translator_;
  std::optional<tracking::Tracker> tracker_;
  observation::ObservationBatch gathered_;  ///< since the last tick
  observation::ObservationBatch tracked_;   ///< what the last tick tracked
  base::Digest digest_;
  std::uint64_t sequence_ = 0;
  std::uint64_t refused_entries_ = 0;
};

}  // namespace marsad::app
