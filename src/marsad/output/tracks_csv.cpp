#include "marsad/output/tracks_csv.hpp"

#include <fmt/format.h>

#include <cmath>
#include <iterator>
#include <string_view>

#include "marsad/base/utf8.hpp"
#include "marsad/output/error_ellipse.hpp"
#include "marsad/output/json_writer.hpp"
#include "marsad/output/sensor_health.hpp"
#include "marsad/output/track_view.hpp"

namespace marsad::output {
namespace {

using picture::AirPicture;
using picture::SystemTrack;

/// One row under construction.
class Row {
 public:
  explicit Row(std::string& out) : out_(out) {}

  void text(std::string_view value) {
    separate();
    if (value.find_first_of(",\"\r\n") == std::string_view::npos) {
      base::append_valid_utf8(out_, value);
      return;
    }
    std::string valid;
    base::append_valid_utf8(valid, value);
    out_ += '"';
    for (const char c : valid) {
      if (c == '"') out_ += '"';
      out_ += c;
    }
    out_ += '"';
  }
  void number(double value, int decimals) {
    separate();
    if (std::isfinite(value)) append_decimal(out_, value, decimals);
  }
  void integer(std::uint64_t value) {
    separate();
    fmt::format_to(std::back_inserter(out_), "{}", value);
  }
  void empty() { separate(); }
  void end() { out_ += '\n'; }

 private:
  void separate() {
    if (!first_) out_ += ',';
    first_ = false;
  }

  std::string& out_;
  bool first_ = true;
};

void write_time(Row& row, units::UtcTime time) { row.number(time.seconds_since_epoch(), 6); }

void write_state(Row& row, const SystemTrack& track) {
  row.number(track.position.latitude.degrees(), 7);
  row.number(track.position.longitude.degrees(), 7);
  row.number(track.position.height.metres(), 1);
  row.number(track.velocity_east.metres_per_second(), 2);
  row.number(track.velocity_north.metres_per_second(), 2);
  if (track.vertical_rate)
    row.number(track.vertical_rate->metres_per_second(), 2);
  else
    row.empty();
  row.text(name_of(track.state));
}

void write_identity(Row& row, const SystemTrack& track) {
  if (track.address)
    row.text(view(hex_digits(track.address->value())));
  else
    row.empty();
  if (track.mode_a)
    row.text(view(track.mode_a->digits()));
  else
    row.empty();
  if (track.identification)
    row.text(track.identification->text());
  else
    row.empty();
  if (track.pressure_altitude)
    row.number(track.pressure_altitude->flight_level(), 2);
  else
    row.empty();
}

void write_confidence(Row& row, const AirPicture& picture, const SystemTrack& track) {
  const ErrorEllipse ellipse = error_ellipse(track.position_covariance);
  row.number(ellipse.sigma_major.metres(), 1);
  row.number(ellipse.sigma_minor.metres(), 1);
  row.number(ellipse.orientation.degrees(), 1);
  row.number(track.existence_probability, 4);
  std::string names;
  for (const auto& contribution : track.contributions) {
    const auto* sensor = find_sensor(picture, contribution.sensor);
    if (sensor == nullptr) continue;
    if (!names.empty()) names += ';';
    names += sensor->name;
  }
  row.text(names);
}

}  // namespace

void append_tracks_csv_header(std::string& out) {
  out +=
      "t,track_id,lat,lon,alt,vx,vy,vz,state,mode_s,mode3a,callsign,flight_level,"
      "sigma_major_m,sigma_minor_m,sigma_orientation_deg,existence,sensors\n";
}

void append_tracks_csv_rows(std::string& out, const AirPicture& picture) {
  for (const auto& track : picture.tracks) {
    if (!is_established(track) || !has_usable_state(track)) continue;
    Row row(out);
    write_time(row, picture.time);
    row.integer(track.id.value());
    write_state(row, track);
    write_identity(row, track);
    write_confidence(row, picture, track);
    row.end();
  }
}

}  // namespace marsad::output
