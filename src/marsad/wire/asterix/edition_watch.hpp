#pragma once

#include <compare>
#include <optional>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "marsad/units/time.hpp"
#include "marsad/wire/asterix/detection.hpp"
#include "marsad/wire/asterix/edition.hpp"

namespace marsad::wire::asterix {

/// Watches a live stream for sources that the editions in force misread: because one was configured wrongly, or because
/// a sensor has been given a new edition while the system runs. Evidence is gathered afresh in windows of 2, 10 and
/// then always 30 seconds, from at most 50 blocks of each source, so that it costs next to nothing and notices changes.
class EditionWatch {
 public:
  explicit EditionWatch(EditionSet in_force) : in_force_(std::move(in_force)) {}

  /// Takes a datagram that was received at `receipt`. At the end of a window: what is misread and was not told before,
  /// for each source and each edition that explains it once (at most 1000 in all). Else nothing.
  [[nodiscard]] std::vector<EditionMismatch> take(std::span<const std::byte> datagram, units::UtcTime receipt);

 private:
  /// What has been told: the edition is null where none explains the source.
  struct Told {
    int category;
    std::optional<DataSource> source;
    const Edition* better;

    friend auto operator<=>(const Told&, const Told&) = default;
  };

  [[nodiscard]] std::vector<EditionMismatch> conclude();

  static constexpr std::size_t kBlocks = 50;

  EditionSet in_force_;
  EditionDetector detector_{kBlocks};
  std::optional<units::UtcTime> begun_;
  int windows_ = 0;
  std::set<Told> told_;
};

}  // namespace marsad::wire::asterix
