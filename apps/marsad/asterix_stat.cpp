#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "console.hpp"
#include "datagram_source.hpp"
#include "edition_plan.hpp"
#include "errors.hpp"
#include "marsad/observation/stream_statistics.hpp"
#include "marsad/observation/time_of_day.hpp"
#include "marsad/wire/asterix/edition.hpp"
#include "receipt_clock.hpp"
#include "recorded_input.hpp"
#include "verbs.hpp"

namespace marsad::app {
namespace {

namespace asterix = wire::asterix;
using nlohmann::ordered_json;
using observation::Quantiles;
using observation::StreamStatistics;

/// What is told of one input.
struct Input {
  std::string path;
  std::string kind;
  std::uint64_t octets = 0;
  std::uint64_t datagrams = 0;
  std::uint64_t other_payloads = 0;  ///< datagrams that aren't ASTERIX
  bool has_receipt = false;
  DatagramSource::Damage damage;
};

struct Statistics {
  std::vector<Input> inputs;
  EditionPlan plan;
  observation::StreamStatistician streams;
  bool has_date = false;  ///< whether days are known, by receipt times or --date
};

std::string kind_of(const InputOptions& options, const io::MappedFile& file) {
  const auto told = parse_kind(options.kind);
  const auto kind = told ? told : wire::framing::detect_kind(file.content());
  return kind ? wire::framing::name_of(*kind) : "";
}

Input read_input(const InputOptions& options, std::size_t number, const io::MappedFile& file, Statistics& statistics) {
  const std::string& path = options.inputs[number];
  auto source = DatagramSource::open(path, file, parse_kind(options.kind));
  if (!source.ok()) throw UnreadableInput(source.error());
  Input input{.path = path, .kind = kind_of(options, file), .octets = file.content().size(), .damage = {}};
  ReceiptClock clock(options, number, file, statistics.plan.set);
  ProgressBar progress("counting");
  statistics.streams.begin_input();
  while (const auto datagram = source->next()) {
    ++input.datagrams;
    if (datagram->kind == wire::framing::PayloadKind::asterix) {
      input.has_receipt = input.has_receipt || datagram->receipt.has_value();
      statistics.streams.take(*datagram, clock.of(*datagram));
    } else {
      ++input.other_payloads;
    }
    progress.show(static_cast<double>(source->position()) / static_cast<double>(file.content().size()));
  }
  input.damage = source->damage();
  return input;
}

// --- the words ------------------------------------------------------------------------------------------------------

std::string day_time(units::UtcTime time) { return iso_time(time).substr(11, 12); }

std::string of_quantile(std::optional<double> value, const char* unit) {
  return value ? fmt::format("{:.3f}{}", *value, unit) : "-";
}

const SourceEdition* edition_of(const EditionPlan& plan, const StreamStatistics& stream) {
  const auto found = std::find_if(plan.sources.begin(), plan.sources.end(), [&](const SourceEdition& source) {
    return source.finding.category == stream.category && source.finding.source == stream.source;
  });
  return found == plan.sources.end() ? nullptr : &*found;
}

double rate_of(const StreamStatistics& stream) {
  const double span_s = stream.span_s();
  return span_s > 0.0 ? static_cast<double>(stream.records) / span_s : 0.0;
}

/// The antenna's rotation where one is known, else the time between reports of one target.
std::optional<double> period_of(const StreamStatistics& stream) {
  if (const auto north = stream.north_marker_interval.median()) return north;
  if (const auto stated = stream.stated_rotation.median()) return stated;
  return stream.update_interval.median();
}

std::string targets_text(const StreamStatistics& stream, bool saturated) {
  const std::string least = saturated ? ">=" : "";
  if (stream.addresses > 0) return fmt::format("{}{} adr", least, stream.addresses);
  return stream.track_numbers > 0 ? fmt::format("{}{} trk", least, stream.track_numbers) : "-";
}

void print_overview(const Statistics& statistics) {
  fmt::print("\n{:<4}{:<9}{:<8}{:<11}{:>5}{:>9}{:>10}{:>9}{:>9}{:>10}  {:<28}{:>16}\n", "cat", "source", "edition",
             "why", "sure", "blocks", "records", "rec/s", "period", "targets", "time of day", "delay 50/95 %");
  for (const StreamStatistics* stream : statistics.streams.streams()) {
    const SourceEdition* edition = edition_of(statistics.plan, *stream);
    const auto period = period_of(*stream);
    const std::string source = stream->source ? fmt::format("{}/{}", stream->source->sac, stream->source->sic) : "-";
    std::string times = "-";
    if (stream->first) times = fmt::format("{} - {}", day_time(*stream->first), day_time(*stream->last));
    const std::string delay = stream->delay.count() == 0
                                  ? "-"
                                  : fmt::format("{:.3f}/{:.3f}", *stream->delay.median(), *stream->delay.at(0.95));
    fmt::print("{:03} {:<9}{:<8}{:<11}{:>5}{:>9}{:>10}{:>9.2f}{:>9}{:>10}  {:<28}{:>16}\n", stream->category, source,
               stream->edition == nullptr ? "none" : stream->edition->name(),
               edition == nullptr ? "-" : name_of(edition->reason),
               edition == nullptr ? "-" : fmt::format("{:.2f}", edition->used.sureness), stream->blocks,
               stream->records, rate_of(*stream), of_quantile(period, ""),
               targets_text(*stream, statistics.streams.saturated()), times, delay);
  }
}

void print_times(const StreamStatistics& stream, bool has_date) {
  if (stream.first) {
    const std::string first = has_date ? iso_time(*stream.first) : day_time(*stream.first);
    const std::string last = has_date ? iso_time(*stream.last) : day_time(*stream.last);
    fmt::print("  time of day  {} to {}: {:.3f} s", first, last, stream.span_s());
    if (stream.midnights() > 0)
      fmt::print(", over {} midnight{}", stream.midnights(), stream.midnights() > 1 ? "s" : "");
    fmt::print("; in {} of {} records", stream.timed_records, stream.records);
    if (stream.impossible_times > 0) fmt::print(", {} of them impossible", stream.impossible_times);
    if (stream.steps_back > 0)
      fmt::print(", {} steps back of up to {:.3f} s", stream.steps_back, stream.greatest_step_back_s);
    fmt::print("\n");
  }
  const auto delay = [](const char* name, const Quantiles& values) {
    if (values.count() > 0)
      fmt::print("  {:<12} median {:.3f} s, 95 % under {:.3f} s, from {:.3f} to {:.3f} s\n", name, *values.median(),
                 *values.at(0.95), *values.least(), *values.most());
  };
  delay("delay", stream.delay);
  delay("recorder", stream.recorder_delay);
}

void print_periods(const StreamStatistics& stream) {
  const auto period = [](const char* name, const Quantiles& values) {
    if (values.count() > 0)
      fmt::print("  {:<12} {:.3f} s (5 % under {:.3f}, 95 % under {:.3f}; {} intervals)\n", name, *values.median(),
                 *values.at(0.05), *values.at(0.95), values.count());
  };
  period("north marks", stream.north_marker_interval);
  if (stream.stated_rotation.count() > 0)
    fmt::print("  {:<12} {:.3f} s as the radar says\n", "rotation", *stream.stated_rotation.median());
  period("updates", stream.update_interval);
}

void print_items(const StreamStatistics& stream) {
  if (stream.edition == nullptr || stream.records == 0) return;
  const auto& tables = stream.edition->tables();
  for (std::size_t item = 0; item < stream.item_records.size(); ++item) {
    if (stream.item_records[item] == 0) continue;
    fmt::print("  I{:03}/{:<5} {:>9} {:>7.2f} %  {}\n", stream.category,
               name_of(asterix::Item{static_cast<std::uint8_t>(stream.category), tables.root_items[item]}),
               stream.item_records[item],
               100.0 * static_cast<double>(stream.item_records[item]) / static_cast<double>(stream.records),
               tables.titles[item]);
  }
}

void print_stream(const StreamStatistics& stream, const Statistics& statistics, bool items) {
  fmt::print("\n{}\n", stream_name(stream.category, stream.source));
  fmt::print(
      "  records      {} in {} blocks ({:.2f} a block), {} octets ({:.1f} a record); {:.2f} a second, at most {}\n",
      stream.records, stream.blocks,
      stream.blocks == 0 ? 0.0 : static_cast<double>(stream.records) / static_cast<double>(stream.blocks),
      stream.octets,
      stream.records == 0 ? 0.0 : static_cast<double>(stream.octets) / static_cast<double>(stream.records),
      rate_of(stream), stream.most_in_a_second);
  print_times(stream, statistics.has_date);
  print_periods(stream);
  const std::string least = statistics.streams.saturated() ? "at least " : "";
  if (stream.addresses + stream.track_numbers > 0)
    fmt::print("  targets      {}{} addresses, {}{} track numbers\n", least, stream.addresses, least,
               stream.track_numbers);
  if (stream.faults > 0) fmt::print("  undecoded    {} octets in {} places\n", stream.undecoded_octets, stream.faults);
  if (items) print_items(stream);
}

std::string name_of(const observation::FaultStatistics& fault) {
  std::string name = base::name_of(fault.code);
  if (fault.category >= 0) name += fmt::format(", category {:03}", fault.category);
  if (fault.item) name += fmt::format(", item {}", asterix::name_of(*fault.item));
  return name;
}

void print_text(const Statistics& statistics, bool items) {
  for (const Input& input : statistics.inputs) {
    fmt::print("{}: {}, {} octets, {} datagrams{}\n", input.path, input.kind, input.octets, input.datagrams,
               input.has_receipt ? "" : ", without receipt times");
    if (input.other_payloads > 0) fmt::print("  {} datagrams are not ASTERIX\n", input.other_payloads);
    for (const auto& place : input.damage.places)
      fmt::print("  octet {}: {} in the framing; {} octets skipped\n", place.offset, base::name_of(place.code),
                 place.skipped_octets);
    if (input.damage.faults > input.damage.places.size())
      fmt::print("  ... and {} more damaged places in the framing\n", input.damage.faults - input.damage.places.size());
  }
  print_overview(statistics);
  fmt::print("\n{}", editions_text(statistics.plan));
  for (const StreamStatistics* stream : statistics.streams.streams()) print_stream(*stream, statistics, items);
  const auto faults = statistics.streams.faults();
  if (!faults.empty()) fmt::print("\nundecoded\n");
  for (const auto& fault : faults)
    fmt::print("  {} times, {} octets: {}; first at octet {} of {}\n", fault.count, fault.octets, name_of(fault),
               fault.first_offset, statistics.inputs[fault.first_input].path);
}

// --- the JSON -------------------------------------------------------------------------------------------------------

/// Rounded to the nanosecond: what is beyond is only how doubles are written.
ordered_json number(double value) { return std::round(value * 1e9) / 1e9; }

ordered_json quantiles_json(const Quantiles& values) {
  if (values.count() == 0) return nullptr;
  return {{"count", values.count()},         {"least", number(*values.least())},
          {"p05", number(*values.at(0.05))}, {"median", number(*values.median())},
          {"p95", number(*values.at(0.95))}, {"most", number(*values.most())}};
}

ordered_json times_json(const StreamStatistics& stream, bool has_date) {
  ordered_json times;
  times["records"] = stream.timed_records;
  times["impossible"] = stream.impossible_times;
  times["steps_back"] = stream.steps_back;
  times["greatest_step_back_s"] = number(stream.greatest_step_back_s);
  if (!stream.first) return times;
  times["first_s"] = number(observation::time_of_day(*stream.first));
  times["last_s"] = number(observation::time_of_day(*stream.last));
  times["midnights"] = stream.midnights();
  if (!has_date) return times;
  times["first"] = iso_time(*stream.first);
  times["last"] = iso_time(*stream.last);
  return times;
}

ordered_json items_json(const StreamStatistics& stream) {
  ordered_json items = ordered_json::object();
  for (std::size_t item = 0; item < stream.item_records.size(); ++item) {
    if (stream.item_records[item] == 0) continue;
    const auto name =
        name_of(asterix::Item{static_cast<std::uint8_t>(stream.category), stream.edition->tables().root_items[item]});
    items[fmt::format("I{:03}/{}", stream.category, name)] = stream.item_records[item];
  }
  return items;
}

ordered_json stream_json(const StreamStatistics& stream, bool has_date) {
  ordered_json one;
  one["cat"] = stream.category;
  one["sac"] = stream.source ? ordered_json(stream.source->sac) : ordered_json();
  one["sic"] = stream.source ? ordered_json(stream.source->sic) : ordered_json();
  one["edition"] = stream.edition == nullptr ? ordered_json() : ordered_json(stream.edition->name());
  one["blocks"] = stream.blocks;
  one["records"] = stream.records;
  one["bytes"] = stream.octets;
  one["faults"] = stream.faults;
  one["undecoded_bytes"] = stream.undecoded_octets;
  one["span_s"] = number(stream.span_s());
  one["records_per_s"] = number(rate_of(stream));
  one["most_in_a_second"] = stream.most_in_a_second;
  one["time_of_day"] = times_json(stream, has_date);
  const bool received = stream.received_records > 0;
  one["receipt"] =
      received ? ordered_json({{"first", iso_time(*stream.first_receipt)}, {"last", iso_time(*stream.last_receipt)}})
               : ordered_json();
  one["delay_s"] = quantiles_json(stream.delay);
  one["recorder_delay_s"] = quantiles_json(stream.recorder_delay);
  const auto period = period_of(stream);
  one["period_s"] = period ? number(*period) : ordered_json();
  one["north_marker_interval_s"] = quantiles_json(stream.north_marker_interval);
  one["stated_rotation_s"] = quantiles_json(stream.stated_rotation);
  one["update_interval_s"] = quantiles_json(stream.update_interval);
  one["addresses"] = stream.addresses;
  one["track_numbers"] = stream.track_numbers;
  one["items"] = items_json(stream);
  return one;
}

ordered_json input_json(const Input& input) {
  ordered_json one{{"input", input.path},
                   {"kind", input.kind},
                   {"bytes", input.octets},
                   {"datagrams", input.datagrams},
                   {"other_payloads", input.other_payloads},
                   {"has_receipt", input.has_receipt},
                   {"faults", input.damage.faults},
                   {"skipped_bytes", input.damage.skipped_octets}};
  one["damaged"] = ordered_json::array();
  for (const auto& place : input.damage.places)
    one["damaged"].push_back(
        {{"offset", place.offset}, {"skipped_bytes", place.skipped_octets}, {"reason", base::name_of(place.code)}});
  return one;
}

void print_json(const Statistics& statistics) {
  ordered_json all;
  all["inputs"] = ordered_json::array();
  for (const Input& input : statistics.inputs) all["inputs"].push_back(input_json(input));
  all["editions"] = ordered_json::parse(editions_json(statistics.plan));
  all["streams"] = ordered_json::array();
  for (const StreamStatistics* stream : statistics.streams.streams())
    all["streams"].push_back(stream_json(*stream, statistics.has_date));
  all["saturated"] = statistics.streams.saturated();
  all["faults"] = ordered_json::array();
  for (const auto& fault : statistics.streams.faults())
    all["faults"].push_back({{"reason", name_of(fault)},
                             {"count", fault.count},
                             {"skipped_bytes", fault.octets},
                             {"first_offset", fault.first_offset},
                             {"input", statistics.inputs[fault.first_input].path}});
  fmt::print("{}\n", all.dump(-1, ' ', true, ordered_json::error_handler_t::replace));
}

bool has_damage(const Statistics& statistics) {
  return !statistics.streams.faults().empty() ||
         std::any_of(statistics.inputs.begin(), statistics.inputs.end(),
                     [](const Input& input) { return input.damage.faults > 0; });
}

}  // namespace

int asterix_stat(const AsterixStatOptions& options) {
  const std::vector<io::MappedFile> files = open_files(options.input);
  EditionPlan plan = plan_editions(options.input, files);
  print_edition_warnings(plan);
  Statistics statistics{.inputs = {},
                        .plan = plan,
                        .streams = observation::StreamStatistician(plan.set),
                        .has_date = told_beginning(options.input, 0).has_value()};
  for (std::size_t i = 0; i < files.size(); ++i) {
    statistics.inputs.push_back(read_input(options.input, i, files[i], statistics));
    statistics.has_date = statistics.has_date || statistics.inputs.back().has_receipt;
  }
  options.input.json ? print_json(statistics) : print_text(statistics, options.items);
  return options.input.strict && has_damage(statistics) ? kUnreadable : kDone;
}

}  // namespace marsad::app
