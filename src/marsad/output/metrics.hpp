#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "marsad/output/publication_status.hpp"
#include "marsad/picture/air_picture.hpp"

namespace marsad::output {

/// Writes the Prometheus text exposition format, version 0.0.4. A family is announced once by `family`; its samples
/// follow before the next family. Label values may hold any bytes: they are made valid UTF-8 and escaped.
class MetricsWriter {
 public:
  enum class Kind : std::uint8_t { counter, gauge };
  struct Label {
    std::string_view name;
    std::string_view value;
  };

  explicit MetricsWriter(std::string& out) : out_(out) {}

  /// `name` as Prometheus wants it ([a-zA-Z_:][a-zA-Z0-9_:]*, counters end in _total), unit last in the name.
  void family(std::string_view name, Kind kind, std::string_view help);
  void sample(double value, std::initializer_list<Label> labels = {});
  void sample(std::uint64_t value, std::initializer_list<Label> labels = {});

 private:
  void head(std::initializer_list<Label> labels);

  std::string& out_;
  std::string name_;
};

/// Input totals, per sensor reports, age, latency and health, tracks by state, time, sequence and latency of the
/// publication.
void write_picture_metrics(MetricsWriter& writer, const picture::AirPicture& picture, const PublicationStatus& status);

}  // namespace marsad::output
