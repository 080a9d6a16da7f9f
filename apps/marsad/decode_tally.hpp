#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "edition_plan.hpp"

namespace marsad::app {

/// One damaged place, whether of the framing or of the ASTERIX in it.
struct Damage {
  std::string input;
  std::uint64_t offset = 0;
  std::uint64_t skipped_octets = 0;
  std::string reason;
};

/// What `decode` met: counts, and the first damaged places.
struct DecodeTally {
  /// So many damaged places are told one by one; all are counted.
  static constexpr std::size_t kPlacesTold = 20;

  std::array<std::uint64_t, 256> records{};
  std::uint64_t octets = 0;
  std::uint64_t skipped_octets = 0;
  std::uint64_t faults = 0;
  std::map<std::string, std::uint64_t> messages;  ///< of receivers, by what they are
  std::uint64_t other_payloads = 0;               ///< rows of plots.csv, and what does not fit the columns of a CSV
  std::vector<Damage> damaged;                    ///< the first of them

  void add(Damage damage);
  /// What was met after this.
  void add(DecodeTally&& later);
};

/// The summary on standard error, as one JSON object or in words.
void print_summary_json(const DecodeTally& tally, const EditionPlan& plan);
void print_summary(const DecodeTally& tally, const EditionPlan& plan);

}  // namespace marsad::app
