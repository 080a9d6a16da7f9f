#include "marsad/simulation/asterix_out.hpp"

#include <cmath>
#include <utility>

#include "marsad/base/check.hpp"
#include "marsad/wire/asterix/edition.hpp"
#include "marsad/wire/asterix/fields/cat021.hpp"
#include "marsad/wire/asterix/fields/cat034.hpp"
#include "marsad/wire/asterix/fields/cat048.hpp"

namespace marsad::simulation {

namespace cat021 = wire::asterix::cat021;
namespace cat034 = wire::asterix::cat034;
namespace cat048 = wire::asterix::cat048;
using units::Angle;
using units::Duration;
using units::UtcTime;
using wire::asterix::BlockBuilder;
using wire::asterix::Edition;
using wire::asterix::RecordBuilder;

namespace {

const Edition& spoken_edition(int category) {
  const Edition* const edition = wire::asterix::EditionSet::defaults().of(category);  // points into constant tables
  MARSAD_CHECK(edition != nullptr);
  return *edition;
}

/// Seconds since midnight UTC in steps of 1/128 s; the last half step before midnight rounds to 0.
std::uint64_t time_of_day_steps(UtcTime scene_start, Duration time) {
  constexpr std::int64_t kDayNs = 86'400'000'000'000;
  constexpr std::int64_t kStepsOfDay = 86'400 * 128;
  const std::int64_t ns = (scene_start + time).nanoseconds_since_epoch();
  const std::int64_t of_day = ((ns % kDayNs) + kDayNs) % kDayNs;
  return static_cast<std::uint64_t>(std::llround(static_cast<double>(of_day) * 128e-9) % kStepsOfDay);
}

/// An angle in steps of 360/2^16 degrees, all the way round.
std::uint64_t turn_steps_16(Angle angle) {
  return static_cast<std::uint64_t>(std::llround(angle.normalised().degrees() * (65'536.0 / 360.0))) & 0xFFFFU;
}

/// Fills blocks of one category, and starts another datagram when one is full.
class DatagramFiller {
 public:
  explicit DatagramFiller(int category) : block_(category) { block_.limit_to(kLargestDatagram); }

  void add(const RecordBuilder& record) {
    if (block_.add(record).ok()) return;
    flush();
    MARSAD_CHECK(block_.add(record).ok());
  }

  std::vector<Octets> take() {
    flush();
    return std::move(datagrams_);
  }

 private:
  void flush() {
    if (block_.empty()) return;
    datagrams_.emplace_back(block_.octets().begin(), block_.octets().end());
    block_.clear();
  }

  BlockBuilder block_;
  std::vector<Octets> datagrams_;
};

/// I048/020 TYP.
std::uint64_t type_of(const Plot& plot) {
  if (!plot.by_secondary) return 1;                    // single PSR detection
  if (plot.by_mode_s) return plot.by_primary ? 7 : 5;  // Mode S roll-call, with or without PSR
  return plot.by_primary ? 3 : 2;                      // SSR, with or without PSR
}

}  // namespace

RadarEncoder::RadarEncoder(const RadarSettings& settings, UtcTime scene_start)
    : settings_(settings), scene_start_(scene_start), target_(spoken_edition(48)), service_(spoken_edition(34)) {}

std::vector<Octets> RadarEncoder::plots(std::span<const Plot> plots) {
  DatagramFiller filler(48);
  for (const Plot& plot : plots) {
    set_plot(plot);
    filler.add(target_);
  }
  return filler.take();
}

void RadarEncoder::set_plot(const Plot& plot) {
  target_.clear();
  target_.set_raw(cat048::I010_SAC, settings_.sac);
  target_.set_raw(cat048::I010_SIC, settings_.sic);
  target_.set_raw(cat048::I140_VALUE, time_of_day_steps(scene_start_, plot.time));
  target_.set_raw(cat048::I020_TYP, type_of(plot));
  target_.set_raw(cat048::I020_SIM, 1);
  target_.set(cat048::I040_RHO, plot.slant_range.nautical_miles());
  target_.set_raw(cat048::I040_THETA, turn_steps_16(plot.azimuth));
  set_codes(plot);
}

void RadarEncoder::set_codes(const Plot& plot) {
  if (plot.mode_a) {
    target_.set_raw(cat048::I070_V, 0);
    target_.set_raw(cat048::I070_G, plot.garbled ? 1 : 0);
    target_.set_raw(cat048::I070_MODE3A, plot.mode_a->bits());
  }
  if (plot.pressure_altitude) {
    target_.set_raw(cat048::I090_V, 0);
    target_.set_raw(cat048::I090_G, plot.garbled ? 1 : 0);
    target_.set(cat048::I090_FL, plot.pressure_altitude->flight_level());
  }
  if (plot.address) target_.set_raw(cat048::I220_VALUE, plot.address->value());
  if (plot.identification) target_.set_text(cat048::I240_VALUE, plot.identification->text());
  if (plot.by_mode_s) {
    target_.set_raw(cat048::I230_COM, 1);   // Comm-A and Comm-B
    target_.set_raw(cat048::I230_STAT, 0);  // no alert, no SPI, airborne
    target_.set_raw(cat048::I230_ARC, 1);   // 25 ft
    target_.set_raw(cat048::I230_AIC, 1);
  }
}

Octets RadarEncoder::crossing(int number, Duration time) {
  BlockBuilder block(34);
  const auto begin = [&](std::uint64_t type) {
    service_.clear();
    service_.set_raw(cat034::I010_SAC, settings_.sac);
    service_.set_raw(cat034::I010_SIC, settings_.sic);
    service_.set_raw(cat034::I000_VALUE, type);
    service_.set_raw(cat034::I030_VALUE, time_of_day_steps(scene_start_, time));
  };
  if (number == 0) {
    begin(1);
    set_north_marker();
    MARSAD_CHECK(block.add(service_).ok());
  }
  begin(2);
  service_.set_raw(cat034::I020_VALUE, static_cast<std::uint64_t>(number * 256 / RotatingRadar::kSectors));
  MARSAD_CHECK(block.add(service_).ok());
  return {block.octets().begin(), block.octets().end()};
}

void RadarEncoder::set_north_marker() {
  service_.set(cat034::I041_VALUE, settings_.period.seconds());
  // No fault anywhere: the fields stay zero but are sent.
  service_.set_raw(cat034::I050_COM_NOGO, 0);
  if (settings_.primary_range.metres() > 0.0) service_.set_raw(cat034::I050_PSR_ANT, 0);
  if (settings_.mode_s)
    service_.set_raw(cat034::I050_MDS_ANT, 0);
  else
    service_.set_raw(cat034::I050_SSR_ANT, 0);
  service_.set(cat034::I120_HGT, settings_.antenna.height.metres());
  service_.set(cat034::I120_LAT, settings_.antenna.latitude.degrees());
  service_.set(cat034::I120_LON, settings_.antenna.longitude.degrees());
}

AdsbEncoder::AdsbEncoder(const AdsbReceiverSettings& settings, UtcTime scene_start)
    : settings_(settings), scene_start_(scene_start), record_(spoken_edition(21)) {}

std::vector<Octets> AdsbEncoder::reports(std::span<const AdsbReport> reports, Duration sending) {
  DatagramFiller filler(21);
  for (const AdsbReport& report : reports) {
    set_report(report, sending);
    filler.add(record_);
  }
  return filler.take();
}

void AdsbEncoder::set_report(const AdsbReport& report, Duration sending) {
  const Equipment& equipment = report.equipment;
  record_.clear();
  record_.set_raw(cat021::I010_SAC, settings_.sac);
  record_.set_raw(cat021::I010_SIC, settings_.sic);
  record_.set_raw(cat021::I040_ATP, 0);  // 24-bit ICAO address
  record_.set_raw(cat021::I040_ARC, 0);  // 25 ft
  record_.set_raw(cat021::I040_SIM, 1);
  record_.set_raw(cat021::I080_VALUE, equipment.address.value());
  record_.set_raw(cat021::I020_VALUE, 5);  // heavy aircraft
  record_.set_raw(cat021::I073_VALUE, time_of_day_steps(scene_start_, report.time));
  record_.set_raw(cat021::I075_VALUE, time_of_day_steps(scene_start_, report.time));
  record_.set_raw(cat021::I077_VALUE, time_of_day_steps(scene_start_, sending));
  record_.set(cat021::I131_LAT, report.position.latitude.degrees());
  record_.set(cat021::I131_LON, report.position.longitude.degrees());
  record_.set(cat021::I140_VALUE, report.position.height.feet());
  record_.set(cat021::I145_VALUE, report.pressure_altitude.flight_level());
  record_.set_raw(cat021::I155_RE, 0);
  record_.set(cat021::I155_BVR, report.vertical_rate.feet_per_minute());
  record_.set_raw(cat021::I160_RE, 0);
  record_.set(cat021::I160_GS, report.ground_speed.metres_per_second() / 1852.0);
  record_.set_raw(cat021::I160_TA, turn_steps_16(report.track_angle));
  record_.set_raw(cat021::I070_MODE3A, equipment.mode_a.bits());
  record_.set_text(cat021::I170_VALUE, equipment.identification.text());
  record_.set_raw(cat021::I200_PS, 0);   // no emergency
  record_.set_raw(cat021::I210_VN, 2);   // ED-102A / DO-260B
  record_.set_raw(cat021::I210_LTT, 2);  // 1090 extended squitter
  set_quality(report);
}

void AdsbEncoder::set_quality(const AdsbReport& report) {
  const bool precise = report.equipment.precise_position;
  record_.set_raw(cat021::I090_NUCRNACV, 2);               // velocity: below 3 m/s
  record_.set_raw(cat021::I090_NUCPNIC, precise ? 8 : 7);  // contained in 0.1 NM, 0.2 NM
  record_.set_raw(cat021::I090_NICBARO, 1);
  record_.set_raw(cat021::I090_SIL, 3);
  record_.set_raw(cat021::I090_NACP, precise ? 9 : 8);  // 95 % within 30 m, 92.6 m
  record_.set_raw(cat021::I090_SDA, 2);
  record_.set_raw(cat021::I090_GVA, 2);  // height within 45 m
}

}  // namespace marsad::simulation
