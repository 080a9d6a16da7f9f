#include "marsad/output/metrics.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <iterator>

#include "marsad/base/utf8.hpp"
#include "marsad/output/sensor_health.hpp"
#include "marsad/output/track_view.hpp"

namespace marsad::output {
namespace {

using picture::AirPicture;
using Kind = MetricsWriter::Kind;

/// Escapes what ends a label value or a help line early.
void append_escaped(std::string& out, std::string_view text) {
  std::string valid;
  base::append_valid_utf8(valid, text);
  for (const char c : valid) {
    if (c == '\\')
      out += "\\\\";
    else if (c == '"')
      out += "\\\"";
    else if (c == '\n')
      out += "\\n";
    else
      out += c;
  }
}

void append_value(std::string& out, double value) {
  if (std::isnan(value))
    out += "NaN";
  else if (std::isinf(value))
    out += value > 0 ? "+Inf" : "-Inf";
  else
    fmt::format_to(std::back_inserter(out), "{}", value);
}

void one(MetricsWriter& writer, std::string_view name, Kind kind, std::string_view help, double value) {
  writer.family(name, kind, help);
  writer.sample(value);
}

void one(MetricsWriter& writer, std::string_view name, Kind kind, std::string_view help, std::uint64_t value) {
  writer.family(name, kind, help);
  writer.sample(value);
}

void write_input(MetricsWriter& writer, const picture::InputCounters& input) {
  one(writer, "marsad_input_datagrams_total", Kind::counter, "Datagrams received.", input.datagrams);
  one(writer, "marsad_input_octets_total", Kind::counter, "Octets received.", input.octets);
  one(writer, "marsad_input_records_total", Kind::counter, "Records decoded.", input.records);
  one(writer, "marsad_input_target_reports_total", Kind::counter, "Target reports made from them.",
      input.target_reports);
  one(writer, "marsad_input_faults_total", Kind::counter, "Damaged or unreadable parts skipped.", input.faults);
  one(writer, "marsad_input_skipped_octets_total", Kind::counter, "Octets in them.", input.skipped_octets);
}

void write_tracks(MetricsWriter& writer, const AirPicture& picture) {
  std::array<std::uint64_t, 4> counts{};
  for (const auto& track : picture.tracks) ++counts[static_cast<std::size_t>(track.state) & 3U];
  writer.family("marsad_tracks", Kind::gauge, "System tracks in the picture by state.");
  for (std::size_t i = 0; i < counts.size(); ++i)
    writer.sample(counts[i], {{"state", name_of(static_cast<picture::TrackState>(i))}});
}

/// One family with one sample per sensor; `value_of` gives nothing where there is nothing to tell.
template <class ValueOf>
void per_sensor(MetricsWriter& writer, const AirPicture& picture, std::string_view name, Kind kind,
                std::string_view help, ValueOf&& value_of) {
  writer.family(name, kind, help);
  for (const auto& sensor : picture.sensors) {
    const std::string id = fmt::format("{}", sensor.id.value());
    const auto value = value_of(sensor);
    if (value) writer.sample(*value, {{"sensor", sensor.name}, {"id", id}, {"kind", name_of(sensor.kind)}});
  }
}

void write_sensors(MetricsWriter& writer, const AirPicture& picture) {
  using picture::SensorStatus;
  const auto count = [](std::uint64_t n) { return std::optional<std::uint64_t>(n); };
  per_sensor(writer, picture, "marsad_sensor_reports_total", Kind::counter, "Target reports from a sensor.",
             [&](const SensorStatus& s) { return count(s.reports); });
  per_sensor(writer, picture, "marsad_sensor_unplaced_total", Kind::counter,
             "Reports that could not be placed for want of a site.",
             [&](const SensorStatus& s) { return count(s.unplaced); });
  per_sensor(writer, picture, "marsad_sensor_implausible_total", Kind::counter, "Reports with an implausible position.",
             [&](const SensorStatus& s) { return count(s.implausible); });
  per_sensor(writer, picture, "marsad_sensor_age_seconds", Kind::gauge, "Time since a sensor was last heard.",
             [&](const SensorStatus& s) -> std::optional<double> {
               const auto age = age_of(s, picture.time);
               return age ? std::optional(age->seconds()) : std::nullopt;
             });
  per_sensor(writer, picture, "marsad_sensor_latency_seconds", Kind::gauge,
             "Receipt minus applicability of a sensor's last report.",
             [&](const SensorStatus& s) -> std::optional<double> {
               return s.last_receipt ? std::optional(s.latency.seconds()) : std::nullopt;
             });
  per_sensor(writer, picture, "marsad_sensor_up", Kind::gauge, "1 while a sensor is heard in time, else 0.",
             [&](const SensorStatus& s) { return count(health_of(s, picture.time) == SensorHealth::ok ? 1U : 0U); });
}

/// One family with one sample per link; `member` is what it counts.
template <class Links, class Member>
void per_link(MetricsWriter& writer, const Links& links, std::string_view label, std::string_view name, Kind kind,
              std::string_view help, Member member) {
  writer.family(name, kind, help);
  for (const auto& link : links) writer.sample(link.*member, {{label, link.name}});
}

void write_links(MetricsWriter& writer, const PublicationStatus& status) {
  if (!status.feeds.empty()) {
    const auto feeds = [&](std::string_view name, Kind kind, std::string_view help, auto member) {
      per_link(writer, status.feeds, "feed", name, kind, help, member);
    };
    feeds("marsad_feed_messages_total", Kind::counter, "Messages delivered by a feed.", &FeedStatus::messages);
    feeds("marsad_feed_octets_total", Kind::counter, "Octets received by a feed.", &FeedStatus::octets);
    feeds("marsad_feed_lost_datagrams_total", Kind::counter, "Datagrams lost before they could be read.",
          &FeedStatus::lost_datagrams);
    feeds("marsad_feed_dropped_octets_total", Kind::counter, "Octets that were damaged or cut off.",
          &FeedStatus::dropped_octets);
    feeds("marsad_feed_connections_total", Kind::counter, "TCP connections made.", &FeedStatus::connections);
    feeds("marsad_feed_connections_open", Kind::gauge, "TCP connections now.", &FeedStatus::open);
    feeds("marsad_feed_failed_connects_total", Kind::counter, "TCP connections that could not be made.",
          &FeedStatus::failed_connects);
    feeds("marsad_feed_out_of_step_total", Kind::counter, "TCP connections given up because they made no sense.",
          &FeedStatus::out_of_step);
  }
  if (status.outputs.empty()) return;
  const auto outputs = [&](std::string_view name, Kind kind, std::string_view help, auto member) {
    per_link(writer, status.outputs, "output", name, kind, help, member);
  };
  outputs("marsad_output_octets_total", Kind::counter, "Octets published by an output.", &OutputStatus::octets);
  outputs("marsad_output_lost_octets_total", Kind::counter, "Octets that didn't reach a client.",
          &OutputStatus::lost_octets);
  outputs("marsad_output_clients", Kind::gauge, "Clients now.", &OutputStatus::clients);
  outputs("marsad_output_connections_total", Kind::counter, "Connections made.", &OutputStatus::connections);
  outputs("marsad_output_slow_clients_total", Kind::counter, "Clients cut off because they didn't read.",
          &OutputStatus::slow_clients);
}

}  // namespace

void MetricsWriter::family(std::string_view name, Kind kind, std::string_view help) {
  name_ = name;
  out_ += "# HELP ";
  out_ += name;
  out_ += ' ';
  append_escaped(out_, help);
  out_ += "\n# TYPE ";
  out_ += name;
  out_ += kind == Kind::counter ? " counter\n" : " gauge\n";
}

void MetricsWriter::sample(double value, std::initializer_list<Label> labels) {
  head(labels);
  append_value(out_, value);
  out_ += '\n';
}

void MetricsWriter::sample(std::uint64_t value, std::initializer_list<Label> labels) {
  head(labels);
  fmt::format_to(std::back_inserter(out_), "{}\n", value);
}

void MetricsWriter::head(std::initializer_list<Label> labels) {
  out_ += name_;
  char separator = '{';
  for (const auto& label : labels) {
    out_ += separator;
    separator = ',';
    out_ += label.name;
    out_ += "=\"";
    append_escaped(out_, label.value);
    out_ += '"';
  }
  out_ += labels.size() > 0 ? "} " : " ";
}

void write_picture_metrics(MetricsWriter& writer, const AirPicture& picture, const PublicationStatus& status) {
  write_input(writer, picture.input);
  write_tracks(writer, picture);
  write_sensors(writer, picture);
  one(writer, "marsad_picture_sequence", Kind::gauge, "Number of the newest picture.", picture.sequence);
  one(writer, "marsad_picture_time_seconds", Kind::gauge, "Its time, seconds since 1970.",
      picture.time.seconds_since_epoch());
  one(writer, "marsad_picture_latency_seconds", Kind::gauge, "From its time to its publication.",
      status.latency.seconds());
  one(writer, "marsad_recording", Kind::gauge, "1 while a recording is written.",
      std::uint64_t{status.recording ? 1U : 0U});
  write_links(writer, status);
}

}  // namespace marsad::output
