#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "marsad/wire/asterix/data_source.hpp"
#include "marsad/wire/asterix/edition.hpp"
#include "marsad/wire/asterix/field.hpp"

namespace marsad::wire::asterix {

/// How well one edition explains the data blocks of one category, or of one source of it.
struct EditionEvidence {
  const Edition* edition;
  std::size_t blocks;             ///< examined
  std::size_t explained_blocks;   ///< read to exactly their last octet
  std::size_t records;            ///< in the explained blocks
  std::size_t plausible_records;  ///< of those, with nothing impossible in them
  double score;                   ///< 0 to 1: share of octets in plausible records of explained blocks
};

/// What was found for one category, or for one source of it.
struct EditionFinding {
  int category;
  std::optional<DataSource> source;  ///< absent: the category as a whole
  EditionEvidence best;
  /// The editions that read every block as the best one does, itself included, oldest first: evidence can't tell them
  /// apart.
  std::vector<const Edition*> alike;
  /// 0 to 1: the probability that their reading is right, see `EditionDetector`.
  double sureness;
  /// False if it is more likely that no described edition is right.
  bool explained;
};

/// Tells which edition the blocks of each category, and of each source of a category, are coded in, by trying all of
/// them. A wrong edition almost never ends exactly at the end of a block with possible values; editions that explain
/// all blocks alike are told apart no further: the default one wins, else the newest. Sources are told apart by
/// `peek_source`; of more than `kMostSources` those beyond are known by their category only.
///
/// Sureness is Bayes' rule over the readings found and one more, "none of them". An octet in a block of the right
/// edition is explained with probability 0.995 (the rest is damage), one in a block of no described edition with 0.25:
/// a block's worth of them counts once. "None" is given a prior of 0.05, the readings share the rest alike. So a single
/// block that only one of two readings explains gives 0.97, and one that explains under four fifths is not believed.
class EditionDetector {
 public:
  static constexpr std::size_t kMostSources = 1024;

  /// A field with the largest magnitude that is possible at all, in its unit.
  struct LimitedField {
    Field field;
    double limit;
  };

  /// Evidence is taken from at most `max_blocks` blocks of each source of a category; more change nothing.
  explicit EditionDetector(std::size_t max_blocks = 1000);

  /// Takes the blocks of one datagram into account.
  void observe(std::span<const std::byte> datagram);

  /// One for each category seen so far, ascending: all its sources together.
  [[nodiscard]] std::vector<EditionFinding> findings() const;
  /// One for each source of each category seen so far, by category, SAC and SIC; blocks that name no source come first
  /// in their category.
  [[nodiscard]] std::vector<EditionFinding> source_findings() const;
  /// How `edition` does on what `finding` is about, and the probability that its reading is right.
  struct Assessment {
    EditionEvidence evidence;
    double sureness;
  };
  [[nodiscard]] Assessment assess(const EditionFinding& finding, const Edition& edition) const;

  /// `base`, with those editions replaced whose score a better one leads by at least `min_lead`, and which explains at
  /// least half of what was seen: for a category, and then for each of its sources that speaks another edition. Data
  /// that no edition explains change nothing: they will be counted as faults.
  [[nodiscard]] EditionSet editions(EditionSet base, double min_lead = 0.005) const;

 private:
  /// What is known of how one edition does on one stream.
  struct Count {
    std::size_t explained_blocks = 0;
    std::size_t records = 0;
    std::size_t plausible_records = 0;
    std::size_t good_octets = 0;
    double good_blocks = 0;  ///< each block counts by its share of good octets
  };
  /// The blocks of one source in one category; `counts` are in the order of `editions_of(category)`.
  struct Stream {
    int category;
    std::optional<DataSource> source;
    std::size_t blocks = 0;
    std::size_t octets = 0;
    std::vector<Count> counts;
  };

  static EditionFinding conclude(const Stream& stream);
  static std::vector<double> sureness_of(const Stream& stream, double& none);

  void observe_block(int category, std::span<const std::byte> block);
  Stream& stream_of(int category, std::optional<DataSource> source);
  [[nodiscard]] Stream total_of(int category) const;
  [[nodiscard]] const Stream* find(int category, const std::optional<DataSource>& source) const;

  std::size_t max_blocks_;
  std::vector<Stream> streams_;                                     // ascending by category and source
  std::array<std::vector<std::vector<LimitedField>>, 256> limits_;  // of each category, for each edition
};

/// A source whose records the edition in force does not explain.
struct EditionMismatch {
  EditionFinding finding;
  const Edition* used;  ///< the edition in force, nullptr if there is none
  std::optional<EditionDetector::Assessment> of_used;
  /// True if another edition explains the records: `finding.best`. False if none that is described does.
  bool explained_by_another;
};

/// Where `editions` misread what the detector saw: another edition is better by `min_lead` of the octets and is more
/// likely than none, or none explains them.
[[nodiscard]] std::vector<EditionMismatch> mismatches(const EditionDetector& detector, const EditionSet& editions,
                                                      double min_lead = 0.005);

}  // namespace marsad::wire::asterix
