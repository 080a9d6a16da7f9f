// links: observation wire_asterix wire_framing geo units base
//
// Any octets as what receivers send: Mode S messages, BaseStation rows, UAT lines, aircraft.json documents. The first
// octet chooses which; rows and lines are separated by line feeds, Mode S messages follow each other. No report may
// hold a number that is none or a place off the globe, and everything must be accounted for.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string_view>

#include "marsad/observation/translator.hpp"
#include "marsad/wire/asterix/edition.hpp"
#include "marsad/wire/framing/receiver_message.hpp"

namespace observation = marsad::observation;
namespace framing = marsad::wire::framing;
using framing::PayloadKind;
using marsad::units::Duration;
using marsad::units::UtcTime;

namespace {

void demand(bool condition) {
  if (!condition) std::abort();
}

void demand_sound(const observation::TargetReport& report, UtcTime receipt) {
  demand(report.receipt == receipt);
  demand(std::abs((report.applicability - receipt).seconds()) <= 600.0);
  demand(report.emergency <= 7);
  if (report.velocity) {
    demand(is_finite(report.velocity->east) && is_finite(report.velocity->north));
    demand(report.velocity->sigma.metres_per_second() > 0.0 && is_finite(report.velocity->sigma));
  }
  if (report.pressure_altitude) demand(std::isfinite(report.pressure_altitude->metres()));
  if (report.geometric_height) demand(is_finite(*report.geometric_height));
  if (report.vertical_rate) demand(is_finite(*report.vertical_rate));
  if (!report.position) return;
  const auto& covariance = report.position_covariance;
  demand(marsad::geo::is_valid(*report.position));
  demand(covariance.east_east_m2 > 0.0 && covariance.north_north_m2 > 0.0);
  demand(std::isfinite(covariance.east_east_m2) && std::isfinite(covariance.north_north_m2));
}

class Run {
 public:
  void hear(std::span<const std::byte> payload, PayloadKind kind) {
    receipt_ = receipt_ + Duration::seconds(0.3);
    batch_.clear();
    framing::Source source;
    source.sender_port = static_cast<std::uint16_t>(payload.size() % 3);
    translator_.translate(payload, kind, receipt_, batch_, source);
    for (const observation::TargetReport& report : batch_.reports) demand_sound(report, receipt_);
  }
  void finish() const {
    const observation::TranslatorCounters& counters = translator_.counters();
    demand(counters.records ==
           counters.target_reports + counters.untranslated + counters.refused + counters.absorbed + counters.rejected);
  }

 private:
  static observation::TranslatorSettings settings() {
    observation::TranslatorSettings settings;
    settings.mode_s.capacity = 64;
    return settings;
  }

  observation::Translator translator_{observation::SensorRegistry(), marsad::wire::asterix::EditionSet::defaults(),
                                      settings()};
  observation::ObservationBatch batch_;
  UtcTime receipt_ = UtcTime::seconds_since_epoch(1'522'782'148.0);
};

void hear_lines(Run& run, std::span<const std::byte> octets, PayloadKind kind) {
  std::string_view text(reinterpret_cast<const char*>(octets.data()), octets.size());
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    run.hear(std::as_bytes(std::span(line)), kind);
    text.remove_prefix(std::min(text.size(), line.size() + 1));
  }
}

void hear_messages(Run& run, std::span<const std::byte> octets) {
  while (!octets.empty()) {
    const std::size_t message = framing::message_size(std::to_integer<std::uint8_t>(octets[0]));
    const std::size_t size = std::min(octets.size(), message == 0 ? 1 : framing::ReceiverMessage::kHeader + message);
    run.hear(octets.first(size), PayloadKind::mode_s);
    octets = octets.subspan(size);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto octets = std::as_bytes(std::span(data + 1, size - 1));
  Run run;
  switch (data[0] % 4) {
    case 0:
      hear_messages(run, octets);
      break;
    case 1:
      hear_lines(run, octets, PayloadKind::sbs_row);
      break;
    case 2:
      hear_lines(run, octets, PayloadKind::uat);
      break;
    default:
      run.hear(octets, PayloadKind::aircraft_json);
      run.hear(octets, PayloadKind::aircraft_json);
  }
  run.finish();
  return 0;
}
