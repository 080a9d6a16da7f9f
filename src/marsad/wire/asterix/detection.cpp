#include "marsad/wire/asterix/detection.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

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

// The model behind `sureness`.
constexpr double kExplainedIfRight = 0.995;
constexpr double kExplainedIfNone = 0.25;
constexpr double kPriorOfNone = 0.05;

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

/// The logarithm of the probability of `good` of `blocks` being explained where each is with `probability`.
double log_likelihood(double good, double blocks, double probability) noexcept {
  return good * std::log(probability) + (blocks - good) * std::log(1.0 - probability);
}

template <class Stream>
EditionEvidence evidence_of(const Stream& stream, std::size_t number) noexcept {
  const auto& count = stream.counts[number];
  return {
      .edition = &editions_of(stream.category)[number],
      .blocks = stream.blocks,
      .explained_blocks = count.explained_blocks,
      .records = count.records,
      .plausible_records = count.plausible_records,
      .score = stream.octets == 0 ? 0.0 : static_cast<double>(count.good_octets) / static_cast<double>(stream.octets)};
}

std::vector<LimitedField> limits_of(const Edition& edition) {
  std::vector<LimitedField> limits;
  for (const schema::FieldSpec& spec : edition.tables().fields)
    if (const auto limit = limit_of(spec))
      limits.push_back({Field{static_cast<std::uint8_t>(edition.category()), spec.index}, *limit});
  return limits;
}

}  // namespace

EditionDetector::EditionDetector(std::size_t max_blocks) : max_blocks_(max_blocks) {}

void EditionDetector::observe(std::span<const std::byte> datagram) {
  while (datagram.size() > kHeaderOctets) {
    const std::size_t length = octet_at(datagram, 1) << 8 | octet_at(datagram, 2);
    if (length <= kHeaderOctets || length > datagram.size()) return;
    observe_block(static_cast<int>(octet_at(datagram, 0)), datagram.first(length));
    datagram = datagram.subspan(length);
  }
}

EditionDetector::Stream& EditionDetector::stream_of(int category, std::optional<DataSource> source) {
  const auto key_of = [](const Stream& stream) { return std::tie(stream.category, stream.source); };
  const auto key = std::tie(category, source);
  const auto place = std::ranges::lower_bound(streams_, key, {}, key_of);
  if (place != streams_.end() && key_of(*place) == key) return *place;
  if (source && streams_.size() >= kMostSources) return stream_of(category, std::nullopt);
  Stream stream{.category = category, .source = source, .counts = {}};
  stream.counts.resize(editions_of(category).size());
  return *streams_.insert(place, std::move(stream));
}

void EditionDetector::observe_block(int category, std::span<const std::byte> block) {
  const auto editions = editions_of(category);
  if (editions.empty()) return;
  Stream& stream = stream_of(category, peek_source(category, block.subspan(kHeaderOctets)));
  if (stream.blocks == max_blocks_) return;
  auto& limits = limits_[static_cast<std::size_t>(category)];
  if (limits.empty())
    for (const Edition& edition : editions) limits.push_back(limits_of(edition));
  const std::size_t octets = block.size() - kHeaderOctets;
  ++stream.blocks;
  stream.octets += octets;
  for (std::size_t number = 0; number < editions.size(); ++number) {
    const BlockEvidence found = examine(editions[number], limits[number], block);
    Count& count = stream.counts[number];
    count.explained_blocks += found.explained ? 1 : 0;
    count.records += found.records;
    count.plausible_records += found.plausible;
    count.good_octets += found.good_octets;
    count.good_blocks += static_cast<double>(found.good_octets) / static_cast<double>(octets);
  }
}

EditionDetector::Stream EditionDetector::total_of(int category) const {
  Stream total{.category = category, .source = std::nullopt, .counts = {}};
  total.counts.resize(editions_of(category).size());
  for (const Stream& stream : streams_) {
    if (stream.category != category) continue;
    total.blocks += stream.blocks;
    total.octets += stream.octets;
    for (std::size_t number = 0; number < total.counts.size(); ++number) {
      Count& sum = total.counts[number];
      const Count& part = stream.counts[number];
      sum.explained_blocks += part.explained_blocks;
      sum.records += part.records;
      sum.plausible_records += part.plausible_records;
      sum.good_octets += part.good_octets;
      sum.good_blocks += part.good_blocks;
    }
  }
  return total;
}

const EditionDetector::Stream* EditionDetector::find(int category, const std::optional<DataSource>& source) const {
  const auto found = std::ranges::find_if(
      streams_, [&](const Stream& stream) { return stream.category == category && stream.source == source; });
  return found == streams_.end() ? nullptr : &*found;
}

/// The probability of each edition's reading; editions that read alike share one reading and all have its probability.
/// `none` becomes the probability that no reading is right.
std::vector<double> EditionDetector::sureness_of(const Stream& stream, double& none) {
  const auto blocks = static_cast<double>(stream.blocks);
  const std::size_t editions = stream.counts.size();
  std::vector<std::size_t> readings(editions);  // the first edition that reads alike
  std::vector<double> logs(editions);
  std::size_t count = 0;
  std::size_t best = 0;
  for (std::size_t i = 0; i < editions; ++i) {
    logs[i] = log_likelihood(stream.counts[i].good_blocks, blocks, kExplainedIfRight);
    if (stream.counts[i].good_blocks > stream.counts[best].good_blocks) best = i;
    readings[i] = i;
    for (std::size_t j = i; j-- > 0;)
      if (same_result(evidence_of(stream, i), evidence_of(stream, j))) readings[i] = readings[j];
    if (readings[i] == i) ++count;
  }
  const double log_none = log_likelihood(stream.counts[best].good_blocks, blocks, kExplainedIfNone);
  const double largest = std::max(logs[best], log_none);
  const double prior = (1.0 - kPriorOfNone) / static_cast<double>(count);
  none = kPriorOfNone * std::exp(log_none - largest);
  double sum = none;
  for (std::size_t i = 0; i < editions; ++i)
    if (readings[i] == i) sum += prior * std::exp(logs[i] - largest);
  std::vector<double> sureness(editions);
  for (std::size_t i = 0; i < editions; ++i) sureness[i] = prior * std::exp(logs[readings[i]] - largest) / sum;
  none /= sum;
  return sureness;
}

EditionFinding EditionDetector::conclude(const Stream& stream) {
  const Edition* standard = EditionSet::defaults().of(stream.category);
  std::size_t best = 0;
  for (std::size_t number = 1; number < stream.counts.size(); ++number)
    if (is_better(evidence_of(stream, number), evidence_of(stream, best), standard)) best = number;
  double none = 0.0;
  const std::vector<double> sureness = sureness_of(stream, none);
  EditionFinding finding{.category = stream.category,
                         .source = stream.source,
                         .best = evidence_of(stream, best),
                         .alike = {},
                         .sureness = sureness[best],
                         .explained = sureness[best] > none};
  for (std::size_t number = 0; number < stream.counts.size(); ++number) {
    const EditionEvidence evidence = evidence_of(stream, number);
    if (same_result(evidence, finding.best)) finding.alike.push_back(evidence.edition);
  }
  return finding;
}

std::vector<EditionFinding> EditionDetector::findings() const {
  std::vector<EditionFinding> findings;
  for (const Stream& stream : streams_)
    if (findings.empty() || findings.back().category != stream.category)
      findings.push_back(conclude(total_of(stream.category)));
  return findings;
}

std::vector<EditionFinding> EditionDetector::source_findings() const {
  std::vector<EditionFinding> findings;
  for (const Stream& stream : streams_) findings.push_back(conclude(stream));
  return findings;
}

EditionDetector::Assessment EditionDetector::assess(const EditionFinding& finding, const Edition& edition) const {
  const Stream* of_source = find(finding.category, finding.source);
  const Stream stream =
      of_source != nullptr && of_source->blocks == finding.best.blocks ? *of_source : total_of(finding.category);
  std::size_t number = 0;
  while (&editions_of(finding.category)[number] != &edition) ++number;
  double none = 0.0;
  return {.evidence = evidence_of(stream, number), .sureness = sureness_of(stream, none)[number]};
}

EditionSet EditionDetector::editions(EditionSet base, double min_lead) const {
  const auto leads = [&](const EditionFinding& finding, const Edition* present) {
    const double score = present == nullptr ? 0.0 : assess(finding, *present).evidence.score;
    return finding.best.score >= kMinScore && finding.best.score - score >= min_lead;
  };
  for (const EditionFinding& finding : findings())
    if (leads(finding, base.of(finding.category))) base.choose(finding.category, *finding.best.edition);
  for (const EditionFinding& finding : source_findings())
    if (finding.source && leads(finding, base.of(finding.category, finding.source)))
      base.choose(finding.category, *finding.source, *finding.best.edition);
  return base;
}

std::vector<EditionMismatch> mismatches(const EditionDetector& detector, const EditionSet& editions, double min_lead) {
  std::vector<EditionMismatch> found;
  for (EditionFinding& finding : detector.source_findings()) {
    const Edition* used = editions.of(finding.category, finding.source);
    EditionMismatch mismatch{.finding = {}, .used = used, .of_used = {}, .explained_by_another = false};
    if (used != nullptr) mismatch.of_used = detector.assess(finding, *used);
    const double score = used == nullptr ? 0.0 : mismatch.of_used->evidence.score;
    mismatch.explained_by_another =
        finding.explained && finding.best.score >= kMinScore && finding.best.score - score >= min_lead;
    if (!mismatch.explained_by_another && finding.explained) continue;
    mismatch.finding = std::move(finding);
    found.push_back(std::move(mismatch));
  }
  return found;
}

}  // namespace marsad::wire::asterix
