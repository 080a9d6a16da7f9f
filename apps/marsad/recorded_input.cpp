#include "recorded_input.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <iterator>
#include <utility>

#include "console.hpp"
#include "datagram_source.hpp"
#include "edition_plan.hpp"
#include "errors.hpp"
#include "marsad/wire/asterix/edition.hpp"
#include "marsad/wire/framing/text_time.hpp"
#include "receipt_clock.hpp"
#include "settings_files.hpp"

namespace marsad::app {
namespace {

namespace asterix = wire::asterix;
using wire::framing::FileKind;

/// So many datagrams of a file are searched for times without a date.
constexpr std::size_t kTimeDatagrams = 4000;

/// What only tells the time since its beginning is taken to begin with a day, which nobody should believe unwarned.
void warn_of_assumed_start(const InputOptions& options, const std::string& path, const io::MappedFile& file,
                           units::UtcTime date) {
  auto source = DatagramSource::open(path, file, parse_kind(options.kind));
  if (!source.ok()) throw UnreadableInput(source.error());
  for (std::size_t seen = 0; seen < kTimeDatagrams; ++seen) {
    const auto datagram = source->next();
    if (!datagram) return;
    if (datagram->receipt || !datagram->elapsed) continue;
    fmt::print(stderr, "{}: keeps no date: taken to be of {}; say when it began with --start\n", path,
               iso_time(date).substr(0, datagram->recorder_clock ? 10 : 19));
    return;
  }
}

io::LogInput log_input(const InputOptions& options, std::size_t input, const io::MappedFile& file,
                       const asterix::EditionSet& editions) {
  const std::string& path = options.inputs[input];
  const auto told = told_beginning(options, input);
  const units::UtcTime date = options.date.empty() && told ? told->time : parse_date(options.date);
  if (!told) warn_of_assumed_start(options, path, file, date);
  const auto estimator = primed_estimator(options, path, file, date, editions);
  return {.path = path,
          .content = file.content(),
          .kind = parse_kind(options.kind),
          .receipt_of = [estimator](std::span<const std::byte> payload,
                                    wire::framing::PayloadKind kind) { return estimator->receipt_of(payload, kind); },
          .beginning = told.value_or(io::Beginning{.time = date, .only_day = true})};
}

/// A recording by itself keeps its ticks, and its configuration unless that is to be replaced.
void warn_of_no_effect(const PictureOptions& options, bool replaces_configuration) {
  if (options.tick_s) fmt::print(stderr, "--tick has no effect: the recording keeps its own\n");
  if (!options.input.editions.empty() && !replaces_configuration)
    fmt::print(stderr, "--edition has no effect: the recording's configuration holds unless --config gives another\n");
}

/// The longest period up to a second, in whole nanoseconds, of which `every_s` is a multiple.
std::optional<double> period_dividing(double every_s) {
  const std::int64_t every_ns = std::llround(every_s * 1e9);
  const auto parts_most = static_cast<std::int64_t>(every_s * 10.0);
  for (auto parts = static_cast<std::int64_t>(std::ceil(every_s)); parts <= std::max<std::int64_t>(1, parts_most);
       ++parts)
    if (every_ns % parts == 0) return static_cast<double>(every_ns / parts) * 1e-9;
  return std::nullopt;
}

/// The period told, configured, or needed so that a picture falls on each row of the tracks file. Throws UsageError if
/// the rows would miss the pictures.
units::Duration picture_period(const PictureOptions& options, units::Duration configured) {
  std::optional<double> period_s = options.tick_s;
  if (!period_s && options.configuration.empty() && options.rows_every_s)
    period_s = period_dividing(*options.rows_every_s);
  const double used_s = period_s.value_or(configured.seconds());
  const double every_s = options.rows_every_s.value_or(used_s);
  const double steps = every_s / used_s;
  if (std::round(steps) < 1.0 || std::abs(steps - std::round(steps)) > 1e-6)
    throw UsageError(
        fmt::format("--every {}: rows can only be written when there is a picture, and there is one every {} s; choose "
                    "a multiple of that, or set it with --tick",
                    every_s, used_s));
  return units::Duration::seconds(used_s);
}

}  // namespace

std::string kind_names() {
  std::string names;
  for (auto kind = FileKind::asterix_raw; kind <= FileKind::marsad_recording;
       kind = static_cast<FileKind>(static_cast<int>(kind) + 1))
    names += fmt::format("{}{}", names.empty() ? "" : ", ", wire::framing::name_of(kind));
  return names;
}

std::optional<FileKind> parse_kind(const std::string& name) {
  if (name.empty()) return std::nullopt;
  const auto kind = wire::framing::kind_named(name);
  if (!kind)
    throw UsageError(fmt::format("--kind {}: there is no such kind of input; there are {}", name, kind_names()));
  return kind;
}

std::optional<io::Beginning> told_beginning(const InputOptions& options, std::size_t input) {
  const auto& starts = options.starts;
  if (starts.empty() && options.date.empty()) return std::nullopt;
  if (starts.empty()) return io::Beginning{.time = parse_date(options.date), .only_day = true};
  if (starts.size() != 1 && starts.size() != options.inputs.size())
    throw UsageError(fmt::format("--start is given {} times for {} inputs: give it once for all, or once for each",
                                 starts.size(), options.inputs.size()));
  const std::string& text = starts[starts.size() == 1 ? 0 : input];
  const auto time = wire::framing::parse_date_and_time(text);
  if (!time)
    throw UsageError(
        fmt::format("--start {}: write a UTC time as YYYY-MM-DDThh:mm:ssZ, as in 2026-01-06T06:13:03Z", text));
  return io::Beginning{.time = *time, .only_day = false};
}

std::vector<io::MappedFile> open_files(const InputOptions& options) {
  if (options.inputs.empty()) throw UsageError("no input: name one or more recordings, or - for standard input");
  std::vector<io::MappedFile> files;
  for (const std::string& path : options.inputs) {
    auto file = io::MappedFile::open(path);
    if (!file.ok()) throw UnreadableInput(file.error());
    files.push_back(std::move(file).value());
  }
  return files;
}

void spare_inputs(const PictureOptions& options, const std::vector<std::string>& outputs) {
  std::vector<std::string> read = options.input.inputs;
  read.insert(read.end(), {options.sensors, options.configuration});
  for (const std::string& output : outputs)
    for (const std::string& input : read) {
      std::error_code none;  // a file that isn't there is no file that could be lost
      if (std::filesystem::is_regular_file(output, none) &&
          std::filesystem::equivalent(input == "-" ? "/dev/stdin" : input, output, none))
        throw UsageError(fmt::format("{}: is read and would be overwritten; give another name to write to", output));
    }
}

RecordedInput::RecordedInput(const PictureOptions& options) : files_(open_files(options.input)) {
  config::Settings settings = load_settings(options);
  const EditionPlan plan =
      plan_editions(options.input, files_, options.configuration.empty() ? nullptr : &settings.editions);
  print_edition_warnings(plan);
  settings.editions = plan.choices;

  const bool replaces_configuration = !options.configuration.empty() || !options.sensors.empty();
  const bool recording_alone =
      files_.size() == 1 && wire::framing::detect_kind(files_[0].content()) == FileKind::marsad_recording;
  if (recording_alone) warn_of_no_effect(options, replaces_configuration);
  if (!recording_alone) settings.picture.period = picture_period(options, settings.picture.period);

  std::vector<io::LogInput> inputs;
  for (std::size_t i = 0; i < files_.size(); ++i)
    inputs.push_back(log_input(options.input, i, files_[i], editions_with(settings.editions)));
  auto source = io::LogSource::open(std::move(inputs), {.tick_period = settings.picture.period,
                                                        .configuration = to_toml(settings),
                                                        .replace_configurations = replaces_configuration});
  if (!source.ok()) throw UnreadableInput(source.error());
  source_ = std::make_unique<io::LogSource>(std::move(source).value());
}

}  // namespace marsad::app
