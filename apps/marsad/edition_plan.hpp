#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "marsad/config/settings.hpp"
#include "marsad/io/mapped_file.hpp"
#include "marsad/wire/asterix/detection.hpp"
#include "marsad/wire/asterix/edition.hpp"
#include "options.hpp"

namespace marsad::app {

/// Why an edition is used.
enum class EditionReason : std::uint8_t { standard, configured, evidence };
/// "default", "configured", "evidence".
const char* name_of(EditionReason reason);

/// The edition that one source's records of one category are read by, why, and how sure that is.
struct SourceEdition {
  const wire::asterix::Edition* edition = nullptr;
  EditionReason reason = EditionReason::standard;
  wire::asterix::EditionDetector::Assessment used;  ///< how it does on the first blocks of the source
  wire::asterix::EditionFinding finding;            ///< what evidence alone says
  bool better_known = false;  ///< another edition, `finding.best`, explains the records where this one does not
};

/// Which editions an input is read by.
struct EditionPlan {
  std::vector<config::EditionChoice> choices;  ///< what differs from the defaults; by category, then source
  wire::asterix::EditionSet set;               ///< the same, ready for use
  std::vector<SourceEdition> sources;          ///< every source found, by category, SAC and SIC
};

/// The editions to decode `files` with: those chosen on the command line, then the `configured` ones, and for the other
/// categories and sources those that the datagrams of the files prove, where the defaults would misread them. Without
/// `configured` the editions hold that the first of our own recordings among the files began with.
EditionPlan plan_editions(const InputOptions& options, const std::vector<io::MappedFile>& files,
                          const std::vector<config::EditionChoice>* configured = nullptr);

/// Tells on standard error which editions were chosen by evidence, which sources no described edition explains, and
/// which configured editions misread their source.
void print_edition_warnings(const EditionPlan& plan);

/// One sentence about a source that is misread: which edition explains it, or that none does.
std::string warning_of(const wire::asterix::EditionMismatch& mismatch);

/// One line for each source, or for several that are read alike: "category 021, source 0/107: edition 0.23 (evidence,
/// 1000 of 1000 blocks explained, sureness 1.00)".
std::string editions_text(const EditionPlan& plan);
/// `[{"cat", "sac", "sic", "edition", "why", "sureness", "blocks", "explained_blocks", "explained", "better"?,
/// "alike"}, ...]`, `alike` the editions that evidence can't tell from the best one.
std::string editions_json(const EditionPlan& plan);

/// "category 021, source 20/129", the source only where there is one.
std::string stream_name(int category, const std::optional<wire::asterix::DataSource>& source);

}  // namespace marsad::app
