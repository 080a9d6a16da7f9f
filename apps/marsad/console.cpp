#include "console.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>

#include "marsad/output/track_view.hpp"

namespace marsad::app {
namespace {

constexpr int kBarWidth = 40;

std::int64_t monotonic_ns() { return std::chrono::steady_clock::now().time_since_epoch().count(); }

}  // namespace

ProgressBar::ProgressBar(std::string_view what) : what_(what), terminal_(isatty(STDERR_FILENO) == 1) {}

ProgressBar::~ProgressBar() {
  if (terminal_) fmt::print(stderr, "\r\033[K");
}

void ProgressBar::show(double share) {
  if (!terminal_ || monotonic_ns() < next_draw_ns_) return;
  next_draw_ns_ = monotonic_ns() + 100'000'000;
  const int filled = std::clamp(static_cast<int>(share * kBarWidth), 0, kBarWidth);
  fmt::print(stderr, "\r{} [{:#<{}}{:.<{}}] {:3.0f} %", what_, "", filled, "", kBarWidth - filled, share * 100.0);
}

std::string iso_time(units::UtcTime time) {
  std::string text;
  output::append_iso8601(text, time);
  return text;
}

void print_damage(const std::vector<io::LogInputReport>& reports) {
  for (const io::LogInputReport& report : reports) {
    const std::uint64_t faults = report.framing.faults + report.recording.faults;
    if (faults == 0) continue;
    fmt::print(stderr, "{}: {} damaged places in its framing, {} octets skipped, {} entries missing\n", report.path,
               faults, report.framing.skipped_octets + report.recording.skipped_octets,
               report.recording.missing_entries);
  }
  for (const io::LogInputReport& report : reports) {
    if (report.lifted_receipts > 0)
      fmt::print(stderr, "{}: {} of {} receipt times lay before the one before them, which was taken instead\n",
                 report.path, report.lifted_receipts, report.entries);
    if (report.implausible_receipts > 0)
      fmt::print(stderr, "{}: {} of {} receipt times lay far ahead of their neighbours and were not believed\n",
                 report.path, report.implausible_receipts, report.entries);
  }
}

bool any_damage(const std::vector<io::LogInputReport>& reports) {
  return std::any_of(reports.begin(), reports.end(), [](const io::LogInputReport& report) {
    return report.framing.faults + report.recording.faults > 0;
  });
}

}  // namespace marsad::app
