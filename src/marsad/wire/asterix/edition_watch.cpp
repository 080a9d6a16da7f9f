#include "marsad/wire/asterix/edition_watch.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace marsad::wire::asterix {
namespace {

constexpr std::array kWindowsS{2.0, 10.0, 30.0};
/// Fewer blocks than this tell nothing: one may be damaged.
constexpr std::size_t kFewestBlocks = 3;
constexpr std::size_t kMostTold = 1000;

}  // namespace

std::vector<EditionMismatch> EditionWatch::take(std::span<const std::byte> datagram, units::UtcTime receipt) {
  if (!begun_ || receipt < *begun_) begun_ = receipt;
  detector_.observe(datagram);
  const double window_s = kWindowsS[static_cast<std::size_t>(std::min<int>(windows_, kWindowsS.size() - 1))];
  if ((receipt - *begun_).seconds() < window_s) return {};
  begun_ = receipt;
  windows_ = std::min<int>(windows_ + 1, kWindowsS.size());
  return conclude();
}

std::vector<EditionMismatch> EditionWatch::conclude() {
  std::vector<EditionMismatch> fresh;
  for (EditionMismatch& mismatch : mismatches(detector_, in_force_)) {
    const EditionFinding& finding = mismatch.finding;
    if (finding.best.blocks < kFewestBlocks || told_.size() == kMostTold) continue;
    const Edition* better = mismatch.explained_by_another ? finding.best.edition : nullptr;
    if (told_.insert({finding.category, finding.source, better}).second) fresh.push_back(std::move(mismatch));
  }
  detector_ = EditionDetector(kBlocks);
  return fresh;
}

}  // namespace marsad::wire::asterix
