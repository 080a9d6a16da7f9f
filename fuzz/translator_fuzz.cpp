// links: observation wire_asterix wire_framing geo units base
//
// Any octets as datagrams, in editions that the first octet chooses, from sensors with and without a site. No report
// may hold a number that is none, a place off the globe or an impossible covariance; every record must be accounted
// for; and receipt times estimated from the same octets must not decrease.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <vector>

#include "marsad/observation/receipt_estimator.hpp"
#include "marsad/observation/translator.hpp"
#include "marsad/wire/asterix/edition.hpp"

namespace observation = marsad::observation;
namespace asterix = marsad::wire::asterix;
using marsad::units::Angle;
using marsad::units::Length;
using marsad::units::UtcTime;

namespace {

constexpr auto kAsterix = marsad::wire::framing::PayloadKind::asterix;

void demand(bool condition) {
  if (!condition) std::abort();
}

asterix::EditionSet editions_chosen_by(unsigned choice) {
  asterix::EditionSet set = asterix::EditionSet::defaults();
  for (const int category : asterix::described_categories()) {
    const auto editions = asterix::editions_of(category);
    set.choose(category, editions[choice % editions.size()]);
  }
  return set;
}

std::vector<observation::SensorSetting> sensors() {
  using enum observation::SensorKind;
  std::vector<observation::SensorSetting> settings;
  for (const observation::SensorKind kind : {mode_s, mlat, adsb, system_tracks}) {
    observation::SensorSetting setting;
    setting.name = observation::name_of(kind);
    setting.code = observation::SacSic{25, 1};
    setting.kind = kind;
    setting.characteristics = observation::typical_characteristics(kind);
    setting.characteristics.site = {Angle::degrees(33.0), Angle::degrees(44.0), Length::metres(40.0)};
    settings.push_back(setting);
  }
  return settings;
}

void demand_sound(const observation::TargetReport& report, UtcTime receipt) {
  demand(report.receipt == receipt);
  demand(std::abs((report.applicability - receipt).seconds()) <= 600.0);
  demand(report.emergency <= 7);
  if (report.velocity) demand(is_finite(report.velocity->east) && is_finite(report.velocity->north));
  if (report.velocity) demand(report.velocity->sigma.metres_per_second() > 0.0);
  if (report.pressure_altitude) demand(std::isfinite(report.pressure_altitude->metres()));
  if (!report.position) return;
  const auto& covariance = report.position_covariance;
  demand(std::abs(report.position->latitude.degrees()) <= 90.000000001 &&
         std::abs(report.position->longitude.degrees()) <= 180.000000001);
  demand(is_finite(report.position->height));
  demand(covariance.east_east_m2 > 0.0 && covariance.north_north_m2 > 0.0);
  demand(std::isfinite(covariance.east_east_m2) && std::isfinite(covariance.north_north_m2));
  const double excess = covariance.east_north_m2 * covariance.east_north_m2 -
                        covariance.east_east_m2 * covariance.north_north_m2 * (1.0 + 1e-9);
  demand(excess <= 0.0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const asterix::EditionSet editions = editions_chosen_by(data[0]);
  const auto octets = std::as_bytes(std::span(data + 1, size - 1));
  observation::Translator translator(observation::SensorRegistry(sensors()), editions);
  observation::ReceiptEstimator estimator(UtcTime::seconds_since_epoch(1.7e9), editions);
  estimator.prime(octets, kAsterix);
  observation::ObservationBatch batch;
  UtcTime receipt = UtcTime::seconds_since_epoch(1.7e9 - 200'000.0);
  // Twice: what the first time taught (sites, times, sensors) must be safe the second time.
  for (int round = 0; round < 2; ++round) {
    const UtcTime estimated = estimator.receipt_of(octets, kAsterix).value_or(receipt);
    demand(estimated >= receipt);
    receipt = estimated;
    batch.clear();
    translator.translate(octets, kAsterix, receipt, batch);
    for (const observation::TargetReport& report : batch.reports) demand_sound(report, receipt);
  }
  const observation::TranslatorCounters& counters = translator.counters();
  demand(counters.records == counters.target_reports + counters.messages + counters.untranslated +
                                 counters.unattributed + counters.refused + counters.unwanted);
  for (const observation::Sensor& sensor : translator.registry().sensors()) static_cast<void>(what_is_needed(sensor));
  return 0;
}
