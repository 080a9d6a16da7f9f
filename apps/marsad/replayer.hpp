#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "marsad/evaluation/address_purity.hpp"
#include "marsad/io/thread_pool.hpp"
#include "options.hpp"
#include "pipeline.hpp"
#include "recorded_input.hpp"
#include "sinks.hpp"

namespace marsad::app {

/// Recorded input through the pipeline to the sinks: what `track` and `replay` have in common.
class Replayer {
 public:
  explicit Replayer(const PictureOptions& options);

  void add_sink(std::unique_ptr<PictureSink> sink) { sinks_.push_back(std::move(sink)); }
  /// Called before each entry; returns when it is time for it. Absent: as fast as possible.
  void set_pace(std::function<void(const recording::LogEntry&)> pace, double speed) {
    pace_ = std::move(pace);
    speed_ = speed;
  }
  /// Called after each picture with the pipeline that made it.
  void set_observer(std::function<void(const Pipeline&, const picture::AirPicture&)> observer) {
    observer_ = std::move(observer);
  }

  /// Plays to the end, or until the process is asked to stop. Sinks are finished by `finish_sinks`.
  void play();
  void finish_sinks();

  /// On standard error: what entered, what was damaged, which sensors are unknown and what would make them known, and
  /// how tracks and Mode S addresses go together. As one JSON object if the options say so.
  void print_summary() const;

  /// Whether anything that entered was damaged.
  [[nodiscard]] bool damaged() const;
  [[nodiscard]] const Pipeline& pipeline() const noexcept { return pipeline_; }

 private:
  void evaluate(const picture::AirPicture& picture);
  void print_summary_text() const;
  void print_summary_json() const;

  PictureOptions options_;
  RecordedInput input_;
  io::ThreadPool pool_;
  Pipeline pipeline_;
  evaluation::AddressPurity purity_;
  std::vector<std::unique_ptr<PictureSink>> sinks_;
  std::function<void(const recording::LogEntry&)> pace_;
  std::function<void(const Pipeline&, const picture::AirPicture&)> observer_;
  PicturePtr last_picture_;
  double speed_ = 0.0;
  double cpu_s_ = 0.0;  ///< processor time of `play`
};

}  // namespace marsad::app
