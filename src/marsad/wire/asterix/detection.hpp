#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "marsad/wire/asterix/edition.hpp"
#include "marsad/wire/asterix/record_view.hpp"

namespace marsad::wire::asterix {

/// How well one edition explains the data blocks of one category.
struct EditionEvidence {
  const Edition* edition;
  std::size_t blocks;             ///< seen
  std::size_t explained_blocks;   ///< read to exactly their last octet
  std::size_t records;            ///< in the explained blocks
  std::size_t plausible_records;  ///< of those, with nothing impossible in them
  double score;                   ///< 0 to 1: share of octets in plausible records of explained blocks
};

/// What was found for one category.
struct EditionFinding {
  int category;
  EditionEvidence best;
  double sureness;  ///< 0 to 1: by how much its score leads the best of those that read the blocks otherwise
};

/// Tells which edition the blocks of each category are coded in, by trying all of them. A wrong edition almost never
/// ends exactly at the end of a block with possible values; editions that explain all blocks alike are told apart no
/// further: the default one wins, else the newest.
class EditionDetector {
 public:
  /// A field with the largest magnitude that is possible at all, in its unit.
  struct LimitedField {
    Field field;
    double limit;
  };

  /// Evidence is taken from at most `max_blocks` blocks of each category; more change nothing.
  explicit EditionDetector(std::size_t max_blocks = 1000);

  /// Takes the blocks of one datagram into account.
  void observe(std::span<const std::byte> datagram);

  /// The categories seen so far, ascending.
  [[nodiscard]] std::vector<EditionFinding> findings() const;
  /// `base`, with those editions replaced whose score a better one leads by at least `min_lead`, and which explains at
  /// least half of what was seen. Data that no edition explains change nothing: they will be counted as faults.
  [[nodiscard]] EditionSet editions(EditionSet base, double min_lead = 0.005) const;

 private:
  struct Candidate {
    EditionEvidence evidence;
    std::vector<LimitedField> limits;
    std::size_t good_octets;
  };
  struct Tally {
    std::size_t blocks = 0;
    std::size_t octets = 0;
    std::vector<Candidate> candidates;
  };

  static Candidate candidate_of(const Edition& edition);
  static EditionFinding conclude(int category, std::span<const Candidate> candidates);

  void observe_block(std::size_t category, std::span<const std::byte> block);

  std::size_t max_blocks_;
  std::array<Tally, 256> tallies_;
};

}  // namespace marsad::wire::asterix
