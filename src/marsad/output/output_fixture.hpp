#pragma once

#include <string>
#include <utility>

#include "marsad/picture/air_picture.hpp"

namespace marsad::output::fixture {

/// Pictures for the tests of this room and of the web server.

inline const units::UtcTime kTime = units::UtcTime::seconds_since_epoch(1'767'225'600.25);  // 2026-01-01T00:00:00.250Z

inline picture::SensorStatus sensor(std::uint16_t id, std::string name, observation::SensorKind kind) {
  picture::SensorStatus status;
  status.id = observation::SensorId(id);
  status.name = std::move(name);
  status.key = {25, static_cast<std::uint8_t>(id + 1), kind};
  status.kind = kind;
  status.configured = true;
  status.has_site = true;
  status.site = geo::Geodetic{units::Angle::degrees(33.25), units::Angle::degrees(44.25), units::Length::metres(40.0)};
  status.range_max = units::Length::metres(250'000.0);
  status.period = units::Duration::seconds(4.0);
  status.last_receipt = kTime - units::Duration::seconds(1.5);
  status.reports = 1000U + id;
  status.latency = units::Duration::seconds(0.4);
  return status;
}

inline picture::SystemTrack track(std::uint64_t id) {
  picture::SystemTrack t;
  t.id = picture::TrackId(id);
  t.track_number = static_cast<std::uint16_t>(id * 7U);
  t.state = picture::TrackState::confirmed;
  t.position = {units::Angle::degrees(33.123456), units::Angle::degrees(44.654321), units::Length::metres(10'668.4)};
  t.height_is_geometric = true;
  t.position_covariance = {900.0, 300.0, 1600.0};
  t.velocity_east = units::Speed::metres_per_second(-120.3);
  t.velocity_north = units::Speed::metres_per_second(210.6);
  t.velocity_covariance_m2s2 = {4.0, 0.5, 9.0};
  t.pressure_altitude = units::PressureAltitude::feet(35'012.0);
  t.vertical_rate = units::Speed::feet_per_minute(-640.0);
  t.existence_probability = 0.9987;
  t.model_probability = {0.9, 0.1, 0.0};
  t.address = observation::ModeSAddress(0x0600A1U + static_cast<std::uint32_t>(id));
  t.mode_a = observation::ModeACode::parse("0421");
  t.identification = observation::AircraftIdentification::from_text("IAW123");
  t.initiated = kTime - units::Duration::seconds(30.0);
  t.last_update = kTime - units::Duration::seconds(2.0);
  const bool added =
      t.contributions.try_push_back({observation::SensorId(0), kTime - units::Duration::seconds(2.0), 12}) &&
      t.contributions.try_push_back({observation::SensorId(1), kTime - units::Duration::seconds(3.25), 7});
  static_cast<void>(added);
  return t;
}

/// Two sensors (a Mode S radar, an ADS-B station) and tracks with the ids 1 to `tracks`.
inline picture::AirPicture picture(std::size_t tracks) {
  picture::AirPicture p;
  p.time = kTime;
  p.sequence = 42;
  p.sensors = {sensor(0, "Baghdad radar", observation::SensorKind::mode_s),
               sensor(1, "Najaf", observation::SensorKind::adsb)};
  for (std::size_t i = 1; i <= tracks; ++i) p.tracks.push_back(track(i));
  p.input = {100, 20'000, 900, 800, 3, 77};
  return p;
}

/// Names that break careless writers: quotes, controls, Arabic, line ends, octets that are not UTF-8.
inline const std::string kHostileName = std::string("a\"b\\c\n\r\t\x01\x7F,{}") +
                                        "\xD8\xB1\xD8\xA7\xD8\xAF\xD8\xA7\xD8\xB1" +
                                        "\xFF\xC0\xAF\xED\xA0\x80\xF4\x90\x80\x80" + "'; DROP";

}  // namespace marsad::output::fixture
