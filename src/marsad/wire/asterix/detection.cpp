#include "marsad/wire/asterix/detection.hpp"

#include <algorithm>
#include <cmath>

#include "marsad/wire/asterix/bits.hpp"
#include "marsad/wire/asterix/record_parser.hpp"

namespace marsad::wire::asterix {

using LimitedField = EditionDetector::LimitedField;

namespace {

constexpr std::size_t kHeaderOctets = 3;
constexpr double kSecondsOfDay = 86400.0;
constexpr double kMaxGroundSpeed = 2.0;     // NM/s
constexpr double kMaxFlightLevel = 1500.0;  // hundreds of feet
/// An edition other than the expected one must explain this share of the octets before it is believed.
constexpr double kMinScore = 0.5;

/// The largest magnitude that physics or the calendar allows a field; nothing if all values are possible.
std::optional<double> limit_of(const schema::FieldSpec& spec) noexcept {
  const schema::Content& content = schema::contents[spec.content];
  if (content.unit == "s" && spec.width == 24) return kSecondsOfDay;
  if (spec.name == "LAT" && spec.width >= 24) return 90.0;
  if (spec.name == "LON" && spec.width >= 24) return 180.0;
  if (content.unit == "NM/s") return kMaxGroundSpeed;
  if (content.unit == "FL") return kMaxFlightLevel;
  return std::nullopt;
}

bool is_plausible(const RecordView& record, std::span<const LimitedField> limits) noexcept {
  if (record.presence() == 0 || !record.source()) return false;
  return std::ranges::all_of(limits, [&](const LimitedField& limited) {
    const auto value = record.value(limited.field);
    return !value || std::abs(*value) <= limited.limit;
  });
}

/// What one block says about one edition.
struct BlockEvidence {
  bool explained = false;
  std::size_t records = 0;
  std::size_t plausible = 0;
  std::size_t good_octets = 0;
};

BlockEvidence examine(const Edition& edition, std::span<const LimitedField> limits,
                      std::span<const std::byte> block) noexcept {
  BlockEvidence evidence;
  RecordView record;
  std::optional<DataSource> source;
  for (std::size_t position = kHeaderOctets; position < block.size();) {
    const auto outcome = RecordParser::parse(edition, block.subspan(position), position, source, record);
    if (!outcome.ok) return {};
    source = record.source();
    position += outcome.size;
    ++evidence.records;
    if (!is_plausible(record, limits)) continue;
    ++evidence.plausible;
    evidence.good_octets += outcome.size;
  }
  evidence.explained = true;
  return evidence;
}

/// Do two editions agree on all that was seen?
bool same_result(const EditionEvidence& a, const EditionEvidence& b) noexcept {
  return a.explained_blocks == b.explained_blocks && a.records == b.records &&
         a.plausible_records == b.plausible_records && a.score == b.score;
}

/// Better evidence first; among equals the default edition, then the newer one (editions are ordered oldest first).
bool is_better(const EditionEvidence& a, const EditionEvidence& b, const Edition* standard) noexcept {
  if (a.score != b.score) return a.score > b.score;
  if (a.explained_blocks != b.explained_blocks) return a.explained_blocks > b.explained_blocks;
  if ((a.edition == standard) != (b.edition == standard)) return a.edition == standard;
  return a.edition > b.edition;
}

}  // namespace

EditionDetector::EditionDetector(std::size_t max_blocks) : max_blocks_(max_blocks) {}

void EditionDetector::observe(std::span<const std::byte> datagram) {
  while (datagram.size() > kHeaderOctets) {
    const std::size_t length = octet_at(datagram, 1) << 8 | octet_at(datagram, 2);
    if (length <= kHeaderOctets || length > datagram.size()) return;
    observe_block(octet_at(datagram, 0), datagram.first(length));
    datagram = datagram.subspan(length);
  }
}

void EditionDetector::observe_block(std::size_t category, std::span<const std::byte> block) {
  const auto editions = editions_of(static_cast<int>(category));
  Tally& tally = tallies_[category];
  if (editions.empty() || tally.blocks == max_blocks_) return;
  if (tally.candidates.empty())
    for (const Edition& edition : editions) tally.candidates.push_back(candidate_of(edition));
  ++tally.blocks;
  tally.octets += block.size() - kHeaderOctets;
  for (Candidate& candidate : tally.candidates) {
    EditionEvidence& evidence = candidate.evidence;
    const BlockEvidence found = examine(*evidence.edition, candidate.limits, block);
    evidence.blocks = tally.blocks;
    evidence.explained_blocks += found.explained ? 1 : 0;
    evidence.records += found.records;
    evidence.plausible_records += found.plausible;
    candidate.good_octets += found.good_octets;
    evidence.score = static_cast<double>(candidate.good_octets) / static_cast<double>(tally.octets);
  }
}

EditionDetector::Candidate EditionDetector::candidate_of(const Edition& edition) {
  Candidate candidate{.evidence = {&edition, 0, 0, 0, 0, 0.0}, .limits = {}, .good_octets = 0};
  for (const schema::FieldSpec& spec : edition.tables().fields)
    if (const auto limit = limit_of(spec))
      candidate.limits.push_back({Field{static_cast<std::uint8_t>(edition.category()), spec.index}, *limit});
  return candidate;
}

EditionFinding EditionDetector::conclude(int category, std::span<const Candidate> candidates) {
  const Edition* standard = EditionSet::defaults().of(category);
  const auto better = [&](const Candidate& a, const Candidate& b) {
    return is_better(a.evidence, b.evidence, standard);
  };
  const EditionEvidence best = std::ranges::min_element(candidates, better)->evidence;
  double rival = 0;
  for (const Candidate& other : candidates)
    if (!same_result(other.evidence, best)) rival = std::max(rival, other.evidence.score);
  return {category, best, best.score - rival};
}

std::vector<EditionFinding> EditionDetector::findings() const {
  std::vector<EditionFinding> findings;
  for (std::size_t category = 0; category < tallies_.size(); ++category)
    if (!tallies_[category].candidates.empty())
      findings.push_back(conclude(static_cast<int>(category), tallies_[category].candidates));
  return findings;
}

EditionSet EditionDetector::editions(EditionSet base, double min_lead) const {
  for (const EditionFinding& finding : findings()) {
    const Edition* present = base.of(finding.category);
    double score = 0;
    for (const Candidate& candidate : tallies_[static_cast<std::size_t>(finding.category)].candidates)
      if (candidate.evidence.edition == present) score = candidate.evidence.score;
    if (finding.best.score >= kMinScore && finding.best.score - score >= min_lead)
      base.choose(finding.category, *finding.best.edition);
  }
  return base;
}

}  // namespace marsad::wire::asterix
