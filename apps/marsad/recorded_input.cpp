#include "recorded_input.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "datagram_source.hpp"
#include "errors.hpp"
#include "marsad/observation/receipt_estimator.hpp"
#include "marsad/wire/asterix/detection.hpp"
#include "settings_files.hpp"

namespace marsad::app {
namespace {

namespace asterix = wire::asterix;
using wire::framing::FileKind;

/// So many datagrams of a file show its editions and its first time of day.
constexpr std::size_t kEvidenceDatagrams = 4000;
/// Below this lead over the next best edition, evidence decides nothing.
constexpr double kSureness = 0.2;

/// Calls `look(payload, kind)` for the first datagrams of a file of any kind.
template <class Look>
void look_at_beginning(const InputOptions& options, const std::string& path, const io::MappedFile& file, Look&& look) {
  auto source = DatagramSource::open(path, file, parse_kind(options.kind));
  if (!source.ok()) throw UnreadableInput(source.error());
  for (std::size_t seen = 0; seen < kEvidenceDatagrams; ++seen) {
    const auto datagram = source->next();
    if (!datagram) return;
    look(datagram->payload, datagram->kind);
  }
}

asterix::EditionSet with_choices(const std::vector<config::EditionChoice>& choices) {
  asterix::EditionSet editions = asterix::EditionSet::defaults();
  for (const config::EditionChoice& choice : choices)
    if (const asterix::Edition* edition = asterix::find_edition(choice.category, choice.edition))
      editions.choose(choice.category, *edition);
  return editions;
}

io::LogInput log_input(const InputOptions& options, const std::string& path, const io::MappedFile& file,
                       units::UtcTime date, const asterix::EditionSet& editions) {
  auto estimator = std::make_shared<observation::ReceiptEstimator>(date, editions);
  look_at_beginning(options, path, file, [&](auto payload, auto kind) { estimator->prime(payload, kind); });
  return {.path = path,
          .content = file.content(),
          .kind = parse_kind(options.kind),
          .receipt_of = [estimator](std::span<const std::byte> payload, wire::framing::PayloadKind kind) {
            return estimator->receipt_of(payload, kind);
          }};
}

}  // namespace

std::optional<FileKind> parse_kind(const std::string& name) {
  if (name.empty()) return std::nullopt;
  const auto kind = wire::framing::kind_named(name);
  if (!kind)
    throw UsageError(fmt::format("--kind {}: there is no such kind of input; 'marsad decode --help' names them", name));
  return kind;
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

std::vector<config::EditionChoice> choose_editions(const InputOptions& options,
                                                   const std::vector<io::MappedFile>& files) {
  std::vector<config::EditionChoice> choices = parse_editions(options.editions);
  asterix::EditionDetector detector;
  for (std::size_t i = 0; i < files.size(); ++i)
    look_at_beginning(options, options.inputs[i], files[i], [&](auto payload, auto kind) {
      if (kind == wire::framing::PayloadKind::asterix) detector.observe(payload);
    });
  const asterix::EditionSet defaults = asterix::EditionSet::defaults();
  for (const asterix::EditionFinding& finding : detector.findings()) {
    const auto category = static_cast<std::uint8_t>(finding.category);
    const bool told =
        std::any_of(choices.begin(), choices.end(), [&](const auto& choice) { return choice.category == category; });
    if (told || finding.sureness < kSureness || defaults.of(category) == finding.best.edition) continue;
    choices.push_back({.category = category, .edition = std::string(finding.best.edition->name())});
    if (!options.json)
      fmt::print(
          stderr, "category {:03}: read as edition {} by evidence ({} of {} blocks explained, sureness {:.2f})\n",
          category, finding.best.edition->name(), finding.best.explained_blocks, finding.best.blocks, finding.sureness);
  }
  return choices;
}

RecordedInput::RecordedInput(const PictureOptions& options) : files_(open_files(options.input)) {
  config::Settings settings = load_settings(options);
  overrule_recordings_ = !options.configuration.empty() || !options.sensors.empty();
  settings.picture.period = units::Duration::seconds(options.tick_s);
  for (config::EditionChoice& choice : choose_editions(options.input, files_)) {
    std::erase_if(settings.editions, [&](const auto& old) { return old.category == choice.category; });
    settings.editions.push_back(std::move(choice));
  }
  std::sort(settings.editions.begin(), settings.editions.end(),
            [](const auto& a, const auto& b) { return a.category < b.category; });
  configuration_ = to_toml(settings);

  const units::UtcTime date = parse_date(options.input.date);
  std::vector<io::LogInput> inputs;
  for (std::size_t i = 0; i < files_.size(); ++i)
    inputs.push_back(
        log_input(options.input, options.input.inputs[i], files_[i], date, with_choices(settings.editions)));
  auto source =
      io::LogSource::open(std::move(inputs), {.tick_period = settings.picture.period, .configuration = configuration_});
  if (!source.ok()) throw UnreadableInput(source.error());
  source_ = std::make_unique<io::LogSource>(std::move(source).value());
}

std::optional<recording::LogEntry> RecordedInput::next() {
  auto entry = source_->next();
  if (entry && overrule_recordings_ && entry->kind == recording::EntryKind::configuration)
    entry->payload = std::as_bytes(std::span(configuration_));
  return entry;
}

}  // namespace marsad::app
