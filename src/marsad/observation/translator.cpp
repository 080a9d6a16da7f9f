#include "marsad/observation/translator.hpp"

#include <array>
#include <string_view>
#include <utility>

#include "marsad/observation/translation.hpp"
#include "marsad/wire/asterix/decode.hpp"
#include "marsad/wire/asterix/edition.hpp"

namespace marsad::observation {

using units::UtcTime;
using wire::asterix::RecordView;
using wire::framing::PayloadKind;

namespace {

using Translate = void (*)(const RecordView&, Translation&);

/// Which function reads a category.
constexpr auto kTranslators = [] {
  std::array<Translate, 256> table{};
  table[1] = translate_monoradar_legacy;
  table[2] = translate_radar_service_legacy;
  table[10] = translate_airport;
  table[19] = translate_multilateration_status;
  table[20] = translate_multilateration;
  table[21] = translate_adsb;
  table[34] = translate_radar_service;
  table[48] = translate_monoradar;
  table[62] = translate_system_track;
  table[63] = translate_sensor_status;
  table[65] = translate_service_status;
  return table;
}();

}  // namespace

std::string_view name_of(RowFault fault) noexcept {
  constexpr std::array<std::string_view, kRowFaults> kNames{"field_count", "time", "sensor",  "type",
                                                            "number",      "code", "position"};
  return kNames[static_cast<std::size_t>(fault)];
}

class Translator::Impl {
 public:
  Impl(SensorRegistry registry, const wire::asterix::EditionSet& editions, TranslatorSettings settings)
      : work_(std::move(registry), std::move(settings)), editions_(editions) {}

  void translate(std::span<const std::byte> payload, PayloadKind kind, UtcTime receipt, ObservationBatch& batch,
                 const wire::framing::Source& source) {
    work_.receipt = receipt;
    work_.batch = &batch;
    ++work_.counters.datagrams;
    work_.counters.octets += payload.size();
    const std::string_view text(reinterpret_cast<const char*>(payload.data()), payload.size());
    switch (kind) {
      case PayloadKind::asterix:
        translate_asterix(payload);
        break;
      case PayloadKind::plot_row:
        translate_plot_row(text, work_);
        break;
      case PayloadKind::mode_s:
        translate_mode_s(payload, source, work_);
        break;
      case PayloadKind::sbs_row:
        translate_sbs_row(text, source, work_);
        break;
      case PayloadKind::uat:
        translate_uat(text, source, work_);
        break;
      case PayloadKind::aircraft_json:
        translate_aircraft_json(text, source, work_);
        break;
    }
    work_.batch = nullptr;
  }

  void translate(const RecordView& record, UtcTime receipt, ObservationBatch& batch) {
    work_.receipt = receipt;
    work_.batch = &batch;
    translate_record(record);
    work_.batch = nullptr;
  }

  [[nodiscard]] const Translation& work() const noexcept { return work_; }

 private:
  void translate_record(const RecordView& record) {
    TranslatorCounters& counters = work_.counters;
    const auto category = static_cast<std::size_t>(record.category());
    ++counters.records;
    ++counters.records_of_category[category];
    if (const Translate of_category = kTranslators[category]) {
      of_category(record, work_);
    } else {
      ++counters.untranslated;
    }
  }

  void translate_asterix(std::span<const std::byte> payload) {
    TranslatorCounters& counters = work_.counters;
    const auto on_record = [this](const RecordView& record) { translate_record(record); };
    const auto on_fault = [&counters](const wire::asterix::DecodeFault& fault) {
      ++counters.faults;
      counters.skipped_octets += fault.skipped_octets;
    };
    wire::asterix::decode_datagram(payload, editions_, on_record, on_fault);
  }

  Translation work_;
  wire::asterix::EditionSet editions_;
};

Translator::Translator(SensorRegistry registry, const wire::asterix::EditionSet& editions, TranslatorSettings settings)
    : impl_(std::make_unique<Impl>(std::move(registry), editions, std::move(settings))) {}
Translator::~Translator() = default;
Translator::Translator(Translator&&) noexcept = default;
Translator& Translator::operator=(Translator&&) noexcept = default;

void Translator::translate(std::span<const std::byte> payload, PayloadKind kind, UtcTime receipt,
                           ObservationBatch& batch, const wire::framing::Source& source) {
  impl_->translate(payload, kind, receipt, batch, source);
}

void Translator::translate(const RecordView& record, UtcTime receipt, ObservationBatch& batch) {
  impl_->translate(record, receipt, batch);
}

const SensorRegistry& Translator::registry() const noexcept { return impl_->work().registry; }
const TranslatorCounters& Translator::counters() const noexcept { return impl_->work().counters; }
const mode_s::ResolverCounters* Translator::mode_s_counters() const noexcept {
  const mode_s::Resolver* const resolver = impl_->work().receivers.resolver();
  return resolver == nullptr ? nullptr : &resolver->counters();
}

}  // namespace marsad::observation
