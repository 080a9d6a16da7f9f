#include "edition_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <span>
#include <tuple>
#include <utility>

#include "datagram_source.hpp"
#include "errors.hpp"
#include "marsad/config/edition_key.hpp"
#include "marsad/recording/reader.hpp"
#include "marsad/wire/framing/file_kind.hpp"
#include "recorded_input.hpp"
#include "settings_files.hpp"

namespace marsad::app {
namespace {

namespace asterix = wire::asterix;
using config::EditionChoice;

/// So many datagrams of a file are searched for categories and sources: one may begin late, and the detector looks at
/// only some blocks of each.
constexpr std::size_t kDatagrams = 2'000'000;
/// So many sources are warned of one by one.
constexpr std::size_t kWarningsTold = 10;

asterix::EditionDetector detect(const InputOptions& options, const std::vector<io::MappedFile>& files) {
  asterix::EditionDetector detector;
  for (std::size_t i = 0; i < files.size(); ++i) {
    auto source = DatagramSource::open(options.inputs[i], files[i], parse_kind(options.kind));
    if (!source.ok()) throw UnreadableInput(source.error());
    for (std::size_t seen = 0; seen < kDatagrams; ++seen) {
      const auto datagram = source->next();
      if (!datagram) break;
      if (datagram->kind == wire::framing::PayloadKind::asterix) detector.observe(datagram->payload);
    }
  }
  return detector;
}

bool names_category(const std::vector<EditionChoice>& choices, int category) {
  return std::any_of(choices.begin(), choices.end(),
                     [&](const EditionChoice& choice) { return choice.category == category && !choice.source; });
}

bool names(const std::vector<EditionChoice>& choices, int category, const asterix::DataSource& source) {
  return std::any_of(choices.begin(), choices.end(), [&](const EditionChoice& choice) {
    return choice.category == category && choice.source == source;
  });
}

/// The command line's choices, then the configured ones that it leaves: one for a whole category goes before whatever
/// is configured about it.
std::vector<EditionChoice> told_choices(const InputOptions& options, const std::vector<EditionChoice>& configured) {
  const std::vector<EditionChoice> told = parse_editions(options.editions);
  std::vector<EditionChoice> choices = told;
  std::copy_if(configured.begin(), configured.end(), std::back_inserter(choices), [&](const EditionChoice& choice) {
    return !names_category(told, choice.category) && !(choice.source && names(told, choice.category, *choice.source));
  });
  return choices;
}

/// What the first recording of ours among the files was configured with when it began.
std::vector<EditionChoice> recorded_choices(const std::vector<io::MappedFile>& files) {
  for (const io::MappedFile& file : files) {
    if (wire::framing::detect_kind(file.content()) != wire::framing::FileKind::marsad_recording) continue;
    auto reader = recording::Reader::open(file.content());
    const auto first = reader.ok() ? reader->next() : std::nullopt;
    if (!first || first->kind != recording::EntryKind::configuration) continue;
    const std::string text(reinterpret_cast<const char*>(first->payload.data()), first->payload.size());
    const auto settings = config::parse_settings(text, "configuration of the log");
    if (settings.ok()) return settings.value().editions;
  }
  return {};
}

/// What evidence adds to the choices told: nothing about a category or source that they name.
std::vector<EditionChoice> choices_by_evidence(const asterix::EditionDetector& detector,
                                               const std::vector<EditionChoice>& told) {
  const asterix::EditionSet defaults = asterix::EditionSet::defaults();
  const asterix::EditionSet found = detector.editions(defaults);
  std::vector<EditionChoice> choices;
  for (const std::uint8_t category : asterix::described_categories())
    if (found.of(category) != defaults.of(category) && !names_category(told, category))
      choices.push_back({.category = category, .edition = std::string(found.of(category)->name()), .source = {}});
  for (const auto& [category, source, edition] : found.of_sources())
    if (edition != found.of(category) && !names_category(told, category) && !names(told, category, source))
      choices.push_back(
          {.category = static_cast<std::uint8_t>(category), .edition = std::string(edition->name()), .source = source});
  return choices;
}

EditionReason reason_of(const asterix::EditionFinding& finding, const std::vector<EditionChoice>& told,
                        const asterix::Edition* edition) {
  const bool is_told =
      names_category(told, finding.category) || (finding.source && names(told, finding.category, *finding.source));
  if (is_told) return EditionReason::configured;
  return edition == asterix::EditionSet::defaults().of(finding.category) ? EditionReason::standard
                                                                         : EditionReason::evidence;
}

std::string evidence_text(const asterix::EditionEvidence& evidence) {
  return fmt::format("{} of {} blocks", evidence.explained_blocks, evidence.blocks);
}

std::string names_of(const std::vector<const asterix::Edition*>& editions) {
  std::string names;
  for (const asterix::Edition* edition : editions)
    names += fmt::format("{}{}", names.empty() ? "" : ", ", edition->name());
  return names;
}

/// Can two sources share a line?
bool reads_alike(const SourceEdition& a, const SourceEdition& b) {
  return a.edition == b.edition && a.reason == b.reason && a.better_known == b.better_known &&
         a.finding.explained == b.finding.explained && a.finding.best.edition == b.finding.best.edition &&
         a.finding.alike == b.finding.alike;
}

std::string text_of(std::span<const SourceEdition> sources) {
  constexpr std::size_t kSourcesNamed = 8;
  const SourceEdition& first = sources.front();
  asterix::EditionEvidence used = first.used.evidence;
  asterix::EditionEvidence best = first.finding.best;
  double sureness = first.used.sureness;
  std::string names;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const SourceEdition& source = sources[i];
    if (i > 0) {
      used.blocks += source.used.evidence.blocks;
      used.explained_blocks += source.used.evidence.explained_blocks;
      best.blocks += source.finding.best.blocks;
      best.explained_blocks += source.finding.best.explained_blocks;
      sureness = std::min(sureness, source.used.sureness);
    }
    if (source.finding.source && i < kSourcesNamed)
      names +=
          fmt::format("{}{}/{}", names.empty() ? "" : ", ", source.finding.source->sac, source.finding.source->sic);
  }
  if (sources.size() > kSourcesNamed) names += fmt::format(" and {} more", sources.size() - kSourcesNamed);
  std::string text = fmt::format("category {:03}", first.finding.category);
  if (!names.empty()) text += fmt::format(", source{} {}", sources.size() > 1 ? "s" : "", names);
  text += fmt::format(": edition {} ({}, {} explained, sureness {:.2f})", first.edition->name(), name_of(first.reason),
                      evidence_text(used), sureness);
  if (first.better_known) text += fmt::format("; edition {} explains {}", best.edition->name(), evidence_text(best));
  if (!first.finding.explained)
    text += "; no described edition explains it";
  else if (first.finding.alike.size() > 1)
    text += "; evidence can't tell " + names_of(first.finding.alike) + " apart";
  return text + '\n';
}

}  // namespace

const char* name_of(EditionReason reason) {
  switch (reason) {
    case EditionReason::standard:
      return "default";
    case EditionReason::configured:
      return "configured";
    case EditionReason::evidence:
      return "evidence";
  }
  return "";
}

std::string warning_of(const asterix::EditionMismatch& mismatch) {
  const std::string stream = stream_name(mismatch.finding.category, mismatch.finding.source);
  const asterix::EditionEvidence& best = mismatch.finding.best;
  if (mismatch.explained_by_another && mismatch.of_used)
    return fmt::format(
        "{}: edition {} explains {}, but edition {} explains {}: what is read of it is probably wrong; say so with "
        "--edition or in [editions]",
        stream, mismatch.used->name(), evidence_text(mismatch.of_used->evidence), best.edition->name(),
        evidence_text(best));
  return fmt::format(
      "{}: no described edition explains it ({} with the best, {}): what is read of it is probably wrong; if you know "
      "its edition, say so with --edition or in [editions]",
      stream, evidence_text(best), best.edition->name());
}

std::string stream_name(int category, const std::optional<asterix::DataSource>& source) {
  std::string name = fmt::format("category {:03}", category);
  if (source) name += fmt::format(", source {}/{}", source->sac, source->sic);
  return name;
}

EditionPlan plan_editions(const InputOptions& options, const std::vector<io::MappedFile>& files,
                          const std::vector<EditionChoice>* configured) {
  const asterix::EditionDetector detector = detect(options, files);
  const std::vector<EditionChoice> told =
      told_choices(options, configured != nullptr ? *configured : recorded_choices(files));
  EditionPlan plan;
  plan.choices = choices_by_evidence(detector, told);
  plan.choices.insert(plan.choices.end(), told.begin(), told.end());
  plan.set = editions_with(plan.choices);
  std::stable_sort(plan.choices.begin(), plan.choices.end(), [](const EditionChoice& a, const EditionChoice& b) {
    return std::tie(a.category, a.source) < std::tie(b.category, b.source);
  });
  const auto wrong = asterix::mismatches(detector, plan.set);
  for (asterix::EditionFinding& finding : detector.source_findings()) {
    const asterix::Edition* edition = plan.set.of(finding.category, finding.source);
    const bool better = std::any_of(wrong.begin(), wrong.end(), [&](const asterix::EditionMismatch& mismatch) {
      return mismatch.explained_by_another && mismatch.finding.category == finding.category &&
             mismatch.finding.source == finding.source;
    });
    plan.sources.push_back({.edition = edition,
                            .reason = reason_of(finding, told, edition),
                            .used = detector.assess(finding, *edition),
                            .finding = std::move(finding),
                            .better_known = better});
  }
  return plan;
}

void print_edition_warnings(const EditionPlan& plan) {
  std::size_t told = 0, untold = 0;
  const auto tell = [&](const std::string& text) {
    if (told < kWarningsTold) {
      fmt::print(stderr, "{}\n", text);
      ++told;
    } else {
      ++untold;
    }
  };
  for (const SourceEdition& source : plan.sources) {
    if (source.better_known || !source.finding.explained)
      tell(warning_of({.finding = source.finding,
                       .used = source.edition,
                       .of_used = source.used,
                       .explained_by_another = source.better_known}));
    else if (source.reason == EditionReason::evidence)
      tell(fmt::format("{}: read as edition {} by evidence ({} explained, sureness {:.2f})",
                       stream_name(source.finding.category, source.finding.source), source.edition->name(),
                       evidence_text(source.used.evidence), source.used.sureness));
  }
  if (untold > 0) fmt::print(stderr, "... and so for {} more sources\n", untold);
}

std::string editions_text(const EditionPlan& plan) {
  std::string text;
  for (std::size_t i = 0; i < plan.sources.size();) {
    std::size_t end = i + 1;
    while (end < plan.sources.size() && reads_alike(plan.sources[i], plan.sources[end])) ++end;
    text += text_of(std::span(plan.sources).subspan(i, end - i));
    i = end;
  }
  return text;
}

std::string editions_json(const EditionPlan& plan) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const SourceEdition& source : plan.sources) {
    nlohmann::ordered_json one;
    one["cat"] = source.finding.category;
    if (source.finding.source) {
      one["sac"] = source.finding.source->sac;
      one["sic"] = source.finding.source->sic;
    }
    one["edition"] = source.edition->name();
    one["why"] = name_of(source.reason);
    one["sureness"] = source.used.sureness;
    one["blocks"] = source.used.evidence.blocks;
    one["explained_blocks"] = source.used.evidence.explained_blocks;
    one["explained"] = source.finding.explained;
    if (source.better_known) one["better"] = source.finding.best.edition->name();
    one["alike"] = nlohmann::ordered_json::array();
    for (const asterix::Edition* edition : source.finding.alike) one["alike"].push_back(edition->name());
    all.push_back(std::move(one));
  }
  return all.dump();
}

}  // namespace marsad::app
