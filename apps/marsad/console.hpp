#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "marsad/io/log_source.hpp"
#include "marsad/units/time.hpp"

namespace marsad::app {

/// A progress bar on standard error, if that is a terminal; else nothing. Redraws at most ten times a second.
class ProgressBar {
 public:
  explicit ProgressBar(std::string_view what);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  /// `share` of the work done, 0 to 1.
  void show(double share);

 private:
  std::string what_;
  bool terminal_;
  std::int64_t next_draw_ns_ = 0;
};

/// "2023-05-02T08:00:00.000Z"
std::string iso_time(units::UtcTime time);

/// What the framing of the inputs cost: damage by file, for people on standard error.
void print_damage(const std::vector<io::LogInputReport>& reports);

/// Whether anything at all was damaged.
bool any_damage(const std::vector<io::LogInputReport>& reports);

}  // namespace marsad::app
