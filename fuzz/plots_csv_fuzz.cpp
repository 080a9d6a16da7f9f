// links: observation wire_asterix wire_framing geo units base
//
// Any text as the rows of a plots.csv, with a sensor that is known and any that are not. A row is read whole or counted
// as a fault; what is read holds finite numbers only.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string_view>
#include <vector>

#include "marsad/observation/plot_row.hpp"
#include "marsad/observation/receipt_estimator.hpp"
#include "marsad/observation/translator.hpp"
#include "marsad/wire/asterix/edition.hpp"

namespace observation = marsad::observation;
using marsad::units::Angle;
using marsad::units::Length;
using marsad::units::UtcTime;

namespace {

constexpr auto kRow = marsad::wire::framing::PayloadKind::plot_row;

void demand(bool condition) {
  if (!condition) std::abort();
}

observation::SensorRegistry sensors() {
  observation::SensorSetting setting;
  setting.name = "1";
  setting.kind = observation::SensorKind::psr;
  setting.characteristics = observation::typical_characteristics(setting.kind);
  setting.characteristics.site = {Angle::degrees(33.0), Angle::degrees(44.0), Length::metres(40.0)};
  return observation::SensorRegistry({setting});
}

void demand_sound(const observation::TargetReport& report) {
  if (report.velocity) demand(is_finite(report.velocity->east) && is_finite(report.velocity->north));
  if (!report.position) return;
  demand(std::abs(report.position->latitude.degrees()) <= 90.000000001 &&
         std::abs(report.position->longitude.degrees()) <= 180.000000001);
  demand(is_finite(report.position->height));
  demand(std::isfinite(report.position_covariance.east_east_m2) && report.position_covariance.east_east_m2 > 0.0);
  demand(std::isfinite(report.position_covariance.north_north_m2) && report.position_covariance.north_north_m2 > 0.0);
  demand(std::isfinite(report.position_covariance.east_north_m2));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  observation::Translator translator(sensors(), marsad::wire::asterix::EditionSet{});
  observation::ReceiptEstimator estimator(UtcTime{});
  observation::ObservationBatch batch;
  std::uint64_t rows = 0;
  UtcTime receipt = UtcTime::seconds_since_epoch(-4e9);
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const auto row = std::as_bytes(std::span(text.substr(0, end)));
    const UtcTime estimated = estimator.receipt_of(row, kRow).value_or(receipt);
    demand(estimated >= receipt);
    receipt = estimated;
    translator.translate(row, kRow, receipt, batch);
    ++rows;
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  for (const observation::TargetReport& report : batch.reports) demand_sound(report);
  const observation::TranslatorCounters& counters = translator.counters();
  demand(counters.datagrams == rows && counters.records + counters.faults == rows);
  demand(counters.records == counters.target_reports + counters.refused &&
         batch.reports.size() == counters.target_reports);
  return 0;
}
