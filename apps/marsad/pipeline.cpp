#include "pipeline.hpp"

#include <string_view>
#include <utility>
#include <vector>

#include "marsad/picture/compose.hpp"
#include "receiver_names.hpp"
#include "settings_files.hpp"

namespace marsad::app {
namespace {

std::vector<picture::SensorStatus> statuses_of(const observation::SensorRegistry& registry) {
  std::vector<picture::SensorStatus> statuses;
  statuses.reserve(registry.size());
  for (const observation::Sensor& sensor : registry.sensors()) {
    const observation::SensorCounters& counters = registry.counters(sensor.id);
    statuses.push_back({.id = sensor.id,
                        .name = sensor.name,
                        .key = sensor.key,
                        .kind = sensor.kind,
                        .configured = sensor.configured,
                        .has_site = sensor.characteristics.site.has_value(),
                        .site = sensor.characteristics.site,
                        .period = sensor.characteristics.period,
                        .range_max = sensor.characteristics.range_max,
                        .last_receipt = counters.last_receipt,
                        .reports = counters.reports,
                        .unplaced = counters.unplaced,
                        .implausible = counters.implausible,
                        .latency = counters.latency});
  }
  return statuses;
}

picture::InputCounters input_of(const observation::TranslatorCounters& counters) {
  return {.datagrams = counters.datagrams,
          .octets = counters.octets,
          .records = counters.records,
          .target_reports = counters.target_reports,
          .faults = counters.faults,
          .skipped_octets = counters.skipped_octets};
}

}  // namespace

Pipeline::Pipeline(base::Executor& executor) : executor_(executor) { apply({}); }

std::shared_ptr<const picture::AirPicture> Pipeline::step(const recording::LogEntry& entry) {
  switch (entry.kind) {
    case recording::EntryKind::configuration:
      configure(entry.payload);
      return nullptr;
    case recording::EntryKind::datagram:
      translator_->translate(entry.payload, entry.payload_kind, entry.receipt, gathered_, entry.source);
      return nullptr;
    case recording::EntryKind::operator_action:
      ++refused_entries_;  // no action is defined yet; a later version's log must not pass in silence
      return nullptr;
    case recording::EntryKind::tick:
      return publish(entry.receipt);
  }
  ++refused_entries_;
  return nullptr;
}

void Pipeline::configure(std::span<const std::byte> text) {
  auto parsed =
      config::parse_settings({reinterpret_cast<const char*>(text.data()), text.size()}, "configuration of the log");
  if (!parsed.ok()) {
    ++refused_entries_;
    return;
  }
  apply(std::move(parsed).value());
}

void Pipeline::apply(config::Settings settings) {
  settings_ = std::move(settings);
  observation::TranslatorSettings translation;
  translation.receivers = receivers_of(settings_.feeds);
  translator_.emplace(observation::SensorRegistry(settings_.sensors), editions_with(settings_.editions), translation);
  tracker_.emplace(settings_.tracker, executor_);
}

std::shared_ptr<const picture::AirPicture> Pipeline::publish(units::UtcTime time) {
  tracker_->step({.time = time,
                  .reports = gathered_.reports,
                  .messages = gathered_.messages,
                  .sensors = translator_->registry().sensors()});
  auto composed = std::make_shared<const picture::AirPicture>(picture::compose(
      time, ++sequence_, tracker_->tracks(), statuses_of(translator_->registry()), input_of(translator_->counters())));
  digest_.add(picture::digest_of(*composed));
  std::swap(gathered_, tracked_);
  gathered_.clear();
  return composed;
}

}  // namespace marsad::app
